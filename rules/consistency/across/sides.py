"""A report as passages: its paragraphs and tables by their words, with figures and dates left out."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ....model import Block, Extraction, Mention
from .spots import NO_WORD, Spot, bigrams, in_table, in_text

_DIGITS = re.compile(r"\d[\d,.]*")
_MASK = "\0"
_PIECE, _SAMPLE = 6, 16
"""Characters of a piece of text, and how many pieces there are for each in the sample."""


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
        self._spots: dict[int, tuple[Spot, ...]] = {}

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

    def spots(self, block: int) -> tuple[Spot, ...]:
        """The figures of a block with the words around them."""
        known = self._spots.get(block)
        if known is None:
            masked, figures, held = self.masked(block), self.figures(block), self.block(block)
            is_table = held.kind == "table"
            known = in_table(held, masked, figures, self.periods) if is_table else in_text(masked, figures)
            self._spots[block] = known
        return known

    @cached_property
    def _by_start(self) -> dict[int, Spot]:
        return {spot.mention.start: spot for block in self._by_block for spot in self.spots(block)}

    def spot(self, mention: Mention) -> Spot | None:
        """A figure with the words around it; None for one that another overlaps."""
        return self._by_start.get(mention.start)

    @cached_property
    def held(self) -> Counter[str]:
        """How many of its passages hold each pair of characters."""
        return Counter(pair for passage in self.passages for pair in passage.words)

    def masked(self, block: int) -> str:
        """The text of a block with one sign for each figure, as long as the block."""
        text = self.block(block).text
        pieces, position = [], 0
        for mention in self.figures(block):
            pieces += [text[position : mention.block_start], _MASK * (mention.block_end - mention.block_start)]
            position = mention.block_end
        return _DIGITS.sub(lambda match: _MASK * len(match[0]), "".join([*pieces, text[position:]]))


def rarity(sides: Iterable[Side]) -> dict[str, float]:
    """How much a pair of characters tells: the fewer passages of the reports hold it, the more."""
    held: Counter[str] = Counter()
    passages = 0
    for side in sides:
        held.update(side.held)
        passages += len(side.passages)
    return {pair: math.log(1 + passages / count) for pair, count in held.items()}
