"""Brackets and quotation marks: what stands inside them does not govern what stands behind."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from .dates_parts import Phrase

Enclosure = tuple[int, ...]
"""Where the brackets around a place open, outermost first."""

_OPENERS = {"(": ")", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "[": "]", "“": "”"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
QUOTES = "「『《〈“"
_BRACKET = regex.compile("[" + regex.escape("".join((*_OPENERS, *_CLOSERS)), special_only=False) + "]")


def enclosures(text: str) -> list[tuple[int, int]]:
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


def enclosures_of(text: str, phrases: Sequence[Phrase]) -> dict[int, Enclosure]:
    """What encloses each of the phrases, by its start."""
    pairs, following = enclosures(text), 0
    open_now: list[tuple[int, int]] = []
    found: dict[int, Enclosure] = {}
    for phrase in phrases:
        while following < len(pairs) and pairs[following][0] < phrase.start:
            open_now.append(pairs[following])
            following += 1
        open_now = [pair for pair in open_now if pair[1] > phrase.start]
        found[phrase.start] = tuple(start for start, _ in open_now)
    return found
