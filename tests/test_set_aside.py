"""Findings that are set aside one by one: by a comment in the report, by their id, because an earlier audit had them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from heshu.cli import app
from typer.testing import CliRunner, Result

HEAD = "青嵐市政府人事處113年度工作報告\n\n"
SUM = "一、講座計有326人(男性165人、女性163人)參加。{}\n"
RATE = "\n二、截至113年12月應進用身心障礙人員600人，已進用900人，進用比率達160%。\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def audit(*more: str, text: str = HEAD + SUM.format("") + RATE, name: str = "report.txt") -> Result:
    Path(name).write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["audit", name, "--formats", "jsonl,sarif", *more])


def found(folder: str = "heshu-audit", name: str = "findings") -> list[dict[str, object]]:
    path = Path(folder, f"{name}.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def codes(folder: str = "heshu-audit", name: str = "findings") -> list[object]:
    return sorted(str(each["code"]) for each in found(folder, name))


def test_without_a_word_both_are_found() -> None:
    assert audit().exit_code == 1
    assert codes() == ["RATE", "SUM"]


@pytest.mark.parametrize(
    "text",
    [
        SUM.format(" <!-- heshu: ignore SUM 原始名冊如此，已函詢 -->") + RATE,
        SUM.format("（heshu: ignore SUM 原始名冊如此，已函詢）") + RATE,
        "<!-- heshu: ignore SUM 原始名冊如此，已函詢 -->\n" + SUM.format("") + RATE,
    ],
    ids=["comment-behind", "brackets", "line-above"],
)
def test_a_comment_at_the_figures_sets_their_finding_aside(text: str) -> None:
    result = audit(text=HEAD + text)
    assert codes() == ["RATE"]
    (left,) = found(name="suppressed")
    assert (left["code"], left["by"], left["reason"]) == ("SUM", "comment", "原始名冊如此，已函詢")
    assert "1 項報告內註明略去" in result.stdout
    (run,) = json.loads(Path("heshu-audit/audit.sarif").read_text("utf-8"))["runs"]
    told = [each["suppressions"] for each in run["results"] if "suppressions" in each]
    assert told == [[{"kind": "inSource", "status": "accepted", "justification": "原始名冊如此，已函詢"}]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SUM.format(" <!-- heshu: ignore SUM -->") + RATE, "理由"),
        (SUM.format("") + "\n<!-- heshu: ignore DIFF 已查證 -->\n" + RATE, "DIFF"),
        (SUM.format("") + RATE + "\n三、說明如上。\n\n<!-- heshu: ignore SUM 太遠 -->\n", "SUM"),
    ],
    ids=["no-reason", "another-check", "another-place"],
)
def test_a_comment_that_sets_nothing_aside_is_told(text: str, said: str) -> None:
    result = audit(text=HEAD + text)
    assert codes() == ["RATE", "SUM"]
    assert said in result.stderr


def test_a_comment_by_id_goes_wherever_it_stands() -> None:
    audit()
    identity = next(str(each["finding_id"]) for each in found() if each["code"] == "SUM")
    audit(text=HEAD + SUM.format("") + RATE + f"\n<!-- heshu: ignore {identity} 已函詢 -->\n")
    assert codes() == ["RATE"]


def test_a_finding_is_left_out_by_its_id() -> None:
    audit()
    identity = next(str(each["finding_id"]) for each in found() if each["code"] == "SUM")
    audit("--ignore", identity)
    assert codes() == ["RATE"]
    audit("--ignore", f"{identity},RATE")
    assert codes() == []


def test_the_settings_name_findings_with_their_reasons() -> None:
    audit()
    identity = next(str(each["finding_id"]) for each in found() if each["code"] == "SUM")
    Path("pyproject.toml").write_text(f'[tool.heshu.ignore]\n"{identity}" = "已函詢"\n', encoding="utf-8")
    audit()
    assert codes() == ["RATE"]
    assert [each["reason"] for each in found(name="suppressed")] == ["已函詢"]
    Path("pyproject.toml").write_text(f'[tool.heshu.ignore]\n"{identity}" = ""\n', encoding="utf-8")
    assert audit().exit_code == 2


def test_against_an_earlier_audit_only_what_is_new_is_shown() -> None:
    audit("-o", "before", text=HEAD + SUM.format(""))
    result = audit("-o", "after", "--diff", "before", name="renamed.txt")
    assert codes("after") == ["RATE"]
    assert result.exit_code == 1
    assert "1 項先前查核已列" in result.stdout
    assert [each["by"] for each in found("after", name="suppressed")] == ["before"]
    assert audit("-o", "again", "--diff", "after/findings.jsonl").exit_code == 0  # what was left out then is known, too
    assert codes("again") == []


def test_a_finding_that_comes_twice_is_new_once() -> None:
    audit("-o", "before", text=HEAD + SUM.format(""))
    twice = HEAD + SUM.format("") + "\n二、另一講座計有326人(男性165人、女性163人)參加。\n"
    audit("-o", "after", "--diff", "before", text=twice)
    assert len(found("after")) == 1


def test_a_changed_figure_is_new() -> None:
    audit("-o", "before", text=HEAD + SUM.format(""))
    audit("-o", "after", "--diff", "before", text=HEAD + SUM.format("").replace("326", "327"))
    assert codes("after") == ["SUM"]


def test_a_base_that_is_none_is_told_in_one_line() -> None:
    result = audit("--diff", "nowhere")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_finding_has_one_id_in_an_audit_and_in_a_store() -> None:
    audit()
    result = CliRunner().invoke(app, ["ingest", "report.txt", "--store", "kept.heshu"])
    assert result.exit_code == 0, result.output
    with sqlite3.connect("kept.heshu") as store:
        kept = {name for (name,) in store.execute("SELECT finding_id FROM findings")}
    assert kept == {str(each["finding_id"]) for each in found()}
