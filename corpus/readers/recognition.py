"""Text of pages that are pictures, by rapidocr where it is installed (``heshu[ocr]``): each sign with the confidence in it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from ...apart import gets_on
from .pdf_page import Char, Page, Rect

_DPI = 150
_POINT = 72 / _DPI
_SLOWEST = 120.0
"""Seconds of a page: where one has taken longer, the machine is too slow for the others. What was read is kept."""
_MOST_PAGES = 200
_LEAST = 0.5
"""What is recognised with less confidence is no text."""
_SURE = 0.8
"""What is recognised of a page that lies right is surer than this, in the mean of its signs."""
_CLOSE = 0.6
"""Signs are framed by their ink: between two of them, one of which is Chinese, a gap of so many heights is no blank."""
_NUMBER = re.compile(r"\d[\d.,．，]*\d")
_NARROW = {"，": ",", "．": "."}
"""How wide a comma between digits is, a picture does not tell."""
_FIRM = re.compile(r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．](?!\d{3}\Z)\d+)?|\d+(?:\.\d{1,2})+")
"""Other numbers may be misread: 1.485 has the comma of thousands for a point, 12,5 the point for a comma."""


def is_installed() -> bool:
    """Whether pictures can be read."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Recogniser:
    """Reads the pictures of one file, as many as it may."""

    def __init__(self) -> None:
        self._left = _MOST_PAGES

    def read(self, document: pdfium.PdfDocument, seen: Page) -> Page | None:
        """A page, of which the file tells so much, as its picture shows it; None where nothing can be made out, or no time is left."""
        if not self._left:
            return None
        page = document[seen.number - 1]
        try:
            turned = (page.get_rotation() + seen.aside) % 360 != 0
            left, bottom, _, _ = page.get_cropbox()
            picture = page.render(scale=_DPI / 72, rotation=seen.aside).to_numpy()
        finally:
            page.close()
        return self.picture(picture, seen.number, None if turned else (left, bottom))

    def picture(self, picture: Any, number: int, origin: tuple[float, float] | None = None) -> Page | None:
        """What a picture shows (rows of dots, at 150 an inch), as the page of that number; None as for ``read``.

        ``origin``: the lower left corner of the page as stored; None where its places are none of the page's.
        """
        lines, quarters = self._lines(picture, 0), 0
        level = _are_level(lines)
        if not level or not _are_sure(lines):
            for turn in (2,) if level else (1, 3):
                seen = self._lines(picture, turn)
                if seen and _are_level(seen) and _are_sure(seen):
                    lines, quarters, level = seen, turn, True
                    break
        if not level:
            return None  # columns from right to left: what is recognised comes out of order
        height, width = picture.shape[0] * _POINT, picture.shape[1] * _POINT
        shown = _Shown(quarters, width, height, origin or (0.0, 0.0))
        chars: list[Char] = []
        for line in lines:
            if sum(sign.score for sign in line) >= _LEAST * len(line):
                chars.extend(shown.chars(line, len(chars)))
        if quarters % 2:
            width, height = height, width
        return Page(number, width, height, chars, []) if chars else None

    def _lines(self, picture: Any, quarters: int) -> list[list[_Sign]]:
        """The lines of a picture that is turned to the left by so many quarters; none where no time is left."""
        if not self._left:
            return []
        begun = time.monotonic()
        if quarters:
            from numpy import ascontiguousarray, rot90

            picture = ascontiguousarray(rot90(picture, quarters))
        # Lines that stand on their heads are not turned one by one: their order would be lost.
        found = _engine()(picture, use_cls=False, return_word_box=True, return_single_char_box=True)
        self._left = self._left - 1 if time.monotonic() - begun < _SLOWEST else 0
        gets_on()
        return list(_lines(found))


class _Sign(NamedTuple):
    """A sign, how sure it is, and its corners in dots."""

    text: str
    score: float
    corners: Sequence[tuple[float, float]]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def _lines(found: Any) -> Iterator[list[_Sign]]:
    """The signs of each line. Of a number whose separator may be another one none is sure."""
    for line in getattr(found, "word_results", None) or ():
        signs = [_Sign(*sign) for sign in line if sign[0].strip()]
        for number in _NUMBER.finditer("".join(sign.text[0] for sign in signs)):
            within = slice(*number.span())
            firm = _FIRM.fullmatch(number.group()) is not None
            signs[within] = [
                sign._replace(text=_NARROW.get(sign.text, sign.text), score=sign.score if firm else 0.0)
                for sign in signs[within]
            ]
        if signs:
            yield signs


def _are_level(lines: Sequence[Sequence[_Sign]]) -> bool:
    """Whether most lines are wider than high."""
    return sum(map(_is_level, lines)) * 2 >= len(lines)


def _is_level(line: Sequence[_Sign]) -> bool:
    across, up = ([corner[axis] for sign in line for corner in sign.corners] for axis in (0, 1))
    return len(line) < 2 or max(across) - min(across) > max(up) - min(up)


def _are_sure(lines: Sequence[Sequence[_Sign]]) -> bool:
    """Whether what is recognised makes sense: signs that lie on their sides or stand on their heads are guessed."""
    scores = [sign.score for line in lines for sign in line]
    return sum(scores) >= _SURE * len(scores)


class _Shown(NamedTuple):
    """How a picture was looked at: turned to the left by quarters; its own width and height, and the corner of its page."""

    quarters: int
    width: float
    height: float
    origin: tuple[float, float]

    def chars(self, line: Sequence[_Sign], first: int) -> Iterator[Char]:
        """The signs of a line on the page as it is looked at."""
        x, y = self.origin
        height = self.width if self.quarters % 2 else self.height
        for number, sign in enumerate(line):
            left, right = (float(edge(corner[0] for corner in sign.corners)) * _POINT for edge in (min, max))
            low, high = (height - float(edge(corner[1] for corner in sign.corners)) * _POINT for edge in (max, min))
            if number + 1 < len(line) and not (sign.text + line[number + 1].text).isascii():
                behind = float(min(corner[0] for corner in line[number + 1].corners)) * _POINT
                if right < behind < right + _CLOSE * (high - low):
                    right = behind
            box = self._stored(left, low, right, high)
            stored = (box[0] + x, box[1] + y, box[2] + x, box[3] + y, sign.score)
            yield Char(sign.text, left, low, right, high, stored, first + number)

    def _stored(self, left: float, low: float, right: float, high: float) -> Rect:
        """Where a box is in the picture as it was before it was turned."""
        if self.quarters == 1:
            return low, self.height - right, high, self.height - left
        if self.quarters == 2:
            return self.width - right, self.height - high, self.width - left, self.height - low
        if self.quarters == 3:
            return self.width - high, left, self.width - low, right
        return left, low, right, high
