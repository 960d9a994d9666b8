"""One page of a PDF: its characters with their boxes, gathered into pieces of text, and the lines that are drawn on it.

Everything is turned to how the page is looked at; the boxes that are handed on are those of the page as stored.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..parsed import Box

Rect = tuple[float, float, float, float]

_THIN = 2.2
"""A filled shape no thicker than this is a line."""
_SHORTEST_RULE = 6.0
MOST_CHARS = 60_000
_MOST_PATHS = 20_000
MOST_RULES = 3_000
"""No table has more lines."""
_MOST_SEGMENTS = 4_000
_UPRIGHT = 0.12
"""So far a character may lean (in radians) and still be read; watermarks lean more."""
_DEEPEST = 4
_CONTROL = frozenset("\r\n\x00\x02\ufffe\uffff\ufffd")


@dataclass(slots=True)
class Char:
    """A character as it stands on the page that is looked at; ``stored`` is its box on the page as stored."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    stored: Box
    index: int
    """Its place in the order in which the file writes the page."""

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2


@dataclass(slots=True)
class Piece:
    """Characters that stand side by side in one line, without a gap."""

    chars: list[Char]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.chars[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(char.right for char in self.chars[-3:])

    @property
    def bottom(self) -> float:
        """Its lowest point."""
        return min(char.bottom for char in self.chars)

    @property
    def top(self) -> float:
        """Its highest point."""
        return max(char.top for char in self.chars)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(char.text for char in self.chars)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn on the page: level (``at`` is its height) or upright (``at`` is its place from the left)."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """A page as it is looked at."""

    number: int
    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]
    pictures: float
    """Share of the page that pictures cover."""
    cut_off: bool = False
    """It holds more characters than are read of a page."""


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """The page of that number, from 1."""
    page = document[number - 1]
    try:
        left, bottom, right, top = page.get_cropbox()
        turn = _Turn(page.get_rotation(), left, bottom, right, top)
        chars = list(_chars(page, turn))
        rules, pictures = _drawn(page, turn)
        cut_off = bool(chars) and chars[-1].index == MOST_CHARS - 1
        return Page(number, turn.width, turn.height, chars, rules, pictures, cut_off)
    finally:
        page.close()


class _Turn:
    """From the page as stored to the page as looked at."""

    def __init__(self, degrees: int, left: float, bottom: float, right: float, top: float) -> None:
        self._degrees = degrees % 360
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        across, up = right - left, top - bottom
        self.width, self.height = (up, across) if self._degrees in (90, 270) else (across, up)
        self.lean = -self._degrees
        self.is_plain = self._degrees == 0 and not left and not bottom
        """Nothing is turned or moved."""

    def box(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Where a box is seen."""
        if self._degrees == 0:
            return left - self._left, bottom - self._bottom, right - self._left, top - self._bottom
        if self._degrees == 90:
            return bottom - self._bottom, self._right - right, top - self._bottom, self._right - left
        if self._degrees == 180:
            return self._right - right, self._top - top, self._right - left, self._top - bottom
        return self._top - top, left - self._left, self._top - bottom, right - self._left


def _chars(page: pdfium.PdfPage, turn: _Turn) -> Iterator[Char]:
    """The characters in the order in which the file writes them, without those that lean or lie outside."""
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), MOST_CHARS)
        if count <= 0:
            return
        rect = raw.FS_RECTF()
        place = ctypes.byref(rect)
        handle = text_page.raw
        unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        angle_of = raw.FPDFText_GetCharAngle
        upright = (turn.lean % 360) * 3.141592653589793 / 180
        width, height, plain = turn.width, turn.height, turn.is_plain
        seen: set[tuple[str, int, int]] = set()
        leans, line, reached = False, -1.0, 0.0
        for index in range(count):
            code = unicode_of(handle, index)
            if code <= 32:  # gaps tell where blanks are
                continue
            sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if not sign or sign in _CONTROL or sign.isspace():
                continue
            if not box_of(handle, index, place):
                continue
            stored = (rect.left, rect.bottom, rect.right, rect.top)
            left, bottom, right, top = stored if plain else turn.box(*stored)
            # What goes on at the same height leans no more than what is before it.
            if bottom != line or left < reached:
                lean = (angle_of(handle, index) - upright) % 6.283185307179586
                leans = _UPRIGHT < lean < 6.283185307179586 - _UPRIGHT
            line, reached = bottom, left
            if leans or right < 0 or left > width or top < 0 or bottom > height:
                continue
            # Bold type made by printing twice: the second print stands on the first.
            key = (sign, round(left), round(bottom))
            if key in seen:
                continue
            seen.add(key)
            yield Char(sign, left, bottom, right, top, stored, index)
    finally:
        text_page.close()


def _drawn(page: pdfium.PdfPage, turn: _Turn) -> tuple[list[Rule], float]:
    """The lines on the page, and the share of it that pictures cover.

    A page with more lines than any table has is a drawing: there is no need to see the rest of it.
    """
    rules: list[Rule] = []
    covered = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(edge) for edge in (left, bottom, right, top)]
    bounds_of, kind_of = raw.FPDFPageObj_GetBounds, raw.FPDFPageObj_GetType
    for number, (item, form) in enumerate(_objects(page)):
        if number > _MOST_PATHS or len(rules) > MOST_RULES:
            break
        bounds_of(item, *places)
        box: Rect = (left.value, bottom.value, right.value, top.value)
        if form is not None:
            box = form.on_rect(*box)
        if kind_of(item) == raw.FPDF_PAGEOBJ_IMAGE:
            covered += max(box[2] - box[0], 0) * max(box[3] - box[1], 0)
        else:
            rules.extend(_rules(item, form, turn, turn.box(*box)))
    area = max(turn.width * turn.height, 1.0)
    return rules, min(covered / area, 1.0)


Form: TypeAlias = "pdfium.PdfMatrix | None"
"""The way from a form's own places to the page; None for the page's own objects, which need none."""


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, Form]]:
    """Drawings and pictures, those within forms too, each with the way from its own places to the page."""
    object_of, kind_of = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    handle = page.raw
    for at in range(min(raw.FPDFPage_CountObjects(handle), _MOST_PATHS)):
        item = object_of(handle, at)
        kind = kind_of(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, None
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _within_form(item)


def _within_form(form: Any) -> Iterator[tuple[Any, Form]]:
    waiting = [(form, pdfium.PdfMatrix(), 0)]
    while waiting:
        item, outer, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, outer
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _matrix(item).multiply(outer)
            count = min(raw.FPDFFormObj_CountObjects(item), _MOST_PATHS)
            waiting.extend((raw.FPDFFormObj_GetObject(item, at), inner, depth + 1) for at in range(count - 1, -1, -1))


def _matrix(item: Any) -> pdfium.PdfMatrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return pdfium.PdfMatrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _rules(item: Any, form: Form, turn: _Turn, box: Rect) -> Iterable[Rule]:
    """The level and upright lines of a path: thin shapes, the sides of boxes, and the strokes of a grid."""
    left, bottom, right, top = box
    across, up = right - left, top - bottom
    if up <= _THIN < across or (across <= _THIN < up):
        if max(across, up) < _SHORTEST_RULE:
            return ()
        level = up < across
        return (Rule(level, (bottom + top) / 2 if level else (left + right) / 2, *((left, right) if level else (bottom, top))),)  # fmt: skip
    if across <= _THIN or max(across, up) < _SHORTEST_RULE or not _is_stroked(item):
        return ()
    count = raw.FPDFPath_CountSegments(item)
    return _strokes(item, form, turn, count) if 2 <= count <= _MOST_SEGMENTS else ()


def _strokes(item: Any, form: Form, turn: _Turn, count: int) -> Iterator[Rule]:
    matrix = _matrix(item) if form is None else _matrix(item).multiply(form)
    x, y = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    begin: tuple[float, float] | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        px, py = matrix.on_point(x.value, y.value)
        sx, sy, _, _ = turn.box(px, py, px, py)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = here = (sx, sy)
            continue
        if here is not None and kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, (sx, sy))
        here = (sx, sy)
        if begin is not None and raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, begin)
            here = begin


def _is_stroked(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    if abs(start[1] - end[1]) < 1 and abs(start[0] - end[0]) >= _SHORTEST_RULE:
        yield Rule(True, start[1], min(start[0], end[0]), max(start[0], end[0]))
    elif abs(start[0] - end[0]) < 1 and abs(start[1] - end[1]) >= _SHORTEST_RULE:
        yield Rule(False, start[0], min(start[1], end[1]), max(start[1], end[1]))
