"""What is counted, once: whatever goes out takes its figures from here, so that all of it says the same.

A figure stands as the gravest finding says that tells of it, whether that finding is shown or was left out on request;
where none does, as its relations say. A broken relation that no finding tells of decides nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from typing import Literal, get_args

from ..model import Audit, Body, Extraction, Mention, Severity

Place = tuple[str, int, int]
Standing = Literal["confirmed", "contradicted", "suspicious", "undecided", "untied"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
_GRAVEST: dict[Severity, Standing] = {
    "contradiction": "contradicted",
    "revision": "suspicious",
    "suspicious": "suspicious",
}
"""What findings make of their figures, the gravest first; a note says nothing against a figure."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read, and what became of it; each quantity stands in exactly one of the last five."""

    reports: int
    quantities: int
    dates: int
    facts: int
    numerals: int
    recognised: int
    """Numerals that are no quantity and no date."""
    unread: int
    confirmed: int
    contradicted: int
    suspicious: int
    undecided: int
    """Tied by a relation, which does not decide."""
    untied: int

    @property
    def read(self) -> int:
        """Numerals that were understood."""
        return self.numerals - self.unread

    @property
    def checked(self) -> int:
        """Quantities that another figure speaks for or against."""
        return self.confirmed + self.contradicted + self.suspicious


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of an audit and of each of its reports."""

    total: Counts
    reports: Mapping[str, Counts]
    """By the names of the reports."""
    findings: Mapping[Severity, int]
    findings_in: Mapping[str, int]
    """How many findings speak of a report."""
    covered: tuple[date, date] | None
    """The first and the last day that the reports cover; None where no report says."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in some reports that are held against each other."""

    reports: Mapping[str, Counts]
    first: date | None
    last: date | None


def place(mention: Mention) -> Place:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def tally(audit: Audit) -> Tally:
    """Count an audit."""
    told = Verdicts(audit)
    return tally_of(audit, [counted(part, told) for part in audit.parts])


def tally_of(audit: Audit, parts: Sequence[Counted]) -> Tally:
    """The sum of what was counted in the parts of an audit."""
    reports = {name: counts for part in parts for name, counts in part.reports.items()}
    first = min((part.first for part in parts if part.first is not None), default=None)
    last = max((part.last for part in parts if part.last is not None), default=None)
    return Tally(
        Counts(*(sum(getattr(counts, field.name) for counts in reports.values()) for field in fields(Counts))),
        reports,
        dict(Counter(finding.severity for finding in audit.findings)),
        Counter(name for finding in audit.findings for name in {mention.report for mention in finding.mentions}),
        None if first is None or last is None else (first, last),
    )


class Verdicts:
    """What the findings of an audit make of its figures, those with them that were left out."""

    def __init__(self, audit: Audit) -> None:
        told = [*audit.findings, *(each.finding for each in audit.suppressed)]
        severe = (finding for finding in told if finding.severity in _GRAVEST)
        gravest = [*_GRAVEST]
        self._by_report: dict[str, dict[Place, Standing]] = defaultdict(dict)
        for finding in sorted(severe, key=lambda finding: gravest.index(finding.severity), reverse=True):
            for mention in finding.mentions:  # the gravest has the last word
                self._by_report[mention.report][place(mention)] = _GRAVEST[finding.severity]

    def standings(self, part: Body) -> dict[Place, Standing]:
        """How the figures of some reports stand; what is not told of is untied."""
        standings: dict[Place, Standing] = {}
        for relation in chain(*part.within, part.across):
            for mention in (relation.result, *relation.terms):
                if relation.holds:
                    standings[place(mention)] = "confirmed"
                else:
                    standings.setdefault(place(mention), "undecided")
        for extraction in part.extractions:
            standings |= self._by_report.get(extraction.report.name, {})
        return standings


def counted(part: Body, told: Verdicts) -> Counted:
    """Count some reports that are held against each other."""
    standings = told.standings(part)
    periods = [each.period for each in part.extractions if each.period is not None]
    return Counted(
        {each.report.name: _counts(each, standings) for each in part.extractions},
        min((day for period in periods if (day := period.first)), default=None),
        max((day for period in periods if (day := period.last)), default=None),
    )


def _counts(extraction: Extraction, standings: dict[Place, Standing]) -> Counts:
    quantities = [mention for mention in extraction.mentions if mention.kind == "quantity"]
    stands = Counter(standings.get(place(mention), "untied") for mention in quantities)
    return Counts(
        reports=1,
        quantities=len(quantities),
        dates=len(extraction.mentions) - len(quantities),
        facts=len(extraction.facts),
        numerals=len(extraction.ledger),
        recognised=sum(entry.fate == "recognised" for entry in extraction.ledger),
        unread=len(extraction.unread),
        **{standing: stands[standing] for standing in STANDINGS},
    )
