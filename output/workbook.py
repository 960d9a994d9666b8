"""The workbook: findings, facts, series with charts, reports. Nothing that a report says becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from .columns import FACTS, FINDINGS, REPORTS, TABLES, Column, Table
from .panel import Line, Panel, panel
from .records import Record
from .tables import Tables
from .words import CODES, SEVERITIES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters that a cell holds."""
_ROWS = 1_048_575
"""Rows that a sheet holds below its head."""
_DIGITS = 15
"""Digits that a spreadsheet's number holds; a longer number goes in as text, exact."""
_CHARTS = 8
_ROLE = 4
"""Which of the head columns of a series tells its role."""
_BLOCK = 17
"""Rows that a chart takes, the table beside it included."""
_WIDTHS = {
    "message_zh": 60, "message_en": 60, "indicator": 36, "section": 36, "title": 44, "mentions": 30, "passages": 80,
    "agency": 24, "report": 26, "text": 16, "period": 20, "fact_ids": 20, "path": 40, "rule": 24, "finding_id": 30,
}  # fmt: skip
_WRAPPED = {"message_zh", "message_en", "passages", "mentions"}
# What XML cannot hold, and the form that Excel would read as such a character.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARK = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class _Book:
    """A workbook with the formats that its sheets share."""

    def __init__(self, buffer: io.BytesIO) -> None:
        from xlsxwriter import Workbook

        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook: Workbook = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **plain})
        # The day that a ZIP archive begins to count from: the same input gives the same bytes.
        self.workbook.set_properties({"title": "heshu 核數", "created": datetime(1980, 1, 1)})
        self.head = self.workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "bottom": 1}
        )
        self.text = self._format({"num_format": "@"})
        self.wrapped = self._format({"num_format": "@", "text_wrap": True})
        self.number = self._format({"num_format": "#,##0"})
        self.decimals = self._format({"num_format": "#,##0.0#########"})
        self.plain = self._format({"num_format": "0"})
        self.day = self._format({"num_format": "yyyy-mm-dd"})
        self.link = self._format({"font_color": "#0B5CAD", "underline": 1})

    def _format(self, properties: dict[str, object]) -> Format:
        return self.workbook.add_format({"valign": "top", **properties})

    def sheet(self, name: str, heads: Sequence[tuple[str, float]], rows: int, frozen: int = 1) -> Worksheet:
        """A sheet with its head, which stays in sight and filters."""
        sheet = self.workbook.add_worksheet(name)
        for column, (head, width) in enumerate(heads):
            sheet.write_string(0, column, fit(head), self.head)
            sheet.set_column(column, column, width)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(rows, 1), len(heads) - 1)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, kind: Column, value: object) -> None:
        """One value in the form that its column has."""
        if value is None:
            return
        if kind.type == "date":
            day = date.fromisoformat(str(value))
            if day.year >= 1900:
                sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), self.day)
            else:
                sheet.write_string(row, column, str(value), self.text)
        elif kind.type in ("exact", "decimal"):
            self.amount(sheet, row, column, str(value))
        elif kind.type == "integer":
            sheet.write_number(row, column, int(str(value)), self.plain)
        elif kind.type == "boolean":
            sheet.write_boolean(row, column, bool(value))
        else:
            form = self.wrapped if kind.name in _WRAPPED else self.text
            told = in_words(str(value)) if kind.values else _told(value)
            sheet.write_string(row, column, fit(told), form)

    def amount(self, sheet: Worksheet, row: int, column: int, written: str) -> None:
        """A number; as text where a spreadsheet would lose digits of it, and where it is a fraction."""
        if "/" in written or len(Decimal(written).as_tuple().digits) > _DIGITS:
            sheet.write_string(row, column, written, self.text)
            return
        number = Decimal(written)
        whole = number == number.to_integral_value()
        sheet.write_number(row, column, float(number), self.number if whole else self.decimals)


def workbook(tables: Tables) -> bytes:
    """The bytes of the workbook."""
    buffer = io.BytesIO()
    book = _Book(buffer)
    rows = {str(record["fact_id"]): at for at, record in enumerate(tables.facts[:_ROWS], start=1)}
    _findings(book, tables.findings, rows)
    _records(book, FACTS, tables.facts)
    _series(book, panel(tables.series))
    _records(book, REPORTS, tables.reports)
    _about(book, tables)
    book.workbook.close()
    return buffer.getvalue()


def fit(text: str) -> str:
    """Text as a cell can hold it."""
    return _MARK.sub("_x005F_", _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text))[:_LONGEST]


def in_words(code: str) -> str:
    """A code that data goes by as people read it, in both languages: 矛盾 contradiction."""
    words = CODES.get(code)
    return f"{words.zh} {words.en}" if words else code


def _told(value: object) -> str:
    """Lists one below the other; of a figure or a quotation, its text."""
    if isinstance(value, list):
        return "\n".join(_told(each) for each in value)
    if isinstance(value, dict):
        place = f"{value['report']}:{value['line']} " if "line" in value else ""
        return f"{place}{value['text']}"
    return str(value)


def _heads(table: Table) -> list[tuple[str, float]]:
    return [(f"{column.title}\n{column.name}", _WIDTHS.get(column.name, 13)) for column in table.columns]


def _records(book: _Book, table: Table, records: Sequence[Record]) -> None:
    sheet = book.sheet(table.name, _heads(table), min(len(records), _ROWS))
    for row, record in enumerate(records[:_ROWS], start=1):
        for at, column in enumerate(table.columns):
            book.write(sheet, row, at, column, record.get(column.name))


def _findings(book: _Book, findings: Sequence[Record], fact_rows: Mapping[str, int]) -> None:
    """The findings; behind each, links to the rows of its facts."""
    columns = [column for column in FINDINGS.columns if column.name not in ("relation_id", "fact_ids")]
    links = max((len(_ids(record)) for record in findings), default=0)
    heads = [(f"{column.title}\n{column.name}", float(_WIDTHS.get(column.name, 13))) for column in columns]
    heads += [(f"事實 {number}\nfact {number}", 13.0) for number in range(1, links + 1)]
    sheet = book.sheet(FINDINGS.name, heads, len(findings))
    for row, record in enumerate(findings, start=1):
        for at, column in enumerate(columns):
            book.write(sheet, row, at, column, record.get(column.name))
        # Links that cannot be followed are left out: a sheet ends, and so does the number of links in it.
        for at, identity in enumerate(_ids(record), start=len(columns)):
            target = fact_rows.get(identity)
            if target is not None and row * links < 60_000:
                sheet.write_url(
                    row, at, f"internal:'{FACTS.name}'!A{target + 1}", book.link, f"{FACTS.name} {target + 1}"
                )
    severity = next(at for at, column in enumerate(columns) if column.name == "severity")
    for name, gravity in SEVERITIES.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{in_words(name)}"',
            "format": book.workbook.add_format({"bg_color": gravity.shade}),
        }
        sheet.conditional_format(1, severity, max(len(findings), 1), severity, rule)


def _ids(record: Record) -> list[str]:
    found = record["fact_ids"]
    return [str(each) for each in found] if isinstance(found, list) else []


def _series(book: _Book, found: Panel) -> None:
    """One row a series, one column a period; the longest series as charts on a sheet beside it."""
    heads = [
        ("指標\nindicator", 40.0),
        ("類別\ncategory", 14.0),
        ("機關\nagency", 24.0),
        ("單位\nunit", 8.0),
        ("性質\nrole", 9.0),
    ]
    heads += [("期數\nperiods", 8.0)]
    sheet = book.sheet("series", [*heads, *((period, 12.0) for period in found.periods)], len(found.lines))
    positions = {period: at for at, period in enumerate(found.periods, start=len(heads))}
    for row, line in enumerate(found.lines, start=1):
        for at, text in enumerate((line.indicator, line.category, line.agency, line.unit, line.role)):
            if text is not None:
                sheet.write_string(row, at, fit(in_words(text) if at == _ROLE else text), book.text)
        sheet.write_number(row, len(heads) - 1, len(line.values), book.plain)
        for period, value in line.values.items():
            book.amount(sheet, row, positions[period], value)
    _charts(book, found.main(_CHARTS))


def _charts(book: _Book, main: Sequence[Line]) -> None:
    """The longest series, each as a small table with its chart beside it."""
    if not main:
        return
    sheet = book.workbook.add_worksheet("charts")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 18)
    for number, line in enumerate(main):
        top = number * _BLOCK
        sheet.write_string(top, 0, fit(line.name), book.head)
        sheet.write_string(top, 1, fit(line.agency or ""), book.head)
        periods = line.comparable[-(_BLOCK - 3) :]
        for row, period in enumerate(periods, start=top + 1):
            sheet.write_string(row, 0, period, book.text)
            book.amount(sheet, row, 1, line.values[period])
        chart = book.workbook.add_chart({"type": "line"})
        assert chart is not None, "a kind of chart that there is"
        bottom = top + len(periods)
        chart.add_series(
            {
                "name": ["charts", top, 0],
                "categories": ["charts", top + 1, 0, bottom, 0],
                "values": ["charts", top + 1, 1, bottom, 1],
                "marker": {"type": "circle", "size": 5},
            }
        )
        chart.set_title({"name": ["charts", top, 0], "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"name": line.unit or "", "num_format": "#,##0.##", "major_gridlines": {"visible": True}})
        chart.set_size({"width": 620, "height": 300})
        sheet.insert_chart(top, 3, chart)


def _about(book: _Book, tables: Tables) -> None:
    """What each sheet and column holds."""
    sheet = book.sheet(
        "about", [("表\ntable", 12), ("欄\ncolumn", 16), ("名稱\nname", 12), ("說明", 60), ("meaning", 70)], 0
    )
    row = 0
    for table in TABLES.values():
        row += 1
        count = len(tables.rows(table.name))
        for at, text in enumerate(
            (table.name, "", table.title, f"{table.zh}（{count:,} 列）", f"{table.en} ({count:,} rows)")
        ):
            sheet.write_string(row, at, text, book.head)
        for column in table.columns:
            row += 1
            for at, text in enumerate((table.name, column.name, column.title, column.zh, column.en)):
                sheet.write_string(row, at, text, book.wrapped)
