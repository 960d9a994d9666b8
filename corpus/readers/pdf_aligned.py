"""Tables without lines: rows of a name and figures that stand below each other in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..parsed import Table, TableCell
from .pdf_lines import TextLine, written
from .pdf_page import Char, Piece

_FIGURE = re.compile(r"[-+△▲(（]?\s?\d[\d,，]*(?:[.．]\d+)?\s?[%％‰]?[)）]?|[-–—─…]")
_TIME = re.compile(r"\d{2,4}年.{0,4}|\d{1,2}月.{0,2}")
_WORD = re.compile(r"[^\W\d_]")
_PROSE = re.compile("[。，；]")
_LEAST_ROWS = 3
_MOST_HEADS = 4
_LONGEST_CELL = 24
_SPLIT = 0.3


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table that was found: it stands for ``lines[first:last]``."""

    first: int
    last: int
    table: Table


def aligned_tables(lines: Sequence[TextLine]) -> list[Aligned]:
    """The tables among the lines of a stretch, from above."""
    rows = [entries_of(line) for line in lines]
    _name_rows(lines, rows)
    found: list[Aligned] = []
    at, floor = 0, 0
    while at < len(lines):
        behind = at
        while behind < len(lines) and (
            (_is_row(rows[behind]) and (behind == at or _near(lines[behind - 1], lines[behind])))
            or (behind > at and _is_beside(lines, rows, behind))
        ):
            behind += 1
        if behind - at >= _LEAST_ROWS or (behind - at == 2 and min(map(len, rows[at:behind])) >= 3):
            table = _table(lines, rows, at, behind, floor)
            if table is not None:
                found.append(table)
                floor = behind
        at = max(behind, at + 1)
    return found


def entries_of(line: TextLine) -> list[Piece]:
    """The pieces of a line; figures that stand near each other are pieces of their own."""
    cells: list[Piece] = []
    for piece in line.pieces:
        parts = _split(piece.chars)
        cells.extend(parts if len(parts) > 1 and sum(map(is_figure, parts)) >= len(parts) - 1 else [piece])
    return cells


def _split(chars: Sequence[Char]) -> list[Piece]:
    parts = [Piece([chars[0]])]
    for before, char in pairwise(chars):
        if char.left - before.right > _SPLIT * (char.top - char.bottom):
            parts.append(Piece([char]))
        else:
            parts[-1].chars.append(char)
    return parts


def is_figure(piece: Piece) -> bool:
    """A number, or the dash that stands for none."""
    return _FIGURE.fullmatch(piece.text.strip()) is not None


def _is_row(cells: Sequence[Piece]) -> bool:
    """A name or a time, and figures behind it; no running text."""
    if len(cells) < 2:
        return False
    figures = sum(map(is_figure, cells[1:]))
    first = cells[0].text
    named = _WORD.search(first) is not None or _TIME.fullmatch(first) is not None
    return named and figures * 2 >= len(cells) - 1 and all(len(cell.chars) <= _LONGEST_CELL for cell in cells)


def _name_rows(lines: Sequence[TextLine], rows: list[list[Piece]]) -> None:
    """A row whose name takes two lines, its figures half-way between them, is one row."""
    for at in range(1, len(lines) - 1):
        above, row, below = rows[at - 1], rows[at], rows[at + 1]
        if len(row) < 2 or not all(map(is_figure, row)) or len(above) != 1 or len(below) != 1:
            continue
        height = lines[at].height
        beside = all(abs(_middle(lines[at]) - _middle(lines[other])) < height for other in (at - 1, at + 1))
        if beside and max(above[0].right, below[0].right) < row[0].left:
            rows[at] = [Piece([*above[0].chars, *below[0].chars]), *row]
            rows[at - 1], rows[at + 1] = [], []


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def _is_beside(lines: Sequence[TextLine], rows: Sequence[list[Piece]], at: int) -> bool:
    """A word at the left edge, half-way between two rows that it names together; or a line that a row has taken."""
    if at + 1 >= len(lines) or not _is_row(rows[at + 1]):
        return not rows[at] and at + 1 < len(lines) and _near(lines[at - 1], lines[at])
    if not rows[at]:
        return True
    only = rows[at][0]
    between = _middle(lines[at - 1]) - _middle(lines[at + 1]) < 2.2 * lines[at + 1].height
    return len(rows[at]) == 1 and len(only.chars) <= 6 and not is_figure(only) and between and only.left <= rows[at + 1][0].left  # fmt: skip


def _near(above: TextLine, below: TextLine) -> bool:
    return above.bottom - below.top < 1.6 * max(above.height, below.height)


def _table(
    lines: Sequence[TextLine], rows: Sequence[list[Piece]], first: int, behind: int, floor: int
) -> Aligned | None:
    body = [row for row in rows[first:behind] if len(row) > 1]
    columns = _columns(body)
    if len(body) < 2 or len(columns) < 2 or not _fits(body, columns):
        return None
    top = first
    heads: list[list[tuple[int, int, list[Char]]]] = []
    while top > floor and first - top < _MOST_HEADS and _near(lines[top - 1], lines[top]):
        head = _head(rows[top - 1] or lines[top - 1].pieces, columns)
        if head is None:
            break
        heads.insert(0, head)
        top -= 1
    page = lines[first].page
    placed = [
        *heads,
        *([(*_covered(piece, columns), piece.chars) for piece in row] for row in rows[first:behind] if row),
    ]
    cells = []
    for number, row in enumerate(placed):
        for start, end, chars in row:
            text, boxes = written(chars)
            cells.append(TableCell(number, start, text, 1, end - start + 1, tuple(boxes), page))
    return Aligned(top, behind, Table(tuple(cells), len(heads) or None, page))


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[float, float]]:
    """Where the cells of all rows stand over each other."""
    spans = sorted((piece.left, piece.right) for row in rows for piece in row)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _fits(rows: Sequence[Sequence[Piece]], columns: Sequence[tuple[float, float]]) -> bool:
    """Every row has at most one cell in a column, and most have the same columns."""
    filled = [[_covered(piece, columns)[0] for piece in row] for row in rows]
    if any(len(set(places)) < len(places) for places in filled):
        return False
    return sum(len(places) for places in filled) * 10 >= len(rows) * len(columns) * 6


def _covered(piece: Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first and the last column over which a piece stands; the nearest one where it stands over none."""
    over = [
        number for number, (left, right) in enumerate(columns) if min(right, piece.right) - max(left, piece.left) > 0.5
    ]
    if over:
        return over[0], over[-1]
    middle = (piece.left + piece.right) / 2
    nearest = min(range(len(columns)), key=lambda number: abs((columns[number][0] + columns[number][1]) / 2 - middle))
    return nearest, nearest


def _head(cells: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> list[tuple[int, int, list[Char]]] | None:
    """Words over the columns, cut where a new column begins; None where a line is no line of heads."""
    if any(is_figure(cell) and len(cell.chars) > 4 for cell in cells) or _PROSE.search("".join(cell.text for cell in cells)):  # fmt: skip
        return None
    words = [part for cell in cells for part in _split(cell.chars)]
    placed: list[tuple[int, int, list[Char]]] = []
    for word in words:
        start, end = _covered(word, columns)
        if placed and placed[-1][0] == placed[-1][1] == start == end:
            placed[-1][2].extend(word.chars)
        elif placed and start <= placed[-1][1]:
            placed[-1] = (placed[-1][0], max(end, placed[-1][1]), [*placed[-1][2], *word.chars])
        else:
            placed.append((start, end, list(word.chars)))
    if len(placed) < 2 or any(len(chars) > _LONGEST_CELL for _, _, chars in placed):
        return None
    return placed
