"""The file itself: how it is opened, who may write when, and what of the nouns is in it.

Many may read while one writes (WAL). Whoever writes takes the file for the time of one transaction and says so at once
(``BEGIN IMMEDIATE``), so that two programs wait for each other and neither loses what it did.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from types import TracebackType

from .. import __version__, pipeline
from ..packing import DamagedError
from .errors import StoreError, told
from .packing import MODEL, unpacked
from .schema import APPLICATION_ID, VERSION, application_of, migrate, version_of

_PATIENCE = 60.0
"""Seconds to wait for another program that is writing: it never takes longer than one report."""


@dataclass(frozen=True, slots=True)
class Member:
    """A report in force: one that no later version has superseded."""

    report_id: str
    report: str
    rules: str
    reading: str
    """SHA-256 of what was read in it."""


class Store:
    """A store that is open. Use it in a ``with`` block, in one thread."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False) -> Store:
        """Open a store, and bring its tables up to date; raises ``StoreError``."""
        path = Path(path)
        if not path.exists() and not create:
            raise StoreError("missing", path)
        with told(path):
            connection = _connected(path)
            try:
                _prepared(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        with told(self.path):
            return self.connection.execute(query, values).fetchall()

    def one(self, query: str, values: tuple[object, ...] = ()) -> sqlite3.Row | None:
        """The first row of a query."""
        with told(self.path):
            row: sqlite3.Row | None = self.connection.execute(query, values).fetchone()
            return row

    def meta(self, name: str) -> str | None:
        """A word about the store as a whole."""
        row = self.one("SELECT value FROM meta WHERE name = ?", (name,))
        return row["value"] if row else None

    def members(self) -> tuple[Member, ...]:
        """The reports in force, by name."""
        found = self.rows(
            "SELECT r.report_id, r.report, r.rules, ifnull(d.sha256, '') FROM reports r LEFT JOIN readings d USING (report_id) "
            "WHERE r.superseded_by IS NULL ORDER BY r.report"
        )
        return tuple(Member(*row) for row in found)

    def reading(self, report_id: str) -> pipeline.Outcome:
        """All that was read in a report and found within it; raises ``StoreError``."""
        row = self.one("SELECT model, sha256, data FROM readings WHERE report_id = ?", (report_id,))
        if row is None:
            raise StoreError("unknown-report", self.path, report_id)
        found = self.unpack(row)
        assert isinstance(found, pipeline.Outcome)
        return found

    def unpack(self, row: sqlite3.Row) -> object:
        """What a row keeps packed; raises ``StoreError`` where it is damaged, or told in nouns of another version."""
        if row["model"] != MODEL:
            raise StoreError("stale", self.path)
        try:
            return unpacked(row["data"], row["sha256"])
        except DamagedError as error:
            raise StoreError("damaged", self.path, str(error)) from error


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a word about the store as a whole."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def new_run(connection: sqlite3.Connection, what: str) -> int:
    """Another run that changes what the store holds."""
    at = now()
    run = connection.execute("INSERT INTO runs (at, what, version) VALUES (?, ?, ?)", (at, what, __version__)).lastrowid
    assert run is not None
    return run


def now() -> str:
    """The time of day, to the second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _connected(path: Path) -> sqlite3.Connection:
    target = path.resolve()
    if path.exists() and not _is_open(path):
        # Where nothing can be written beside it, nobody else is writing: it is read as it lies there.
        manner = "mode=ro" if target.with_name(target.name + "-wal").exists() else "immutable=1"
        connection = sqlite3.connect(f"{uri_of(target)}?{manner}", uri=True, isolation_level=None)
    else:
        connection = sqlite3.connect(target, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection


def uri_of(path: PurePath) -> str:
    """The address of a file as SQLite takes it: it knows no other machine, and reads the path of a network share whole."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def _is_open(path: Path) -> bool:
    """The store can be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


_TRIES, _PAUSE = 100, 0.05
"""SQLite doesn't wait for the change of journal while another program opens the same new store."""


def _logged_ahead(connection: sqlite3.Connection) -> None:
    """Go over to a write-ahead log."""
    for left in reversed(range(_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(_PAUSE)


def _prepared(connection: sqlite3.Connection, path: Path) -> None:
    """Set the connection up, make the tables or bring them up to date."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN")  # version and tables of one moment: another program may be making them
    version = version_of(connection)
    holds = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("COMMIT")
    if version > VERSION:
        raise StoreError("newer", path)
    if version and application_of(connection) != APPLICATION_ID:
        raise StoreError("foreign", path)
    if version == VERSION:
        connection.execute("SELECT 1 FROM meta").fetchall()
    else:
        if holds and not version:
            raise StoreError("foreign", path)
        _logged_ahead(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrate(connection, version_of(connection))  # another program may have done it in the meantime
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA synchronous = NORMAL")
