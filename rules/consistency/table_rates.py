"""Columns of a table that are reckoned from two others: 增減 is 本年度 less 上年度, 達成率 is 實收 over 預算."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import Mention, Relation
from .check import Check
from .context import Document
from .ratio import rate_of
from .relation import total
from .sum_table import Grid, grids

_CHANGE = re.compile(r"^(?:比較)?(?:增減|比較增減|差額|增減數|增減額|比較)$|與上年度比較$")
_NEW = re.compile(r"本年|今年|本期|本月")
_OLD = re.compile(r"上年|去年|上期|前期|上月|前年")
_RATE = re.compile(r"達成率|執行率|達成比率|執行比率|進用率")
_DONE = re.compile(r"執行|實際|累計|決算|實收|完成|支用|已進用")
_PLANNED = re.compile(r"預算|目標|分配|預定|計畫數|應進用")


def _only(grid: Grid, pattern: re.Pattern[str], columns: Sequence[int]) -> int | None:
    """The one column whose title the pattern fits."""
    found = [column for column in columns if pattern.search(grid.title(column))]
    return found[0] if len(found) == 1 else None


def _changes(document: Document) -> Iterator[Relation]:
    for result, level, former in _reckoned(document, _CHANGE, _NEW, _OLD):
        if result.unit == level.unit == former.unit:
            yield total("difference", "difference.table", result, [level, former], ["+", "-"])


def _rates(document: Document) -> Iterator[Relation]:
    for result, over, under in _reckoned(document, _RATE, _DONE, _PLANNED):
        relation = rate_of("ratio.table", result, over, under) if over.unit == under.unit else None
        if relation is not None and result.unit == "%":
            yield relation


def _reckoned(
    document: Document, result: re.Pattern[str], first: re.Pattern[str], second: re.Pattern[str]
) -> Iterator[list[Mention]]:
    """Row by row, the figures of a column and of the two others from which it is reckoned."""
    for grid in grids(document):
        columns = grid.filled()
        reckoned = _only(grid, result, columns)
        others = [column for column in columns if column != reckoned]
        one, other = _only(grid, first, others), _only(grid, second, others)
        if reckoned is None or one is None or other is None or one == other:
            continue
        for row in grid.data_rows():
            if cells := _entries(grid, row, (reckoned, one, other)):
                yield cells


def _entries(grid: Grid, row: int, columns: Sequence[int]) -> list[Mention]:
    """The figures of a row in some columns, where each cell has exactly one; else none."""
    cells = [grid.held(row, column) for column in columns]
    if any(len(cell) != 1 for cell in cells) or any((row, column) in grid.unread for column in columns):
        return []
    return [cell[0] for cell in cells]


CHECKS = (
    Check("difference.table", "a column of changes against the two columns that it compares", _changes),
    Check("ratio.table", "a column of rates against what was done and what was planned", _rates),
)
