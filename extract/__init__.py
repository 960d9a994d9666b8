"""Text becomes facts: numerals, the Minguo calendar, quantities, their meaning."""

from __future__ import annotations

from ..model import Extraction, Period, Report


def extract(report: Report) -> Extraction:
    """Mentions, facts and ledger of one report."""
    # Loaded when the first report comes: patterns and rule files take their time.
    from .agencies import bodies_of
    from .facts import facts_of
    from .frame import frame_of
    from .mentions import read_mentions

    frame = frame_of(report)
    read = read_mentions(report, frame)
    facts = facts_of(report, read.mentions, frame)
    return Extraction(
        report=report,
        agency=bodies_of(report).own,
        period=Period.parse(frame.period) if frame.period else None,
        issued=Period.parse(frame.issued) if frame.issued else None,
        mentions=read.mentions,
        facts=facts,
        ledger=read.ledger,
    )
