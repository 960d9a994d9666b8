"""What repositories of reports take over: the hook before a commit, and the workflow that they call."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import heshu
import pytest
from heshu.cli import app
from typer.testing import CliRunner

ROOT = Path(heshu.__file__).parent
HOOKS, WORKFLOW = ROOT / ".pre-commit-hooks.yaml", ROOT / ".github" / "workflows" / "reports.yml"

yaml = pytest.importorskip("yaml")
pytestmark = pytest.mark.skipif(not HOOKS.exists(), reason="an installed package has no checkout around it")


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("report.txt")
    path.write_text(
        "青嵐市政府人事處113年度工作報告\n\n一、講座計有326人(男性165人、女性163人)參加。\n", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(("men", "status"), [("165", 1), ("163", 0)])
def test_the_hook_fails_where_figures_contradict(report: Path, men: str, status: int) -> None:
    (hook,) = loaded(HOOKS)
    report.write_text(report.read_text("utf-8").replace("165", men), encoding="utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "heshu"
    assert CliRunner().invoke(app, [*arguments, str(report)]).exit_code == status


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("reports/108.txt", True),
        ("a.PDF", True),
        ("b.docx", True),
        ("c.doc", True),
        ("src/a.py", False),
        ("d.txt.bak", False),
    ],
)
def test_the_hook_takes_reports_alone(name: str, taken: bool) -> None:
    (hook,) = loaded(HOOKS)
    assert bool(re.search(hook["files"], name)) is taken


def test_the_workflow_runs_commands_that_there_are(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = loaded(WORKFLOW)
    inputs = workflow[True]["workflow_call"]["inputs"]  # YAML 1.1 reads the key "on" as a truth value
    steps = workflow["jobs"]["figures"]["steps"]
    runs = [line for step in steps for line in step.get("run", "").splitlines() if "heshu audit" in line]
    assert len(runs) == 2
    for run in runs:
        command = re.search(r"heshu audit [^)]*", run)
        assert command
        filled = command[0].replace("$REPORTS", str(report)).replace("$FAIL_ON", inputs["fail-on"]["default"])
        filled = filled.replace("$RUNNER_TEMP/", "").replace("$OPTIONS", "").replace("${DIFF:-}", "--diff before")
        _, *arguments = shlex.split(filled)
        expected = 0  # the first run never fails, and to the second nothing is new
        assert CliRunner().invoke(app, arguments).exit_code == expected
    assert Path("out/audit.sarif").exists()


def test_nothing_that_a_caller_says_is_put_into_a_script(report: Path) -> None:
    steps = loaded(WORKFLOW)["jobs"]["figures"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
