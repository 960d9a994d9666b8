"""Tables that came out as lines: rows of one width, one after the other, with the heads above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line
from .row_cells import CutLine, leads_with_running_number, row_of
from .row_heads import column_heads
from .tables import (
    EMPTY,
    Piece,
    Region,
    Row,
    counts_years,
    is_half_name,
    is_unit_line,
    merged,
    names_rows_by_year,
    table,
)

_CODE = re.compile(r"\d{6,}")
"""An account's number on a line of its own, above the row of the account."""
_DECIMAL = re.compile(r"[-+△▲(]?\d[\d,]*\.\d+[%‰]?\)?")
_LEAST_YEARS = 3


def line_tables(text: str, lines: Sequence[Line]) -> list[Region]:
    """Runs of lines that are the rows of a table, with their head."""
    regions: list[Region] = []
    parsed = [row_of(text, line) for line in lines]
    at, floor = 0, 0
    while at < len(lines):
        row = parsed[at]
        if row is None:
            at += 1
            continue
        run = _run_from(lines, parsed, at, len(row.cells))
        region = _region(text, lines, run, at, floor)
        if region is not None:
            regions.append(region)
            floor = region.last
        at = run.behind
    return regions


@dataclass(slots=True)
class _Run:
    """Rows of one width, those of them that stand on one line each, and the line behind them."""

    rows: list[Row]
    codes: list[Piece]
    """The account's number above each row, where it has one."""
    lines: list[CutLine]
    behind: int

    @property
    def width(self) -> int:
        return len(self.rows[0])


def _run_from(lines: Sequence[Line], parsed: Sequence[CutLine | None], at: int, width: int) -> _Run:
    """The rows of one width from a line on. A name may take two lines, its figures on the second."""
    code = _code(lines[at - 1]) if at else EMPTY
    run = _Run([], [], [], at)
    while at < len(lines):
        row, following = parsed[at], parsed[at + 1] if at + 1 < len(lines) else None
        fits = following is not None and len(following.cells) == width
        if row is not None and (cells := _in_width(row.cells, width, run.rows)) is not None:
            run.rows.append(cells)
            run.codes.append(code)
            if cells is row.cells:
                run.lines.append(row)
            at, code = at + 1, EMPTY
        elif row is None and run.rows and following is not None and fits and is_half_name(lines[at]):
            name = merged([Piece(lines[at].text, lines[at].offsets), following.cells[0]])
            run.rows.append((name, *following.cells[1:]))
            run.codes.append(code)
            at, code = at + 2, EMPTY
        elif row is None and run.rows and fits and _CODE.fullmatch(lines[at].text):
            at, code = at + 1, _code(lines[at])
        else:
            break
    run.behind = at
    return run


def _code(line: Line) -> Piece:
    return Piece(line.text, line.offsets) if _CODE.fullmatch(line.text) and not line.residue else EMPTY


def _in_width(cells: tuple[Piece, ...], width: int, before: Sequence[Row]) -> Row | None:
    """The cells of a row of the table. One without its shares has only the figures of the columns that are no decimals."""
    if len(cells) == width:
        return cells
    whole = [at for at in range(1, width) if before and not any(_DECIMAL.fullmatch(row[at].text) for row in before)]
    figures = cells[1:]
    fits = len(before) > 1 and len(whole) == len(figures) < width - 1 and not cells[0].is_figure
    if not fits or not all(cell.is_figure and not _DECIMAL.fullmatch(cell.text) for cell in figures):
        return None
    row = [cells[0], *[EMPTY] * (width - 1)]
    for at, cell in zip(whole, figures, strict=True):
        row[at] = cell
    return row


def _region(text: str, lines: Sequence[Line], run: _Run, first: int, floor: int) -> Region | None:
    kept = [at for at, row in enumerate(run.rows) if any(cell.text for cell in row)]
    rows = [run.rows[at] for at in kept]
    if not rows or not any(cell.is_figure for row in rows for cell in row):
        return None
    coded = any(code.text for code in run.codes)
    top = first - 1 if run.codes[0].text and first > floor else first
    years = counts_years([cell.text for cell in rows[0][1:] if cell.is_figure]) and len(rows) > 1
    heads = column_heads(text, lines, top, floor, run.width, run.lines)
    named = bool(heads.rows) or years
    explicit = lines[first].raw.count("|") >= 2
    enough = 1 if named and run.width >= 4 else 2 if run.width >= 3 or (named and run.width == 2) else 3
    if len(rows) < enough and not explicit:
        return None
    if rows[0][0].is_figure and not rows[0][0].is_time and not _names_rows([*heads.rows, *rows], len(heads.rows)):
        return None
    count = len(heads.rows) + years
    if not named:
        count = next((at for at, row in enumerate(rows) if any(cell.is_figure for cell in row)), 0)
    unit, top = _unit_above(text, lines, heads.top, floor)
    whole: list[Row] = [*heads.rows, *rows]
    covers = heads.covers
    if coded:  # the numbers of the accounts are a column of their own
        codes = [*[EMPTY] * len(heads.rows), *(run.codes[at] for at in kept)]
        whole = [[code, *row] for code, row in zip(codes, whole, strict=True)]
        covers = {(row, column + 1): span for (row, column), span in covers.items()}
    return Region(top, run.behind, table(whole, count, lines[first].page, unit, covers))


def _names_rows(rows: Sequence[Row], head_rows: int) -> bool:
    """Whether the numbers of the first column are years or run before the names of the rows."""
    body = rows[head_rows:]
    if head_rows and names_rows_by_year(next((row[0].text for row in rows[:head_rows] if row[0].text), "")):
        return True
    counted = len(body) >= _LEAST_YEARS and counts_years([row[0].text for row in body])
    return counted or all(leads_with_running_number(tuple(row)) or not row[0].is_figure for row in body)


def _unit_above(text: str, lines: Sequence[Line], top: int, floor: int) -> tuple[Piece | None, int]:
    if top - 1 >= floor and is_unit_line(lines[top - 1].text):
        line = lines[top - 1]
        return Piece(line.text, line.offsets), top - 1
    return None, top
