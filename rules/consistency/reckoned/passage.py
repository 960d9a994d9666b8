"""A paragraph's figures in a row, each with its own words: what the readings of this room are made of.

Sentences of one paragraph are read together, for a total and its parts often stand in two of them. What brackets hold
is a row of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, islice

from ....model import Mention, Role
from ...units import PERCENTAGES
from ..context import DAY, FIGURES, WINDOW, Document, Line, groups
from ..times import Time, is_dated, time_of
from ..words import comparable

_MARK = re.compile(rf"[,;、。:(){FIGURES}{DAY}]")
_CLAUSE = re.compile(r"[,;。:]")
_LONGEST = 120
"""Characters of a clause that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A figure as its paragraph tells it."""

    mention: Mention
    at: int
    """Position of its character in the passage's text."""
    place: int
    """Its place among the passage's figures."""
    row: int
    """0 outside of brackets, else the number of the bracket that holds it."""
    before: str
    """The words right before it, since the last mark or figure."""
    behind: str
    """The words right behind it, up to the next mark or figure."""
    clause: str
    """Its clause up to it, other figures in it included."""
    role: Role | None = None
    """The role of its fact, where it is known."""
    dated: Time | None = None
    """The time of its fact, where its own sentence tells it."""

    @property
    def unit(self) -> str:
        """The unit, empty where there is none."""
        return self.mention.unit or ""

    @property
    def is_count(self) -> bool:
        """No percentage and no percentage points."""
        return self.unit not in PERCENTAGES and self.unit != "百分點"

    @property
    def is_rate(self) -> bool:
        """A percentage or a per mille."""
        return self.unit in PERCENTAGES


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Figures of one passage outside of brackets, or those in one bracket, in the order of the text."""

    passage: Passage
    figures: tuple[Told, ...]

    def like(self, figure: Told, start: int, end: int) -> list[Told]:
        """The figures between two places of the passage that count the same sort of thing."""
        first = bisect_left(self.figures, start, key=_place)
        last = bisect_left(self.figures, end, key=_place)
        return [each for each in self.figures[first:last] if alike(each, figure)]

    def behind(self, figure: Told) -> list[Told]:
        """What follows a figure and counts the same sort of thing."""
        return self.like(figure, figure.place + 1, figure.place + 1 + WINDOW)

    def ahead(self, figure: Told) -> list[Told]:
        """What stands before a figure and counts the same sort of thing."""
        return self.like(figure, max(0, figure.place - WINDOW), figure.place)


def _place(figure: Told) -> int:
    return figure.place


def alike(first: Told, second: Told) -> bool:
    """They count the same sort of thing: people and people, not people and visits."""
    return first.is_count == second.is_count and alike_units(first.unit, second.unit)


def alike_units(first: str, second: str) -> bool:
    """Units that count the same sort of thing."""
    return comparable(first, second) and (first == "人次") == (second == "人次")


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph with its figures in a row."""

    block: int
    number: int
    """Its place among the passages of the report."""
    text: str
    figures: tuple[Told, ...]

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The figures outside of brackets, and those of each bracket."""
        held: dict[int, list[Told]] = {}
        for figure in self.figures:
            held.setdefault(figure.row, []).append(figure)
        return {number: Row(self, tuple(figures)) for number, figures in held.items()}

    def between(self, first: Told, second: Told) -> str:
        """What stands between two figures."""
        return self.text[first.at + 1 : second.at]


@lru_cache(maxsize=2)
def passages(document: Document) -> tuple[Passage, ...]:
    """The paragraphs of a report that hold figures, tables aside."""
    blocks = groupby(document.lines, key=lambda line: line.block)
    return tuple(_passage(document, number, tuple(lines)) for number, (_, lines) in enumerate(blocks))


def earlier(document: Document, passage: Passage, figure: Told, most: int) -> Iterator[Told]:
    """What the passages before this one tell of the same sort, the nearest first."""
    found = (
        each
        for before in reversed(passages(document)[: passage.number])
        for each in reversed(before.figures)
        if alike(each, figure) and each.mention.value
    )
    return islice(found, most)


def _passage(document: Document, number: int, lines: Sequence[Line]) -> Passage:
    text = "。".join(line.text for line in lines)
    found: list[Told] = []
    start = brackets = 0
    for line in lines:
        spans = groups(line.text)
        for figure in line.figures:
            inside = next((n for n, (opened, closed) in enumerate(spans) if opened < figure.at < closed), None)
            at = start + figure.at
            fact = document.facts.get(figure.mention.start)
            found.append(
                Told(
                    mention=figure.mention,
                    at=at,
                    place=len(found),
                    row=0 if inside is None else brackets + inside + 1,
                    before=_words_before(text, at),
                    behind=_words_behind(text, at),
                    clause=_clause(text, at),
                    role=fact.role if fact is not None else None,
                    dated=time_of(fact.period) if fact is not None and is_dated(fact) else None,
                )
            )
        brackets += len(spans)
        start += len(line.text) + 1
    return Passage(lines[0].block, number, text, tuple(found))


def _words_before(text: str, at: int) -> str:
    reach = text[max(0, at - _LONGEST) : at]
    marks = list(_MARK.finditer(reach))
    return reach[marks[-1].end() :] if marks else reach


def _words_behind(text: str, at: int) -> str:
    reach = text[at + 1 : at + 1 + _LONGEST]
    mark = _MARK.search(reach)
    return reach[: mark.start()] if mark else reach


def _clause(text: str, at: int) -> str:
    reach = text[max(0, at - _LONGEST) : at]
    marks = list(_CLAUSE.finditer(reach))
    return reach[marks[-1].end() :] if marks else reach
