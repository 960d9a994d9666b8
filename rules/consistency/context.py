"""What stands between two figures: a report's text as the checks read it.

Every mention is replaced by one private character that says what sort it is and nothing of its digits, so that no
check can be led by numbers that happen to fit. White space goes, full-width punctuation becomes ASCII, quoted titles
lose their punctuation. A *line* is a sentence of that text with its figures (quantities, not dates).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...model import Block, Fact, Mention, Report
from ..units import PERCENTAGES

COUNT = "\ue000"
"""Stands for a quantity."""
RATE = "\ue001"
"""Stands for a percentage, in the wide sense (%, ‰)."""
POINT = "\ue002"
"""Stands for percentage points."""
DAY = "\ue003"
"""Stands for a date."""
WINDOW = 48
"""How many figures of one sentence a check looks back or ahead at the most, so that cost grows in line with the text."""
LONGEST_CLAUSE = 200
FIGURES = COUNT + RATE + POINT

_HALF_WIDTH = str.maketrans("，；（）：！？﹪％", ",;():!?%%")
_QUOTED = re.compile(r"[「『《【][^「」『』《》【】]*[」』》】]")
_INNER_PUNCTUATION = re.compile(r"[,;、。:()!?]")
_SENTENCE = re.compile(r"[^。!?\n]+")
_BRACKET = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a line."""

    mention: Mention
    at: int
    """Position of its character in the line's text."""
    gap: str
    """What stands between the figure before (or the start of the line) and this one."""
    index: int
    """Its place among the line's figures."""

    @property
    def unit(self) -> str:
        """The unit, empty where there is none."""
        return self.mention.unit or ""

    @property
    def is_count(self) -> bool:
        """No percentage and no percentage points."""
        return self.unit not in PERCENTAGES and self.unit != "百分點"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence, masked: each mention is one private character."""

    block: int
    text: str
    mentions: tuple[Mention, ...]
    """One for each private character, in order."""
    figures: tuple[Figure, ...]
    """The quantities, with the text before each."""
    inner: Line | None = None
    """The line without what its brackets hold, where it has brackets."""

    @property
    def outer(self) -> Line:
        """The line without what its brackets hold."""
        return self.inner or self

    def figure_at(self, position: int) -> Figure:
        """The figure whose character stands at ``position``."""
        return self.figures[bisect_left(self.figures, position, key=_at)]

    def clause(self, figure: Figure) -> str:
        """The figure's clause up to it, other figures in it included."""
        reach = max(0, figure.at - LONGEST_CLAUSE)
        start = max(reach - 1, *(self.text.rfind(mark, reach, figure.at) for mark in ",;"))
        return self.text[start + 1 : figure.at]

    def after(self, figure: Figure) -> str:
        """What follows a figure, up to the next one or the end of the line."""
        following = figure.index + 1
        end = self.figures[following].at if following < len(self.figures) else len(self.text)
        return self.text[figure.at + 1 : end]

    def before(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The last figures before a position."""
        end = bisect_left(self.figures, position, key=_at)
        return self.figures[max(0, end - most) : end]

    def behind(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The first figures from a position on."""
        start = bisect_left(self.figures, position, key=_at)
        return self.figures[start : start + most]


def _at(figure: Figure) -> int:
    return figure.at


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A report as the checks read it."""

    report: Report
    mentions: tuple[Mention, ...]
    lines: tuple[Line, ...]
    issued: str | None = None
    """EDTF of the day or month in which the report speaks, where it is known."""
    facts: Mapping[int, Fact] = field(default_factory=dict)
    """What is known of the quantities, by their offset."""

    def block(self, line: Line) -> Block:
        """The block that a line stands in."""
        return self.report.blocks[line.block]


def read(
    report: Report, mentions: Sequence[Mention], issued: str | None = None, facts: Iterable[Fact] = ()
) -> Document:
    """Mask the report's blocks, tables and page furniture aside, and part them into lines."""
    by_block: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_block.setdefault(mention.block, []).append(mention)
    lines: list[Line] = []
    for index, found in sorted(by_block.items()):
        block = report.blocks[index]
        if block.kind not in ("table", "residue"):
            lines.extend(_lines(index, block, found))
    known = {fact.mention.start: fact for fact in facts}
    return Document(report, tuple(mentions), tuple(lines), issued, known)


def _lines(index: int, block: Block, found: list[Mention]) -> Iterator[Line]:
    text, kept = mask(block.text, found, len(block.marker))
    taken = 0
    for sentence in _SENTENCE.finditer(text):
        held = sum(1 for character in sentence[0] if COUNT <= character <= DAY)
        if held:
            yield line_of(index, sentence[0], tuple(kept[taken : taken + held]))
            taken += held


def mask(text: str, mentions: Sequence[Mention], skip: int = 0) -> tuple[str, list[Mention]]:
    """The text with one character for each mention, and the mentions that these stand for, in order."""
    pieces: list[str] = []
    kept: list[Mention] = []
    position = skip
    for mention in sorted(mentions, key=lambda each: (each.block_start, -each.block_end)):
        if mention.block_start < position or mention.unit == "大":
            # 六大產業 is a name with a number, which parts no list.
            continue
        pieces.append(_plain(text[position : mention.block_start]))
        pieces.append(_sort(mention))
        kept.append(mention)
        position = mention.block_end
    pieces.append(_plain(text[position:]))
    return _QUOTED.sub(_title, "".join(pieces)), kept


def _plain(text: str) -> str:
    """White space and private characters out, punctuation to ASCII."""
    text = re.sub(r"[^\S\n]+|[\ue000-\uf8ff]", "", text)
    return text.translate(_HALF_WIDTH)


def _sort(mention: Mention) -> str:
    if mention.kind == "date":
        return DAY
    if mention.unit in PERCENTAGES:
        return RATE
    return POINT if mention.unit == "百分點" else COUNT


def _title(quoted: re.Match[str]) -> str:
    """A quoted title without its punctuation; quoted speech, which has figures and clauses, as it stands."""
    if re.search(r"[\ue000-\ue003].*[,。;]|[,。;].*[\ue000-\ue003]", quoted[0]):
        return quoted[0]
    return _INNER_PUNCTUATION.sub("", quoted[0])


def line_of(block: int, text: str, mentions: tuple[Mention, ...]) -> Line:
    """A line, and what is left of it without its brackets."""
    return Line(block, text, mentions, _figures(text, mentions), _without_brackets(block, text, mentions))


def _figures(text: str, mentions: tuple[Mention, ...]) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    numbered = iter(mentions)
    start = 0
    for position, character in enumerate(text):
        if not COUNT <= character <= DAY:
            continue
        mention = next(numbered)
        if character != DAY:
            figures.append(Figure(mention, position, text[start:position], len(figures)))
            start = position + 1
    return tuple(figures)


def groups(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets that are closed begin and end."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, bracket.end()))
    return found


def _without_brackets(block: int, text: str, mentions: tuple[Mention, ...]) -> Line | None:
    """The line without its brackets; ``None`` if it has none."""
    numbered = iter(mentions)
    pieces: list[str] = []
    held: list[Mention] = []
    position = 0
    for start, end in groups(text):
        pieces.append(text[position:start])
        held.extend(next(numbered) for character in text[position:start] if COUNT <= character <= DAY)
        for character in text[start:end]:
            if COUNT <= character <= DAY:
                next(numbered)
        position = end
    if not pieces:
        return None
    pieces.append(text[position:])
    held.extend(numbered)
    return Line(block, "".join(pieces), tuple(held), _figures("".join(pieces), tuple(held)))
