"""Indicators that run through several reports: their values over time, drawn beforehand, with the outliers marked.

Which facts are one indicator is for ``chains`` to say; here they become points and lines. A line joins values of times of
one length alone, for half a year and a year are no two points of one course.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..model import Alignment, Extraction, Fact, Number
from ..notation import Both, thousands
from .chains import chains
from .page_chart import BOTTOM, LEFT, RIGHT, Axes, axes
from .page_chart import HEIGHT as HEIGHT
from .page_chart import WIDTH as WIDTH
from .page_figures import Figures, name, reading, when
from .passages import legible, printable
from .records import edtf, number
from .words import BOUNDS, ROLES

_ROLES = ("actual", "rate", "target")
_FAR = 5
"""How many times the usual distance from the middle makes an outlier."""
_FEWEST = 4
"""With fewer periods nothing can be called usual."""
_LABELLED = 9
"""With as many values, only the first, the last and the outliers are written into the chart."""
_ROOM = 16
"""What a label below a point takes."""
_MONTH = 30.4
_AHEAD = ("plan", "forecast")
_DIRECTIONS = {"at_least": "up", "more_than": "up", "at_most": "down", "less_than": "down", "about": "about"}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one period, with every place that tells it."""

    edtf: str
    period: Both
    value: Both
    x: str
    y: str
    state: str
    outlier: bool
    bound: str
    """up, down or about, where the text bounds the value: what it tells is then no point."""
    ahead: bool
    """A plan or a forecast."""
    sources: tuple[tuple[str, str, str | None], ...]
    """Report, characters and link of each."""
    label: str
    """Value written into the chart, if there is room for it."""
    side: str
    """Where the label is anchored."""
    below: bool
    """The lowest value is written below its point, where no line runs."""


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator over time."""

    name: str
    unit: str
    agency: str
    role: Both
    reports: int
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    """The points of each line."""
    mixed: bool
    """Values of times of several lengths, which no line joins."""
    axes: Axes
    first: Both
    last: Both
    outliers: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact with the day on which its period ends."""

    fact: Fact
    day: date
    value: Number


def series(figures: Figures) -> tuple[Series, ...]:
    """Every indicator that at least two reports follow over at least two periods; the longest first."""
    found = [drawn(figures, facts) for facts in followed(figures.audit.extractions, figures.audit.alignments)]
    return tuple(sorted(found, key=lambda one: (-one.reports, -len(one.points), one.name, one.unit)))


def followed(extractions: Sequence[Extraction], alignments: Iterable[Alignment]) -> Iterator[tuple[Fact, ...]]:
    """The facts of each indicator that at least two reports follow over at least two periods, in time."""
    for facts in chains(extractions, alignments):
        members = [told for fact in facts if (told := _told(fact)) is not None]
        reports = {told.fact.mention.report for told in members}
        if len(reports) > 1 and len({told.day for told in members}) > 1:
            yield tuple(told.fact for told in sorted(members, key=_in_time))


def drawn(figures: Figures, facts: Iterable[Fact]) -> Series:
    """One of them as it is shown."""
    members = [told for fact in facts if (told := _told(fact)) is not None]
    return _series(figures, members, len({told.fact.mention.report for told in members}))


def _told(fact: Fact) -> _Told | None:
    value, end = fact.mention.value, fact.period.last if fact.period else None
    if fact.role not in _ROLES or value is None or fact.mention.value_max is not None or end is None:
        return None
    return _Told(fact, end, value)


def _in_time(told: _Told) -> tuple[date, str, Fraction, str, int]:
    mention = told.fact.mention
    return (told.day, edtf(told.fact.period) or "", Fraction(told.value), mention.report, mention.start)


def _series(figures: Figures, members: list[_Told], reports: int) -> Series:
    merged: dict[tuple[str, Fraction, str], list[_Told]] = {}
    for told in members:
        key = (edtf(told.fact.period) or "", Fraction(told.value), told.fact.mention.bound or "")
        merged.setdefault(key, []).append(told)
    values = [value for _, value, _ in merged]
    low, high = min(values), max(values)
    field = axes(values, [told.day for told in members])
    strange = outliers(values)
    points: list[Point] = []
    lines: dict[tuple[str, bool], dict[str, str]] = {}
    for index, ((told_of, value, bound), tellers) in enumerate(merged.items()):
        fact = tellers[0].fact
        x, y = field.x(tellers[0].day), field.y(value)
        first, last = index == 0, index == len(merged) - 1
        states = {figures.state(told.fact.mention) for told in tellers}
        extreme = value in (low, high) and len(merged) < _LABELLED and (first or value != values[index - 1])
        label = first or last or extreme or index in strange
        ahead = fact.state in _AHEAD or fact.role == "target"
        if not bound:
            lines.setdefault((_length(fact), ahead), {})[x] = y
        points.append(
            Point(
                printable(told_of),
                when(told_of),
                _with_bound(fact),
                x,
                y,
                next((state for state in ("contradicted", "suspicious", "confirmed") if state in states), "untied"),
                index in strange,
                _DIRECTIONS.get(bound, ""),
                ahead,
                tuple(_source(figures, told) for told in tellers),
                thousands(number(tellers[0].value) or "") if label else "",
                "start" if float(x) < LEFT + 34 else "end" if float(x) > RIGHT - 34 else "middle",
                value == low and low != high and float(y) < BOTTOM - _ROOM,
            )
        )
    named = members[-1].fact
    agency = next((told.fact.agency for told in reversed(members) if told.fact.agency), None)
    unit = "" if named.mention.unit == "ratio" else printable(named.mention.unit or "")
    return Series(
        name(named),
        unit,
        printable(agency or ""),
        ROLES[named.role],
        reports,
        tuple(points),
        tuple(" ".join(f"{x},{y}" for x, y in line.items()) for line in lines.values() if len(line) > 1),
        len({length for length, _ in lines}) > 1,
        field,
        points[0].period,
        points[-1].period,
        len(strange),
    )


def _length(fact: Fact) -> str:
    """What a value spans: a moment, or so many months; values of one span alone can be joined."""
    if fact.state == "level" or fact.period is None or fact.period.first is None or fact.period.last is None:
        return "moment"
    days = (fact.period.last - fact.period.first).days
    return "moment" if days == 0 else f"{round(days / _MONTH)} months"


def _with_bound(fact: Fact) -> Both:
    """A value with what bounds it: 逾3,000人."""
    value, bound = reading(fact.mention), fact.mention.bound
    return Both(BOUNDS[bound].zh + value.zh, f"{BOUNDS[bound].en} {value.en}") if bound else value


def outliers(values: list[Fraction]) -> frozenset[int]:
    """Which values lie far from the middle one, measured by how far the values usually do."""
    if len(values) < _FEWEST:
        return frozenset()
    middle = _median(values)
    usual = _median([abs(value - middle) for value in values])
    # Values that hardly move: half of the middle one is far.
    far = max(usual * _FAR, abs(middle) / 2)
    return frozenset(index for index, value in enumerate(values) if abs(value - middle) > far)


def _median(values: Iterable[Fraction]) -> Fraction:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _source(figures: Figures, told: _Told) -> tuple[str, str, str | None]:
    mention = told.fact.mention
    return (printable(mention.report), legible(mention.text), figures.link(mention))
