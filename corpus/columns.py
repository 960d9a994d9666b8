"""Pages with a column of remarks beside figures: the column is read by itself, behind the figures of its row.

A converter that keeps the look of the page sets both on one line. Read across, a remark would be cut by the names and
figures that stand beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from .fold import fold, is_blank, width
from .headings import mark_of
from .lines import Line, make_line

_LEAST_INDENT = 24
_LEAST_REMARKS = 3
_LEAST_ROWS = 2
_DRIFT = 3
_FIGURE = "0123456789-+△▲"
_ROW_FIGURE = re.compile(r"\s[-+△▲]?[\d,.]+\Z")

Columns = Callable[[str], int]


def with_columns_apart(text: str, lines: Sequence[Line]) -> list[Line]:
    """The same lines, those with two columns cut in two and set in reading order."""
    if not any(line.indent >= _LEAST_INDENT // 2 for line in lines):
        return list(lines)
    read: list[Line] = []
    for _, page in groupby(lines, key=_page):
        read.extend(_page_apart(text, list(page)))
    return read


def _page(line: Line) -> int | None:
    return line.page


def _page_apart(text: str, lines: list[Line]) -> list[Line]:
    # Some converters count a Chinese character as one column, some as two.
    counted = [_cuts(text, lines, columns) for columns in (len, width)]
    column, cuts = max(counted, key=_rows_cut)
    if _rows_cut((column, cuts)) < _LEAST_ROWS:
        return lines
    read: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line, cut in zip(lines, cuts, strict=True):
        if line.residue or (cut is None and line.width > column + _DRIFT):
            read += [*left, *right, line]
            left, right = [], []
            continue
        start, stop = line.raw_offsets[0], line.raw_offsets[-1] + 1
        name = line if cut is None else make_line(text, start, cut, False, line.gap, line.page, line.leads_page)
        remark = None if cut is None else make_line(text, cut, stop, False, 0, line.page, False)
        if name is not None and (line.gap or any(char.isdigit() for char in name.text)):
            read += [*left, *right]
            left, right = [], []
        if name is not None:
            left.append(replace(name, apart=True))
        if remark is not None:
            right.append(replace(remark, apart=not right and bool(left), width=column + remark.width, indent=column))
    return [*read, *left, *right]


def _cuts(text: str, lines: Sequence[Line], columns: Columns) -> tuple[int, list[int | None]]:
    """Where the second column begins on the page, and at which offset it does in each line."""
    indents = Counter(indent for line in lines if (indent := columns(_indent(text, line))) >= _LEAST_INDENT)
    column, remarks = max(indents.items(), key=_often, default=(0, 0))
    if remarks < _LEAST_REMARKS:
        return 0, [None] * len(lines)
    return column, [_cut(text, line, column, columns) for line in lines]


def _rows_cut(found: tuple[int, list[int | None]]) -> int:
    return sum(cut is not None for cut in found[1])


def _often(entry: tuple[int, int]) -> tuple[int, int]:
    return entry[1], -entry[0]


def _indent(text: str, line: Line) -> str:
    start = line.raw_offsets[0]
    return text[start : start + line.indent]


def _cut(text: str, line: Line, column: int, columns: Columns) -> int | None:
    """The offset at which the second column begins in a line."""
    start = line.raw_offsets[0]
    at = columns(_indent(text, line))
    if abs(at - column) <= _DRIFT:
        return start + line.indent
    best: tuple[int, int] | None = None
    before = ""
    for offset in range(start + line.indent, line.raw_offsets[-1] + 1):
        char = text[offset]
        parted = is_blank(before) and (char not in _FIGURE or mark_of(fold(text[offset : offset + 6])[0]) is not None)
        # The last figure of a row may touch the remark; a figure of a sentence is no row's.
        figures = char >= "\u3400" and before.isdigit() and _ROW_FIGURE.search(text[start:offset]) is not None
        begins = not is_blank(char) and (parted or figures)
        if before and begins and abs(at - column) <= _DRIFT:
            best = min(best or (_DRIFT + 1, 0), (abs(at - column), offset))
        if at > column + _DRIFT:
            break
        at += columns(char)
        before = char
    return None if best is None else best[1]
