"""What is across reports, and the findings: worked out anew where a report has come or gone, and nowhere else.

A group is the reports that were edited from each other, directly or by others: nothing else is held against each other. What a
group came to is kept with what it was worked out from, so that one more report touches its own group alone; the result is that
of an audit of all from scratch.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .. import pipeline
from ..fingerprints import context, fingerprint, taken
from ..model import Alignment, Audit, Finding, Problem, Relation, Report
from ..output.counts import place
from ..output.records import fact_id, finding_record
from ..output.words import SEVERITIES
from ..rules.consistency.across.kin import Kin, groups, part
from .across import across_in, reports_of, said_between
from .keep import Member, Store, new_run, set_meta
from .kinship import kin_in
from .packing import MODEL, packed
from .rows import relation_rows
from .rules import rules_of
from .schema import VERSION
from .series import keep_series

_TRIES = 20
_SETTLED = "settled"
"""What the findings were worked out of."""


def settle(store: Store) -> int:
    """Bring the findings in line with the reports that are there; how many groups were worked out anew."""
    for _ in range(_TRIES):
        members = store.members()
        done = _one_round(store, members)
        if done is not None:
            return done
    return 0  # another program brings in one report after the other, and will settle what it brought


def is_settled(store: Store) -> bool:
    """The findings are those of the reports that are there."""
    members = store.members()
    if not members and not _group_ids(store):
        return True
    return store.meta(_SETTLED) == _state(store, members)


def _state(store: Store, members: Iterable[Member]) -> str:
    """The reports in force, and what a person said of ties between them, in a word."""
    told = [[each.report_id, each.report, each.rules, each.reading] for each in members]
    return hashlib.sha256(json.dumps([MODEL, VERSION, told, across_in(store)]).encode()).hexdigest()[:16]


def _group_ids(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT group_id FROM groups")]


@dataclass(frozen=True, slots=True)
class _Part:
    """Reports that have to do with each other, and what is known of them among all."""

    members: tuple[Member, ...]
    kin: Kin
    across: tuple[str, ...]
    """What a person said of ties between them."""

    @property
    def key(self) -> str:
        """The same for the same readings, held against each other in the same way."""
        told = [[each.report_id, each.report, each.rules, each.reading] for each in self.members]
        kin = [sorted(self.kin.bodies.items()), sorted(self.kin.before.items())]
        return hashlib.sha256(json.dumps([MODEL, VERSION, told, kin, self.across]).encode()).hexdigest()[:16]


def _parts(store: Store, members: tuple[Member, ...]) -> list[_Part]:
    """The reports in force, parted into those that have something to do with each other."""
    kin = kin_in(store)
    by_name = {each.report: each for each in members}
    found = []
    for names in _joined(groups(kin), map(reports_of, across_in(store))):
        held = [name for name in sorted(names) if name in by_name]
        if held:
            found.append(_Part(tuple(by_name[name] for name in held), part(kin, held), across_in(store, held)))
    return found


def _joined(parts: Iterable[frozenset[str]], ties: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The parts, those in one that a person has tied to each other."""
    found = [*parts]
    for names in ties:
        touched = [each for each in found if each & names]
        found = [*(each for each in found if not each & names), *([frozenset().union(*touched)] if touched else [])]
    return found


def _one_round(store: Store, members: tuple[Member, ...]) -> int | None:
    """Work out the groups that are not there yet; None where the reports changed in the meantime."""
    known, corrected = {*_group_ids(store)}, across_in(store)
    wanted = {each.key: each for each in _parts(store, members)}
    rules = rules_of(store)
    audits: dict[str, tuple[Audit, Group]] = {}
    for key in wanted.keys() - known:
        outcomes = pipeline.in_order(store.reading(each.report_id) for each in wanted[key].members)
        said = said_between(wanted[key].across, (each.extraction for each in outcomes if each.extraction is not None))
        audit = pipeline.join(outcomes, rules=rules, kin=wanted[key].kin, said=said)
        audits[key] = audit, _came_to(audit, outcomes)
    if not audits and not known - wanted.keys() and is_settled(store):
        return 0
    with store.writing() as connection:
        if store.members() != members or {*_group_ids(store)} != known or across_in(store) != corrected:
            return None
        told = connection.execute("SELECT finding_id, report, message_zh, run_id FROM findings").fetchall()
        before = {row["finding_id"]: row for row in told}
        since = {row["finding_id"]: row["run_id"] for row in told}
        run = connection.execute("SELECT max(run_id) FROM runs").fetchone()[0] or new_run(connection, "settle")
        for key in known - wanted.keys():
            drop_group(connection, key)
        for key in sorted(audits):
            _write(connection, key, wanted[key].members, *audits[key], run, since)
        _tell_changes(connection, run, before)
        set_meta(connection, _SETTLED, _state(store, members))
    return len(audits)


def drop_group(connection: sqlite3.Connection, key: str) -> None:
    """Take away what a group of reports came to."""
    connection.execute("DELETE FROM findings WHERE group_id = ?", (key,))
    connection.execute("DELETE FROM relations WHERE scope = ?", (key,))
    connection.execute("DELETE FROM groups WHERE group_id = ?", (key,))


@dataclass(frozen=True, slots=True)
class Group:
    """What a group of reports came to, beyond what each of them is by itself."""

    relations: tuple[Relation, ...]
    within: tuple[Finding, ...]
    """The findings within its reports that none across tells along, in the order of the reports."""
    across: tuple[Finding, ...]
    alignments: tuple[Alignment, ...]
    problems: tuple[Problem, ...]


def _came_to(audit: Audit, outcomes: Sequence[pipeline.Outcome]) -> Group:
    ties = sum(len(outcome.relations) for outcome in outcomes)
    inside = {id(finding) for outcome in outcomes for finding in outcome.findings}
    own = {id(problem) for outcome in outcomes for problem in outcome.problems}
    return Group(
        tuple(audit.relations[ties:]),
        tuple(finding for finding in audit.findings if id(finding) in inside),
        tuple(finding for finding in audit.findings if id(finding) not in inside),
        tuple(audit.alignments),
        tuple(problem for problem in audit.problems if id(problem) not in own),
    )


def unpacked_group(store: Store, row: sqlite3.Row) -> Group:
    """What a group came to; ``row`` is its row."""
    found = store.unpack(row)
    assert isinstance(found, tuple)
    return Group(*found)


def _write(
    connection: sqlite3.Connection,
    key: str,
    members: Sequence[Member],
    audit: Audit,
    group: Group,
    run: int,
    since: dict[str, int],
) -> None:
    """The rows of a group: ties across, and findings with the ids that they had before."""
    sha256, data = packed((group.relations, group.within, group.across, group.alignments, group.problems))
    listed = json.dumps([each.report_id for each in members])
    connection.execute(
        "INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?)", (key, members[0].report, listed, MODEL, sha256, data)
    )
    ids = {report.name: report.id for report in audit.reports}
    keep_series(connection, key, audit)
    connection.executemany(
        f"INSERT INTO relations VALUES ({', '.join('?' * 12)})", relation_rows(key, group.relations, ids)
    )
    extractions = {each.report.name: each for each in audit.extractions}
    reports = {report.name: report for report in audit.reports}
    facts = {place(fact.mention): fact_id(ids[fact.mention.report], fact) for fact in audit.facts}
    names = _named(connection, audit.findings, reports)
    for position, (finding, name) in enumerate(zip(audit.findings, names, strict=True)):
        record = finding_record(finding, extractions)
        first = finding.mentions[0] if finding.mentions else None
        report = reports.get(first.report) if first else None
        connection.execute(
            f"INSERT INTO findings VALUES ({', '.join('?' * 18)})",
            (
                name, key, position, report.id if report else None, report.name if report else None,
                report.line(first.start) if report and first else None, finding.code, finding.severity,
                [*SEVERITIES].index(finding.severity), finding.message_zh, finding.message_en, record["kind"], record["stated"],
                record["computed"], record["difference"], float(finding.confidence),
                json.dumps(record["passages"], ensure_ascii=False), since.get(name, run),
            ),
        )  # fmt: skip
        involved = sorted({ids[mention.report] for mention in finding.mentions if mention.report in ids})
        connection.executemany("INSERT INTO finding_reports VALUES (?, ?)", [(name, each) for each in involved])
        known = [facts[place(mention)] for mention in finding.mentions if place(mention) in facts]
        connection.executemany(
            "INSERT INTO finding_facts VALUES (?, ?, ?)", [(name, at, fact) for at, fact in enumerate(known)]
        )


def _named(connection: sqlite3.Connection, findings: Sequence[Finding], reports: dict[str, Report]) -> list[str]:
    """The ids of findings: those that they have been known by, else new ones."""
    waiting: dict[tuple[str, str], list[sqlite3.Row]] = {}
    used = {row[0] for row in connection.execute("SELECT finding_id FROM findings").fetchall()}
    in_force = {row[0] for row in connection.execute("SELECT report FROM current_reports").fetchall()}
    names = []
    for finding in findings:
        print_, words = fingerprint(finding), context(finding, reports)
        first = finding.mentions[0].report if finding.mentions else ""
        key = (finding.code, print_)
        if key not in waiting:
            query = "SELECT finding_id, context, report FROM identities WHERE code = ? AND fingerprint = ?"
            known = connection.execute(query, key).fetchall()
            waiting[key] = [row for row in known if row["finding_id"] not in used]
        here = [row for row in waiting[key] if row["report"] == first]
        gone = [row for row in waiting[key] if row["report"] not in in_force]  # those that are there keep their own
        match = taken(here, words, _context) or taken(gone, words, _context)
        if match is not None:
            waiting[key] = [row for row in waiting[key] if row["finding_id"] != match["finding_id"]]
            name = match["finding_id"]
            connection.execute(
                "UPDATE identities SET context = ?, report = ? WHERE finding_id = ?", (words, first, name)
            )
        else:
            name = new_name(connection, f"{finding.code}-{print_}")
            row = (name, finding.code, print_, words, first)
            connection.execute("INSERT INTO identities VALUES (?, ?, ?, ?, ?)", row)
        names.append(name)
    return names


def _context(row: sqlite3.Row) -> str:
    return str(row["context"])


def new_name(connection: sqlite3.Connection, base: str) -> str:
    """The id, with a number behind it where another finding has it."""
    number, name = 1, base
    while connection.execute("SELECT 1 FROM identities WHERE finding_id = ?", (name,)).fetchone():
        number += 1
        name = f"{base}-{number}"
    return name


def _tell_changes(connection: sqlite3.Connection, run: int, before: dict[str, sqlite3.Row]) -> None:
    """What findings a run brought and took away."""
    after = {
        row["finding_id"]: row
        for row in connection.execute("SELECT finding_id, report, message_zh FROM findings").fetchall()
    }
    rows = [("new", after[name], None, after[name]["message_zh"]) for name in after if name not in before]
    rows += [("gone", before[name], before[name]["message_zh"], None) for name in before if name not in after]
    note_changes(
        connection,
        run,
        [("finding", change, row["finding_id"], row["report"], was, now) for change, row, was, now in rows],
    )


def note_changes(connection: sqlite3.Connection, run: int, changes: Sequence[tuple[str | None, ...]]) -> None:
    """Keep what a run changed: what it is, how it changed, its id, its report, what it was and what it is."""
    at = connection.execute("SELECT count(*) FROM changes WHERE run_id = ?", (run,)).fetchone()[0]
    rows = [(run, at + number, *change) for number, change in enumerate(changes)]
    connection.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
