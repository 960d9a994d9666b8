"""The calendar of reports: Minguo years, numbers as dates write them, stretches of a year."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Period
from ..numbers.numerals import integer

MINGUO_EPOCH = 1911
"""Minguo year 1 is 1912."""


def from_minguo(year: int) -> int:
    """The Gregorian year of a Minguo year; 0 and below count back from the republic (民國前1年 is 0)."""
    return year + MINGUO_EPOCH


def gregorian(number: int) -> int:
    """The Gregorian year that a written year means: four digits stand for themselves, fewer are Minguo."""
    return number if number >= 1000 else from_minguo(number)


def calendar_number(text: str) -> int:
    """Read a number as dates write it: ``108``, ``一百零八``, ``一○八``, ``廿七``, ``元``. Raises ``ValueError`` otherwise."""
    if text.isdecimal():
        return int(text)  # in digits of any script
    return 1 if text in ("元", "正") else integer(text)


def is_possible(period: Period) -> bool:
    """Whether the days of a time exist; one whose year is open may."""
    return period.is_open or (period.first is not None and period.last is not None)


def months(year: int | None, first: int, last: int) -> Period:
    """From one month of a year to another."""
    return Period.at(year, first).until(Period.at(year, last))


def half_year(year: int | None, half: int) -> Period:
    """The first or second half of a year."""
    return months(year, 6 * half - 5, 6 * half)


def quarters(year: int | None, first: int, last: int | None = None) -> Period:
    """A quarter, or the quarters from first to last."""
    return months(year, 3 * first - 2, 3 * (last or first))


def school_year(year: int, term: int | None = None) -> Period:
    """The school year that begins in August of ``year``, or one of its two terms."""
    start = Period.at(year + 1, 2) if term == 2 else Period.at(year, 8)
    return start.until(Period.at(year + 1, 1 if term == 1 else 7))


def whole_months(period: Period) -> Period | None:
    """A span of whole months, also where it is told by its first and last day."""
    first, last = period.first, period.last
    if not period.is_span or first is None or last is None or period.start.month is None or period.end.month is None:
        return None
    whole = Period.at(first.year, first.month).until(Period.at(last.year, last.month))
    return whole if (whole.first, whole.last) == (first, last) else None


def months_of(span: Period) -> int:
    """How many months a span has."""
    start, end = span.start, span.end
    return 12 * ((end.year or 0) - (start.year or 0)) + (end.month or 12) - (start.month or 1) + 1


def shifted(period: Period, years: int) -> Period:
    """The same stretch of the year, some years later (or earlier, where negative)."""
    start, end = (
        Period.at(None if point.year is None else point.year + years, point.month, point.day)
        for point in (period.start, period.end)
    )
    return start.until(end)


def year_inside(span: Period, wanted: Iterable[int]) -> int | None:
    """The year in which the first of the months that a span reaches just once lies."""
    first, last = span.start, span.end
    if first.year is None or last.year is None:
        return None
    start, end = (first.year, first.month or 1), (last.year, last.month or 12)
    for month in wanted:
        reached = [y for y in range(first.year, min(last.year, first.year + 200) + 1) if start <= (y, month) <= end]
        if len(reached) == 1:
            return reached[0]
    return None
