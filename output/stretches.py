"""The stretches of a text by which an index finds it: for Chinese, every run of up to ten characters."""

from __future__ import annotations

import re

LONGEST = 10
"""Characters of a word that is searched: 行政院原住民族委員會 has ten."""
_BEHIND = 6
"""So many characters behind a number or a word of Latin letters go with it."""
_RUN = re.compile(
    r"(?P<chinese>[\u3400-\u9fff]+)|(?P<word>\d[\d,.]*|[A-Za-z][A-Za-z0-9_-]*)(?P<behind>[\u3400-\u9fff%％‰]*)"
)


def stretches(*texts: str | None) -> str:
    """All of them once, parted by blanks, in order.

    Of Chinese, all runs of 1 to 10 characters; a number whole, with and without its commas, and a word of Latin letters
    whole, each with and without the characters behind it.
    """
    found: set[str] = set()
    for text in texts:
        for match in _RUN.finditer(text or ""):
            if chinese := match["chinese"]:
                _runs(chinese, found)
            else:
                word, behind = match["word"].rstrip(".,"), match["behind"]
                for written in {word, word.replace(",", "")}:
                    found.update(written + behind[:length] for length in range(min(len(behind), _BEHIND) + 1))
                _runs(behind, found)
    return " ".join(sorted(found))


def _runs(chinese: str, found: set[str]) -> None:
    for start in range(len(chinese)):
        found.update(chinese[start:end] for end in range(start + 1, min(start + LONGEST, len(chinese)) + 1))
