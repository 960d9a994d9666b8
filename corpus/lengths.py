"""Paragraphs that no page could hold are parted: what is done within a paragraph stays in bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from .paragraphs import Draft

LONGEST = 8_000
"""Characters of a paragraph. The longest of 15,520 in published reports and minutes has 5,695."""
_SEAMS = tuple(map(regex.compile, (r"(?r)[。;!?][」』)\"]{0,3}", r"(?r)(?:[、:]|,(?!\d))(?=.)", r"(?r)\W")))
"""Where one is parted: behind a sentence, else a clause, else a word, as far behind its middle as can be; 1,234 never."""


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
        found = seam.search(text, middle, limit)
        if found:
            return found.end()
    return limit


def _part(draft: Draft, start: int, behind: int) -> Draft:
    mark = draft.mark if start == 0 else None
    return replace(draft, text=draft.text[start:behind], offsets=draft.offsets[start:behind], mark=mark)
