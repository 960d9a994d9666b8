"""Where the characters of a report stand on its pages: packed, eight bytes a character."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from ..places import Places
from .parsed import Box

_SCALE = 10
_MOST = 32767


def places_of(boxes: Sequence[tuple[int, Sequence[Box | None], int | None]], length: int) -> Places | None:
    """The boxes of a text; None where no reader gave any."""
    if not boxes:
        return None
    packed = bytearray(length * Places.SIZE)
    pages: list[tuple[int, int]] = []
    doubts: list[tuple[int, int, float]] = []
    for start, each, page in boxes:
        if page is not None and (not pages or pages[-1][1] != page):
            pages.append((start, page))
        for at, box in enumerate(each, start=start):
            if box is not None:
                struct.pack_into("<4h", packed, at * Places.SIZE, *(_bounded(edge) for edge in box[:4]))
                if len(box) == 5:
                    _doubt(doubts, at, round(box[4], 3))
    return Places(bytes(packed), tuple(pages), tuple(doubts))


def _doubt(doubts: list[tuple[int, int, float]], at: int, score: float) -> None:
    if doubts and doubts[-1][1] == at and doubts[-1][2] == score:
        doubts[-1] = (doubts[-1][0], at + 1, score)
    else:
        doubts.append((at, at + 1, score))


def _bounded(edge: float) -> int:
    return max(-_MOST, min(_MOST, round(edge * _SCALE)))
