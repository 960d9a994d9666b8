"""``heshu explain``: what was read at one place, by which rules, from which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from heshu.cli import app
from typer.testing import CliRunner, Result

REPORT = (
    "青嵐市政府人事處108年度工作報告\n"
    "\n"
    "一、截至108年10月底止，特約商店計有120家。\n"
    "二、每人最高補助2,300元，較107年增加300元。\n"
    "三、辦理研習3場。\n"
    "此行沒有數字。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def explained(report: Path, place: str, lang: str = "en") -> Result:
    return CliRunner().invoke(app, ["explain", f"{report}:{place}", "--lang", lang])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (3, "120 家  ← unit."),
        (3, "role: actual  ← role.actual"),
        (3, "period: 2019-10  ← period.sentence · the date of the sentence"),
        (3, "what weighed most: "),
        (3, "from line 3, '108年10月底'"),
        (3, "indicator: 特約商店家數  ← indicator."),
        (3, "agency: 青嵐市政府人事處  ← agency.own"),
        (3, "confidence: 0."),
        (4, "role: standard  ← role."),
        (4, "period: –  ← period.none · a standing rule"),
        (5, "period: 2019  ← period.own · the report's own period"),
        (4, "from line 4, '最高'"),
        (5, "indicator: 研習場次  ← name.phrase · the noun phrase around the figure · from line 5, '研習'"),
    ],
)
def test_each_field_has_its_rule_and_its_source(report: Path, line: int, told: str) -> None:
    assert told in explained(report, str(line)).output


def test_words_are_chinese_unless_asked_otherwise(report: Path) -> None:
    output = explained(report, "3", "zh-TW").output
    assert "性質：實際" in output
    assert "據第 3 行「108年10月底」" in output


def test_characters_are_a_place_too(report: Path) -> None:
    at = REPORT.index("2,300元")
    assert explained(report, f"@{at}").output == explained(report, f"@{at}-{at + 6}").output
    assert "2300 元" in explained(report, f"@{at}").output
    assert "120 家" not in explained(report, f"@{at}").output


def test_a_mark_is_told_as_such(report: Path) -> None:
    assert "no quantity  ← layout.marker" in explained(report, "5").output


def test_a_line_without_numbers(report: Path) -> None:
    result = explained(report, "6")
    assert result.exit_code == 0
    assert "No number" in result.output


@pytest.mark.parametrize("place", ["99", "0", "@9999", "x", "@"])
def test_no_such_place(report: Path, place: str) -> None:
    assert explained(report, place).exit_code == 2


def test_report_that_is_missing(tmp_path: Path) -> None:
    assert explained(tmp_path / "none.txt", "3").exit_code == 2
