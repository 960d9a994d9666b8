"""A gate before many patterns: one look at the characters of a text tells which of them can be found in it at all.

Most patterns ask for a word, and most texts hold none of its characters. What a pattern cannot do without is read off the
pattern itself: sets of characters, one of each of which must stand in whatever it matches. Where that cannot be told
(a pattern that others wrote, a class of characters, a piece that may be left out) nothing is asked, and the pattern is
tried everywhere.
"""

from __future__ import annotations

import atexit
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from .bounded import Pattern
from .kept import keep, load

Need = frozenset[str]
_MOST = 48
"""Larger sets of characters tell hardly any text from another."""
_REMEMBERED = 2048
_NAME = "needs-1"


class Gate:
    """Tells for a text which of some patterns, by their place, can be found in it: all that are, and few others."""

    def __init__(self, needs: Sequence[Iterable[Need]]) -> None:
        held = [sorted(each, key=lambda need: (len(need), sorted(need))) for each in needs]
        common = Counter(character for each in held for need in each for character in need)
        self._always = 0
        self._called: dict[str, int] = {}
        self._further: list[tuple[Need, ...]] = []
        for place, each in enumerate(held):
            # Of what it needs, what fewest other patterns need, too, tells most.
            best = min(each, key=lambda need: sum(common[character] for character in need), default=None)
            self._further.append(tuple(need for need in each if need is not best))
            if best is None:
                self._always |= 1 << place
            else:
                for character in best:
                    self._called[character] = self._called.get(character, 0) | 1 << place

        self._signs = frozenset(self._called)
        self._found: dict[str, tuple[int, ...]] = {}

    def among(self, text: str) -> tuple[int, ...]:
        """The places of the patterns that may be found, in order; a text is asked about again for each of its figures."""
        if (found := self._found.get(text)) is None:
            if len(self._found) == _REMEMBERED:
                self._found.clear()
            found = self._found[text] = tuple(self._among(_characters(text)))
        return found

    def _among(self, characters: Need) -> Iterator[int]:
        wanted = self._always
        for character in self._signs & characters:
            wanted |= self._called[character]
        while wanted:
            lowest = wanted & -wanted
            wanted ^= lowest
            place = lowest.bit_length() - 1
            for need in self._further[place]:
                if need.isdisjoint(characters):
                    break
            else:
                yield place


@lru_cache(maxsize=16)  # one sentence is asked of several gates
def _characters(text: str) -> Need:
    return frozenset(text)


def needs_of(*patterns: Pattern | re.Pattern[str] | None) -> list[Need]:
    """What must stand in a text in which all of these are found."""
    return [frozenset(need) for pattern in patterns if pattern is not None for need in _needs(pattern)]


def need_of_words(words: Sequence[str]) -> list[Need]:
    """What must stand in a text that holds one of some words; nothing is asked where there are none."""
    if len(words) == 1:
        return [frozenset(character) for character in dict.fromkeys(words[0])]
    return [frozenset(word[0] for word in words)] if words else []


def _needs(pattern: Pattern | re.Pattern[str]) -> list[str]:
    flags = getattr(pattern, "flags", None)
    if flags is None:
        return []  # a user's, bounded by time: it may be written in ways that only the regex module knows
    key = (pattern.pattern, int(flags & re.VERBOSE))
    known = _known()
    if key not in known:
        if not _new:
            atexit.register(_keep_needs)
        known[key] = _read_off(*key)
        _new.append(key)
    return known[key]


_new: list[tuple[str, int]] = []


@cache
def _known() -> dict[tuple[str, int], list[str]]:
    """What patterns need, from earlier runs and from this one."""
    found = load(_NAME)
    return found if isinstance(found, dict) else {}


def _keep_needs() -> None:
    keep(_NAME, _known())


def _read_off(pattern: str, flags: int) -> list[str]:
    if "(?i" in pattern:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed: Any = import_module("re._parser").parse(pattern, flags)
    except (ImportError, re.error, OverflowError, RecursionError):
        return []  # what only the regex module knows
    return ["".join(sorted(need)) for need in dict.fromkeys(_of_sequence(parsed))]


def _of_sequence(items: Iterable[Any]) -> list[Need]:
    return [need for item in items for need in _of_item(str(item[0]), item[1])]


def _of_item(name: str, held: Any) -> list[Need]:
    if name == "LITERAL":
        return [frozenset(chr(held))]
    if name == "IN":
        found = _of_class(held)
        return [found] if found else []
    if name == "BRANCH":
        ways = [_of_sequence(way) for way in held[1]]
        if not all(ways):
            return []
        union = frozenset[str]().union(*(min(way, key=len) for way in ways))
        return [union] if len(union) <= _MOST else []
    if name == "SUBPATTERN":
        return _of_sequence(held[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(held[2]) if held[0] else []
    if name == "ATOMIC_GROUP":
        return _of_sequence(held)
    if name == "ASSERT":
        return _of_sequence(held[1])
    return []


def _of_class(items: Iterable[Any]) -> Need | None:
    """The characters of a class, where it lists few of them."""
    found: set[str] = set()
    for kind, held in items:
        if str(kind) == "LITERAL":
            found.add(chr(held))
        elif str(kind) == "RANGE" and held[1] - held[0] < _MOST:
            found.update(map(chr, range(held[0], held[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _MOST else None
