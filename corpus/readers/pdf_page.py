"""One page of a PDF: its characters with their boxes, gathered into pieces of text, and the lines that are drawn on it.

Everything is turned to how the page is looked at; the boxes that are handed on are those of the page as stored.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..parsed import Box
from .pdf_text import is_garbled

Point = tuple[float, float]
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
_MOSTLY = 2
"""A page is turned where so many times more characters lie on one side than stand upright."""
_DEEPEST = 4
_LEAST_TEXT = 12
"""A page with fewer characters than this and a picture or drawing on it is a picture."""
_LEAST_PICTURE = 0.25
_LEAST_DRAWING = 300
"""So many shapes are no table: one without a text in it has none."""
_NO_SIGNS = frozenset(map(chr, (0xFFFD, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))))


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
        return "".join([char.text for char in self.chars])


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
    pictured: bool = False
    """Hardly a character stands on it, and a picture or a drawing does, perhaps of letters."""
    garbled: bool = False
    """Its text is none that is written here."""
    aside: int = 0
    """By how much it is turned beyond what the file says of it: its text lies on one side."""
    cut_off: bool = False
    """It holds more characters than are read of a page."""


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """The page of that number, from 1; where it is a picture or garbled, its lines are not looked for."""
    page = document[number - 1]
    try:
        edges = page.get_cropbox()
        turn = _Turn(page.get_rotation(), *edges)
        chars, turned = _upright(page, turn, edges)
        aside, turn = (turned.degrees - turn.degrees) % 360, turned
        garbled = is_garbled([char.text for char in chars])
        pictured = not garbled and len(chars) < _LEAST_TEXT and _is_drawn(page, turn)
        rules = [] if garbled or pictured else list(_drawn(page, turn))
        cut_off = bool(chars) and chars[-1].index == MOST_CHARS - 1
        return Page(number, turn.width, turn.height, chars, rules, pictured, garbled, aside, cut_off)
    finally:
        page.close()


class _Turn:
    """From the page as stored to the page as looked at."""

    def __init__(self, degrees: int, left: float, bottom: float, right: float, top: float) -> None:
        self.degrees = degrees % 360
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        across, up = right - left, top - bottom
        self.width, self.height = (up, across) if self.degrees in (90, 270) else (across, up)
        self.lean = -self.degrees
        self.is_plain = self.degrees == 0 and not left and not bottom
        """Nothing is turned or moved."""

    def box(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Where a box is seen."""
        if self.degrees == 0:
            return left - self._left, bottom - self._bottom, right - self._left, top - self._bottom
        if self.degrees == 90:
            return bottom - self._bottom, self._right - right, top - self._bottom, self._right - left
        if self.degrees == 180:
            return self._right - right, self._top - top, self._right - left, self._top - bottom
        return self._top - top, left - self._left, self._top - bottom, right - self._left


def _upright(page: pdfium.PdfPage, turn: _Turn, edges: Rect) -> tuple[list[Char], _Turn]:
    """The characters of a page, which is turned so that they stand upright where most of them lie on one side."""
    text_page = page.get_textpage()
    try:
        lying: Counter[int] = Counter()
        chars = list(_chars(text_page, turn, lying))
        side, count = max(lying.items(), key=lambda found: found[1], default=(0, 0))
        if side % 4 and count > _LEAST_TEXT + _MOSTLY * len(chars):
            turn = _Turn(turn.degrees - 90 * side, *edges)
            chars = list(_chars(text_page, turn, Counter()))
        return chars, turn
    finally:
        text_page.close()


def _chars(text_page: pdfium.PdfTextPage, turn: _Turn, lying: Counter[int]) -> Iterator[Char]:
    """The characters in the order in which the file writes them, without those that lean or lie outside.

    ``lying`` counts those that lean by the quarter turns nearest to how they do.
    """
    count = min(text_page.count_chars(), MOST_CHARS)
    handle = text_page.raw
    angle_of = raw.FPDFText_GetCharAngle
    upright = (turn.lean % 360) * 3.141592653589793 / 180
    width, height, plain = turn.width, turn.height, turn.is_plain
    seen: set[tuple[str, int, int]] = set()
    lean, leans, line, reached = 0.0, False, -1.0, 0.0
    for index, sign, placed, left, top, right, bottom in zip(
        range(count), _signs(handle, count), *_boxes(handle, count), strict=True
    ):
        if not placed or sign <= " " or sign in _NO_SIGNS or sign.isspace():  # gaps tell where blanks are
            continue
        stored = (left, bottom, right, top)
        if not plain:
            left, bottom, right, top = turn.box(*stored)
        # What goes on at the same height leans no more than what is before it.
        if bottom != line or left < reached:
            lean = (angle_of(handle, index) - upright) % 6.283185307179586
            leans = _UPRIGHT < lean < 6.283185307179586 - _UPRIGHT
        line, reached = bottom, left
        if leans:
            lying[round(lean / 1.5707963267948966)] += 1
            continue
        if right < 0 or left > width or top < 0 or bottom > height:
            continue
        # Bold type made by printing twice: the second print stands on the first.
        key = (sign, round(left), round(bottom))
        if key in seen:
            continue
        seen.add(key)
        yield Char(sign, left, bottom, right, top, stored, index)


def _signs(handle: Any, count: int) -> Sequence[str]:
    """What the first characters of a page are; all at once, unless the file has other signs than places for them."""
    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(handle, 0, count, units) != count + 1:
        units[:count] = [raw.FPDFText_GetUnicode(handle, index) & 0xFFFF for index in range(count)]
    signs = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(signs) == count:
        return signs
    return [part for sign in signs for part in (sign, "\0")[: 1 + (sign > "\uffff")]]  # a rare sign has two places


_box_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""As pypdfium2 has it, without a look at what kind of pointers it gets: it is asked for each character."""


def _boxes(handle: Any, count: int) -> tuple[list[int], list[float], list[float], list[float], list[float]]:
    """Of the first characters of a page whether they have a place, and its left, top, right and bottom."""
    edges = (ctypes.c_float * (4 * count))()
    page, start = ctypes.cast(handle, ctypes.c_void_p), ctypes.addressof(edges)
    placed = list(map(_box_of, repeat(page), range(count), range(start, start + 16 * count, 16)))
    return placed, edges[::4], edges[1::4], edges[2::4], edges[3::4]


def _placed(page: pdfium.PdfPage, turn: _Turn) -> Iterator[tuple[Any, Form, Rect]]:
    """Drawings and pictures of a page, each with where it is seen."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(edge) for edge in (left, bottom, right, top)]
    for number, (item, form) in enumerate(_objects(page)):
        if number > _MOST_PATHS:
            return
        raw.FPDFPageObj_GetBounds(item, *places)
        box: Rect = (left.value, bottom.value, right.value, top.value)
        yield item, form, turn.box(*(box if form is None else form.on_rect(*box)))


def _is_drawn(page: pdfium.PdfPage, turn: _Turn) -> bool:
    """Whether a page without text is a picture, or is drawn, letters and all, as a plan or a poster is."""
    covered, shapes = 0.0, 0
    for item, _, box in _placed(page, turn):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            covered += max(box[2] - box[0], 0) * max(box[3] - box[1], 0)
        else:
            shapes += 1
        if shapes > _LEAST_DRAWING or covered > _LEAST_PICTURE * turn.width * turn.height:
            return True
    return False


def _drawn(page: pdfium.PdfPage, turn: _Turn) -> Iterator[Rule]:
    """The lines on the page. One with more lines than any table has is a drawing: there is no need to see the rest of it."""
    found = 0
    for item, form, box in _placed(page, turn):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
            for rule in _rules(item, form, turn, box):
                found += 1
                yield rule
        if found > MOST_RULES:
            return


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
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    segment_of, kind_of, point_of = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetPoint  # fmt: skip
    here: Point | None = None
    begin: Point | None = None
    for index in range(count):
        segment = segment_of(item, index)
        if not point_of(segment, to_x, to_y):
            continue
        at = matrix.on_point(x.value, y.value)
        there = at if turn.is_plain else turn.box(*at, *at)[:2]
        kind = kind_of(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = here = there
            continue
        if here is not None and kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, there)
        here = there
        if begin is not None and begin != there and raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, begin)
            here = begin


def _is_stroked(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _straight(start: Point, end: Point) -> Iterable[Rule]:
    across, up = abs(start[0] - end[0]), abs(start[1] - end[1])
    if up < 1 and across >= _SHORTEST_RULE:
        return (Rule(True, start[1], min(start[0], end[0]), max(start[0], end[0])),)
    if across < 1 and up >= _SHORTEST_RULE:
        return (Rule(False, start[0], min(start[1], end[1]), max(start[1], end[1])),)
    return ()
