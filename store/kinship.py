"""Which reports of a store have to do with each other: kept in small, so that a new one touches those alone."""

from __future__ import annotations

import sqlite3
from array import array
from datetime import date

from ..model import Extraction
from ..rules.consistency.across.kin import Card, Kin, card_of, kin_of
from .keep import Store


def keep_card(connection: sqlite3.Connection, extraction: Extraction) -> None:
    """Keep what of a report tells to which others it belongs."""
    card = card_of(extraction)
    spoken = card.spoken.isoformat() if card.spoken else None
    row = (card.report_id, card.government, spoken, array("I", sorted(card.sketch)).tobytes())
    connection.execute("INSERT OR REPLACE INTO kinship VALUES (?, ?, ?, ?)", row)


def kin_in(store: Store) -> Kin:
    """Whose the reports in force are, and which earlier ones each was edited from."""
    rows = store.rows(
        "SELECT r.report_id, r.report, r.agency, k.government, k.spoken, k.sketch FROM reports r "
        "LEFT JOIN kinship k USING (report_id) WHERE r.superseded_by IS NULL ORDER BY r.report"
    )
    return kin_of(_card(row) for row in rows)


def _card(row: sqlite3.Row) -> Card:
    sketch = array("I")
    sketch.frombytes(row["sketch"] or b"")
    spoken = date.fromisoformat(row["spoken"]) if row["spoken"] else None
    return Card(row["report_id"], row["report"], row["agency"], row["government"], spoken, frozenset(sketch))
