"""SERIES: figures that fall out of the course of their indicator; always a question, never a contradiction.

Ten times too much or too little; far off and close again with two digits swapped; left as it was where all around moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ....model import Relation
from .check import AcrossCheck
from .link import LIKELY, agree, link, relation
from .panel import Panel
from .points import Point, by_report

_STEADY = Fraction(2)
"""The neighbours differ by no more than this factor."""
_FEW = Fraction(105, 100)
_FAR = Fraction(130, 100)
_STANDS = re.compile(r"員額|編制|人口|[床席格座]位?$")
"""What seldom moves."""
_LEAST_DIGITS = 4
_LEAST_NUMBER = 50
"""Small numbers change tenfold of themselves."""
_MONTH = 32
_LEAST_AROUND = 2


def _courses(panel: Panel) -> Iterator[list[Point]]:
    """For each well-known indicator, its figures of equally long times, one a report, in the order of time."""
    for points in panel.keyed():
        if points[0].nature not in ("level", "flow"):
            continue
        spans: dict[int, list[Point]] = {}
        for point in points:
            if point.role == "actual" and point.time is not None and point.mention.bound is None:
                days = (point.time.last - point.time.first).days
                spans.setdefault(0 if days < _MONTH else days // 15, []).append(point)
        for told in spans.values():
            single = [group[0] for group in by_report(told).values() if all(agree(group[0], each) for each in group)]
            times = {point.time for point in single}
            if len(times) == len(single):
                yield sorted(single, key=lambda point: point.time.last if point.time else None)  # type: ignore[arg-type, return-value]


def _jumps(panel: Panel) -> Iterator[Relation]:
    for course in _courses(panel):
        for at in range(len(course)) if len(course) > 2 else ():
            around = _around(course, at)
            low, high = sorted(_number(point) for point in around)
            value = _number(course[at])
            if low < _LEAST_NUMBER or value <= 0 or high > low * _STEADY:
                continue
            if any(low / _STEADY < value * factor < high * _STEADY for factor in (Fraction(1, 10), Fraction(10))):
                yield _odd("series.power", course[at], around)
            elif high <= low * _FEW and _off(value, low, high) and _swapped(value, low, high):
                yield _odd("series.digits", course[at], around)


def _around(course: Sequence[Point], at: int) -> list[Point]:
    """The two nearest figures, one on each side where there is one."""
    if at == 0:
        return [course[1], course[2]]
    return [course[at - 1], course[at + 1]] if at + 1 < len(course) else [course[at - 2], course[at - 1]]


def _number(point: Point) -> Fraction:
    return Fraction(point.mention.value or 0)


def _off(value: Fraction, low: Fraction, high: Fraction) -> bool:
    return value > high * _FAR or value * _FAR < low


def _swapped(value: Fraction, low: Fraction, high: Fraction) -> bool:
    """With two neighbouring digits the other way round it lies where its neighbours lie."""
    digits = str(value) if value.denominator == 1 else ""
    for at in range(len(digits) - 1):
        other = Fraction(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        if low / _FEW <= other <= high * _FEW:
            return True
    return False


def _odd(rule: str, point: Point, around: Sequence[Point]) -> Relation:
    terms = [each.mention for each in around]
    found = relation(rule, point.mention, terms, ["+"] * len(terms), "", False, LIKELY)
    return replace(found, computed=" / ".join(each.text.replace("\n", "") for each in terms))


def _carried_over(panel: Panel) -> Iterator[Relation]:
    """The same long number as in the report before, in a paragraph whose other figures have all changed."""
    moved: dict[tuple[int, int, int], list[bool]] = {}
    kept: list[tuple[tuple[int, int, int], Point, Point]] = []
    for points in panel.keyed():
        told = [point for point in points if point.role == "actual" and point.time is not None]
        for earlier, later in pairwise([group[0] for group in by_report(told).values()]):
            if _STANDS.search(later.before) or earlier.time == later.time or link(earlier, later) is None:
                continue
            place = (earlier.report, later.report, later.mention.block)
            same = earlier.mention.value == later.mention.value
            moved.setdefault(place, []).append(not same)
            if same and len(str(later.mention.value).rstrip("0")) >= _LEAST_DIGITS:
                kept.append((place, earlier, later))
    for place, earlier, later in kept:
        others = moved[place]
        if len(others) > _LEAST_AROUND and others.count(False) == 1:
            yield _odd("series.unchanged", later, [earlier])


CHECKS = (
    AcrossCheck("series.power", "a figure ten times off the other periods, or with two digits swapped", _jumps),
    AcrossCheck("series.unchanged", "a figure left as it was where all around it moved", _carried_over),
)
