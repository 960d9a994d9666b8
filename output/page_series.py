"""Indicators that run through several reports: their values over time, drawn beforehand, with the outliers marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from ..model import Fact, Number
from ..notation import Both, thousands
from .page_figures import Figures, name, reading, when
from .passages import legible, printable
from .records import edtf, number
from .words import ROLES

WIDTH, HEIGHT = 320, 134
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 308, 24, 92
_ROLES = ("actual", "rate", "target")
_FAR = 5
"""How many times the usual distance from the middle makes an outlier."""
_FEWEST = 4
"""With fewer periods nothing can be called usual."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one period, with every place that tells it."""

    edtf: str
    period: Both
    value: str
    x: str
    y: str
    state: str
    outlier: bool
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
    line: str
    """The points of the line, one a period."""
    zero: str | None
    """Where zero lies, if the chart begins there."""
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
    groups: dict[tuple[str, str, str, str], list[_Told]] = {}
    for fact in figures.audit.facts:
        told = _told(fact)
        if told is not None and fact.mention.report in figures.order:
            key = (fact.indicator, fact.category or "", fact.mention.unit or "", fact.role)
            groups.setdefault(key, []).append(told)
    found = []
    for _, group in sorted(groups.items()):
        for agency, members in _by_agency(group):
            reports = {told.fact.mention.report for told in members}
            if len(reports) > 1 and len({told.day for told in members}) > 1:
                found.append(_series(figures, agency, members, len(reports)))
    return tuple(sorted(found, key=lambda one: (-one.reports, -len(one.points))))


def _told(fact: Fact) -> _Told | None:
    value, end = fact.mention.value, fact.period.last if fact.period else None
    if fact.role not in _ROLES or value is None or fact.mention.value_max is not None or end is None:
        return None
    return _Told(fact, end, value)


def _by_agency(group: Iterable[_Told]) -> Iterator[tuple[str, list[_Told]]]:
    """One series an agency; what names none belongs to the only one that is named."""
    by_agency: dict[str, list[_Told]] = {}
    for told in group:
        by_agency.setdefault(told.fact.agency or "", []).append(told)
    # A city and the one department that speaks for it here are one; so is nobody and the only one that is named.
    for agency in sorted(by_agency, reverse=True):
        longer = [other for other in by_agency if other != agency and other.startswith(agency)]
        if len(longer) == 1:
            by_agency[longer[0]] += by_agency.pop(agency)
    for agency, members in sorted(by_agency.items()):
        yield (
            printable(agency),
            sorted(members, key=lambda one: (one.day, edtf(one.fact.period) or "", Fraction(one.value))),
        )


def _series(figures: Figures, agency: str, members: list[_Told], reports: int) -> Series:
    merged: dict[tuple[str, Fraction], list[_Told]] = {}
    for told in members:
        merged.setdefault((edtf(told.fact.period) or "", Fraction(told.value)), []).append(told)
    values = [value for _, value in merged]
    low, high = min(values), max(values)
    from_zero = low >= 0 and low * 2 < high
    base = Fraction(0) if from_zero else low
    days = [told.day.toordinal() for told in members]
    strange = outliers(values)
    points: list[Point] = []
    for index, ((told_of, value), tellers) in enumerate(merged.items()):
        x = _scale(Fraction(tellers[0].day.toordinal()), Fraction(days[0]), Fraction(days[-1]), _LEFT, _RIGHT)
        y = _scale(value, base, high, _BOTTOM, _TOP)
        first, last = index == 0, index == len(merged) - 1
        states = {figures.state(told.fact.mention) for told in tellers}
        extreme = value in (low, high) and len(merged) < 9 and (first or value != values[index - 1])
        label = first or last or extreme or index in strange
        points.append(
            Point(
                printable(told_of),
                when(told_of),
                reading(tellers[0].fact.mention).zh,
                _tenth(x),
                _tenth(y),
                next((state for state in ("contradicted", "suspicious", "confirmed") if state in states), "untied"),
                index in strange,
                tuple(_source(figures, told) for told in tellers),
                thousands(number(tellers[0].value) or "") if label else "",
                "start" if x < _LEFT + 30 else "end" if x > _RIGHT - 30 else "middle",
                value == low and low != high,
            )
        )
    fact = members[0].fact
    unit = "" if fact.mention.unit == "ratio" else printable(fact.mention.unit or "")
    line = {point.x: point.y for point in points}
    return Series(
        name(fact),
        unit,
        agency,
        ROLES[fact.role],
        reports,
        tuple(points),
        " ".join(f"{x},{y}" for x, y in line.items()),
        _tenth(Fraction(_BOTTOM)) if from_zero else None,
        points[0].period,
        points[-1].period,
        len(strange),
    )


def outliers(values: list[Fraction]) -> frozenset[int]:
    """Which values lie far from the middle one, measured by how far the values usually do."""
    if len(values) < _FEWEST:
        return frozenset()
    middle = _median(values)
    usual = _median([abs(value - middle) for value in values])
    # Values that hardly move: half of the middle one is far.
    far = max(usual * _FAR, abs(middle) / 2)
    return frozenset(index for index, value in enumerate(values) if abs(value - middle) > far)


def _median(values: list[Fraction]) -> Fraction:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _source(figures: Figures, told: _Told) -> tuple[str, str, str | None]:
    mention = told.fact.mention
    return (printable(mention.report), legible(mention.text), figures.link(mention))


def _scale(value: Fraction, low: Fraction, high: Fraction, start: int, end: int) -> Fraction:
    if low == high:
        return Fraction(start + end, 2)
    return start + (value - low) / (high - low) * (end - start)


def _tenth(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return format(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN), "f")
