"""ODT, ODP and ODS: OpenDocument text, slides and spreadsheets, whose paragraphs and tables are written alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ..parsed import MOST_COLUMNS, MOST_SPAN, Element, Paragraph, Parsed, RawCell, Remark, UnreadableFile, table_of
from .archive import Archive, attribute, child, local, parse_xml, whole_number
from .odf_numbering import Lists
from .sheets import Sheet, SheetCell, workbook_elements

_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "scripts", "note-citation", "shapes",
     "ruby-text", "hidden-text", "desc", "title", "event-listeners", "table-columns", "calculation-settings", "notes")
)  # fmt: skip
_CONTENTS = frozenset(("table-of-content", "illustration-index", "table-index", "alphabetical-index"))
_DEEPEST = 24
_MOST_ROWS = 200_000
_MOST_BLANKS = 200


def read(data: bytes) -> Parsed:
    """The text of the document, or the sheets of the workbook."""
    if data.startswith(b"PK"):
        archive = Archive(data)
        if b"encryption-data" in (archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.names else b""):  # fmt: skip
            raise UnreadableFile("encrypted")
        root = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive.names else None
    else:
        root, styles = parse_xml(data, "content.xml"), None
    walk = _Walk(Lists(root, styles))
    sheets = child(root, "body", "spreadsheet")
    if sheets is not None:
        return _workbook(sheets, walk)
    text, slides = child(root, "body", "text"), child(root, "body", "presentation")
    body = text if text is not None else slides
    if body is None:
        raise UnreadableFile("unknown-kind", "OpenDocument")
    return Parsed(tuple(walk.blocks(body, 0)), "odt" if text is not None else "odp")


@dataclass(slots=True)
class _Runs:
    lines: list[str] = field(default_factory=lambda: [""])
    hung: list[Element] = field(default_factory=list)


class _Walk:
    """One pass over the document, counting its lists and its pages."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._page: int | None = None

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Element]:
        """Paragraphs and tables below an element, whatever wraps them."""
        if depth > _DEEPEST:
            return
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element, depth, "")
            elif name == "list":
                yield from self._list(element, depth)
            elif name == "table":
                yield from self._table(element, depth)
            elif name == "soft-page-break":
                self._page = (self._page or 1) + 1
            elif name == "page":
                self._page = (self._page or 0) + 1
                yield from self.blocks(element, depth + 1)
            elif name in _CONTENTS:
                for part in self.blocks(element, depth + 1):
                    yield replace(part, kind="residue") if isinstance(part, Paragraph) else part
            elif name not in _SKIPPED:
                yield from self.blocks(element, depth + 1)

    def _list(self, element: etree._Element, depth: int) -> Iterator[Element]:
        """A list, and the lists in its items; only the first paragraph of an item shows its mark."""
        if depth > _DEEPEST:
            return
        self._lists.enter(element)
        for item in element:
            marked = local(item) != "list-item"  # a list header shows none
            if not marked:
                self._lists.count(item)
            for each in item:
                if local(each) == "list":
                    yield from self._list(each, depth + 1)
                elif local(each) in ("p", "h"):
                    yield from self._paragraph(each, depth, "" if marked else self._lists.mark())
                    marked = True
                elif local(each) == "soft-page-break":
                    self._page = (self._page or 1) + 1
        self._lists.leave()

    def _paragraph(self, element: etree._Element, depth: int, lead: str) -> Iterator[Element]:
        runs = _Runs()
        self._runs(element, runs, depth)
        heading = local(element) == "h"
        level = whole_number(attribute(element, "outline-level"), 1, 10) if heading else 0
        if heading and not lead:
            lead = self._lists.heading(element, level)
        for number, line in enumerate(runs.lines):
            text = lead + line if number == 0 and line.strip() else line
            if text.strip():
                yield Paragraph(text, "heading" if heading else "text", level, self._page)
        yield from runs.hung

    def _runs(self, element: etree._Element, runs: _Runs, depth: int) -> None:
        runs.lines[-1] += element.text or ""
        for each in element:
            name = local(each)
            if name == "s":
                runs.lines[-1] += " " * whole_number(attribute(each, "c"), 1, _MOST_BLANKS)
            elif name == "tab":
                runs.lines[-1] += "\t"
            elif name == "line-break":
                runs.lines.append("")
            elif name == "soft-page-break":
                self._page = (self._page or 1) + 1
            elif name == "note":
                runs.hung.extend(self._note(each, depth))
            elif name in ("frame", "custom-shape", "text-box", "g", "rect"):
                runs.hung.extend(self.blocks(each, depth + 1))
            elif name and name not in _SKIPPED:
                self._runs(each, runs, depth)
            runs.lines[-1] += each.tail or ""

    def _note(self, note: etree._Element, depth: int) -> Iterator[Element]:
        body = child(note, "note-body")
        for part in self.blocks(body, depth + 1) if body is not None else ():
            yield replace(part, kind="footnote") if isinstance(part, Paragraph) else part

    def _table(self, element: etree._Element, depth: int) -> list[Element]:
        cells: list[RawCell] = []
        heads = row = 0
        page = self._page
        for line, is_head in rows_of(element, False):
            heads += is_head and heads == row
            column = 0
            for each in line:
                name = local(each)
                if name not in ("table-cell", "covered-table-cell"):
                    continue
                times = max(whole_number(attribute(each, "number-columns-repeated"), 1, MOST_COLUMNS), 1)
                if name == "table-cell" and column < MOST_COLUMNS and len(each):
                    cells.append(
                        RawCell(
                            row,
                            column,
                            max(whole_number(attribute(each, "number-rows-spanned"), 1, MOST_SPAN), 1),
                            max(whole_number(attribute(each, "number-columns-spanned"), 1, MOST_COLUMNS), 1),
                            list(self.blocks(each, depth + 1)),
                        )
                    )
                column += times
            row += 1
        return table_of(cells, heads or None, page)


def rows_of(table: etree._Element, is_head: bool) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, whatever groups them, and whether each is repeated as a head."""
    for each in table:
        name = local(each)
        if name == "table-row":
            yield each, is_head
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from rows_of(each, is_head or name == "table-header-rows")


def _workbook(sheets: etree._Element, walk: _Walk) -> Parsed:
    found: list[Sheet] = []
    remarks: list[Remark] = []
    for table in sheets:
        if local(table) == "table":
            sheet, cut = _sheet(table, walk)
            found.append(sheet)
            if cut:
                remarks.append(Remark("cut-off", what=f"{sheet.name}: {_MOST_ROWS}"))
    return Parsed(tuple(workbook_elements(found)), "ods", tuple(remarks))


def _sheet(table: etree._Element, walk: _Walk) -> tuple[Sheet, bool]:
    """A sheet as it shows: the displayed text of each cell; repeated rows only as often as they hold something."""
    cells: list[SheetCell] = []
    row = 0
    for line, _ in rows_of(table, False):
        times = max(whole_number(attribute(line, "number-rows-repeated"), 1, _MOST_ROWS), 1)
        made = list(_sheet_row(line, walk))
        for again in range(times if made else 0):
            cells.extend(replace(cell, row=row + again) for cell in made)
            if len(cells) > _MOST_ROWS * 4:
                return Sheet(attribute(table, "name") or "", cells), True
        row += times
    return Sheet(attribute(table, "name") or "", cells), False


def _sheet_row(line: etree._Element, walk: _Walk) -> Iterator[SheetCell]:
    column = 0
    for each in line:
        name = local(each)
        if name not in ("table-cell", "covered-table-cell"):
            continue
        times = max(whole_number(attribute(each, "number-columns-repeated"), 1, MOST_COLUMNS), 1)
        if name == "table-cell" and len(each):
            text = "\n".join(part.text for part in walk.blocks(each, 1) if isinstance(part, Paragraph))
            number = attribute(each, "value-type") in ("float", "currency", "percentage")
            spans = (
                max(whole_number(attribute(each, "number-rows-spanned"), 1, MOST_SPAN), 1),
                max(whole_number(attribute(each, "number-columns-spanned"), 1, MOST_COLUMNS), 1),
            )
            for again in range(times if text.strip() else 0):
                if column + again < MOST_COLUMNS:
                    yield SheetCell(0, column + again, text, number, *spans)
        column += times
