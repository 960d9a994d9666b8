"""SUM, RATE, GROWTH: a tie that holds in a sentence of the report before, carried over to the sentence that was made of it.

Words alone do not always show that figures are tied; that they agree where the sentence stood before does. What the later report
ties itself is left alone, and so is a sentence that gained or lost a figure of the kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ....model import Mention, Relation
from ..error_model import telling
from ..law import LIKELY, growth_between, growth_of, rate_of, total
from .panel import Panel

_FIRM = 0.6
"""How alike the words must be around each of the figures."""
_TELLING = 5
"""How much it must tell that figures agree: 7 and 5 make 12 in many a sentence."""
_OPEN = re.compile(r"[^,;。、]{0,20}等")
"""A list that goes on behind its last figure."""
Inside = Mapping[str, Sequence[Relation]]


def carried(panel: Panel, later: int, inside: Inside) -> Iterator[Relation]:
    """The ties of the reports before that hold there, reckoned with the figures that stand in their places now.

    ``inside`` are the relations inside of each report, by its name.
    """
    name = panel.name(later)
    tied = {mention.start for relation in inside.get(name, ()) for mention in _members(relation)}
    results = {relation.result.start for relation in inside.get(name, ())}
    told: set[int] = set()
    for report in panel.before.get(later, ()):
        for relation in inside.get(panel.name(report), ()):
            if not relation.holds or relation.items or telling(_members(relation)) < _TELLING:
                continue
            now = [_partner(panel, report, mention, later) for mention in _members(relation)]
            figures = [each for each in now if each is not None]
            if len(figures) < len(now) or len({each.start for each in figures}) < len(now):
                continue
            result, *terms = figures
            if result.start in results or result.start in told or all(each.start in tied for each in figures):
                continue
            if relation.kind == "sum" and _OPEN.match(
                panel.text(later, result.block), max(each.block_end for each in figures)
            ):
                continue
            if not _is_one_sentence(panel, report, later, _members(relation), figures):
                continue
            again = _reckoned(relation, result, terms)
            if again is not None and again.holds is not None:
                told.add(result.start)
                yield again


def _members(relation: Relation) -> tuple[Mention, ...]:
    return (relation.result, *relation.terms)


def _partner(panel: Panel, report: int, mention: Mention, later: int) -> Mention | None:
    """The figure that stands in the place of another one, in its unit and in the same words."""
    point = panel.by_start.get((report, mention.start))
    if point is None or panel.is_cell(point):
        return None  # a table's columns stand for other years in the next report, and are checked as columns
    partner, alike = panel.partner(point, later)
    if partner is None or alike < _FIRM or partner.mention.unit != mention.unit:
        return None
    return partner.mention


def _is_one_sentence(panel: Panel, report: int, later: int, then: Sequence[Mention], now: Sequence[Mention]) -> bool:
    """All stand in one block, and between the first and the last of them no figure of their units is new or gone."""
    if len({each.block for each in now}) > 1 or len({each.block for each in then}) > 1:
        return False
    return _counts(panel, report, then) == _counts(panel, later, now)


def _counts(panel: Panel, report: int, figures: Sequence[Mention]) -> Mapping[str, int]:
    units = {each.unit or "" for each in figures}
    first, last = min(each.start for each in figures), max(each.start for each in figures)
    found: dict[str, int] = defaultdict(int)
    for point in panel.in_block(report, figures[0].block):
        unit = point.mention.unit or ""
        if first <= point.mention.start <= last and unit in units:
            found[unit] += 1
    return found


def _reckoned(relation: Relation, result: Mention, terms: Sequence[Mention]) -> Relation | None:
    """The same tie between the figures of now."""
    rule = f"{relation.kind}.carried"
    if relation.kind == "sum":
        return total(relation.kind, rule, result, terms, relation.signs, confidence=LIKELY)
    if relation.kind == "ratio" and len(terms) == 2:
        return rate_of(rule, result, *terms, confidence=LIKELY)
    if relation.kind == "growth" and len(terms) == 2:
        now = _growth(relation, rule, result, terms)
        return replace(now, confidence=LIKELY) if now is not None else None
    return None


def _growth(relation: Relation, rule: str, result: Mention, terms: Sequence[Mention]) -> Relation | None:
    """A rate from two levels, or from a level and its change."""
    level, change = relation.terms
    between = growth_between(relation.rule, relation.result, level, change)
    if between is not None and between.holds:
        return growth_between(rule, result, terms[0], terms[1])
    return growth_of(rule, result, terms[0], terms[1], relation.signs[1] == "-")
