"""Totals of a table by its levels: districts and ages and sexes, 一、 over 1., 款 over 項, 合計 among the heads of columns.

What a table is built like tells which rows, or columns, a total adds: labels that stay the same but for one, marks and
running numbers of the next level, names that end in 合計, heads over heads. Whether it does add them is read off the table:
a way of building that nearly all of its totals keep is its law, and the total that does not keep it is wrong. A group
that adds up nowhere lists only some of its parts, and says nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile
from typing import Literal

from ...model import Mention, Relation
from ..heads import head_pattern
from .candidate import Candidate
from .cues import one_classification
from .evidence import rarity, slips
from .figure import Document
from .law import amount, total
from .numbers import magnitude, number
from .tables import Grid, grids, is_total, mark_level

_GRAND, _NO_SUM, _OF_GROUP, _SETTLED = map(head_pattern, ("grand-total", "no-sum", "total-of-group", "settled"))
_ALL, _SUBTOTAL, _PERHAPS = map(head_pattern, ("all-of-label", "subtotal", "perhaps-total"))
_DASH = re.compile(r"[-–—─－]+|")
_ORDINAL = re.compile(r"\d{1,3}")
_LEAST_KEPT = 3
_BROKEN = 5
"""One total of so many may break a law that the others keep."""
_ENOUGH = 10**4
"""How rare the totals that keep a law must be together."""
_MOST_LABELS = 5
_SEVERAL = 4
"""Of so many columns of one total, most have to fit."""

Axis = Literal["rows", "columns"]


@dataclass(frozen=True, slots=True)
class Group:
    """A row that is said to add others, or a column."""

    whole: int
    parts: tuple[int, ...]


def find(document: Document) -> Iterator[Candidate]:
    """The totals of all tables, way of building by way of building; and those that bear the name of one."""
    for grid in grids(document):
        for axis, groups in _buildings(grid):
            yield from (Candidate(relation, frozenset()) for relation in _law(grid, axis, groups))
        yield from _named(grid)
        yield from _cells(grid)


def _buildings(grid: Grid) -> Iterator[tuple[Axis, list[Group]]]:
    rows = grid.data_rows()
    columns = sorted({column for row, column in grid.figures if (row, column) not in grid.heads})
    if not rows or not columns:
        return
    labels = _labels(grid, rows, columns[0])
    for at in range(columns[0]):
        yield "rows", _by_label(rows, labels, at)
    names = [grid.head(row) or grid.text(row, 0) for row in rows]
    yield "rows", _by_depth(rows, [mark_level(name) for name in names])
    yield "rows", _by_depth(rows, [_ordinal_level(grid, row, columns[0]) for row in rows])
    for leading in (True, False):
        yield "rows", _by_name(rows, names, leading)
    titles = [grid.title(column) for column in columns]
    yield "columns", _by_depth(columns, [mark_level(title) for title in titles])
    yield "columns", _by_heads(columns, [_path(grid, column, rows[0]) for column in columns])


# --- which rows and columns belong together -----------------------------------------------------------------------------


def _labels(grid: Grid, rows: Sequence[int], first: int) -> dict[int, tuple[str, ...]]:
    """The labels of each row. One that is left blank before others is that of the row above."""
    found: dict[int, tuple[str, ...]] = {}
    above: tuple[str, ...] = ("",) * first
    for row in rows:
        own = [grid.covered.get((row, column), "") for column in range(first)]
        last = max((at for at, text in enumerate(own) if text), default=-1)
        above = tuple(text or (above[at] if at < last else "") for at, text in enumerate(own))
        found[row] = above
    return found


def _by_label(rows: Sequence[int], labels: dict[int, tuple[str, ...]], at: int) -> list[Group]:
    """男 and 女 below 計 of the same place and age: all labels are the same but one, which says 計 of the whole."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in rows:
        own = labels[row]
        if not 2 <= sum(map(bool, own)) <= _MOST_LABELS or not own[at]:
            continue
        alike[(*own[:at], "", *own[at + 1 :])].append(row)
    groups = []
    for found in alike.values():
        wholes = [row for row in found if _ALL.search(labels[row][at])]
        parts = [row for row in found if row not in wholes]
        names = {labels[row][at] for row in parts}
        if len(wholes) == 1 and len(parts) > 1 and len(names) == len(parts):
            groups.append(Group(wholes[0], tuple(parts)))
    return groups


def _by_depth(places: Sequence[int], depths: Sequence[int | None]) -> list[Group]:
    """What stands one level deeper behind a row, up to the next row of its level."""
    groups = []
    for at, (place, depth) in enumerate(zip(places, depths, strict=True)):
        if depth is None:
            continue
        inner: list[tuple[int, int]] = []
        for other, deeper in zip(places[at + 1 :], depths[at + 1 :], strict=True):
            if deeper is None or deeper <= depth:
                break
            inner.append((other, deeper))
        level = min((deeper for _, deeper in inner), default=0)
        parts = tuple(other for other, deeper in inner if deeper == level)
        if len(parts) > 1:
            groups.append(Group(place, parts))
    return groups


def _ordinal_level(grid: Grid, row: int, first: int) -> int | None:
    """The column in which the running number of a row stands: 款 before 項 before 目 before 節."""
    return max((column for column in range(first) if _ORDINAL.fullmatch(grid.text(row, column))), default=None)


def _by_name(rows: Sequence[int], names: Sequence[str], leading: bool) -> list[Group]:
    """直轄市合計 and the rows up to the next 合計, behind it (``leading``) or before it; and 總計 over those."""
    groups: list[Group] = []
    wholes: list[int] = []
    members: list[int] = []
    grand: int | None = None
    order = list(zip(rows, names, strict=True))
    if leading:
        order.reverse()
    for row, name in order:
        if _GRAND.search(name):
            if len(wholes) > 1 and not members:
                groups.append(Group(row, tuple(sorted(wholes))))
            grand, wholes, members = row, [], []
        elif _OF_GROUP.search(name):
            if len(members) > 1:
                groups.append(Group(row, tuple(sorted(members))))
            wholes.append(row)
            members = []
        else:
            members.append(row)
    return groups if grand is not None or groups else []


def _path(grid: Grid, column: int, behind: int) -> tuple[str, ...]:
    """The heads over a column from the outside in, each once though it covers several rows."""
    found: list[str] = []
    for row in range(behind):
        text = grid.covered.get((row, column), "")
        if text and (not found or found[-1] != text):
            found.append(text)
    return tuple(found)


@dataclass(slots=True)
class _Head:
    """A head of columns with those below it."""

    name: str
    columns: list[int]
    below: list[_Head]


def _by_heads(columns: Sequence[int], paths: Sequence[tuple[str, ...]]) -> list[Group]:
    """合計 among the heads below one head, or among the outermost: it adds those beside it."""
    top = _tree(columns, paths, 0)
    groups: list[Group] = []
    waiting = [top]
    while waiting:
        heads = waiting.pop()
        totals = [head for head in heads if _ALL.search(head.name) and len(head.columns) == 1]
        if len(totals) == 1 and len(heads) > 1:
            parts = [column for head in heads if head is not totals[0] for column in _standing_for(head)]
            if len(parts) > 1:
                groups.append(Group(totals[0].columns[0], tuple(parts)))
        waiting.extend(head.below for head in heads if head.below)
    return groups


def _tree(columns: Sequence[int], paths: Sequence[tuple[str, ...]], depth: int) -> list[_Head]:
    heads: list[_Head] = []
    for column, path in zip(columns, paths, strict=True):
        name = path[depth] if depth < len(path) else ""
        if not heads or heads[-1].name != name or not name:
            heads.append(_Head(name, [], []))
        heads[-1].columns.append(column)
    of = dict(zip(columns, paths, strict=True))
    for head in heads:
        if len(head.columns) > 1 and any(len(of[column]) > depth + 1 for column in head.columns):
            head.below = _tree(head.columns, [of[column] for column in head.columns], depth + 1)
    return heads


def _standing_for(head: _Head) -> list[int]:
    """The columns that a head's figures are in: its total alone, if it has one, else all that are not broken down."""
    if not head.below:
        return head.columns
    totals = [inner for inner in head.below if _ALL.search(inner.name) and len(inner.columns) == 1]
    if len(totals) == 1:
        return totals[0].columns
    return [column for inner in head.below for column in _standing_for(inner)]


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
    if len(held) >= _LEAST_KEPT and broken * _BROKEN <= len(kept) and weight >= _ENOUGH:
        yield from kept


def _is_partial(found: Sequence[Relation]) -> bool:
    """Whether a group lists only some of its parts: it adds up in less than half of its columns.

    Where it has but one or two, the error has to be one that people make.
    """
    broken = [relation for relation in found if relation.holds is False and not _misses_by_rounding(relation)]
    if len(found) < _LEAST_KEPT:
        return any(slips(relation) is None for relation in broken)
    return len(broken) * 2 > len(found)


def _without_rounded(grid: Grid, lines: Sequence[tuple[int, Relation]], axis: Axis) -> Iterator[Relation]:
    """The sums but those that miss by no more than rounding does, in a column of rounded figures.

    Accounts are settled to the dollar and printed in thousands; where several totals of a column miss so little, it is one.
    """
    near = Counter(at for at, relation in lines if _misses_by_rounding(relation))
    for at, relation in lines:
        settled = axis == "rows" and _SETTLED.search(grid.title(at)) is not None
        if not (_misses_by_rounding(relation) and (near[at] > 1 or settled)):
            yield relation


def _misses_by_rounding(relation: Relation) -> bool:
    """Each figure may be off by half its last place."""
    if relation.holds is not False or relation.result.step is None:
        return False
    apart = magnitude(amount(relation.result) - sum(amount(term) for term in relation.terms))
    return apart * 2 <= (len(relation.terms) + 1) * number(relation.result.step)


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
    if result is None or result.unit == "%":
        return None
    terms: list[Mention] = []
    for place in parts:
        term = _only(grid, place)
        if term is not None:
            terms.append(term)
        elif place in grid.unread or not _DASH.fullmatch(grid.text(*place)):
            return None
    if len(terms) < 2 or {term.unit for term in terms} != {result.unit}:
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
    found = [replace(relation, rule=rule) for _, relation in _sums(grid, axis, group)]
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
