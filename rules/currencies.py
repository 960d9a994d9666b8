"""Currencies whose sign or name stands before an amount: the records of ``currencies.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from .loader import Entry
from .registry import RuleSet, active, rule_entries


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and what stands before its amounts."""

    id: str
    why: str
    unit: str
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]


def currency(entry: Entry) -> Currency:
    """The record of one ``[[currency]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "unit", "words", "examples", "never")
    words = entry.texts("words")
    if not words or not all(word.strip() for word in words):
        raise entry.fault("words", "at least one word, none of them empty")
    return Currency(
        entry.id, entry.text("why"), entry.text("unit"), words, entry.readings("examples"), entry.texts("never")
    )


@cache
def currencies_of(rules: RuleSet) -> tuple[Currency, ...]:
    """The currencies of a rule set."""
    return tuple(currency(entry) for entry in rule_entries("currency", rules))


@cache
def _leads(rules: RuleSet) -> tuple[dict[str, Currency], regex.Pattern[str]]:
    by_word = {word: record for record in reversed(currencies_of(rules)) for word in record.words}
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    # A Latin name begins a word: NT, but not COUNT.
    either = "|".join(
        ("(?<![A-Za-z])" if word[0].isascii() and word[0].isalpha() else "") + regex.escape(word)
        for word in longest_first
    )
    return by_word, regex.compile(rf"({either})\s?$" if either else "(?!)")


def currency_before(text: str, start: int) -> Currency | None:
    """The currency that stands right before the number at ``start``."""
    by_word, pattern = _leads(active())
    lead = pattern.search(text, max(0, start - 8), start)
    return by_word[lead[1]] if lead else None
