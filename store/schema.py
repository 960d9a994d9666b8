"""The tables of the store, version by version. ``docs/store.md`` tells what is in them.

A version is never changed once it is out: whatever comes after is another step behind it.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x6865_7368
"""``hesh``: how SQLite files say whose they are."""

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    version TEXT NOT NULL
);
CREATE TABLE reports (
    report_id TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    title TEXT,
    agency TEXT,
    period TEXT,
    issued TEXT,
    path TEXT,
    encoding TEXT,
    characters INTEGER NOT NULL,
    quantities INTEGER NOT NULL,
    dates INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    numerals INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    given_period TEXT,
    given_issued TEXT,
    superseded_by TEXT REFERENCES reports (report_id),
    rules TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (run_id)
);
CREATE UNIQUE INDEX reports_current ON reports (report) WHERE superseded_by IS NULL;
CREATE INDEX reports_superseded ON reports (superseded_by);
CREATE TABLE sources (
    report_id TEXT PRIMARY KEY REFERENCES reports (report_id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE texts (
    report_id TEXT PRIMARY KEY REFERENCES reports (report_id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE readings (
    report_id TEXT PRIMARY KEY REFERENCES reports (report_id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE passages (
    passage INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (report_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section TEXT,
    line INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page INTEGER,
    text TEXT NOT NULL
);
CREATE INDEX passages_report ON passages (report_id, position);
CREATE VIRTUAL TABLE passages_fts USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE facts (
    fact_id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (report_id) ON DELETE CASCADE,
    report TEXT NOT NULL,
    agency TEXT,
    section TEXT,
    indicator TEXT NOT NULL,
    category TEXT,
    value NUMERIC,
    value_text TEXT,
    value_max NUMERIC,
    value_max_text TEXT,
    unit TEXT,
    bound TEXT,
    role TEXT NOT NULL,
    state TEXT,
    sign TEXT,
    period TEXT,
    period_start TEXT,
    period_end TEXT,
    as_of TEXT,
    text TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page INTEGER,
    rule TEXT,
    confidence REAL
);
CREATE INDEX facts_report ON facts (report_id);
CREATE INDEX facts_indicator ON facts (indicator);
CREATE INDEX facts_value ON facts (value);
CREATE TABLE relations (
    scope TEXT NOT NULL,
    relation_id TEXT NOT NULL,
    report TEXT NOT NULL,
    kind TEXT NOT NULL,
    holds INTEGER,
    stated TEXT NOT NULL,
    computed TEXT NOT NULL,
    result TEXT NOT NULL,
    terms TEXT NOT NULL,
    signs TEXT NOT NULL,
    rounding TEXT,
    rule TEXT NOT NULL,
    PRIMARY KEY (scope, relation_id)
) WITHOUT ROWID;
CREATE TABLE groups (
    group_id TEXT PRIMARY KEY,
    position TEXT NOT NULL,
    members TEXT NOT NULL,
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE identities (
    finding_id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    context TEXT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX identities_known ON identities (code, fingerprint);
CREATE TABLE findings (
    finding_id TEXT PRIMARY KEY REFERENCES identities (finding_id),
    group_id TEXT NOT NULL REFERENCES groups (group_id),
    position INTEGER NOT NULL,
    report_id TEXT,
    report TEXT,
    line INTEGER,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    weight INTEGER NOT NULL,
    message_zh TEXT NOT NULL,
    message_en TEXT NOT NULL,
    kind TEXT,
    stated TEXT,
    computed TEXT,
    difference TEXT,
    confidence REAL NOT NULL,
    passages TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (run_id)
);
CREATE INDEX findings_weight ON findings (weight, confidence DESC, report, line);
CREATE INDEX findings_group ON findings (group_id);
CREATE TABLE finding_reports (
    finding_id TEXT NOT NULL REFERENCES findings (finding_id) ON DELETE CASCADE,
    report_id TEXT NOT NULL,
    PRIMARY KEY (finding_id, report_id)
) WITHOUT ROWID;
CREATE INDEX finding_reports_report ON finding_reports (report_id);
CREATE TABLE finding_facts (
    finding_id TEXT NOT NULL REFERENCES findings (finding_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fact_id TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
) WITHOUT ROWID;
CREATE INDEX finding_facts_fact ON finding_facts (fact_id);
CREATE TABLE decisions (
    finding_id TEXT PRIMARY KEY REFERENCES identities (finding_id),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'dismissed', 'asked')),
    message TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
);
CREATE TABLE differences (
    report_id TEXT NOT NULL REFERENCES reports (report_id) ON DELETE CASCADE,
    earlier_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    earlier_start INTEGER,
    earlier_text TEXT,
    later_start INTEGER,
    later_text TEXT,
    PRIMARY KEY (report_id, earlier_id, position)
) WITHOUT ROWID;
CREATE TABLE changes (
    run_id INTEGER NOT NULL REFERENCES runs (run_id),
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    change TEXT NOT NULL,
    key TEXT NOT NULL,
    report TEXT,
    before TEXT,
    after TEXT,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;

CREATE VIEW current_reports AS SELECT * FROM reports WHERE superseded_by IS NULL ORDER BY report;
CREATE VIEW current_facts AS
    SELECT f.* FROM facts f JOIN reports r USING (report_id) WHERE r.superseded_by IS NULL;
CREATE VIEW open_findings AS
    SELECT f.* FROM findings f LEFT JOIN decisions d USING (finding_id)
    WHERE d.decision IS NULL OR d.decision = 'asked' ORDER BY f.weight, f.confidence DESC, f.report, f.line;
CREATE VIEW findings_with_decisions AS
    SELECT f.finding_id, f.severity, f.code, f.report, f.line, f.message_zh, f.message_en, f.stated, f.computed,
           f.difference, d.decision, d.reason, d.at
    FROM findings f LEFT JOIN decisions d USING (finding_id) ORDER BY f.weight, f.confidence DESC, f.report, f.line;
CREATE VIEW versions AS
    SELECT l.report AS report, l.report_id AS report_id, e.report_id AS earlier_id, e.report AS earlier,
           (SELECT count(*) FROM differences d WHERE d.report_id = l.report_id AND d.earlier_id = e.report_id) AS differences
    FROM reports e JOIN reports l ON e.superseded_by = l.report_id;
"""

_SECOND = """
-- What a person corrected: the reading of a figure, or a tie between figures.
CREATE TABLE corrections (
    correction_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('reading', 'tie')),
    report TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX corrections_report ON corrections (report);
"""

_THIRD = """
-- What of a report tells to which others it belongs, without its text.
CREATE TABLE kinship (
    report_id TEXT PRIMARY KEY REFERENCES reports (report_id) ON DELETE CASCADE,
    government TEXT,
    spoken TEXT,
    sketch BLOB NOT NULL
);
"""

_FOURTH = """
-- Indicators that several reports follow over time, and the facts that tell them.
CREATE TABLE series (
    series_id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    indicator TEXT NOT NULL,
    category TEXT,
    agency TEXT,
    role TEXT NOT NULL,
    unit TEXT,
    reports INTEGER NOT NULL,
    periods INTEGER NOT NULL,
    restated INTEGER NOT NULL,
    "first" TEXT NOT NULL,
    "last" TEXT NOT NULL
);
CREATE INDEX series_indicator ON series (indicator, category);
CREATE INDEX series_group ON series (group_id);
CREATE TABLE series_facts (
    fact_id TEXT PRIMARY KEY,
    series_id TEXT NOT NULL REFERENCES series (series_id) ON DELETE CASCADE,
    position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX series_facts_series ON series_facts (series_id, position);
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""What makes a store of each version out of one of the version before."""
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 where there are none."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def application_of(connection: sqlite3.Connection) -> int:
    """Whose file it is."""
    found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return found


def migrate(connection: sqlite3.Connection, since: int) -> None:
    """Bring the tables up to date, inside the transaction that is open."""
    for script in MIGRATIONS[since:]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> list[str]:
    """The statements one by one: executing a whole script would end the transaction."""
    return [statement for part in script.split(";\n") if (statement := part.strip())]
