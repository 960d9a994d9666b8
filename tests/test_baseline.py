"""A baseline knows its findings again after edits, and nothing else; what is left out is counted."""

from __future__ import annotations

import json
from pathlib import Path

import heshu
import pytest
from heshu.baseline import Accepted, BaselineError, accepted, chosen, dump, load, updated
from heshu.cli import app
from heshu.corpus.read import read_text
from heshu.model import Audit
from typer.testing import CliRunner

TEXT = "一、講座\n講座共計328人參加(男性165人、女性160人)。\n二、禮券\n致贈4對新人禮券，每對6,000元，共計2萬8,000元。\n"


def audit(text: str, name: str = "report.txt") -> Audit:
    return heshu.audit(read_text(text, name))


@pytest.fixture
def entries() -> tuple[Accepted, ...]:
    return updated(audit(TEXT), ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(TEXT, 0, id="unchanged"),
        pytest.param("前言\n" + TEXT.replace("二、禮券", "二、新人禮券"), 0, id="edited elsewhere"),
        pytest.param(TEXT.replace("講座共計", "性別講座共計"), 0, id="a word more before it"),
        pytest.param(TEXT.replace("165人", "164人"), 1, id="another value"),
        pytest.param(TEXT.replace("2萬8,000元", "2萬9,000元"), 1, id="another total"),
    ],
)
def test_a_finding_is_known_again(entries: tuple[Accepted, ...], text: str, left: int) -> None:
    found, stale = accepted(audit(text, "renamed.txt"), entries)
    assert len(found.findings) == left
    assert len(found.suppressed) == 2 - left
    assert len(stale) == left


def test_an_entry_accepts_one_finding(entries: tuple[Accepted, ...]) -> None:
    twice = TEXT + "三、講座\n講座共計328人參加(男性165人、女性160人)。\n"
    found, _ = accepted(audit(twice), entries)
    assert len(found.findings) == 1


def test_reasons_are_kept(entries: tuple[Accepted, ...]) -> None:
    known = [Accepted(e.code, e.fingerprint, e.context, f"seen: {e.code}") for e in entries]
    again = updated(audit("前言\n" + TEXT), known)
    assert [entry.reason for entry in again] == [f"seen: {entry.code}" for entry in entries]


def test_a_file_gives_back_what_was_written(tmp_path: Path, entries: tuple[Accepted, ...]) -> None:
    odd = (*entries, Accepted("SUM", "0123", 'a "b" \\ c', "換行\n與\t定位"))
    path = tmp_path / "baseline.toml"
    path.write_text(dump(odd), encoding="utf-8")
    assert load(path) == odd


@pytest.mark.parametrize("content", ["[[accepted]]\ncode = 3\n", "accepted = 1\n", "[[accepted]\n", "[[accepted]]\n"])
def test_a_broken_file_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BaselineError, match=r"baseline\.toml"):
        load(path)


def test_codes_are_chosen() -> None:
    found = audit(TEXT)
    assert [finding.code for finding in chosen(found, select={"SUM"}).findings] == ["SUM"]
    left = chosen(found, ignore={"SUM"})
    assert [finding.code for finding in left.findings] == ["PRODUCT"]
    assert [each.by for each in left.suppressed] == ["selection"]


def test_the_command_line_lives_with_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    audit_it = ["audit", "report.txt", "--formats", "jsonl", "--lang", "en"]
    assert CliRunner().invoke(app, audit_it).exit_code == 1
    assert CliRunner().invoke(app, [*audit_it, "--baseline", "none.toml"]).exit_code == 2
    assert CliRunner().invoke(app, [*audit_it, "--select", "NONE"]).exit_code == 2
    assert CliRunner().invoke(app, [*audit_it, "--ignore", "SUM,PRODUCT"]).exit_code == 0
    made = CliRunner().invoke(app, [*audit_it, "--update-baseline"])
    assert made.exit_code == 0
    assert "2 findings noted" in made.stderr
    result = CliRunner().invoke(app, [*audit_it, "--baseline", "heshu-baseline.toml"])
    assert result.exit_code == 0
    assert "2 accepted in the baseline" in result.stdout
    left = [json.loads(line) for line in Path("heshu-audit/suppressed.jsonl").read_text("utf-8").splitlines()]
    assert [record["code"] for record in left] == ["SUM", "PRODUCT"]
