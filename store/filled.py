"""Decisions that somebody has filled in in the workbook of an audit: its columns 處理情形 and 理由."""

from __future__ import annotations

import io
import zipfile
import zlib

from .. import pipeline
from ..output.columns import FINDINGS
from ..output.workbook import CHOICES, DECIDED, TITLE
from .decisions import DECISIONS, decide
from .keep import Store
from .work import WorkError

_ID = next(column for column in FINDINGS.columns if column.name == "finding_id")
_WORDS = {word: decision for decision, words in zip(DECISIONS, CHOICES, strict=True) for word in words}


def is_filled(data: bytes) -> bool:
    """Whether bytes are a workbook that an audit has written, whatever was filled in since."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return TITLE.encode() in archive.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return False


def take_up_filled(store: Store, data: bytes) -> tuple[int, int]:
    """Keep the decisions of a workbook in the place of those that are here; raises ``WorkError`` where it has no such columns.

    Returns how many are new or other ones, and how many were left: of findings that the store does not know, in other words than
    those of the workbook, or a dismissal without a reason.
    """
    heads, *rows = pipeline.first_sheet(data) or [[]]
    places = [
        next((at for at, head in enumerate(heads) if head in names), None)
        for names in ({_ID.title, _ID.name.replace("_", " ")}, {*DECIDED[0]}, {*DECIDED[1]})
    ]
    if None in places:
        raise WorkError("、".join((_ID.title, DECIDED[0].zh, DECIDED[1].zh)))
    taken = left = 0
    for row in rows:
        name, word, reason = (row[at].strip() for at in places if at is not None)
        if not word:
            continue
        decision = _WORDS.get(word)
        known = store.one(
            "SELECT d.decision, d.reason FROM identities LEFT JOIN decisions d USING (finding_id) WHERE finding_id = ?",
            (name,),
        )
        if decision is None or known is None or (decision == "dismissed" and not reason):
            left += 1
        elif (known["decision"], known["reason"] or "") != (decision, reason):
            decide(store, name, decision, reason)
            taken += 1
    return taken, left
