"""What every summary begins with: the span of the reports, counts and shares as people write them."""

from __future__ import annotations

from ..model import Audit
from ..notation import Both, calendar


def span(audit: Audit) -> Both | None:
    """From the first to the last month that the reports cover; None where no report says."""
    periods = [extraction.period for extraction in audit.extractions if extraction.period is not None]
    first = [day.isoformat() for period in periods if (day := period.first)]
    last = [day.isoformat() for period in periods if (day := period.last)]
    if not first or not last:
        return None
    months = dict.fromkeys((min(first)[:7], max(last)[:7]))
    return calendar("/".join(months))


def grouped(count: int) -> str:
    """1234567 as 1,234,567."""
    return f"{count:,}"


def percentage(part: int, whole: int) -> str:
    """Share with one decimal, cut off: 100.0% is said only of all."""
    if whole == 0:
        return "–"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
