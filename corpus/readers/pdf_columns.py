"""Columns of a page, one after the other, where running text stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .pdf_lines import FULL, TextLine, right_margin

_LEAST_COLUMN_LINES = 5
_LEAST_OTHER = 3
_LEAST_COLUMN_TEXT = 6.0
_SIDE = 0.15
"""A column takes at least this share of the width."""
_GUTTER = 0.6


def in_columns(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines in reading order, in stretches: a page-wide one, then a left column, then a right one, and so on."""
    stretches: list[list[TextLine]] = []
    plain: list[TextLine] = []
    at = 0
    while at < len(lines):
        behind, gutter = _columns_from(lines, at)
        if gutter is None:
            plain.append(lines[at])
            at += 1
            continue
        if plain:
            stretches.append(plain)
            plain = []
        left, right = _halves(lines[at:behind], gutter)
        stretches += [*in_columns(left), *in_columns(right)]
        at = behind
    return [*stretches, plain] if plain else stretches


def _columns_from(lines: Sequence[TextLine], at: int) -> tuple[int, float | None]:
    """Up to where, from a line on, one gap runs through all lines with running text beside it; its place."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    room = _SIDE * (right - left)
    free = list(_gaps(lines[at], left + room, right - room))
    behind = at + 1
    while behind < len(lines) and free:
        narrower = [
            (max(start, other_start), min(end, other_end))
            for start, end in free
            for other_start, other_end in _gaps(lines[behind], left + room, right - room)
            if min(end, other_end) - max(start, other_start) > _GUTTER * lines[behind].height
        ]
        if not narrower:
            break
        free = narrower
        behind += 1
    if behind - at < _LEAST_COLUMN_LINES:
        return behind, None
    return behind, next((gutter for gutter in map(_middle, free) if _has_columns(lines[at:behind], gutter)), None)


def _middle(gap: tuple[float, float]) -> float:
    return (gap[0] + gap[1]) / 2


def _gaps(line: TextLine, left: float, right: float) -> Iterator[tuple[float, float]]:
    """Where a line leaves room between two places."""
    at = left
    for piece in line.pieces:
        if piece.left > at:
            yield at, min(piece.left, right)
        at = max(at, piece.right)
        if at >= right:
            return
    yield at, right


def _has_columns(lines: Sequence[TextLine], gutter: float) -> bool:
    """One side holds running text, whose lines are full; the other may be as well, or a picture with its words."""
    left, right = _halves(lines, gutter)
    return min(len(left), len(right)) >= _LEAST_OTHER and (_runs(left) or _runs(right))


def _runs(side: Sequence[TextLine]) -> bool:
    long = [
        line for line in side if line.right - line.left > _LEAST_COLUMN_TEXT * line.height and len(line.pieces) <= 2
    ]
    if len(long) < _LEAST_COLUMN_LINES or len(long) * 10 < len(side) * 7:
        return False
    margin = right_margin(side)
    full = sum(1 for line in long if line.right > margin - FULL * line.height)
    return full * 10 >= len(long) * 6 and sum(1 for line in long if re.search("[，。、；]", line.text)) * 2 >= len(long)


def _halves(lines: Sequence[TextLine], gutter: float) -> tuple[list[TextLine], list[TextLine]]:
    left: list[TextLine] = []
    right: list[TextLine] = []
    for line in lines:
        for side, pieces in (
            (left, [piece for piece in line.pieces if piece.right <= gutter]),
            (right, [piece for piece in line.pieces if piece.right > gutter]),
        ):
            if pieces:
                side.append(TextLine(pieces, line.page))
    return left, right
