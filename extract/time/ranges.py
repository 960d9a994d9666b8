"""Points in time as they follow each other in a text: two with a range mark between are one phrase, days go on from days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...rules.calendar import pattern_of
from ...rules.dates import part, parts
from ...rules.kept import compiled
from .grammar import Phrase, Written

_BETWEEN, _CHAIN = part("between"), part("chain")
_CHINESE = frozenset(parts()["cn"])
_WORD_BEFORE_DAY = compiled(r"(?:[於自至]|截至)$")
_DAY_STARTS = compiled("起(?![飛動重草訴])")
_DAY_COUNTS = compiled(pattern_of("days.behind") + "|前(?=通知|提)")
_LISTED_DAY_COUNTS = compiled(pattern_of("days.behind_listed"))
_SENTENCE_END = compiled(r"[。;!?\n\t]")


def joined(text: str, points: Sequence[Sequence[Phrase]]) -> tuple[Phrase, ...]:
    """The dates of a text from its points, of which those that share a unit come together, in order."""
    return tuple(_kept(text, _ranges(text, points)))


def _ranges(text: str, found: Sequence[Sequence[Phrase]]) -> list[Phrase]:
    """Join two points with a range mark between them to one phrase."""
    phrases: list[Phrase] = []
    for head, *tail in found:
        previous = phrases[-1] if phrases else None
        if (
            previous is not None
            and previous.last is None
            and head.last is None
            and previous.end < head.start <= previous.end + 10
            and _BETWEEN.fullmatch(text, previous.end, head.start)
            and _may_end(previous.first, head.first)
        ):
            phrases[-1] = replace(previous, end=head.end, last=head.first)
        else:
            phrases.append(head)
        phrases.extend(tail)
    return phrases


def _grain(point: Written) -> int:
    """1 a year, 2 a stretch of it, 3 a month, 4 a day."""
    if point.day is not None:
        return 4
    if point.month is not None or point.same_month or point.month_offset is not None:
        return 3
    return 2 if point.part else 1


def _may_end(first: Written, last: Written) -> bool:
    """Whether one point can be the end of a range that begins at another: 5日至6月 no, 108年至12月 no."""
    if last.year is not None or last.part == "own_period":
        return True
    return _grain(first) == 4 if last.is_bare_day else _grain(first) > 1


def _kept(text: str, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Keep a bare day only where a day before it gives its month, in a list or in the same sentence behind 於.

    What recurs (每年5月及11月) goes, with all of its list.
    """
    previous: Phrase | None = None
    recurring: Phrase | None = None
    for phrase in phrases:
        listed = recurring and phrase.first.year is None and _CHAIN.fullmatch(text, recurring.end, phrase.start)
        if phrase.recurring or listed:
            recurring = phrase
        elif (
            not phrase.first.is_bare_day
            or phrase.rule == "date.days"
            or (previous and _goes_on(text, previous, phrase))
        ):
            previous = phrase
            yield phrase


def _goes_on(text: str, previous: Phrase, phrase: Phrase) -> bool:
    """Whether a bare day goes on from the date before it."""
    last = previous.last or previous.first
    if last.day is None or _in_chinese(text, last) != _in_chinese(text, phrase.first):
        return False
    if _CHAIN.fullmatch(text, previous.end, phrase.start):
        return not _LISTED_DAY_COUNTS.match(text, phrase.end)
    gap = text[previous.end : phrase.start]
    led = _WORD_BEFORE_DAY.search(gap) or _DAY_STARTS.match(text, phrase.end)
    if len(gap) > 60 or _SENTENCE_END.search(gap) or not led:
        return False
    return not _DAY_COUNTS.match(text, phrase.end) and (phrase.first.day or 0) > last.day


def _in_chinese(text: str, point: Written) -> bool:
    return any(char in _CHINESE for char in text[point.start : point.end])
