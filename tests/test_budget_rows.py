"""Rows of a budget that are printed as lines, and the notes that explain them."""

from __future__ import annotations

from heshu.corpus.read import read_text
from heshu.pipeline import audit

PAGE = """                                 青嵐市預算
                                         單位：新臺幣千元
      編號                             今年度      去年度      本年度與
          名稱                         預算        預算        去年度比較             說明

      01    　　77010010100         6,240     5,910      330
            　　一般行政

                                                          1.人事費5,150,000元，較上年度減少41,000元。

                                                          2.新增系統維護費90,000元。

                                                          3.其他合共1,000,000元，較上年度增加281,000元。

      02    　　77010010200           420       475      -55
            　　管理

                                                          1.減列檢測費75,000元。

                                                          2.其他合共420,000元，較上年度增加20,000元。
"""


def ties(text: str) -> set[tuple[str, str, bool | None]]:
    relations = audit([read_text(text, "budget.txt")], each=True).relations
    return {
        (each.kind, each.result.text, each.holds)
        for each in relations
        if each.rule in ("difference.table", "sum.notes")
    }


def test_rows_and_notes_hold() -> None:
    assert ties(PAGE) == {
        ("difference", "330", True),
        ("difference", "-55", True),
        ("sum", "6,240", True),
        ("sum", "330", True),
        ("sum", "-55", True),
    }


def test_a_note_that_was_dropped_is_told() -> None:
    assert ("sum", "6,240", False) in ties(PAGE.replace("系統維護費90,000元", "系統維護費60,000元"))


def test_without_the_note_of_all_the_rest_nothing_is_added() -> None:
    assert not any(kind == "sum" for kind, _, _ in ties(PAGE.replace("其他合共", "租金")))


def test_a_row_that_its_heads_compare_is_told_when_it_breaks() -> None:
    assert ("difference", "-55", False) in ties(PAGE.replace("475 ", "476 "))
