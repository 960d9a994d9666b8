"""A table without a total, and the total told beside it: 營收3,087萬元，其組成如下, and below it five rows with their shares.

The cells of a column belong to the figure of their unit nearest to the table which they make up; the percentages of
another column are their shares of it, or of the table's own total, if row after row says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..ratio import rate_of
from ..relation import LIKELY, total
from ..sum_table import Grid, grids_by_block, is_total
from .evidence import rarity
from .items import announced_total
from .passage import Told, alike_units, passages

_AHEAD, _BEHIND = 12, 6
"""So many figures above and below a table may be its total."""
_LEAST_ROWS = 2
_ENOUGH = 10**4
"""How rare the shares of a column must be together."""

Whole = tuple[Grid, int, Mention, tuple[int, ...]]
"""A table, a column of it, the total of that column, and the rows that make it up."""


@lru_cache(maxsize=2)
def _wholes(document: Document) -> tuple[tuple[Whole, bool], ...]:
    """The totals of the columns of all tables, and whether it is the text that tells them."""
    return tuple(found for index, grid in grids_by_block(document) for found in _of_table(document, index, grid))


def _of_table(document: Document, index: int, grid: Grid) -> Iterator[tuple[Whole, bool]]:
    rows = grid.data_rows()
    own = [row for row in rows if is_total(grid.head(row))]
    parts = tuple(row for row in rows if row not in own)
    if len(parts) < _LEAST_ROWS or len(own) > 1:
        return
    for column in grid.filled():
        cells = [grid.held(row, column) for row in parts]
        if any(len(held) != 1 or held[0].unit == "%" for held in cells):
            continue
        figures = [held[0] for held in cells]
        if own:
            if len(grid.held(own[0], column)) == 1:
                yield (grid, column, grid.held(own[0], column)[0], parts), False
        elif len({figure.unit for figure in figures}) == 1:
            whole = announced_total(_near(document, index, figures[0]), figures, _opens(document, index))
            if whole is not None:
                yield (grid, column, whole.mention, parts), True


def _near(document: Document, index: int, cell: Mention) -> list[Told]:
    """The figures above and below a table that count what the cell does, the nearest first."""
    known = passages(document)
    above = [each for passage in known if index - 2 <= passage.block < index for each in passage.figures][-_AHEAD:]
    below = [each for passage in known if passage.block == index + 1 for each in passage.figures][:_BEHIND]
    return [each for each in (*above[::-1], *below) if alike_units(each.unit, cell.unit or "") and each.mention.value]


def _opens(document: Document, index: int) -> str:
    """The text that leads to a table."""
    return document.report.blocks[index - 1].text if index else ""


def _sums(document: Document) -> Iterator[Relation]:
    for (grid, column, whole, rows), told in _wholes(document):
        if told:
            parts = [grid.held(row, column)[0] for row in rows]
            yield total("sum", "sum.announced", whole, parts, ["+"] * len(parts), confidence=LIKELY)


def _shares(document: Document) -> Iterator[Relation]:
    for (grid, column, whole, rows), _ in _wholes(document):
        for rates in grid.filled():
            if rates != column:
                yield from _kept(grid, rates, column, whole, rows)


def _kept(grid: Grid, rates: int, column: int, whole: Mention, rows: Sequence[int]) -> list[Relation]:
    """The shares of one column, if all but one of its rates are the other column's."""
    found: list[Relation] = []
    weight = Fraction(1)
    for row in rows:
        held = grid.held(row, rates)
        if len(held) != 1 or held[0].unit != "%":
            continue
        relation = rate_of("ratio.announced", held[0], grid.held(row, column)[0], whole, confidence=LIKELY)
        if relation is None:
            return []
        found.append(relation)
        if relation.holds and relation.rounding != "neither":
            weight *= rarity(held[0])
    broken = sum(not (relation.holds and relation.rounding != "neither") for relation in found)
    return found if len(found) >= _LEAST_ROWS and weight >= _ENOUGH and broken <= len(found) // 4 else []


CHECKS = (
    Check("sum.announced", "a column of a table and its total told beside the table", _sums),
    Check("ratio.announced", "the shares of a table's cells in the total of their column", _shares),
)
