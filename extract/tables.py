"""The heads of a table's figure: what its row and its column are called."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from ..model import Cell, Mention
from .context import BlockView, Figure, Mark

_LONGEST = 24
_WORD = re.compile(r"[一-鿿A-Za-z]")
_MARKER = re.compile(r"^\(?[\d一二三四五六七八九十]{1,3}[)、.]")
_TOTAL = re.compile(r"(?:總|合|小)計|合\s*計")


Heads = tuple[Cell | None, Cell | None]
"""The cells that name a row and a column."""


def heads_of(figure: Figure) -> tuple[str, str]:
    """Row head and column head of the cell in which a figure stands; empty where the table has none."""
    row, column = _layout(figure.view).get(figure.mention.block_start, (None, None))
    return _text(figure.view, row), _text(figure.view, column)


def head_dates(figure: Figure) -> tuple[Mention, ...]:
    """The dates in the heads of a figure's column and row."""
    view = figure.view
    heads = _layout(view).get(figure.mention.block_start, (None, None))
    return tuple(
        mark.mention
        for head in reversed(heads)
        if head is not None
        for mark in _marks_in(view, head)
        if mark.mention.edtf is not None
    )


@lru_cache(maxsize=8)
def _layout(view: BlockView) -> dict[int, Heads]:
    """For each figure of a table, by its place, the first words of its row and the nearest words above it."""
    result: dict[int, Heads] = {}
    above: dict[int, Cell] = {}
    row, row_head = -1, None
    for cell in sorted(view.block.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.row != row:
            row, row_head = cell.row, None
        quantities = [mark for mark in _marks_in(view, cell) if mark.mention.kind == "quantity"]
        for mark in quantities:
            result[mark.mention.block_start] = row_head, above.get(cell.column)
        if not quantities and _WORD.search(view.block.text, cell.start, cell.end):
            row_head = row_head or cell
            above[cell.column] = cell
    return result


def _marks_in(view: BlockView, cell: Cell) -> tuple[Mark, ...]:
    first = bisect_left(view.marks, cell.start, key=lambda mark: mark.mention.block_start)
    last = bisect_left(view.marks, cell.end, key=lambda mark: mark.mention.block_start)
    return view.marks[first:last]


def _text(view: BlockView, cell: Cell | None) -> str:
    """The words of a head, without its mark, its dates and the words for a total."""
    if cell is None:
        return ""
    words = view.block.text[cell.start : cell.end]
    for mark in reversed(_marks_in(view, cell)):
        if mark.mention.kind == "date":
            at, end = mark.mention.block_start - cell.start, mark.mention.block_end - cell.start
            words = words[:at] + words[end:]
    return _TOTAL.sub("", _MARKER.sub("", "".join(words.split())))[:_LONGEST]
