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
from .pdf_page import Char, Page

_DPI = 150
_POINT = 72 / _DPI
_SLOWEST = 120.0
"""Seconds of a page: where one has taken longer, the machine is too slow for the others. What was read is kept."""
_MOST_PAGES = 200
_LEAST = 0.5
"""What is recognised with less confidence is no text."""
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
        if not self._left:
            return None
        begun = time.monotonic()
        found = _engine()(picture, return_word_box=True, return_single_char_box=True)
        self._left = self._left - 1 if time.monotonic() - begun < _SLOWEST else 0
        gets_on()
        lines = list(_lines(found))
        if sum(map(_is_upright, lines)) * 2 < len(lines):
            return None  # columns from right to left: what is recognised comes out of order
        height, width = picture.shape[0] * _POINT, picture.shape[1] * _POINT
        chars: list[Char] = []
        for line in lines:
            if sum(sign.score for sign in line) >= _LEAST * len(line):
                chars.extend(_chars(line, height, origin, len(chars)))
        return Page(number, width, height, chars, []) if chars else None


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


def _is_upright(line: Sequence[_Sign]) -> bool:
    """Whether a line is wider than high, as far as it is a line."""
    across, up = ([corner[axis] for sign in line for corner in sign.corners] for axis in (0, 1))
    return len(line) < 2 or max(across) - min(across) > max(up) - min(up)


def _chars(line: Sequence[_Sign], height: float, origin: tuple[float, float] | None, first: int) -> Iterator[Char]:
    """The signs of a line on its page."""
    x, y = origin if origin is not None else (0.0, 0.0)
    for number, sign in enumerate(line):
        left, right = (float(edge(corner[0] for corner in sign.corners)) * _POINT for edge in (min, max))
        low, high = (height - float(edge(corner[1] for corner in sign.corners)) * _POINT for edge in (max, min))
        stored = (left + x, low + y, right + x, high + y, sign.score)
        yield Char(sign.text, left, low, right, high, stored, first + number)
