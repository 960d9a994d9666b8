"""Anchors: every date of a text with its relation to what is told, and the brackets and quotes around it.

Decided once, from the words alone; both who completes dates and who dates figures go by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from ...rules.anchors import Relation, relation_told
from ...rules.dates import part
from .grammar import Phrase
from .scan import scan

DATE = "▢"
_OPENERS = {"(": ")", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "[": "]", "“": "”"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_QUOTES = "「『《〈“"
_BRACKET = regex.compile("[" + regex.escape("".join((*_OPENERS, *_CLOSERS)), special_only=False) + "]")
_LISTED = part("list")
_BEFORE, _BEHIND = 24, 44
"""Characters on each side that may tell the relation."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A date as it is written, with its relation."""

    phrase: Phrase
    relation: Relation
    record: str
    """Id of the record that gave the relation; empty for ``during``."""
    enclosure: tuple[int, ...]
    """Where the brackets around it open, outermost first."""
    quote: tuple[int, int] | None
    """The quotation marks around it: what is quoted is of its time, and nothing outside."""

    @property
    def quoted(self) -> bool:
        """It stands in quotation marks: in a title, most often."""
        return self.quote is not None


@lru_cache(maxsize=8192)
def anchored(text: str) -> tuple[Anchored, ...]:
    """The dates of a text with their relations, in order."""
    phrases = scan(text)
    return tuple(_anchored(text, phrases)) if phrases else ()


@lru_cache(maxsize=1024)
def relations(text: str) -> Mapping[int, Anchored]:
    """The same by the place where each date begins."""
    return {one.phrase.start: one for one in anchored(text)}


def _anchored(text: str, phrases: Sequence[Phrase]) -> Iterator[Anchored]:
    shown, places = masked(text, ((phrase.start, phrase.end, DATE) for phrase in phrases))
    enclosures = enclosing(bracket_pairs(text), [phrase.start for phrase in phrases])
    previous: Anchored | None = None
    for phrase, at, enclosure in zip(phrases, places, enclosures, strict=True):
        before, behind = shown[max(0, at - _BEFORE) : at], shown[at + 1 : at + _BEHIND]
        quote = next((pair for pair in reversed(enclosure) if text[pair[0]] in _QUOTES), None)
        relation, record = _relation(before, behind, phrase, text[phrase.start : phrase.end].isdecimal())
        if (
            previous is not None
            and previous.relation in ("compared", "planned")
            and _LISTED.fullmatch(text, previous.phrase.end, phrase.start)
        ):
            relation, record = previous.relation, previous.record  # 較98及99年度, 預計112年及113年完工
        previous = Anchored(phrase, relation, record, tuple(opened for opened, _ in enclosure), quote)
        yield previous


def _relation(before: str, behind: str, phrase: Phrase, is_bare: bool) -> tuple[Relation, str]:
    is_range = phrase.last is not None
    is_year = phrase.first.is_year and (phrase.last is None or phrase.last.is_year)
    rule = relation_told(before, behind, is_year=is_year and not is_range, is_range=is_range, is_bare=is_bare)
    return (rule.relation, rule.id) if rule is not None else ("during", "")


def masked(text: str, stretches: Iterable[tuple[int, int, str]]) -> tuple[str, list[int]]:
    """The text with a sign for each stretch (start, end, sign), and where each sign stands."""
    pieces: list[str] = []
    places: list[int] = []
    position = length = 0
    for start, end, sign in stretches:
        pieces += (text[position:start], sign)
        length += start - position + 1
        places.append(length - 1)
        position = end
    return "".join((*pieces, text[position:])), places


def enclosing(pairs: Sequence[tuple[int, int]], places: Iterable[int]) -> Iterator[tuple[tuple[int, int], ...]]:
    """For each place, in order, the pairs of brackets around it, the outermost first; ``pairs`` are sorted."""
    following, around = 0, list[tuple[int, int]]()
    for at in places:
        while following < len(pairs) and pairs[following][0] < at:
            around.append(pairs[following])
            following += 1
        around = [pair for pair in around if pair[1] > at]
        yield tuple(around)


def bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Where brackets and quotation marks open and close; those without a partner enclose nothing."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        at, char = match.start(), match.group()
        if char in _OPENERS:
            stack.append(at)
            continue
        for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
            if text[stack[depth]] == _CLOSERS[char]:
                pairs.append((stack[depth], at))
                del stack[depth:]
                break
    return sorted(pairs)
