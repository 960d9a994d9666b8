"""What stands around a figure: its sentence with every mention masked, its brackets, and what introduces its block.

A sentence is shown with each quantity as ``▣`` and each date as ``▢``, so a phrase rule reads 「應進用原住民▣」
whatever the number. Everything is made once a block, and only for blocks that hold a quantity.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from ..model import Block, Mention, Report
from ..rules.registry import RuleSet, active
from ..rules.units import unit_table_of
from .time.anchors import DATE, enclosing, masked

REACH = 400
"""Characters on each side of a figure that may tell its meaning, however long the sentence: none is that long."""
QUANTITY = "▣"
INTRODUCTION = re.compile(r"(?:如下|下列|包括|包含|如次|分述)[^。]{0,6}$|[::]\s*$")
_STOPS = re.compile(r"[。;!?\n()「」『』【】]")
_REMARK = re.compile(r"\([^()▣▢]{3,60}\)")
_TITLED = re.compile(r"「[^「」▣]{3,80}」")
_OPENING = {"(": ")", "「": "」", "『": "』", "【": "】"}
_CLOSING = frozenset(_OPENING.values())


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention in the masked text of its block."""

    at: int
    mention: Mention
    sentence: int
    bracket: int | None
    """Where the round bracket opens in which it stands."""
    quoted: bool
    """It stands in quotation marks: in a title, most often."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """From the last full stop or semicolon to the next, in the masked text of a block."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class BlockView:
    """A block with its mentions masked."""

    index: int
    block: Block
    text: str
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...]
    introduction: str
    """Masked text of the paragraph or heading that announces the list of which the block is an item."""
    introduced_by: int | None
    """Index of the block that holds the introduction."""

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where in the report the words stand that are ``text[start:end]``."""
        first, last = self._place(start), self._place(end - 1)
        return self.block.offsets[first], self.block.offsets[last] + 1

    def _place(self, at: int) -> int:
        """The offset into the block's text of an offset into the masked text."""
        last = bisect_right(self.marks, at, key=lambda mark: mark.at) - 1
        if last < 0:
            return at
        mark = self.marks[last]
        return mark.mention.block_start if mark.at == at else mark.mention.block_end + at - mark.at - 1

    def of(self, sentence: int) -> tuple[Mark, ...]:
        """The mentions of a sentence."""
        first = bisect_left(self.marks, sentence, key=attrgetter("sentence"))
        return self.marks[first : bisect_right(self.marks, sentence, first, key=attrgetter("sentence"))]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, where it stands."""

    view: BlockView
    mark: Mark
    number: int
    """Its place among the marks of its block."""
    sentence: Sentence
    since: int
    """Where ``before`` begins: at the sentence, or as far back as words can matter in a sentence without end."""
    before: str
    """The sentence up to the figure."""
    after: str
    """The sentence behind the figure."""
    kind: str
    """What the unit measures: ``people``, ``money``, ``percent``, ``age`` …"""

    @property
    def mention(self) -> Mention:
        """The quantity itself."""
        return self.mark.mention

    @property
    def unit(self) -> str:
        """Its unit, or the empty text."""
        return self.mark.mention.unit or ""

    @property
    def plain_before(self) -> str:
        """The sentence up to the figure without what only explains or entitles: closed brackets and quotation marks."""
        before = _REMARK.sub("", self.before) if ")" in self.before else self.before
        return _TITLED.sub("「」", before) if "」" in before else before

    @property
    def whole(self) -> int | None:
        """Place of the figure right before the bracket in which this one stands."""
        if self.mark.bracket is None:
            return None
        marks = self.view.marks
        for number in range(self.number - 1, -1, -1):
            mark = marks[number]
            if mark.at < self.mark.bracket and mark.mention.kind == "quantity":
                between = self.view.text[mark.at + 1 : self.mark.bracket]
                return number if len(between) <= 12 and not re.search(r"[。;,]", between) else None
        return None


def kind_of(unit: str) -> str:
    """What a unit measures, with percentages and ages apart."""
    return _kind_of(unit, active())


@cache
def _kind_of(unit: str, rules: RuleSet) -> str:
    if unit in ("%", "‰", "ratio"):
        return "percent"
    if unit in ("百分點", "個百分點", "千分點"):
        return "points"
    if unit == "歲":
        return "age"
    if unit in ("厘", "折"):
        return "interest" if unit == "厘" else "discount"
    return unit_table_of(rules).kind(unit) or "other"


def views(report: Report, mentions: Sequence[Mention]) -> dict[int, BlockView]:
    """The blocks that hold a mention, masked, by their index."""
    by_block: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_block[mention.block].append(mention)
    introducers = _introducers(report, by_block)
    masked = {index: _mask(report.blocks[index].text, found) for index, found in by_block.items()}
    result: dict[int, BlockView] = {}
    for index in sorted(by_block):
        text, places = masked[index]
        above = introducers.get(index)
        introduction = "" if above is None else masked[above][0] if above in masked else report.blocks[above].text
        sentences, marks = _parse(text, places)
        result[index] = BlockView(index, report.blocks[index], text, sentences, marks, introduction, above)
    return result


@lru_cache(maxsize=256)
def figures(view: BlockView) -> tuple[Figure, ...]:
    """The quantities of a block."""
    found = []
    for number, mark in enumerate(view.marks):
        if mark.mention.kind == "quantity":
            sentence = view.sentences[mark.sentence]
            since, until = max(sentence.start, mark.at - REACH), min(sentence.end, mark.at + REACH)
            around = view.text[since : mark.at], view.text[mark.at + 1 : until]
            found.append(Figure(view, mark, number, sentence, since, *around, kind_of(mark.mention.unit or "")))
    return tuple(found)


def figures_of(view: BlockView, sentence: int) -> tuple[Figure, ...]:
    """The quantities of a sentence."""
    found, told = figures(view), attrgetter("mark.sentence")
    first = bisect_left(found, sentence, key=told)
    return found[first : bisect_right(found, sentence, first, key=told)]


def _mask(text: str, mentions: list[Mention]) -> tuple[str, list[tuple[int, Mention]]]:
    mentions = sorted(mentions, key=attrgetter("block_start"))
    signs = ((m.block_start, m.block_end, QUANTITY if m.kind == "quantity" else DATE) for m in mentions)
    shown, places = masked(text, signs)
    return shown, list(zip(places, mentions, strict=True))


def _parse(text: str, places: list[tuple[int, Mention]]) -> tuple[tuple[Sentence, ...], tuple[Mark, ...]]:
    """Sentences and marks: stops inside brackets and quotation marks end no sentence."""
    bounds: list[int] = []
    brackets: list[tuple[int, int]] = []
    quotes: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for stop in _STOPS.finditer(text):
        sign, at = stop.group(), stop.start()
        if sign in _OPENING:
            stack.append((_OPENING[sign], at))
        elif sign in _CLOSING:
            if any(closing == sign for closing, _ in stack):
                while stack:
                    closing, opened = stack.pop()
                    if closing == sign:
                        (brackets if sign == ")" else quotes).append((opened, at))
                        break
        elif not stack or sign in "。\n":
            bounds.append(at)
            stack.clear()
    starts = [0, *(bound + 1 for bound in bounds)]
    ends = [*bounds, len(text)]
    sentences = tuple(Sentence(start, end, text[start:end]) for start, end in zip(starts, ends, strict=True))
    inside, quoted = (list(enclosing(sorted(pairs), [at for at, _ in places])) for pairs in (brackets, quotes))
    marks = [
        Mark(at, mention, bisect_right(starts, at) - 1, around[-1][0] if around else None, bool(titled))
        for (at, mention), around, titled in zip(places, inside, quoted, strict=True)
    ]
    return sentences, tuple(marks)


def _introducers(report: Report, wanted: dict[int, list[Mention]]) -> dict[int, int]:
    """For each block its nearest introduction: a block that ends in a colon or 如下, with the list that follows it."""
    result: dict[int, int] = {}
    blocks = [(i, block) for i, block in enumerate(report.blocks) if block.kind != "residue" and block.text]
    for place, (index, block) in enumerate(blocks):
        if block.kind != "table" and INTRODUCTION.search(block.text[-16:]):
            for covered in _covered(block, blocks[place + 1 :]):
                if covered in wanted:
                    result[covered] = index
    return result


def _covered(introduction: Block, following: Sequence[tuple[int, Block]]) -> Iterator[int]:
    """The blocks of the list that an introduction announces, and what stands under the items of that list."""
    if introduction.level and introduction.kind == "heading":
        for index, block in following:
            if block.level and block.level <= introduction.level:
                return
            yield index
        return
    first: Block | None = None
    last: Block | None = None
    for index, block in following:
        if first is None:
            first = block
        elif first.kind == "table" or not first.marker:
            # One paragraph: the caption of a table, or all that was announced.
            if block.kind != "table":
                return
        elif block.marker:
            # A list that starts anew, or one further out, is another list.
            if block.level < first.level or (block.level == first.level and block.marker == first.marker):
                return
        elif block.kind != "table" and last is not None and last.kind == "item" and last.level == first.level:
            return
        last = block
        yield index
