"""HALVES: what was done in the halves of a year, told in several reports, makes up the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ....model import Mention, Relation
from ..error_model import mendable
from ..law import show
from .check import AcrossCheck
from .link import LIKELY, SURE, reach, relation, same_label, told_label
from .norms import is_norm
from .panel import Panel
from .points import Point

_ADDS_UP = frozenset({"people", "attendances", "sessions", "items", "groups", "money", "bodies", "time"})
_NEAR = 12
_COUNTED_ONCE = frozenset({"attendances", "sessions", "items", "money", "time"})
"""People may take part in both halves and are one in the year; all else adds up."""
_LEAST, _LIKE = 0.2, 0.5
"""How alike a half must be told to the year: where the halves make it up, and where they do not."""
_MOST = 4


def _halves(panel: Panel, later: int) -> Iterator[Relation]:
    for whole in panel.of_report.get(later, ()):
        if _part(whole) == 0 and whole.mention.value and whole.mention.bound is None:
            halves = [_told(panel, whole, part) for part in (1, 2)]
            yield from _judged(whole, *halves)


def _told(panel: Panel, whole: Point, part: int) -> list[tuple[float, Point]]:
    """What the report and those before it tell of half of the year: in the passage, and under the name of a well-known one."""
    assert whole.time is not None
    end = whole.time.last if part == 2 else whole.time.last.replace(month=6, day=30)
    found = []
    for report in (whole.report, *panel.before.get(whole.report, ())):
        here = report == whole.report
        blocks = {whole.mention.block} if here else panel.passages.get((whole.report, whole.mention.block, report), ())
        for each in panel.by_time.get((report, whole.kind, end), ()):
            named = whole.registered and each.registered and each.key == whole.key
            if (named or each.mention.block in blocks) and _part(each) == part:
                alike = 1.0 if named else panel.likeness(each, whole)
                found.append((alike, each))
    found.sort(key=lambda pair: (-pair[0], -pair[1].report, pair[1].mention.start))
    return found[:_MOST]


_NO_FLOW = re.compile(r"目標|名額|平均|每|以下|以上|低於|高於|截至|底")


def _part(point: Point) -> int | None:
    """0 for a year, 1 and 2 for its halves."""
    if point.role != "actual" or point.time is None or point.measures not in _ADDS_UP:
        return None
    if _NO_FLOW.search(point.before[-_NEAR:]) or is_norm(point):
        return None
    return 0 if point.time.is_year else point.time.half


def _sum(whole: Point, first: Point, second: Point) -> Relation:
    total = Fraction(first.mention.value or 0) + Fraction(second.mention.value or 0)
    holds = _adds_up([whole.mention, first.mention, second.mention])
    sure = whole.measures in _COUNTED_ONCE and all(point.explicit for point in (whole, first, second))
    terms = [first.mention, second.mention]
    return relation("series.halves", whole.mention, terms, ["+", "+"], show(total), holds, SURE if sure else LIKELY)


def _adds_up(figures: Sequence[Mention]) -> bool:
    whole, first, second = figures
    return (reach(first) + reach(second)).meets(reach(whole))


def _judged(
    whole: Point, firsts: Sequence[tuple[float, Point]], seconds: Sequence[tuple[float, Point]]
) -> Iterator[Relation]:
    """The likest halves that make up the year; else the likest of all, where one digit parts them from it."""
    pairs = [(min(one, other), first, second) for one, first in firsts for other, second in seconds]
    for alike, first, second in pairs:
        if alike >= _LEAST and _adds_up([whole.mention, first.mention, second.mention]):
            if len({whole.report, first.report, second.report}) > 1:
                yield _sum(whole, first, second)
            return
    for alike, first, second in pairs[:1]:
        if alike >= _LIKE and len({whole.report, first.report, second.report}) > 1 and _is_slip(whole, first, second):
            yield _sum(whole, first, second)


def _is_slip(whole: Point, first: Point, second: Point) -> bool:
    """One digit parts the halves from the year, or all are counted once and their sentences tell their times."""
    if whole.mention.value in (first.mention.value, second.mention.value):
        return False  # what stands all year, told three times
    figures = [whole.mention, first.mention, second.mention]
    labels = {bool(told_label(point)) for point in (whole, first, second)}
    alike = same_label(whole, first) and same_label(whole, second) and len(labels) == 1
    return alike and len({figure.unit for figure in figures}) == 1 and mendable(figures, _adds_up)


CHECKS = (AcrossCheck("series.halves", "the halves of a year against the year", _halves),)
