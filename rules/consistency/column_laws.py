"""Columns of a table that are reckoned from others, whatever their titles say: what holds in row after row is a law.

The law is read off the rows themselves: one column is the sum, the difference, the share or the rate of change of others.
Where several rows keep it, the one that does not is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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

_MOST_COLUMNS, _MOST_ADDED = 14, 64
"""So many columns are tried with each other; so many may be parts of a total beside them."""
_LEAST_ROWS = 3
_LOOKED_AT = 12
"""In so many rows it is looked up how many columns a total adds."""
_BROKEN = 5
"""One row of so many may break a law that the others keep."""
_ENOUGH = 10**4
"""How rare the rows that keep a law must be together."""
_ALL = 100

_CHANGE, _TOTAL, _RATE_ROW = map(head_pattern, ("change-column", "total-word", "rate-row"))
_NOTHING = re.compile(r"[-–—─－]*")

Row = Mapping[int, Mention | None]
"""The figure in each column that has one, or a dash: nothing. What holds words is left out."""
Tie = Callable[[Sequence[Mention]], Relation | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of figures in columns, and what stands over them."""

    rows: Sequence[Row]
    titles: Mapping[int, str]
    heads: str

    def figures(self, column: int) -> list[Mention]:
        """Those of a column."""
        return [figure for row in self.rows if (figure := row.get(column)) is not None]

    def units(self, column: int) -> set[str | None]:
        """Their units."""
        return {figure.unit for figure in self.figures(column)}


@dataclass(frozen=True, slots=True)
class Law:
    """Columns of which the first is reckoned from the others."""

    columns: tuple[int, ...]
    tie: Tie


def find(document: Document) -> Iterator[Candidate]:
    """Columns that are reckoned from others: as their titles say, and as row after row bears out."""
    for grid in grids(document):
        yield from (Candidate(tie, frozenset()) for tie in laws(sheet_of(grid)))
        yield from _titled(grid)


def sheet_of(grid: Grid) -> Sheet:
    """The rows of a table that are no rates."""
    filled, data = grid.filled(), grid.data_rows()
    rows = [_row(grid, row, filled) for row in data if not _RATE_ROW.search(grid.head(row))]
    heads = "".join(text for (row, _), text in sorted(grid.texts.items()) if data and row < data[0])
    return Sheet(rows, {column: grid.title(column) for column in filled}, heads)


def _row(grid: Grid, row: int, columns: Sequence[int]) -> Row:
    told = {column: entry_of(grid, row, column) for column in columns}
    return {
        column: entry
        for column, entry in told.items()
        if entry is not None or ((row, column) not in grid.unread and _NOTHING.fullmatch(grid.text(row, column)))
    }


def entry_of(grid: Grid, row: int, column: int) -> Mention | None:
    """The one figure of a cell."""
    held = grid.held(row, column)
    return held[0] if len(held) == 1 and (row, column) not in grid.unread else None


def laws(sheet: Sheet) -> Iterator[Relation]:
    """The ties of all laws that the rows keep; of one set of columns the likeliest law."""
    told: set[frozenset[int]] = set()
    filled = [column for column in sheet.titles if not _counts_rows(sheet.figures(column))]
    columns = [column for column in filled if len(sheet.figures(column)) >= _LEAST_ROWS]
    below, titled, last = _changes(sheet, columns)
    never = titled or last or below
    levels = [column for column in columns if column not in never]
    for columns_of, ties in _beside(sheet, [column for column in filled if column not in never]):
        told.add(columns_of)
        yield from ties
    if not 3 <= len(columns) <= _MOST_COLUMNS:
        return
    for law in _candidates(sheet, columns, [*last, *reversed(below), *titled], levels):
        if frozenset(law.columns) not in told and (ties := _kept(law, sheet.rows)):
            told.add(frozenset(law.columns))
            yield from ties


def _counts_rows(figures: Sequence[Mention]) -> bool:
    """1, 2, 3: a running number beside the names of the rows, told again where a wide table is printed in pieces."""
    return len(figures) > 1 and [figure.text for figure in figures] == [str(at) for at in range(1, len(figures) + 1)]


def _changes(sheet: Sheet, columns: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Columns that may tell changes: by what falls below zero, by their titles, and the last one where any head says so.

    Titles may have come to stand over other columns than their own.
    """
    amounts = [column for column in columns if sheet.units(column) != {"%"}]
    below = [column for column in amounts if any((each.value or 0) < 0 for each in sheet.figures(column))]
    titled = [column for column in amounts if _CHANGE.search(sheet.titles[column])]
    return below, titled, amounts[-1:] if len(amounts) > 2 and _CHANGE.search(sheet.heads) else []


def _beside(sheet: Sheet, columns: Sequence[int]) -> Iterator[tuple[frozenset[int], list[Relation]]]:
    """Totals of the columns right behind or right before them, the inner ones first: what is a part already is no other's."""
    for direction in (1, -1):
        free = list(columns[::direction])
        for at in range(len(free) - 3, -1, -1):
            behind = [each for each in free[at + 1 : at + 1 + _MOST_ADDED] if sheet.units(each) & sheet.units(free[at])]
            parts = behind[: _how_many(sheet.rows, free[at], behind)]
            ties = _kept(Law((free[at], *sorted(parts)), _sum), sheet.rows) if parts else []
            if ties:
                yield frozenset((free[at], *parts)), ties
                free = [each for each in free if each not in parts]


def _how_many(rows: Sequence[Row], target: int, columns: Sequence[int]) -> int:
    """How many columns a total adds, as most rows have it; 0 where in hardly any row it adds the first ones."""
    fits = Counter[int]()
    told = [row for row in rows if row.get(target) is not None][:_LOOKED_AT]
    for row in told:
        whole = row[target]
        summed: Exact = 0
        for count, column in enumerate(columns, start=1):
            if column not in row:
                break
            part = row[column]
            summed += number(part.value or 0) if part is not None else 0
            fits[count] += count > 1 and whole is not None and summed == number(whole.value or 0)
    most = max(fits.values(), default=0)
    return max((count for count, times in fits.items() if times == most), default=0) if 2 * most > len(told) else 0


def _candidates(sheet: Sheet, columns: Sequence[int], changes: Sequence[int], levels: Sequence[int]) -> Iterator[Law]:
    """What the columns may be to each other; the likelier reading of the same columns first."""
    totals = [column for column in columns if _TOTAL.search(sheet.titles[column])]
    for target in [*(column for column in totals if column in levels), *reversed(levels)]:
        alike = [column for column in levels if sheet.units(column) & sheet.units(target) and column != target]
        yield from (Law((target, *pair), _sum) for pair in combinations(alike, 2))
    for target in [*changes, *reversed(columns)]:
        for one, other in combinations([column for column in columns if column != target], 2):
            yield Law((target, one, other), _difference)
            yield Law((target, other, one), _difference)
    for target in reversed(columns):
        for one, other in permutations([column for column in columns if column != target], 2):
            if one not in changes:
                yield Law((target, one, other), _share)
            yield Law((target, one, other), _change)


def _kept(law: Law, rows: Sequence[Row]) -> list[Relation]:
    """The ties of a law that nearly every row keeps; none where hardly a row can be reckoned so."""
    ties: list[Relation] = []
    broken = idle = 0
    for row in rows:
        cells = [row[column] for column in law.columns if column in row]
        figures = [cell for cell in cells if cell is not None]
        if len(cells) < len(law.columns) or cells[0] is None or len(figures) < 3:
            continue
        relation = law.tie(figures) if law.tie is _sum or len(figures) == len(cells) else None
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
    if {part.unit for part in parts} != {result.unit} or result.unit == "%" or not any(part.value for part in cells):
        return None  # nothing of nothing is told, and confirms nothing
    return total("sum", "sum.column-law", result, parts, ["+"] * len(parts))


def _difference(cells: Sequence[Mention]) -> Relation | None:
    result, first, second = cells
    if first.unit != second.unit:
        return None
    return total("difference", "difference.column-law", result, [first, second], ["+", "-"])


def _share(cells: Sequence[Mention]) -> Relation | None:
    """A rate; one whose head was lost has decimals that its two figures do not have, and no unit."""
    result, over, under = cells
    bare = (
        result.unit is None
        and over.unit == under.unit
        and (result.step or 1) < 1 <= min(over.step or 1, under.step or 1)
    )
    if result.unit != "%" and not (bare and (result.value or 0) <= _ALL):
        return None
    tie = rate_of("ratio.column-law", replace(result, unit="%"), over, under)
    return replace(tie, result=result) if tie is not None else None


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
