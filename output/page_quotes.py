"""The passages of a finding for its card: sentences as they stand, rows of tables with their cells kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Finding
from ..notation import Both
from .counts import place
from .page_figures import Figures, tidy
from .passages import legible, located, passages, printable

_GAP = 60
"""Characters between two figures of one paragraph that are quoted rather than left out."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a quotation; a figure links to its place in the text."""

    text: str
    href: str | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with its source."""

    report: str
    title: str
    section: str
    place: Both
    """Where in the report, as one sees it."""
    href: str | None
    pieces: tuple[Marked, ...]
    table: bool = False
    """Rows of a table, a line each."""
    picture: str | None = None
    """Where the picture of its page is, with the figures marked."""


def quotes_of(figures: Figures, finding: Finding) -> tuple[Quote, ...]:
    """The passages with their sources, the figures linked to the text."""
    reports = figures.reports
    starts = {place(mention): mention for mention in finding.mentions}
    quotes = []
    for passage in passages(finding.mentions, reports, _GAP):
        report = reports[passage.report]
        inside = sorted(
            (m for m in starts.values() if m.report == passage.report and passage.start <= m.start < passage.end),
            key=lambda one: (one.start, one.end),
        )
        block = report.blocks[inside[0].block] if inside else None
        pieces, left = [], list(inside)
        for segment in passage.segments:
            href = None
            if segment.marked:
                while left and legible(left[0].text) != segment.text:
                    left.pop(0)
                href = figures.link(left.pop(0)) if left else None
            pieces.append(Marked(segment.text, href, segment.marked))
        quotes.append(
            Quote(
                printable(report.name),
                tidy(report.title),
                tidy(" › ".join(block.path)) if block else "",
                located(report.encoding, passage.line, passage.page),
                figures.link(inside[0]) if inside else None,
                tuple(pieces),
                passage.table,
                figures.pictures.get((report.name, passage.page)) if passage.page is not None else None,
            )
        )
    return tuple(quotes)
