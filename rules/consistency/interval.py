"""What a printed figure says: an interval, given by how it was written. Nothing else reads a bound.

A count is a point. A figure in a larger place (3萬, 27.8%) was rounded, and lies half a place around what is printed
(closed), or it was cut off, and lies within one place above it (half open). Words reach as far as the last digit that
is no zero: 逾3,000 and 3,000餘 are less than 4,000, 不到100 is more than nothing, 約1,250 lies between 1,245 and 1,255.
A bare bound (至少, 以上, 至多, 以下) leaves one side open. Sums, differences, products and quotients of intervals are
intervals; two figures agree where theirs meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from ...model import Bound, Mention
from .numbers import Exact, divided, magnitude, number

Manner = Literal["round", "truncate"]
"""How the author of a report makes a long number short; he keeps to one of them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between ``low`` and ``high``; ``None`` is no limit on that side."""

    low: Exact | None
    high: Exact | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> Interval:
        """The one number ``value``."""
        exact = number(value)
        return cls(exact, exact)

    @property
    def bounded(self) -> bool:
        """Both sides have a limit."""
        return self.low is not None and self.high is not None

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __neg__(self) -> Interval:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def scaled(self, factor: Decimal | Fraction | int) -> Interval:
        """The interval times a number that is not negative."""
        exact = number(factor)
        if exact == 1:
            return self
        if exact < 0:
            raise ValueError("the factor must not be negative")
        low = None if self.low is None else self.low * exact
        high = None if self.high is None else self.high * exact
        return Interval(low, high, self.low_open, self.high_open)

    def divided_by(self, other: Interval) -> Interval | None:
        """The quotients, where both are bounded, this one is not negative and the other is positive."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return None
        if self.low < 0 or other.low <= 0:
            return None
        return Interval(
            divided(self.low, other.high),
            divided(self.high, other.low),
            self.low_open or other.high_open,
            self.high_open or other.low_open,
        )

    def times(self, other: Interval) -> Interval:
        """The products, where neither is negative."""
        low = None if self.low is None or other.low is None else self.low * other.low
        high = None if self.high is None or other.high is None else self.high * other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def meets(self, other: Interval) -> bool:
        """Some number lies in both."""
        return _reaches(self, other) and _reaches(other, self)

    def __contains__(self, value: Decimal | Fraction | int) -> bool:
        return self.meets(Interval.point(value))


def _reaches(first: Interval, second: Interval) -> bool:
    """The low end of ``first`` does not lie above the high end of ``second``."""
    if first.low is None or second.high is None:
        return True
    if first.low == second.high:
        return not (first.low_open or second.high_open)
    return first.low < second.high


def stated(mention: Mention, manner: Manner = "round") -> Interval:
    """The interval that a quantity states, by its last written place, its bound and its range."""
    return _stated(mention.value, mention.value_max, mention.step, mention.bound, manner)


@lru_cache(maxsize=1 << 14)
def _stated(
    told: Decimal | Fraction | None,
    most: Decimal | Fraction | None,
    place: Decimal | None,
    bound: Bound | None,
    manner: Manner,
) -> Interval:
    if told is None:
        return Interval(None, None)
    value = number(told)
    if most is not None:
        return Interval(value, number(most))
    step = number(place or 0)
    if bound is not None:
        return _bounded(bound, value, step or 1, _grain(told, place))
    if step == 1 or (step == 0 and value.denominator == 1):
        # A whole number down to its ones is a count, or money down to the dollar.
        return Interval(value, value)
    if manner == "round":
        return Interval(value - divided(step, 2), value + divided(step, 2))
    return Interval(value, value + step, high_open=True) if value >= 0 else Interval(value - step, value, low_open=True)


def printed(mention: Mention, step: Exact) -> Interval:
    """What a rate printed to the place ``step`` may stand for, whether it was rounded or cut off; its sign aside."""
    value = magnitude(number(mention.value or 0))
    if mention.bound == "about":
        reach = max(step, divided(grain(mention), 2))
        return Interval(value - reach, value + reach)
    if mention.bound in ("more_than", "at_least"):
        return Interval(value, value + grain(mention) if mention.bound == "more_than" else None)
    if mention.bound in ("less_than", "at_most"):
        return Interval(value - grain(mention) if mention.bound == "less_than" else None, value)
    return Interval(value - divided(step, 2), value + step, high_open=True)


def exact(mention: Mention) -> Interval:
    """The printed number itself, for a norm (規定18%), which nobody rounded."""
    return Interval(None, None) if mention.value is None else Interval.point(mention.value)


def grain(mention: Mention) -> Exact:
    """The place of the last digit that is no zero: 1,000 of 3,000, a million of 4,500萬."""
    return _grain(mention.value, mention.step)


@lru_cache(maxsize=1 << 14)
def _grain(value: Decimal | Fraction | None, step: Decimal | None) -> Exact:
    place = number(step or 1)
    digits = divided(magnitude(number(value or 0)), place)
    while digits and digits % 10 == 0:
        digits, place = divided(digits, 10), place * 10
    return place


def _bounded(bound: Bound, value: Exact, step: Exact, place: Exact) -> Interval:
    if bound == "about":
        reach = max(divided(place, 2), step)
        return Interval(value - reach, value + reach)
    if bound == "more_than":
        # 餘, 逾 cut the places behind; the next round number would have been printed otherwise.
        return Interval(value, value + place, high_open=True)
    if bound == "less_than":
        return Interval(value - place, value, high_open=True)
    if bound == "at_least":
        return Interval(value, None)
    return Interval(None, value)
