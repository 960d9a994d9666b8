"""Versions of one report: which earlier one a file corrects, and what is different in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from .. import pipeline
from ..model import Alignment, Extraction, Report
from ..output.passages import legible

_PIECE = 8
"""Characters of a piece of text; two versions of one report have most of their pieces in common."""
_MOSTLY = 0.8
_SOME = 0.3
"""Of files that go by one name it is enough that so much is the same."""
Difference = tuple[str, int | None, str | None, int | None, str | None]
"""Kind; where it stood and what it was; where it stands and what it is."""


def corrected(connection: sqlite3.Connection, extraction: Extraction) -> str | None:
    """The id of the report in force that this one is a later version of; None where it is a report of its own.

    One that goes by the same name is, unless it tells of another office or time or is a text of its own; and so is one that has the title, the office,
    the time and most of the words in common with it.
    """
    own = {
        "agency": extraction.agency,
        "period": extraction.period.edtf if extraction.period else None,
        "issued": extraction.issued.edtf if extraction.issued else None,
    }
    report = extraction.report
    # A time that a person gave says nothing of what the text of the earlier one says.
    for row in connection.execute(
        "SELECT report_id, agency, iif(given_period IS NULL, period, NULL) AS period, "
        "iif(given_issued IS NULL, issued, NULL) AS issued FROM reports WHERE report = ? AND superseded_by IS NULL",
        (report.name,),
    ).fetchall():
        told = [(own[name], row[name]) for name in ("agency", "period", "issued") if own[name] and row[name]]
        is_same = all(one == other for one, other in told)
        if is_same and _shared(connection, row["report_id"], report.text) >= _SOME:
            return str(row["report_id"])
    if not own["period"] and not own["issued"]:
        return None
    alike = connection.execute(
        "SELECT report_id FROM reports WHERE superseded_by IS NULL AND report <> ? AND title IS ? AND agency IS ? "
        "AND period IS ? AND issued IS ? ORDER BY report",
        (report.name, report.title, own["agency"], own["period"], own["issued"]),
    ).fetchall()
    for row in alike:
        if _shared(connection, row["report_id"], report.text) >= _MOSTLY:
            return str(row["report_id"])
    return None


def _shared(connection: sqlite3.Connection, report_id: str, text: str) -> float:
    """How much of the smaller of two texts stands in the other."""
    row = connection.execute("SELECT text FROM texts WHERE report_id = ?", (report_id,)).fetchone()
    one, other = _pieces(row[0] if row else ""), _pieces(text)
    return len(one & other) / max(min(len(one), len(other)), 1)


def _pieces(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[at : at + _PIECE] for at in range(max(len(plain) - _PIECE + 1, 1))}


def differences(earlier: Extraction, later: Extraction) -> Iterator[Difference]:
    """What is different in a later version: figures that changed, passages that are new, gone or worded otherwise."""
    alignment: Alignment = pipeline.align(earlier, later)
    old, new = earlier.report, later.report
    changed = set()
    for pair in alignment.figures:
        one, other = pair.earlier, pair.later
        if (one.value, one.value_max, one.edtf, one.unit) != (other.value, other.value_max, other.edtf, other.unit):
            changed.add(other.block)
            yield "figure", one.start, legible(one.text), other.start, legible(other.text)
    for passage in alignment.passages:
        was = _block(old, passage.earlier)
        now = _block(new, passage.later)
        if passage.earlier is None:
            yield "new", None, None, *now
        elif passage.later is None:
            yield "gone", *was, None, None
        elif passage.later not in changed and was[1] != now[1]:
            yield "wording", *was, *now


def _block(report: Report, place: int | None) -> tuple[int | None, str | None]:
    if place is None:
        return None, None
    block = report.blocks[place]
    return block.start, legible(block.text)
