"""Rows and columns of a table against the row or the column that says it is their total.

A total row adds the rows above it, back to the total before; where the rows bear marks (壹、 一、), only those of the
first level count. A cell of several figures beside a cell of numbered sub-items holds their sum and then the items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ...model import Block, Cell, Mention
from ..heads import head_pattern
from .candidate import Candidate
from .cues import one_classification
from .figure import Document
from .law import total

_GRAND, _PERHAPS, _SUB, _NO_SUM = map(head_pattern, ("grand-total", "perhaps-total", "subtotal", "no-sum"))
_MARKS = (
    r"[壹貳參肆伍陸柒捌玖拾]+、",
    r"[一二三四五六七八九十]+、",
    r"\([一二三四五六七八九十]+\)",
    r"\d+[.、]",
    r"\(\d+\)",
)
_SEVERAL = 4
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
    return re.sub(r"\s", "", block.text[cell.start : cell.end])


def _described(text: str, found: Sequence[Mention]) -> bool:
    """A cell of words in which a figure happens to stand (內含…2,063千元) is a remark, no entry."""
    written = sum(len(re.sub(r"\s", "", mention.text)) for mention in found)
    return len(text) > written + 4 * len(found)


def is_total(head: str) -> bool:
    """A row's name says that it is, or may be, the total of others."""
    return any(pattern.match(head) for pattern in (_GRAND, _SUB, _PERHAPS))


def grids(document: Document) -> Iterator[Grid]:
    """The report's tables that hold figures."""
    return (grid for _, grid in grids_by_block(document))


def grids_by_block(document: Document) -> Iterator[tuple[int, Grid]]:
    """The same, each with the place of its block."""
    by_block: dict[int, list[Mention]] = {}
    for mention in document.mentions:
        if document.report.blocks[mention.block].kind == "table":
            by_block.setdefault(mention.block, []).append(mention)
    for index, mentions in sorted(by_block.items()):
        yield index, grid_of(document.report.blocks[index], mentions)


def find(document: Document) -> Iterator[Candidate]:
    """The total rows, total columns and grouped cells of all tables."""
    for grid in grids(document):
        yield from _rows(grid)
        yield from _columns(grid)
        yield from _cells(grid)


def _rows(grid: Grid) -> Iterator[Candidate]:
    """Total rows."""
    rows = grid.data_rows()
    leading = bool(rows) and _GRAND.match(grid.head(rows[0])) is not None
    for position, row in enumerate(rows):
        head = grid.head(row)
        perhaps = _PERHAPS.match(head) is not None
        if not (perhaps or _GRAND.match(head) or _SUB.match(head)):
            continue
        below = _up_to_next(grid, rows[position + 1 :]) if leading and _GRAND.match(head) else []
        parts = _rows_below(grid, below) if below or not position else _rows_above(grid, rows[:position], head)
        found: list[Candidate] = []
        for column in range(grid.columns):
            if not _NO_SUM.search(grid.title(column)):
                cells = [(each, column) for each in parts]
                features = {"table:perhaps"} if perhaps else set()
                features |= {"table:average"} if _averages(grid, row, parts, column) else set()
                found += _sum(grid, (row, column), cells, "sum.table-column", features)
        yield from _understood(found)


def _understood(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """The sums of one total row or column; none where most of several do not fit: its parts are others than these."""
    broken = sum(candidate.relation.holds is False for candidate in found)
    return () if len(found) >= _SEVERAL and broken * 2 > len(found) else found


def _up_to_next(grid: Grid, below: Sequence[int]) -> list[int]:
    """The rows below a total that leads its parts, up to the next one: such a table has a group for every year."""
    return list(takewhile(lambda row: not _GRAND.match(grid.head(row)), below))


def _averages(grid: Grid, row: int, parts: Sequence[int], column: int) -> bool:
    """A column of rates, whatever its title has lost: figures with decimals, and the last one in their midst."""
    values = [held[0].value for each in parts if (held := grid.held(each, column)) and held[0].value is not None]
    result = grid.held(row, column)
    if len(values) < 2 or not result or result[0].value is None:
        return False
    finer = result[0].step is not None and result[0].step < 1
    return finer and max(values) <= 100 and min(values) <= result[0].value <= max(values)


def _rows_above(grid: Grid, above: Sequence[int], head: str) -> list[int]:
    """What a total row at the foot adds."""
    own: list[int] = []
    subtotals: list[int] = []
    for row in reversed(above):
        other = grid.head(row)
        if _GRAND.match(other):
            break
        if _SUB.match(other):
            if _SUB.match(head):
                break
            subtotals.append(row)
        else:
            own.append(row)
    return subtotals or _firstmark_level(grid, sorted(own))


def _rows_below(grid: Grid, below: Sequence[int]) -> list[int]:
    """What a total row at the head adds: marked rows of the first level, or one classification."""
    heads = [grid.head(row) for row in below]
    if any(_GRAND.match(head) or _SUB.match(head) for head in heads):
        return []
    if heads and mark_level(heads[0]) is not None:
        return _firstmark_level(grid, below)
    return list(below) if one_classification(heads) else []


def _firstmark_level(grid: Grid, rows: Sequence[int]) -> list[int]:
    levels = [mark_level(grid.head(row)) for row in rows]
    if not rows or levels[0] is None:
        return list(rows)
    return [row for row, level in zip(rows, levels, strict=True) if level == levels[0]]


def mark_level(head: str) -> int | None:
    """Which sort of mark a row's name begins with."""
    return next((level for level, mark in enumerate(_MARKS) if re.match(mark, head)), None)


def _columns(grid: Grid) -> Iterator[Candidate]:
    """Total columns."""
    titles = [grid.title(column) for column in range(grid.columns)]
    totals = [column for column, title in enumerate(titles) if _GRAND.match(title) or _SUB.match(title)]
    if not totals:
        return
    filled = grid.filled()
    for number, column in enumerate(totals):
        following = totals[number + 1] if number + 1 < len(totals) else grid.columns
        before = [each for each in filled if (totals[number - 1] if number else -1) < each < column]
        behind = [each for each in filled if column < each < following]
        parts = before if before and ((number == 0 and len(totals) == 1) or not behind) else behind
        if any(_NO_SUM.search(titles[each]) for each in parts) or len({titles[each] for each in parts}) < len(parts):
            continue
        yield from _understood(
            [
                candidate
                for row in grid.data_rows()
                for candidate in _sum(grid, (row, column), [(row, each) for each in parts], "sum.table-row", set())
            ]
        )


def _sum(
    grid: Grid, place: tuple[int, int], cells: Sequence[tuple[int, int]], rule: str, features: set[str]
) -> Iterator[Candidate]:
    """One total cell against its cells; an entry that was not read leaves it unsaid."""
    result = grid.held(*place)
    if len(result) != 1 or result[0].unit == "%" or place in grid.unread:
        return
    parts: list[Mention] = []
    for cell in cells:
        if cell in grid.unread:
            return
        parts.extend(grid.held(*cell)[:1])
    if len(parts) >= 2 and {part.unit for part in parts} == {result[0].unit}:
        yield Candidate(total("sum", rule, result[0], parts, ["+"] * len(parts)), frozenset(features))


def _cells(grid: Grid) -> Iterator[Candidate]:
    """A group with its numbered sub-items in one cell, and the sum and the items in the next."""
    for (row, column), held in sorted(grid.figures.items()):
        if len(held) < 3 or len({mention.unit for mention in held}) != 1:
            continue
        items = max((_numbered(grid.text(row, other)) for other in range(column)), default=0)
        if items == len(held) - 1:
            yield Candidate(total("sum", "sum.table-group", held[0], held[1:], ["+"] * items), frozenset())


def _numbered(text: str) -> int:
    """How many sub-items a cell numbers, from the first on."""
    marks = re.findall(r"([一二三四五六七八九十])、", text)
    expected = list("一二三四五六七八九十")[: len(marks)]
    return len(marks) if marks == expected else 0
