"""XLS: the workbooks of Excel 97 and before, by xlrd, which knows the format of each number and the merged cells."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import xlrd

from ..parsed import MOST_COLUMNS, Parsed, Remark, UnreadableFile
from .number_formats import shown
from .sheets import Sheet, SheetCell, workbook_elements


def read(data: bytes) -> Parsed:
    """The sheets that show, in their order; hidden ones are named."""
    try:
        with redirect_stdout(io.StringIO()):  # it tells of every oddity of a file
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise UnreadableFile("encrypted" if "encrypt" in str(error).lower() else "damaged", "XLS") from error
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    for sheet in book.sheets():
        if sheet.visibility:
            remarks.append(Remark("sheet-left-out", what=sheet.name))
        else:
            sheets.append(Sheet(sheet.name, list(_cells(book, sheet))))
    return Parsed(tuple(workbook_elements(sheets)), "xls", tuple(remarks))


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> list[SheetCell]:
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    cells: list[SheetCell] = []
    for row in range(sheet.nrows):
        for column in range(min(sheet.row_len(row), MOST_COLUMNS)):
            kind = sheet.cell_type(row, column)
            value = sheet.cell_value(row, column)
            number = kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
            if number:
                text = shown(value, _format(book, sheet.cell_xf_index(row, column)), bool(book.datemode))
            else:
                text = value if kind == xlrd.XL_CELL_TEXT else ""
            if text.strip():
                cells.append(SheetCell(row, column, text, number, *spans.get((row, column), (1, 1))))
    return cells


def _format(book: xlrd.Book, style: int) -> str:
    if style >= len(book.xf_list):
        return ""
    found = book.format_map.get(book.xf_list[style].format_key)
    return str(found.format_str) if found is not None else ""
