"""The end of a summary: what was not read and why, what was read in part, and what has to be said."""

from __future__ import annotations

from heshu.commands.closing import closing
from heshu.model import Problem


def problem(path: str, code: str, told: str) -> Problem:
    return Problem(path, code, f"{told}。", f"{told}.")


PROBLEMS = [
    problem("in/a.pdf", "no-text", "沒有文字"),
    *(problem(f"in/{number}.pdf", "no-text", "沒有文字") for number in range(4)),
    problem("in/b.pdf", "pages-without-text", "第3頁沒有文字"),
    problem("in/c.xlsx", "year-open", "請以 --period 指明"),
    problem("in/d.csv", "duplicate", "內容相同"),
]


def test_problems_are_told_by_what_they_mean_for_the_reader() -> None:
    assert list(closing(PROBLEMS, "zh-TW")) == [
        ("未讀入 5", True),
        ("    a.pdf、0.pdf、1.pdf等 5 份：沒有文字。", False),
        ("部分未讀 1", True),
        ("    b.pdf：第3頁沒有文字。", False),
        ("待指明 1", True),
        ("    c.xlsx：請以 --period 指明。", False),
        ("其他 1", True),
        ("    d.csv：內容相同。", False),
    ]


def test_many_kinds_are_cut_off_with_a_count() -> None:
    many = [problem(f"{number}.pdf", f"code-{number}", str(number)) for number in range(9)]
    lines = list(closing(many, "en"))
    assert lines[0] == ("Not read 9", True)
    assert lines[-1] == ("    3 more, see the audit page", False)


def test_nothing_is_said_where_nothing_happened() -> None:
    assert list(closing([], "en")) == []
