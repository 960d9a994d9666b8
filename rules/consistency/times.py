"""Periods as first and last day, so that 108年, 108年1至12月 and 108年12月底 can be held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ...model import Fact, Period


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def is_year(self) -> bool:
        """A calendar year."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31) and (
            self.first.year == self.last.year
        )

    @property
    def half(self) -> int | None:
        """1 or 2 for a half of a calendar year."""
        if self.first.year != self.last.year or self.first.day != 1:
            return None
        months = (self.first.month, self.last.month, self.last.day)
        return {(1, 6, 30): 1, (7, 12, 31): 2}.get(months)

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: Time) -> bool:
        """Some day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def follows(self, other: Time) -> bool:
        """It begins right where the other ends, or before that."""
        return self.first <= other.last + timedelta(days=1)


def time_of(told: Period | str | None) -> Time | None:
    """The days of a time; ``None`` for one with an unknown part, or that runs backwards."""
    if not told:
        return None
    period = Period.parse(told) if isinstance(told, str) else told
    first, last = period.first, period.last
    vague = period.is_decade or any(each.day is not None and each.month is None for each in (period.start, period.end))
    if first is None or last is None or vague:
        return None
    return Time(first, last) if first <= last else None


def period_of(told: str | None) -> Period | None:
    """The time that an EDTF text tells, if it tells one."""
    try:
        return Period.parse(told or "")
    except ValueError:
        return None


def days_of(told: str | None) -> Time | None:
    """The days of a time whose ends are told to the day; ``None`` for one that is coarser, impossible, or runs backwards."""
    period = period_of(told)
    return time_of(period) if period is not None and period.start.grain == period.end.grain == "day" else None


def day_of(told: str | None) -> date | None:
    """The one day that is told; ``None`` for anything coarser or longer, and for a day that no calendar has."""
    days = days_of(told)
    return days.first if days is not None and days.first == days.last else None


def time_told(fact: Fact) -> Time | None:
    """The time that a figure speaks of, as its fact has it."""
    return time_of(fact.period)


_FAR = frozenset({"own", "own.end", "heading", "heading.end", "paragraph", "above", "below", "now"})
"""Ways of reading a period that do not rest on a date in the sentence itself."""


def is_dated(fact: Fact) -> bool:
    """The period of a figure rests on a date in its own sentence."""
    return fact.by("period") not in _FAR
