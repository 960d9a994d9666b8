"""The passages of a report that prove a finding: quoted, with the figures marked and the line told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Block, Mention, Report
from ..notation import Both

_BEFORE, _AFTER = 44, 28
"""Characters of context on either side of a figure, unless the sentence ends before."""
_SHEETS = frozenset({"xlsx", "xls", "ods"})
_DOCUMENTS = frozenset({"docx", "doc", "rtf", "odt", "html"})
_STOPS = "。；！？"
CELLS = " ｜ "
"""What parts the cells of a row of a table that is quoted."""
# Where a long sentence may be cut; the comma in 1,024 is none.
_PAUSE = re.compile(r"[，：、；]|[,:](?!\d)")
_WIDE = r"[⺀-鿿豈-﫿︰-﹏！-｠]"
_WIDE_GAP = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
# Escape sequences and marks that turn the direction of writing: a report must not steer whoever shows it.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a passage."""

    text: str
    marked: bool
    """It is one of the figures that the finding is about."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation from a report; ``start`` and ``end`` are offsets into its text."""

    report: str
    line: int
    start: int
    end: int
    segments: tuple[Segment, ...]
    page: int | None = None
    table: bool = False
    """Rows of a table, a line each: its head, and those that hold a figure of the finding."""

    @property
    def text(self) -> str:
        """The quotation without its marks."""
        return "".join(segment.text for segment in self.segments)

    @property
    def marks(self) -> list[list[int]]:
        """Where in the quotation its figures stand, each as start and end."""
        found, at = [], 0
        for segment in self.segments:
            if segment.marked:
                found.append([at, at + len(segment.text)])
            at += len(segment.text)
        return found


def located(encoding: str, line: int, page: int | None) -> Both:
    """Where something stands, by what one sees of the file: its page, else its line, its row or its paragraph.

    ``encoding`` as a report has it; ``line`` in its text, where a paragraph of a Word file and a row of a workbook are lines.
    """
    if page is not None:
        return Both(f"第 {page} 頁", f"page {page}")
    if encoding in _SHEETS:
        return Both(f"第 {line} 列", f"row {line}")
    if encoding in _DOCUMENTS:
        return Both(f"第 {line} 段", f"paragraph {line}")
    return Both(f"第 {line} 行", f"line {line}")


def printable(text: str) -> str:
    """A message on one line, without control characters."""
    return _CONTROL.sub("", re.sub(r"\s+", " ", text))


def legible(text: str) -> str:
    """Text on one line, without the spaces that line ends leave in Chinese and without control characters."""
    return re.sub(r"\s+", " ", _WIDE_GAP.sub("", _CONTROL.sub("", text)))


def passages(mentions: Iterable[Mention], reports: Mapping[str, Report], gap: int = 0) -> tuple[Passage, ...]:
    """The passages around ``mentions``, by report in the order given, those that overlap in one.

    Passages of one block with no more than ``gap`` characters between them are one as well.
    """
    by_report: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.report in reports:
            by_report.setdefault(mention.report, []).append(mention)
    found: list[Passage] = []
    for name, shown in by_report.items():
        report = reports[name]
        window: list[Mention] = []
        start = end = 0
        for mention in sorted(shown, key=lambda one: (one.start, one.end)):
            first, last = _bounds(report, mention)
            near = gap if window and window[-1].block == mention.block else 0
            if window and first > end + near:
                found.append(_passage(report, start, end, window))
                window = []
            if not window:
                start, end = first, last
            window.append(mention)
            end = max(end, last)
        if window:
            found.append(_passage(report, start, end, window))
    return tuple(found)


def _bounds(report: Report, mention: Mention) -> tuple[int, int]:
    """Where the quotation around a figure begins and ends: within its block and sentence, at a clause if it is long."""
    text, block = report.text, report.blocks[mention.block]
    first, last = min(block.start, mention.start), max(block.end, mention.end)
    first = 1 + max((text.rfind(stop, first, mention.start) for stop in _STOPS), default=-1) or first
    last = min((at + 1 for stop in _STOPS if (at := text.find(stop, mention.end, last)) >= 0), default=last)
    if mention.start - first > _BEFORE:
        first = mention.start - _BEFORE
        pause = _PAUSE.search(text, first, mention.start)
        first = pause.end() if pause else first
    if last - mention.end > _AFTER:
        last = mention.end + _AFTER
        pauses = [pause.start() for pause in _PAUSE.finditer(text, mention.end, last)]
        last = pauses[-1] if pauses else last
    return first, last


def _passage(report: Report, start: int, end: int, mentions: Sequence[Mention]) -> Passage:
    text = report.text
    first, last = report.blocks[mentions[0].block], report.blocks[mentions[-1].block]
    line = report.line(mentions[0].start)
    page = report.places.page(mentions[0].start) if report.places is not None else first.page
    if first is last and first.kind == "table" and first.cells:
        rows = tuple(segment for segment in _rows(report, first, mentions) if segment.text)
        return Passage(report.name, line, start, end, rows, page, table=True)
    segments = [] if start <= first.start or text[start - 1] in _STOPS else [Segment("…", False)]
    at = start
    for mention in mentions:
        if mention.start < at:  # the same figure, shown twice
            continue
        segments.append(Segment(legible(text[at : mention.start]), False))
        segments.append(Segment(legible(mention.text), True))
        at = mention.end
    segments.append(Segment(legible(text[at:end]).rstrip(), False))
    if end < last.end and text[end - 1] not in _STOPS:
        segments.append(Segment("…", False))
    return Passage(report.name, line, start, end, tuple(segment for segment in segments if segment.text), page)


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
            yield Segment(CELLS if cell.row == row else "\n", False)
        at, row, at_start = cell.start, cell.row, False
        for start, end in sorted(spans):
            if at <= start < cell.end:
                yield Segment(original(report, block, at, start), False)
                yield Segment(legible(original(report, block, start, min(end, cell.end))), True)
                at = min(end, cell.end)
        yield Segment(original(report, block, at, cell.end), False)


def original(report: Report, block: Block, start: int, end: int) -> str:
    """Part of a block in the characters of the source, joined as the cleaning joined them."""
    kept: list[str] = []
    last = -1
    for character, offset in zip(block.text[start:end], block.offsets[start:end], strict=True):
        if character.isspace():  # a gap that the cleaning left or made stands for no character of its own
            kept.append(" ")
        elif offset != last:
            kept.append(report.text[offset])
            last = offset
    return printable("".join(kept))
