"""The calendar: Minguo years, numbers as dates write them, and EDTF values with their first and last day.

An EDTF value is here one of ``2019``, ``2019-10``, ``2019-10-01``, ``2021-XX-05`` (month unknown), ``199X`` (a decade)
or an interval ``first/last`` of the first three. A value may be impossible (``2019-02-30``): it is kept as written,
and has no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MINGUO_EPOCH = 1911
"""Minguo year 1 is 1912."""

_DIGITS = {char: value for value, chars in enumerate(("〇○零0", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for char in chars}  # fmt: skip
_TENS = {"十": 10, "廿": 20, "卅": 30, "卌": 40}


def from_minguo(year: int) -> int:
    """The Gregorian year of a Minguo year; 0 and below count back from the republic (民國前1年 is 0)."""
    return year + MINGUO_EPOCH


def to_minguo(year: int) -> int:
    """The Minguo year of a Gregorian year."""
    return year - MINGUO_EPOCH


def gregorian(number: int) -> int:
    """The Gregorian year that a written year means: four digits stand for themselves, fewer are Minguo."""
    return number if number >= 1000 else from_minguo(number)


def calendar_number(text: str) -> int:
    """Read a number as dates write it: ``108``, ``一百零八``, ``一○八``, ``廿七``, ``卅``, ``二千零八``, ``元``.

    Raises ``ValueError`` where the text is none.
    """
    if text.isdecimal():
        return int(text)
    if text in ("元", "正"):
        return 1
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _by_powers(text)


def _by_powers(text: str) -> int:
    total, digit = 0, -1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            # 二十 multiplies, 十 alone and 一百十 count one ten; 廿 and 卅 are tens already.
            total += _TENS[char] * (max(digit, 0) or 1 if char == "十" else 1)
            digit = -1
        elif char in "百千":
            total += (digit if digit > 0 else 1) * (100 if char == "百" else 1000)
            digit = -1
        else:
            raise ValueError(f"no number: {text!r}")
    if not text:
        raise ValueError("no number: ''")
    return total + max(digit, 0)


def edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    """Write a year, month or day as EDTF; a day without a month gets ``XX`` for it."""
    text = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    if month is not None:
        text += f"-{month:02d}"
    elif day is not None:
        text += "-XX"
    return text if day is None else f"{text}-{day:02d}"


def interval(first: str, last: str) -> str:
    """The EDTF interval between two values; of intervals, the outer ends."""
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"


_VALUE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}))?)?")
_DECADE = re.compile(r"(?P<decade>\d{3})X")


@dataclass(frozen=True, slots=True)
class Value:
    """A single EDTF value in its parts."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """The value as EDTF."""
        return edtf(self.year, self.month, self.day)


def parse(text: str) -> tuple[Value, Value]:
    """The first and the last value of an EDTF text; they are the same where it is no interval."""
    if decade := _DECADE.fullmatch(text):
        start = int(decade["decade"]) * 10
        return Value(start), Value(start + 9)
    first, mark, last = text.partition("/")
    return _parse_value(first), _parse_value(last if mark else first)


def _parse_value(text: str) -> Value:
    match = _VALUE.fullmatch(text)
    if match is None:
        raise ValueError(f"no calendar value: {text!r}")
    month, day = match["month"], match["day"]
    return Value(
        int(match["year"]), int(month) if month and month != "XX" else None, int(day) if day is not None else None
    )


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def is_possible(text: str) -> bool:
    """Whether the days of an EDTF value exist. An interval that runs backwards is possible: its ends exist."""
    return all(_days(value) is not None for value in parse(text))


def _days(value: Value) -> tuple[date, date] | None:
    year, month, day = value.year, value.month, value.day
    if not 1 <= year <= 9999:
        return None
    if month is None:
        # A day whose month is unknown lies somewhere in its year.
        return (date(year, 1, 1), date(year, 12, 31)) if day is None or 1 <= day <= 31 else None
    if not 1 <= month <= 12:
        return None
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return (date(year, month, day),) * 2 if is_day(year, month, day) else None


def first_day(text: str) -> date | None:
    """The first day of an EDTF value; None where the calendar has no such day."""
    days = _days(parse(text)[0])
    return days[0] if days else None


def last_day(text: str) -> date | None:
    """The last day of an EDTF value; None where the calendar has no such day."""
    days = _days(parse(text)[1])
    return days[1] if days else None


def half_year(year: int, half: int) -> str:
    """The first or second half of a year."""
    return interval(edtf(year, 6 * half - 5), edtf(year, 6 * half))


def quarters(year: int, first: int, last: int | None = None) -> str:
    """A quarter, or the quarters from first to last."""
    return interval(edtf(year, 3 * first - 2), edtf(year, 3 * (last or first)))


def school_year(year: int, term: int | None = None) -> str:
    """The school year that begins in August of ``year``, or one of its two terms."""
    if term == 1:
        return interval(edtf(year, 8), edtf(year + 1, 1))
    return interval(edtf(year + 1, 2) if term == 2 else edtf(year, 8), edtf(year + 1, 7))


def shifted(text: str, years: int) -> str:
    """The same stretch of the year, some years later (or earlier, where negative)."""
    first, last = parse(text)
    ends = [edtf(value.year + years, value.month, value.day) for value in (first, last)]
    return interval(*ends) if "/" in text else ends[0]


def year_of_month(span: str, month: int) -> int | None:
    """The year in which a month lies inside a span; None where the span does not reach it or reaches it twice."""
    first, last = parse(span)
    start, end = (first.year, first.month or 1), (last.year, last.month or 12)
    years = [year for year in range(first.year, min(last.year, first.year + 200) + 1) if start <= (year, month) <= end]
    return years[0] if len(years) == 1 else None
