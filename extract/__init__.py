"""Text becomes facts: numerals, the Minguo calendar, quantities, their meaning."""

from __future__ import annotations

from ..model import Extraction, Report
from .frame import frame_of
from .mentions import read_mentions


def extract(report: Report) -> Extraction:
    """Mentions, facts and ledger of one report."""
    from .facts import facts_of

    frame = frame_of(report)
    read = read_mentions(report, frame)
    facts = facts_of(report, read.mentions, frame)
    return Extraction(
        report=report,
        agency=None,
        period=frame.period,
        issued=frame.issued,
        mentions=read.mentions,
        facts=facts,
        ledger=read.ledger,
    )
