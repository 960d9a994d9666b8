"""The rows of every table, made once from the audit: records with the keys that ``columns`` documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..fingerprints import fingerprint
from ..model import ACROSS, Alignment, Audit, Extraction, Finding, Relation
from .chains import chains
from .counts import Place, place, tally
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


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that an audit found, in rows, with the keys that tie them together."""

    reports: tuple[Record, ...]
    facts: tuple[Record, ...]
    relations: tuple[Record, ...]
    findings: tuple[Record, ...]
    series: tuple[Record, ...]

    def rows(self, table: str) -> tuple[Record, ...]:
        """The rows of one table, by its name."""
        rows: tuple[Record, ...] = getattr(self, table)
        return rows


def tables(audit: Audit) -> Tables:
    """The rows of all tables."""
    extractions = {extraction.report.name: extraction for extraction in audit.extractions}
    ids = {
        place(fact.mention): fact_id(each.report.id, fact) for each in audit.extractions for fact in each.facts
    }  # fmt: skip
    relation_ids = list(_relation_ids(audit.relations, extractions))
    # A finding may hold a relation that the list does not (made anew by a rule that looks across): then it has no id.
    by_relation = dict(zip(audit.relations, relation_ids, strict=True))
    findings = []
    for finding, name in zip(audit.findings, finding_ids(audit.findings), strict=True):
        findings.append(_finding_row(finding, name, extractions, by_relation, ids))
    return Tables(
        reports=tuple(_report_rows(audit)),
        facts=tuple(fact_record(each, fact) for each in audit.extractions for fact in each.facts),
        relations=tuple(
            {"relation_id": name, **relation_record(relation)}
            for relation, name in zip(audit.relations, relation_ids, strict=True)
        ),
        findings=tuple(findings),
        series=series_rows(audit.extractions, audit.alignments),
    )


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


def _relation_ids(relations: Iterable[Relation], extractions: dict[str, Extraction]) -> Iterator[str]:
    def name(relation: Relation) -> str:
        result = relation.result
        report = extractions[result.report].report.id if result.report in extractions else result.report
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
    extractions: dict[str, Extraction],
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
    """One row for each fact that has a period and one value."""
    ids = {extraction.report.name: extraction.report.id for extraction in extractions}
    for facts in chains(extractions, alignments):
        names = [fact_id(ids[fact.mention.report], fact) for fact in facts]
        for fact, name in zip(facts, names, strict=True):
            mention = fact.mention
            assert mention.value is not None
            assert fact.period is not None
            value = -mention.value if fact.sign == "-" and mention.value > 0 else mention.value
            yield {
                "indicator": fact.indicator,
                "category": fact.category,
                "agency": fact.agency,
                "unit": mention.unit,
                "period": fact.period.edtf,
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
