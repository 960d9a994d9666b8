"""Who has claimed which characters of a block: marks, dates, quantities, words."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Fate
from ..rules.marks import claims as mark_claims
from ..rules.marks import word_claims


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch that is accounted for."""

    start: int
    end: int
    rule: str
    fate: Fate


@dataclass(slots=True)
class Claims:
    """The claims on one block's text while it is read. Two claims never overlap; words are kept apart and yield."""

    length: int
    taken: list[Taken] = field(default_factory=list)
    words: list[Taken] = field(default_factory=list)
    _mask: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._mask = bytearray(self.length)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing has claimed any of the stretch."""
        return not any(self._mask[start:end])

    def in_word(self, start: int, end: int) -> bool:
        """Whether a word holds the whole stretch: 百年 holds 百, but not 二百."""
        return any(word.start <= start and end <= word.end for word in self.words)

    def take(self, start: int, end: int, rule: str, fate: Fate) -> bool:
        """Claim a stretch, if it is free."""
        if not self.free(start, end):
            return False
        self._mask[start:end] = b"\x01" * (end - start)
        self.taken.append(Taken(start, end, rule, fate))
        return True

    def take_marks(self, text: str, strong: bool) -> None:
        """Let the marks claim what is theirs."""
        for claim in mark_claims(text, strong):
            self.take(claim.start, claim.end, claim.rule, "recognised")

    def note_words(self, text: str) -> None:
        """Note the words that hold numerals; quantities may still overrule them."""
        for claim in word_claims(text):
            self.words.append(Taken(claim.start, claim.end, claim.rule, "recognised"))
