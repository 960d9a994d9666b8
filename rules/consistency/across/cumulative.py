"""CUMULATIVE: a running total does not fall. Stocks may; so the words must say that it is one, or where it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ....model import Relation
from ..relation import show
from .check import AcrossCheck
from .link import LIKELY, SURE, alike, reach, relation
from .panel import Panel
from .points import Point

_LIKE = 0.3
"""How alike two running totals must be told to be one."""
_RUNNING = re.compile(
    r"累計|累積|歷年|開辦以來|啟用以來|成立以來|創辦以來|自.{1,20}(?:起|啟用|開辦|成立|創立|開站|推動|以降)"
)
_OF_THE_PERIOD = re.compile(r"本期|本年|今年|當年|全年|上半年|下半年")
_NEAR = 12
_ADDS_UP = frozenset({"people", "attendances", "sessions", "items", "money", "time"})


def _cumulative(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        running = [point for point in points if _is_running(point)]
        running.sort(key=lambda point: (point.time.last if point.time else None, point.report))
        for earlier, later in pairwise(running):
            if earlier.report == later.report or not _one_count(earlier, later):
                continue
            before, now = reach(earlier.mention), reach(later.mention)
            falls = before.low is not None and now.high is not None and now.high < before.low
            both_begin = earlier.time and later.time and earlier.time.first == later.time.first
            yield relation(
                "series.cumulative",
                later.mention,
                [earlier.mention],
                ["+"],
                f"≥ {show(earlier.mention.value or 0)}",
                not falls,
                SURE if both_begin else LIKELY,
            )


def _is_running(point: Point) -> bool:
    if point.role != "actual" or point.time is None or point.key.kind not in _ADDS_UP:
        return False
    ahead = point.sentence.split(point.mention.text)[0]
    return _RUNNING.search(ahead) is not None and _OF_THE_PERIOD.search(ahead[-_NEAR:]) is None


def _one_count(earlier: Point, later: Point) -> bool:
    """The same thing counted from the same day on, as of two days."""
    known = (earlier.registered and later.registered) or alike(earlier, later)
    return known and _one_begin(earlier, later)


def _one_begin(earlier: Point, later: Point) -> bool:
    """Both count from one day on, or tell none."""
    if earlier.time is None or later.time is None or earlier.time.last >= later.time.last:
        return False
    begin, begin_later = earlier.time.first, later.time.first
    single = (begin.year, begin.month) == (earlier.time.last.year, earlier.time.last.month)
    single_later = (begin_later.year, begin_later.month) == (later.time.last.year, later.time.last.month)
    return begin == begin_later or (single and single_later)


def _alike(panel: Panel) -> Iterator[Relation]:
    """Running totals that are known by the words around them."""
    likeness = panel.likeness
    for later in panel.points:
        if not _is_running(later):
            continue
        before = [
            point for point in panel.of_kind(later.key.kind)
            if point.report < later.report and _is_running(point) and likeness.of(later, point) >= _LIKE
        ]  # fmt: skip
        earlier = max(before, key=lambda point: (point.report, likeness.of(later, point)), default=None)
        if earlier is None or likeness.rank(later, earlier, 1) + likeness.rank(earlier, later, 1) > 1:
            continue
        if not _one_begin(earlier, later):
            continue
        before_reach, now = reach(earlier.mention), reach(later.mention)
        falls = before_reach.low is not None and now.high is not None and now.high < before_reach.low
        computed = f"≥ {show(earlier.mention.value or 0)}"
        yield relation("series.cumulative", later.mention, [earlier.mention], ["+"], computed, not falls, LIKELY)


def _find(panel: Panel) -> Iterator[Relation]:
    yield from _cumulative(panel)
    yield from _alike(panel)


CHECKS = (AcrossCheck("series.cumulative", "a running total against an earlier one", _find),)
