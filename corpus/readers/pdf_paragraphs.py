"""Lines that were joined become a paragraph as readers hand it on, with the page of every part of it."""

from __future__ import annotations

from ..parsed import Paragraph
from .pdf_lines import Drafted


def paragraph(drafted: Drafted) -> Paragraph:
    """The paragraph of some lines, perhaps of two pages."""
    text, boxes = drafted.written()
    turns: list[tuple[int, int]] = []
    at, page = 0, drafted.page
    for line in drafted.lines:
        if line.page != page:
            page = line.page
            turns.append((at, page))
        at += len(line.text)
    return Paragraph(text, "text", 0, drafted.page, tuple(boxes), tuple(turns), apart=True)
