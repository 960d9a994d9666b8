"""Words around dates: holidays, words that count years, words of which a sign of the calendar is only a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from .loader import Entry, entries, own_rules

FILE = "calendar.toml"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Words that serve one purpose, and the longer words in which they do not."""

    id: str
    why: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    """Words that end with such a word or begin with its end: 簽約 for 約, 級距 for 年級. There it is none."""
    again: tuple[str, ...]
    """Words that begin with the end of one of ``unless``: in 年初期末 no 初期 stands, but 期末."""
    examples: tuple[str, ...]
    """Texts with a word in 【 】."""
    never: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """A pattern (regex module) that finds the words."""
        return f"(?:{guarded(self.words, self.unless, self.again)})"


def guarded(words: Sequence[str], *levels: Sequence[str]) -> str:
    """``words`` as alternatives, the longest first; none matches where a word of the next level stands instead."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "|".join(_guarded(word, *levels) for word in ordered)


def _guarded(word: str, *levels: Sequence[str]) -> str:
    escaped = regex.escape(word, special_only=True)
    if not levels:
        return escaped
    unless, *further = levels
    before = [other[: -len(word)] for other in unless if other.endswith(word) and other != word]
    behind = [rest for other in unless if (rest := _behind(word, other))]
    pattern = "".join(f"(?<!{regex.escape(left, special_only=True)})" for left in before) + escaped
    return pattern + (f"(?!{guarded(behind, *further)})" if behind else "")


def _behind(word: str, other: str) -> str:
    """What of ``other`` stands behind ``word`` where ``word`` ends with the beginning of ``other``."""
    for length in range(min(len(word), len(other) - 1), 0, -1):
        if word.endswith(other[:length]):
            return other[length:]
    return ""


def calendar_words(entry: Entry) -> CalendarWords:
    """The record of one ``[[calendar]]``."""
    entry.only("id", "why", "words", "unless", "again", "examples", "never")
    words = entry.texts("words")
    if not words or not all(words):
        raise entry.fault("words", "at least one word, and none without a character")
    record = CalendarWords(
        entry.id,
        entry.text("why"),
        words,
        entry.texts("unless"),
        entry.texts("again"),
        entry.marked("examples"),
        entry.texts("never"),
    )
    entry.compiled("words", record.pattern)
    return record


def load(source: str, text: str) -> tuple[CalendarWords, ...]:
    """The records of a file of calendar words."""
    return tuple(calendar_words(entry) for entry in entries("calendar", source, text))


@cache
def all_calendar_words() -> Mapping[str, CalendarWords]:
    """All records, by id."""
    return {record.id: record for record in load(FILE, own_rules(FILE))}


def words_of(identity: str) -> tuple[str, ...]:
    """The words of one record."""
    return all_calendar_words()[identity].words


def pattern_of(identity: str) -> str:
    """The pattern of one record."""
    return all_calendar_words()[identity].pattern
