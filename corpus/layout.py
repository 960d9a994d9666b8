"""Lines become blocks: headings, paragraphs, items, tables and residue, in reading order.

A hard-wrapped sentence becomes one text again. Whether a line goes on in the next one is told by how full it is among
its neighbours, by its last character, by open brackets, and by a mark at the beginning of the next line.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Block
from .lines import Line, is_spaced_throughout, lines_of
from .outline import outlined
from .paragraphs import Draft, drafts_of
from .residue import marked_residue


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of a report. Every character that leaves ink belongs to exactly one block."""
    page = 1 if "\x0c" in text else None
    lines = marked_residue(list(lines_of(text, 0, len(text), is_spaced_throughout(text), page)))
    return outlined(_drafts(text, lines))


def _drafts(text: str, lines: Sequence[Line]) -> list[Draft]:
    return drafts_of(text, lines)
