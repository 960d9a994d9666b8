"""Text becomes facts: numerals, the Minguo calendar, quantities, their meaning."""

from __future__ import annotations

from ..model import Extraction, Report


def extract(report: Report) -> Extraction:
    """Mentions, facts and ledger of one report."""
    # Loaded when the first report comes: patterns and rule files take their time.
    from .agencies import bodies_of
    from .facts import facts_of
    from .mentions import read_mentions
    from .states import claimed
    from .time.own import own_time

    own = own_time(report)
    mentions, ledger = read_mentions(report, own)
    facts = claimed(report, facts_of(report, mentions, own), own.period, own.issued)
    return Extraction(
        report=report,
        agency=bodies_of(report).own,
        period=own.period,
        issued=own.issued,
        mentions=mentions,
        facts=facts,
        ledger=ledger,
        year_open=own.year is None and any("XXXX" in (mention.edtf or "") for mention in mentions),
    )
