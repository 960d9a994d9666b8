"""Reports are read again from their bytes, after rules, code or a person's corrections have changed; what differs is told."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .. import pipeline
from ..model import Extraction
from .corrections import applied
from .errors import StoreError
from .incoming import Progress, drop_report, given_of, write_report
from .keep import Store, new_run
from .packing import MODEL
from .rules import rules_of, rulesprint_of
from .settle import note_changes, settle

_ROWS = "SELECT r.report_id, r.report, r.path, r.given_period, r.given_issued, r.superseded_by FROM reports r"
_TOLD = ("indicator", "category", "value_text", "value_max_text", "unit", "bound", "role", "state", "sign", "period",
         "as_of", "agency")  # fmt: skip
"""What of a fact is compared."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade came to."""

    reports: int
    """How many were read again."""
    differing: tuple[tuple[str, int], ...]
    """Reports that are read differently now, each with the number of facts that changed, came or went."""
    failed: tuple[str, ...]
    run_id: int | None


def stale(store: Store) -> list[sqlite3.Row]:
    """The reports that were read by other rules or other code than there are now."""
    return store.rows(
        f"{_ROWS} LEFT JOIN readings d USING (report_id) LEFT JOIN kinship k USING (report_id) "
        "WHERE r.rules <> ? OR d.model IS NOT ? OR k.report_id IS NULL ORDER BY r.report",
        (rulesprint_of(store), MODEL),
    )


def upgrade(store: Store, *, progress: Progress | None = None, what: str = "upgrade") -> Upgraded:
    """Read again what was read by other rules or code, one transaction a report; then work out what is across.

    ``what``: why, as the run is told.
    """
    waiting = stale(store)
    differing, failed = [], []
    run: int | None = None
    for done, row in enumerate(waiting, start=1):
        outcome = _again(store, row)
        if outcome.extraction is None:
            failed.append(row["report"])
        else:
            with store.writing() as connection:
                if not connection.execute("SELECT 1 FROM reports WHERE report_id = ?", (row["report_id"],)).fetchone():
                    continue  # another program has removed it
                run = run or new_run(connection, what)
                changes = _replaced(store, connection, row, outcome, run)
                note_changes(connection, run, changes)
                if changes:
                    differing.append((row["report"], len(changes)))
        if progress is not None:
            progress(done, len(waiting))
    settle(store)
    return Upgraded(len(waiting), tuple(differing), tuple(failed), run)


def _again(store: Store, row: sqlite3.Row) -> pipeline.Outcome:
    source = store.one("SELECT data FROM sources WHERE report_id = ?", (row["report_id"],))
    if source is None:
        raise StoreError("damaged", store.path, row["report"])
    try:
        data = zlib.decompress(source["data"])
    except zlib.error as error:
        raise StoreError("damaged", store.path, row["report"]) from error
    given = given_of(row)
    (outcome,) = pipeline.process(
        [pipeline.Handed(data, row["report"], row["path"])],
        rules=rules_of(store),
        given={row["report"]: given} if given else None,
    )
    return applied(store, outcome)


def reread(store: Store, report_id: str, change: Callable[[sqlite3.Connection, Extraction], None]) -> int:
    """Make a correction (``change``, which is given the reading as it stands), and read the report again; what follows of it is
    worked out. Returns the run."""
    before = store.reading(report_id).extraction
    assert before is not None
    with store.writing() as connection:
        change(connection, before)
        row = connection.execute(f"{_ROWS} WHERE r.report_id = ?", (report_id,)).fetchone()
        run = new_run(connection, "correct")
        changes = _replaced(store, connection, row, _again(store, row), run)
        note_changes(connection, run, changes)
    settle(store)
    return run


def _replaced(
    store: Store, connection: sqlite3.Connection, row: sqlite3.Row, outcome: pipeline.Outcome, run: int
) -> Sequence[tuple[str | None, ...]]:
    """Put the new reading in the place of the old one; what is different in its facts."""
    before = _facts(connection, row["report_id"])
    kept = connection.execute("SELECT run_id FROM reports WHERE report_id = ?", (row["report_id"],)).fetchone()[0]
    drop_report(connection, row["report_id"])
    write_report(store, connection, outcome, kept, given_of(row), superseded_by=row["superseded_by"])
    after = _facts(connection, row["report_id"])
    changes: list[tuple[str | None, ...]] = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was != now:
            change = "new" if was is None else "gone" if now is None else "changed"
            changes.append(("fact", change, name, row["report"], was, now))
    return changes


def _facts(connection: sqlite3.Connection, report_id: str) -> dict[str, str]:
    query = f"SELECT fact_id, {', '.join(_TOLD)} FROM facts WHERE report_id = ?"
    return {
        row["fact_id"]: json.dumps({name: row[name] for name in _TOLD if row[name] is not None}, ensure_ascii=False)
        for row in connection.execute(query, (report_id,)).fetchall()
    }
