"""The summary on the terminal, in both languages, plain and coloured."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from heshu.model import Audit, Period
from heshu.notation import thousands
from heshu.output.counts import tally
from heshu.output.passages import legible
from heshu.output.summary import percentage, span
from heshu.output.terminal import Language, print_summary, problem_text
from heshu.output.wrap import wrapped
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text


def summary(audit: Audit, language: Language = "zh-TW", *, terminal: bool = False) -> str:
    file = io.StringIO()
    print_summary(audit, Console(file=file, width=80, force_terminal=terminal, highlight=False), language)
    return file.getvalue()


def test_the_summary_says_what_was_read_and_what_contradicts(made_audit: Audit) -> None:
    text = summary(made_audit)
    for told in (
        "1 份報告 · 108年7月至12月 · 4 個數量 · 1 個日期",
        "7 個，已判讀 85.7% · 數量與日期 5 個 · 非數量 1 個 · 未能判讀 1 個",
        "互相矛盾 3 個 · 無從核對 1 個",
        "合計408人，文中為409人",
        "計有409人（男性205人、女性203人）參加",
        "青嵐市108下.txt:2",
        "1 項，詳見錯誤訊息",
    ):
        assert told in text


def test_the_summary_is_there_in_english(made_audit: Audit) -> None:
    text = summary(made_audit, "en")
    for told in (
        "85.7% of 7 read · 5 in quantities and dates · 1 no quantity · 1",
        "3 contradicted",
        "make 408, the text says 409",
    ):
        assert told in text


def test_the_arithmetic_is_told_where_the_message_does_not(made_audit: Audit) -> None:
    terse = replace(made_audit, findings=(replace(made_audit.findings[0], message_zh="不符", message_en="no"),))
    assert "所載 409人 · 核算 408人 · 相差 +1人" in summary(terse)
    assert "stated 409人 · computed 408人 · difference +1人" in summary(terse, "en")


def test_no_contradiction_is_said_in_words(made_audit: Audit) -> None:
    calm = replace(made_audit, findings=())
    assert "沒有發現矛盾" in summary(calm)
    assert "no contradiction found" in summary(calm, "en")


def test_what_is_only_suspicious_is_not_said_to_agree(made_audit: Audit) -> None:
    asked = replace(made_audit, findings=(replace(made_audit.findings[0], severity="suspicious"),))
    text = summary(asked)
    assert "可疑之處如上" in text
    assert "都相符" not in text


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_what_is_piped_is_plain_and_fits_80_columns(made_audit: Audit, language: Language) -> None:
    text = summary(made_audit, language)
    assert "\x1b" not in text
    assert all(cell_len(line) <= 80 and line == line.rstrip() for line in text.splitlines())


def test_a_problem_is_one_line_without_control_characters(made_audit: Audit) -> None:
    problem = replace(made_audit.problems[0], message_zh="檔案\n沒有內容")
    assert problem_text(problem, "zh-TW").plain == "空[31m.txt：檔案 沒有內容"
    assert problem_text(problem, "en").plain == "空[31m.txt: the file is empty"


def test_a_terminal_gets_colour(made_audit: Audit) -> None:
    text = summary(made_audit, terminal=True)
    assert "\x1b[7m409人" in text


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 5, "0.0%"), (1, 3, "33.3%"), (99999, 100000, "99.9%"), (5, 5, "100.0%")],
)
def test_all_is_said_only_of_all(part: int, whole: int, said: str) -> None:
    assert percentage(part, whole) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("4262058114", "4,262,058,114"), ("-1234.5", "-1,234.5"), ("1/3", "1/3"), ("27.86…27.87", "27.86…27.87")],
)
def test_amounts_have_thousands_marks(text: str, said: str) -> None:
    assert thousands(text) == said


def test_periods_make_one_span(made_audit: Audit) -> None:
    one = made_audit.extractions[0]
    both = replace(made_audit, extractions=(one, replace(one, period=Period.parse("2017")), replace(one, period=None)))
    assert span(tally(both)) == ("106年1月至108年12月", "2017-01 to 2019-12")
    assert span(tally(replace(made_audit, extractions=()))) is None


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("計有 409\n人", "計有409人", id="line end inside a sentence"),
        pytest.param("ISO  27001\n認證", "ISO 27001認證", id="spaces between Latin words stay"),
        pytest.param("a\x1b[31mb\u202ec", "a[31mbc", id="control characters"),
    ],
)
def test_a_quotation_is_legible(raw: str, shown: str) -> None:
    assert legible(raw) == shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("計有409人參加", 8, ["計有409", "人參加"], id="a figure stays whole"),
        pytest.param("辦理研習，計四場", 8, ["辦理研", "習，計四", "場"], id="no line begins with a comma"),
        pytest.param("甲乙（12）人", 6, ["甲乙", "（12）", "人"], id="brackets stay with what they hold"),
        pytest.param("共計69(2)人", 8, ["共計", "69(2)人"], id="posts in brackets stay with their figure"),
        pytest.param("off by 2.", 8, ["off by", "2."], id="a full stop stays with its word"),
        pytest.param("stated 409, off", 8, ["stated", "409, off"], id="words stay whole"),
        pytest.param("1234567890", 4, ["1234", "5678", "90"], id="what is too long is folded"),
        pytest.param("", 8, [""], id="nothing"),
    ],
)
def test_lines_break_where_they_may(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(Text(text), width).plain.split("\n") == lines


@given(st.text(alphabet="計有，、（）12,.%人 「」ab"), st.integers(2, 12))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(Text(text), width).plain.split("\n")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
