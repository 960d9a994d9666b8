"""What a report is, and what each of its sections is: done, granted, or planned."""

from __future__ import annotations

import heshu
import pytest

BUDGET, REPORT = "青嵐市113年度總預算案說明", "青嵐市政府工務局113年度工作報告"


def told(title: str, *lines: str) -> tuple[str, str | None]:
    """Role and period of the figure in the last line."""
    text = "\n\n".join((title, *lines))
    fact = heshu.extract(heshu.read_text(text)).facts[-1]
    return fact.role, fact.period.edtf if fact.period else None


@pytest.mark.parametrize(
    ("lines", "reading"),
    [
        pytest.param((BUDGET, "一、工務", "道路養護經費5億元。"), ("target", "2024"), id="a budget"),
        pytest.param((BUDGET, "一、工務", "經費5億元。", "二、112年度預算執行情形", "112年度道路養護支用5億元。"), ("actual", "2023"), id="what became of the last one"),
        pytest.param((REPORT, "一、工務", "道路養護支用5億元。"), ("actual", "2024"), id="a report"),
        pytest.param((REPORT, "一、未來施政重點", "114年道路養護5公里。"), ("target", "2025"), id="its outlook"),
        pytest.param((REPORT, "一、工務", "道路養護支用5億元。", "二、114年度預算編列情形", "道路養護經費5億元。"), ("target", "2025"), id="a budget told in a report"),
    ],
)  # fmt: skip
def test_a_section_may_be_of_another_kind_than_its_book(lines: tuple[str, ...], reading: tuple[str, str]) -> None:
    assert told(*lines) == reading
