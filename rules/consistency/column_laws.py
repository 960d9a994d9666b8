"""Columns of a table that are reckoned from others, whatever their titles say: what holds in row after row is a law.

The law is read off the rows themselves: one column is the sum, the difference, the share or the rate of change of others.
Where several rows keep it, the one that does not is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import regex

from ...model import Mention, Relation
from ..heads import head_pattern
from .candidate import Candidate
from .evidence import rarity
from .figure import Document
from .law import growth_between, rate_of, total
from .numbers import Exact, number
from .tables import Grid, grids

_MOST_COLUMNS = 14
_LEAST_ROWS = 3
_BROKEN = 5
"""One row of so many may break a law that the others keep."""
_ENOUGH = 10**4
"""How rare the rows that keep a law must be together."""

_CHANGE, _TOTAL, _RATE_ROW = map(head_pattern, ("change-column", "total-word", "rate-row"))

Entries = dict[tuple[int, int], Mention | None]
"""The one figure of each cell, by row and column."""
Tie = Callable[[Sequence[Mention]], Relation | None]


@dataclass(frozen=True, slots=True)
class Law:
    """Columns of which the first is reckoned from the others."""

    columns: tuple[int, ...]
    tie: Tie


def find(document: Document) -> Iterator[Candidate]:
    """Columns that are reckoned from others: as their titles say, and as row after row bears out."""
    for grid in grids(document):
        yield from _laws(grid)
        yield from _titled(grid)


def _laws(grid: Grid) -> Iterator[Candidate]:
    rows = [row for row in grid.data_rows() if not _RATE_ROW.search(grid.head(row))]
    filled = grid.filled()
    entries = {(row, column): entry_of(grid, row, column) for row in rows for column in filled}
    columns = [each for each in filled if sum(entries[row, each] is not None for row in rows) >= _LEAST_ROWS]
    if not 3 <= len(columns) <= _MOST_COLUMNS:
        return
    told: set[frozenset[int]] = set()
    for law in _candidates(grid, columns, entries):
        if frozenset(law.columns) not in told:
            found = _kept(law, [[entries[row, column] for column in law.columns] for row in rows])
            if found:
                told.add(frozenset(law.columns))
                yield from (Candidate(relation, frozenset()) for relation in found)


def entry_of(grid: Grid, row: int, column: int) -> Mention | None:
    """The one figure of a cell."""
    held = grid.held(row, column)
    return held[0] if len(held) == 1 and (row, column) not in grid.unread else None


def _candidates(grid: Grid, columns: Sequence[int], entries: Entries) -> Iterator[Law]:
    """What the columns may be to each other; the likelier reading of the same columns first."""
    titled = [column for column in columns if _CHANGE.search(grid.title(column))]
    changes = titled or [column for column in columns if _falls_below_zero(column, entries)]
    totals = [column for column in columns if _TOTAL.search(grid.title(column))]
    levels = [column for column in columns if column not in changes]
    units = {at: {entry.unit for (_, column), entry in entries.items() if column == at and entry} for at in columns}
    for target in [*(column for column in totals if column in levels), *reversed(levels)]:
        alike = [column for column in levels if units[column] & units[target]]
        yield from (Law((target, *run), _sum) for run in _runs(target, alike))
    for target in [*changes, *reversed(columns)]:
        for one, other in combinations([column for column in columns if column != target], 2):
            yield Law((target, one, other), _difference)
            yield Law((target, other, one), _difference)
    for target in reversed(columns):
        for one, other in permutations([column for column in columns if column != target], 2):
            yield Law((target, one, other), _share)
            yield Law((target, one, other), _change)


def _falls_below_zero(column: int, entries: Entries) -> bool:
    return any((entry.value or 0) < 0 for (_, at), entry in entries.items() if at == column and entry)


def _runs(target: int, columns: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Neighbouring columns beside the target, the longest run first; then any two."""
    at = columns.index(target)
    left, right = columns[:at], columns[at + 1 :]
    for length in range(len(columns), 1, -1):
        if length <= len(left):
            yield tuple(left[-length:])
        if length <= len(right):
            yield tuple(right[:length])
    yield from combinations([column for column in columns if column != target], 2)


def _kept(law: Law, rows: Sequence[Sequence[Mention | None]]) -> list[Relation]:
    """The ties of a law that nearly every row keeps; none where hardly a row can be reckoned so."""
    ties: list[Relation] = []
    broken = idle = 0
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        if len(cells) < len(row):
            continue
        relation = law.tie(cells)
        if relation is None:  # of nothing, or of what stayed as it was, nothing is reckoned
            idle += 1
            if idle > len(ties) + 1:
                return []
            continue
        ties.append(relation)
        broken += not _fits(relation)
        if 2 * broken > len(ties) + 1:
            return []
    return kept_by_most(ties)


def kept_by_most(ties: Sequence[Relation]) -> list[Relation]:
    """The same ties, if nearly all of them hold, and not by chance; else none."""
    held = [tie for tie in ties if _fits(tie)]
    broken = len(ties) - len(held)
    weight: Exact = 1
    for tie in held:
        weight *= rarity(tie.result)
    return [] if len(held) < _LEAST_ROWS or broken * _BROKEN > len(ties) + 1 or weight < _ENOUGH else list(ties)


def _fits(tie: Relation) -> bool:
    return tie.holds is True and tie.rounding != "neither"


def _sum(cells: Sequence[Mention]) -> Relation | None:
    result, *parts = cells
    if {part.unit for part in parts} != {result.unit} or result.unit == "%":
        return None
    return total("sum", "sum.column-law", result, parts, ["+"] * len(parts))


def _difference(cells: Sequence[Mention]) -> Relation | None:
    result, first, second = cells
    if first.unit != second.unit:
        return None
    return total("difference", "difference.column-law", result, [first, second], ["+", "-"])


def _share(cells: Sequence[Mention]) -> Relation | None:
    result, over, under = cells
    return rate_of("ratio.column-law", result, over, under) if result.unit == "%" else None


def _change(cells: Sequence[Mention]) -> Relation | None:
    result, new, old = cells
    if result.unit != "%" or new.unit != old.unit or not old.value or new.value is None or old.value < 0:
        return None
    if number(new.value) > number(old.value) and (result.value or 0) < 0:
        return None  # a fall may be told without its sign
    return growth_between("growth.column-law", result, new, old)


# --- what the titles say ------------------------------------------------------------------------------------------------

_CHANGES, _NEW, _OLD = map(head_pattern, ("change-of-two", "new-column", "old-column"))
_RATES, _DONE, _PLANNED = map(head_pattern, ("rate-of-two", "done-column", "goal-column"))
_MEASURE = head_pattern("column-measure")


def _titled(grid: Grid) -> Iterator[Candidate]:
    """增減 is 本年度 less 上年度, 達成率 is 實收 over 預算."""
    for result, level, former in _reckoned(grid, _CHANGES, _NEW, _OLD):
        if result.unit == level.unit == former.unit:
            relation = total("difference", "difference.table", result, [level, former], ["+", "-"])
            yield Candidate(relation, frozenset())
    for result, over, under in _reckoned(grid, _RATES, _DONE, _PLANNED):
        rate = rate_of("ratio.table", result, over, under) if over.unit == under.unit else None
        if rate is not None and result.unit == "%":
            yield Candidate(rate, frozenset())


def _only(titles: Mapping[int, str], pattern: regex.Pattern[str]) -> int | None:
    """The one column whose title the pattern fits."""
    found = [column for column, title in titles.items() if pattern.search(title)]
    return found[0] if len(found) == 1 else None


def _reckoned(
    grid: Grid, result: regex.Pattern[str], first: regex.Pattern[str], second: regex.Pattern[str]
) -> Iterator[list[Mention]]:
    """Row by row, the figures of a column and of the two others from which it is reckoned.

    Under 本年度, 上年度 and 比較 there may be a column of amounts and one of shares each: those of one unit belong together.
    """
    filled = grid.filled()
    shares = [column for column in filled if _unit(grid, column) == "%"]
    for columns in (filled, [column for column in filled if column not in shares]) if shares else (filled,):
        titles = {column: _MEASURE.sub("", grid.title(column)) for column in columns}
        reckoned = _only(titles, result)
        others = {column: title for column, title in titles.items() if column != reckoned}
        one, other = _only(others, first), _only(others, second)
        if reckoned is None or one is None or other is None or one == other:
            continue
        for row in grid.data_rows():
            cells = [entry_of(grid, row, column) for column in (reckoned, one, other)]
            if None not in cells:
                yield [cell for cell in cells if cell is not None]
        return


def _unit(grid: Grid, column: int) -> str | None:
    """The unit of most figures of a column."""
    units = Counter(entry.unit for row in grid.data_rows() if (entry := entry_of(grid, row, column)) is not None)
    return units.most_common(1)[0][0] if units else None
