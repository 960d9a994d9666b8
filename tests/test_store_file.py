"""What may happen to a file: killed, full, not to be written to, damaged, of another version."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sqlite3
import time
import zlib
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from heshu import pipeline
from heshu.cli import app
from heshu.packing import DamagedError
from heshu.store import Store, StoreError, ingest, packing, schema
from heshu.store.audits import whole
from heshu.store.keep import uri_of
from heshu.store.settle import is_settled
from heshu.store.verify import faults
from typer.testing import CliRunner

from .stored import is_whole, names, paths, store

__all__ = ["paths", "store"]


def _bring_in(path: Path, reports: list[Path]) -> None:
    with Store.open(path, create=True) as kept:
        ingest(kept, reports)


def test_two_programs_at_once_both_succeed(tmp_path: Path, paths: list[Path]) -> None:
    path = tmp_path / "shared.heshu"
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=_bring_in, args=(path, part)) for part in (paths[:2], paths[1:])]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [each.exitcode for each in both] == [0, 0]
    with Store.open(path) as kept:
        assert whole(kept) == pipeline.audit(paths)
        assert is_whole(kept) and is_settled(kept)


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.25, 0.5])
def test_killed_at_any_moment_every_report_is_whole_or_not_there(
    tmp_path: Path, paths: list[Path], moment: float
) -> None:
    path = tmp_path / "killed.heshu"
    child = multiprocessing.get_context("fork").Process(target=_bring_in, args=(path, paths))
    child.start()
    time.sleep(moment)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    with Store.open(path, create=True) as kept:
        assert is_whole(kept)
        ingest(kept, paths)
        assert whole(kept) == pipeline.audit(paths)


def test_a_full_disk_takes_nothing_that_was_written(store: Store, paths: list[Path]) -> None:
    ingest(store, paths[:1])
    store.connection.execute(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0] + 2}")
    with pytest.raises(StoreError, match="the disk is full"):
        ingest(store, paths)
    assert is_whole(store)
    assert names(store) == ["108.txt"]


def test_a_store_that_may_not_be_written_to_is_read(
    tmp_path: Path, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.heshu"
    _bring_in(path, paths[:1])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path) as kept:
        assert is_whole(kept)
        assert len(whole(kept).findings) == len(pipeline.audit(paths[:1]).findings)
        with pytest.raises(StoreError, match="cannot be written"):
            ingest(kept, paths)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/a/b 核.heshu"), "file:///a/b%20%E6%A0%B8.heshu"),
        (PureWindowsPath("C:/a/b.heshu"), "file:///C:/a/b.heshu"),
        (PureWindowsPath("//office/share/b.heshu"), "file:////office/share/b.heshu"),
    ],
)
def test_a_store_on_any_disk_has_an_address(path: PurePath, uri: str) -> None:
    assert uri_of(path) == uri


def _text(path: Path) -> None:
    path.write_text("no database")


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE own (a)")
    connection.close()


def _newer(path: Path) -> None:
    Store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()


def _torn(path: Path) -> None:
    Store.open(path, create=True).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 4000 + data[4100:])


@pytest.mark.parametrize(
    ("made", "code"),
    [(_text, "foreign"), (_foreign, "foreign"), (_newer, "newer"), (_torn, "damaged"), (None, "missing")],
)
def test_a_file_that_is_no_store_is_told_in_words(tmp_path: Path, made: object, code: str) -> None:
    path = tmp_path / "some.heshu"
    if made is not None:
        made(path)  # type: ignore[operator]
    with pytest.raises(StoreError) as raised:
        Store.open(path)
    assert raised.value.code == code
    result = CliRunner().invoke(app, ["store", "list", "--store", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert raised.value.words.zh in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE readings SET data = x'00'", "what was read in it is not whole"),
        ("UPDATE sources SET size = size + 1", "the bytes of its file are not whole"),
        ("DELETE FROM texts", "its text is not whole"),
        ("DELETE FROM facts WHERE rowid = (SELECT min(rowid) FROM facts)", "its facts are not all there"),
    ],
)
def test_what_is_not_whole_is_told(store: Store, paths: list[Path], change: str, told: str) -> None:
    ingest(store, paths[:1])
    packing.unpacked.cache_clear()
    with store.writing() as connection:
        connection.execute(change)
    assert [fault.en for fault in faults(store)] == [f"108.txt: {told}"]


def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.heshu"
    connection = sqlite3.connect(path)
    connection.executescript(schema.MIGRATIONS[0])
    connection.executescript(f"PRAGMA user_version = 1; PRAGMA application_id = {schema.APPLICATION_ID};")
    connection.execute("INSERT INTO runs (at, what, version) VALUES ('2026-01-01T00:00:00Z', 'ingest', '0')")
    connection.commit()
    connection.close()
    with Store.open(path) as kept:
        assert schema.version_of(kept.connection) == schema.VERSION
        assert kept.rows("SELECT count(*) FROM runs")[0][0] == 1
        assert kept.rows("SELECT count(*) FROM corrections")[0][0] == 0


def test_nothing_but_nouns_is_made_of_what_a_store_keeps() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    data = zlib.compress(pickle.dumps(Evil()))
    with pytest.raises(DamagedError, match="system"):
        packing.unpacked(data, sha256(data).hexdigest())
