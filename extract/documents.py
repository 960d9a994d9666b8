"""What kind of document a report is, and each of its sections: of what was done, of a budget, of what is planned."""

from __future__ import annotations

from ..corpus.titles import opening_line
from ..model import Report
from ..rules.documents import Document, headed, opened, titled, turned

_TITLE = 60
"""A title is judged by its first characters: a press release may open with its whole first paragraph."""

_OPENING, _SENTENCES = 4, 300
"""Blocks and characters in which a text without a title says what it is about."""

_TURNS, _AMONG = 4, 40
"""So many paragraphs of the first ones that tell who speaks make a dialogue."""


def document_of_part(whole: Document, path: tuple[str, ...]) -> Document:
    """The kind of the part under these headings: the innermost that tells decides, else the ``whole`` report's."""
    for heading in reversed(path):
        if rule := headed(heading):
            return rule.kind
    return whole


def document_of(report: Report) -> Document:
    """The kind of a report as a whole."""
    turns = [rule for block in report.blocks[:_AMONG] if (rule := turned(block.text[:_TITLE]))]
    if len(turns) >= _TURNS:
        return turns[0].kind
    title = report.title or opening_line(report.blocks)
    cut = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"  # a pattern must not take the cut for the title's end
    rule = titled(cut) or opened("".join(block.text for block in report.blocks[:_OPENING])[:_SENTENCES])
    return rule.kind if rule else "results"
