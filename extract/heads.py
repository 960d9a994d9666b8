"""The heads of a table's cells: which cells above name its column, and which to its left, or over its rows, its row.

Heads of several rows are a path from the outside in: 本年度預算數, 金額. A merged head names every column that it covers.
A line with a name alone, among rows of figures, names the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..model import Block, Cell

FIGURE_CELL = re.compile(r"[\s*(△▲+-]*+(?!(?:[6-9]\d|1[0-4]\d|20\d\d)年|\d\d?月)\d[\d,.]*\s*+[^\d\s]{0,3}\s*+")
"""108,000, and 55% or 12人 with a unit of its own: a figure is no head. 108年 and 6月 are."""
FORMULA = re.compile(r"(?<=[一-鿿])[A-Z](?:[A-Z]=.*)?$")
"""有效票數A A=1+2: the letter of a column, and how it is reckoned from others."""
_NOTHING = re.compile(r"\s*[-–—─－…]+\s*")
"""A dash stands where a figure would: there is none."""
_ORDINAL = re.compile(r"\s*\d{1,3}\s*")
_LONGEST_HEAD = 60
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[一-鿿A-Za-z]")


@dataclass(frozen=True, slots=True)
class Heads:
    """The cells that name a cell, from the outside in."""

    row: tuple[Cell, ...]
    column: tuple[Cell, ...]


def heads_in(block: Block) -> dict[Cell, Heads]:
    """The heads of every cell of a table that is no head itself."""
    return dict(_Reader(block).read())


class _Reader:
    """One pass over the rows of a table, from above."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._above: dict[int, list[Cell]] = {}
        self._over: list[Cell] = []
        self._spanning: list[Cell] = []
        self._levels: list[tuple[int, Cell]] = []
        self._behind_figures = False
        self._under = _under_heads(block)

    def read(self) -> Iterator[tuple[Cell, Heads]]:
        ordered = sorted(self._block.cells, key=lambda cell: (cell.row, cell.column))
        for number, (row, grouped) in enumerate(groupby(ordered, key=lambda cell: cell.row)):
            cells = list(grouped)
            self._spanning = [cell for cell in self._spanning if row < cell.row + cell.row_span]
            if any(self._is_figure(cell) for cell in cells):
                yield from self._figures(cells)
                self._behind_figures = True
            elif self._names_rows(cells, number):
                self._over = [cell for cell in self._over if cell.column < cells[0].column] + cells
            elif (number or len(cells) > 1) and not (self._behind_figures and self._goes_on(cells)):
                self._heads(cells)  # a line alone over the table is its caption
            self._spanning += [cell for cell in cells if cell.row_span > 1 and not self._is_figure(cell)]

    def _is_figure(self, cell: Cell) -> bool:
        text = self._block.text
        if cell.header:
            return False
        if FIGURE_CELL.fullmatch(text, cell.start, cell.end) or _NOTHING.fullmatch(text, cell.start, cell.end):
            return True
        # Several figures, one on each line of the cell.
        return _DIGIT.search(text, cell.start, cell.end) is not None and not _WORD.search(text, cell.start, cell.end)

    def _names_rows(self, cells: Sequence[Cell], number: int) -> bool:
        """A name alone in the first columns, once the columns have their heads."""
        alone = len(cells) == 1 and cells[0].column_span == 1 and cells[0].row_span == 1
        return alone and number > 0 and (self._behind_figures or cells[0].column == 0) and bool(self._above)

    def _goes_on(self, cells: Sequence[Cell]) -> bool:
        """Whether words amid the figures are text that goes on: heads stand over half of the columns."""
        return len(cells) == 1 or sum(cell.column_span for cell in cells) * 2 < len(self._above)

    def _heads(self, cells: Sequence[Cell]) -> None:
        if self._behind_figures:
            self._over, self._behind_figures = [], False
            for cell in cells:
                for column in range(cell.column, cell.column + cell.column_span):
                    self._above.pop(column, None)
        for cell in cells:
            if cell.end - cell.start <= _LONGEST_HEAD:
                for column in range(cell.column, cell.column + max(cell.column_span, self._under.get(cell, 1))):
                    self._above.setdefault(column, []).append(cell)

    def _figures(self, cells: Sequence[Cell]) -> Iterator[tuple[Cell, Heads]]:
        spanning = (cell for cell in self._spanning if cell not in self._above.get(cell.column, ()))
        names = sorted(spanning, key=_column)
        outer = [*self._over, *self._outer(cells)]
        aside: list[Cell] = []
        behind = False
        for cell in cells:
            if self._is_figure(cell):
                behind = True
                left = [name for name in names if name.column < cell.column]
                column = tuple(self._above.get(cell.column, ()))
                yield cell, Heads((*outer, *(aside or left)), column)
            else:
                column = tuple(self._above.get(cell.column, ()))
                yield cell, Heads((*outer, *names), column)
                if _WORD.search(self._block.text, cell.start, cell.end) or cell.header:
                    # A name amid the figures begins a second table beside the first.
                    if behind:
                        aside = [*aside, cell] if aside and aside[-1].column == cell.column - 1 else [cell]
                    else:
                        names.append(cell)

    def _outer(self, cells: Sequence[Cell]) -> list[Cell]:
        """The accounts above this one, where columns of running numbers tell the level: 款, 項, 目, 節."""
        text = self._block.text
        level = -1
        for cell in cells:
            if self._is_figure(cell):
                return []
            if not cell.header:
                continue
            if _ORDINAL.fullmatch(text, cell.start, cell.end):
                level = max(level, cell.column)
            elif level >= 0 and _WORD.search(text, cell.start, cell.end):
                self._levels = [(column, name) for column, name in self._levels if column < level]
                outer = [name for _, name in self._levels]
                self._levels.append((level, cell))
                return outer
        return []


def _under_heads(block: Block) -> dict[Cell, int]:
    """How many columns a head covers that is only centred over them, and not merged.

    Under it stand the same names as under another head of its row: 金額, 百分比 below 本年度 and below 上年度.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    found: dict[Cell, int] = {}
    for row, cells in rows.items():
        below = {cell.column: block.text[cell.start : cell.end] for cell in rows.get(row + 1, ())}
        if len(cells) < 2 or len(below) <= len(cells):
            continue
        covered = {
            column
            for above in block.cells
            if above.row < row < above.row + above.row_span
            for column in range(above.column, above.column + above.column_span)
        }
        cells = sorted(cells, key=_column)
        starts = [*(cell.column for cell in cells[1:]), max(below) + 1]
        groups = []
        for cell, start in zip(cells, starts, strict=True):
            end = next((at for at in range(cell.column, start) if at in covered or at not in below), start)
            groups.append((cell, [below[at] for at in range(cell.column, end)]))
        for cell, names in groups:
            told = [other for one, other in groups if one is not cell and _begins_alike(names, other)]
            reach = min(len(names), max(map(len, told), default=0))
            if reach > cell.column_span:
                found[cell] = reach
    return found


def _begins_alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """The same two names or more come first, and those are no figures."""
    common = min(len(names), len(others))
    first = names[:common]
    return common > 1 and list(first) == list(others[:common]) and not any(map(FIGURE_CELL.fullmatch, first))


def _column(cell: Cell) -> int:
    return cell.column
