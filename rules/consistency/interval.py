"""What a printed figure says: an interval, given by how it was written.

A count is a point. A figure that was rounded lies half a place around what is printed (closed), one that was
truncated (``餘``) lies within one place above it (half open), ``約`` within one place on either side, and a bare
bound (``至少``) leaves one side open. Sums and differences of intervals are intervals; two figures agree where theirs meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ...model import Mention


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between ``low`` and ``high``; ``None`` is no limit on that side."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> Interval:
        """The one number ``value``."""
        exact = Fraction(value)
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
        exact = Fraction(factor)
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
            self.low / other.high,
            self.high / other.low,
            self.low_open or other.high_open,
            self.high_open or other.low_open,
        )

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


def stated(mention: Mention) -> Interval:
    """The interval that a quantity states, by its last written place, its bound and its range."""
    if mention.value is None:
        return Interval(None, None)
    value = Fraction(mention.value)
    if mention.value_max is not None:
        return Interval(value, Fraction(mention.value_max))
    step = Fraction(mention.step) if mention.step is not None else Fraction(0)
    if mention.bound is not None:
        return _bounded(mention, value, step)
    if step == 1 or (step == 0 and value.denominator == 1):
        # A whole number down to its ones is a count, or money down to the dollar.
        return Interval(value, value)
    return Interval(value - step / 2, value + step / 2)


def exact(mention: Mention) -> Interval:
    """The printed number itself, for a norm (規定18%), which nobody rounded."""
    return Interval(None, None) if mention.value is None else Interval.point(mention.value)


def _bounded(mention: Mention, value: Fraction, step: Fraction) -> Interval:
    place = step or Fraction(1)
    if mention.bound == "about":
        return Interval(value - place, value + place)
    if mention.bound == "more_than":
        # 餘, 逾 cut the places behind; the next whole place would have been printed otherwise.
        return Interval(value, value + place, high_open=True)
    if mention.bound == "less_than":
        return Interval(value - place, value, high_open=True)
    if mention.bound == "at_least":
        return Interval(value, None)
    return Interval(None, value)
