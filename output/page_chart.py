"""Where the parts of a chart lie: axes that say where they begin, points in time at their distances, bounds as bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from ..notation import Both, thousands

WIDTH, HEIGHT = 340, 158
LEFT, RIGHT, TOP, BOTTOM = 52, 328, 24, 124
"""The field that the points lie in; the labels of the axes stand left of it and below."""
_STEPS = 3
"""About so many steps go up an axis."""
_YEARS = 5
"""At most so many years are written below the axis."""
_SCALES = {
    True: ((10**8, 10**8, "億"), (10**5, 10**4, "萬")),
    False: ((10**9, 10**9, "B"), (10**6, 10**6, "M"), (10**4, 10**3, "k")),
}
"""In Chinese and in English: from which value on an axis is labelled in which unit."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis with its label."""

    at: str
    label: Both


@dataclass(frozen=True, slots=True)
class Axes:
    """How values and days become places, with what is written at the axes."""

    low: Fraction
    high: Fraction
    first: int
    last: int
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    broken: bool
    """The axis of the values does not begin at zero, and zero is not on it."""
    zero: str | None
    """Where zero lies, if it lies within the field."""

    def y(self, value: Fraction) -> str:
        """The height of a value."""
        return _tenth(_scale(value, self.low, self.high, BOTTOM, TOP))

    def x(self, day: date) -> str:
        """The place of a day."""
        return _tenth(_scale(Fraction(day.toordinal()), Fraction(self.first), Fraction(self.last), LEFT + 8, RIGHT - 8))


def axes(values: Sequence[Fraction], days: Sequence[date]) -> Axes:
    """The axes for some values at some days.

    The axis of the values begins at zero unless all values lie so close together that nothing could be seen then: within the
    upper half of it. Then it is told to be broken.
    """
    low, high = min(values), max(values)
    broken = (low > 0 and low * 2 > high) or (high < 0 and high * 2 < low)
    if not broken:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    step = _step((high - low) or abs(high) or Fraction(1))
    low, high = Fraction(low // step) * step, -Fraction(-high // step) * step
    if low == high:
        high += step
    ticks = [low + step * number for number in range(int((high - low) / step) + 1)]
    first, last = min(days), max(days)
    made = Axes(low, high, first.toordinal(), last.toordinal(), (), (), broken, None)
    return Axes(
        low,
        high,
        made.first,
        made.last,
        tuple(Tick(made.y(value), _short(value, high)) for value in ticks),
        tuple(_years(made, first, last)),
        broken,
        made.y(Fraction(0)) if low < 0 < high else None,
    )


def _step(span: Fraction) -> Fraction:
    """A round step, 1, 2 or 5 times a power of ten, that goes a few times into a span."""
    rough = span / _STEPS
    power = Fraction(1)
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough)


def _short(value: Fraction, highest: Fraction) -> Both:
    """A round number in few characters: 12萬 and 120k."""
    return Both(_scaled(value, highest, chinese=True), _scaled(value, highest, chinese=False))


def _scaled(value: Fraction, highest: Fraction, *, chinese: bool) -> str:
    for least, unit, name in _SCALES[chinese]:
        if abs(highest) >= least:
            return _number(value / unit) + (name if value else "")
    return _number(value)


def _number(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN).normalize()
    return thousands(format(rounded, "f")).replace("-", "−")


def _years(made: Axes, first: date, last: date) -> Iterator[Tick]:
    """The turns of the years between the first and the last day, at most a few; else the days themselves."""
    years = list(range(first.year + 1, last.year + 1))
    every = -(-len(years) // _YEARS) if years else 1
    for year in years[:: max(every, 1)]:
        yield Tick(made.x(date(year, 1, 1)), Both(f"{year - 1911}年" if year > 1911 else str(year), str(year)))


def _scale(value: Fraction, low: Fraction, high: Fraction, start: int, end: int) -> Fraction:
    if low == high:
        return Fraction(start + end, 2)
    return start + (value - low) / (high - low) * (end - start)


def _tenth(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return format(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN), "f")
