"""Totals of a table by its levels: districts and ages and sexes, 一、 over 1., 款 over 項, 合計 among the heads of columns.

What a table is built like tells which rows, or columns, a total adds: labels that stay the same but for one, marks and
running numbers of the next level, names that end in 合計, heads over heads. Whether it does add them is read off the table:
a way of building that nearly all of its totals keep is its law, and the total that does not keep it is wrong. A group
that adds up nowhere lists only some of its parts, and says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile

from ...model import Mention, Relation
from ..heads import head_pattern
from .candidate import Candidate
from .cues import one_classification
from .evidence import rarity, slips
from .figure import Document
from .law import misses_by_rounding, total
from .numbers import number
from .table_groups import Axis, Group, buildings, by_depth
from .tables import Grid, grids, is_total, mark_level

_GRAND, _NO_SUM, _SETTLED = map(head_pattern, ("grand-total", "no-sum", "settled"))
_SUBTOTAL, _PERHAPS, _SHARE = map(head_pattern, ("subtotal", "perhaps-total", "share-column"))
_OF_GROUP = head_pattern("total-of-group")
_DASH = re.compile(r"[-–—─－]+|")
_LEAST_KEPT = 3
_BROKEN = 5
"""One total of so many may break a law that the others keep."""
_ENOUGH = 10**4
"""How rare the totals that keep a law must be together."""
_SEVERAL = 4
"""Of so many columns of one total, most have to fit."""


def find(document: Document) -> Iterator[Candidate]:
    """The totals of all tables, way of building by way of building; and those that bear the name of one."""
    for grid in grids(document):
        for axis, groups in buildings(grid):
            yield from (Candidate(relation, frozenset()) for relation in _law(grid, axis, groups))
        yield from _named(grid)
        yield from _cells(grid)


# --- whether the table keeps to it --------------------------------------------------------------------------------------


def _law(grid: Grid, axis: Axis, groups: Sequence[Group]) -> Iterator[Relation]:
    """The sums of a way of building that nearly all totals keep; none where they do not, or may by chance."""
    lines: list[tuple[int, Relation]] = []
    for group in groups:
        found = list(_sums(grid, axis, group))
        if not _is_partial([relation for _, relation in found]):
            lines += found
    kept = list(_without_rounded(grid, lines, axis))
    broken = sum(relation.holds is False for relation in kept)
    held = [relation for relation in kept if relation.holds]
    weight = Fraction(1)
    for relation in held:
        weight *= rarity(relation.result)
        if weight >= _ENOUGH:
            break
    if weight >= _ENOUGH and (not broken or (len(held) >= _LEAST_KEPT and broken * _BROKEN <= len(kept))):
        yield from kept


def _is_partial(found: Sequence[Relation]) -> bool:
    """Whether a group lists only some of its parts: it adds up in less than half of its columns.

    Where it has but one or two, the error has to be one that people make.
    """
    broken = [relation for relation in found if relation.holds is False and not misses_by_rounding(relation)]
    if len(found) < _LEAST_KEPT:
        return any(slips(relation) is None for relation in broken)
    return len(broken) * 2 > len(found)


def _without_rounded(grid: Grid, lines: Sequence[tuple[int, Relation]], axis: Axis) -> Iterator[Relation]:
    """The sums but those that miss by no more than rounding does, in a column of rounded figures.

    Accounts are settled to the dollar and printed in thousands; where several totals of a column miss so little, it is one.
    """
    near = Counter(at for at, relation in lines if misses_by_rounding(relation))
    for at, relation in lines:
        settled = axis == "rows" and _SETTLED.search(grid.title(at)) is not None
        if not (misses_by_rounding(relation) and (near[at] > 1 or settled)):
            yield relation


def _sums(grid: Grid, axis: Axis, group: Group) -> Iterator[tuple[int, Relation]]:
    """The totals of a group, each with the row or column in which it stands."""
    if axis == "rows":
        crossing = [column for column in grid.filled() if not _NO_SUM.search(grid.title(column))]
        for column in crossing:
            relation = _sum(grid, (group.whole, column), [(part, column) for part in group.parts])
            if relation is not None:
                yield column, relation
        return
    if any(_NO_SUM.search(grid.title(column)) for column in (group.whole, *group.parts)):
        return
    for row in grid.data_rows():
        if not _NO_SUM.search(grid.head(row)):
            relation = _sum(grid, (row, group.whole), [(row, part) for part in group.parts])
            if relation is not None:
                yield row, relation


def _sum(grid: Grid, whole: tuple[int, int], parts: Sequence[tuple[int, int]]) -> Relation | None:
    """One total against its cells; a dash is nothing, and a cell that was not read leaves it unsaid."""
    result = _only(grid, whole)
    if result is None or (result.unit == "%" and not (result.value == 100 and _SHARE.search(grid.title(whole[1])))):
        return None  # of rates, the shares of a whole alone add up
    terms: list[Mention] = []
    for place in parts:
        term = _only(grid, place)
        if term is not None:
            terms.append(term)
        elif place in grid.unread or not _DASH.fullmatch(grid.text(*place)):
            return None
    if (
        len(terms) < 2
        or {term.unit for term in terms} != {result.unit}
        or not any(each.value for each in (result, *terms))
    ):
        return None
    return total("sum", "sum.level-law", result, terms, ["+"] * len(terms))


def _only(grid: Grid, place: tuple[int, int]) -> Mention | None:
    """The figure of a cell; of one that holds a sum and its items, the sum."""
    held = grid.held(*place)
    return (
        held[0]
        if held and (len(held) == 1 or _items(grid, place) == len(held) - 1) and place not in grid.unread
        else None
    )


# --- totals that bear the name of one -----------------------------------------------------------------------------------


def _named(grid: Grid) -> Iterator[Candidate]:
    """合計 over or under the rows of a table, beside its columns: by its name alone, were it the only one of the table."""
    rows = grid.data_rows()
    for group in _by_total(grid, rows):
        yield from _understood(grid, "rows", group, "sum.table-column")
    names = [grid.head(row) for row in rows]
    for group in by_depth(rows, [mark_level(name) for name in names]):
        if _OF_GROUP.search(grid.head(group.whole)) and not _is_partial([tie for _, tie in _sums(grid, "rows", group)]):
            yield from _understood(grid, "rows", group, "sum.table-column")
    columns = [column for column in grid.filled() if not _NO_SUM.search(grid.title(column))]
    wholes = [column for column in columns if is_total(grid.title(column))]
    if len(wholes) == 1 and (parts := tuple(column for column in columns if column != wholes[0])):
        whole = wholes[0]
        before, behind = (tuple(part for part in parts if (part < whole) is ahead) for ahead in (True, False))
        if len({grid.title(part) for part in before or behind}) == len(before or behind):
            yield from _understood(grid, "columns", Group(whole, before or behind), "sum.table-row")


def _by_total(grid: Grid, rows: Sequence[int]) -> Iterator[Group]:
    """The rows above a total, back to the one before; those below one that leads them, if they divide a whole."""
    names = {row: grid.head(row) for row in rows}
    leads = bool(rows) and _GRAND.match(names[rows[0]]) is not None
    for at, row in enumerate(rows):
        if not is_total(names[row]):
            continue
        sub = _SUBTOTAL.match(names[row]) is not None
        below = list(takewhile(lambda each: not is_total(names[each]), rows[at + 1 :]))
        if (
            leads
            and _GRAND.match(names[row])
            and (
                mark_level(names[(below or [row])[0]]) is not None
                or one_classification([names[each] for each in below] or [""])
            )
        ):
            members = below
        else:
            above = list(takewhile(lambda each: not _GRAND.match(names[each]), rows[:at][::-1]))[::-1]
            groups = [each for each in above if _SUBTOTAL.match(names[each])]
            last = rows.index(groups[-1]) + 1 if sub and groups else 0
            members = groups if groups and not sub else [each for each in above if rows.index(each) >= last]
        level = mark_level(names[members[0]]) if members else None
        parts = [each for each in members if level is None or mark_level(names[each]) == level]
        if len(parts) > 1:
            yield Group(row, tuple(parts))


def _understood(grid: Grid, axis: Axis, group: Group, rule: str) -> Iterator[Candidate]:
    """The sums of one total row or column; none where most of several do not fit: its parts are others than these."""
    found = [replace(each, rule=rule) for each in _without_rounded(grid, list(_sums(grid, axis, group)), axis)]
    broken = sum(relation.holds is False for relation in found)
    if len(found) >= _SEVERAL and broken * 2 > len(found):
        return
    perhaps = axis == "rows" and _PERHAPS.match(grid.head(group.whole)) is not None
    for relation in found:
        features = {"table:perhaps"} if perhaps else set()
        yield Candidate(relation, frozenset(features | ({"table:average"} if _is_average(relation) else set())))


def _is_average(relation: Relation) -> bool:
    """Figures of a column of rates, whatever its title has lost: with decimals, and the last one in their midst."""
    values = [number(term.value or 0) for term in relation.terms]
    finer = relation.result.step is not None and relation.result.step < 1
    return finer and max(values) <= 100 and min(values) <= number(relation.result.value or 0) <= max(values)


def _cells(grid: Grid) -> Iterator[Candidate]:
    """A group with its numbered sub-items in one cell, and the sum and the items in the next."""
    for place, held in sorted(grid.figures.items()):
        if len(held) > 2 and len({mention.unit for mention in held}) == 1 and _items(grid, place) == len(held) - 1:
            relation = total("sum", "sum.table-group", held[0], held[1:], ["+"] * (len(held) - 1))
            yield Candidate(relation, frozenset())


def _items(grid: Grid, place: tuple[int, int]) -> int:
    """How many sub-items the names of a cell's row number."""
    row, column = place
    return max((_numbered(grid.text(row, other)) for other in range(column)), default=0)


def _numbered(text: str) -> int:
    """How many sub-items a cell numbers, from the first on."""
    marks = re.findall(r"([一二三四五六七八九十])、", text)
    return len(marks) if marks == list("一二三四五六七八九十")[: len(marks)] else 0
