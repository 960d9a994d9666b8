"""Patterns that other people write: tried for running away before they are used, and bounded by time while they are."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

TRIAL = 0.3
"""Seconds of processor time in which a pattern must be through with one text that was made to hold it up."""
LIMIT = 1.0
"""Seconds of processor time that a user's pattern may spend on one passage of a report."""
_SHORT, _LONG = 100, 800
"""Characters of the texts on which a pattern is tried: all of them short, and the slowest of these long."""
_SLOWEST = 3
_PUMPS = 48


class SlowRuleError(RuntimeError):
    """A user's rule took too long on a passage."""

    def __init__(self, kind: str, rule: str, file: str, field: str) -> None:
        super().__init__(f"{file}, [[{kind}]] {rule}, field '{field}': took more than {LIMIT:g} s on one passage")
        self.kind, self.rule, self.file, self.field = kind, rule, file, field


@dataclass(frozen=True, slots=True)
class BoundedPattern:
    """A compiled pattern of a user's rule, which gives up after ``LIMIT``."""

    compiled: regex.Pattern[str]
    kind: str
    rule: str
    file: str
    field: str

    @property
    def pattern(self) -> str:
        """The pattern as text."""
        return self.compiled.pattern

    def search(self, text: str, pos: int = 0) -> regex.Match[str] | None:
        """As of a compiled pattern."""
        try:
            return self.compiled.search(text, pos, timeout=LIMIT)
        except TimeoutError as error:
            raise self._slow() from error

    def match(self, text: str, pos: int = 0) -> regex.Match[str] | None:
        """As of a compiled pattern."""
        try:
            return self.compiled.match(text, pos, timeout=LIMIT)
        except TimeoutError as error:
            raise self._slow() from error

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """As of a compiled pattern."""
        try:
            yield from self.compiled.finditer(text, timeout=LIMIT)
        except TimeoutError as error:
            raise self._slow() from error

    def _slow(self) -> SlowRuleError:
        return SlowRuleError(self.kind, self.rule, self.file, self.field)


Pattern = regex.Pattern[str] | BoundedPattern


def runaway(pattern: regex.Pattern[str]) -> str | None:
    """The repeated piece on which a pattern runs away; None where it stays within bounds on all that are tried.

    Tried are repetitions of the pattern's own characters and words, of digits and of Chinese characters, with an end
    that does not fit: what makes a pattern go back and try again. A cost that grows with the square of the length is
    let pass, one with the cube is not.
    """
    short = []
    for number, pump in enumerate(pumps(pattern.pattern)):
        seconds = _seconds(pattern, pump.text(_SHORT))
        if seconds is None:
            return pump.piece
        short.append((seconds, -number, pump))
    for _, _, pump in sorted(short, reverse=True)[:_SLOWEST]:
        if _seconds(pattern, pump.text(_LONG)) is None:
            return pump.piece
    return None


def _seconds(pattern: regex.Pattern[str], text: str) -> float | None:
    """Processor time for finding all of a pattern in ``text``; None where it is not through in time."""
    started = time.process_time()
    try:
        for _ in pattern.finditer(text, timeout=TRIAL):
            pass
    except TimeoutError:
        return None
    spent = time.process_time() - started
    return spent if spent < TRIAL else None


_ENDS = 3


@dataclass(frozen=True, slots=True)
class Pump:
    """Texts that may make a pattern go back and try again: a piece, repeated, and what stands at its end."""

    piece: str
    end: int
    words: tuple[str, ...]
    """Those of the pattern. They stand behind the repetition, since a word that must be there would else end the search at once."""

    def text(self, length: int) -> str:
        """The text of that length, besides its end."""
        run = (self.piece * length)[:length]
        if self.end == 0:
            return run + "\x00" + "\x00".join(self.words)
        if self.end == 1:
            return run + "\n" + "\x00".join(self.words)
        return "".join(self.words[:12]) + run


def pumps(pattern: str) -> Iterator[Pump]:
    """What a pattern is tried on."""
    words = tuple(_literals(pattern))
    for piece in _pieces(words):
        for end in range(_ENDS):
            yield Pump(piece, end, words)


def _literals(pattern: str) -> list[str]:
    """The runs of letters, digits and signs that a pattern holds, each once, in order."""
    plain = re.sub(r"\(\?P?<\w+>|\(\?[a-zA-Z]*:|\{\d*,?\d*\}|\\[A-Za-z]", " ", pattern)
    runs = re.findall(r"[A-Za-z]+|\d+|[㐀-鿿〇○]+|[^\w\s\\()\[\]{}|?*+^$]", plain)
    return list(dict.fromkeys(runs))


def _pieces(words: Sequence[str]) -> list[str]:
    singles = dict.fromkeys(character for word in words for character in word)
    common = ["1", "一", "人", "的", "a", " ", ",", "、", "(", "12", "1,", "1.", "一二", "人的", "a1", "1a", "▣", "▣、"]
    return list(dict.fromkeys([*common, *list(singles)[:_PUMPS], *(word for word in words if len(word) > 1)]))[
        : 2 * _PUMPS
    ]
