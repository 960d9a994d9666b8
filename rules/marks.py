"""Marks and words: numerals that are neither quantity nor date, from ``marks.toml`` and ``words.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .atoms import atoms
from .bounded import Pattern
from .loader import Entry
from .registry import RuleSet, active, rule_entries, using

MARK_FIELDS = ("id", "why", "needs", "pattern", "strong", "examples", "never")
WORD_FIELDS = ("id", "why", "words", "examples", "never")


@dataclass(frozen=True, slots=True)
class Mark:
    """A way in which a numeral is no quantity and no date."""

    id: str
    why: str
    needs: Pattern | None
    """Where this stands nowhere in a text, neither does the mark."""
    pattern: str
    strong: bool
    """Claims its text before dates are looked for."""
    examples: tuple[str, ...]
    never: tuple[str, ...]
    compiled: Pattern


@dataclass(frozen=True, slots=True)
class Words:
    """Words that hold a numeral and count nothing."""

    id: str
    why: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Claim(NamedTuple):
    """A stretch of a text that a mark has recognised."""

    start: int
    end: int
    rule: str


def mark(entry: Entry) -> Mark:
    """The record of one ``[[mark]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*MARK_FIELDS)
    pattern = entry.pattern("pattern", atoms())
    needs = entry.pattern("needs", atoms(), default="")
    return Mark(
        id=entry.id,
        why=entry.text("why"),
        needs=entry.compiled("needs", needs) if needs else None,
        pattern=pattern,
        strong=entry.flag("strong"),
        examples=entry.marked("examples"),
        never=entry.texts("never"),
        compiled=entry.compiled("pattern", pattern),
    )


def words(entry: Entry) -> Words:
    """The record of one ``[[words]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*WORD_FIELDS)
    listed = entry.texts("words")
    if not listed or not all(word.strip() for word in listed):
        raise entry.fault("words", "at least one word, none of them empty")
    return Words(entry.id, entry.text("why"), listed, entry.marked("examples"), entry.texts("never"))


@cache
def marks_of(rules: RuleSet) -> tuple[Mark, ...]:
    """The marks of a rule set, in the order in which they are tried."""
    with using(rules):
        return tuple(mark(entry) for entry in rule_entries("mark", rules))


def marks() -> tuple[Mark, ...]:
    """The marks of the rules in use, in the order in which they are tried."""
    return marks_of(active())


def claims(text: str, strong: bool) -> Iterator[Claim]:
    """What the strong or the other marks claim in ``text``; claims may overlap, the earlier rule goes first."""
    for rule in marks():
        if rule.strong != strong:
            continue
        if rule.needs is not None and rule.needs.search(text) is None:
            continue
        for match in rule.compiled.finditer(text):
            if match.end() > match.start():
                yield Claim(match.start(), match.end(), f"mark.{rule.id}")


@cache
def words_of(rules: RuleSet) -> tuple[Words, ...]:
    """The groups of words of a rule set."""
    return tuple(words(entry) for entry in rule_entries("words", rules))


@cache
def _words(rules: RuleSet) -> tuple[dict[str, str], re.Pattern[str]]:
    by_word: dict[str, str] = {}
    for group in words_of(rules):
        for word in group.words:
            by_word.setdefault(word, f"word.{group.id}")
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    return by_word, re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def word_claims(text: str) -> Iterator[Claim]:
    """The words and names that count nothing in ``text``."""
    by_word, pattern = _words(active())
    for match in pattern.finditer(text):
        yield Claim(match.start(), match.end(), by_word[match.group()])
