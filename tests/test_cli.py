"""The command line: formats, exit statuses, and what it says to bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from heshu import pipeline, sharded
from heshu.cli import app
from heshu.model import Audit
from heshu.output.records import FACT_COLUMNS
from typer.testing import CliRunner, Result

REPORT = "青嵐市政府人事處108年度工作報告\n一、辦理員工研習，計有409人（男性205人、女性204人）參加。\n二、自108年10月1日起施行。\n"
WRONG = REPORT.replace("女性204人", "女性203人")
COMMANDS = ("audit", "extract", "mentions", "relations")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder of its own, which holds good.txt."""
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(REPORT, encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return invoke


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_mentions_are_one_json_object_a_line(run: Run) -> None:
    result = run("mentions", "good.txt", "--format", "jsonl")
    assert result.exit_code == 0
    by_text = {record["text"]: record for record in lines(result)}
    assert by_text["409人"] == {
        "report": "good.txt", "type": "quantity", "start": REPORT.index("409人"), "end": REPORT.index("409人") + 4,
        "text": "409人", "value": "409", "value_max": None, "unit": "人", "bound": None, "paren": None,
        "distributed": None,
    }  # fmt: skip
    assert by_text["108年10月1日"]["edtf"] == "2019-10-01"
    assert list(by_text["108年10月1日"]) == ["report", "type", "start", "end", "text", "edtf"]


def test_relations_carry_their_mentions(run: Run) -> None:
    (relation,) = lines(run("relations", "good.txt", "--each"))
    assert list(relation)[:8] == ["report", "kind", "holds", "stated", "computed", "result", "terms", "signs"]
    assert (relation["kind"], relation["holds"], relation["stated"], relation["computed"]) == (
        "sum",
        True,
        "409",
        "409",
    )
    assert relation["result"]["text"] == "409人"  # type: ignore[index]
    assert [term["text"] for term in relation["terms"]] == ["205人", "204人"]  # type: ignore[attr-defined]


def test_facts_have_the_columns_of_the_contract_in_both_formats(run: Run) -> None:
    assert all(tuple(record) == FACT_COLUMNS for record in lines(run("extract", "good.txt")))
    table = list(csv.DictReader(io.StringIO(run("extract", "good.txt", "--format", "csv").stdout)))
    assert tuple(table[0]) == FACT_COLUMNS
    assert [row["value"] for row in table if row["unit"] == "人"] == ["409", "205", "204"]


@pytest.mark.parametrize("command", ["mentions", "relations"])
def test_data_comes_as_a_table_too(run: Run, command: str) -> None:
    rows = list(csv.reader(io.StringIO(run(command, "good.txt", "--format", "csv").stdout)))
    assert rows[0][0] == "report"
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1


def test_unread_numerals_are_listed_by_themselves(run: Run, made_audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "extract", lambda report: made_audit.extractions[0])
    (record,) = lines(run("mentions", "good.txt", "--unread"))
    assert list(record) == ["report", "type", "line", "start", "end", "text", "context"]
    assert (record["type"], record["line"], record["text"]) == ("unread", 5, "7")
    assert record["context"] == "發給=SUM(A1)<script>元 【7】。"


def test_an_audit_leaves_the_datasets_and_the_page(run: Run) -> None:
    result = run("audit", "good.txt")
    assert result.exit_code == 0
    assert "沒有發現矛盾" in result.stdout
    assert "heshu-audit/audit.html" in result.stdout
    assert {"audit.html", "audit.xlsx", "facts.csv", "heshu.sqlite"} <= {
        each.name for each in Path("heshu-audit").iterdir()
    }


def test_the_files_can_be_chosen(run: Run) -> None:
    result = run("audit", "good.txt", "--formats", "csv, sarif", "--csv-bom")
    assert result.exit_code == 0
    assert sorted(path.name for path in Path("heshu-audit").iterdir()) == [
        ".heshu-written", "README.txt", "audit.sarif", "datapackage.json", "facts.csv", "findings.csv", "relations.csv", "reports.csv",
        "series.csv",
    ]  # fmt: skip
    assert Path("heshu-audit/facts.csv").read_bytes().startswith(b"\xef\xbb\xbffact_id,")


@pytest.mark.parametrize("formats", ["docx", "csv,docx", "all,csv", ","])
def test_a_format_that_is_not_known_is_a_slip(run: Run, formats: str) -> None:
    result = run("audit", "good.txt", "--formats", formats)
    assert result.exit_code == 2
    assert not Path("heshu-audit").exists()


def test_a_contradiction_is_an_annotation_to_github(run: Run) -> None:
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    result = run("audit", "wrong.txt", "--format", "github", "--formats", "jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=wrong.txt,line=")


def test_a_contradiction_is_told_with_its_passage_and_arithmetic(run: Run) -> None:
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    result = run("audit", "wrong.txt", "--lang", "en")
    assert result.exit_code == 1
    assert "205人 + 203人 = 408人, stated 409人" in result.stdout
    assert "計有409人（男性205人、女性203人）" in result.stdout
    assert "wrong.txt:2" in result.stdout


@pytest.mark.parametrize(
    ("severity", "fail_on", "status"),
    [
        ("contradiction", "contradiction", 1),
        ("contradiction", "never", 0),
        ("contradiction", "note", 1),
        ("suspicious", "contradiction", 0),
        ("suspicious", "suspicious", 1),
        ("note", "suspicious", 0),
        ("note", "note", 1),
    ],
)
def test_the_exit_status_follows_the_mildest_finding_that_counts(
    run: Run, made_audit: Audit, monkeypatch: pytest.MonkeyPatch, severity: str, fail_on: str, status: int
) -> None:
    finding = replace(made_audit.findings[0], severity=severity)  # type: ignore[arg-type]
    found = replace(made_audit, findings=(finding,), problems=())
    monkeypatch.setattr(sharded, "audit", lambda *_, **__: found)
    assert run("audit", "good.txt", "--fail-on", fail_on).exit_code == status


BAD: dict[str, Callable[[Path], object]] = {
    "missing.txt": lambda path: None,
    "empty-folder": lambda path: path.mkdir(),
    "empty.txt": lambda path: path.write_bytes(b""),
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 8),
    "undecodable.txt": lambda path: path.write_bytes(b"\xff\xff\xfd\x81\x20\xfe" * 64),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_in_one_line_and_the_rest_is_done(run: Run, command: str, name: str) -> None:
    BAD[name](Path(name))
    result = run(command, name, "good.txt")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"heshu: {name}：")
    assert Path("heshu-audit/facts.csv").exists() if command == "audit" else "409" in result.stdout


@pytest.mark.parametrize("name", BAD)
def test_the_message_is_there_in_english(run: Run, name: str) -> None:
    BAD[name](Path(name))
    result = run("mentions", name, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"heshu: {name}: ")
    assert result.stderr.isascii()


def test_nothing_is_written_where_nothing_was_read(run: Run) -> None:
    assert run("audit", "missing.txt").exit_code == 2
    assert not Path("heshu-audit").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_without_a_number_is_a_warning(run: Run, command: str) -> None:
    Path("words.txt").write_text("本處賡續推動各項業務。\n", encoding="utf-8")
    result = run(command, "words.txt", "good.txt")
    assert result.exit_code == 0
    assert result.stderr.startswith("heshu: words.txt：全文沒有任何數字")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("audit",), id="no path"),
        pytest.param(("mentions", "good.txt", "--format", "xml"), id="unknown format"),
        pytest.param(("audit", "good.txt", "--fail-on", "always"), id="unknown severity"),
        pytest.param(("audit", "good.txt", "--jobs", "-1"), id="negative number of processes"),
        pytest.param(("audit", "good.txt", "-o", "good.txt"), id="a file where a folder should be"),
        pytest.param(("check", "good.txt"), id="unknown command"),
    ],
)
def test_a_slip_in_the_command_ends_with_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert Path("good.txt").read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize(
    ("output", "written"),
    [
        pytest.param("new/facts.csv", "new/facts.csv", id="file"),
        pytest.param("folder", "folder/facts.csv", id="folder"),
    ],
)
def test_data_goes_to_a_file_or_into_a_folder(run: Run, output: str, written: str) -> None:
    Path("folder").mkdir()
    result = run("extract", "good.txt", "--format", "csv", "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(written).read_bytes().startswith(b"fact_id,")


def test_a_place_that_cannot_be_written_is_said_in_one_line(run: Run) -> None:
    result = run("extract", "good.txt", "-o", "good.txt/facts.jsonl")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_input_gives_the_same_bytes(run: Run) -> None:
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    Path("third.txt").write_text(REPORT.replace("108年", "110年"), encoding="utf-8")
    run("audit", "good.txt", "wrong.txt", "third.txt", "-o", "wanted")
    wanted = folder_bytes(Path("wanted"))
    for number, order in enumerate(permutations(("good.txt", "wrong.txt", "third.txt"))):
        run("audit", *order, "--jobs", str(1 + number % 2), "-o", f"out{number}")
        assert folder_bytes(Path(f"out{number}")) == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"heshu {command} " in result.stdout.split("例：")[1]


def test_the_module_runs_and_data_is_utf8_whatever_the_locale(run: Run, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "heshu", "mentions", "good.txt"], cwd=tmp_path, env=environment, capture_output=True
    )
    assert done.returncode == 0
    assert "409人" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_the_version_is_that_of_the_package(run: Run) -> None:
    from importlib.metadata import version

    assert run("--version").stdout == f"heshu {version('heshu')}\n"


OPEN = "一、培訓\n\n本年5月6日辦理研習3場,計有88人參加。\n"


def test_the_time_of_a_report_may_be_given(run: Run) -> None:
    Path("open.txt").write_text(OPEN, encoding="utf-8")
    assert "XXXX-05-06" in run("mentions", "open.txt").stdout
    for option in (["--period", "113年上半年"], ["--issued", "2024-12-06"]):
        assert "2024-05-06" in run("mentions", "open.txt", *option).stdout


def test_a_report_s_time_may_stand_in_the_settings(run: Run) -> None:
    Path("open.txt").write_text(OPEN, encoding="utf-8")
    Path("other.txt").write_text(OPEN + "完。", encoding="utf-8")
    Path("pyproject.toml").write_text(
        '[tool.heshu.reports."open.txt"]\nperiod = "113年上半年"\nissued = "113年7月1日"\n', encoding="utf-8"
    )
    days = {record["report"]: record["edtf"] for record in lines(run("mentions", "open.txt", "other.txt")) if record["type"] == "date"}  # fmt: skip
    assert days == {"open.txt": "2024-05-06", "other.txt": "XXXX-05-06"}


@pytest.mark.parametrize(
    "settings",
    ['[tool.heshu.reports."good.txt"]\nperiod = "去年"\n', '[tool.heshu.reports."good.txt"]\nyear = "113"\n'],
)
def test_a_mistake_in_a_report_s_settings_is_told(run: Run, settings: str) -> None:
    Path("pyproject.toml").write_text(settings, encoding="utf-8")
    result = run("mentions", "good.txt")
    assert result.exit_code == 2
    assert "good.txt" in result.stderr


def test_what_is_no_time_is_told(run: Run) -> None:
    result = run("mentions", "good.txt", "--period", "去年")
    assert result.exit_code == 2
    assert "--period" in result.stderr
