"""Lines become paragraphs: what was wrapped is joined, what was not stays apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Cell
from .fold import width
from .headings import Mark, Outline, is_doubtful, mark_of
from .lines import Line, is_narrow

_CLOSERS = "」』)》】〉\"'”’]"
_TERMINAL = "。!?;:…"
_OPENERS = dict(zip("(「『《【〈[", ")」』》】〉]", strict=True))
_WIDEST_WRAP = 160
"""No page holds more columns in a line; what is wider was never wrapped."""
_NARROWEST_WRAP = 14
_NEIGHBOURS = 6
_PROSE = 40
_FIRST_UNIT = re.compile(r"[A-Za-z0-9.,%+/-]+|.[、。,;:)」』!?]*")


@dataclass(slots=True)
class Draft:
    """A block in the making."""

    text: str
    offsets: list[int]
    mark: Mark | None = None
    kind: str = "text"
    page: int | None = None
    cells: tuple[Cell, ...] = ()
    lines: list[Line] = field(default_factory=list)


def drafts_of(text: str, lines: Sequence[Line]) -> list[Draft]:
    """Paragraphs and residue, in order; residue stands behind the paragraph that it interrupts."""
    body = [line for line in lines if not line.residue]
    margins = _margins(body)
    wrapped = _is_wrapped(body, margins)
    drafts: list[Draft] = []
    waiting: list[Draft] = []
    outline = Outline()
    current: Draft | None = None
    previous: Line | None = None
    at = 0
    for line in lines:
        if line.residue:
            waiting.append(_residue(line))
            continue
        line, dash = without_dash(line)
        mark = mark_of(line.text)
        if (
            current is not None
            and previous is not None
            and dash is None
            and _goes_on(current, previous, line, mark, outline, margins[at - 1], wrapped)
        ):
            join(text, current, line)
        else:
            drafts.extend(waiting)
            waiting = []
            if dash is not None:
                drafts.append(dash)
            current = Draft(line.text, list(line.offsets), mark, page=line.page)
            if mark is not None:
                outline.enter(mark)
            drafts.append(current)
        if current is not None:
            current.lines.append(line)
        if waiting:
            drafts.extend(waiting)
            waiting = []
        previous = line
        at += 1
    drafts.extend(waiting)
    return drafts


def _residue(line: Line) -> Draft:
    return Draft(line.text, list(line.offsets), kind="residue", page=line.page)


_DASH = re.compile(
    r"[-*+]\s?(?=\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)"
)


def without_dash(line: Line) -> tuple[Line, Draft | None]:
    """Cut off the dash that Markdown sets before a mark of the report's own."""
    found = _DASH.match(line.text)
    if found is None:
        return line, None
    dash = Draft(line.text[0], list(line.offsets[:1]), kind="residue", page=line.page)
    cut = found.end()
    return (
        Line(
            line.offsets[cut], line.raw, line.raw_offsets, line.text[cut:], line.offsets[cut:], line.width, line.indent,
            line.gap, line.page, line.leads_page,
        ),
        dash,
    )  # fmt: skip


def join(text: str, draft: Draft, line: Line) -> None:
    """Append a line to a paragraph; a blank stays only between two Latin words."""
    before, after = text[draft.offsets[-1]], text[line.offsets[0]]
    if is_narrow(before) and is_narrow(after) and before.isalpha() and after.isalnum():
        draft.text += " "
        draft.offsets.append(_blank_between(text, draft.offsets[-1], line.offsets[0]))
    draft.text += line.text
    draft.offsets.extend(line.offsets)


def _blank_between(text: str, left: int, right: int) -> int:
    return next((at for at in range(left + 1, right) if text[at].isspace()), left)


def ends_sentence(text: str) -> bool:
    """Whether a line ends with what ends a sentence, closing quotes and brackets aside."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _TERMINAL


def _is_open(text: str) -> bool:
    """Whether a bracket or quote is still open at the end, or a comma says that more follows."""
    if text[-1] in ",、(「『《【":
        return True
    tail = text[-400:]
    return any(tail.count(opener) > tail.count(closer) for opener, closer in _OPENERS.items())


def _margins(lines: Sequence[Line]) -> list[int]:
    """For each line the width of the widest line near it: the right margin, if lines were wrapped there."""
    widths = [line.width for line in lines]
    return [max(widths[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1], default=0) for at in range(len(widths))]


def _is_full(line: Line, following: Line, margin: int) -> bool:
    """Whether the next line's first unit would not have fitted into this one."""
    if not _NARROWEST_WRAP <= margin <= _WIDEST_WRAP:
        return False
    unit = _FIRST_UNIT.match(following.text)
    return line.width + min(width(unit.group()) if unit else 2, 12) > margin - 3


def _is_wrapped(lines: Sequence[Line], margins: Sequence[int]) -> bool:
    """Whether the report was wrapped by hand or by a converter: most full lines end in the middle of a sentence."""
    wide = sum(1 for line in lines if line.width > _WIDEST_WRAP)
    if wide * 50 > len(lines):
        return False
    full = [
        line
        for line, following, margin in zip(lines, lines[1:], margins, strict=False)
        if _is_full(line, following, margin) and mark_of(following.text) is None
    ]
    unfinished = sum(1 for line in full if not ends_sentence(line.text))
    return len(full) >= 1 and unfinished * 2 >= len(full)


def _goes_on(
    current: Draft, previous: Line, line: Line, mark: Mark | None, outline: Outline, margin: int, wrapped: bool
) -> bool:
    full = _is_full(previous, line, margin)
    finished = ends_sentence(current.text)
    bare = current.mark is not None and len(current.text) == len(current.mark.text)
    if mark is not None:
        # A number of the running sentence may come to stand at the beginning of a line and look like a mark.
        doubtful = is_doubtful(mark, line.text[len(mark.text) :]) or not outline.expects(mark)
        return full and wrapped and not finished and doubtful
    if bare:
        return True
    if wrapped:
        if full:
            return not (finished and line.indent > previous.indent + 1)
        return not finished and _is_open(current.text) and len(current.text) > 8 and not _is_number(line.text)
    return _was_cut(current, line)


def _was_cut(current: Draft, line: Line) -> bool:
    """Where lines are whole paragraphs: a long one that ends within a sentence was cut by the end of a page."""
    text = current.text
    if ends_sentence(text) or len(text) < _PROSE or _is_number(line.text):
        return False
    return (
        not line.text[0].isspace()
        and any(char in text for char in "。,;")
        and (_is_open(text) or ends_sentence(line.text))
    )


_NUMBER = re.compile(r"[-+△▲(]?[\d,.]+[%)]?")


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def texts(drafts: Iterable[Draft]) -> list[str]:
    """The texts of drafts."""
    return [draft.text for draft in drafts]
