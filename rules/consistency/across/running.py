"""CUMULATIVE: a running total does not fall. Stocks may; so the words must say that it is one, or where it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ....model import Relation
from ..cues import cue, says
from ..times import Time
from .link import LIKELY, SURE, never_less
from .matches import Match
from .norms import is_norm
from .panel import Panel
from .points import GROWS, Point

_MOST = 10
"""A total that is so many times another one has another start."""
_CLAUSE = re.compile(r"[。;]")
_NEAR = 12


def falls_of(panel: Panel, match: Match) -> Iterator[Relation]:
    """That a running total has not fallen; that it has, only where both are plainly running totals.

    What fell alone while the other totals of its clause rose is sure to run; where others fell as well, and no day is told up
    to which they run, each period has its own.
    """
    earlier, later = match.earlier, match.later
    if not (is_running(earlier) and is_running(later) and _may_be_one(earlier, later)):
        return
    grown = never_less("series.cumulative", earlier, later, SURE if is_begun(earlier) and is_begun(later) else LIKELY)
    if grown.holds:
        yield grown
    elif _is_plain(earlier) and _is_plain(later) and not _turned(earlier, later):
        moves = [value - was for was, value in _beside(panel, match)]
        others_fell = any(move < 0 for move in moves)
        if not others_fell and any(move > 0 for move in moves):
            yield replace(grown, confidence=SURE)
        elif not others_fell or says("running.dated", later.ahead):
            yield grown


def _beside(panel: Panel, match: Match) -> Iterator[tuple[Fraction, Fraction]]:
    """What the other running totals of its clause were and are."""
    later, text = match.later, match.later.paragraph
    for each in panel.in_block(later.report, later.mention.block):
        between = sorted((each.mention.block_start, later.mention.block_start))
        if each is later or _CLAUSE.search(text, *between) or not says("running", each.ahead):
            continue
        partner, _ = panel.partner(each, match.earlier.report)
        if partner is not None:
            yield Fraction(partner.mention.value or 0), Fraction(each.mention.value or 0)


def is_begun(point: Point) -> bool:
    """Its sentence tells the day or event that it is counted from; or a span of time, and that it runs through it."""
    spans = point.explicit and point.time is not None and not _is_single(point.time)
    if spans and _is_plain(point):
        return True
    return says("running.begun", point.paragraph[: point.mention.block_start].rpartition("。")[2])


def is_running(point: Point) -> bool:
    """Its words say that it is a total that runs."""
    if point.role not in ("actual", "target") or point.measures not in GROWS or is_norm(point):
        return False
    running = list(cue("running").pattern.finditer(point.ahead))
    return bool(running) and not says("running.of-period", point.ahead[running[-1].end() :][-_NEAR:])


def _is_plain(point: Point) -> bool:
    """Its own words say that it runs, and no other figure stands between."""
    told = list(cue("running.plain").pattern.finditer(point.ahead))
    return bool(told) and not says("running.other", point.ahead[told[-1].end() :])


def _may_be_one(earlier: Point, later: Point) -> bool:
    """Nothing says that they count from two days on, or one in a year; and it has not grown out of all measure."""
    times = [point.time for point in (earlier, later) if point.time is not None]
    if any(time.is_year and other.last.year != time.last.year for time in times for other in times):
        return False
    spans = [time for time in times if not _is_single(time)]
    if len(spans) == 2 and spans[0].first != spans[1].first and all(point.explicit for point in (earlier, later)):
        return False
    size, size_later = (float(point.mention.value or 0) for point in (earlier, later))
    return size > 0 and 1 / _MOST < size_later / size < _MOST


def _is_single(time: Time) -> bool:
    """A day or a month."""
    return (time.first.year, time.first.month) == (time.last.year, time.last.month)


def _turned(earlier: Point, later: Point) -> bool:
    """A plan of January may quote the October before, which the report of the year has left behind."""
    return earlier.time is not None and later.time is not None and later.time.last < earlier.time.last
