"""Text of pages that are pictures, by rapidocr where it is installed (``heshu[ocr]``): each sign with the confidence in it."""

from __future__ import annotations

import time
from functools import cache
from importlib.util import find_spec
from typing import Any

import pypdfium2 as pdfium

from .pdf_page import Char, Page

_DPI = 150
_POINT = 72 / _DPI
_SECONDS = 120
"""A file's pictures are worked on no longer; what is left then is named like a page that was not read."""
_LEAST = 0.5
"""What is recognised with less confidence is no text."""


def is_installed() -> bool:
    """Whether pictures can be read."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Recogniser:
    """Reads the pictures of one file, within its time."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _SECONDS

    def read(self, document: pdfium.PdfDocument, seen: Page) -> Page | None:
        """A page, of which the file tells so much, as its picture shows it; None where nothing can be made out, or no time is left."""
        if time.monotonic() > self._until:
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
        if time.monotonic() > self._until:
            return None
        height, width = picture.shape[0] * _POINT, picture.shape[1] * _POINT
        found = _engine()(picture)
        lines = list(zip(*_lines(found), strict=True))
        if sum(_is_upright(corners, text) for corners, text, _ in lines) * 2 < len(lines):
            return None  # columns from right to left: what is recognised comes out of order
        chars: list[Char] = []
        for corners, text, score in lines:
            if score >= _LEAST:
                chars.extend(_chars(corners, text, float(score), height, origin, len(chars)))
        return Page(number, width, height, chars, []) if chars else None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def _lines(found: Any) -> tuple[Any, Any, Any]:
    if found is None or found.boxes is None or found.txts is None:
        return (), (), ()
    return found.boxes, found.txts, found.scores


def _is_upright(corners: Any, text: str) -> bool:
    """Whether a line is wider than high, as far as it is a line."""
    across = max(point[0] for point in corners) - min(point[0] for point in corners)
    up = max(point[1] for point in corners) - min(point[1] for point in corners)
    return len(text) < 2 or bool(across > up)


def _chars(
    corners: Any, text: str, score: float, height: float, origin: tuple[float, float] | None, first: int
) -> list[Char]:
    """The signs of a line of the picture, each with its share of the line's box: full-width signs take two shares."""
    left, right = (float(edge(point[0] for point in corners)) * _POINT for edge in (min, max))
    low, high = (height - float(edge(point[1] for point in corners)) * _POINT for edge in (max, min))
    shares = [1 if sign.isascii() else 2 for sign in text]
    share = (right - left) / max(sum(shares), 1)
    chars: list[Char] = []
    at = left
    for number, (sign, wide) in enumerate(zip(text, shares, strict=True)):
        if not sign.isspace():
            x, y = origin if origin is not None else (0.0, 0.0)
            stored = (at + x, low + y, at + x + share * wide, high + y, score)
            chars.append(Char(sign, at, low, at + share * wide, high, stored, first + number))
        at += share * wide
    return chars
