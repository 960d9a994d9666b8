"""Lines of a budget: this year's figure, last year's, and the difference between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from heshu.extract.facts import facts_of
from heshu.model import Fact, Mention

from .marked import marked, own

HEADS = ("科目 本年度 上年度 本年度與", "名稱 預算數 預算數 上年度之比較")


def facts(figures: str, name: str = "道路養護") -> list[Fact]:
    listed = figures.split()
    line = "07 63020020200 " + " ".join(f"【{figure.lstrip('-')}】" for figure in listed)
    made = marked(*HEADS, line, name, title="白沙市總預算案")
    read = [_signed(mention, figure) for mention, figure in zip(made.mentions, listed, strict=True)]
    return list(facts_of(made.report, read, own("2025", None, 2025)))


def _signed(mention: Mention, figure: str) -> Mention:
    assert mention.value is not None
    return replace(mention, value=-mention.value) if figure.startswith("-") else mention


def test_columns_are_this_year_last_year_and_the_difference() -> None:
    told = facts("8,014    7,915       99")
    assert [(fact.role, fact.sign, fact.period and fact.period.edtf, str(fact.mention.value)) for fact in told] == [
        ("target", None, "2025", "8014"),
        ("target", None, "2024", "7915"),
        ("delta", "+", "2025", "99"),
    ]
    assert {fact.category for fact in told} == {"63020020200"}
    assert [fact.indicator for fact in told] == ["道路養護預算數", "道路養護預算數", "道路養護預算數增減"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("8,014    8,014", [("target", "2025"), ("target", "2024")]),
        ("8,014   -8,014", [("target", "2024"), ("delta", "2025")]),
        ("7,014    8,014   -1,000", [("target", "2025"), ("target", "2024"), ("delta", "2025")]),
    ],
    ids=["no change", "given up", "less"],
)
def test_signs_tell_which_columns_are_filled(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(fact.role, fact.period and fact.period.edtf) for fact in facts(line)] == expected


def test_difference_that_is_less_has_a_minus() -> None:
    assert [fact.sign for fact in facts("7,014    8,014   -1,000")] == [None, None, "-"]
