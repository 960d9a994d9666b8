"""What a date is made of as it is written: years, points, phrases; nothing here knows the context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["year", "school", "decade"]
YearKind = Literal["absolute", "offset", "same"]
"""A year by its number, counted from the report's year, or counted from the year just named."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it is written."""

    kind: YearKind
    value: int
    """The Gregorian year, or how many years to add."""
    unit: Unit = "year"


@dataclass(frozen=True, slots=True)
class Point:
    """One calendar expression in its parts; what is missing the context must give."""

    start: int
    end: int
    rule: str
    year: Year | None = None
    month: int | None = None
    day: int | None = None
    month_offset: int | None = None
    """Months from the month in which the report speaks (本月 0, 上月 -1)."""
    same_month: bool = False
    part: str = ""
    """A stretch of the year: H1 H2, Q2, Q1-3, T1 T2 (school terms), end, begin, same_period, own_period, last_period."""
    day_offset: int | None = None
    """今(5)日 0, 昨(4)日 -1, 明(6)日 1."""

    @property
    def is_bare_day(self) -> bool:
        """Nothing but the number of a day."""
        return self.day is not None and self.month is None and not self.same_month and self.day_offset is None and self.month_offset is None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date mention: one point, or a range of two."""

    start: int
    end: int
    rule: str
    first: Point
    last: Point | None = None
    recurring: bool = False
    """It comes back every year, or is lunar: no day of the calendar."""
