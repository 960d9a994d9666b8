"""Windows has no fork, no process groups, no limits of resources, and an encoding of its own: nothing here counts on them.

A real machine of that kind is tried by ``.github/workflows/install.yml``; here what it has not is taken away.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import heshu
import pytest

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
BARE = """
import multiprocessing, os, sys
for name in ("fork", "forkpty", "killpg", "setsid", "sched_getaffinity", "getuid", "geteuid", "mkfifo"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    from heshu.cli import main
    main()
"""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["audit", "reports", "--jobs", "2", "-o", "out"], 1, "矛盾"),
        (["ingest", "reports", "--jobs", "2"], 0, "資料庫"),
        (["extract", "reports/109-plan.txt", "--format", "jsonl"], 0, "青嵐"),
    ],
)
def test_nothing_is_used_that_only_some_systems_have(
    tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    (tmp_path / "reports").mkdir()
    for each in SAMPLES.glob("1*.txt"):
        (tmp_path / "reports" / each.name).write_bytes(each.read_bytes())
    (tmp_path / "bare.py").write_text(BARE, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp950", "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "bare.py", *arguments], cwd=tmp_path, env=environment, capture_output=True, timeout=300
    )
    told = done.stdout.decode("utf-8" if arguments[0] == "extract" else "cp950")  # data are UTF-8 everywhere
    assert (done.returncode, said in told) == (status, True), done.stderr.decode("cp950", "replace")


def test_a_file_that_another_program_holds_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that is open in Excel can neither be moved nor overwritten."""
    from heshu.cli import app
    from typer.testing import CliRunner

    report = tmp_path / "report.txt"
    report.write_text("青嵐市政府人事處113年度工作報告\n計有326人(男性165人、女性163人)參加。\n", encoding="utf-8")
    arguments = ["audit", str(report), "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(app, arguments).exit_code == 1
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self == tmp_path / "out" / "audit.xlsx":
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, "audit.xlsx" in result.stderr, "關閉" in result.stderr) == (2, True, True)
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
