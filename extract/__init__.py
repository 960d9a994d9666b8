"""Text becomes facts: numerals, the Minguo calendar, quantities, their meaning."""

from __future__ import annotations

from ..model import Extraction, Report


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
        period=frame.period,
        issued=frame.issued,
        mentions=read.mentions,
        facts=facts,
        ledger=read.ledger,
    )
