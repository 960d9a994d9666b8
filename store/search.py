"""Search over all texts: any figure, word or indicator, from one character on.

Chinese has no spaces between words, and an index of words would find what its dictionary cuts. So the index holds pairs of
neighbouring characters, and numbers whole, without their commas.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .keep import Store

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+|[^\W\dA-Za-z_]+")
_HAN_LAST = "_"
"""Stands behind the last character of a run, so that every character begins a pair."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds what was searched for."""

    report_id: str
    report: str
    line: int
    start: int
    text: str
    section: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class FactHit:
    """A fact whose value or name is what was searched for."""

    fact_id: str
    report_id: str
    report: str
    indicator: str
    category: str | None
    text: str
    period: str | None
    agency: str | None
    is_followed: bool
    """It is in a series."""


def grams(text: str) -> str:
    """The text as the index takes it."""
    return " ".join(token for run in _runs(text) for token in _tokens(run, is_ended=True))


def _runs(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def _tokens(run: str, *, is_ended: bool) -> Iterator[str]:
    if run[0].isascii():
        yield run.replace(",", "").replace(".", "p")
        return
    for at in range(len(run) - 1):
        yield run[at : at + 2]
    if is_ended:
        yield run[-1] + _HAN_LAST


def remember(connection: sqlite3.Connection, passage: int | None, text: str) -> None:
    """Put a passage into the index."""
    connection.execute("INSERT INTO passages_fts (rowid, words) VALUES (?, ?)", (passage, grams(text)))


def forget(connection: sqlite3.Connection, passage: int, text: str) -> None:
    """Take a passage out of the index."""
    connection.execute(
        "INSERT INTO passages_fts (passages_fts, rowid, words) VALUES ('delete', ?, ?)", (passage, grams(text))
    )


def _asked(wanted: str) -> str:
    """A query as the index takes it: every word of it must be there, each as it was typed."""
    phrases = []
    for word in wanted.split():
        runs = _runs(word)
        if not runs:
            continue
        *before, last = runs
        tokens = [token for run in before for token in _tokens(run, is_ended=True)]
        tokens += _tokens(last, is_ended=False)
        # What comes behind the last character is open: a single one begins a pair, letters begin a word.
        is_open = not last[0].isdigit() and (len(last) == 1 or last[0].isascii())
        tokens += [last] if len(last) == 1 and not last[0].isascii() else []
        phrases.append(f'"{" ".join(tokens)}"' + (" *" if is_open else ""))
    return " AND ".join(phrases)


def passages_with(store: Store, wanted: str, *, most: int = 50, since: int = 0) -> tuple[tuple[Hit, ...], int]:
    """The passages of reports in force that hold all the words, by report and line, and how many there are."""
    asked = _asked(wanted)
    if not asked:
        return (), 0
    tied = (
        "FROM passages_fts JOIN passages p ON p.passage = passages_fts.rowid JOIN reports r USING (report_id) "
        "WHERE passages_fts MATCH ? AND r.superseded_by IS NULL"
    )
    count = store.rows(f"SELECT count(*) {tied}", (asked,))[0][0]
    rows = store.rows(
        f'SELECT p.report_id, r.report, p.line, p."start", p.text, p.section, p.page {tied} '
        "ORDER BY ifnull(r.issued, r.period) DESC, r.report, p.position LIMIT ? OFFSET ?",
        (asked, most, since),
    )
    return tuple(Hit(*row) for row in rows), count


def facts_with(store: Store, wanted: str, *, most: int = 50) -> tuple[FactHit, ...]:
    """The facts in force of that value, or whose indicator or category has these words."""
    told = unicodedata.normalize("NFKC", wanted).strip()
    columns = (
        "fact_id, f.report_id, f.report, indicator, category, text, f.period, f.agency, "
        "EXISTS (SELECT 1 FROM series_facts s WHERE s.fact_id = f.fact_id)"
    )
    tied = "FROM facts f JOIN reports r USING (report_id) WHERE r.superseded_by IS NULL"
    value = _value(told)
    if value is not None:
        rows = store.rows(f"SELECT {columns} {tied} AND value = ? ORDER BY f.period, f.report LIMIT ?", (value, most))
    elif told:
        like = "%" + told.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = store.rows(
            f"SELECT {columns} {tied} AND (indicator LIKE ? ESCAPE '\\' OR category LIKE ? ESCAPE '\\') "
            "ORDER BY indicator, category, f.period, f.report LIMIT ?",
            (like, like, most),
        )
    else:
        rows = []
    return tuple(FactHit(*row) for row in rows)


def _value(text: str) -> float | int | None:
    match = re.match(r"-?\d[\d,]*(?:\.\d+)?", text)
    if match is None:
        return None
    try:
        exact = Decimal(match[0].replace(",", ""))
    except InvalidOperation:
        return None
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 2**63 else float(exact)
