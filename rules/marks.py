"""Marks and words: numerals that are neither quantity nor date, from ``marks.toml`` and ``words.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from .loader import Entry, entries, own_rules

# Pieces that patterns of marks.toml are composed from.
CHINESE_DIGITS = "〇○零一二兩三四五六七八九十百千廿卅壹貳參肆伍陸柒捌玖拾佰仟"
ATOMS = {
    "D": r"(?:\d+)",
    "C": f"[{CHINESE_DIGITS}]",
    "N": rf"(?:\d[\d,]*|[{CHINESE_DIGITS}]+)",
    # What ordinals number.
    "O": "(?:職等|條|款|項|屆|次|會期|期|章|節|類|級|號|梯次|季|階段|篇|點|目|名|樓|頁|卷|輯|冊|標|區|隊|組|班|場|案|代|讀)",
}
MARK_FIELDS = ("id", "why", "pattern", "strong", "examples", "never")
WORD_FIELDS = ("id", "why", "words")


@dataclass(frozen=True, slots=True)
class Mark:
    """A way in which a numeral is no quantity and no date."""

    id: str
    why: str
    pattern: str
    strong: bool
    """Claims its text before dates are looked for."""
    examples: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a text that a mark has recognised."""

    start: int
    end: int
    rule: str


def mark(entry: Entry, atoms: Mapping[str, str] = ATOMS) -> Mark:
    """The record of one ``[[mark]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*MARK_FIELDS)
    examples = entry.texts("examples")
    if not examples or not all("【" in example and "】" in example for example in examples):
        raise entry.fault("examples", "at least one text with the claimed part in 【 】")
    return Mark(
        id=entry.text("id"),
        why=entry.text("why"),
        pattern=entry.pattern("pattern", atoms),
        strong=entry.flag("strong"),
        examples=examples,
        never=entry.texts("never"),
    )


@cache
def marks() -> tuple[Mark, ...]:
    """The marks that the package carries, in the order of the file."""
    return tuple(mark(entry) for entry in entries("mark", "marks.toml", own_rules("marks.toml")))


@cache
def _compiled(strong: bool) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((m.id, regex.compile(m.pattern, regex.VERBOSE)) for m in marks() if m.strong == strong)


def claims(text: str, strong: bool) -> Iterator[Claim]:
    """What the strong or the other marks claim in ``text``; claims may overlap, the earlier rule goes first."""
    for rule, pattern in _compiled(strong):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield Claim(match.start(), match.end(), f"mark.{rule}")


@cache
def _words() -> tuple[dict[str, str], regex.Pattern[str]]:
    by_word: dict[str, str] = {}
    for entry in entries("words", "words.toml", own_rules("words.toml")):
        entry.only(*WORD_FIELDS)
        for word in entry.texts("words"):
            by_word.setdefault(word, f"word.{entry.text('id')}")
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    return by_word, regex.compile("|".join(map(regex.escape, longest_first)))


def word_claims(text: str) -> Iterator[Claim]:
    """The words and names of ``words.toml`` in ``text``."""
    by_word, pattern = _words()
    for match in pattern.finditer(text):
        yield Claim(match.start(), match.end(), by_word[match.group()])
