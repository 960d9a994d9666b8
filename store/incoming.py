"""Reports come into the store, and go: each in one transaction, with its text, its facts and the ties within it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from .. import pipeline
from ..model import Audit, Extraction, Given, Problem
from ..output.counts import tally
from ..output.records import fact_record, report_record
from .corrections import applied, rename
from .errors import StoreError
from .keep import Store, new_run
from .kinship import keep_card
from .packing import MODEL, packed
from .rows import fact_row, passage_rows, relation_rows
from .rules import rules_of, rulesprint_of
from .search import forget, remember
from .settle import settle
from .versions import corrected, differences

Became = Literal["new", "version", "known", "failed", "work"]
"""What an input turned out to be; ``work``: no report, but what people did in another store."""
GIVEN = ("given_period", "given_issued")
AWAITED = "awaited"
"""Where times of reports that are not there yet are kept."""
_BATCH = 4
"""Reports for each process that are read before they are written."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one input."""

    became: Became
    name: str
    report_id: str | None = None
    supersedes: str | None = None
    """Name of the report that this one is a later version of."""
    differences: int = 0
    problems: tuple[Problem, ...] = ()


Progress = Callable[[int, int], None]


def ingest(
    store: Store,
    sources: Iterable[Path | str | pipeline.Handed],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    given: Given | None = None,
    settled: bool = True,
    run: int | None = None,
) -> tuple[Told, ...]:
    """Read files, and folders with their files, into the store; what is there already is left as it is.

    Reports that are read are kept one by one, whatever happens afterwards; then what is across reports is worked out anew where
    they touch it (``settled``). ``run``: the run that it belongs to, where it is a part of one.
    """
    handed = [each for each in sources if isinstance(each, pipeline.Handed)]
    found, problems = pipeline.files(each for each in sources if not isinstance(each, pipeline.Handed))
    told = [Told("failed", problem.path, problems=(problem,)) for problem in problems]
    waiting: list[pipeline.Handed | tuple[Path, str]] = [*handed, *found]
    done = 0
    inputs = iter(waiting)
    while batch := list(islice(inputs, max(jobs, 1) * _BATCH if jobs != 1 else 1)):
        for each in _read(store, batch, jobs, given):
            if isinstance(each, Told):
                told.append(each)
            else:
                with store.writing() as connection:
                    run = run or new_run(connection, "ingest")
                    told.append(_kept(store, connection, each, run, given))
            done += 1
            if progress is not None:
                progress(done, len(waiting))
    if settled:
        settle(store)
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Read:
    """A report that was read, with the bytes that it was read from."""

    data: bytes
    outcome: pipeline.Outcome
    extraction: Extraction


def _read(
    store: Store, batch: Sequence[pipeline.Handed | tuple[Path, str]], jobs: int, given: Given | None
) -> Iterator[_Read | Told]:
    """What the inputs hold; those that are in the store by their bytes are not read again."""
    sources: dict[str, pipeline.Handed] = {}
    for each in batch:
        source = each if isinstance(each, pipeline.Handed) else pipeline.handed(*each)
        if isinstance(source, Problem):
            yield Told("failed", source.path, problems=(source,))
            continue
        known = store.one("SELECT report FROM reports WHERE report_id = ?", (identity(source.data),))
        if known is not None or identity(source.data) in {identity(one.data) for one in sources.values()}:
            yield Told("known", known["report"] if known else source.name, identity(source.data))
            continue
        sources[source.name] = source
    named = dict.fromkeys(sources, given) if given is not None else None
    for outcome in pipeline.process(sources.values(), jobs=jobs, given=named, rules=rules_of(store)):
        extraction = outcome.extraction
        if extraction is None:
            yield Told("failed", outcome.problems[0].path, problems=outcome.problems)
        else:
            yield _Read(sources[extraction.report.name].data, outcome, extraction)


def identity(data: bytes) -> str:
    """What a report is known by: the first 16 hexadecimal digits of the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def _kept(store: Store, connection: sqlite3.Connection, read: _Read, run: int, given: Given | None) -> Told:
    """Write one report, inside a transaction."""
    report = read.extraction.report
    if connection.execute("SELECT 1 FROM reports WHERE report_id = ?", (report.id,)).fetchone():
        return Told("known", report.name, report.id)  # another program was faster
    earlier = corrected(connection, read.extraction)
    before = store.reading(earlier).extraction if earlier else None
    outcome = read.outcome
    if (
        given is None
    ):  # what somebody said of its time holds for the later version, and for a report that was waited for
        row = connection.execute("SELECT * FROM reports WHERE report_id = ?", (earlier,)).fetchone()
        given = given_of(row or times_awaited(store, report.name))
        if given is not None:
            outcome = renamed(store, read.data, report.path, report.name, given)
    if earlier is None:
        name = _untaken(connection, read.extraction)
        if name != report.name:
            outcome = renamed(store, read.data, report.path, name, given)
    if before is not None and before.report.name != report.name:
        rename(connection, before.report.name, report.name)
    outcome = applied(store, outcome)
    extraction = outcome.extraction
    assert extraction is not None
    if earlier is not None:  # it makes room for its name
        connection.execute("UPDATE reports SET superseded_by = report_id WHERE report_id = ?", (earlier,))
    write_report(store, connection, outcome, run, given)
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        (report.id, hashlib.sha256(read.data).hexdigest(), len(read.data), zlib.compress(read.data, 6)),
    )
    count = 0
    if earlier is not None and before is not None:
        connection.execute("UPDATE reports SET superseded_by = ? WHERE report_id = ?", (report.id, earlier))
        rows = [(report.id, earlier, at, *each) for at, each in enumerate(differences(before, extraction))]
        connection.executemany("INSERT INTO differences VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        count = len(rows)
    became: Became = "new" if earlier is None else "version"
    return Told(
        became, extraction.report.name, report.id, before.report.name if before else None, count, outcome.problems
    )


def _untaken(connection: sqlite3.Connection, extraction: Extraction) -> str:
    """A name that no other report in force goes by: its own, else with its folder, else with a number."""

    def is_free(name: str) -> bool:
        query = "SELECT 1 FROM reports WHERE report = ? AND superseded_by IS NULL"
        return connection.execute(query, (name,)).fetchone() is None

    report = extraction.report
    if is_free(report.name):
        return report.name
    folder = Path(report.path).parent.name if report.path else ""
    base = f"{folder}/{report.name}" if folder else report.name
    number, name = 1, base
    while not is_free(name):
        number += 1
        name = f"{base} ({number})"
    return name


def given_of(row: Mapping[str, str | None] | sqlite3.Row) -> Given | None:
    """The time that somebody gave for a report."""
    told = [pipeline.time_told(said) if (said := row[name]) else None for name in GIVEN]
    return Given(*told) if any(told) else None


def times_awaited(store: Store, name: str) -> dict[str, str | None]:
    """The time that somebody gave for a report that was not there yet."""
    known: dict[str, dict[str, str | None]] = json.loads(store.meta(AWAITED) or "{}")
    return known.get(name) or dict.fromkeys(GIVEN)


def renamed(store: Store, data: bytes, path: str | None, name: str, given: Given | None) -> pipeline.Outcome:
    """The report read under another name: figures carry the name of their report."""
    source = pipeline.Handed(data, name, path)
    times = {name: given} if given is not None else None
    (outcome,) = pipeline.process([source], given=times, rules=rules_of(store))
    return outcome


def write_report(
    store: Store,
    connection: sqlite3.Connection,
    outcome: pipeline.Outcome,
    run: int,
    given: Given | None,
    superseded_by: str | None = None,
) -> None:
    """The rows of one report: itself, its text and passages, its facts, the ties within it, and the reading whole."""
    extraction = outcome.extraction
    assert extraction is not None
    report = extraction.report
    row = report_record(extraction, tally(Audit((extraction,), outcome.relations, outcome.findings, ())).total)
    connection.execute(
        f"INSERT INTO reports VALUES ({', '.join('?' * 19)}) ON CONFLICT (report_id) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in (*_REPORT[1:], "rules")),
        (
            *(row[name] for name in _REPORT),
            given.period.edtf if given and given.period else None,
            given.issued.edtf if given and given.issued else None,
            superseded_by,
            rulesprint_of(store),
            run,
        ),
    )
    connection.execute("INSERT INTO texts VALUES (?, ?)", (report.id, report.text))
    keep_card(connection, extraction)
    sha256, data = packed(outcome)
    connection.execute("INSERT INTO readings VALUES (?, ?, ?, ?)", (report.id, MODEL, sha256, data))
    for passage in passage_rows(report):
        added = connection.execute("INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", passage).lastrowid
        remember(connection, added, str(passage[-1]))
    connection.executemany(
        f"INSERT INTO facts VALUES ({', '.join('?' * 26)})",
        [fact_row(fact_record(extraction, fact)) for fact in extraction.facts],
    )
    connection.executemany(
        f"INSERT INTO relations VALUES ({', '.join('?' * 12)})",
        relation_rows(report.id, outcome.relations, {report.name: report.id}),
    )


_REPORT = ("report_id", "report", "title", "agency", "period", "issued", "path", "encoding", "characters", "quantities",
           "dates", "facts", "numerals", "unread")  # fmt: skip


def drop_report(connection: sqlite3.Connection, report_id: str) -> None:
    """Take out all that was read in a report; its row and its bytes stay."""
    for row in connection.execute("SELECT passage, text FROM passages WHERE report_id = ?", (report_id,)).fetchall():
        forget(connection, row["passage"], row["text"])
    for table in ("passages", "facts", "texts", "readings"):
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
    connection.execute("DELETE FROM relations WHERE scope = ?", (report_id,))


def remove(store: Store, name: str) -> tuple[str, ...]:
    """Take a report out, by its name or its id; the version before it is in force again. Raises ``StoreError``.

    Returns the names of the reports that are in force again.
    """
    with store.writing() as connection:
        row = connection.execute(
            "SELECT report_id, report, superseded_by FROM reports WHERE report = ? OR report_id = ? "
            "ORDER BY superseded_by IS NOT NULL, report_id = ? DESC",
            (name, name, name),
        ).fetchone()
        if row is None:
            raise StoreError("unknown-report", store.path, name)
        report_id = row["report_id"]
        connection.execute("DELETE FROM differences WHERE report_id = ? OR earlier_id = ?", (report_id, report_id))
        drop_report(connection, report_id)
        earlier = connection.execute(
            "SELECT report_id, report FROM reports WHERE superseded_by = ?", (report_id,)
        ).fetchall()
        # What it had superseded is superseded by its own later version, if there is one.
        connection.execute("UPDATE reports SET superseded_by = report_id WHERE superseded_by = ?", (report_id,))
        connection.execute("DELETE FROM reports WHERE report_id = ?", (report_id,))
        back = []
        for each in earlier:
            query = "SELECT report_id FROM reports WHERE report = ? AND superseded_by IS NULL"
            holder = connection.execute(query, (each["report"],)).fetchone()
            later = row["superseded_by"] or (holder[0] if holder else None)
            connection.execute("UPDATE reports SET superseded_by = ? WHERE report_id = ?", (later, each["report_id"]))
            back += [] if later else [str(each["report"])]
        new_run(connection, "remove")
    settle(store)
    return tuple(back)
