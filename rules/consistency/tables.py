"""A table as the checks read it: its cells with the figures in them, its heads and names, and what covers several cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model import Block, Cell, Mention
from ..heads import head_pattern
from .figure import Document

_TOTALS = tuple(map(head_pattern, ("grand-total", "perhaps-total", "subtotal")))
_MARKS = (
    r"[壹貳參肆伍陸柒捌玖拾]+、",
    r"[一二三四五六七八九十]+、",
    r"\([一二三四五六七八九十]+\)",
    r"\d+[.、]",
    r"\(\d+\)",
)
_MOST_COVERED = 64
_NUMERAL = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells with the figures in them."""

    texts: Mapping[tuple[int, int], str]
    figures: Mapping[tuple[int, int], tuple[Mention, ...]]
    rows: int
    columns: int
    unread: frozenset[tuple[int, int]]
    """Cells with more numerals than figures."""
    covered: Mapping[tuple[int, int], str]
    """The text of merged cells in all rows and columns that they cover."""
    heads: frozenset[tuple[int, int]]
    """Cells that name rows or columns, whatever numbers their names hold: 65歲以上."""

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, without spaces."""
        return self.texts.get((row, column), "")

    def held(self, row: int, column: int) -> tuple[Mention, ...]:
        """The figures in a cell."""
        return self.figures.get((row, column), ())

    def head(self, row: int) -> str:
        """The first cell of a row that says more than a running number, if it holds no figure."""
        for column in range(self.columns):
            text = self.text(row, column)
            if text and not (text.isdecimal() and not self.held(row, column)):
                return "" if self.held(row, column) else text
        return ""

    def title(self, column: int) -> str:
        """The words above the first figure of a column."""
        words = []
        for row in range(self.rows):
            if self.held(row, column):
                break
            words.append(self.text(row, column))
        return "".join(words)

    def filled(self) -> list[int]:
        """The columns that hold figures."""
        return sorted({column for _, column in self.figures})

    def data_rows(self) -> list[int]:
        """The rows that hold figures."""
        return sorted({row for row, _ in self.figures})


def grid_of(block: Block, mentions: Sequence[Mention]) -> Grid:
    """Sort a table's quantities into its cells."""
    texts = {
        (cell.row, column): _squeezed(block, cell)
        for cell in block.cells
        for column in range(cell.column, cell.column + min(cell.column_span, _MOST_COVERED))
    }
    figures: dict[tuple[int, int], list[Mention]] = {}
    cells = sorted(block.cells, key=lambda cell: cell.start)
    waiting = iter(sorted((each for each in mentions if each.kind == "quantity"), key=lambda each: each.block_start))
    mention = next(waiting, None)
    for cell in cells:
        while mention is not None and mention.block_start < cell.end:
            if mention.block_start >= cell.start:
                figures.setdefault((cell.row, cell.column), []).append(mention)
            mention = next(waiting, None)
    rows = 1 + max((cell.row for cell in cells), default=-1)
    columns = 1 + max((cell.column for cell in cells), default=-1)
    held = {place: tuple(found) for place, found in figures.items() if not _described(texts[place], found)}
    unread = frozenset(
        (cell.row, cell.column)
        for cell in cells
        if len(_NUMERAL.findall(block.text[cell.start : cell.end])) > len(held.get((cell.row, cell.column), ()))
    )
    covered = {
        (row, column): _squeezed(block, cell)
        for cell in cells
        for row in range(cell.row, min(cell.row + min(cell.row_span, _MOST_COVERED), rows))
        for column in range(cell.column, cell.column + min(cell.column_span, _MOST_COVERED))
    }
    heads = frozenset((cell.row, cell.column) for cell in cells if cell.header)
    return Grid(texts, held, rows, columns, unread, covered, heads)


def _squeezed(block: Block, cell: Cell) -> str:
    return "".join(block.text[cell.start : cell.end].split())


def _described(text: str, found: Sequence[Mention]) -> bool:
    """A cell of words in which a figure happens to stand (內含…2,063千元) is a remark, no entry."""
    written = sum(len("".join(mention.text.split())) for mention in found)
    return len(text) > written + 4 * len(found)


def is_total(head: str) -> bool:
    """A row's name says that it is, or may be, the total of others."""
    return any(pattern.match(head) for pattern in _TOTALS)


def grids(document: Document) -> Iterator[Grid]:
    """The report's tables that hold figures."""
    by_block: dict[int, list[Mention]] = {}
    for mention in document.mentions:
        if document.report.blocks[mention.block].kind == "table":
            by_block.setdefault(mention.block, []).append(mention)
    for index, mentions in sorted(by_block.items()):
        yield grid_of(document.report.blocks[index], mentions)


def mark_level(head: str) -> int | None:
    """Which sort of mark a row's name begins with."""
    return next((level for level, mark in enumerate(_MARKS) if re.match(mark, head)), None)
