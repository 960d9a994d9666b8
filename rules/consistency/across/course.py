"""SERIES: figures that fall out of the course of their indicator; always a question, never a contradiction.

Ten times too much or too little; far off and close again with two digits swapped; left as it was where all around moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ....model import Relation
from ..error_model import written
from .check import AcrossCheck
from .link import LIKELY, agree, relation, same_unit
from .matches import FIRM, matches
from .panel import Panel
from .points import GROWS, Point

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
_BASES = 2
"""A report was edited from the last one or from that of a year ago; what two later ones tell in its place, none was left from."""


def _courses(panel: Panel, later: int) -> Iterator[list[Point]]:
    """For each well-known indicator, its figures of equally long times, one a report, in the order of time."""
    reports = {later, *panel.before.get(later, ())}
    for key in dict.fromkeys(point.key for point in panel.of_report.get(later, ()) if point.registered):
        points = [each for each in panel.by_key.get(key, ()) if each.report in reports]
        if not points or points[0].nature not in ("level", "flow"):
            continue
        spans: dict[int, list[Point]] = {}
        for point in points:
            if point.role == "actual" and point.time is not None and point.mention.bound is None:
                days = (point.time.last - point.time.first).days
                spans.setdefault(0 if days < _MONTH else days // 15, []).append(point)
        for told in spans.values():
            single = [group[0] for group in _by_report(told).values() if all(agree(group[0], each) for each in group)]
            times = {point.time for point in single}
            if len(times) == len(single):
                yield sorted(single, key=lambda point: point.time.last if point.time else None)  # type: ignore[arg-type, return-value]


def _jumps(panel: Panel, later: int) -> Iterator[Relation]:
    for course in _courses(panel, later):
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


def _by_report(points: Sequence[Point]) -> dict[int, list[Point]]:
    found: dict[int, list[Point]] = {}
    for point in points:
        found.setdefault(point.report, []).append(point)
    return found


def _places(panel: Panel, later: int) -> Iterator[tuple[int, dict[int, list[tuple[Point, Point]]]]]:
    """For each earlier report, by passage, what counts and stood in the same words in both."""
    for earlier in panel.before.get(later, ()):
        passages: dict[int, list[tuple[Point, Point]]] = {}
        for match in matches(panel, earlier, later):
            first, second = match.earlier, match.later
            if (
                match.by == "place"
                and not panel.is_cell(second)
                and match.likeness >= FIRM
                and same_unit(first, second)
                and first.role == second.role
            ):
                passages.setdefault(second.mention.block, []).append((first, second))
        yield earlier, passages


def _odd_places(panel: Panel, later: int) -> Iterator[Relation]:
    """What is ten times what stood in its place; what was left as it was where all around it moved; and passages that are
    told as of another day in which nothing has moved."""
    told: set[int] = set()
    passed: Counter[int] = Counter()
    for _, passages in _places(panel, later):
        for pairs in passages.values():
            for relation_ in (*_tenfold(pairs), *_left(pairs), *_unmoved(pairs)):
                start = relation_.result.start
                if start not in told and passed[start] < _BASES:
                    told.add(start)
                    yield relation_
        passed.update(second.mention.start for pairs in passages.values() for _, second in pairs)


def _tenfold(pairs: Sequence[tuple[Point, Point]]) -> Iterator[Relation]:
    """The same digits, ten times as much or as little."""
    for first, second in pairs:
        one, other = _number(first), _number(second)
        telling = len(str(abs(int(one))).rstrip("0")) > 1 and first.mention.bound is None is second.mention.bound
        # A change may be ten times the last one; hardly so where all that stands beside it has stayed.
        moves = first.role == "delta" and _stayed(pairs) < _PEERS
        if first.measures != "percent" and telling and not moves and one > 0 and other / one in (10, Fraction(1, 10)):
            yield _odd("series.power", second, [first])


def _stayed(pairs: Sequence[tuple[Point, Point]]) -> int:
    return sum(one.mention.value == other.mention.value for one, other in pairs)


_PEERS = 2


def _left(pairs: Sequence[tuple[Point, Point]]) -> Iterator[Relation]:
    """The same long number as in the report before, of another time, where all other figures of the sentence changed."""
    sentences: dict[int, list[tuple[Point, Point]]] = {}
    for first, second in pairs:
        if first.role == "actual" and first.time is not None and first.time != second.time:
            sentences.setdefault(second.paragraph.count("。", 0, second.mention.block_start), []).append(
                (first, second)
            )
    for counted in sentences.values():
        kept = [(one, other) for one, other in counted if one.mention.value == other.mention.value]
        if len(counted) <= _LEAST_AROUND or len(kept) != 1 or not _of_other_times(*kept[0]):
            continue
        ((earlier, later),) = kept
        if not _STANDS.search(later.before) and len(written(later.mention).rstrip("0")) >= _LEAST_DIGITS:
            yield _odd("series.unchanged", later, [earlier])


def _unmoved(pairs: Sequence[tuple[Point, Point]]) -> Iterator[Relation]:
    """Not one count of a passage has moved, though it is told as of another day."""
    counted = [pair for pair in pairs if pair[0].measures in GROWS and pair[0].role == "actual"]
    moving = [pair for pair in counted if _of_other_times(*pair)]
    if len(moving) > _LEAST_AROUND and all(one.mention.value == other.mention.value for one, other in counted):
        longest = max(moving, key=lambda pair: pair[1].mention.value or 0)
        if len(written(longest[1].mention)) >= _LEAST_DIGITS:
            yield _odd("series.unchanged", longest[1], [longest[0]])


def _of_other_times(first: Point, second: Point) -> bool:
    """Their own sentences say that they are as of two days."""
    if first.time is None or second.time is None or not (first.explicit and second.explicit):
        return False
    return first.time.last < second.time.last


CHECKS = (
    AcrossCheck("series.power", "a figure ten times off the other periods, or with two digits swapped", _jumps),
    AcrossCheck("series.unchanged", "figures left as they were, or ten times what stood in their place", _odd_places),
)
