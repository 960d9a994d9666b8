"""Find the dates of a text as they are written: points, joined to ranges and lists, before any context is asked."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from ..rules.calendar import pattern_of
from .dates_atoms import BETWEEN, CHAIN, CN
from .dates_parts import Phrase, Point
from .dates_points import points


@lru_cache(maxsize=4096)
def scan(text: str) -> tuple[Phrase, ...]:
    """All dates of a text, in order and without overlaps. A report is scanned for its frame and then for its dates."""
    return tuple(_chained(text, _ranges(text, list(points(text)))))


_BETWEEN = regex.compile(BETWEEN)
_CHAIN = regex.compile(CHAIN)
_WORD_BEFORE_DAY = regex.compile(r"(?:[於自至]|截至)$")
_DAY_COUNTS = regex.compile(pattern_of("days.behind") + "|前(?=通知|提)")
_LISTED_DAY_COUNTS = regex.compile(pattern_of("days.behind_listed"))
_SENTENCE_END = regex.compile(r"[。;!?\n\t]")


def _ranges(text: str, found: list[list[Phrase]]) -> list[Phrase]:
    """Join two points with a range mark between them to one phrase."""
    phrases: list[Phrase] = []
    for members in found:
        head, *tail = members
        previous = phrases[-1] if phrases else None
        if (
            previous is not None
            and previous.last is None
            and previous.end < head.start <= previous.end + 8
            and _BETWEEN.fullmatch(text, previous.end, head.start)
            and head.last is None
            and _may_end(previous.first, head.first)
        ):
            phrases[-1] = replace(previous, end=head.end, last=head.first)
        else:
            phrases.append(head)
        phrases.extend(tail)
    return phrases


def _grain(point: Point) -> int:
    """1 a year, 2 a stretch of it, 3 a month, 4 a day."""
    if point.day is not None:
        return 4
    if point.month is not None or point.same_month or point.month_offset is not None:
        return 3
    return 2 if point.part else 1


def _may_end(first: Point, last: Point) -> bool:
    """Whether one point can be the end of a range that begins at another: 5日至6月 no, 108年至12月 no."""
    if last.year is not None or last.part == "own_period":
        return True
    if last.is_bare_day:
        return _grain(first) == 4
    return _grain(first) > 1


def _chained(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Keep a bare day only where a day before it gives its month, in a list or in the same sentence behind 於.

    What recurs (每年5月及11月) goes, with all of its list.
    """
    kept: list[Phrase] = []
    recurring: Phrase | None = None
    for phrase in phrases:
        listed = recurring and phrase.first.year is None and _CHAIN.fullmatch(text, recurring.end, phrase.start)
        if phrase.recurring or listed:
            recurring = phrase
        elif not _is_stray_day(text, phrase, kept):
            kept.append(phrase)
    return kept


def _is_stray_day(text: str, phrase: Phrase, before: list[Phrase]) -> bool:
    if not phrase.first.is_bare_day or phrase.rule == "date.days":
        return False
    return not (before and _continues(text, before[-1], phrase))


def _continues(text: str, previous: Phrase, phrase: Phrase) -> bool:
    last = previous.last or previous.first
    if last.day is None or _script(text, last) != _script(text, phrase.first):
        return False
    if _CHAIN.fullmatch(text, previous.end, phrase.start):
        return not _LISTED_DAY_COUNTS.match(text, phrase.end)
    gap = text[previous.end : phrase.start]
    if len(gap) > 60 or _SENTENCE_END.search(gap) or not _WORD_BEFORE_DAY.search(gap):
        return False
    return not _DAY_COUNTS.match(text, phrase.end) and (phrase.first.day or 0) > last.day


def _script(text: str, point: Point) -> bool:
    """Whether the day is written in Chinese numerals."""
    return any(char in CN for char in text[point.start : point.end])
