"""First and last day of a calendar value (EDTF), as ISO dates."""

from __future__ import annotations

import calendar
import re
from datetime import date

_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")


def first_day(edtf: str | None) -> str | None:
    """First day that an EDTF value covers: 2022-09/2023-02 begins on 2022-09-01; None where it is open or on no calendar."""
    return _day(edtf.split("/")[0], last=False) if edtf else None


def last_day(edtf: str | None) -> str | None:
    """Last day that an EDTF value covers: 2022-09/2023-02 ends on 2023-02-28; None where it is open or on no calendar."""
    return _day(edtf.split("/")[-1], last=True) if edtf else None


def _day(value: str, *, last: bool) -> str | None:
    match = _CALENDAR.fullmatch(value.rstrip("?~%"))
    if match is None:
        return None
    year, month, day = match[1], match[2], match[3]
    if month in (None, "XX"):
        month = "12" if last else "01"
    if day in (None, "XX"):
        day = f"{_length(int(year), int(month)):02}" if last else "01"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # 30 February: the period says so, but it is on no calendar
        return None


def _length(year: int, month: int) -> int:
    """Days of a month; an impossible month has 31."""
    return calendar.monthrange(year, month)[1] if year > 0 and 1 <= month <= 12 else 31
