"""Characters of a page become lines, columns of a page one after the other, and lines become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from operator import attrgetter, sub
from statistics import median

from ..headings import is_doubtful, mark_of
from ..parsed import Box
from .pdf_page import Char, Piece

_GAP = 1.0
"""A gap wider than so many heights of a character parts two pieces."""
_BLANK = 0.22
_LEVEL = 0.3
_SUPERSCRIPTS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_TERMINAL = "。！？!?；;：:"
_CLOSERS = "」』）)》】〉\"'”’]"
_UNPARTED = re.compile(r"[A-Za-z0-9.,%+/-]{1,16}|.[、。，；：）」』！？]*")
_NARROWEST = 9.0
_SHARE_AT_MARGIN = 0.25
_SIDE = 0.6
"""A line that begins behind this share of the width is set at the right, as a date or an author's name is."""
FULL = 1.7
"""A line that ends so many characters before the margin is full all the same: no sign may begin the next line."""


@dataclass(slots=True)
class TextLine:
    """A line of a page, or of one of its columns: its pieces from the left."""

    pieces: list[Piece]
    page: int
    left: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)
    top: float = field(init=False)
    height: float = field(init=False)
    _text: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.left = self.pieces[0].left
        self.right = max([piece.right for piece in self.pieces])
        bottoms = [char.bottom for piece in self.pieces for char in piece.chars]
        tops = [char.top for piece in self.pieces for char in piece.chars]
        self.bottom, self.top = min(bottoms), max(tops)
        heights = sorted(map(sub, tops, bottoms))
        self.height = (heights[len(heights) // 2] + heights[(len(heights) - 1) // 2]) / 2

    def written(self) -> tuple[str, list[Box | None]]:
        """The text of the line and the box of each character; a blank where a gap is."""
        text, boxes = "", list[Box | None]()
        for number, piece in enumerate(self.pieces):
            if number:
                text += "  "
                boxes += [None, None]
            piece_text, piece_boxes = written(piece.chars)
            text += piece_text
            boxes.extend(piece_boxes)
        self._text = text
        return text, boxes

    @property
    def text(self) -> str:
        """The characters of the line, gaps as blanks."""
        return self._text if self._text is not None else self.written()[0]


def written(chars: Sequence[Char]) -> tuple[str, list[Box | None]]:
    """Characters of one line as text, with a blank where they stand apart, and the box of each."""
    text: list[str] = []
    boxes: list[Box | None] = []
    before = chars[0]
    for char in chars:
        gap = char.left - before.right
        if gap > 0 and gap > _BLANK * min(char.top - char.bottom, before.top - before.bottom) and char is not before:
            text.append(" ")
            boxes.append(None)
        text.append(char.text)
        boxes.append(char.stored)
        if len(char.text) > 1:
            boxes.extend([char.stored] * (len(char.text) - 1))
        before = char
    return "".join(text), boxes


def lines_of(chars: Sequence[Char], page: int) -> list[TextLine]:
    """The lines of a page from above, each with its pieces from the left."""
    if chars and _is_one_line(chars):
        return [TextLine(_pieces(_from_left_on(chars)), page)]
    rows: list[list[Char]] = []
    middles: list[float] = []
    for char in sorted(chars, key=_twice_its_middle, reverse=True):
        middle = (char.bottom + char.top) / 2
        near = 0.45 * max(char.top - char.bottom, 4.0)
        for place in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            if abs(middles[place] - middle) < near:
                rows[place].append(char)
                middles[place] += (middle - middles[place]) / len(rows[place])
                break
        else:
            rows.append([char])
            middles.append(middle)
    lines = [TextLine(_pieces(_with_raised(_from_left_on(row))), page) for row in _reunited(rows)]
    return sorted(lines, key=lambda line: -(line.bottom + line.top))


def _is_one_line(chars: Sequence[Char]) -> bool:
    """Whether all stand at one height and are about as high as each other, as in most cells of a table."""
    bottoms, tops = [char.bottom for char in chars], [char.top for char in chars]
    low, high, under, over = min(bottoms), max(bottoms), min(tops), max(tops)
    return high - low + over - under < _LEVEL * (under - high)


def _twice_its_middle(char: Char) -> float:
    return char.bottom + char.top


def _from_left_on(row: Sequence[Char]) -> list[Char]:
    """The characters from the left; two that overlap stand as the file writes them: brackets are set close."""
    ordered = sorted(row, key=attrgetter("left"))
    written = [char.index for char in ordered]
    if written == sorted(written):
        return ordered
    for at in range(len(ordered) - 1):
        one, other = ordered[at], ordered[at + 1]
        if one.index == other.index + 1 and other.left - one.left < 0.6 * (other.top - other.bottom):
            ordered[at], ordered[at + 1] = other, one
    return ordered


def _reunited(rows: Sequence[list[Char]]) -> list[list[Char]]:
    """Small raised figures rejoin the line in which they stand."""
    result: list[list[Char]] = []
    for row in rows:
        above = result[-1] if result else None
        if above is not None and _raised_within(above, row):
            result[-1] = above + row
        elif above is not None and _raised_within(row, above):
            result[-1] = row + above
        else:
            result.append(row)
    return result


def _raised_within(line: Sequence[Char], small: Sequence[Char]) -> bool:
    """Whether a few small characters stand within the height of a line, between its characters."""
    if len(small) > 6 or len(line) < 4 or len(small) * 2 > len(line):
        return False
    top, bottom = max(char.top for char in line), min(char.bottom for char in line)
    height = median(char.top - char.bottom for char in line)
    left, right = min(char.left for char in line), max(char.right for char in line)
    return all(
        char.top - char.bottom < 0.8 * height
        and bottom - 1 <= char.middle <= top + 0.1 * height
        and left <= char.left <= right + height
        for char in small
    )


def _with_raised(row: Sequence[Char]) -> list[Char]:
    """Small raised digits are references to notes: they become what they look like, ¹, and no digit of a number."""
    if _SUPERSCRIPTS.keys().isdisjoint([char.text for char in row]) or _is_one_line(row):
        return list(row)
    height = median(char.top - char.bottom for char in row)
    bottom = median(char.bottom for char in row)
    result: list[Char] = []
    for char in row:
        raised = char.top - char.bottom < 0.75 * height and char.bottom > bottom + 0.2 * height
        near = not result or (char.left - result[-1].right < 0.3 * height and result[-1].text not in "(（")
        if char.text in _SUPERSCRIPTS and raised and near:
            char = Char(_SUPERSCRIPTS[char.text], char.left, char.bottom, char.right, char.top, char.stored, char.index)
        result.append(char)
    return result


def _pieces(row: Sequence[Char]) -> list[Piece]:
    pieces: list[Piece] = []
    chars: list[Char] = []
    right = -inf
    for char in row:
        if char.left - right <= _GAP * (char.top - char.bottom):
            chars.append(char)
            if char.right > right:
                right = char.right
        else:
            chars = [char]
            pieces.append(Piece(chars))
            right = char.right
    return pieces


@dataclass(slots=True)
class Drafted:
    """A paragraph in the making: its lines, perhaps of two pages."""

    lines: list[TextLine]
    margin: float
    """How far lines reach to the right where it stands."""
    left: float = -inf
    """Where lines begin there."""

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    def written(self) -> tuple[str, list[Box | None]]:
        """The text of the whole paragraph. A blank at a line's end stays between two Latin words only."""
        text, boxes = "", list[Box | None]()
        for line in self.lines:
            own, own_boxes = line.written()
            if text and text[-1].isascii() and own[:1].isascii() and (text[-1].isalpha() or own[:1].isalpha()):
                text, boxes = text + " ", [*boxes, None]
            text += own
            boxes.extend(own_boxes)
        return text, boxes


def paragraphs_of(lines: Sequence[TextLine]) -> list[Drafted]:
    """The paragraphs of a stretch of lines that have one right margin."""
    if not lines:
        return []
    narrow = max(line.right - line.left for line in lines) < _NARROWEST * lines[0].height
    margin = inf if narrow else right_margin(lines)  # a few short lines tell of no margin
    left = min(line.left for line in lines)
    found: list[Drafted] = []
    for line in lines:
        if found and _follows(found[-1].lines[-1], line) and goes_on(found[-1], line):
            found[-1].lines.append(line)
        else:
            found.append(Drafted([line], margin, left))
    return found


def right_margin(lines: Sequence[TextLine]) -> float:
    """The farthest place at which many of the long lines end; a few that hang over are none to go by."""
    widest = max(line.right - line.left for line in lines)
    rights = sorted((line.right for line in lines if line.right - line.left > 0.4 * widest), reverse=True)
    height = lines[0].height
    for right in rights:
        near = sum(1 for other in rights if right - height <= other <= right)
        if near >= max(2, _SHARE_AT_MARGIN * len(rights)):
            return right
    return rights[0]


def _follows(before: TextLine, line: TextLine) -> bool:
    """Whether no gap parts two lines."""
    return before.bottom - line.top < 1.15 * max(before.height, line.height) and abs(before.height - line.height) < 0.35 * before.height  # fmt: skip


def ends_sentence(text: str) -> bool:
    """Whether a text ends with what ends a sentence, closing signs aside."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _TERMINAL


def goes_on(paragraph: Drafted, line: TextLine) -> bool:
    """Whether a line is the next one of a paragraph: the line before is full, and this one opens nothing."""
    last = paragraph.lines[-1]
    text = line.text.strip()
    need = max(FULL * line.height, _unit(line) + 0.5 * line.height)
    full = last.right + need >= paragraph.margin
    to_the_right = last.left - paragraph.left > _SIDE * (paragraph.margin - paragraph.left)
    if not full or to_the_right:
        return False
    before = paragraph.lines[-1].text
    hanging = paragraph.lines[1].left if len(paragraph.lines) > 1 else None
    aligned = hanging is not None and abs(hanging - line.left) < 0.5 * line.height
    mark = mark_of(_folded(text))
    if mark is not None:
        doubtful = is_doubtful(mark, _folded(text)[len(mark.text) :])
        return not ends_sentence(before) and (aligned or doubtful)
    if ends_sentence(before):
        return aligned and not before.rstrip().endswith(("：", ":"))
    return True


def _unit(line: TextLine) -> float:
    """How wide the beginning of a line is that could not be parted: a word or number, a sign with what closes behind it."""
    chars = line.pieces[0].chars
    unit = _UNPARTED.match("".join(char.text[:1] for char in chars))
    return chars[unit.end() - 1].right - chars[0].left if unit is not None else 0.0


def _folded(text: str) -> str:
    from ..fold import fold

    return fold(text)[0].replace(" ", "")
