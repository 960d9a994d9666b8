"""Arithmetic of days: EDTF strings as first and last day, calendar days, working days and weeks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")


def day_of(edtf: str) -> date | None:
    """The day that an EDTF string names; ``None`` for anything coarser and for a day that does not exist."""
    match = _DAY.fullmatch(edtf)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_impossible(edtf: str) -> bool:
    """One end of the expression names a day that no calendar has."""
    return any(_DAY.fullmatch(end) is not None and day_of(end) is None for end in edtf.split("/"))


@dataclass(frozen=True, slots=True)
class Span:
    """A range between two days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Calendar days."""
        return (self.last - self.first).days + 1

    @property
    def working_days(self) -> int:
        """Days from Monday to Friday; public holidays are not known here."""
        return sum((self.first + timedelta(days=each)).weekday() < 5 for each in range(min(self.days, 3700)))

    @property
    def weeks(self) -> int:
        """How many weekly sessions it holds, the first on its first day."""
        return (self.days - 1) // 7 + 1


def span_of(edtf: str) -> Span | None:
    """The days of a range, or of a single day; ``None`` where an end is no day or the range runs backwards."""
    ends = [day_of(end) for end in edtf.split("/")]
    first, last = ends[0], ends[-1]
    return Span(first, last) if first is not None and last is not None and first <= last else None


def months_of(edtf: str) -> int | None:
    """How many months a range between two months holds, both included."""
    ends = [_MONTH.fullmatch(end) for end in edtf.split("/")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return (int(ends[1][1]) - int(ends[0][1])) * 12 + int(ends[1][2]) - int(ends[0][2]) + 1


def years_of(edtf: str) -> int | None:
    """How many years a range between two years holds, both included."""
    ends = [_YEAR.fullmatch(end) for end in edtf.split("/")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return int(ends[1][1]) - int(ends[0][1]) + 1
