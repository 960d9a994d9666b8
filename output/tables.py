"""The rows of every table, made once from the audit, body by body: records with the keys that ``columns`` documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..engine.local import EngineError, Lost, run
from ..engine.shard import Shard, shards
from ..model import Alignment, Audit, Extraction
from .counts import Counted, Tally, tally_of
from .datasets import json_line
from .digest import Digest, Digester, series_key
from .digest import finding_ids as finding_ids
from .digest import series_rows as rows_of_series
from .records import Record, unread_report_record
from .spool import Rows, Spool

ROWS = "rows.sqlite"
"""The file that the rows are kept in while they are needed."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that an audit found, in rows, with the keys that tie them together."""

    reports: Rows
    facts: Rows
    relations: Rows
    findings: Rows
    series: Rows
    mentions: Rows
    tally: Tally
    work: Path | None = None
    """Where what is made on disk is made; None: where the system has its temporary files."""

    def rows(self, table: str) -> Rows:
        """The rows of one table, by its name."""
        rows: Rows = getattr(self, table)
        return rows


def tables(audit: Audit, work: Path | None = None, jobs: int = 1) -> Tables:
    """The rows of all tables. ``work``: a folder to keep them in while they are needed; ``jobs``: processes, 0 for one a processor."""
    digester, spool = Digester(audit), Spool(work / ROWS if work is not None else None)
    places = {name: place for place, (name, _) in enumerate(audit.names)}
    behind = len(places)
    counts: list[Counted] = []
    unread = dict(digester.problems)
    for number, made in _digests(audit, digester, jobs):
        for report, told in made.of_reports.items():
            for table, lines in told.items():
                spool.put(table, places[report], lines)
        spool.put("relations", behind + number, made.across)
        for at, line in made.findings:
            spool.put("findings", at, [line])
        spool.sort(made.series)
        counts.append(made.counted)
        for path in made.paths:
            unread.pop(path, None)
    # Behind the reports stands each input that was not read, or not for itself.
    spool.put("reports", behind, [json_line(unread_report_record(unread[path]))[:-1] for path in sorted(unread)])
    return Tables(
        reports=spool.rows("reports"),
        facts=spool.rows("facts"),
        relations=spool.rows("relations"),
        findings=spool.rows("findings"),
        series=spool.sorted(),
        mentions=spool.rows("mentions"),
        tally=tally_of(audit, counts),
        work=work,
    )


def _digests(audit: Audit, digester: Digester, jobs: int) -> Iterable[tuple[int, Digest]]:
    """What goes out of each body, with its number, in no particular order."""
    work = partial(_digest, audit, digester)
    for shard, made in run(work, list(shards(range(len(audit.parts)), str, size=1)), jobs):
        if isinstance(made, Lost):
            raise EngineError(made.reason)
        yield shard.inputs[0], made


def _digest(audit: Audit, digester: Digester, shard: Shard[int]) -> Digest:
    (number,) = shard.inputs
    return digester(audit.parts[number], first=number == 0)


def series_rows(extractions: Iterable[Extraction], alignments: Iterable[Alignment] = ()) -> tuple[Record, ...]:
    """The rows of the series table: indicators over periods, those of one indicator together, by period."""
    return tuple(sorted(rows_of_series(tuple(extractions), alignments), key=series_key))
