"""PDF, by pypdfium2: text with its places, tables from their lines or their columns, page heads and feet set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from statistics import median
from typing import TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..parsed import Element, Paragraph, Parsed, Remark, Table, TableCell, UnreadableFile
from .pdf_aligned import aligned_tables
from .pdf_columns import in_columns
from .pdf_drawn import drawn_table, parted
from .pdf_lattice import Lattice, lattices
from .pdf_lines import Drafted, TextLine, goes_on, lines_of, paragraphs_of
from .pdf_page import MOST_CHARS, Page, read_page
from .pdf_paragraphs import paragraph
from .recognition import Recogniser, is_installed

_MOST_PAGES = 3_000
_EDGE = 0.14
"""Heads and feet of a page stand in this share of its height."""
_EDGE_LINES = 4
_SAME_EDGE = 4.0
_SMALL = 0.9
"""Notes at the foot of a page are printed so much smaller than its text."""
_PAGE_NUMBER = re.compile(
    r"[-–—~‐・·]?[A-Za-z總附]?[-–]?\d{1,4}[-–—~‐・·]?|第?\d{1,4}頁(?:[,，/]?共\d{1,4}頁)?|\d{1,4}/\d{1,4}|[Pp](?:age|\.)?\d{1,4}|[ivxIVX]{1,6}"
)
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹*＊※]|註\s?\d?|\d{1,2}\s+\D")
_DIGITS = re.compile(r"\d+")


def read(data: bytes) -> Parsed:
    """All pages; those that hold no text, or text that is none, are named."""
    document = _open(data)
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise UnreadableFile("too-large", f"{count} > {_MOST_PAGES} pages")
        pages: list[_Layout] = []
        empty: list[int] = []
        garbled: list[int] = []
        recognised: list[int] = []
        cut: list[int] = []
        recogniser = Recogniser() if is_installed() else None
        for number in range(1, count + 1):
            try:
                page = read_page(document, number)
            except (pdfium.PdfiumError, RuntimeError, ValueError, OSError):
                empty.append(number)
                continue
            if page.cut_off:
                cut.append(number)
            if not page.garbled and not page.pictured:
                pages.append(_laid_out(page))
                continue
            seen = recogniser.read(document, page) if recogniser is not None else None
            if seen is not None:
                recognised.append(number)
                pages.append(_laid_out(seen))
            else:
                (garbled if page.garbled else empty).append(number)
    finally:
        document.close()
    remarks = [Remark("no-text", tuple(empty))] if empty else []
    remarks += [Remark("garbled-text", tuple(garbled))] if garbled else []
    remarks += [Remark("recognised", tuple(recognised))] if recognised else []
    remarks += [Remark("cut-off", tuple(cut), f"{len(cut)} pages > {MOST_CHARS} characters")] if cut else []
    return Parsed(tuple(_elements(pages)), "pdf", tuple(remarks))


def elements_of(pages: Iterable[Page]) -> tuple[Element, ...]:
    """Pages from wherever they come as one text, with their tables."""
    return tuple(_elements([_laid_out(page) for page in pages]))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise UnreadableFile("encrypted" if locked else "damaged", "PDF") from error


@dataclass(slots=True)
class _Layout:
    """A page taken apart: what stands in drawn tables, and the lines around them."""

    page: Page
    tables: list[tuple[Lattice, list[Element]]]
    lines: list[TextLine]
    residue: set[int] = field(default_factory=set)
    """Places of the lines that are head or foot of the page."""


def _laid_out(page: Page) -> _Layout:
    tables: list[tuple[Lattice, list[Element]]] = []
    rest = page.chars
    for lattice in lattices(page.rules):
        inside, outside = parted(rest, lattice)
        found = drawn_table(lattice, inside, page.number)
        if found is not None:
            tables.append((lattice, found))
            rest = outside
    page.chars, page.rules = [], []
    return _Layout(page, tables, lines_of(rest, page.number))


def _elements(pages: Sequence[_Layout]) -> list[Element]:
    """All pages as one text: heads and feet set apart, paragraphs and tables joined over the ends of pages."""
    _mark_edges(pages)
    items: list[_Item] = []
    for layout in pages:
        heads, body, feet = _page_items(layout)
        items.extend(heads)
        _append(items, body)
        items.extend(feet)
    return [
        paragraph(item) if isinstance(item, Drafted) else item.table() if isinstance(item, _Run) else item
        for item in items
    ]


class _Run:
    """A table that may go on over the ends of pages: lines between its columns are drawn at the same places."""

    def __init__(self, table: Table, edges: tuple[float, ...]) -> None:
        self._head_rows, self._page, self._edges = table.head_rows, table.page, edges
        self._cells = list(table.cells)
        self._height = max(cell.row + cell.row_span for cell in table.cells)

    def takes(self, below: _Run) -> bool:
        """Add the table with which the next page begins, if it is the rest of this one; heads that come again are told once."""
        if len(self._edges) < 3 or len(self._edges) != len(below._edges):
            return False
        if any(abs(one - other) > _SAME_EDGE for one, other in zip(self._edges, below._edges, strict=True)):
            return False
        bottom = _rows(below._cells)
        top = _rows(takewhile(lambda cell: cell.row < len(bottom), self._cells))
        again = 0
        while again < min(len(top), len(bottom)) and top[again] == bottom[again] and any(top[again]):
            again += 1
        down = self._height - again
        self._cells += [replace(cell, row=cell.row + down) for cell in below._cells if cell.row >= again]
        self._height = max(self._height, down + below._height)
        self._head_rows = self._head_rows or again or None
        return True

    def table(self) -> Table:
        """All of it."""
        return Table(tuple(self._cells), self._head_rows, self._page)


_Item: TypeAlias = Drafted | _Run | Element


def _append(items: list[_Item], body: list[_Item]) -> None:
    """Add a page; its first paragraph may go on with the last one of the page before, its first table, too."""
    last = next((item for item in reversed(items) if not _is_residue(item)), None)
    if body:
        first = body[0]
        if isinstance(last, Drafted) and isinstance(first, Drafted) and goes_on(last, first.lines[0]):
            last.lines.extend(first.lines)
            last.margin = first.margin
            del body[0]
        elif isinstance(last, _Run) and isinstance(first, _Run) and last.takes(first):
            del body[0]
    items.extend(body)


def _is_residue(item: _Item) -> bool:
    return isinstance(item, Paragraph) and item.kind != "text"


def _rows(cells: Iterable[TableCell]) -> list[list[str]]:
    """The texts of the rows; a row of which no cell begins in it has none."""
    rows: list[list[str]] = []
    for cell in cells:
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append("".join(cell.text.split()))
    return rows


def _page_items(layout: _Layout) -> tuple[list[Element], list[_Item], list[Element]]:
    """Head lines, body and foot lines of a page, each in reading order."""
    heads: list[Element] = []
    feet: list[Element] = []
    lines: list[TextLine] = []
    for at, line in enumerate(layout.lines):
        if at in layout.residue:
            (heads if line.top > layout.page.height / 2 else feet).append(_residue(line))
        else:
            lines.append(line)
    lines, notes = _without_notes(lines, layout.page)
    feet[:0] = [replace(paragraph(note), kind="footnote") for note in paragraphs_of(notes)]
    body: list[_Item] = []
    for lattice, elements in layout.tables:
        above = [line for line in lines if (line.top + line.bottom) / 2 > lattice.top]
        lines = [line for line in lines if (line.top + line.bottom) / 2 <= lattice.top]
        body.extend(_flow(above))
        body.extend(_Run(each, lattice.edges) if isinstance(each, Table) else each for each in elements)
    body.extend(_flow(lines))
    return heads, body, feet


def _without_notes(lines: Sequence[TextLine], page: Page) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of the text and those of the notes below it: small ones at the foot, from a reference on."""
    if not lines:
        return [], []
    usual = median(line.height for line in lines)
    first = len(lines)
    while first and lines[first - 1].height < _SMALL * usual and lines[first - 1].top < page.height / 2:
        first -= 1
    while first < len(lines) and not _NOTE.match(lines[first].text):
        first += 1
    return list(lines[:first]), list(lines[first:])


def _flow(lines: Sequence[TextLine]) -> Iterator[Drafted | Element]:
    """Running text and aligned tables between two drawn tables."""
    for stretch in in_columns(lines):
        at = 0
        for table in aligned_tables(stretch):
            yield from paragraphs_of(stretch[at : table.first])
            yield table.table
            at = table.last
        yield from paragraphs_of(stretch[at:])


def _residue(line: TextLine) -> Paragraph:
    text, boxes = line.written()
    return Paragraph(text, "residue", 0, line.page, tuple(boxes))


def _mark_edges(pages: Sequence[_Layout]) -> None:
    """Mark what comes again at the top or the foot of the pages, and page numbers there."""
    seen: Counter[tuple[str, int]] = Counter()
    edges = [dict(_edge_lines(layout)) for layout in pages]
    for each in edges:
        seen.update(set(each.values()))
    least = 2 if len(pages) < 4 else 3
    told: set[tuple[str, int]] = set()
    for layout, each in zip(pages, edges, strict=True):
        titles = _titles(layout)
        for at, key in each.items():
            number = _PAGE_NUMBER.fullmatch("".join(layout.lines[at].text.split()))
            if number or (seen[key] >= least and (key in told or at not in titles)):
                layout.residue.add(at)
            told.add(key)


def _titles(layout: _Layout) -> range:
    """Places of the lines over a table that begins the page: they are its title and its unit, printed on every page."""
    if not layout.tables:
        return range(0)
    top = layout.tables[0][0].top
    over = [at for at, line in enumerate(layout.lines) if (line.top + line.bottom) / 2 > top]
    return range(len(over)) if len(over) <= _EDGE_LINES else range(0)


def _edge_lines(layout: _Layout) -> Iterator[tuple[int, tuple[str, int]]]:
    """The lines at the edges, each with its words and its height on the page. Numbers count on from page to page."""
    height = layout.page.height
    count = len(layout.lines)
    for at in {*range(min(_EDGE_LINES, count)), *range(max(count - _EDGE_LINES, 0), count)}:
        line = layout.lines[at]
        middle = (line.top + line.bottom) / 2
        if middle > height * (1 - _EDGE) or middle < height * _EDGE:
            words = "".join(line.text.split())
            yield at, (_at_ends(words), round(middle / 8))


def _at_ends(words: str) -> str:
    """The words without the number of the page, which stands at one of their ends."""
    return _DIGITS.sub("#", words) if len(_DIGITS.sub("", words)) <= 8 else re.sub(r"^[-–—]?\d{1,4}[-–—]?|[-–—]?\d{1,4}[-–—]?$", "#", words)  # fmt: skip
