"""What a finding is known by from run to run: the check, the values of its figures, and the words around them.

Whatever the report is called and wherever in it the figures stand: it survives edits elsewhere, and small ones close by.
When a value changes, the finding is a new one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from .model import Finding, Mention, Report

_WORDS = re.compile(r"[一-鿿A-Za-z]+")
_AROUND = 40
"""Characters on either side of a figure whose words are remembered."""
_KEPT = 24
_ALIKE = 0.5
"""So much of the words must be the same."""
Known = TypeVar("Known")


def fingerprint(finding: Finding) -> str:
    """What the check and the values of its figures come to, whatever the report and the place."""
    rule = finding.relation.rule if finding.relation else ""
    values = sorted(_value(mention) for mention in own_figures(finding))
    return hashlib.sha256("\0".join([finding.code, rule, *values]).encode()).hexdigest()[:16]


def context(finding: Finding, reports: Mapping[str, Report]) -> str:
    """The words around the most telling figure, without numbers and marks."""
    for mention in own_figures(finding):
        report = reports.get(mention.report)
        if report is not None:
            return words_around(report.text, mention.start, mention.end)
    return ""


def words_around(text: str, start: int, end: int) -> str:
    """The words before and behind a figure, parted by a bar."""
    before = "".join(_WORDS.findall(text[max(0, start - _AROUND) : start]))
    after = "".join(_WORDS.findall(text[end : end + _AROUND]))
    return before[-_KEPT:] + "|" + after[:_KEPT]


def own_figures(finding: Finding) -> tuple[Mention, ...]:
    """The figures of the finding itself, without those that share its root."""
    if finding.relation is not None:
        return (finding.relation.result, *finding.relation.terms)
    return finding.mentions


def _value(mention: Mention) -> str:
    if mention.kind == "date":
        return mention.edtf or mention.text
    value = mention.value.normalize() if isinstance(mention.value, Decimal) else mention.value
    return f"{value} {mention.unit or ''} {mention.paren or ''}"


def taken(candidates: list[Known], words: str, words_of: Callable[[Known], str]) -> Known | None:
    """The one whose words are most alike, taken out of the list; None where none are alike enough."""
    best = max(candidates, key=lambda entry: likeness(words_of(entry), words), default=None)
    if best is None or likeness(words_of(best), words) < _ALIKE:
        return None
    candidates.remove(best)
    return best


def likeness(first: str, second: str) -> float:
    """Share of neighbouring characters that both have; everything is alike where one of them has no words."""
    one = {first[at : at + 2] for at in range(len(first) - 1)}
    other = {second[at : at + 2] for at in range(len(second) - 1)}
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0
