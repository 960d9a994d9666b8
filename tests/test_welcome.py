"""``heshu`` alone says what to type next, in the language of whoever types, for the folder in which it is typed."""

from __future__ import annotations

import locale
import re
import sys
from pathlib import Path

import pytest
from heshu.cli import app
from heshu.commands.speech import language_of
from heshu.commands.welcome import welcome
from typer.testing import CliRunner

COMMANDS = {"audit", "export", "open"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("lang", "said"), [("zh_TW.UTF-8", "接著可以輸入"), ("en_US.UTF-8", "Type next:")])
def test_alone_it_says_what_to_type_next(lang: str, said: str) -> None:
    result = CliRunner().invoke(app, [], env={"LANG": lang, "LC_ALL": ""})
    assert result.exit_code == 0
    assert said in result.stdout
    typed = re.findall(r"^  (heshu \S+)", result.stdout, re.MULTILINE)
    names = {name for each in typed if (name := each.split()[1]) != "--help"}
    assert names <= set(re.findall(r"^  (\w+) ", CliRunner().invoke(app, ["--help"]).stdout, re.MULTILINE))
    assert all(len(line) <= 120 for line in result.stdout.splitlines())


def test_in_an_empty_folder_it_shows_how_a_report_is_named(here: Path) -> None:
    assert "heshu audit 報告.pdf" in welcome("zh-TW", COMMANDS, here)
    assert "heshu export" not in welcome("zh-TW", COMMANDS, here)


def test_where_reports_lie_it_names_their_folder(here: Path) -> None:
    for name in ("a.pdf", "b.docx", "notes.py", "README.txt", ".hidden.txt"):
        (here / name).touch()
    assert "heshu audit ." in welcome("en", COMMANDS, here)
    assert "its 2 files" in welcome("en", COMMANDS, here)
    assert "heshu open ." in welcome("en", COMMANDS, here)


def test_where_reports_lie_in_a_folder_it_names_that(here: Path) -> None:
    for name, count in (("old", 1), ("council reports", 3), ("heshu-audit", 9), (".git", 9)):
        (here / name).mkdir()
        for number in range(count):
            (here / name / f"{number}.pdf").touch()
    told = welcome("en", COMMANDS, here)
    assert 'heshu open "council reports"' in told and "read 3 files" in told
    assert 'heshu audit "council reports"' in told
    (here / "council reports" / "reports.heshu").touch()
    assert "go on where you were" in welcome("en", COMMANDS, here)


def test_after_an_audit_it_leads_to_the_page_and_to_the_chamber(here: Path) -> None:
    (here / "heshu-audit").mkdir()
    (here / "heshu-audit" / "audit.html").touch()
    told = welcome("zh-TW", COMMANDS, here)
    assert "heshu-audit/audit.html" in told
    assert "heshu export heshu-audit" in told


@pytest.mark.parametrize(
    ("name", "told"), [("English_United States", "en"), ("Chinese (Traditional)_Taiwan", "zh-TW"), (None, "zh-TW")]
)
def test_on_windows_the_system_tells_the_language(monkeypatch: pytest.MonkeyPatch, name: str | None, told: str) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locale, "getlocale", lambda: (name, None))
    assert language_of([], {}) == told
