"""CUMULATIVE: a running total does not fall. Stocks may; so the words must say that it is one, or where it began."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ....model import Relation
from ..law import show
from ..times import Time
from .check import AcrossCheck
from .link import LIKELY, SURE, alike, reach, relation
from .norms import is_norm
from .panel import Panel
from .points import Point

_MOST = 10
_LIKE = 0.12
"""How alike two running totals must be told to be one."""
_RUNNING = re.compile(
    r"累計|累積|歷年|歷來|開辦(?:以來|至今|迄今)|[啟成創設開][用立辦站].{0,2}(?:以來|至今|迄今)|總發|自.{1,20}(?:起|啟用|開辦|成立|創立|開站|推動|推出|發行|以降)"
)
_PLAINLY = re.compile(
    r"累計|累積|歷年|歷來|總發|以來|至今|迄今|自[^,;。]{0,12}[年月日](?:[^,;。]{0,8}(?:啟用|開辦|成立|推動|推出))?起"
)
_BEGUN = re.compile(
    r"自[^,;。]{0,24}(?:起|啟用|開辦|成立|創立|開站|推動|推出|發行|以降)|[開成創啟][辦立站用始](?:以來|至今|迄今)"
)
"""The day or event that a total is counted from."""
_OTHER = re.compile(r"\d|其中|較|比(?!率|例)")
"""Between the words of a running total and the figure: then it is another one's."""
_OF_THE_PERIOD = re.compile(r"本期|本年|今年|當年|全年|上半年|下半年")
_NEAR = 12
_ADDS_UP = frozenset({"people", "attendances", "sessions", "items", "groups", "money", "time"})


def _cumulative(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        running = [point for point in points if point.time is not None and _is_running(point)]
        running.sort(key=lambda point: (point.time.last if point.time else date.max, point.report))
        for earlier, later in pairwise(running):
            if earlier.report == later.report or not _one_count(earlier, later):
                continue
            both_begin = earlier.time and later.time and earlier.time.first == later.time.first
            yield from _told(earlier, later, SURE if both_begin else LIKELY)


def _is_running(point: Point) -> bool:
    if point.role not in ("actual", "target") or point.measures not in _ADDS_UP or is_norm(point):
        return False
    ahead = point.sentence.split(point.mention.text)[0]
    running = list(_RUNNING.finditer(ahead))
    return bool(running) and _OF_THE_PERIOD.search(ahead[running[-1].end() :][-_NEAR:]) is None


def _is_plain(point: Point) -> bool:
    """Its own words say that it runs."""
    ahead = point.sentence.split(point.mention.text)[0]
    told = list(_PLAINLY.finditer(ahead))
    return bool(told) and _OTHER.search(ahead[told[-1].end() :]) is None


def _one_count(earlier: Point, later: Point) -> bool:
    """The same thing counted from the same day on, as of two days."""
    known = (earlier.registered and later.registered) or alike(earlier, later)
    return known and _one_begin(earlier, later)


def _one_begin(earlier: Point, later: Point) -> bool:
    """Both count from one day on, or tell none."""
    if earlier.time is None or later.time is None or earlier.time.last >= later.time.last:
        return False
    begin, begin_later = earlier.time.first, later.time.first
    return begin == begin_later or (_is_single(earlier.time) and _is_single(later.time))


def _may_be_one(earlier: Point, later: Point) -> bool:
    """Nothing says that they count from two days on; and the total has not grown out of all measure."""
    spans = [point.time for point in (earlier, later) if point.time and not _is_single(point.time)]
    if len(spans) == 2 and spans[0].first != spans[1].first and all(point.explicit for point in (earlier, later)):
        return False
    size, size_later = (float(point.mention.value or 0) for point in (earlier, later))
    return size > 0 and 1 / _MOST < size_later / size < _MOST


def _is_single(time: Time) -> bool:
    """A day or a month."""
    return (time.first.year, time.first.month) == (time.last.year, time.last.month)


def _alike(panel: Panel) -> Iterator[Relation]:
    """Running totals of two reports that are told in words more alike than those of any other, either way."""
    running: dict[str, dict[int, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for point in panel.points:
        if _is_running(point):
            running[point.mention.unit or ""][point.report].append(point)
    for reports in running.values():
        for other in sorted(reports):
            before = max((one for one in reports if one < other and one in panel.near[other]), default=None)
            if before is None:
                continue
            earlier_points, later_points = reports[before], reports[other]
            for later in later_points:
                earlier = _likest(panel, later, earlier_points)
                mutual = _likest(panel, earlier, later_points) is later
                if mutual and panel.likeness.of(earlier, later) >= _LIKE and _may_be_one(earlier, later):
                    placed = panel.partner(later, earlier.report)[0] is earlier
                    since = _BEGUN.search(earlier.sentence) and _BEGUN.search(later.sentence)
                    yield from _told(earlier, later, SURE if placed and since else LIKELY)


def _turned(earlier: Point, later: Point) -> bool:
    """A plan of January may quote the October before, which the report of the year has left behind."""
    return earlier.time is not None and later.time is not None and later.time.last < earlier.time.last


def _likest(panel: Panel, point: Point, others: Sequence[Point]) -> Point:
    return max(others, key=lambda other: panel.likeness.of(point, other))


def _told(earlier: Point, later: Point, confidence: Decimal = LIKELY) -> Iterator[Relation]:
    """A fall only where both are plainly running totals."""
    grown = _grown(earlier, later, confidence)
    if grown.holds or (_is_plain(earlier) and _is_plain(later) and not _turned(earlier, later)):
        yield grown


def _grown(earlier: Point, later: Point, confidence: Decimal = LIKELY) -> Relation:
    before, now = reach(earlier.mention), reach(later.mention)
    falls = before.low is not None and now.high is not None and now.high < before.low
    told = f"≥ {show(earlier.mention.value or 0)}"
    return relation("series.cumulative", later.mention, [earlier.mention], ["+"], told, not falls, confidence)


def _find(panel: Panel) -> Iterator[Relation]:
    yield from _cumulative(panel)
    yield from _alike(panel)


CHECKS = (AcrossCheck("series.cumulative", "a running total against an earlier one", _find),)
