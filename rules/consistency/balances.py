"""A row of a table that says what is left of what came in after what went out: 歲入, 歲出, and 歲入歲出餘絀 below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..heads import head_pattern
from .candidate import Candidate
from .column_laws import entry_of, kept_by_most
from .figure import Document
from .law import misses_by_rounding, total
from .tables import Grid, grids, mark_level

_BALANCE, _IN, _OUT, _NO_SUM = map(head_pattern, ("balance-row", "income-row", "outgo-row", "no-sum"))


def find(document: Document) -> Iterator[Candidate]:
    """The balances of all tables, where most of their columns keep to it."""
    for grid in grids(document):
        rows = grid.data_rows()
        for at, row in enumerate(rows):
            if _BALANCE.search(grid.head(row)):
                yield from _balanced(grid, row, rows[:at][::-1])


def _balanced(grid: Grid, row: int, above: Sequence[int]) -> Iterator[Candidate]:
    """The balance of the nearest rows of one level that say what came in and what went out."""
    level = mark_level(grid.head(row))
    alike = [
        other for other in above if mark_level(grid.head(other)) == level and not _BALANCE.search(grid.head(other))
    ]
    income = next((other for other in alike if _IN.search(grid.head(other))), None)
    outgo = next((other for other in alike if _OUT.search(grid.head(other))), None)
    if income is None or outgo is None:
        return
    ties = []
    for column in grid.filled():
        result, first, second = (entry_of(grid, each, column) for each in (row, income, outgo))
        if result is None or first is None or second is None or _NO_SUM.search(grid.title(column)):
            continue
        if result.unit == first.unit == second.unit != "%":
            ties.append(total("difference", "difference.table-balance", result, [first, second], ["+", "-"]))
    kept = [tie for tie in ties if not misses_by_rounding(tie)]
    yield from (Candidate(tie, frozenset()) for tie in kept_by_most(kept))
