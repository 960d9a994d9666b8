"""What is known of every figure: its state, its fact and its ties, and where on the page it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from ..model import Audit, Fact, Finding, Mention, Relation, Report
from ..notation import Both, amount, apart, calendar, thousands
from .counts import Place, Standing, Verdicts, place
from .passages import legible, printable
from .records import difference, number
from .words import SEVERITIES

_SIGNS = {"+": "+", "-": "−"}
_COMMA = re.compile(r"(?<=[⺀-鿿]),|,(?=[⺀-鿿])")


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of an audit. Findings and relations are told by their index, reports by their order."""

    audit: Audit
    order: dict[str, int]
    """Index of a report, by name."""
    reports: dict[str, Report]
    """The reports by their names."""
    titles: Counter[str]
    """How many reports have a title."""
    facts: dict[Place, Fact]
    ties: dict[Place, tuple[int, ...]]
    """The relations that a figure stands in."""
    standings: Mapping[Place, Standing]
    findings: tuple[Finding, ...]
    """By weight: the number of a finding is its index and one."""
    finding_of: dict[int, int]
    """The finding that tells of a relation."""
    pictures: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Where the picture of a page is, by the report's name and the page."""

    def state(self, mention: Mention) -> Standing:
        """How a mention stands."""
        return self.standings.get(place(mention), "untied")

    def anchor(self, mention: Mention) -> str:
        """The identifier of a figure on the page that shows its report."""
        return f"r{self.order[mention.report]}-{mention.start}"

    def link(self, mention: Mention) -> str | None:
        """To a figure in the text."""
        return f"#{self.anchor(mention)}" if mention.report in self.order else None


def figures(audit: Audit, pictures: Mapping[tuple[str, int], str] | None = None) -> Figures:
    """Look up once what every part of the page needs, of an audit that is in memory."""
    ties: dict[Place, list[int]] = {}
    for index, relation in enumerate(audit.relations):
        for mention in dict.fromkeys((relation.result, *relation.terms)):
            ties.setdefault(place(mention), []).append(index)
    findings = tuple(sorted(audit.findings, key=weight))
    known = {_tie(relation): index for index, relation in enumerate(audit.relations)}
    told: dict[int, int] = {}
    for order, finding in enumerate(findings):
        for broken in (finding.relation, *finding.kin):
            if broken is not None and _tie(broken) in known:
                told.setdefault(known[_tie(broken)], order)
    return Figures(
        audit,
        {report.name: index for index, report in enumerate(audit.reports)},
        {report.name: report for report in audit.reports},
        Counter(tidy(report.title) for report in audit.reports),
        {place(fact.mention): fact for fact in audit.facts},
        {where: tuple(indexes) for where, indexes in ties.items()},
        Verdicts(audit).standings(audit.parts[0]),
        findings,
        told,
        pictures or {},
    )


def weight(finding: Finding) -> tuple[int, Decimal]:
    """What an auditor should see first: the severest, then the surest; others stay in the order of the reports."""
    return ([*SEVERITIES].index(finding.severity), -finding.confidence)


def _tie(relation: Relation) -> tuple[str, str, Place, tuple[Place, ...]]:
    return (relation.kind, relation.rule, place(relation.result), tuple(map(place, relation.terms)))


def reading(mention: Mention) -> Both:
    """What was read in a figure, multiplied out: 72,952,000元, 64(2)人; of a date, its day."""
    if mention.kind == "date":
        return when(mention.edtf) if mention.edtf else Both(*[legible(mention.text)] * 2)
    value = number(mention.value)
    if value is None:
        return Both(*[legible(mention.text)] * 2)
    told = thousands(value).replace("-", "−")
    if mention.value_max is not None:
        told += f"–{thousands(number(mention.value_max) or '')}"
    if mention.paren is not None:
        told += f"({number(mention.paren)})"
    told += "" if mention.unit == "ratio" else printable(mention.unit or "")
    return Both(told, told)


def when(edtf: str | None) -> Both:
    """A calendar value as people say it, without characters that hide."""
    day = calendar(edtf)
    return Both(printable(day.zh), printable(day.en))


def result_of(figure: Mention, text: str) -> Both:
    """What a figure states, or should, as people write it: with its unit, or as a day."""
    if figure.kind == "date":
        return when(text)
    unit = "" if figure.unit == "ratio" else printable(figure.unit or "")
    sign, blank, digits = printable(text).rpartition(" ")  # ≥ 90
    both = amount(digits, unit)
    return Both(sign + blank + both.zh, sign + blank + both.en)


def gap_of(relation: Relation) -> Both | None:
    """Stated less computed, where both are numbers."""
    gap = difference(relation)
    unit = "" if relation.result.unit == "ratio" else printable(relation.result.unit or "")
    return apart(gap.replace("-", "−"), unit) if gap else None


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Words of a report on one line, with the comma that Chinese has where the cleaning has folded it."""
    return _COMMA.sub("，", printable(text))


def name(fact: Fact | None) -> str:
    """Indicator and category of a fact."""
    if fact is None:
        return ""
    return tidy("／".join(part for part in (fact.indicator, fact.category) if part))


def arithmetic(relation: Relation) -> Both:
    """The terms of a relation on one line, with the signs that its kind gives them."""
    terms = [reading(term) for term in relation.terms]
    return Both(
        _joined(relation, [term.zh for term in terms], "、"), _joined(relation, [term.en for term in terms], ", ")
    )


def _joined(relation: Relation, terms: list[str], comma: str) -> str:
    if relation.kind in ("ratio", "mean") and len(terms) == 2:
        return f"{terms[0]} ÷ {terms[1]}"
    if relation.kind == "product":
        return " × ".join(terms)
    if relation.kind in ("sum", "change", "difference", "series"):
        signs = [_SIGNS[sign] for sign in signs_of(relation)]
        first = f"{signs[0]} {terms[0]}" if signs and signs[0] == "−" else "".join(terms[:1])
        return first + "".join(f" {sign} {term}" for sign, term in zip(signs[1:], terms[1:], strict=True))
    return comma.join(terms)


def signs_of(relation: Relation) -> tuple[str, ...]:
    """A sign for every term; the subtrahend of a difference is taken away though its sign may not say so."""
    if relation.kind == "difference" and len(relation.terms) == 2:
        return ("+", "-")
    signs = tuple(relation.signs) + ("+",) * len(relation.terms)
    return signs[: len(relation.terms)]
