"""The reports as they are read: headings, paragraphs and tables, with every figure marked where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Block, Extraction, Report
from ..notation import Both
from .counts import place
from .page_figures import Figures, arithmetic, name, reading, result_of, tidy, when
from .passages import legible, original, printable
from .records import edtf, number, rule_of

Detail = dict[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or a figure with its state."""

    text: str
    state: str = ""
    anchor: str = ""
    first: bool = False
    """The first figure of its report: where the keyboard enters."""
    date: bool = False


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of a table."""

    pieces: tuple[Piece, ...]
    header: bool
    top: bool
    """A header in the first row names its column, others name their row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A block, ready to be shown."""

    kind: str
    level: int
    number: int
    """Number of its line in the report."""
    page: int | None
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[CellShown, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report with its figures."""

    index: int
    name: str
    title: str
    agency: str
    period: Both
    lines: tuple[Line, ...]
    details: dict[str, Detail]
    ties: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in a block, by positions in its cleaned text."""

    start: int
    end: int
    state: str
    offset: int
    date: bool


def shown(figures: Figures, index: int) -> ReportShown:
    """A report as the page shows it."""
    extraction = figures.audit.extractions[index]
    report = extraction.report
    marked = _marked(figures, extraction)
    ends = [at for at, character in enumerate(report.text) if character == "\n"]
    first = min((each.offset for found in marked.values() for each in found), default=-1)
    lines: list[Line] = []
    level = 0
    for position, block in enumerate(report.blocks):
        if block.kind == "heading":
            level = min(max(block.level, 1), level + 1, 3)
        number_ = bisect_right(ends, block.start - 1) + 1
        lines.append(_line(report, block, marked.get(position, []), index, first, level, number_))
    details, ties = _details(figures, extraction)
    return ReportShown(
        index,
        printable(report.name),
        tidy(report.title),
        printable(extraction.agency or ""),
        when(edtf(extraction.period)),
        tuple(line for line in lines if line.pieces or line.rows),
        details,
        ties,
    )  # fmt: skip


def _marked(figures: Figures, extraction: Extraction) -> dict[int, list[_Figure]]:
    """The figures of each block, in order, none within another."""
    found: dict[int, list[_Figure]] = {}
    for mention in extraction.mentions:
        found.setdefault(mention.block, []).append(
            _Figure(mention.block_start, mention.block_end, figures.state(mention), mention.start, mention.kind == "date")
        )  # fmt: skip
    wanted = {entry.start: entry.end for entry in extraction.unread}
    if wanted:
        for index, block in enumerate(extraction.report.blocks):
            for position, offset in enumerate(block.offsets):
                if (end := wanted.pop(offset, None)) is not None:
                    last = position + 1
                    while last < len(block.offsets) and offset <= block.offsets[last] < end:
                        last += 1
                    found.setdefault(index, []).append(_Figure(position, last, "unread", offset, False))
    for each in found.values():
        each.sort(key=lambda one: (one.start, -one.end))
    return found


def _line(
    report: Report, block: Block, marked: list[_Figure], index: int, first: int, level: int, number_: int
) -> Line:
    if block.kind == "table" and block.cells:
        return Line("table", 0, number_, block.page, rows=tuple(_rows(report, block, marked, index, first)))
    pieces = tuple(_pieces(report, block, 0, len(block.text), marked, index, first))
    return Line(block.kind, level if block.kind == "heading" else min(block.level, 6), number_, block.page, pieces)


def _rows(
    report: Report, block: Block, marked: list[_Figure], index: int, first: int
) -> Iterator[tuple[CellShown, ...]]:
    width = max(cell.column for cell in block.cells) + 1
    rows: dict[int, dict[int, CellShown]] = {}
    for cell in block.cells:
        within = [figure for figure in marked if cell.start <= figure.start < cell.end]
        pieces = tuple(_pieces(report, block, cell.start, cell.end, within, index, first))
        rows.setdefault(cell.row, {})[cell.column] = CellShown(pieces, cell.header and bool(pieces), cell.row == 0)
    for _, row in sorted(rows.items()):
        yield tuple(row.get(column, CellShown((), False, False)) for column in range(width))


def _pieces(
    report: Report, block: Block, start: int, end: int, marked: Iterable[_Figure], index: int, first: int
) -> Iterator[Piece]:
    at, placed = start, -1
    for figure in marked:
        if figure.start < at:  # a figure within another: only its place, to link to
            if figure.offset != placed:
                yield Piece("", "", f"r{index}-{figure.offset}")
                placed = figure.offset
            continue
        if figure.start > at:
            yield Piece(original(report, block, at, figure.start))
        at, placed = min(figure.end, end), figure.offset
        text = original(report, block, figure.start, at)
        yield Piece(text, figure.state, f"r{index}-{figure.offset}", figure.offset == first, figure.date)
    if at < end:
        yield Piece(original(report, block, at, end))


def _details(figures: Figures, extraction: Extraction) -> tuple[dict[str, Detail], tuple[Detail, ...]]:
    """What was read in each figure, by its offset, and the ties that they stand in."""
    details: dict[str, Detail] = {}
    ties: dict[int, int] = {}
    for mention in extraction.mentions:
        fact = figures.facts.get(place(mention))
        detail: Detail = {"date" if mention.kind == "date" else "value": [*reading(mention)]}
        if mention.bound:
            detail["bound"] = mention.bound
        if fact is not None:
            period = when(edtf(fact.period))
            detail |= {
                "role": fact.role + (fact.sign or ""),
                "indicator": name(fact),
                "agency": printable(fact.agency or ""),
                "period": [*period] if fact.period else None,
                "confidence": number(fact.confidence),
            }
        detail["rule"] = printable(rule_of(mention, fact))
        tied = figures.ties.get(place(mention), ())
        if tied:
            detail["ties"] = [ties.setdefault(tie, len(ties)) for tie in tied]
        details[str(mention.start)] = {key: value for key, value in detail.items() if value}
    return details, tuple(_tie(figures, tie) for tie in ties)


def _tie(figures: Figures, index: int) -> Detail:
    """A relation for whoever points at one of its figures."""
    relation = figures.audit.relations[index]
    members = dict.fromkeys((relation.result, *relation.terms))
    finding = figures.finding_of.get(index)
    tie: Detail = {
        "kind": relation.kind,
        "holds": relation.holds,
        "twice": relation.kind in ("same", "dates"),
        "terms": [*arithmetic(relation)],
        "result": [*reading(relation.result)],
        "computed": [*result_of(relation.result, relation.computed)],
        "rule": printable(relation.rule),
        "at": [[figures.order[each.report], each.start, legible(each.text)] for each in members if each.report in figures.order],
    }  # fmt: skip
    if finding is not None:
        tie["finding"] = finding + 1
    return tie
