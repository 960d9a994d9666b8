"""All tables as one SQLite file, with full-text search and views."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from ..model import Audit, Extraction
from .columns import FACTS, FINDINGS, RELATIONS, REPORTS, SERIES, Column, Table
from .passages import legible
from .records import Record, fact_record
from .stretches import stretches
from .tables import Tables

_PART = 1 << 20
_AFFINITY = {"integer": "INTEGER", "boolean": "INTEGER", "decimal": "REAL", "exact": "NUMERIC"}

_PASSAGES = """
CREATE TABLE passages (
    passage_id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    report TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section TEXT,
    line INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page INTEGER,
    text TEXT NOT NULL
);
CREATE INDEX passages_report ON passages (report_id);
"""
"""The reports in paragraphs, list items, headings and tables; ``start`` and ``end`` are offsets into the report."""

_TIES = """
CREATE TABLE relation_facts (
    relation_id TEXT NOT NULL REFERENCES relations (relation_id),
    position INTEGER NOT NULL,
    part TEXT NOT NULL,
    sign TEXT,
    fact_id TEXT NOT NULL REFERENCES facts (fact_id),
    PRIMARY KEY (relation_id, position)
);
CREATE INDEX relation_facts_fact ON relation_facts (fact_id);
CREATE TABLE finding_facts (
    finding_id TEXT NOT NULL REFERENCES findings (finding_id),
    position INTEGER NOT NULL,
    fact_id TEXT NOT NULL REFERENCES facts (fact_id),
    PRIMARY KEY (finding_id, position)
);
CREATE INDEX finding_facts_fact ON finding_facts (fact_id);
CREATE TABLE finding_passages (
    finding_id TEXT NOT NULL REFERENCES findings (finding_id),
    position INTEGER NOT NULL,
    report TEXT NOT NULL,
    line INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
);
CREATE TABLE indicators (
    indicator_id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    category TEXT,
    unit TEXT,
    facts INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    periods INTEGER NOT NULL
);
"""

_DERIVED = """
INSERT INTO indicators (indicator, category, unit, facts, reports, periods)
    SELECT indicator, category, unit, count(*), count(DISTINCT report_id), count(DISTINCT period)
    FROM facts GROUP BY indicator, category, unit ORDER BY indicator, category, unit;
CREATE INDEX facts_report ON facts (report_id);
CREATE INDEX facts_indicator ON facts (indicator);
CREATE INDEX facts_passage ON facts (passage_id);
CREATE INDEX series_indicator ON series (indicator, category, agency, unit, period);

CREATE VIEW findings_with_passages AS
    SELECT f.finding_id, f.severity, f.code, f.message_zh, f.message_en, f.stated, f.computed, f.difference,
           p.report, p.line, p.text AS passage, p."start", p."end"
    FROM findings f LEFT JOIN finding_passages p USING (finding_id)
    ORDER BY f.rowid, p.position;
CREATE VIEW facts_with_passages AS
    SELECT f.report, f.agency, f.indicator, f.category, f.value, f.unit, f.period, f.role, f.text AS figure,
           p.text AS passage, p.section, p.line, f.fact_id
    FROM facts f LEFT JOIN passages p USING (passage_id);
CREATE VIEW series_panel AS
    SELECT indicator, category, agency, unit, role, period, value,
           round(value - lag(value) OVER (PARTITION BY indicator, category, agency, unit, role
                                          ORDER BY period, report), 9)
               AS change,
           report, fact_id
    FROM series
    WHERE (indicator, ifnull(category, ''), ifnull(agency, ''), ifnull(unit, ''), role) IN (
        SELECT indicator, ifnull(category, ''), ifnull(agency, ''), ifnull(unit, ''), role
        FROM series GROUP BY 1, 2, 3, 4, 5 HAVING count(DISTINCT period) > 1)
    ORDER BY indicator, category, agency, unit, role, period, report;
CREATE VIEW coverage AS
    SELECT report, title, quantities, dates, facts, numerals, unread,
            1000 * (numerals - unread) / nullif(numerals, 0) / 10.0 AS percent_read
     FROM reports WHERE characters > 0 ORDER BY report;
"""


_SEARCHED = (
    ("passages", "passages_fts", "SELECT rowid, text, section FROM passages"),
    ("facts", "facts_fts", 'SELECT rowid, indicator, category, agency, report, "text" FROM facts'),
    ("indicators", "indicators_fts", "SELECT rowid, indicator, category FROM indicators"),
)
"""What is searched: the table, its index, and the texts of each row."""
_MARKS = "#$%&()*+,-./:;<=>?@[]_~·–—…‧、。《》【】「」『』％（）＋，－．／：；？！～"
"""Marks that part no words of a query: whoever types one asks for what stands so, and gets no error."""


def database(audit: Audit, tables: Tables) -> Iterator[bytes]:
    """The bytes of the database, which is made on disk."""
    with tempfile.TemporaryDirectory(prefix="heshu-", dir=tables.work) as folder:
        made, whole = Path(folder, "made.sqlite"), Path(folder, "whole.sqlite")
        connection = sqlite3.connect(made, isolation_level=None)
        try:
            # Nobody waits for this file on the disk. Pages hold nothing but what was written: the same rows give the same bytes.
            connection.executescript(
                "PRAGMA page_size = 4096; PRAGMA secure_delete = ON; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            )
            _fill(connection, audit, tables)
            connection.execute("VACUUM INTO ?", (str(whole),))
        finally:
            connection.close()
        with whole.open("rb") as file:
            while part := file.read(_PART):
                yield part


def _fill(connection: sqlite3.Connection, audit: Audit, tables: Tables) -> None:
    _create(connection, REPORTS)
    connection.executescript(_PASSAGES)
    _create(connection, FACTS, extra="passage_id TEXT REFERENCES passages (passage_id)")
    for table in (RELATIONS, FINDINGS, SERIES):
        _create(connection, table)
    connection.executescript(_TIES)

    connection.execute("BEGIN")
    for extraction in audit.extractions:
        _insert(connection, "passages", _passages(extraction))
        _insert(connection, "facts", _facts(extraction))
    for table in (REPORTS, RELATIONS, FINDINGS, SERIES):
        _insert(connection, table.name, (_row(table, record) for record in tables.rows(table.name)))
    _link(connection, "relation_facts", 5, _relation_facts(tables.relations, dict(audit.names)))
    _insert(
        connection,
        "finding_facts",
        ([row["finding_id"], at, fact] for row in tables.findings for at, fact in enumerate(_list(row["fact_ids"]))),
    )
    _insert(connection, "finding_passages", _finding_passages(tables.findings))
    connection.execute("COMMIT")
    connection.executescript(_DERIVED)
    for _, index, query in _SEARCHED:
        _index(connection, index, query)


def _index(connection: sqlite3.Connection, name: str, query: str) -> None:
    """An index in which all stretches of a text are words: Chinese is searched without a dictionary, from one character on.

    It holds no texts and no places, and finds rows alone.
    """
    connection.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', detail='none', columnsize=0, "
        f"tokenize=\"unicode61 tokenchars '{_MARKS}'\")"
    )
    connection.executemany(
        f"INSERT INTO {name} (rowid, words) VALUES (?, ?)",
        ((row, stretches(*texts)) for row, *texts in connection.execute(query)),
    )
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def _create(connection: sqlite3.Connection, table: Table, extra: str = "") -> None:
    refers = dict(table.refers)
    lines = []
    for column in table.columns:
        line = f'"{column.name}" {_AFFINITY.get(column.type, "TEXT")}'
        if column.name == table.key:
            line += " PRIMARY KEY"
        if column.required:
            line += " NOT NULL"
        if column.name in refers:
            line += f' REFERENCES {refers[column.name]} ("{column.name}")'
        lines.append(line)
        if column.type == "exact":
            lines.append(f'"{column.name}_text" TEXT')
    connection.execute(f"CREATE TABLE {table.name} ({', '.join([*lines, *([extra] if extra else [])])})")


def _row(table: Table, record: Record) -> list[object]:
    row: list[object] = []
    for column in table.columns:
        value = record.get(column.name)
        row.append(_cell(column, value))
        if column.type == "exact":
            row.append(value)
    return row


def _cell(column: Column, value: object) -> object:
    """A value as SQLite keeps it: a fraction as its quotient (exact in the column beside), lists as JSON."""
    if value is None:
        return None
    if column.type == "exact" and "/" in str(value):
        numerator, denominator = str(value).split("/")
        return int(numerator) / int(denominator)
    if column.type in ("texts", "mention", "mentions", "passages"):
        return json.dumps(value, ensure_ascii=False)
    return value


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    left = iter(rows)
    for row in left:
        marks = ", ".join("?" * len(row))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([row], left))


def _link(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows, those alone whose last column is a fact that there is."""
    marks = ", ".join(f"?{number}" for number in range(1, width + 1))
    order = f"INSERT INTO {table} SELECT {marks} WHERE EXISTS (SELECT 1 FROM facts WHERE fact_id = ?{width})"
    connection.executemany(order, rows)


def _facts(extraction: Extraction) -> Iterator[list[object]]:
    for fact in extraction.facts:
        row = _row(FACTS, fact_record(extraction, fact))
        yield [*row, _passage_id(extraction.report.id, fact.mention.block)]


def _passages(extraction: Extraction) -> Iterator[list[object]]:
    report = extraction.report
    for index, block in enumerate(report.blocks):
        if block.kind == "residue":
            continue
        yield [
            _passage_id(report.id, index),
            report.id,
            report.name,
            index,
            block.kind,
            " > ".join(block.path) or None,
            report.line(block.start),
            block.start,
            block.end,
            block.page,
            legible(block.text) if block.kind != "table" else block.text,
        ]


def _relation_facts(relations: Iterable[Record], ids: Mapping[str, str]) -> Iterator[list[object]]:
    """The figures of each relation by the ids that their facts have; dates, which are no facts, have none.

    ``ids``: those of the reports, by name.
    """
    for row in relations:
        members: list[tuple[str, object, object]] = [("result", None, row["result"])]
        members += [("term", sign, term) for sign, term in zip(_list(row["signs"]), _list(row["terms"]), strict=True)]
        for at, (part, sign, member) in enumerate(members):
            if isinstance(member, dict) and member["report"] in ids:
                fact = f"{ids[member['report']]}-{member['start']}-{member['end']}"
                yield [row["relation_id"], at, part, sign, fact]


def _finding_passages(findings: Iterable[Record]) -> Iterator[list[object]]:
    for row in findings:
        for at, passage in enumerate(_list(row["passages"])):
            if isinstance(passage, dict):
                yield [row["finding_id"], at, *(passage[key] for key in ("report", "line", "start", "end", "text"))]


def _passage_id(report: str, block: int) -> str:
    return f"{report}-{block}"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
