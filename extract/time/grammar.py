"""How dates are written: the shapes of ``rules/dates.toml`` in one pattern, and the parts that they give.

Nothing here knows the context. Group names carry the values; the regex module lets alternatives share a name, so that
every shape fills the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from ...rules.dates import Shape, shapes
from ...rules.kept import compiled


@cache
def shapes_pattern() -> regex.Pattern[str]:
    """All shapes in one pattern; the one named group of each that is no part of it tells which one matched."""
    joined = "|".join(f"(?:{shape.pattern})(?P<shape{index}>)" for index, shape in enumerate(shapes()))
    return compiled(joined, regex.VERBOSE)


def shape_of(match: regex.Match[str]) -> Shape:
    """The shape that a match of ``shapes_pattern`` has."""
    for index, shape in enumerate(shapes()):
        if match.start(f"shape{index}") >= 0:
            return shape
    raise ValueError(match[0])


# --- what a date is made of ---------------------------------------------------------------------------------------

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
    bracketed: bool = False
    """本(98)年: relative, and its number in brackets."""


@dataclass(frozen=True, slots=True)
class Written:
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
        relative = self.same_month or self.day_offset is not None or self.month_offset is not None
        return self.day is not None and self.month is None and not relative

    @property
    def is_year(self) -> bool:
        """A year, and nothing finer."""
        finer = self.month is not None or self.day is not None or self.month_offset is not None or self.same_month
        return not finer and not self.part

    @property
    def is_this_year(self) -> bool:
        """本年, 今年, with or without what is finer."""
        return self.year is not None and (self.year.kind, self.year.value) == ("offset", 0)

    @property
    def months(self) -> Sequence[int]:
        """The months in which it lies, as far as it tells."""
        if self.month is not None:
            return (self.month,)
        if self.part.startswith("Q"):
            first, _, last = self.part[1:].partition("-")
            return range(3 * int(first) - 2, 3 * int(last or first) + 1)
        return {"H1": range(1, 7), "H2": range(7, 13), "begin": (1,), "end": (12,)}.get(self.part, ())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date mention: one point, or a range of two."""

    start: int
    end: int
    rule: str
    first: Written
    last: Written | None = None
    recurring: bool = False
    """It comes back every year, or is lunar: no day of the calendar."""

    @property
    def stated_year(self) -> int | None:
        """The year that its own number gives."""
        for written in (self.last, self.first):
            if written is not None and written.year is not None and written.year.kind == "absolute":
                return written.year.value
        return None
