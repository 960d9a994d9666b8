"""heshu inside spaCy: spans, readings, facts, storage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

spacy = pytest.importorskip("spacy")

TEXT = (
    "青嵐市政府人事處108年度工作報告\n一、108年10月辦理員工研習，計有409人（男性205人、女性204人）參加，及格率99.5%。\n"
)


@pytest.fixture(scope="module")
def nlp() -> Iterator[object]:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("heshu")
    return pipeline


def test_the_mentions_are_spans_with_labels(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    found = {(span.text, span.label_) for span in doc.spans["heshu"]}
    assert {("108年10月", "DATE"), ("409人", "QUANTITY"), ("99.5%", "QUANTITY")} <= found


def test_a_span_has_its_reading(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    readings = {span.text: span._.heshu for span in doc.spans["heshu"]}
    assert readings["108年10月"] == {"type": "date", "edtf": "2019-10"}
    assert (readings["409人"]["value"], readings["409人"]["unit"]) == ("409", "人")


def test_the_document_has_its_facts(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    fact = next(fact for fact in doc._.heshu_facts if fact["text"] == "409人")
    assert doc.text[fact["start"] : fact["end"]] == "409人"
    assert (fact["value"], fact["role"]) == ("409", "actual")
    assert set(doc._.heshu_report) == {"agency", "period", "issued"}
    assert doc._.heshu_unread == []


def test_a_document_can_be_stored(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    back = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span.text for span in back.spans["heshu"]] == [span.text for span in doc.spans["heshu"]]
    assert back._.heshu_facts == doc._.heshu_facts


@pytest.mark.parametrize("text", ["", " ", "沒有數目字。", "\n\n"])
def test_a_text_without_figures_is_no_trouble(nlp, text: str) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(text)
    assert list(doc.spans["heshu"]) == []
    assert doc._.heshu_facts == []


def test_the_key_of_the_spans_can_be_chosen() -> None:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("heshu", config={"spans_key": "figures"})
    assert "figures" in pipeline(TEXT).spans


def test_the_tokenizer_cuts_into_words_and_loses_nothing() -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "heshu.words"}}}
    pipeline = spacy.blank("zh", config=config)
    pipeline.add_pipe("heshu")
    doc = pipeline(TEXT)
    assert doc.text == TEXT
    assert {"人事處", "辦理", "員工"} <= {token.text for token in doc}
    assert ("409人", "QUANTITY") in {(span.text, span.label_) for span in doc.spans["heshu"]}
