"""HALVES: what was done in the halves of a year, told in several reports, makes up the year."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Relation
from ..relation import show
from .check import AcrossCheck
from .link import LIKELY, SURE, agree, reach, relation
from .panel import Panel, Point

_COUNTED_ONCE = frozenset({"attendances", "sessions", "items", "money", "time"})
"""People may take part in both halves and are one in the year; all else adds up."""


def _halves(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        if points[0].nature != "flow":
            continue
        told: dict[tuple[int, int], list[Point]] = {}
        for point in points:
            if point.role == "actual" and point.time is not None:
                part = 0 if point.time.is_year else point.time.half
                if part is not None:
                    told.setdefault((point.time.first.year, part), []).append(point)
        for year in sorted({year for year, part in told if part == 0}):
            parts = [told.get((year, part), []) for part in (0, 1, 2)]
            if all(_single(part) for part in parts):
                whole, first, second = (part[0] for part in parts)
                if len({whole.report, first.report, second.report}) > 1:
                    yield _sum(whole, first, second)


def _single(points: list[Point]) -> bool:
    return bool(points) and all(agree(points[0], other) for other in points[1:])


def _sum(whole: Point, first: Point, second: Point) -> Relation:
    total = (first.mention.value or 0) + (second.mention.value or 0)  # type: ignore[operator]
    holds = (reach(first.mention) + reach(second.mention)).meets(reach(whole.mention))
    sure = whole.key.kind in _COUNTED_ONCE and all(point.explicit for point in (whole, first, second))
    terms = [first.mention, second.mention]
    return relation("series.halves", whole.mention, terms, ["+", "+"], show(total), holds, SURE if sure else LIKELY)


CHECKS = (AcrossCheck("series.halves", "the halves of a year against the year", _halves),)
