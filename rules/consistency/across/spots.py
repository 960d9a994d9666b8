"""A figure with the words around it: what stands right beside it tells most, then its clause, then its sentence.

The figure of a table cell is known by the words of its row and of those over its column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....model import Block, Mention
from ...units import PERCENTAGES, unit_table

NO_WORD = re.compile(r"[^一-鿿A-Za-z]+")
_SENTENCE = re.compile(r"[。;；]")
_CLAUSE = re.compile(r"[,，]")
_MARK = re.compile(r"[,，。;；、()（）:\0]")
_REACH, _BEHIND = 48, 12
_NEAR, _FAR, _AFTER = 0.5, 0.22, 0.8
"""What words count that stand in the clause of a figure, in its sentence, and behind it; those right before it count in full."""
_STRANGE = 0.7
"""What likeness is left where the words right beside two figures have nothing in common."""
_HEADS = 2
"""The first rows of a table, that may hold its heads."""

Words = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A figure with the words around it."""

    mention: Mention
    sort: str
    words: Words
    """Pairs of characters, each with what it counts by its place."""
    beside: frozenset[str] = frozenset()
    """Those that stand right beside it."""
    row: str = ""
    """The words of its row, where it is a cell."""
    period: str = ""
    """The time of a cell; in running text, the date that stands before it in its sentence."""


def likeness(one: Spot, other: Spot, telling: Words) -> float:
    """How alike the words around two figures are, from 0 to 1; 0 where they do not measure the same.

    ``telling`` is the rarity of pairs of characters.
    """
    if one.sort != other.sort or not one.words or not other.words:
        return 0.0
    few, many = (one.words, other.words) if len(one.words) <= len(other.words) else (other.words, one.words)
    shared = sum(min(weight, many[pair]) * telling.get(pair, 0.0) for pair, weight in few.items() if pair in many)
    if not shared:
        return 0.0
    mass = sum(weight * telling.get(pair, 0.0) for words in (few, many) for pair, weight in words.items())
    strange = one.beside and other.beside and one.beside.isdisjoint(other.beside)
    return 2 * shared / mass * (_STRANGE if strange else 1.0)


def sort_of(mention: Mention) -> str:
    """What a figure can be held against: 人 and 名 measure the same, 人 and 人次 do not."""
    if mention.kind == "date":
        return "date"
    if mention.unit in PERCENTAGES:
        return "percent"
    return unit_table().kind(mention.unit) or mention.unit or ""


def in_text(masked: str, figures: Iterable[Mention]) -> tuple[Spot, ...]:
    """The figures of a paragraph, whose text has one sign for each of their characters."""
    found = []
    date = None
    for mention in figures:
        if date is not None and _SENTENCE.search(masked, date.block_end, mention.block_start):
            date = None
        period = date.edtf or "" if date is not None and mention.kind == "quantity" else ""
        words = _around(masked, mention)
        beside = frozenset(pair for pair, weight in words.items() if weight >= _AFTER)
        found.append(Spot(mention, sort_of(mention), words, beside, period=period))
        date = mention if mention.kind == "date" else date
    return tuple(found)


def in_table(block: Block, masked: str, figures: Sequence[Mention], periods: Mapping[int, str]) -> tuple[Spot, ...]:
    """The figures of a table, dates left out; ``periods`` are the times of its figures by where they start."""
    return tuple(_cells(block, masked, figures, periods))


def _around(masked: str, mention: Mention) -> dict[str, float]:
    before = _SENTENCE.split(masked[max(0, mention.block_start - _REACH) : mention.block_start])[-1]
    behind = _SENTENCE.split(masked[mention.block_end : mention.block_end + _BEHIND])[0]
    label = _MARK.split(before)[-1]
    clause = _CLAUSE.split(before)[-1]
    words: dict[str, float] = {}
    for text, weight in ((before, _FAR), (clause, _NEAR), (_MARK.split(behind)[0], _AFTER), (label, 1.0)):
        for pair in bigrams([text]):
            words[pair] = max(words.get(pair, 0.0), weight)
    return words


def _cells(block: Block, masked: str, figures: Sequence[Mention], periods: Mapping[int, str]) -> Iterator[Spot]:
    rows: dict[int, str] = defaultdict(str)
    heads: dict[int, str] = defaultdict(str)
    at: list[tuple[int, int, int, int]] = []
    starts = {mention.block_start for mention in figures if mention.kind == "quantity"}
    for cell in block.cells:
        text = NO_WORD.sub("", masked[cell.start : cell.end])
        at.append((cell.start, cell.end, cell.row, cell.column))
        if any(cell.start <= start < cell.end for start in starts):
            continue
        rows[cell.row] += text
        heads[cell.column] = (heads[cell.column] + text) if cell.header or cell.row < _HEADS else heads[cell.column]
    for mention in figures:
        if mention.kind == "date":
            continue
        place = next(((row, column) for start, end, row, column in at if start <= mention.block_start < end), None)
        if place is None:
            continue
        row, column = place
        words = dict.fromkeys(bigrams([heads[column]]), 1.0)
        yield Spot(mention, sort_of(mention), words, frozenset(), rows[row], periods.get(mention.start, ""))


def bigrams(texts: Iterable[str]) -> Iterator[str]:
    """Neighbouring characters that are words."""
    for text in texts:
        for run in NO_WORD.split(text):
            for at in range(len(run) - 1):
                yield run[at : at + 2]
