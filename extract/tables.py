"""What a table's heads say of a figure: the name of its row, that of its column, and their dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..model import Cell, Mention, Period
from ..rules.heads import head_pattern
from .context import BlockView, Figure, Mark, figures_of
from .heads import FORMULA, Heads, heads_in

_LONGEST = 24
_LONGEST_PATH = 40
_WORD = re.compile(r"[一-鿿A-Za-z]")
_MARKER = re.compile(r"^\(?[\d一二三四五六七八九十]{1,3}(?:[)、.]|[款項目節](?=\S))")
_NOTE = re.compile(r"(?<=[一-鿿)])[1-9\u00b9\u00b2\u00b3\u2070-\u2079]$")
"""薪資3: the reference to a note below the table."""
_TOTAL = re.compile(r"(?:總|合|小)計|合\s*計|^計$")
_IN_UNITS = re.compile(r"(?<=.)\((?:單位:?)?(?:[千百萬億]*[^()\d]{1,4}(?:/[^()\d]{1,4})?)\)$")
"""人口密度(人/平方公里): what the figures below are measured in."""
_CLASSIFIED, _CHANGE_ROW = head_pattern("classification"), head_pattern("change-row")


@dataclass(frozen=True, slots=True)
class _Named:
    """The heads of a figure, and the name of its row among the other rows."""

    heads: Heads
    row: str


_NONE = _Named(Heads((), ()), "")


def _of(figure: Figure) -> _Named:
    return _layout(figure.view).get(figure.mention.block_start, _NONE)


def heads_of(figure: Figure) -> tuple[str, str]:
    """Row head and column head of the cell in which a figure stands; empty where the table has none."""
    named = _of(figure)
    return named.row, "".join(_names(figure.view, named.heads.column))[:_LONGEST_PATH]


def head_dates(figure: Figure) -> tuple[Mention, ...]:
    """The dates in the heads of a figure's column and row; the nearest first.

    A row of changes (較113年底增減) names the date that is compared: its figures are of the newest of their column.
    """
    named = _of(figure)
    if not is_change_row(figure):
        return _dates_of(figure.view, named.heads)
    column = [other.heads for other in _layout(figure.view).values() if other.heads.column == named.heads.column]
    return _newest(date for heads in dict.fromkeys(column) for date in _dates_of(figure.view, heads))


def is_change_row(figure: Figure) -> bool:
    """Whether the row of a figure tells how much those above it have changed."""
    return _CHANGE_ROW.search(own_row(figure)) is not None


def _dates_of(view: BlockView, heads: Heads) -> tuple[Mention, ...]:
    marks = (mark for head in (*reversed(heads.column), *reversed(heads.row)) for mark in _marks_in(view, head))
    return tuple(mark.mention for mark in marks if mark.mention.edtf is not None)


def _newest(dates: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(dates, key=lambda mention: Period.parse(mention.edtf or "").last or date.min)[-1:])


def dates_beside(figure: Figure) -> tuple[Mention, ...]:
    """The newest of the dates that head the other columns of a row: a change is that of the new figure."""
    return _newest(date for one in figures_of(figure.view, figure.mark.sentence) for date in head_dates(one))


def head_words(figure: Figure) -> str:
    """All that the heads of a figure's column say, from the outside in, dates and totals too."""
    return _words(figure.view, _of(figure).heads.column)


def group_words(figure: Figure) -> str:
    """What stands over the group of rows to which a figure's row belongs: 上年度預算數 over the rows of the districts."""
    return _words(figure.view, _of(figure).heads.row[:-1])


def own_row(figure: Figure) -> str:
    """The name of a figure's row alone, without those of its group."""
    return "".join(_names(figure.view, _of(figure).heads.row[-1:])[:1])


def _words(view: BlockView, cells: Iterable[Cell]) -> str:
    return "".join("".join(view.block.text[cell.start : cell.end].split()) for cell in cells)


@lru_cache(maxsize=8)
def _layout(view: BlockView) -> dict[int, _Named]:
    """For each figure of a table, by its place: its heads."""
    places: dict[int, Heads] = {}
    for cell, heads in heads_in(view.block).items():
        for mark in _marks_in(view, cell):
            if mark.mention.kind == "quantity":
                places[mark.mention.block_start] = heads
    names = {heads.row: _names(view, heads.row) for heads in places.values()}
    last = Counter(found[-1] for found in names.values() if found)
    return {place: _Named(heads, _of_row(names[heads.row], last)) for place, heads in places.items()}


def _of_row(names: tuple[str, ...], last: Counter[str]) -> str:
    """The innermost name; with those around it, where it names several rows."""
    if not names:
        return ""
    return names[-1] if last[names[-1]] < 2 else "/".join(names)[-_LONGEST_PATH:]


def _names(view: BlockView, cells: Iterable[Cell]) -> tuple[str, ...]:
    found = (_text(view, cell) for cell in cells)
    return tuple(dict.fromkeys(name for name in found if name))


def _marks_in(view: BlockView, cell: Cell) -> tuple[Mark, ...]:
    first = bisect_left(view.marks, cell.start, key=lambda mark: mark.mention.block_start)
    last = bisect_left(view.marks, cell.end, key=lambda mark: mark.mention.block_start)
    return view.marks[first:last]


def _text(view: BlockView, cell: Cell) -> str:
    """The words of a head, without its mark, its dates and the words for a total; running numbers name nothing."""
    words = view.block.text[cell.start : cell.end]
    if not _WORD.search(words):
        return ""
    for mark in reversed(_marks_in(view, cell)):
        if mark.mention.kind == "date":
            at, end = mark.mention.block_start - cell.start, mark.mention.block_end - cell.start
            words = words[:at] + words[end:]
    plain = "".join(words.split())
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    plain = _IN_UNITS.sub("", plain)
    if _CLASSIFIED.search(plain):
        return ""
    return _TOTAL.sub("", _NOTE.sub("", FORMULA.sub("", _MARKER.sub("", plain))))[:_LONGEST]
