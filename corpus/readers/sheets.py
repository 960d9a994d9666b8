"""A sheet of a workbook, as it is printed: title lines, the unit, heads of several rows, the table, notes below it.

What a spreadsheet holds is a grid of cells. Which of them are the table is told by where the figures stand: rows above
the first row of heads are titles, rows of one long text are notes, and what comes again at the top of each printed
page is told once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..parsed import Element, Paragraph, ParagraphKind, Table, TableCell

_TEXT = re.compile(r"[^\W\d_]")
_UNIT = re.compile(r"單\s*位\s*[:：]|^單\s*位$|幣\s*別|^[(（][^)）]{1,12}[元人%％][)）]$")
_NOTE = re.compile(
    r"\s*(?:註|附註|備註|備考|說明|資料來源|填表|製表|審核|※|＊|\*|編製機關|公開類|資料提供|Source|Note)"
)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]")
_PAGE = re.compile(r"[-–第]?\s*\d{1,4}\s*[-–頁]?")
_RUNNING = re.compile(r"\d{1,3}")
_DANGLING = re.compile(r"(?:中華)?民國\s*$")
_PRINT_CODE = re.compile(
    r'&"[^"]*"|&\d{1,3}|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\[[^\[\]]*\]|(?:第|(?<!\s))\s*+&P\s*+頁?(?:\s*+[,，/／]?\s*+共?\s*+&N\s*+頁?)?|&[A-KM-QS-Za-km-qs-z]'
)
"""How a workbook writes typeface, size, page, date and file in what is printed over a page; &L, &C and &R part it."""
_MOST_TOLD = 8
_LONG = 60
_LONGEST_TITLE = 60
_LEAST_WRAPPED = 8
_IN_NUMBERS = frozenset("0123456789,.")
_NAMELESS = re.compile(r"(?:sheet|工作表|table|表格|worksheet)[\s_\d()]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that shows something."""

    row: int
    column: int
    text: str
    number: bool = False
    """The file holds a number, not a text."""
    row_span: int = 1
    column_span: int = 1
    offsets: tuple[int, ...] = ()
    """Where its characters stand in the text of the file, if the sheet is one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, by its rows from above."""

    name: str
    cells: Sequence[SheetCell]
    over: Sequence[str] = ()
    """Lines that are printed over every page: they may hold the title and the unit."""


Row = list[SheetCell]


def workbook_elements(sheets: Sequence[Sheet]) -> list[Element]:
    """All sheets in their order; where there are several, each below its name, if that says anything."""
    found = [(sheet, elements) for sheet in sheets if (elements := sheet_elements(sheet))]
    result: list[Element] = []
    for sheet, elements in found:
        name = sheet.name.strip()
        if len(found) > 1 and len(name) > 1 and not _NAMELESS.fullmatch(name):
            result.append(Paragraph(name, "heading", 1))
        result.extend(elements)
    return result


def sheet_elements(sheet: Sheet) -> list[Element]:
    """Titles, tables and notes of a sheet."""
    rows: defaultdict[int, Row] = defaultdict(list)
    for cell in sheet.cells:
        if cell.text.strip():
            rows[cell.row].append(cell)
    ordered = [sorted(rows[number], key=_column) for number in sorted(rows)]
    told = {"".join(cell.text.split()) for row in ordered[:_MOST_TOLD] for cell in row}
    over = [line for line in sheet.over if "".join(line.split()) not in told]
    ordered[:0] = [[SheetCell(-1, ordered[0][0].column, line)] for line in over if ordered]
    return _Printed(ordered).elements() if ordered else []


def printed_over(code: str) -> tuple[str, ...]:
    """The lines of what is printed over each page of a sheet, without what changes from page to page."""
    marked = code.replace("&&", "\x00").replace("&C", "\n").replace("&L", "\n").replace("&R", "\n")
    lines = (_PRINT_CODE.sub("", line).replace("\x00", "&").strip() for line in marked.splitlines())
    return tuple(line for line in lines if _TEXT.search(line))


def _column(cell: SheetCell) -> int:
    return cell.column


def _key(row: Iterable[SheetCell]) -> tuple[str, ...]:
    return tuple("".join(cell.text.split()) for cell in row)


@dataclass(slots=True)
class _Printed:
    """One pass over the rows of a sheet, from above."""

    rows: list[Row]
    found: list[Element] = field(default_factory=list)
    table: list[Row] = field(default_factory=list)
    titles: Row = field(default_factory=list)
    left: list[Element] = field(default_factory=list)
    """Heads of later pages, which stand behind the table that they interrupt."""
    seen: set[tuple[str, ...]] = field(default_factory=set)
    heads: set[tuple[str, ...]] = field(default_factory=set)
    """Rows of heads of the table at hand."""
    body: bool = False
    """A row with numbers has come."""
    width: int = 0

    def elements(self) -> list[Element]:
        self.width = max(len(row) for row in self.rows)
        for row in self.rows:
            if self.table and _key(row) in self.seen:
                if len(self.table) > 1 and _is_page_number(self.table[-1]):
                    self.left.extend(_lines(self.table.pop(), "residue"))
                self.left.extend(_lines(row, "residue"))
            elif self._is_line(row):
                self._line(row)
            else:
                self._end_titles()
                if self._heads_again(row):
                    self.left.extend(_lines(row, "residue"))
                else:
                    self._add(self._without_numbers_again(row))
        self._end_table()
        self._end_titles()
        return self.found

    def _is_line(self, row: Row) -> bool:
        """Whether a row is a line of its own: a title, a unit, a note; no row of the table."""
        if self.width < 2:
            return True
        if any(_is_number(cell) for cell in row):
            return False
        words = _key(row)
        if any(_UNIT.search(text) for text in words) and (not self.table or len(row) <= 3):
            return True
        if not self.table and len(set(words)) * 3 <= len(words):
            return True  # the titles of pages that lie side by side
        if len(row) > 2 or (self.width == 2 and len(row) == 2):
            return False
        if not self.table:
            return len(row) == 1 or self.width > 4
        if len(row) != 1:
            return len(row) == 2 and _NOTE.match(row[0].text) is not None and len(words[0]) <= 6
        noted = _NOTE.match(row[0].text) or (_NUMBERED.match(row[0].text) and len(words[0]) > _LONG)
        long = len(words[0]) > _LONG or row[0].column_span * 3 > self.width * 2
        return row[0].column == self.table[0][0].column and bool(noted or long) and not self._wrapped(row[0])

    def _line(self, row: Row) -> None:
        self._end_table()
        self.seen.add(_key(row))
        texts: dict[str, SheetCell] = {}
        for cell in row:
            texts.setdefault("".join(cell.text.split()), cell)
        for text, cell in texts.items():
            if _UNIT.search(text) or _NOTE.match(text) or "。" in text:
                self._end_titles()
                self.found.extend(_lines([cell], "text"))
            else:
                self.titles.append(cell)

    def _end_titles(self) -> None:
        """Title lines are one title, on however many lines it is printed; a very long one is several."""
        at = 0
        while at < len(self.titles):
            end, length = at, 0
            while end < len(self.titles) and (end == at or length + len(self.titles[end].text) <= _LONGEST_TITLE):
                length += len(self.titles[end].text)
                end += 1
            if end < len(self.titles) and end > at + 1 and _DANGLING.search(self.titles[end - 1].text):
                end -= 1
            whole = _together(self.titles[at:end])
            self.found.append(Paragraph(whole.text.replace("\n", " "), "heading", 2, offsets=whole.offsets))
            at = end
        self.titles = []

    def _add(self, row: Row) -> None:
        """A row of the table, or the next line of a text in one of its columns."""
        above = self.table[-1] if self.table else []
        if not above or not all(self._wrapped(cell) for cell in row) or not _in_order(above, row):
            self.table.append(row)
            return
        for cell in row:
            place = next(at for at, each in enumerate(above) if each.column == cell.column)
            above[place] = _together([above[place], cell])

    def _heads_again(self, row: Row) -> bool:
        """Heads that come again on every printed page are told once."""
        numbers = any(map(_is_number, row))
        self.body = self.body or numbers
        if not self.body and len(row) > 1:
            self.heads.add(_key(row))
        return self.body and not numbers and _key(row) in self.heads

    def _without_numbers_again(self, row: Row) -> Row:
        """A note that goes on behind a page's end stands beside the running numbers of its row, told again."""
        *numbers, note = row
        again = bool(numbers) and all(_RUNNING.fullmatch(cell.text.strip()) for cell in numbers)
        if not again or not self.table or _is_number(note) or not self._wrapped(note):
            return row
        self.left.extend(part for cell in numbers if not cell.offsets for part in _lines([cell], "residue"))
        return [note]

    def _wrapped(self, cell: SheetCell) -> bool:
        """Whether the cell alone in its row goes on with the text above it: notes are wrapped over rows of a print."""
        above = next((each for each in self.table[-1] if each.column == cell.column), None) if self.table else None
        if above is None or above.column == self.table[0][0].column or _is_number(cell) or _is_number(above):
            return False
        return len(above.text) >= _LEAST_WRAPPED and len(self.table) > 1

    def _end_table(self) -> None:
        self.found.extend(_table(self.table))
        self.found.extend(self.left)
        self.table, self.left, self.heads, self.body = [], [], set(), False


def _is_page_number(row: Row) -> bool:
    return len(row) == 1 and _PAGE.fullmatch(row[0].text.strip()) is not None


def _in_order(above: Row, row: Row) -> bool:
    """Whether cells that go on stay in the order of the file, where that counts."""
    return not row[0].offsets or (len(row) == 1 and above[-1].column == row[0].column)


def _together(cells: Row) -> SheetCell:
    """The texts of several cells, one a line, in the first of them."""
    text, offsets = cells[0].text, list(cells[0].offsets)
    for cell in cells[1:]:
        if not (text[-1:] in _IN_NUMBERS and cell.text[:1] in _IN_NUMBERS):  # the wrap may cut through a number
            text += "\n"
            offsets += offsets[-1:]
        text += cell.text
        offsets += cell.offsets
    return replace(cells[0], text=text, offsets=tuple(offsets))


def _is_number(cell: SheetCell) -> bool:
    return cell.number or (not _TEXT.search(cell.text) and any(char.isdigit() for char in cell.text))


def _lines(row: Row, kind: ParagraphKind) -> Iterator[Paragraph]:
    for cell in row:
        if cell.offsets:
            yield Paragraph(cell.text.replace("\n", " "), kind, apart=True, offsets=cell.offsets)
            continue
        for line in cell.text.split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), kind, apart=True)


def _table(rows: Sequence[Row]) -> Iterator[Element]:
    """The rows as a table; a single cell is a line."""
    if len(rows) == 1 and len(rows[0]) == 1:
        yield from _lines(rows[0], "text")
    elif rows:
        yield Table(tuple(_cells(rows)))


def _cells(kept: Sequence[Row]) -> Iterator[TableCell]:
    first = min(cell.column for row in kept for cell in row)
    numbers = [row[0].row for row in kept]
    for number, row in enumerate(kept):
        for cell in row:
            under = cell.row + cell.row_span
            down = 1 if cell.row_span == 1 else sum(1 for other in numbers[number:] if other < under)
            text = (
                cell.text
                if cell.offsets
                else "\n".join(part.strip() for part in cell.text.replace("\t", "").split("\n"))
            )
            yield TableCell(
                number, cell.column - first, text.replace("\n", " "), down, cell.column_span, offsets=cell.offsets
            )
