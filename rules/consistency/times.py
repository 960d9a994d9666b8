"""Periods as first and last day, so that 108年, 108年1至12月 and 108年12月底 can be held against each other."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ...model import Fact

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


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

    def overlaps(self, other: Time) -> bool:
        """Some day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def follows(self, other: Time) -> bool:
        """It begins right where the other ends, or before that."""
        return self.first <= other.last + timedelta(days=1)


def time_of(edtf: str | None) -> Time | None:
    """The days of an EDTF expression; ``None`` for one without an end, with an unknown part, or that runs backwards."""
    if not edtf:
        return None
    ends = [_POINT.fullmatch(end) for end in edtf.split("/")]
    if len(ends) > 2 or ends[0] is None or ends[-1] is None:
        return None
    try:
        first, last = _first(ends[0]), _last(ends[-1])
    except ValueError:
        return None
    return Time(first, last) if first <= last else None


def _first(end: re.Match[str]) -> date:
    return date(int(end[1]), int(end[2] or 1), int(end[3] or 1))


def _last(end: re.Match[str]) -> date:
    year, month = int(end[1]), int(end[2] or 12)
    return date(year, month, int(end[3] or monthrange(year, month)[1]))


_FAR = frozenset({"own", "own.end", "heading", "paragraph", "below", "now"})
"""Ways of reading a period that do not rest on a date in the sentence itself."""


def is_dated(fact: Fact) -> bool:
    """The period of a figure rests on a date in its own sentence."""
    return next((part[7:] for part in fact.rule.split() if part.startswith("period:")), "") not in _FAR
