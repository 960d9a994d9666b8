"""HALVES: what was done in the halves of a year, told in several reports, makes up the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ....model import Mention, Relation
from ..error_model import mendable
from ..law import show
from .check import AcrossCheck
from .link import LIKELY, SURE, agree, reach, relation, same_label, told_label
from .norms import is_norm
from .panel import Panel
from .points import Point

_ADDS_UP = frozenset({"people", "attendances", "sessions", "items", "groups", "money", "bodies", "time"})
_NEAR = 12
_COUNTED_ONCE = frozenset({"attendances", "sessions", "items", "money", "time"})
"""People may take part in both halves and are one in the year; all else adds up."""
_LEAST, _LIKE = 0.06, 0.35
"""How alike a half must be told to the year: where the halves make it up, and where they do not."""


def _halves(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        if points[0].nature != "flow":
            continue
        told: dict[tuple[int, int], list[Point]] = {}
        for point in points:
            part = _part(point)
            if part is not None and point.time is not None:
                told.setdefault((point.time.first.year, part), []).append(point)
        for year in sorted({year for year, part in told if part == 0}):
            parts = [told.get((year, part), []) for part in (0, 1, 2)]
            if all(_single(part) for part in parts):
                whole, first, second = (part[0] for part in parts)
                alike = same_label(whole, first) and same_label(whole, second)
                if len({whole.report, first.report, second.report}) > 1 and alike:
                    tie = _sum(whole, first, second)
                    sure = tie.confidence == SURE and all(told_label(point) for point in (whole, first, second))
                    if tie.holds or sure or _is_slip(panel, whole, first, second):
                        yield tie


_NO_FLOW = re.compile(r"目標|名額|平均|每|以下|以上|低於|高於|截至|底")


def _part(point: Point) -> int | None:
    """0 for a year, 1 and 2 for its halves."""
    if point.role != "actual" or point.time is None or point.measures not in _ADDS_UP:
        return None
    if _NO_FLOW.search(point.before[-_NEAR:]) or is_norm(point):
        return None
    return 0 if point.time.is_year else point.time.half


def _single(points: list[Point]) -> bool:
    return bool(points) and all(agree(points[0], other) for other in points[1:])


def _sum(whole: Point, first: Point, second: Point) -> Relation:
    total = Fraction(first.mention.value or 0) + Fraction(second.mention.value or 0)
    holds = _adds_up([whole.mention, first.mention, second.mention])
    sure = whole.measures in _COUNTED_ONCE and all(point.explicit for point in (whole, first, second))
    terms = [first.mention, second.mention]
    return relation("series.halves", whole.mention, terms, ["+", "+"], show(total), holds, SURE if sure else LIKELY)


def _adds_up(figures: Sequence[Mention]) -> bool:
    whole, first, second = figures
    return (reach(first) + reach(second)).meets(reach(whole))


def _alike(panel: Panel) -> Iterator[Relation]:
    """Halves that are known by the words around them."""
    likeness = panel.likeness
    years: dict[tuple[str, int], list[Point]] = {}
    halves: dict[tuple[str, int, int], list[Point]] = {}
    for point in panel.points:
        part = _part(point)
        if part is not None and point.time is not None and point.mention.value and point.mention.bound is None:
            year = point.time.first.year
            (years.setdefault((point.kind, year), []) if part == 0 else halves.setdefault((point.kind, year, part), [])).append(point)  # fmt: skip
    for (kind, year), wholes in years.items():
        for whole in wholes:
            likest = [
                sorted(
                    (each for each in halves.get((kind, year, part), ()) if each.report in panel.near[whole.report]),
                    key=lambda each: -likeness.of(whole, each),
                )[:4]
                for part in (1, 2)
            ]
            pairs = [
                (first, second) for first in likest[0] for second in likest[1]
                if len({whole.report, first.report, second.report}) > 1
            ]  # fmt: skip
            yield from _judged(panel, whole, pairs)


def _judged(panel: Panel, whole: Point, pairs: Sequence[tuple[Point, Point]]) -> Iterator[Relation]:
    likeness = panel.likeness
    for first, second in pairs:
        known = min(likeness.of(whole, first), likeness.of(whole, second)) >= _LEAST
        if known and _adds_up([whole.mention, first.mention, second.mention]):
            yield _sum(whole, first, second)
            return
    for first, second in pairs[:1]:
        if _is_slip(panel, whole, first, second):
            yield _sum(whole, first, second)


def _is_slip(panel: Panel, whole: Point, first: Point, second: Point) -> bool:
    """The halves are told in words like those of the year and no other's, and one digit parts them from it."""
    if whole.mention.value in (first.mention.value, second.mention.value):
        return False  # what stands all year, told three times
    likeness = panel.likeness
    known = all(likeness.of(whole, half) >= _LIKE and not likeness.rank(whole, half, 1) for half in (first, second))
    known = known and len({bool(told_label(point)) for point in (whole, first, second)}) == 1
    figures = [whole.mention, first.mention, second.mention]
    return known and len({figure.unit for figure in figures}) == 1 and mendable(figures, _adds_up)


def _find(panel: Panel) -> Iterator[Relation]:
    yield from _halves(panel)
    yield from _alike(panel)


CHECKS = (AcrossCheck("series.halves", "the halves of a year against the year", _find),)
