"""Where the characters of a report stand on its pages. Ground floor, like the nouns, and without any import of ours."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """Where something stands on a page: in points of the page as it is stored, from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Places:
    """The box of every character of a report, where its format has places on a page."""

    SIZE: ClassVar[int] = 8
    SURE: ClassVar[float] = 0.8
    """What was read off a picture with less confidence is no figure: fitted by ``benchmarks/recognition.py``."""
    packed: bytes
    """Left, bottom, right, top in tenths of a point, two bytes each, for one character after the other."""
    pages: tuple[tuple[int, int], ...]
    """From which offset on which page."""
    recognised: tuple[tuple[int, int, float], ...] = ()
    """Stretches of text that were read off a picture, each with the confidence in it, from 0 to 1."""

    def boxes(self, start: int, end: int) -> tuple[PlacedBox, ...]:
        """The boxes of a stretch of text, one for each line and page that it touches."""
        found: list[PlacedBox] = []
        for at in range(start, end):
            box = struct.unpack_from("<4h", self.packed, at * self.SIZE)
            if any(box):
                left, bottom, right, top = (edge / 10 for edge in box)
                here = PlacedBox(self.page(at) or 1, left, bottom, right, top)
                if found and _one_line(found[-1], here):
                    found[-1] = _around(found[-1], here)
                else:
                    found.append(here)
        return tuple(found)

    def confidence(self, start: int, end: int) -> float:
        """The least confidence in a stretch of text; 1 where nothing of it was read off a picture."""
        first = bisect_right(self.recognised, start, key=lambda each: each[1])
        least = 1.0
        for begin, _, score in self.recognised[first:]:
            if begin >= end:
                break
            least = min(least, score)
        return least

    def page(self, at: int) -> int | None:
        """The page on which the character at an offset stands; None where no page is known."""
        place = bisect_right(self.pages, at, key=lambda each: each[0]) - 1
        return self.pages[max(place, 0)][1] if self.pages else None


def _one_line(before: PlacedBox, here: PlacedBox) -> bool:
    middle = (here.bottom + here.top) / 2
    return before.page == here.page and before.bottom <= middle <= before.top and here.left >= before.left


def _around(before: PlacedBox, here: PlacedBox) -> PlacedBox:
    return PlacedBox(
        here.page,
        min(before.left, here.left),
        min(before.bottom, here.bottom),
        max(before.right, here.right),
        max(before.top, here.top),
    )
