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
    for grid in grids(document):
        columns = grid.filled()
        change = _only(grid, _CHANGE, columns)
        others = [column for column in columns if column != change]
        new, old = _only(grid, _NEW, others), _only(grid, _OLD, others)
        if change is None or new is None or old is None or new == old:
            continue
        for row in grid.data_rows():
            if cells := _entries(grid, row, (change, new, old)):
                result, level, former = cells
                if result.unit == level.unit == former.unit:
                    yield total("difference", "difference.table", result, [level, former], ["+", "-"])


def _rates(document: Document) -> Iterator[Relation]:
    for grid in grids(document):
        columns = grid.filled()
        rate = _only(grid, _RATE, columns)
        others = [column for column in columns if column != rate]
        done, planned = _only(grid, _DONE, others), _only(grid, _PLANNED, others)
        if rate is None or done is None or planned is None or done == planned:
            continue
        for row in grid.data_rows():
            if cells := _entries(grid, row, (rate, done, planned)):
                result, over, under = cells
                relation = rate_of("ratio.table", result, over, under) if over.unit == under.unit else None
                if relation is not None and result.unit == "%":
                    yield relation


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
