"""A report as passages: its paragraphs and tables by their words, with figures and dates left out."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...model import Block, Extraction, Mention

NO_WORD = re.compile(r"[^一-鿿A-Za-z]+")
_DIGITS = re.compile(r"\d[\d,.]*")
_MASK = "\0"
_PIECE, _SAMPLE = 6, 16
"""Characters of a piece of text, and how many pieces there are for each in the sample."""

Words = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A paragraph or a table, by its words."""

    block: int
    place: float
    """From 0, the first of the report, to 1, the last."""
    heading: str
    words: frozenset[str]
    figures: tuple[Mention, ...]


class Side:
    """One report as passages; read once, aligned with as many others as need be."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self._by_block: dict[int, list[Mention]] = defaultdict(list)
        for mention in extraction.mentions:
            self._by_block[mention.block].append(mention)

    @property
    def name(self) -> str:
        """The report's name."""
        return self.extraction.report.name

    def block(self, place: int) -> Block:
        """A block of the report."""
        return self.extraction.report.blocks[place]

    @cached_property
    def periods(self) -> dict[int, str]:
        """The period of each figure, by where it starts."""
        return {fact.mention.start: str(fact.period) for fact in self.extraction.facts if fact.period}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is told under the headings, in the order of the text."""
        blocks = self.extraction.report.blocks
        found = []
        for place, block in enumerate(blocks):
            if block.kind in ("heading", "residue"):
                continue
            words = frozenset(bigrams([self.masked(place)]))
            if words:
                heading = NO_WORD.sub("", block.path[-1]) if block.path else ""
                found.append(Passage(place, place / len(blocks), heading, words, self.figures(place)))
        return tuple(found)

    @cached_property
    def sketch(self) -> frozenset[int]:
        """A sample of the pieces of its text, the same pieces of every report that holds them."""
        pieces = (
            zlib.crc32(run[at : at + _PIECE].encode())
            for passage in self.passages
            for run in NO_WORD.split(self.masked(passage.block))
            for at in range(len(run) - _PIECE + 1)
        )
        return frozenset(piece for piece in pieces if piece % _SAMPLE == 0)

    def figures(self, block: int) -> tuple[Mention, ...]:
        """The figures and dates of a block, in the order of the text; of those that overlap, the first."""
        found: list[Mention] = []
        for mention in self._by_block.get(block, ()):
            if not found or mention.block_start >= found[-1].block_end:
                found.append(mention)
        return tuple(found)

    def masked(self, block: int) -> str:
        """The text of a block with one sign for each figure, as long as the block."""
        text = self.block(block).text
        pieces, position = [], 0
        for mention in self.figures(block):
            pieces += [text[position : mention.block_start], _MASK * (mention.block_end - mention.block_start)]
            position = mention.block_end
        return _DIGITS.sub(lambda match: _MASK * len(match[0]), "".join([*pieces, text[position:]]))


def rarity(sides: Iterable[Side]) -> dict[str, float]:
    """How much a pair of characters tells: the fewer passages of all reports hold it, the more."""
    held: Counter[str] = Counter()
    passages = 0
    for side in sides:
        for passage in side.passages:
            held.update(passage.words)
            passages += 1
    return {pair: math.log(1 + passages / count) for pair, count in held.items()}


def bigrams(texts: Iterable[str]) -> Iterator[str]:
    """Neighbouring characters that are words."""
    for text in texts:
        for run in NO_WORD.split(text):
            for at in range(len(run) - 1):
                yield run[at : at + 2]
