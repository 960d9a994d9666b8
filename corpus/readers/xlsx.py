"""XLSX: the sheets of a workbook as they show, each number in its format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..parsed import MOST_COLUMNS, Element, Parsed, Remark, UnreadableFile
from .archive import Archive, attribute, child, local, whole_number
from .number_formats import BUILT_IN, shown
from .sheets import Sheet, SheetCell, printed_over, workbook_elements

_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_CELLS = 1_000_000
_MOST_MERGES = 200_000


def read(data: bytes) -> Parsed:
    """The sheets that show, in their order; hidden ones are named."""
    archive = Archive(data)
    if _WORKBOOK not in archive.names:
        raise UnreadableFile("damaged", _WORKBOOK)
    workbook = archive.xml(_WORKBOOK)
    book = _Book(_strings(archive), _formats(archive), _counts_from_1904(workbook))
    parts = _parts(archive)
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    listed = child(workbook, "sheets")
    for sheet in listed if listed is not None else ():
        name = sheet.get("name") or ""
        part = parts.get(_relation(sheet), "")
        if attribute(sheet, "state") in ("hidden", "veryHidden"):
            remarks.append(Remark("sheet-left-out", what=name))
        elif part in archive.names and part.startswith("xl/worksheets/"):
            root = archive.xml(part)
            cells = book.cells(root)
            if len(cells) >= _MOST_CELLS:
                remarks.append(Remark("cut-off", what=f"{name}: {_MOST_CELLS}"))
            sheets.append(Sheet(name, cells, printed_over(_page_head(root))))
    elements: list[Element] = workbook_elements(sheets)
    return Parsed(tuple(elements), "xlsx", tuple(remarks))


def _page_head(sheet: etree._Element) -> str:
    """What is printed over the sheet's pages, over the first one if that is another."""
    heads = (child(sheet, "headerFooter", name) for name in ("firstHeader", "oddHeader"))
    return next((head.text for head in heads if head is not None and head.text), "")


def _relation(sheet: etree._Element) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _parts(archive: Archive) -> dict[str, str]:
    """Where each sheet lies, by the id of its relation."""
    name = "xl/_rels/workbook.xml.rels"
    parts: dict[str, str] = {}
    for each in archive.xml(name) if name in archive.names else ():
        target = (each.get("Target") or "").lstrip("/")
        parts[each.get("Id") or ""] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _strings(archive: Archive) -> list[str]:
    """The texts that cells refer to, without readings in small type."""
    name = next((part for part in ("xl/sharedStrings.xml", "xl/SharedStrings.xml") if part in archive.names), None)
    return [_rich(item) for item in archive.xml(name) if local(item) == "si"] if name else []


def _rich(item: etree._Element | None) -> str:
    pieces: list[str] = []
    for each in item if item is not None else ():
        if local(each) == "t":
            pieces.append(each.text or "")
        elif local(each) == "r":
            pieces.extend(part.text or "" for part in each if local(part) == "t")
    return "".join(pieces)


def _formats(archive: Archive) -> list[str]:
    """The number format of each cell style."""
    if "xl/styles.xml" not in archive.names:
        return []
    root = archive.xml("xl/styles.xml")
    own = {
        whole_number(each.get("numFmtId"), 0, 10**6): each.get("formatCode") or ""
        for part in root
        if local(part) == "numFmts"
        for each in part
    }
    styles = child(root, "cellXfs")
    numbers = [whole_number(each.get("numFmtId"), 0, 10**6) for each in (styles if styles is not None else ())]
    return [own.get(number, BUILT_IN.get(number, "")) for number in numbers]


def _counts_from_1904(workbook: etree._Element) -> bool:
    properties = child(workbook, "workbookPr")
    return properties is not None and attribute(properties, "date1904") in ("1", "true")


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    formats: list[str]
    since_1904: bool

    def cells(self, sheet: etree._Element) -> list[SheetCell]:
        """The cells of a sheet that show something."""
        spans = _merges(sheet)
        rows = child(sheet, "sheetData")
        cells: list[SheetCell] = []
        row = -1
        for line in rows if rows is not None else ():
            row = whole_number(line.get("r"), row + 2, 2**21) - 1
            column = -1
            for each in line:
                found = _PLACE.fullmatch(each.get("r") or "")
                column = _column(found.group(1)) if found else column + 1
                text, number = self._text(each)
                if text.strip() and column < MOST_COLUMNS:
                    cells.append(SheetCell(row, column, text, number, *spans.get((row, column), (1, 1))))
                if len(cells) >= _MOST_CELLS:
                    return cells
        return cells

    def _text(self, cell: etree._Element) -> tuple[str, bool]:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _rich(child(cell, "is")), False
        value = child(cell, "v")
        stored = (value.text or "") if value is not None else ""
        if kind == "s":
            place = whole_number(stored, len(self.strings), 2**31)
            return (self.strings[place] if place < len(self.strings) else ""), False
        if kind == "n" and stored:
            try:
                number = float(stored)
            except ValueError:
                return stored, False
            style = whole_number(cell.get("s"), 0, 2**31)
            return shown(number, self.formats[style] if style < len(self.formats) else "", self.since_1904), True
        return ("" if kind in ("e", "b") else stored), False


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merges(sheet: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    """How far each merged cell reaches, by its first row and column."""
    return {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in _ranges(sheet)}


def _ranges(sheet: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    merged = child(sheet, "mergeCells")
    for number, each in enumerate(merged if merged is not None else ()):
        first, _, last = (each.get("ref") or "").partition(":")
        start, stop = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if start and stop and number < _MOST_MERGES:
            yield int(start.group(2)) - 1, _column(start.group(1)), int(stop.group(2)) - 1, _column(stop.group(1))
