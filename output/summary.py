"""The figures that every summary begins with, and how numbers are written for people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Audit
from .periods import first_day, last_day

_PLAIN = re.compile(r"([+-]?)(\d+)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was read."""

    reports: int
    quantities: int
    dates: int


def totals(audit: Audit) -> Totals:
    """Count what was read in all reports."""
    kinds = [mention.kind for extraction in audit.extractions for mention in extraction.mentions]
    return Totals(len(audit.extractions), kinds.count("quantity"), kinds.count("date"))


def span(audit: Audit, to: str = " 至 ") -> str | None:
    """From the first to the last month that the reports cover; None where no report says."""
    periods = [extraction.period for extraction in audit.extractions]
    first = [day for period in periods if (day := first_day(period))]
    last = [day for period in periods if (day := last_day(period))]
    if not first or not last:
        return None
    return f"{min(first)[:7]}{to}{max(last)[:7]}"


def grouped(count: int) -> str:
    """1234567 as 1,234,567."""
    return f"{count:,}"


def amount(text: str) -> str:
    """A number of any length with thousands marks; anything else as it is."""
    match = _PLAIN.fullmatch(text)
    return f"{match[1]}{int(match[2]):,}{match[3] or ''}" if match else text


def percentage(part: int, whole: int) -> str:
    """Share with one decimal, cut off: 100.0% is said only of all."""
    if whole == 0:
        return "–"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
