"""A gate before many records: one look at the characters of a text tells which of them may be asked of it at all.

Most records wait for a cue word, and most texts hold none of their first characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


class Gate:
    """Tells for a text which records, by their place, have a cue word in it; those that wait for none always have."""

    def __init__(self, cues: Sequence[Sequence[str]]) -> None:
        self._always = [place for place, words in enumerate(cues) if not words]
        self._called: dict[str, dict[str, list[int]]] = {}
        for place, words in enumerate(cues):
            for word in words:
                self._called.setdefault(word[0], {}).setdefault(word, []).append(place)
        self._remembered = lru_cache(maxsize=512)(self._among)

    def among(self, text: str) -> tuple[int, ...]:
        """The places of the records that may be asked, in order; each figure of a sentence asks anew."""
        return self._remembered(text)

    def _among(self, text: str) -> tuple[int, ...]:
        wanted = set(self._always)
        for head in self._called.keys() & set(text):
            for word, places in self._called[head].items():
                if word in text:
                    wanted.update(places)
        return tuple(sorted(wanted))
