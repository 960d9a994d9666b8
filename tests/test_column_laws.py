"""Columns that are reckoned from others, in tables that have kept their heads and in those that have lost them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from heshu.corpus.read import read_text
from heshu.pipeline import audit

COUNTS = [(1307, 2411, 853), (1518, 2508, 914), (1729, 2605, 975), (1940, 2702, 1036)]


def ties(lines: Sequence[str]) -> list[tuple[str, str, str, bool | None]]:
    report = read_text("\n".join(lines) + "\n", "table.txt")
    return [
        (each.kind, each.result.text, " ".join(term.text for term in each.terms), each.holds)
        for each in audit([report], each=True).relations
        if each.rule.endswith(("column-law", "table-share"))
    ]


def table(*rows: Sequence[object]) -> list[str]:
    return ["青嵐市各區統計", *("\t".join(map(str, row)) for row in rows)]


def nested(wrong: int = 0) -> list[str]:
    """甲 = 乙 + the last, 乙 = three columns behind it; a wide table that has lost its heads."""
    rows = [
        (f"第{'一二三四'[at]}區", sum(each) + at + 2, sum(each) + (wrong if at == 1 else 0), *each, at + 2)
        for at, each in enumerate(COUNTS)
    ]
    return table(*rows)


def test_totals_over_totals_are_read_off_the_rows() -> None:
    found = ties(nested())
    assert ("sum", "4571", "1307 2411 853", True) in found
    assert ("sum", "4573", "4571 2", True) in found
    assert len(found) == 8


def test_a_row_that_breaks_what_the_others_keep_is_told() -> None:
    rows = [*nested(30)]
    assert [each for each in ties(rows) if not each[3]]


def test_a_dash_is_nothing_and_a_running_number_told_again_is_none_of_the_figures() -> None:
    rows = [
        (f"第{name}區", a + b, a, "-", at + 1, "-", b)
        for at, (name, (a, b, _)) in enumerate(zip("一二三四", COUNTS, strict=True))
    ]
    assert ("sum", "3718", "1307 2411", True) in ties(table(*rows))


def budget() -> list[str]:
    """This year, last year, and how they compare, each with its share or rate; the heads do not stand over their columns."""
    whole, last = 80_000, 75_000
    rows: list[Sequence[object]] = [
        ("項目", "本年度", "上年度", "本年度與上年度比較"),
        ("", "金額", "%", "金額", "%", "金額", "%"),
        ("歲出合計", whole, "100.00", last, "100.00", 5000, "6.67"),
    ]
    for name, new, old in (("甲支出", 23_410, 20_110), ("乙支出", 31_220, 33_480), ("丙支出", 25_370, 21_410)):
        change, rate = new - old, 100 * (new - old) / old
        rows.append((name, new, f"{new / whole:.2%}"[:-1], old, f"{old / last:.2%}"[:-1], change, f"{rate:.2f}"))
    return table(*rows)


@pytest.mark.parametrize(
    "tie",
    [
        ("difference", "3300", "23410 20110", True),
        ("growth", "16.41", "23410 20110", True),
        ("ratio", "29.26", "23410 80000", True),
        ("ratio", "44.64", "33480 75000", True),
    ],
)
def test_a_change_and_a_share_are_known_without_their_heads(tie: tuple[str, str, str, bool]) -> None:
    assert tie in ties(budget())


def test_nothing_of_nothing_confirms_nothing() -> None:
    rows = [(f"第{name}區", a + b, a, b, 0, 0, 0) for name, (a, b, _) in zip("一二三四", COUNTS, strict=True)]
    assert all(result != "0" for _, result, _, _ in ties(table(*rows)))
