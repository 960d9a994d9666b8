"""What every summary begins with: the span of the reports, counts and shares as people write them."""

from __future__ import annotations

from ..notation import Both, calendar
from .counts import Tally


def span(tally: Tally) -> Both | None:
    """From the first to the last month that the reports cover; None where no report says."""
    if tally.covered is None:
        return None
    return calendar("/".join(dict.fromkeys(day.isoformat()[:7] for day in tally.covered)))


def grouped(count: int) -> str:
    """1234567 as 1,234,567."""
    return f"{count:,}"


def percentage(part: int, whole: int) -> str:
    """Share with one decimal, cut off: 100.0% is said only of all."""
    if whole == 0:
        return "–"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
