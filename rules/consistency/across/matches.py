"""Figures of two reports that may be one: the one source of pairs for every check across reports.

A report is held against those that it was edited from. What stands in a figure's place is its partner, of whatever time.
Where that is of another time, the figure of its own time is looked for: in the place of the level that is compared with it, in the passages that
its passage was, by the words around it; anywhere, by its value; by the name of a
well-known indicator, and beside a figure that is told again. All of these are look-ups by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..error_model import masks
from .link import agree, other_occasions, same_unit, told_label
from .panel import Panel
from .points import Point
from .times import Together, together
from .values import digits_of, telling_digits

By = Literal["place", "base", "passage", "value", "name", "beside", "slip"]
FIRM = 0.5
"""From this likeness on the words around two figures are the same words."""
_EQUAL = {1: 0.35, 2: 0.25, 3: 0.15, 4: 0.05}
"""How alike the words around equal figures of one time must be, by their telling digits: between reports that have nothing to
do with each other, one pair in some thousand is."""
_ENDING = frozenset({Together.ONE, Together.END})
_MANY = 8
"""A value that a report tells more often tells nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Two figures that may be one, and how they were found."""

    earlier: Point
    later: Point
    likeness: float
    by: By


@lru_cache(maxsize=3)
def matches(panel: Panel, earlier: int, later: int) -> tuple[Match, ...]:
    """The pairs of two aligned reports, in the order of the later one: for each figure its partner, then one of its time."""
    return tuple(_matches(panel, earlier, later))


def _matches(panel: Panel, earlier: int, later: int) -> Iterator[Match]:
    for point in panel.of_report.get(later, ()):
        partner, likeness = panel.partner(point, earlier)
        if partner is not None:
            yield Match(partner, point, likeness, "place")
            if likeness >= FIRM and together(partner, point) is Together.ONE and partner.role == point.role:
                continue
        found = next((match for way in _WAYS if (match := way(panel, point, earlier)) is not None), None)
        if found is not None and (found.earlier is not partner or likeness < FIRM):
            yield found


def _may_be(one: Point, other: Point, times: frozenset[Together] = frozenset({Together.ONE})) -> bool:
    return (
        one.role == other.role
        and one.fact.sign == other.fact.sign
        and same_unit(one, other)
        and together(one, other) in times
        and not other_occasions(one, other)
    )


def _told_again(panel: Panel, point: Point, report: int) -> Match | None:
    """The figure of its value and time, in words that have something in common."""
    digits = telling_digits(point)
    told = panel.by_value.get((report, point.kind, point.mention.value), ())
    if not digits_of(point) or len(told) > _MANY:
        return None
    pairs = [(panel.likeness(each, point), each) for each in told if _may_be(each, point, _ENDING)]
    likeness, best = max(pairs, key=lambda pair: (pair[0], -pair[1].mention.start), default=(0.0, None))
    if best is None or likeness < _EQUAL[min(digits, 4)]:
        return None
    return Match(best, point, likeness, "value")


def _base(panel: Panel, point: Point, report: int) -> Match | None:
    """Of a base (較98年244,779人) what stood in the place of the level that is compared with it."""
    if not _COMPARED.search(point.ahead) or point.time is None:
        return None
    # 計420人(男性210人、女性210人),較108年之411人: what a bracket tells is compared with nothing behind it.
    ahead = [
        each
        for each in panel.beside(point)
        if each.mention.start < point.mention.start and (point.in_bracket or not each.in_bracket)
    ]
    level = next((each for each in reversed(ahead) if each.kind == point.kind and each.role == "actual"), None)
    partner, likeness = panel.partner(level, report) if level is not None and level.time != point.time else (None, 0.0)
    if partner is None or likeness < FIRM or not _may_be(partner, point):
        return None
    return Match(partner, point, likeness, "base")


_COMPARED = re.compile(r"(?:較|比)(?:上|前|去)?[^,;。較比]{0,12}$")


def _of_passage(panel: Panel, point: Point, report: int) -> Match | None:
    """The figure of its time in a passage that its passage was, whose words are the same and no other's."""
    if point.time is None:
        return None
    blocks = panel.passages.get((point.report, point.mention.block, report), ())
    told = [
        each for each in panel.by_time.get((report, point.kind, point.time.last), ()) if each.mention.block in blocks
    ]
    likeness, best = _likest(panel, (each for each in told if _may_be(each, point)), point)
    if best is None or likeness < FIRM:
        return None
    # What the report tells of the other one in its own place is another thing.
    own, owned = panel.partner(best, point.report)
    if own is not None and owned >= likeness and together(own, best) is Together.ONE:
        return None
    return Match(best, point, likeness, "passage")


def _likest(panel: Panel, points: Iterable[Point], point: Point) -> tuple[float, Point | None]:
    """The one whose words are the most like those of a figure, and how much; none where another is nearly as much so."""
    alike = sorted(
        ((panel.likeness(each, point), each) for each in points), key=lambda pair: (-pair[0], pair[1].mention.start)
    )
    if not alike or (len(alike) > 1 and alike[1][0] > alike[0][0] * _CLEAR):
        return 0.0, None
    return alike[0]


_CLEAR = 0.9


def _named(panel: Panel, point: Point, report: int) -> Match | None:
    """The one figure of a well-known indicator, where both sentences tell their time."""
    if not (point.registered and point.explicit):
        return None
    told = [each for each in panel.by_key[point.key] if each.report == report and _may_be(each, point)]
    if not told or not all(agree(told[0], each) for each in told):
        return None
    return Match(told[0], point, panel.likeness(told[0], point), "name")


def _beside(panel: Panel, point: Point, report: int) -> Match | None:
    """What stands beside the figure that is told again right beside it: 132班、5,558人次."""
    if not point.explicit or point.role not in ("actual", "rate"):
        return None
    for neighbour in panel.beside(point):
        again = _told_again(panel, neighbour, report) if telling_digits(neighbour) >= _TELLING else None
        if again is None:
            continue
        told = [
            each
            for each in panel.beside(again.earlier)
            if each.explicit and _may_be(each, point) and told_label(each) == told_label(point)
        ]
        likeness, best = _likest(panel, told, point)
        if best is not None and likeness >= _EQUAL[2]:
            return Match(best, point, likeness, "beside")
    return None


def _slip(panel: Panel, point: Point, report: int) -> Match | None:
    """The one figure of its time that a single digit parts from it, in the same words; no report tells both values."""
    digits = digits_of(point)
    if not point.explicit or point.role == "rule" or panel.by_value.get((report, point.kind, point.mention.value)):
        return None
    near = {id(each): each for mask in masks(digits) for each in panel.by_mask.get((report, point.kind, mask), ())}
    told = [each for each in near.values() if each.explicit and _may_be(each, point)]
    if len(told) != 1 or panel.likeness(told[0], point) < FIRM:
        return None
    if panel.by_value.get((point.report, point.kind, told[0].mention.value)):
        return None
    return Match(told[0], point, panel.likeness(told[0], point), "slip")


_TELLING = 2
_WAYS = (_told_again, _base, _of_passage, _named, _beside, _slip)
"""In the order in which one goes before the other."""
