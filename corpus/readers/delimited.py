"""CSV and TSV: a printed sheet saved as text, with its titles, its unit and its page heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..parsed import MOST_COLUMNS, Parsed
from .sheets import Sheet, SheetCell, sheet_elements

_LOOK_AT = 200
_LEAST_ROWS = 3
_ALIKE = 0.6
_THROUGHOUT = 0.9
_NUMBER = re.compile(r"[-+△▲(]?\s*+\d[\d,]*+(?:\.\d+)?\s*+%?\)?")
_PROSE = re.compile(r"[。；]")
_WRAP = re.compile(r"(?<![ \t])[ \t]*+[\r\n]+[ \t]*|\t")
"""A line's end within a cell, with the indent of the next line; a tab."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A cell: its text, and where each of its characters stands in the file."""

    text: str
    offsets: tuple[int, ...]


def sheet_of(text: str, asked: bool) -> Parsed | None:
    """The sheet that a text was saved from; None where it is none.

    ``asked``: the file is called a table. One that is not must be a table from the first line to the last.
    """
    if not asked and "," not in text[:4096] and "\t" not in text[:4096]:
        return None
    sign = _delimiter(text, asked)
    if sign is None:
        return None
    cells = [
        SheetCell(number, column, field.text, _NUMBER.fullmatch(field.text) is not None, offsets=field.offsets)
        for number, row in enumerate(_rows(text, sign))
        for column, field in enumerate(row[:MOST_COLUMNS])
        if field.text
    ]
    return Parsed(tuple(sheet_elements(Sheet("", cells))), "csv", source=text)


def _delimiter(text: str, asked: bool) -> str | None:
    """The sign that parts the cells: most lines have as many cells as each other."""
    start = text if not asked else text[: _end_of_line(text, _LOOK_AT)]
    if start.lstrip().startswith(("|", "<", "{", "[")) or start.count("\n") + 1 < _LEAST_ROWS:
        return None
    for sign in ("\t", ",", ";"):
        if sign not in start:
            continue
        rows = [row for row in _rows(start, sign) if any(field.text for field in row)]
        widths = Counter(len(row) for row in rows)
        common, times = widths.most_common(1)[0] if widths else (0, 0)
        least = max((_ALIKE if asked else _THROUGHOUT) * len(rows), _LEAST_ROWS)
        if common >= (2 if asked else 3) and times >= least and _holds_cells(rows, common):
            return sign
    return None


def _end_of_line(text: str, lines: int) -> int:
    at = -1
    for _ in range(lines):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at


def _holds_cells(rows: Sequence[Sequence[_Field]], common: int) -> bool:
    """Cells, not clauses: a figure alone in one of them, and no more sentences than rows."""
    cells = [field.text for row in rows if len(row) == common for field in row]
    prose = sum(1 for cell in cells if _PROSE.search(cell))
    return any(_NUMBER.fullmatch(cell) for cell in cells) and prose < len(rows)


def _rows(text: str, sign: str) -> Iterator[list[_Field]]:
    """The cells of each row. A cell between quotes may hold the sign and line ends; two quotes in it are one."""
    plain = re.compile(rf"[^{re.escape(sign)}\r\n]*")
    row: list[_Field] = []
    at = 0
    while at < len(text):
        if text[at] == '"':
            field, at = _quoted(text, at, plain)
        else:
            end = _end_of(plain, text, at)
            field, at = _field(text, range(at, end)), end
        row.append(field)
        if at < len(text) and text[at] == sign:
            at += 1
            if at < len(text) and text[at] not in "\r\n":
                continue
            row.append(_Field("", ()))
        if text.startswith("\r\n", at):
            at += 1
        at += 1
        yield row
        row = []
    if row:
        yield row


def _end_of(plain: re.Pattern[str], text: str, at: int) -> int:
    found = plain.match(text, at)
    return found.end() if found is not None else at


def _quoted(text: str, at: int, plain: re.Pattern[str]) -> tuple[_Field, int]:
    places: list[int] = []
    end = at + 1
    while True:
        quote = text.find('"', end)
        if quote < 0:  # never closed: a quote is a sign like others
            stop = _end_of(plain, text, at)
            return _field(text, range(at, stop)), stop
        places.extend(range(end, quote))
        if not text.startswith('"', quote + 1):
            break
        places.append(quote)
        end = quote + 2
    stop = _end_of(plain, text, quote + 1)
    return _field(text, [*places, *range(quote + 1, stop)]), stop


def _field(text: str, places: Sequence[int]) -> _Field:
    """A cell without the blanks around it; a tab within a number is none of it."""
    signs = "".join(text[at] for at in places)
    stripped = signs.strip()
    first = signs.find(stripped) if stripped else 0
    kept = places[first : first + len(stripped)]
    text, offsets, at = "", list[int](), 0
    for wrap in _WRAP.finditer(stripped):
        text += stripped[at : wrap.start()] + " "
        offsets += kept[at : wrap.start() + 1]
        at = wrap.end()
    return _Field(text + stripped[at:], (*offsets, *kept[at:]))
