"""Paragraphs that no page could hold are parted: what is done within a paragraph stays in bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .paragraphs import Draft

LONGEST = 8_000
"""Characters of a paragraph. The longest of 15,520 in published reports and minutes has 5,695."""
_SEAMS = (re.compile(r".*[。;!?][」』)\"]*", re.DOTALL), re.compile(r".*[,、:]", re.DOTALL), re.compile(r".*(?<!\w)", re.DOTALL))  # fmt: skip
"""Where one is parted: behind a sentence, else a clause, else a word, as far behind its middle as can be."""


def parted(draft: Draft) -> Iterator[Draft]:
    """A paragraph as it is, or its parts; only the first of them has its mark."""
    if len(draft.text) <= LONGEST or draft.kind not in ("text", "footnote"):
        yield draft
        return
    start = 0
    while len(draft.text) - start > LONGEST:
        behind = _seam(draft.text, start)
        yield _part(draft, start, behind)
        start = behind
    yield _part(draft, start, len(draft.text))


def _seam(text: str, start: int) -> int:
    middle, limit = start + LONGEST // 2, start + LONGEST
    for seam in _SEAMS:
        found = seam.match(text, middle, limit)
        # The comma of 1,234 parts nothing.
        while found and found.end() > middle and text[found.end() - 1] == "," and text[found.end()].isdigit():
            found = seam.match(text, middle, found.end() - 1)
        if found and found.end() > middle:
            return found.end()
    return limit


def _part(draft: Draft, start: int, behind: int) -> Draft:
    mark = draft.mark if start == 0 else None
    return replace(draft, text=draft.text[start:behind], offsets=draft.offsets[start:behind], mark=mark)
