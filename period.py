"""Times as values: a year, a month, a day, a span of them. On the ground floor, without any import of ours."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Grain = Literal["day", "month", "year", "decade"]

_POINT = re.compile(r"(?P<year>-?\d{4}|XXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day, as finely as it is stated."""

    year: int | None
    """None where the year is open (``XXXX-06``)."""
    month: int | None = None
    """None too where only the day is known (``2021-XX-05``)."""
    day: int | None = None

    @property
    def edtf(self) -> str:
        """The point as EDTF."""
        year = "XXXX" if self.year is None else f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}"
        month = "" if self.month is None and self.day is None else "-XX" if self.month is None else f"-{self.month:02d}"
        return f"{year}{month}" if self.day is None else f"{year}{month}-{self.day:02d}"

    @property
    def grain(self) -> Grain:
        """How finely it is stated."""
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and last day; None where its year is open, or where the calendar has no such day."""
        return _days(self.year, self.month, self.day)


@lru_cache(maxsize=8192)
def _days(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    if year is None or not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:  # a day whose month is unknown lies somewhere in its year
        return date(year, 1, 1), date(year, 12, 31)
    length = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, length)
    return (date(year, month, day),) * 2 if 1 <= day <= length else None


@dataclass(frozen=True, slots=True)
class Period:
    """A time as it is stated: a day, a month, a year, a decade, or a span. One that no calendar has has no days."""

    start: Point
    end: Point
    """The same as ``start`` where the time is no span."""
    is_decade: bool = False

    @staticmethod
    @lru_cache(maxsize=8192)
    def parse(edtf: str) -> Period:
        """The time that an EDTF text tells; raises ``ValueError`` where it is none."""
        if re.fullmatch(r"\d{3}X", edtf):
            return Period(Point(int(edtf[:3]) * 10), Point(int(edtf[:3]) * 10 + 9), is_decade=True)
        start, mark, end = edtf.partition("/")
        first_point = _point(start)
        return Period(first_point, _point(end) if mark else first_point)

    @staticmethod
    def at(year: int | None, month: int | None = None, day: int | None = None) -> Period:
        """A year, a month or a day."""
        point = Point(year, month, day)
        return Period(point, point)

    def until(self, other: Period) -> Period:
        """From its own start to the end of another."""
        return Period(self.start, other.end)

    @property
    def edtf(self) -> str:
        """The time as EDTF: as finely as it is stated."""
        if self.is_decade:
            return f"{(self.start.year or 0) // 10}X"
        return f"{self.start.edtf}/{self.end.edtf}" if self.is_span else self.start.edtf

    @property
    def is_span(self) -> bool:
        """It is told by two ends."""
        return self.start != self.end and not self.is_decade

    @property
    def is_open(self) -> bool:
        """Its year is not known."""
        return self.start.year is None or self.end.year is None

    @property
    def grain(self) -> Grain:
        """How finely its start is stated: a span of months is told to the month."""
        return "decade" if self.is_decade else self.start.grain

    @property
    def first(self) -> date | None:
        """Its first day; None where the calendar has none."""
        days = self.start.days
        return days[0] if days else None

    @property
    def last(self) -> date | None:
        """Its last day; None where the calendar has none."""
        days = self.end.days
        return days[1] if days else None

    def __str__(self) -> str:
        return self.edtf


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"no calendar value: {text!r}")
    year, month, day = (int(part) if part and "X" not in part else None for part in match.groups())
    return Point(year, month, day)
