"""The passages of a finding for its card: sentences as they stand, rows of tables with their cells kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Block, Finding, Mention, Report
from .counts import place
from .page_figures import Figures, tidy
from .page_texts import original
from .passages import Segment, legible, passages, printable

_GAP = 60
"""Characters between two figures of one paragraph that are quoted rather than left out."""
_CELLS = " ｜ "


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
    page: int | None
    line: int
    href: str | None
    pieces: tuple[Marked, ...]
    table: bool = False
    """Rows of a table, a line each."""


def quotes_of(figures: Figures, finding: Finding) -> tuple[Quote, ...]:
    """The passages with their sources, the figures linked to the text."""
    reports = {each.name: each for each in figures.audit.reports}
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
        in_table = block is not None and block.kind == "table" and bool(block.cells)
        segments = tuple(_rows(report, block, inside)) if block is not None and in_table else passage.segments
        for segment in segments:
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
                block.page if block else None,
                passage.line,
                figures.link(inside[0]) if inside else None,
                tuple(pieces),
                in_table,
            )
        )
    return tuple(quotes)


def _rows(report: Report, block: Block, marked: Sequence[Mention]) -> Iterator[Segment]:
    """The head of a table and those of its rows that hold a marked figure."""
    spans = {(mention.block_start, mention.block_end) for mention in marked if mention.block_start < len(block.text)}
    cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
    wanted = {0} | {cell.row for cell in cells for start, _ in spans if cell.start <= start < cell.end}
    row = 0
    at_start = True
    for cell in cells:
        if cell.row not in wanted:
            continue
        if not at_start:
            yield Segment(_CELLS if cell.row == row else "\n", False)
        at, row, at_start = cell.start, cell.row, False
        for start, end in sorted(spans):
            if at <= start < cell.end:
                yield Segment(original(report, block, at, start), False)
                yield Segment(legible(original(report, block, start, min(end, cell.end))), True)
                at = min(end, cell.end)
        yield Segment(original(report, block, at, cell.end), False)
