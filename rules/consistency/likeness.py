"""How alike the words around two figures are: whether they tell of one thing, whatever clerk wrote them.

Each figure is described by the pairs of characters around it; those right before it weigh most, those of its sentence and
its headings less. Pairs that stand in many paragraphs say little (inverse document frequency). Two figures are as alike as
the description of each is found around the other.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from ...model import Mention, Report

_EMPTY = "計共約為之的及與和並於在有各其等者已達本該業數"
_PAIR = re.compile(rf"(?![{_EMPTY}]{{2}})(?=([一-鿿A-Za-z]{{2}}))")
"""Two neighbouring characters that are of words, but for two empty ones."""
_SENTENCE = re.compile(r"[。;；]")
_CLAUSE = re.compile(r"[,，]")
_BEHIND = re.compile(r"[,，。;；、()（）\0]")
_REACH = 120
_NOUN = 16
_RIGHT, _CLAUSE_WEIGHT, _SENTENCE_WEIGHT, _HEADING = 1.0, 0.7, 0.4, 0.3
"""What a pair of characters weighs: right beside the figure, in its clause, its sentence, its headings."""
_AROUND = 0.5
"""A pair that stands farther off in the other paragraph counts by half."""

Pairs = frozenset[str]


class Spot(Protocol):
    """A figure of the report."""

    @property
    def mention(self) -> Mention:
        """The figure itself."""

    @property
    def kind(self) -> str:
        """What its unit measures."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, which is all that a table says of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """The words around a figure."""

    weights: dict[str, float]
    """How much each pair says: by where it stands, and by its rarity."""
    around: Pairs
    """All pairs of its paragraph and headings."""
    mass: float


class Likeness:
    """The descriptions of the figures of a report, and how alike any two are."""

    def __init__(self, spots: Sequence[Spot], report: Report, mentions: Mapping[int, Sequence[Mention]]) -> None:
        self._spots = spots
        self._report = report
        self._mentions = mentions
        """By block, in the order of the text."""
        self._masked: dict[int, str] = {}
        self._around: dict[int, Pairs] = {}
        self._headings: dict[tuple[str, ...], dict[str, float]] = {}
        self._known: dict[Spot, Description] = {}
        self._alike: dict[tuple[Spot, Spot], float] = {}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """How much a pair of characters says: the fewer paragraphs hold it, the more."""
        blocks = {spot.mention.block for spot in self._spots}
        held: Counter[str] = Counter()
        for block in blocks:
            held.update(self._pairs_around(block))
        return {pair: math.log((len(blocks) + 1) / count) for pair, count in held.items()}

    def of(self, first: Spot, second: Spot) -> float:
        """From 0, nothing in common, to 1, the same words."""
        key = (first, second)
        known = self._alike.get(key)
        if known is None:
            one, other = self._described(first), self._described(second)
            ways = (self._found(one, other), self._found(other, one))
            known = self._alike[key] = self._alike[second, first] = sum(ways) / 2
        return known

    def rank(self, first: Spot, second: Spot, most: int) -> int:
        """How many figures of the second one's kind, in other paragraphs than the first one, are more like the first.

        Counts no further than one more than ``most``.
        """
        score = self.of(first, second)
        others = (each for each in self._kinds[second.kind] if each.mention.block != first.mention.block)
        return sum(1 for _ in islice((each for each in others if self.of(first, each) > score), most + 1))

    @cached_property
    def _kinds(self) -> dict[str, list[Spot]]:
        """The figures that are measured in one kind of unit."""
        found: dict[str, list[Spot]] = defaultdict(list)
        for spot in self._spots:
            found[spot.kind].append(spot)
        return found

    def _found(self, one: Description, other: Description) -> float:
        if not one.mass:
            return 0.0
        shared = 0.0
        for pair, weight in one.weights.items():
            if pair in other.weights:
                shared += weight
            elif pair in other.around:
                shared += weight * _AROUND
        return shared / one.mass

    def _described(self, spot: Spot) -> Description:
        known = self._known.get(spot)
        if known is None:
            known = self._known[spot] = self._describe(spot)
        return known

    def _describe(self, spot: Spot) -> Description:
        mention = spot.mention
        block = self._report.blocks[mention.block]
        text = self._text(mention.block)
        sentence = _SENTENCE.split(text[max(0, mention.block_start - _REACH) : mention.block_start])[-1]
        *farther, clause = _CLAUSE.split(sentence)
        if block.kind == "table":
            parts, beside = [clause], [*spot.names]
        else:
            *parts, last = clause.split("\0")
            beside = [last, _BEHIND.split(text[mention.block_end : mention.block_end + _NOUN])[0]]
        weights = self._headed(block.path[-2:]).copy()
        for words, weight in ((farther, _SENTENCE_WEIGHT), (parts, _CLAUSE_WEIGHT), (beside, _RIGHT)):
            weights.update(dict.fromkeys(_pairs(words), weight))  # the nearer place, which comes later, weighs more
        rarity = self._rarity
        weights = {pair: weight * rarity.get(pair, 0.0) for pair, weight in weights.items()}
        return Description(weights, self._pairs_around(mention.block), sum(weights.values()))

    def _headed(self, path: tuple[str, ...]) -> dict[str, float]:
        if path not in self._headings:
            self._headings[path] = dict.fromkeys(_pairs(path), _HEADING)
        return self._headings[path]

    def _text(self, block: int) -> str:
        """A paragraph without its figures and dates."""
        if block not in self._masked:
            self._masked[block] = _without(self._report.blocks[block].text, self._mentions.get(block, ()))
        return self._masked[block]

    def _pairs_around(self, block: int) -> Pairs:
        if block not in self._around:
            path = self._report.blocks[block].path
            self._around[block] = frozenset(_pairs([self._text(block), *path[-2:]]))
        return self._around[block]


def _without(text: str, mentions: Sequence[Mention]) -> str:
    pieces: list[str] = []
    position = 0
    for mention in mentions:
        if mention.block_start >= position:
            pieces.append(text[position : mention.block_start] + "\0" * (mention.block_end - mention.block_start))
            position = mention.block_end
    return "".join([*pieces, text[position:]])


def _pairs(texts: Iterable[str]) -> Iterator[str]:
    """The pairs of characters of some texts, in their order."""
    for text in texts:
        yield from _PAIR.findall(text)
