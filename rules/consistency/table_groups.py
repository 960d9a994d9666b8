"""Which rows and columns of a table a total may add, by what the table is built like.

Labels that stay the same but for one (districts, ages, sexes), marks, running numbers and account numbers of the next level,
names that end in 合計, heads over heads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..heads import head_pattern
from .tables import Grid, mark_level

_GRAND, _OF_GROUP, _ALL = map(head_pattern, ("grand-total", "total-of-group", "all-of-label"))
_ORDINAL = re.compile(r"\d{1,3}")
_ACCOUNT = re.compile(r"(?:\d\d){3,}")
_ENDS_IN_NOUGHTS = re.compile(r"(?:00){0,9}\Z")
_MOST_LABELS = 5

Axis = Literal["rows", "columns"]


@dataclass(frozen=True, slots=True)
class Group:
    """A row that is said to add others, or a column."""

    whole: int
    parts: tuple[int, ...]


def buildings(grid: Grid) -> Iterator[tuple[Axis, list[Group]]]:
    """Every way in which the rows, or the columns, of a table may be totals and parts."""
    rows = grid.data_rows()
    columns = sorted({column for row, column in grid.figures if (row, column) not in grid.heads})
    if not rows or not columns:
        return
    labels = _labels(grid, rows, columns[0])
    for at in range(columns[0]):
        yield "rows", _by_label(rows, labels, at)
    names = [grid.head(row) or grid.text(row, 0) for row in rows]
    yield "rows", by_depth(rows, [mark_level(name) for name in names])
    yield "rows", _by_account(rows, [_account(grid, row, columns[0]) for row in rows])
    yield "rows", by_depth(rows, [_ordinal_level(grid, row, columns[0]) for row in rows])
    for column in range(columns[0]):
        yield "rows", by_depth(rows, _counted_anew([grid.text(row, column) for row in rows]))
    for leading in (True, False):
        yield "rows", _by_name(rows, names, leading)
    titles = [grid.title(column) for column in columns]
    yield "columns", by_depth(columns, [mark_level(title) for title in titles])
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


def by_depth(places: Sequence[int], depths: Sequence[int | None]) -> list[Group]:
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


def _counted_anew(texts: Sequence[str]) -> list[int | None]:
    """05, 01, 02, 06, 01: what is counted from one again stands below the number before, until that one's count goes on."""
    depths: list[int | None] = []
    counts: list[int] = []
    for text in texts:
        number = int(text) if _ORDINAL.fullmatch(text) else 0
        going_on = next((at for at in range(len(counts) - 1, -1, -1) if counts[at] + 1 == number), None)
        if going_on is not None and number:
            counts[going_on:] = [number]
        elif number == 1 or (number and not counts):
            counts.append(number)
        else:
            return [None] * len(texts)
        depths.append(len(counts))
    return depths


def _account(grid: Grid, row: int, first: int) -> str:
    """The number of a row's account up to its last level: two digits a level, noughts where it has no more."""
    numbers = (grid.text(row, column) for column in range(first))
    return next((_ENDS_IN_NOUGHTS.sub("", number) for number in numbers if _ACCOUNT.fullmatch(number)), "")


def _by_account(rows: Sequence[int], accounts: Sequence[str]) -> list[Group]:
    """The accounts of the next level behind an account: 5903820100, 5903821000 behind 5903820000."""
    groups = []
    for at, (row, account) in enumerate(zip(rows, accounts, strict=True)):
        behind = zip(rows[at + 1 :], accounts[at + 1 :], strict=True)
        inner = list(_below(account, behind)) if account else []
        level = min((len(number) for _, number in inner), default=0)
        parts = tuple(other for other, number in inner if len(number) == level > len(account))
        if len(parts) > 1:
            groups.append(Group(row, parts))
    return groups


def _below(account: str, behind: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for row, number in behind:
        if not number.startswith(account):
            return
        yield row, number


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
