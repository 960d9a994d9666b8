"""What is known of every figure: its state, its fact and its ties, and where on the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..model import Audit, Extraction, Fact, Finding, Mention, Relation
from .passages import legible, printable
from .records import number
from .summary import amount
from .tables import Place, place

FOLDER = "audit-texts"
_SIGNS = {"+": "+", "-": "−"}
_COMMA = re.compile(r"(?<=[⺀-鿿]),|,(?=[⺀-鿿])")


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of an audit. Findings and relations are told by their index, reports by their order."""

    audit: Audit
    order: dict[str, int]
    """Index of a report, by name."""
    facts: dict[Place, Fact]
    ties: dict[Place, tuple[int, ...]]
    """The relations that a figure stands in."""
    states: dict[Place, str]
    findings: tuple[Finding, ...]
    """By weight: the number of a finding is its index and one."""
    finding_of: dict[int, int]
    """The finding that tells of a relation."""
    apart: bool
    """The texts of the reports are files of their own."""

    def state(self, mention: Mention) -> str:
        """The name of a mention's state."""
        return self.states.get(place(mention), "untied")

    def anchor(self, mention: Mention) -> str:
        """The identifier of a figure on the page that shows its report."""
        return f"r{self.order[mention.report]}-{mention.start}"

    def link(self, mention: Mention) -> str | None:
        """From the audit page to a figure in the text."""
        if mention.report not in self.order:
            return None
        return f"{self.file(self.order[mention.report]) if self.apart else ''}#{self.anchor(mention)}"

    def file(self, index: int) -> str:
        """The file that shows a report, where texts are files of their own."""
        identity = re.sub(r"[^0-9a-zA-Z]", "", self.audit.extractions[index].report.id)
        return f"{FOLDER}/{index + 1:03}-{identity[:16]}.html"


def figures(audit: Audit, *, apart: bool = False) -> Figures:
    """Look up once what every part of the page needs."""
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
        {extraction.report.name: index for index, extraction in enumerate(audit.extractions)},
        {place(fact.mention): fact for fact in audit.facts},
        {where: tuple(indexes) for where, indexes in ties.items()},
        dict(_states(audit, ties, findings)),
        findings,
        told,
        apart,
    )


def weight(finding: Finding) -> tuple[int, Decimal]:
    """What an auditor should see first: the severest, then the surest; others stay in the order of the reports."""
    return (("contradiction", "suspicious", "note").index(finding.severity), -finding.confidence)


def _tie(relation: Relation) -> tuple[str, str, Place, tuple[Place, ...]]:
    return (relation.kind, relation.rule, place(relation.result), tuple(map(place, relation.terms)))


def _states(audit: Audit, ties: dict[Place, list[int]], findings: Iterable[Finding]) -> Iterator[tuple[Place, str]]:
    """The state of every figure that is tied; the gravest that a finding gives it, else what its ties say."""
    gravest: dict[Place, str] = {}
    for finding in findings:  # by weight: the first is the gravest
        for mention in finding.mentions:
            gravest.setdefault(place(mention), finding.severity)
    for where, indexes in ties.items():
        verdicts = {audit.relations[index].holds for index in indexes}
        if False in verdicts:
            severity = gravest.get(where, "suspicious")
            yield where, {"contradiction": "contradicted", "suspicious": "suspicious"}.get(severity, "tied")
        else:
            yield where, "confirmed" if True in verdicts else "tied"


def count_states(figures: Figures) -> dict[str, int]:
    """How many quantities are in each state, and how many numerals are unread."""
    counts = dict.fromkeys(("confirmed", "contradicted", "suspicious", "tied", "untied", "unread"), 0)
    for extraction in figures.audit.extractions:
        for state, count in count_in(figures, extraction).items():
            counts[state] += count
    return counts


def count_in(figures: Figures, extraction: Extraction) -> dict[str, int]:
    """The same for one report."""
    counts: dict[str, int] = {}
    for mention in extraction.mentions:
        if mention.kind == "quantity":
            state = figures.state(mention)
            counts[state] = counts.get(state, 0) + 1
    counts["unread"] = len(extraction.unread)
    return counts


def reading(mention: Mention) -> str:
    """What was read in a figure, multiplied out: 72,952,000元, 64(2)人, 2019-07-13."""
    if mention.kind == "date":
        return printable(mention.edtf or legible(mention.text))
    value = number(mention.value)
    if value is None:
        return legible(mention.text)
    told = amount(value).replace("-", "−")
    if mention.value_max is not None:
        told += f"–{amount(number(mention.value_max) or '')}"
    if mention.paren is not None:
        told += f"({number(mention.paren)})"
    unit = mention.unit or ""
    return told if unit == "ratio" else told + printable(unit)


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Words of a report on one line, with the comma that Chinese has where the cleaning has folded it."""
    return _COMMA.sub("，", printable(text))


def name(fact: Fact | None) -> str:
    """Indicator and category of a fact."""
    if fact is None:
        return ""
    return tidy("／".join(part for part in (fact.indicator, fact.category) if part))


def arithmetic(relation: Relation) -> str:
    """The terms of a relation on one line, with the signs that its kind gives them."""
    terms = [reading(term) for term in relation.terms]
    if relation.kind in ("ratio", "mean") and len(terms) == 2:
        return f"{terms[0]} ÷ {terms[1]}"
    if relation.kind == "product":
        return " × ".join(terms)
    if relation.kind in ("sum", "change", "difference", "series"):
        signs = [_SIGNS[sign] for sign in signs_of(relation)]
        first = f"{signs[0]} {terms[0]}" if signs and signs[0] == "−" else "".join(terms[:1])
        return first + "".join(f" {sign} {term}" for sign, term in zip(signs[1:], terms[1:], strict=True))
    return "、".join(terms)


def signs_of(relation: Relation) -> tuple[str, ...]:
    """A sign for every term; the subtrahend of a difference is taken away though its sign may not say so."""
    if relation.kind == "difference" and len(relation.terms) == 2:
        return ("+", "-")
    signs = tuple(relation.signs) + ("+",) * len(relation.terms)
    return signs[: len(relation.terms)]
