"""Output is written whole or not at all, and nothing of the user's is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from heshu.model import WRITTEN, Audit
from heshu.output import whole
from heshu.output.folder import write_folder
from heshu.output.whole import write_file, write_files

POSIX = pytest.mark.skipif(os.name != "posix", reason="links need a right of their own elsewhere")

FIRST = {"a.txt": b"first a", "b.txt": b"first b", "texts/1.html": b"first 1", "texts/2.html": b"first 2"}
SECOND = {"a.txt": b"second a", "c.txt": b"second c", "texts/1.html": b"second 1"}


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder but the list of what was written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != WRITTEN
    }


def work(folder: Path) -> list[Path]:
    return [*folder.parent.glob(".heshu-work-*"), *folder.glob(".heshu-work-*")]


def test_the_files_are_those_that_were_given(tmp_path: Path) -> None:
    files = write_files(tmp_path / "deep" / "out", FIRST.items())
    assert files == tuple(tmp_path / "deep" / "out" / name for name in FIRST)
    assert held(tmp_path / "deep" / "out") == FIRST
    assert work(tmp_path / "deep" / "out") == []


def test_nothing_of_an_earlier_run_stays_beside_a_new_one(tmp_path: Path) -> None:
    for files in (FIRST, SECOND):
        write_files(tmp_path / "out", files.items())
        assert held(tmp_path / "out") == files
    write_files(tmp_path / "out", {"a.txt": b"third"}.items())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [WRITTEN, "a.txt"]


def test_formats_that_are_not_asked_for_again_go(made_audit: Audit, tmp_path: Path) -> None:
    write_folder(made_audit, tmp_path / "out")
    write_folder(made_audit, tmp_path / "out", formats=["sarif"])
    assert sorted(held(tmp_path / "out")) == ["README.txt", "audit.sarif"]


def test_files_of_the_user_stay(tmp_path: Path) -> None:
    write_files(tmp_path / "out", FIRST.items())
    (tmp_path / "out" / "mine.txt").write_bytes(b"mine")
    (tmp_path / "out" / "texts" / "mine.html").write_bytes(b"mine")
    (tmp_path / "out" / "b.txt").write_bytes(b"first b, with my remarks")
    write_files(tmp_path / "out", SECOND.items())
    assert held(tmp_path / "out") == {
        **SECOND,
        "mine.txt": b"mine",
        "texts/mine.html": b"mine",
        "b.txt": b"first b, with my remarks",
    }


def test_a_file_of_the_user_under_one_of_our_names_is_put_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    told: list[tuple[str, str]] = []
    for text in (b"mine", b"mine, too"):
        (tmp_path / "out" / "a.txt").write_bytes(text)
        write_files(tmp_path / "out", FIRST.items(), lambda source, target: told.append((source.name, target.name)))
    assert held(tmp_path / "out") == {**FIRST, "a.txt~": b"mine", "a.txt.2~": b"mine, too"}
    assert told == [("a.txt", "a.txt~"), ("a.txt", "a.txt.2~")]


@POSIX
def test_no_link_is_followed_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "1.html").write_bytes(b"untouched")
    (tmp_path / "secret").write_bytes(b"untouched")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "secret")
    (tmp_path / "out" / "b.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "out" / "texts").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / WRITTEN).symlink_to(tmp_path / "secret")
    write_files(tmp_path / "out", FIRST.items())
    assert (tmp_path / "secret").read_bytes() == b"untouched"
    assert not (tmp_path / "nowhere").exists()
    assert held(tmp_path / "elsewhere") == {"1.html": b"untouched"}
    for name, data in FIRST.items():
        assert (tmp_path / "out" / name).read_bytes() == data
        assert not (tmp_path / "out" / name).is_symlink()
    assert not (tmp_path / "out" / "texts").is_symlink()


@POSIX
def test_a_list_that_leads_out_of_the_folder_removes_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"")
    (tmp_path / "out").mkdir()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (tmp_path / "out" / WRITTEN).write_text(f"{empty}  ../secret\n{empty}  {secret}\n", "utf-8")
    write_files(tmp_path / "out", FIRST.items())
    assert secret.exists()


@POSIX
def test_a_folder_that_is_a_link_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write_files(tmp_path / "out", FIRST.items())
    assert held(tmp_path / "real") == FIRST
    assert (tmp_path / "out").is_symlink()


def broken(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield from files.items()
    raise RuntimeError("made to break")


def test_what_breaks_while_files_are_made_leaves_all_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_files(tmp_path / "new", broken(SECOND))
    assert list(tmp_path.iterdir()) == []
    write_files(tmp_path / "out", FIRST.items())
    with pytest.raises(RuntimeError):
        write_files(tmp_path / "out", broken(SECOND))
    assert held(tmp_path / "out") == FIRST
    assert work(tmp_path / "out") == []


@pytest.mark.parametrize("at", range(9))
def test_what_breaks_while_files_are_moved_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write_files(tmp_path / "out", FIRST.items())
    (tmp_path / "out" / "c.txt").write_bytes(b"mine")
    wanted = held(tmp_path / "out")
    real, moves = Path.rename, iter(range(99))

    def breaks(self: Path, target: Path) -> Path:
        if next(moves) == at:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", breaks)
    with pytest.raises(OSError, match="No space"):
        write_files(tmp_path / "out", SECOND.items())
    monkeypatch.undo()
    assert held(tmp_path / "out") == wanted
    write_files(tmp_path / "out", SECOND.items())
    assert held(tmp_path / "out") == {**SECOND, "c.txt~": b"mine"}


_SLOW = """
import pathlib, sys, time
from heshu.output.whole import write_files
def files():
    yield "a.txt", b"second"
    print("begun", flush=True)
    time.sleep(60)
write_files(pathlib.Path(sys.argv[1]), files())
"""


@POSIX
def test_a_run_that_is_killed_leaves_the_earlier_result_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_files(out, FIRST.items())
    with subprocess.Popen([sys.executable, "-c", _SLOW, str(out)], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.send_signal(signal.SIGKILL)
    assert held(out) == FIRST
    (left,) = work(out)
    write_files(out, SECOND.items())
    assert left.exists()  # it may be another run's, which is still at work
    later = time.time() + 2 * 24 * 3600
    monkeypatch.setattr(whole.time, "time", lambda: later)
    write_files(out, SECOND.items())
    assert (held(out), work(out)) == (SECOND, [])


def test_one_file_is_written_whole_and_what_is_no_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "facts.csv"
    for data in (b"first", b"second"):
        write_file(path, data)
        assert path.read_bytes() == data
    assert [each.name for each in path.parent.iterdir()] == ["facts.csv"]
    write_file(Path(os.devnull), b"nothing")
