"""Lines become paragraphs: what was wrapped is joined, what was not stays apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..model import Cell
from .headings import Mark, Outline, is_doubtful, mark_of
from .lines import Line, is_narrow

_CLOSERS = "」』)》】〉\"'”’]"
_TERMINAL = "。!?;:…"
_OPENERS = dict(zip("(「『《【〈[", ")」』》】〉]", strict=True))
_WIDEST_WRAP = 160
"""No page holds more columns in a line; what is wider was never wrapped."""
_NARROWEST_WRAP = 14
_NEIGHBOURS = 6
_SENTENCE = 12
_PROSE = 40
_MARKED_PROSE = 60
_CUT_DATE = re.compile(r"\d$|[年月]$")
_DATE_GOES_ON = "0123456789年月日"


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
    widest: int = 0
    """Width of its widest line."""
    level: int = 0
    """Depth of a heading, where the file tells it."""


def drafts_of(text: str, items: Sequence[Line | Draft]) -> list[Draft]:
    """Paragraphs, tables and residue, in order; residue stands behind the paragraph that it interrupts."""
    lines = [item for item in items if isinstance(item, Line)]
    body = [without_dash(line)[0] for line in lines if not line.residue]
    margins = _margins(body)
    wrapped = _is_wrapped(body, margins)
    outline = Outline()
    drafts: list[Draft] = []
    current: Draft | None = None
    at = 0
    for whole in items:
        if isinstance(whole, Draft):
            drafts.append(whole)
            current = current if whole.kind in ("residue", "footnote") else None
            continue
        if whole.residue:
            drafts.append(_residue(whole))
            continue
        line, dash = without_dash(whole)
        mark = mark_of(line.text)
        after = body[at + 1] if at + 1 < len(body) else None
        if (
            current is not None
            and dash is None
            and _goes_on(_Seam(current, line, mark, after, margins[at - 1]), outline, wrapped)
        ):
            join(text, current, line)
        else:
            if dash is not None:
                drafts.append(dash)
            current = Draft(line.text, list(line.offsets), mark, page=line.page)
            if mark is not None:
                outline.enter(mark)
            drafts.append(current)
        current.lines.append(line)
        current.widest = max(current.widest, line.width)
        at += 1
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
    return replace(line, start=line.offsets[cut], text=line.text[cut:], offsets=line.offsets[cut:]), dash


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


def _reaches(line: Line, following: Line, margin: int) -> bool:
    """Whether the next line's first unit would not have fitted into this one."""
    return _NARROWEST_WRAP <= margin <= _WIDEST_WRAP and line.width + following.unit > margin - _TOLERANCE


def _opens(line: Line) -> bool:
    """Whether a line begins with a mark that can be nothing else."""
    mark = mark_of(line.text)
    return mark is not None and not is_doubtful(mark, line.text[len(mark.text) :])


def _is_wrapped(lines: Sequence[Line], margins: Sequence[int]) -> bool:
    """Whether the report was wrapped by hand or by a converter: most full lines end in the middle of a sentence."""
    wide = sum(1 for line in lines if line.width > _WIDEST_WRAP)
    if wide * 50 > len(lines):
        return False
    full = [
        line
        for line, following, margin in zip(lines, lines[1:], margins, strict=False)
        if _reaches(line, following, margin) and not _opens(following)
    ]
    unfinished = sum(1 for line in full if not ends_sentence(line.text))
    return len(full) >= 1 and unfinished * 2 >= len(full)


@dataclass(frozen=True, slots=True)
class _Seam:
    """The border between a paragraph so far and the line behind it."""

    current: Draft
    line: Line
    mark: Mark | None
    after: Line | None
    margin: int
    """Width of the widest line near the border."""

    @property
    def last(self) -> Line:
        return self.current.lines[-1]

    @property
    def finished(self) -> bool:
        return ends_sentence(self.current.text)

    @property
    def full(self) -> bool:
        """Full among the lines near it and among those of its own paragraph, as far as that can be known."""
        own = self.current.widest
        if self.finished:
            if self.line.gap and len(self.current.lines) > 1 and not any(line.gap for line in self.current.lines[1:]):
                return False
            return _reaches(self.last, self.line, max(own, self.margin))
        own = max(own, self.line.width)
        if self.after is not None and not ends_sentence(self.line.text) and mark_of(self.after.text) is None:
            own = max(own, min(self.after.width, own + _SLACK))
        if own * 10 < self.margin * 7:
            return False
        if self._has_clauses and self.last.width * 10 >= self.margin * 8:
            # Some converters break lines after so many characters, whatever their width.
            return True
        if self.tells and len(self.current.text) >= _PROSE:
            # So long a sentence goes on, even if a line near it hangs over the margin.
            return _reaches(self.last, self.line, max(own - _SLACK, min(own, _NARROWEST_WRAP)))
        if len(self.current.lines) > 1:
            return _reaches(self.last, self.line, own)
        if self.current.mark is not None and "。" not in self.current.text:
            return _reaches(self.last, self.line, own + _TOLERANCE)
        if not self.tells and not ends_sentence(self.line.text) and self.line.width * 2 < self.last.width:
            return False
        # The indent of a paragraph's first line may be lost, with two characters to its right margin.
        return _reaches(self.last, self.line, own - (0 if self.last.indent else _SLACK))

    @property
    def tells(self) -> bool:
        """Whether the paragraph so far reads like a sentence."""
        return any(char in self.current.text for char in ",。、;")

    @property
    def _has_clauses(self) -> bool:
        """Several clauses, or a figure that ends one: 核予1,486件,事由為… is no heading."""
        return len(self.current.text) > _LONGEST_HEADING or _CLAUSES.search(self.current.text) is not None


_LONGEST_HEADING = 400
_CLAUSES = re.compile(r"\d[^\W\d_]{1,3},.|;.{2}|,(?!\d{3}).{2,},(?!\d{3}).{2}")
_TOLERANCE = 3
"""Columns by which a full line may fall short: characters are not all of one width in print."""
_SLACK = 4
_DIGITS_MEET = re.compile(r"(?<![\d,])(?=[\d▕]{6})\d+▕\d+")
"""2017-03-22 and 1987年 on two short lines with an empty one between make no number of six digits."""
_NEVER_FIRST = frozenset(",。、;:!?)」』》〉】")
"""No sentence begins with these."""
_ANNOUNCES = re.compile("(?:如下|如次|如后|如後|如左|下列|以下)[^。;]{0,4}:$")


def _goes_on(seam: _Seam, outline: Outline, wrapped: bool) -> bool:
    """Whether the line behind a paragraph belongs to it."""
    current, line, mark = seam.current, seam.line, seam.mark
    if line.apart or (line.gap and not seam.tells and _DIGITS_MEET.search(f"{current.text[-8:]}▕{line.text[:8]}")):
        return False
    if line.text[0] in _NEVER_FIRST and wrapped and not seam.finished:
        return True
    if mark is not None:
        # A number of the running sentence may come to stand at the beginning of a line and look like a mark.
        rest = line.text[len(mark.text) :]
        doubtful = is_doubtful(mark, rest) or not outline.expects(mark)
        return wrapped and not seam.finished and doubtful and (seam.full or _cuts_figure(seam))
    if current.mark is not None and len(current.text) == len(current.mark.text):
        return True
    if _ANNOUNCES.search(current.text[-12:]):
        return False
    if not wrapped:
        return _was_cut(current, line)
    if seam.full or _cuts_figure(seam):
        return not (seam.finished and line.indent > seam.last.indent + 1)
    return not seam.finished and _is_open(current.text) and len(current.text) > 8 and not is_number(line.text)


_HALF_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})*,\d{1,2}▕\d")
"""A thousands group without all its digits goes on behind the border (▕)."""
_HALF_DATE = re.compile(
    r"年(?:\d{0,2}▕\d{0,2}月\d|\d{1,2}月(?:\d{1,2}[、及至~-])*(?:\d{1,2}▕\d?|▕\d{1,2})(?:日|[、及至~-]\d{1,2}[、及至~日-]))"
)
"""So does a year with half a month or a month with half a day."""
_CUT_FIGURE = re.compile(
    r"\d▕(?:\d{0,3}[人名位元件場次班期天年月日項個家歲%萬億千]|[^\W\d_][,、。;)]|\(\d{1,3}\)[人名位](?:[,、。;)]|$))|[年月]▕\d{1,2}[月日]"
)


def _cuts_figure(seam: _Seam) -> bool:
    """Whether the border can only run through a figure: 9,59▕0人次; in a long line also 辦理1▕天, 9月▕17日, 113▕(9)人."""
    if seam.finished:
        return False
    around = f"{seam.current.text[-16:]}▕{seam.line.text[:8]}"
    if _HALF_FIGURE.search(around):
        return True
    if seam.last.width * 10 < seam.margin * 6 or len(seam.current.text) < _SENTENCE:
        return False
    if _HALF_DATE.search(around):
        return True
    return any(char in seam.current.text for char in ",。、;") and bool(_CUT_FIGURE.search(around))


def _was_cut(current: Draft, line: Line) -> bool:
    """Where lines are whole paragraphs: one that ends within a sentence was cut by the end of a page."""
    text = current.text
    if ends_sentence(text) or is_number(line.text) or not any(char in text for char in ",;「("):
        return False
    if len(text) >= _SENTENCE and (_is_open(text) or (_CUT_DATE.search(text[-3:]) and line.text[0] in _DATE_GOES_ON)):
        return True
    return len(text) >= (_PROSE if current.mark is None else _MARKED_PROSE) and ends_sentence(line.text)


_NUMBER = re.compile(r"[-+△▲(]?[\d,.]+[%)]?")


def is_number(text: str) -> bool:
    """Whether a line is a figure and nothing else."""
    return _NUMBER.fullmatch(text) is not None
