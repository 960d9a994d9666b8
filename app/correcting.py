"""A reading, a tie or a report's time that a person corrects on its page; what follows of it is worked out at once."""

from __future__ import annotations

import sqlite3

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from ..model import Extraction, Report
from ..output.passages import printable
from ..store import Store
from ..store.across import keep_tied, keep_untied
from ..store.corrections import (
    FIELDS,
    CorrectionError,
    keep_missed,
    keep_no_tie,
    keep_reading,
    keep_tie,
    keep_times,
    take_back,
)
from ..store.upgrade import reread
from . import shown, words
from .site import Site, row_of


def correct(made: Site, request: Request, store: Store) -> Response:
    """A reading or a tie that is corrected; what follows of it is worked out at once."""
    form, report_id = request.state.form, request.path_params["report_id"]
    row_of(store, report_id)
    kind = str(form.get("kind", ""))
    starts = [int(each) for each in str(form.get("starts", "")).split(",") if each.isascii() and each.isdigit()]
    signs = str(form.get("signs", "")).split(",")
    told = {} if form.get("none") else {name: str(form.get(name, ""))[:200] for name in FIELDS}

    def change(connection: sqlite3.Connection, extraction: Extraction) -> None:
        if kind == "reading" and len(starts) == 1:
            if not form.get("none") and not any(value.strip() for value in told.values()):
                raise CorrectionError("figures")
            keep_reading(connection, extraction, starts[0], told)
        elif kind == "missed":
            place = _unread(extraction, starts) or chosen(
                extraction.report, str(form.get("line", "")), str(form.get("before", "")), str(form.get("text", ""))
            )
            if place is None:
                raise CorrectionError("figures")
            keep_missed(connection, extraction, *place, told)
        elif kind == "untie" and form.get("places"):
            keep_untied(connection, str(form.get("rule", "")), extraction, _figures(store, str(form["places"])))
        elif kind == "untie":
            keep_no_tie(connection, extraction, str(form.get("rule", "")), starts)
        elif form.get("places"):
            keep_tied(connection, kind, extraction, _figures(store, str(form["places"])), signs)
        else:
            keep_tie(connection, extraction, kind, starts, signs)

    try:
        run = reread(store, report_id, change)
    except CorrectionError as error:
        return PlainTextResponse(words.WRONG[str(error)].of(made.language or "zh-TW"), 422)
    changes = store.rows("SELECT what, change, before, after FROM changes WHERE run_id = ? ORDER BY position", (run,))
    return JSONResponse({"changes": [dict(row) for row in changes if row["what"] == "finding"]})


def _figures(store: Store, places: str) -> list[tuple[Extraction, int]]:
    """Figures of several reports, each as its report's id and where it begins."""
    found = []
    for place in places.split(","):
        report_id, _, start = place.rpartition("-")
        row_of(store, report_id)
        extraction = store.reading(report_id).extraction
        if extraction is None or not (start.isascii() and start.isdigit()):
            raise CorrectionError("figures")
        found.append((extraction, int(start)))
    return found


def _unread(extraction: Extraction, starts: list[int]) -> tuple[int, int] | None:
    """A numeral that was not read, by where it begins."""
    return next(((each.start, each.end) for each in extraction.unread if [each.start] == starts), None)


def chosen(report: Report, line: str, before: str, text: str) -> tuple[int, int] | None:
    """Where characters of the page stand in the report: the number of their line, what stands before them in their paragraph
    or table, and they themselves, all as they are shown. Blanks do not count: the page sets its own."""
    wanted, skipped = _bare(text), len(_bare(before))
    if not wanted or len(wanted) > _LONGEST:
        return None
    for block in report.blocks:
        if block.kind == "residue" or str(report.line(block.start)) != line:
            continue
        places = [
            offset
            for offset, character in dict(zip(block.offsets, block.text, strict=True)).items()
            if _bare(character) and _bare(report.text[offset])
        ]
        found = places[skipped : skipped + len(wanted)]
        if "".join(report.text[offset] for offset in found) == wanted:
            return found[0], found[-1] + 1
    return None


_LONGEST = 60
"""Characters of a figure at most."""


def _bare(text: str) -> str:
    return "".join(printable(text).split())


def times(made: Site, request: Request, store: Store) -> Response:
    """The time that a report covers, and that in which it speaks, as a person says who knows."""
    form, report_id = request.state.form, request.path_params["report_id"]
    row_of(store, report_id)
    told = {name: str(form.get(name, ""))[:80] for name in ("period", "issued")}
    try:
        reread(store, report_id, lambda connection, _: keep_times(connection, report_id, **told))
    except CorrectionError as error:
        return PlainTextResponse(words.WRONG[str(error)].of(made.language or "zh-TW"), 422)
    return RedirectResponse(shown.address(report_id), 303)


def undo(made: Site, request: Request, store: Store) -> Response:
    """What was corrected is taken back."""
    report_id, number = request.path_params["report_id"], request.path_params["number"]
    row_of(store, report_id)

    def change(connection: sqlite3.Connection, extraction: Extraction) -> None:
        take_back(connection, int(number) if number.isascii() and number.isdigit() else 0)

    reread(store, report_id, change)
    return RedirectResponse(shown.address(report_id), 303)
