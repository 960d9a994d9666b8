"""Windows has no fork, no process groups, no limits of resources, an encoding of its own, and lets nobody move or remove a file
that is open: nothing here counts on them.

A real machine of that kind is tried by ``.github/workflows/install.yml``; here what it has not is taken away.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import heshu
import pytest

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
BARE = """
import asyncio, multiprocessing, os, signal, sys
for name in (
    "fork", "forkpty", "killpg", "setsid", "setpgid", "getpgid", "sched_getaffinity", "sched_setaffinity", "getuid", "geteuid",
    "getgid", "mkfifo", "statvfs", "fchmod", "fchown", "chown", "sync", "nice", "pread", "pwrite", "sendfile",
):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGALRM", "SIGUSR1", "SIGCHLD", "alarm", "setitimer", "pause"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None

def stubborn(work):
    def tried(path, *others, **more):
        for each in (path, *others):
            if "dir_fd" in more or not isinstance(each, (str, os.PathLike)):
                continue
            place = os.path.realpath(each)
            for number in os.listdir("/proc/self/fd"):
                try:
                    held = os.readlink(f"/proc/self/fd/{number}")
                except OSError:
                    continue
                if held == place or held.startswith(place + os.sep):
                    raise PermissionError(13, "The process cannot access the file because it is being used", str(each))
        return work(path, *others, **more)
    return tried

if os.path.isdir("/proc/self/fd"):
    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        setattr(os, name, stubborn(getattr(os, name)))
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    from heshu.cli import main
    main()
"""


ELSEWHERE = {**os.environ, "PYTHONIOENCODING": "cp950", "PYTHONUTF8": "0", "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with reports, and what takes away what other systems have not."""
    (tmp_path / "reports").mkdir()
    for each in SAMPLES.glob("1*.txt"):
        (tmp_path / "reports" / each.name).write_bytes(each.read_bytes())
    (tmp_path / "bare.py").write_text(BARE, encoding="utf-8")
    return tmp_path


def run(bare: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "bare.py", *arguments]
    return subprocess.run(command, cwd=bare, env=ELSEWHERE, capture_output=True, timeout=300)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["audit", "reports", "--jobs", "2", "-o", "out"], 1, "矛盾"),
        (["ingest", "reports", "--jobs", "2"], 0, "資料庫"),
        (["extract", "reports/109-plan.txt", "--format", "jsonl"], 0, "青嵐"),
        (["series", "reports"], 0, "退休"),
        (["align", "reports/108-achievements.txt", "reports/109-plan.txt"], 0, "108"),
    ],
)
def test_nothing_is_used_that_only_some_systems_have(bare: Path, arguments: list[str], status: int, said: str) -> None:
    done = run(bare, *arguments)
    data = arguments[0] in ("extract", "align", "series")  # data are UTF-8 everywhere
    told = done.stdout.decode("utf-8" if data else "cp950")
    assert (done.returncode, said in told) == (status, True), done.stderr.decode("cp950", "replace")


def test_what_is_there_is_written_anew(bare: Path) -> None:
    """Audits into one folder, papers, and a store with all that is done with it."""
    for arguments in (
        ["audit", "reports", "-o", "out", "--fail-on", "never"],
        ["audit", "reports", "-o", "out", "--fail-on", "never"],
        ["export", "out", "--format", "pdf", "-o", "question.pdf"],
        ["export", "out", "--as", "letter", "-o", "question.pdf"],
        ["ingest", "reports", "--jobs", "1"],
        ["store", "export", "-o", "out", "--work", "work.json"],
        ["store", "import", "work.json", "--store", "other.heshu"],
        ["store", "upgrade"],
        ["store", "remove", "109-plan.txt"],
        ["store", "verify"],
    ):
        done = run(bare, *arguments)
        assert done.returncode == 0, (arguments, done.stderr.decode("cp950", "replace"))
    assert not [path.name for path in bare.rglob("*~")]


def test_the_app_answers(bare: Path) -> None:
    pytest.importorskip("uvicorn", reason="heshu[app] is not installed")
    command = [sys.executable, "bare.py", "open", "reports", "--no-browser"]
    with subprocess.Popen(command, cwd=bare, env=ELSEWHERE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            told = [process.stdout.readline().decode("cp950") for _ in range(2)]
            visitor = build_opener(HTTPCookieProcessor())
            for _ in range(600):
                page = visitor.open(told[1].strip()).read().decode("utf-8")
                if 'data-busy="false"' in page:
                    break
                time.sleep(0.1)
            assert "109-plan.txt" in page
        finally:
            process.terminate()


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
