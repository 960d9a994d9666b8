"""What the store holds as an audit, all of it or a part: the same nouns as those of a run from scratch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .. import pipeline
from ..model import Alignment, Audit, Extraction, Fact, Finding, Relation, Suppressed
from ..output.records import Record, fact_id, finding_record
from .errors import StoreError
from .keep import Store
from .kinship import kin_in
from .settle import Group, unpacked_group

_HIDDEN = ("accepted", "dismissed")
"""Decisions after which a finding is no longer shown."""


@dataclass(frozen=True, slots=True)
class Named:
    """A finding with the id that it is known by."""

    finding_id: str
    finding: Finding


def whole(store: Store) -> Audit:
    """The audit of all reports in force; findings that were accepted or dismissed are left out, with the reason."""
    outcomes = pipeline.in_order(store.reading(each.report_id) for each in store.members())
    groups = [group for _, group in _groups(store)]
    findings = list(findings_of(store))
    told = {
        row["finding_id"]: row
        for row in store.rows("SELECT finding_id, decision, reason FROM decisions")
        if row["decision"] in _HIDDEN
    }
    kept = tuple(each.finding for each in findings if each.finding_id not in told)
    left = tuple(
        Suppressed(each.finding, "baseline", told[each.finding_id]["reason"])
        for each in findings
        if each.finding_id in told
    )
    return Audit(
        extractions=tuple(each.extraction for each in outcomes if each.extraction is not None),
        relations=(
            *(relation for each in outcomes for relation in each.relations),
            *sorted((relation for group in groups for relation in group.relations), key=_order),
        ),
        findings=kept,
        problems=(
            *(problem for each in outcomes for problem in each.problems),
            *(problem for group in groups for problem in group.problems),
        ),
        suppressed=left,
        alignments=_in_time(store, [alignment for group in groups for alignment in group.alignments]),
    )


def _order(relation: Relation) -> tuple[object, ...]:
    """The order of the ties across reports in an audit of all."""
    terms = [(each.report, each.start, each.end) for each in relation.terms]
    result = relation.result
    return ((result.report, result.start, result.end), relation.kind, terms, relation.rule)


def _in_time(store: Store, alignments: Sequence[Alignment]) -> tuple[Alignment, ...]:
    """In the order of an audit of all: by the time of the later report, and the nearest earlier one first."""
    place = {name: at for at, name in enumerate(kin_in(store).bodies)}
    return tuple(sorted(alignments, key=lambda each: (place[each.later], -place[each.earlier])))


def findings_of(store: Store) -> Iterator[Named]:
    """All findings in the order of an audit: those within reports, by report; then those across."""
    across: list[Named] = []
    within: list[tuple[str, Named]] = []
    for key, group in _groups(store):
        for at, named in enumerate(_named(store, key, group)):
            if at < len(group.within):
                within.append((named.finding.mentions[0].report if named.finding.mentions else "", named))
            else:
                across.append(named)
    yield from (named for _, named in sorted(within, key=lambda pair: pair[0]))
    yield from sorted(across, key=_told)


def _told(named: Named) -> tuple[object, ...]:
    """The order of the findings across reports: that of their ties; what agrees and is worth a word behind."""
    relation = named.finding.relation
    return (relation is None or bool(relation.holds), _order(relation) if relation is not None else ())


def of_findings(store: Store, finding_ids: Sequence[str]) -> tuple[Audit, tuple[Named, ...]]:
    """An audit of some findings and the reports that they speak of; the findings in the order asked for."""
    marks = ", ".join("?" * len(finding_ids))
    keys = store.rows(f"SELECT DISTINCT group_id FROM findings WHERE finding_id IN ({marks})", tuple(finding_ids))
    groups = {key: _group(store, key) for (key,) in keys}
    found = {named.finding_id: named for key, group in groups.items() for named in _named(store, key, group)}
    kept = tuple(found[name] for name in finding_ids if name in found)
    reports = store.rows(
        f"SELECT DISTINCT report_id FROM finding_reports WHERE finding_id IN ({marks})", tuple(finding_ids)
    )
    outcomes = pipeline.in_order(store.reading(row[0]) for row in reports)
    relations = [relation for each in outcomes for relation in each.relations]
    relations += (relation for group in groups.values() for relation in group.relations)
    return _audit(outcomes, relations, [each.finding for each in kept]), kept


def records_of(store: Store, finding_ids: Sequence[str]) -> list[Record]:
    """Some findings as the rows of ``findings.jsonl``, in the order asked for."""
    audit, named = of_findings(store, finding_ids)
    extractions = {each.report.name: each for each in audit.extractions}
    return [
        {
            "finding_id": each.finding_id,
            "report": each.finding.mentions[0].report if each.finding.mentions else None,
            **finding_record(each.finding, extractions),
        }
        for each in named
    ]


def of_report(store: Store, report_id: str) -> tuple[Audit, tuple[Named, ...]]:
    """An audit of one report, with all that was found in it and across it."""
    outcome = store.reading(report_id)
    assert outcome.extraction is not None
    name = outcome.extraction.report.name
    kept: list[Named] = []
    relations = list(outcome.relations)
    for (key,) in store.rows("SELECT group_id FROM groups WHERE instr(members, ?)", (json.dumps(report_id),)):
        group = _group(store, key)
        kept += (each for each in _named(store, key, group) if name in {one.report for one in each.finding.mentions})
        relations += (each for each in group.relations if name in {one.report for one in (each.result, *each.terms)})
    return _audit([outcome], relations, [each.finding for each in kept]), tuple(kept)


def of_reports(store: Store, report_ids: Sequence[str]) -> Audit:
    """An audit of some reports, with all that was found in them and across them."""
    outcomes = pipeline.in_order(store.reading(name) for name in report_ids)
    names = {each.extraction.report.name for each in outcomes if each.extraction is not None}
    relations = [relation for each in outcomes for relation in each.relations]
    findings: list[Finding] = []
    marks = " OR ".join("instr(members, ?)" for _ in report_ids) or "0"
    rows = store.rows(f"SELECT * FROM groups WHERE {marks}", tuple(map(json.dumps, report_ids)))
    for group in (unpacked_group(store, row) for row in rows):
        told = (*group.within, *group.across)
        findings += (each for each in told if names & {one.report for one in each.mentions})
        relations += (each for each in group.relations if names & {one.report for one in (each.result, *each.terms)})
    return _audit(outcomes, relations, findings)


def of_series(store: Store, name: str) -> tuple[Audit, tuple[Fact, ...]] | None:
    """The facts of a series in time, with an audit of the reports that tell them; ``name`` is the id of any of its facts.
    None where it is of no series."""
    rows = store.rows(
        "SELECT s.fact_id, f.report_id FROM series_facts s JOIN facts f USING (fact_id) WHERE s.series_id = "
        "(SELECT series_id FROM series_facts WHERE fact_id = ?) ORDER BY s.position",
        (name,),
    )
    if not rows:
        return None
    audit = of_reports(store, sorted({row["report_id"] for row in rows}))
    ids = {report.name: report.id for report in audit.reports}
    facts = {fact_id(ids[fact.mention.report], fact): fact for fact in audit.facts}
    return audit, tuple(facts[row["fact_id"]] for row in rows)


def reports_of(store: Store, report_ids: Iterable[str]) -> Iterator[Extraction]:
    """What was read in some reports."""
    for report_id in report_ids:
        extraction = store.reading(report_id).extraction
        assert extraction is not None
        yield extraction


def _audit(outcomes: Sequence[pipeline.Outcome], relations: Iterable[Relation], findings: Iterable[Finding]) -> Audit:
    extractions = tuple(each.extraction for each in outcomes if each.extraction is not None)
    return Audit(extractions, tuple(relations), tuple(findings), ())


def _named(store: Store, key: str, group: Group) -> Iterator[Named]:
    rows = store.rows("SELECT finding_id FROM findings WHERE group_id = ? ORDER BY position", (key,))
    for row, finding in zip(rows, (*group.within, *group.across), strict=True):
        yield Named(row[0], finding)


def _group(store: Store, key: str) -> Group:
    row = store.one("SELECT model, sha256, data FROM groups WHERE group_id = ?", (key,))
    if row is None:
        raise StoreError("damaged", store.path, key)
    return unpacked_group(store, row)


def _groups(store: Store) -> Iterator[tuple[str, Group]]:
    for row in store.rows("SELECT group_id FROM groups ORDER BY position"):
        yield row[0], _group(store, row[0])
