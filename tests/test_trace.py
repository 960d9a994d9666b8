"""Each field of a fact says which record gave it, and by which words of the report."""

from __future__ import annotations

import pytest
from heshu.corpus.read import read_text
from heshu.extract import extract
from heshu.model import FactField
from hypothesis import given
from hypothesis import strategies as st

TEXT = """青嵐市政府環保局110年度工作報告

一、稽查業務

本局（含隊部）查獲違規廣告物300件，較109年減少12件；每人每年最高補助2,000元。

消防局辦理救護研習，計有90人參加（男性50人）。
"""

TRACES = [
    ("300件", "unit", "unit.documents", "300件"),
    ("300件", "role", "actual", None),
    ("300件", "indicator", "phrase", "違規廣告物"),
    ("300件", "agency", "own", "本局"),
    ("12件", "role", "delta.down", "減"),
    ("12件", "indicator", "compared", "違規廣告物"),
    ("2,000元", "role", "ceiling", "最高"),
    ("90人", "agency", "named", "消防局"),
    ("50人", "indicator", "part", "救護研習"),
    ("50人", "category", "part", "男性"),
]


@pytest.mark.parametrize(("figure", "name", "record", "words"), TRACES, ids=[f"{f} {n}" for f, n, _, _ in TRACES])
def test_a_field_has_its_record_and_its_words(figure: str, name: FactField, record: str, words: str | None) -> None:
    extraction = extract(read_text(TEXT))
    (fact,) = (fact for fact in extraction.facts if fact.mention.text == figure)
    (trace,) = (trace for trace in fact.trace if trace.field == name)
    assert trace.record == record
    assert (extraction.report.text[slice(*trace.source)] if trace.source else None) == words


@given(st.lists(st.sampled_from(TEXT.split("。")), max_size=6))
def test_what_a_trace_points_at_is_in_the_report(sentences: list[str]) -> None:
    extraction = extract(read_text("。".join(sentences)))
    for fact in extraction.facts:
        fields = [trace.field for trace in fact.trace]
        assert len(fields) == len(set(fields))
        for trace in fact.trace:
            if trace.source is not None:
                start, end = trace.source
                assert 0 <= start < end <= len(extraction.report.text)
