"""The records of constructions, cues and weights: their examples are their tests, and every id that comes out has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.model import Relation
from heshu.pipeline import extract
from heshu.rules.consistency import candidates, relate
from heshu.rules.consistency.constructions import Construction, constructions, untied
from heshu.rules.consistency.cues import Cue, classifications, cues, label, whole_classification
from heshu.rules.consistency.evidence import weights
from heshu.rules.consistency.masking import read

from .test_consistency import read_marked, told

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
ARITHMETIC = frozenset({"sum", "ratio", "difference", "change", "growth", "product", "same"})
EXAMPLES = [
    pytest.param(each, text, ties, id=f"{each.id}-{number}")
    for each in constructions().values()
    for number, (text, ties) in enumerate(each.examples)
]


def relations(text: str) -> tuple[Relation, ...]:
    """The relations of an example: of its marks ``[…]`` and ``{…}`` where it has them, else of what is read in it."""
    if "[" in text:
        return relate(*read_marked(text))
    extraction = extract(read_text(text, "t"))
    return relate(
        extraction.report,
        extraction.mentions,
        extraction.facts,
        issued=extraction.issued.edtf if extraction.issued else None,
    )


@pytest.mark.parametrize(("construction", "text", "ties"), EXAMPLES)
def test_an_example_gives_its_tie(construction: Construction, text: str, ties: str) -> None:
    found = [told(relation) for relation in relations(text) if relation.rule == construction.id]
    assert set(found) >= set(ties.split(" · "))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in untied()])
def test_what_only_happens_to_fit_is_left_alone(text: str) -> None:
    found = relations(text)
    assert [told(relation) for relation in found if relation.kind in ARITHMETIC] == []
    assert not [told(relation) for relation in found if relation.holds is False]


def test_every_construction_has_a_weight_and_every_weight_a_use() -> None:
    ids = {name for name in weights() if "." in name}
    assert set(constructions()) == ids


def texts() -> Iterator[str]:
    for each in constructions().values():
        yield from (text for text, _ in each.examples)
    yield from (text for _, text in untied())
    yield from (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))


def test_every_id_that_comes_out_is_registered() -> None:
    known, features = set(constructions()), set(weights())
    for text in texts():
        extraction = extract(read_text(text.replace("[", "").replace("]", ""), "t"))
        for candidate in candidates(
            read(
                extraction.report,
                extraction.mentions,
                extraction.issued.edtf if extraction.issued else None,
                extraction.facts,
            )
        ):
            assert candidate.relation.rule in known
            assert candidate.features <= features


@pytest.mark.parametrize("record", cues().values(), ids=lambda each: each.id)
def test_a_cue_stands_in_its_examples_alone(record: Cue) -> None:
    assert record.examples
    assert record.never
    for text in record.examples:
        assert record.found_in(text), text
    for text in record.never:
        assert not record.found_in(text), text


@pytest.mark.parametrize("record", classifications(), ids=lambda each: each.id)
def test_a_classification_is_whole_in_its_examples_alone(record: object) -> None:
    for text in record.examples:  # type: ignore[attr-defined]
        assert whole_classification(text.split("、")), text
    for text in record.never:  # type: ignore[attr-defined]
        assert not whole_classification(text.split("、")), text


COMPLEMENTS = [
    (["原住民族地區", "非原住民族地區"], True),
    (["經核准", "未核准", "審核中"], True),
    (["核准", "審核中"], False),
    (["未核准", "未結案"], False),
]


@pytest.mark.parametrize(("labels", "whole"), COMPLEMENTS)
def test_what_is_and_what_is_not_make_a_whole(labels: list[str], whole: bool) -> None:
    assert whole_classification(labels) is whole


LABELS = [("其中男性", "男性"), ("甲類及乙類", "乙類"), ("合計", ""), ("市府補助計", "市府補助")]


@pytest.mark.parametrize(("words", "name"), LABELS)
def test_what_a_figure_counts(words: str, name: str) -> None:
    assert label(words) == name
