"""Ties between reports that a person takes away: figures of several reports that have nothing to do with each other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from ..model import Extraction
from .corrections import CorrectionError, figure_at, found_again, known_figure
from .keep import Store, now

Untied = frozenset[tuple[str, frozenset[tuple[str, int]]]]
"""The rules of ties, and where their figures stand: report and offset."""


def keep_untied(
    connection: sqlite3.Connection, rule: str, own: Extraction, figures: Sequence[tuple[Extraction, int]]
) -> None:
    """Keep that figures, each of a report, have nothing to do with each other; it is listed with the report ``own``."""
    if len({extraction.report.name for extraction, _ in figures}) < 2:
        raise CorrectionError("figures")
    known = [
        known_figure(extraction, figure_at(extraction, start)) | {"report": extraction.report.name}
        for extraction, start in figures
    ]
    content = json.dumps({"across": True, "untie": rule, "figures": known}, ensure_ascii=False)
    row = ("tie", own.report.name, content, now())
    connection.execute("INSERT INTO corrections (kind, report, content, at) VALUES (?, ?, ?, ?)", row)


def across_in(store: Store, names: Collection[str] | None = None) -> tuple[str, ...]:
    """What is kept of ties between reports, all or those between reports of these names, in the order of making."""
    rows = store.rows("SELECT content FROM corrections WHERE json_extract(content, '$.across') ORDER BY correction_id")
    return tuple(
        row[0]
        for row in rows
        if names is None or {figure["report"] for figure in json.loads(row[0])["figures"]} <= {*names}
    )


def untied(contents: Iterable[str], extractions: Iterable[Extraction]) -> Untied:
    """Where the figures stand now; what is not found again is left out."""
    by_name = {each.report.name: each for each in extractions}
    found = set()
    for told in map(json.loads, contents):
        places = []
        for known in told["figures"]:
            figure = found_again(by_name[known["report"]], known, set()) if known["report"] in by_name else None
            places += [(known["report"], figure.start)] if figure is not None else []
        if len(places) == len(told["figures"]):
            found.add((str(told["untie"]), frozenset(places)))
    return frozenset(found)
