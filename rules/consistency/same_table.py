"""A total told in the paragraph right above a table, and the table's own: 計157班，參訓9,590人次，如下表; 合計 157 9,590.

The paragraph's figure and the column are brought together by what they count; where either could mean two, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Mention, Relation
from .check import Check
from .context import Document, Figure
from .relation import LIKELY, same
from .sum_table import Grid, grid_of
from .words import clause_words

_GRAND = re.compile(r"^(?:總合計|合計|總計|共計|總和|總數)$")
_TOTAL = re.compile(r"(?:共計|合計|總計|計有?|共有?|人數計?|金額計?|總數|補助|開辦)$")
_NOT_ALL = re.compile(r"較|比(?!率|例)|每|其中|原|預|增|減|另|累計|平均")
_COUNTED = (
    (re.compile(r"人次"), frozenset({"人次"})),
    (re.compile(r"人數|人$|員額"), frozenset({"人", "名", "位", "人次"})),
    (re.compile(r"班"), frozenset({"班", "班期", "班次", "期", "個"})),
    (re.compile(r"場"), frozenset({"場", "場次"})),
    (re.compile(r"件數|案數|件$"), frozenset({"件", "案", "件次"})),
    (re.compile(r"金額|經費|元"), frozenset({"元"})),
)
"""What a column counts by its title, and the units that this is told with."""


def _find(document: Document) -> Iterator[Relation]:
    by_block: dict[int, list[Mention]] = {}
    for mention in document.mentions:
        by_block.setdefault(mention.block, []).append(mention)
    told: dict[int, list[Figure]] = {}
    for line in document.lines:
        told.setdefault(line.block, []).extend(line.outer.figures)
    for index, block in enumerate(document.report.blocks):
        if block.kind != "table" or index not in by_block or index - 1 not in told:
            continue
        grid = grid_of(block, by_block[index])
        totals = [row for row in grid.data_rows() if _GRAND.match(grid.head(row))]
        if len(totals) == 1:
            yield from _match(grid, totals[0], told[index - 1])


def _match(grid: Grid, row: int, figures: list[Figure]) -> Iterator[Relation]:
    """The columns of the total row that one figure above the table tells."""
    taken: set[int] = set()
    for column in grid.filled():
        held = grid.held(row, column)
        units = _units(grid, column)
        if len(held) != 1 or units is None or sum(units is _units(grid, other) for other in grid.filled()) > 1:
            continue
        alike = [
            each for each in figures if each.unit in units and _tells_all(each) and each.mention.start not in taken
        ]
        if len(alike) == 1:
            taken.add(alike[0].mention.start)
            yield same("same.table-total", alike[0].mention, held[0], confidence=LIKELY)


def _units(grid: Grid, column: int) -> frozenset[str] | None:
    return next((units for title, units in _COUNTED if title.search(grid.title(column))), None)


def _tells_all(figure: Figure) -> bool:
    words = clause_words(figure.gap)
    return _TOTAL.search(words) is not None and _NOT_ALL.search(words) is None and figure.mention.bound is None


CHECKS = (Check("same.table-total", "a total above a table and the table's own", _find),)
