"""What goes out of the reports of one body: their rows in every table, as lines of JSON, and what is counted in them.

A body is all that it takes to know them; the tables are put together from those of all bodies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..fingerprints import fingerprint
from ..model import ACROSS, Alignment, Audit, Body, Extraction, Finding, Problem, Relation
from .chains import chains, time_told
from .counts import Counted, Place, Verdicts, counted, place
from .datasets import json_line
from .records import (
    Record,
    fact_id,
    fact_record,
    finding_record,
    mention_record,
    number,
    problem_record,
    relation_record,
    report_record,
)
from .spool import Key

Lines = list[str]


@dataclass(slots=True)
class Digest:
    """The rows of some reports."""

    counted: Counted
    of_reports: dict[str, dict[str, Lines]] = field(default_factory=lambda: defaultdict(dict))
    """By report and table."""
    across: Lines = field(default_factory=list)
    """The relations that are not told apart by report."""
    findings: list[tuple[int, str]] = field(default_factory=list)
    """With the place of each among all."""
    series: list[tuple[Key, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Where the reports are."""


class Digester:
    """Knows what is told of all reports, and goes through those of one body."""

    def __init__(self, audit: Audit) -> None:
        self._verdicts = Verdicts(audit)
        self._problems = {problem.path: problem for problem in reversed(audit.problems) if problem.path != ACROSS}
        self._findings: dict[str | None, list[tuple[int, str, Finding]]] = defaultdict(list)
        """By the report of the most telling figure; None: such as is not there."""
        reports = {name for name, _ in audit.names}
        for at, (finding, name) in enumerate(zip(audit.findings, finding_ids(audit.findings), strict=True)):
            first = finding.mentions[0].report if finding.mentions else None
            self._findings[first if first in reports else None].append((at, name, finding))

    @property
    def problems(self) -> Mapping[str, Problem]:
        """The first problem of each input."""
        return self._problems

    def __call__(self, body: Body, *, first: bool) -> Digest:
        """The rows of the reports of a body; with those of the first stands what tells of no report."""
        made = Digest(counted(body, self._verdicts))
        for extraction in body.extractions:
            self._rows_of(extraction, made)
        names = _relation_ids((*(each for told in body.within for each in told), *body.across), body.extractions)
        ids: dict[Relation, str] = {}
        told_of = [each.report.name for each in body.extractions]
        findings = [each for one in (*told_of, *([None] if first else [])) for each in self._findings.get(one, ())]
        asked = {_where(finding.relation) for _, _, finding in findings if finding.relation is not None}
        within = zip(told_of, body.within, strict=False)
        for name, relations in [*within, (None, body.across)]:
            lines = []
            for relation in relations:
                relation_id = next(names)
                lines.append(_line({"relation_id": relation_id, **relation_record(relation)}))
                if _where(relation) in asked:
                    ids[relation] = relation_id
            if name is None:
                made.across = lines
            else:
                made.of_reports[name]["relations"] = lines
        made.findings = list(_finding_rows(findings, body.extractions, ids))
        made.series = [(series_key(row), _line(row)) for row in series_rows(body.extractions, body.alignments)]
        return made

    def _rows_of(self, extraction: Extraction, made: Digest) -> None:
        report = extraction.report
        problem = self._problems.get(report.path or report.name)
        made.paths.append(report.path or report.name)
        told = {**report_record(extraction, made.counted.reports[report.name]), **problem_record(problem)}
        made.of_reports[report.name] = {
            "reports": [_line(told)],
            "facts": [_line(fact_record(extraction, fact)) for fact in extraction.facts],
            "mentions": [_line(mention_record(mention)) for mention in extraction.mentions],
        }


def _line(record: Record) -> str:
    return json_line(record)[:-1]


def _where(relation: Relation) -> Place:
    return place(relation.result)


def finding_ids(findings: Iterable[Finding]) -> Iterator[str]:
    """An id for each finding, by its check and the values of its figures; those that these do not tell apart are counted."""
    return _counted(f"{finding.code}-{fingerprint(finding)}" for finding in findings)


def _relation_ids(relations: Iterable[Relation], extractions: Iterable[Extraction]) -> Iterator[str]:
    ids = {extraction.report.name: extraction.report.id for extraction in extractions}

    def name(relation: Relation) -> str:
        result = relation.result
        return f"{ids.get(result.report, result.report)}-{result.start}-{result.end}-{relation.kind}"

    return _counted(map(name, relations))


def _counted(names: Iterable[str]) -> Iterator[str]:
    """The names, with a number behind each that was there before."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _finding_rows(
    findings: Iterable[tuple[int, str, Finding]],
    extractions: Sequence[Extraction],
    relation_ids: Mapping[Relation, str],
) -> Iterator[tuple[int, str]]:
    """A finding may hold a relation that the list does not (made anew by a rule that looks across): then it has no id."""
    by_name = {extraction.report.name: extraction for extraction in extractions}
    known: dict[str, set[Place]] = {}

    def fact_of(where: Place) -> str | None:
        extraction = by_name.get(where[0])
        if extraction is None:
            return None
        if where[0] not in known:
            known[where[0]] = {place(fact.mention) for fact in extraction.facts}
        return f"{extraction.report.id}-{where[1]}-{where[2]}" if where in known[where[0]] else None

    for at, name, finding in findings:
        first = finding.mentions[0] if finding.mentions else None
        extraction = by_name.get(first.report) if first else None
        row = {
            "finding_id": name,
            "report": first.report if first else None,
            "line": extraction.report.line(first.start) if first and extraction else None,
            **finding_record(finding, by_name),
            "relation_id": relation_ids.get(finding.relation) if finding.relation else None,
            "fact_ids": [fact for mention in finding.mentions if (fact := fact_of(place(mention))) is not None],
        }
        yield at, _line(row)


def series_rows(extractions: Sequence[Extraction], alignments: Iterable[Alignment] = ()) -> Iterator[Record]:
    """One row of the series table for each fact that has a time and one value."""
    ids = {extraction.report.name: extraction.report.id for extraction in extractions}
    for facts in chains(extractions, alignments):
        names = [fact_id(ids[fact.mention.report], fact) for fact in facts]
        first = min(names)
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
                "series": first,
                "fact_id": name,
            }


def series_key(row: Record) -> Key:
    """What the series table goes by: indicators over periods, those of one indicator together."""
    keys = ("indicator", "category", "agency", "unit", "role", "period", "report", "fact_id")
    return tuple(str(row[key] or "") for key in keys)
