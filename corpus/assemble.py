"""What a reader hands on becomes a report's text and blocks: one text for all, offsets into it, places on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..model import Block, Cell
from ..places import Places
from .fold import fold, is_blank
from .headings import mark_of
from .layout import with_tables
from .lines import Line, clean, is_spaced, is_spaced_throughout, lines_of
from .outline import outlined
from .paragraphs import Draft, drafts_of
from .parsed import Box, Paragraph, Parsed, Table, TableCell
from .placing import places_of
from .tables import Piece, counts_years, is_bare_year, names_ordinals, names_rows_by_year

_BREAKS = str.maketrans("\t\n\r\x0b\x0c\x85\u2028\u2029", " " * 8)
_LINE_BREAKS = str.maketrans("\n\r\x0b\x0c\x85\u2028\u2029", " " * 7)
_CODE = re.compile(r"\d{3,}")
_WORDS = re.compile(r"[^\W\d_]")
_AGES = re.compile(r"\s*(?:未滿)?\d{1,3}(?:\s*[-~–至]\s*\d{1,3})?\s*歲\s*(?:以上|以下|未滿)?\s*")
_MOST_HEAD_ROWS = 8
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report's text, its blocks, and where its characters stand on their pages."""

    text: str
    blocks: tuple[Block, ...]
    places: Places | None


@dataclass(slots=True)
class _Writer:
    """The text so far, with the box of each character."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[tuple[int, Sequence[Box | None], int | None]] = field(default_factory=list)
    length: int = 0

    def write(
        self,
        text: str,
        boxes: Sequence[Box | None] = (),
        page: int | None = None,
        turns: Sequence[tuple[int, int]] = (),
    ) -> tuple[int, int]:
        """Append a text; from where to where it stands."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if boxes:
            for (first, on_page), (behind, _) in pairwise([(0, page), *turns, (len(boxes), None)]):
                self.boxes.append((start + first, boxes[first:behind], on_page))
        return start, self.length


@dataclass(slots=True)
class _Placed:
    """An element and where its text begins and ends: one span for a paragraph, one for each cell of a table."""

    element: Paragraph | Table
    spans: list[tuple[int, int]]


def assemble(parsed: Parsed) -> Assembled:
    """Text and blocks of a file that was read."""
    if parsed.source is not None:
        return _within(parsed, parsed.source)
    writer = _Writer()
    placed = [_written(element, writer) for element in parsed.elements]
    text = "".join(writer.pieces)
    spaced = is_spaced_throughout(text)
    items: list[Line | Draft] = []
    lines: list[Line] = []
    gap = 0
    for each in placed:
        element = each.element
        if isinstance(element, Paragraph) and _runs_on(element):
            found = list(lines_of(text, *each.spans[0], spaced, element.page))
            for number, line in enumerate(found):
                line = replace(line, gap=gap if number == 0 else 0, residue=line.residue or element.kind == "residue")
                if element.apart and not line.residue:
                    items += with_tables(text, lines)
                    lines = []
                    items.append(_whole(line))
                else:
                    lines.append(line)
            gap = 0 if found else gap + 1
            continue
        items += with_tables(text, lines)
        lines, gap = [], 0
        items += _drafts(element, each.spans, text, spaced)
    items += with_tables(text, lines)
    return Assembled(text, outlined(drafts_of(text, items)), places_of(writer.boxes, len(text)))


def _whole(line: Line) -> Draft:
    """A paragraph that its reader has put together already."""
    return Draft(line.text, list(line.offsets), mark_of(line.text), page=line.page, lines=[line])


def _within(parsed: Parsed, source: str) -> Assembled:
    """Text and blocks of a file that is text itself: offsets stay those of the file."""
    drafts: list[Draft] = []
    for element in parsed.elements:
        if isinstance(element, Table):
            drafts += _table(element, [_read(source, cell.text, cell.offsets) for cell in element.cells])
            continue
        piece = _read(source, element.text, element.offsets)
        if piece.text:
            kind = element.kind if _is_heading(element) or element.kind == "residue" else "text"
            drafts.append(Draft(piece.text, list(piece.offsets), mark_of(piece.text), kind, level=element.level))
    kept = {offset for draft in drafts for offset in draft.offsets}
    rest = [at for at, char in enumerate(source) if at not in kept and not is_blank(char)]
    if rest:  # the commas and quotes that part the cells
        drafts.append(Draft("".join(source[at] for at in rest), rest, kind="residue"))
    return Assembled(source, outlined(drafts), None)


def _read(source: str, text: str, places: Sequence[int]) -> Piece:
    raw, offsets = fold(text.translate(_BREAKS))
    return Piece(*clean(source, raw, [places[at] for at in offsets], is_spaced(raw.strip())))


def _runs_on(paragraph: Paragraph) -> bool:
    """Whether a paragraph is read as a line among others."""
    return not _is_heading(paragraph) and paragraph.kind != "footnote"


def _is_heading(paragraph: Paragraph) -> bool:
    """A heading that is a whole sentence is none."""
    text = paragraph.text.rstrip()
    return paragraph.kind == "heading" and len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；", ";"))


def _written(element: Paragraph | Table, writer: _Writer) -> _Placed:
    if isinstance(element, Paragraph):
        span = writer.write(element.text.translate(_LINE_BREAKS), element.boxes, element.page, element.turns)
        writer.write("\n")
        return _Placed(element, [span])
    spans: list[tuple[int, int]] = []
    row, column = 0, 0
    for cell in element.cells:
        if cell.row != row:
            writer.write("\n" if spans else "")
            row, column = cell.row, 0
        writer.write("\t" * (cell.column - column))
        column = cell.column
        spans.append(writer.write(cell.text.translate(_BREAKS), cell.boxes, cell.page or element.page))
    writer.write("\n")
    return _Placed(element, spans)


def _drafts(element: Paragraph | Table, spans: Sequence[tuple[int, int]], text: str, spaced: bool) -> Iterator[Draft]:
    if isinstance(element, Table):
        pieces = [_piece(text, span, spaced) for span in spans]
        yield from _table(element, pieces)
        return
    piece = _piece(text, spans[0], spaced)
    if piece.text:
        mark = mark_of(piece.text) if element.kind == "heading" else None
        yield Draft(piece.text, list(piece.offsets), mark, element.kind, element.page, level=element.level)


def _piece(text: str, span: tuple[int, int], spaced: bool) -> Piece:
    raw, offsets = fold(text[span[0] : span[1]], span[0])
    return Piece(*clean(text, raw, offsets, spaced or is_spaced(raw.strip())))


def _table(table: Table, pieces: Sequence[Piece]) -> Iterator[Draft]:
    """The block of a table, if anything stands in it: cells parted by tabs, rows by line feeds, each with its spans."""
    filled = [(cell, piece) for cell, piece in zip(table.cells, pieces, strict=True) if piece.text]
    if not filled:
        return
    heads = _Heads(table, filled)
    text: list[str] = []
    offsets: list[int] = []
    cells: list[Cell] = []
    length, row, column = 0, filled[0][0].row, 0
    for cell, piece in filled:
        gap = "\n" + "\t" * cell.column if cell.row != row else "\t" * (cell.column - column)
        row, column = cell.row, cell.column
        text.append(gap)
        offsets.extend([offsets[-1] if offsets else piece.offsets[0]] * len(gap))
        length += len(gap)
        cells.append(
            Cell(
                cell.row,
                cell.column,
                length,
                length + len(piece.text),
                heads.names(cell, piece),
                cell.row_span,
                cell.column_span,
            )
        )
        text.append(piece.text)
        offsets.extend(piece.offsets)
        length += len(piece.text)
    yield Draft("".join(text), offsets, kind="table", page=table.page, cells=tuple(cells))


class _Heads:
    """Which cells of a table name its rows and columns."""

    def __init__(self, table: Table, filled: Sequence[tuple[TableCell, Piece]]) -> None:
        self._rows = table.head_rows if table.head_rows is not None else _head_rows(filled)
        self._ordinals = _ordinal_columns(filled, self._rows) | _code_columns(filled, self._rows)
        named = self._ordinals | _time_columns(filled, self._rows)
        self._first = min(_figure_columns(filled, self._rows) - named, default=0)

    def names(self, cell: TableCell, piece: Piece) -> bool:
        """A cell above the rows of the body, before its first figures, or in a column of running numbers."""
        if cell.row < self._rows or cell.column in self._ordinals:
            return True
        named = piece.is_time or is_bare_year(piece.text) or _WORDS.search(piece.text) is not None
        return cell.column < self._first and (named or not piece.is_figure)


def _head_rows(filled: Sequence[tuple[TableCell, Piece]]) -> int:
    """The rows above the first one that holds a figure; years side by side are heads, and so are classes of age."""
    by_row: dict[int, list[tuple[TableCell, Piece]]] = {}
    for cell, piece in filled:
        by_row.setdefault(cell.row, []).append((cell, piece))
    covered = 0
    for place, (row, cells) in enumerate(sorted(by_row.items())):
        figures = [
            piece for _, piece in cells if piece.is_figure and not piece.is_time and not _AGES.fullmatch(piece.text)
        ]
        years = counts_years([piece.text for piece in figures])
        if place == 0 and len(cells) == 1 and not figures:
            continue
        if (figures and not years and row >= covered) or place >= _MOST_HEAD_ROWS:
            return row
        covered = max([covered, *(cell.row + cell.row_span for cell, _ in cells if cell.row_span < _MOST_HEAD_ROWS)])
    return 1 if len(by_row) > 1 else 0


def _ordinal_columns(filled: Sequence[tuple[TableCell, Piece]], head_rows: int) -> frozenset[int]:
    """Columns of running numbers and codes: 項次, 編號, 款 項 目 節."""
    return frozenset(
        cell.column
        for cell, piece in filled
        if cell.row < head_rows and cell.column_span == 1 and names_ordinals("".join(piece.text.split()))
    )


def _figure_columns(filled: Sequence[tuple[TableCell, Piece]], head_rows: int) -> frozenset[int]:
    """Columns of figures: not those of names of which some happen to be a number and a word, 100歲以上."""
    figures: Counter[int] = Counter()
    names: Counter[int] = Counter()
    for cell, piece in filled:
        if cell.row >= head_rows:
            (figures if piece.is_figure else names)[cell.column] += bool(piece.is_figure or _WORDS.search(piece.text))
    return frozenset(column for column, number in figures.items() if number >= names[column])


def _code_columns(filled: Sequence[tuple[TableCell, Piece]], head_rows: int) -> frozenset[int]:
    """Columns without a head, left of the first words, that hold plain numbers of one or two lengths: account numbers."""
    headed: set[int] = set()
    by_column: dict[int, list[str]] = {}
    for cell, piece in filled:
        if cell.row < head_rows:
            headed.update(range(cell.column, cell.column + cell.column_span))
        else:
            by_column.setdefault(cell.column, []).append(piece.text)
    named = [column for column, texts in by_column.items() if any(_WORDS.search(text) for text in texts)]
    return frozenset(
        column
        for column, texts in by_column.items()
        if column not in headed
        and head_rows
        and named
        and column < min(named)
        and len({len(text) for text in texts}) <= 2
        and all(_CODE.fullmatch(text) for text in texts)
    )


def _time_columns(filled: Sequence[tuple[TableCell, Piece]], head_rows: int) -> frozenset[int]:
    """Columns whose figures are all years or months, below a head that says so or first in the table."""
    by_column: dict[int, list[Piece]] = {}
    named: set[int] = set()
    for cell, piece in filled:
        if cell.row < head_rows:
            if names_rows_by_year(piece.text):
                named.add(cell.column)
        elif piece.is_figure:
            by_column.setdefault(cell.column, []).append(piece)
    return frozenset(
        column
        for column, pieces in by_column.items()
        if all(piece.is_time or (column in named and is_bare_year(piece.text)) for piece in pieces)
    )
