"""What a person says of ties between reports: figures that belong together, and figures that have nothing to do with each other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..model import Extraction, Mention
from ..rules.consistency.by_hand import ByHand, Said, Untied
from .corrections import CorrectionError, figure_at, fitting, found_again, known_figure
from .keep import Store, now

Places = Sequence[tuple[Extraction, int]]
"""Figures of several reports: what was read in the report, and where the figure begins."""


def keep_untied(connection: sqlite3.Connection, rule: str, own: Extraction, figures: Places) -> None:
    """Keep that figures, each of a report, have nothing to do with each other; it is listed with the report ``own``."""
    _keep(connection, own, figures, {"untie": rule})


def keep_tied(
    connection: sqlite3.Connection, kind: str, own: Extraction, figures: Places, signs: Sequence[str]
) -> None:
    """Keep a tie between reports that a person has seen: the result first, then the terms; it is listed with ``own``."""
    _keep(connection, own, figures, {"tie": kind, "signs": fitting(kind, figures, signs)})


def _keep(connection: sqlite3.Connection, own: Extraction, figures: Places, told: Mapping[str, object]) -> None:
    if len({extraction.report.name for extraction, _ in figures}) < 2:
        raise CorrectionError("figures")
    known = [
        known_figure(extraction, figure_at(extraction, start)) | {"report": extraction.report.name}
        for extraction, start in figures
    ]
    content = json.dumps({"across": True, **told, "figures": known}, ensure_ascii=False)
    row = ("tie", own.report.name, content, now())
    connection.execute("INSERT INTO corrections (kind, report, content, at) VALUES (?, ?, ?, ?)", row)


def across_in(store: Store, names: Collection[str] | None = None) -> tuple[str, ...]:
    """What is kept of ties between reports, all or those between reports of these names, in the order of making."""
    rows = store.rows("SELECT content FROM corrections WHERE json_extract(content, '$.across') ORDER BY correction_id")
    return tuple(row[0] for row in rows if names is None or reports_of(row[0]) <= {*names})


def reports_of(content: str) -> frozenset[str]:
    """The names of the reports that a tie is between."""
    return frozenset(figure["report"] for figure in json.loads(content)["figures"])


def said_between(contents: Iterable[str], extractions: Iterable[Extraction]) -> Said | None:
    """The same of the figures as they stand now; what is not found again is left out. None where nothing was said."""
    by_name = {each.report.name: each for each in extractions}
    ties: list[ByHand] = []
    untied: set[Untied] = set()
    for told in map(json.loads, contents):
        figures = _found(by_name, told["figures"])
        if len(figures) < len(told["figures"]):
            continue
        if "untie" in told:
            untied.add((str(told["untie"]), frozenset((each.report, each.start) for each in figures)))
        else:
            ties.append((told["tie"], figures[0], figures[1:], told["signs"]))
    return Said(tuple(ties), frozenset(untied)) if ties or untied else None


def _found(by_name: Mapping[str, Extraction], known: Iterable[Mapping[str, Any]]) -> list[Mention]:
    found: list[Mention] = []
    for each in known:
        name = each["report"]
        used = {mention.start for mention in found if mention.report == name}
        figure = found_again(by_name[name], each, used) if name in by_name else None
        found += [figure] if figure is not None else []
    return found
