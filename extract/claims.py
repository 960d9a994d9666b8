"""Who has claimed which characters of a block: marks, dates, quantities, words."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Fate
from ..rules.marks import claims as mark_claims
from ..rules.marks import word_claims
from .numbers.numerals import FORMAL
from .segmentation import uncounted


class Taken(NamedTuple):
    """A stretch that is accounted for."""

    start: int
    end: int
    rule: str
    fate: Fate


_SYLLABLES = frozenset(f"一{FORMAL}拾佰仟")


class Claims:
    """The claims on one block's text while it is read. Two claims never overlap; words are kept apart and yield."""

    def __init__(self, length: int) -> None:
        # Who holds each character: a look-up costs no more the more has been claimed.
        self._holders: list[Taken | None] = [None] * length
        self._words: list[Taken | None] = [None] * length
        self._text = ""

    def free(self, start: int, end: int) -> bool:
        """Whether nothing has claimed any of the stretch."""
        return not any(self._holders[start:end])

    def sole_holder(self, start: int, end: int) -> Taken | None:
        """Who has claimed all of the stretch, if one has."""
        first = self._holders[start]
        return first if first is not None and first.end >= end else None

    def holder(self, start: int, end: int) -> Taken | None:
        """Who has claimed some of the stretch; a mention goes before what is only recognised."""
        holders = [taken for taken in self._holders[start:end] if taken]
        return min(holders, key=lambda taken: (taken.fate, taken.start), default=None)

    def word(self, start: int, end: int) -> Taken | None:
        """The word that reaches into the stretch, if there is one."""
        noted = next((word for word in self._words[start:end] if word), None)
        if noted is not None or self._text[start : start + 1] in _SYLLABLES:
            return noted  # a lone 一 and lone formal digits have a rule of their own
        return self._of_dictionary(start)

    def in_word(self, start: int, end: int) -> bool:
        """Whether a word holds the whole stretch: 百年 holds 百, but not 二百."""
        word = self._words[start] or self._of_dictionary(start)
        return word is not None and end <= word.end

    def _of_dictionary(self, at: int) -> Taken | None:
        """The word of the dictionary that holds a Chinese numeral and counts nothing: 兩岸, 三讀."""
        if self._text[at : at + 1].isascii():
            return None
        found = uncounted(self._text, at)
        return Taken(*found, "word.dictionary", "recognised") if found else None

    def take(self, start: int, end: int, rule: str, fate: Fate) -> bool:
        """Claim a stretch, if it is free."""
        if not self.free(start, end):
            return False
        self._holders[start:end] = [Taken(start, end, rule, fate)] * (end - start)
        return True

    def take_marks(self, text: str, strong: bool) -> None:
        """Let the marks claim what is theirs."""
        for claim in mark_claims(text, strong):
            self.take(claim.start, claim.end, claim.rule, "recognised")

    def note_words(self, text: str) -> None:
        """Note the words that hold numerals; quantities may still overrule them."""
        self._text = text
        for claim in word_claims(text):
            word = Taken(claim.start, claim.end, claim.rule, "recognised")
            self._words[claim.start : claim.end] = [word] * (claim.end - claim.start)
