"""What is counted, once: whatever goes out takes its figures from here, so that all of it says the same.

A figure stands as the gravest finding says that tells of it, whether that finding is shown or was left out on request;
where none does, as its relations say. A broken relation that no finding tells of decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, get_args

from ..model import Audit, Extraction, Finding, Mention, Relation, Severity

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
    """The counts of an audit and of each of its reports, and how every figure stands."""

    total: Counts
    reports: tuple[Counts, ...]
    """In the order of the reports."""
    findings: dict[Severity, int]
    findings_in: tuple[int, ...]
    """How many findings speak of each report."""
    standings: dict[Place, Standing]

    def standing(self, mention: Mention) -> Standing:
        """How a figure stands."""
        return self.standings.get(place(mention), "untied")


def place(mention: Mention) -> Place:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def tally(audit: Audit) -> Tally:
    """Count an audit."""
    told = [*audit.findings, *(each.finding for each in audit.suppressed)]
    standings = _standings(audit.relations, told)
    parts = tuple(_counts(extraction, standings) for extraction in audit.extractions)
    named = Counter(name for finding in audit.findings for name in {mention.report for mention in finding.mentions})
    return Tally(
        Counts(*(sum(getattr(part, field.name) for part in parts) for field in fields(Counts))),
        parts,
        dict(Counter(finding.severity for finding in audit.findings)),
        tuple(named[report.name] for report in audit.reports),
        standings,
    )


def _standings(relations: Iterable[Relation], findings: Iterable[Finding]) -> dict[Place, Standing]:
    standings: dict[Place, Standing] = {}
    for relation in relations:
        for mention in (relation.result, *relation.terms):
            if relation.holds:
                standings[place(mention)] = "confirmed"
            else:
                standings.setdefault(place(mention), "undecided")
    severe = sorted(
        (finding for finding in findings if finding.severity in _GRAVEST),
        key=lambda finding: [*_GRAVEST].index(finding.severity),
        reverse=True,
    )
    for finding in severe:  # the gravest has the last word
        for mention in finding.mentions:
            standings[place(mention)] = _GRAVEST[finding.severity]
    return standings


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
