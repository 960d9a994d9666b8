"""What people decide of findings: accepted, dismissed with a reason, or asked of the office.

A decision is bound to the id of its finding, which stays the same from run to run and from one version of a report to the
next; it stays in the store though the finding goes, and counts again when it comes back.
"""

from __future__ import annotations

from typing import Literal, get_args

from ..baseline import Accepted
from .errors import StoreError
from .keep import Store, now

Decision = Literal["accepted", "dismissed", "asked"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)


def decide(store: Store, finding_id: str, decision: Decision | None, reason: str = "") -> None:
    """Keep a decision in the place of an earlier one; None takes it back. Raises ``StoreError`` for an unknown finding."""
    with store.writing() as connection:
        known = connection.execute(
            "SELECT f.message_zh, d.message FROM identities i LEFT JOIN findings f USING (finding_id) "
            "LEFT JOIN decisions d USING (finding_id) WHERE i.finding_id = ?",
            (finding_id,),
        ).fetchone()
        if known is None:
            raise StoreError("unknown-finding", store.path, finding_id)
        connection.execute("DELETE FROM decisions WHERE finding_id = ?", (finding_id,))
        if decision is not None:
            row = (finding_id, decision, known[0] or known[1] or "", reason.strip(), now())
            connection.execute(
                "INSERT INTO decisions (finding_id, decision, message, reason, at) VALUES (?, ?, ?, ?, ?)", row
            )


def baseline_of(store: Store) -> tuple[Accepted, ...]:
    """The findings that were accepted or dismissed as entries of a baseline file, those too that are gone for now."""
    rows = store.rows(
        "SELECT i.code, i.fingerprint, i.context, d.reason, i.report, d.message FROM decisions d "
        "JOIN identities i USING (finding_id) WHERE d.decision IN ('accepted', 'dismissed') "
        "ORDER BY i.report, i.code, i.fingerprint, i.finding_id"
    )
    return tuple(Accepted(*row) for row in rows)
