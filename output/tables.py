"""The rows of every table, made once from the audit: records with the keys that ``columns`` documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import overload

from ..fingerprints import fingerprint
from ..model import ACROSS, Alignment, Audit, Extraction, Finding, Relation
from .chains import chains, time_told
from .counts import Place, place, tally
from .lookup import ByName
from .records import (
    Record,
    fact_id,
    fact_record,
    finding_record,
    number,
    problem_record,
    relation_record,
    report_record,
    unread_report_record,
)


class Rows(Sequence[Record]):
    """Rows that are made anew whenever they are gone through, so that no table is ever in memory as a whole."""

    def __init__(self, size: int, made: Callable[[], Iterator[Record]]) -> None:
        self._size, self._made = size, made

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Record]:
        return self._made()

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        places = range(self._size)[at]
        if isinstance(places, int):
            return next(islice(self, places, None))
        return list(islice(self, places.start, places.stop, places.step))


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that an audit found, in rows, with the keys that tie them together."""

    reports: Sequence[Record]
    facts: Sequence[Record]
    relations: Sequence[Record]
    findings: Sequence[Record]
    series: Sequence[Record]

    def rows(self, table: str) -> Sequence[Record]:
        """The rows of one table, by its name."""
        rows: Sequence[Record] = getattr(self, table)
        return rows


def tables(audit: Audit) -> Tables:
    """The rows of all tables."""
    extractions = ByName(audit)
    told = {place(mention) for finding in audit.findings for mention in finding.mentions}
    ids: dict[Place, str] = {}
    facts = 0
    for extraction in audit.extractions:
        facts += len(extraction.facts)
        known = ((place(fact.mention), fact) for fact in extraction.facts)
        ids |= {where: fact_id(extraction.report.id, fact) for where, fact in known if where in told}
    # A finding may hold a relation that the list does not (made anew by a rule that looks across): then it has no id.
    asked = {finding.relation for finding in audit.findings}
    named = zip(audit.relations, _relation_ids(audit.relations, extractions), strict=True)
    by_relation = {relation: name for relation, name in named if relation in asked}
    findings = []
    for finding, name in zip(audit.findings, finding_ids(audit.findings), strict=True):
        findings.append(_finding_row(finding, name, extractions, by_relation, ids))
    return Tables(
        reports=tuple(_report_rows(audit)),
        facts=Rows(facts, partial(_fact_rows, audit)),
        relations=Rows(len(audit.relations), partial(_relation_rows, audit, extractions)),
        findings=tuple(findings),
        series=series_rows(audit.extractions, audit.alignments),
    )


def _fact_rows(audit: Audit) -> Iterator[Record]:
    return (fact_record(each, fact) for each in audit.extractions for fact in each.facts)


def _relation_rows(audit: Audit, extractions: ByName) -> Iterator[Record]:
    for relation, name in zip(audit.relations, _relation_ids(audit.relations, extractions), strict=True):
        yield {"relation_id": name, **relation_record(relation)}


def _report_rows(audit: Audit) -> Iterator[Record]:
    """One row for each report, and behind them one for each input that was not read, or not for itself."""
    problems = {problem.path: problem for problem in reversed(audit.problems) if problem.path != ACROSS}
    for extraction, counts in zip(audit.extractions, tally(audit).reports, strict=True):
        problem = problems.pop(extraction.report.path or extraction.report.name, None)
        yield {**report_record(extraction, counts), **problem_record(problem)}
    yield from (unread_report_record(problems[path]) for path in sorted(problems))


def finding_ids(findings: Iterable[Finding]) -> Iterator[str]:
    """An id for each finding, by its check and the values of its figures; those that these do not tell apart are counted."""
    return _counted(f"{finding.code}-{fingerprint(finding)}" for finding in findings)


def _relation_ids(relations: Iterable[Relation], extractions: ByName) -> Iterator[str]:
    def name(relation: Relation) -> str:
        result = relation.result
        report = extractions.ids.get(result.report, result.report)
        return f"{report}-{result.start}-{result.end}-{relation.kind}"

    return _counted(name(relation) for relation in relations)


def _counted(names: Iterable[str]) -> Iterator[str]:
    """The names, with a number behind each that was there before."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _finding_row(
    finding: Finding,
    name: str,
    extractions: Mapping[str, Extraction],
    relation_ids: dict[Relation, str],
    fact_ids: dict[Place, str],
) -> Record:
    record = finding_record(finding, extractions)
    first = finding.mentions[0] if finding.mentions else None
    extraction = extractions.get(first.report) if first else None
    return {
        "finding_id": name,
        "report": first.report if first else None,
        "line": extraction.report.line(first.start) if first and extraction else None,
        **record,
        "relation_id": relation_ids.get(finding.relation) if finding.relation else None,
        "fact_ids": [fact_ids[place(mention)] for mention in finding.mentions if place(mention) in fact_ids],
    }


def series_rows(extractions: Iterable[Extraction], alignments: Iterable[Alignment] = ()) -> tuple[Record, ...]:
    """The rows of the series table: indicators over periods, those of one indicator together, by period."""
    return tuple(sorted(_series(tuple(extractions), alignments), key=_series_order))


def _series(extractions: Sequence[Extraction], alignments: Iterable[Alignment]) -> Iterator[Record]:
    """One row for each fact that has a time and one value."""
    ids = {extraction.report.name: extraction.report.id for extraction in extractions}
    for facts in chains(extractions, alignments):
        names = [fact_id(ids[fact.mention.report], fact) for fact in facts]
        for fact, name in zip(facts, names, strict=True):
            mention = fact.mention
            assert mention.value is not None
            value = -mention.value if fact.sign == "-" and mention.value > 0 else mention.value
            yield {
                "indicator": fact.indicator,
                "category": fact.category,
                "agency": fact.agency,
                "unit": mention.unit,
                "period": time_told(fact),
                "value": number(value),
                "role": fact.role,
                "state": fact.state,
                "as_of": fact.as_of,
                "report": mention.report,
                "series": min(names),
                "fact_id": name,
            }


def _series_order(row: Record) -> tuple[str, ...]:
    keys = ("indicator", "category", "agency", "unit", "role", "period", "report", "fact_id")
    return tuple(str(row[key] or "") for key in keys)
