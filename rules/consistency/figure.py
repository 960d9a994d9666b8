"""A figure in its context: the one place where text, layout, role and time of a number are read for the checks.

A *paragraph* has its outer line and the lines of its brackets; a figure knows the words before and behind it in its own
line, so that a bracket does not part it from its name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...model import Block, Fact, Mention, Report, Role
from ..units import PERCENTAGES
from .cues import cue
from .numbers import Exact, number
from .times import Time, is_dated, time_told

COUNT = "\ue000"
"""Stands for a quantity."""
RATE = "\ue001"
"""Stands for a percentage, in the wide sense (%, ‰)."""
POINT = "\ue002"
"""Stands for percentage points."""
DAY = "\ue003"
"""Stands for a date."""
FIGURES = COUNT + RATE + POINT
INNER = "\ue011"
"""Stands for a mark of punctuation inside a quoted title, which may hold two names."""
WINDOW = 48
"""How many figures a check looks back or ahead at the most, so that cost grows in line with the text."""
MILLION = 10**6
LONGEST = 120
"""Characters of a clause that are looked at."""

_FAMILIES = (
    frozenset({"人", "名", "位", "員", "人次"}),
    frozenset({"案", "件", "項", "件次"}),
    frozenset({"場", "場次"}),
    frozenset({"班", "班次", "班期", "期", "梯次", "梯"}),
    frozenset({"天", "日"}),
    frozenset({"所", "校", "個", "處"}),
)


def comparable(first: str, second: str) -> bool:
    """Two units that may count the same things: equal, or of one family (人 and 人次, 項 and 案)."""
    return first == second or any(first in family and second in family for family in _FAMILIES)


@lru_cache(maxsize=4096)
def sort_of(unit: str) -> tuple[bool, str]:
    """What a unit counts: no rate, and one name for units that add up."""
    is_count = unit not in PERCENTAGES and unit not in ("百分點", "千分點")
    if unit == "人次":
        return is_count, unit
    return is_count, next((min(family) for family in _FAMILIES if unit in family), unit)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A quantity in a line."""

    mention: Mention
    at: int
    """Position of its character in its line."""
    gap: str
    """What stands before it in its line, back to the figure before or to the end of a sentence."""
    index: int
    """Its place among the line's figures."""
    place: int
    """Its place among the paragraph's figures."""
    row: int
    """0 outside of brackets, else the number of the bracket that holds it."""
    position: int
    """Position in the paragraph's whole text."""
    before: str
    """The words right before it, since the last mark or figure."""
    behind: str
    """The words right behind it, up to the next mark or figure."""
    clause: str
    """Its clause up to it, other figures in it included."""
    fact: Fact | None
    units: int
    """What it contributes, in millionths: whole numbers are what the search adds."""
    slack: int
    """How far what it says may lie from that, in millionths."""
    unit: str
    """The unit, empty where there is none."""
    is_count: bool
    """No percentage and no percentage points."""
    sort: tuple[bool, str]
    """What it counts: figures of one sort add up."""
    known: dict[str, bool] = field(default_factory=dict)
    """What its words were found to say, cue by cue."""

    @property
    def is_rate(self) -> bool:
        """A percentage or a per mille."""
        return self.unit in PERCENTAGES

    @property
    def is_amount(self) -> bool:
        """A count that is not nothing."""
        return self.is_count and bool(self.mention.value)

    @property
    def size(self) -> Exact:
        """Its value; 0 where it has none."""
        return number(self.mention.value or 0)

    @property
    def has_words(self) -> bool:
        """Something stands between it and the figure before it: it is not one of a row of numbers."""
        return bool(self.gap) or not self.index

    @property
    def role(self) -> Role | None:
        """The role of its fact, where it is known."""
        return self.fact.role if self.fact is not None else None

    @property
    def is_standard(self) -> bool:
        """Something that a rule lays down: an age, a ceiling, so much for each; not what was due and is counted (應出席)."""
        return self.role == "rule" and not self.has("due.counted")

    @property
    def dated(self) -> Time | None:
        """The time of its fact, where its own sentence tells it."""
        return time_told(self.fact) if self.fact is not None and is_dated(self.fact) else None

    def is_earlier(self, other: Figure) -> bool:
        """101年度為103萬元，102年度為78萬元: each has a time of its own, and its own is over before the other's begins."""
        return self.dated is not None and other.dated is not None and self.dated.last < other.dated.first

    def has(self, name: str) -> bool:
        """Its words hold a cue: right before it, in its clause or behind it, as the cue's record says."""
        if (answer := self.known.get(name)) is None:
            answer = self.known[name] = cue(name).found_at(self)
        return answer


def alike(first: Figure, second: Figure) -> bool:
    """They count the same sort of thing."""
    return first.sort == second.sort


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Running text, masked: a paragraph as a whole, without its brackets, or what one of them holds."""

    block: int
    text: str
    mentions: tuple[Mention, ...]
    """One for each private character, in order."""
    figures: tuple[Figure, ...]
    """The quantities."""
    dates: tuple[tuple[int, Mention], ...]
    """The dates, each with its position in the text."""

    def figure_at(self, position: int) -> Figure:
        """The figure whose character stands at ``position``."""
        return self.figures[bisect_left(self.figures, position, key=_at)]

    def after(self, figure: Figure) -> str:
        """What follows a figure, up to the next one or the end of the sentence."""
        following = figure.index + 1
        end = self.figures[following].at if following < len(self.figures) else len(self.text)
        return self.text[figure.at + 1 : end].partition("。")[0]

    def between(self, first: Figure, second: Figure) -> str:
        """What stands between two figures of this line."""
        return self.text[first.at + 1 : second.at]

    def last(self, figure: Figure) -> Figure | None:
        """The figure right before another one."""
        return self.figures[figure.index - 1] if figure.index else None

    def ahead(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The last figures before a position, of the same sentence."""
        start = max(self.text.rfind("。", 0, position), 0)
        first = bisect_left(self.figures, start, key=_at)
        end = bisect_left(self.figures, position, key=_at)
        return self.figures[max(first, end - most) : end]

    def following(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The first figures from a position on, of the same sentence."""
        stop = self.text.find("。", position)
        first = bisect_left(self.figures, position, key=_at)
        end = bisect_left(self.figures, stop if stop >= 0 else len(self.text), key=_at)
        return self.figures[first : min(end, first + most)]


def _at(figure: Figure) -> int:
    return figure.at


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """What a bracket holds, and the figure that it explains: the last one before it, with what stands between."""

    start: int
    """Where it opens in the paragraph's whole text."""
    line: Line
    owner: Figure | None
    noun: str


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A block of running text with its figures."""

    block: int
    number: int
    """Its place among the paragraphs of the report."""
    whole: Line
    outer: Line
    brackets: tuple[Bracket, ...]
    figures: tuple[Figure, ...]
    """Those of the outer line and of the brackets, in the order of the text."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The outer line and those of the brackets."""
        return (self.outer, *(bracket.line for bracket in self.brackets))

    def line_of(self, figure: Figure) -> Line:
        """The line that a figure stands in."""
        return self.brackets[figure.row - 1].line if figure.row else self.outer

    def between(self, first: Figure, second: Figure) -> str:
        """What stands between two figures: without brackets, where both stand outside of them."""
        if first.row == second.row:
            return self.line_of(first).between(first, second)
        return self.whole.text[first.position + 1 : second.position]

    def last(self, figure: Figure) -> Figure | None:
        """The figure right before another one."""
        return self.figures[figure.place - 1] if figure.place else None

    def next(self, figure: Figure) -> Figure | None:
        """The figure right behind another one."""
        return next(iter(self.behind(figure, 1)), None)

    def before(self, figure: Figure, most: int) -> tuple[Figure, ...]:
        """The last figures before another one, in their order."""
        return self.figures[max(0, figure.place - most) : figure.place]

    def behind(self, figure: Figure, most: int) -> tuple[Figure, ...]:
        """The first figures behind another one."""
        return self.figures[figure.place + 1 : figure.place + 1 + most]

    def one_sentence(self, *figures: Figure) -> bool:
        """No full stop stands between them."""
        places = [figure.position for figure in figures]
        return "。" not in self.whole.text[min(places) : max(places)]


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A report as the checks read it."""

    report: Report
    mentions: tuple[Mention, ...]
    paragraphs: tuple[Paragraph, ...]
    issued: str | None = None
    """EDTF of the day or month in which the report speaks, where it is known."""
    facts: Mapping[int, Fact] = field(default_factory=dict)
    """What is known of the quantities, by their offset."""
    sorts: Mapping[tuple[bool, str], Sequence[tuple[int, Figure]]] = field(default_factory=dict)
    """The figures that have a value, by what they count, each with the number of its paragraph."""

    def block(self, paragraph: Paragraph) -> Block:
        """The block that a paragraph is."""
        return self.report.blocks[paragraph.block]

    def earlier(self, paragraph: Paragraph, figure: Figure, most: int) -> Iterator[Figure]:
        """What the paragraphs before this one tell of the same sort, the nearest first."""
        known = self.sorts.get(figure.sort, ())
        end = bisect_left(known, paragraph.number, key=_first)
        return (each for _, each in reversed(known[max(0, end - most) : end]))


def _first(pair: tuple[int, Figure]) -> int:
    return pair[0]


def by_sort(paragraphs: Sequence[Paragraph]) -> dict[tuple[bool, str], list[tuple[int, Figure]]]:
    """The figures of a report by what they count."""
    found: dict[tuple[bool, str], list[tuple[int, Figure]]] = {}
    for paragraph in paragraphs:
        for figure in paragraph.figures:
            if figure.mention.value:
                found.setdefault(figure.sort, []).append((paragraph.number, figure))
    return found
