"""The workbook: findings, facts, series with charts, reports, in the language of whoever reads it.

The findings leave room for what is decided on each, and print on a few pages. Nothing that a report says becomes a formula.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..notation import Both, Language, calendar
from .columns import FACTS, FINDINGS, REPORTS, TABLES, Column, Table
from .mending import ways
from .panel import Line, Panel
from .records import Record
from .tables import Tables
from .words import CODES, SEVERITIES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE = "heshu 核數"
"""What a workbook of ours says it is."""
_LONGEST = 32_767
"""Characters that a cell holds."""
_ROWS = 1_048_575
"""Rows that a sheet holds below its head."""
_CUT = Both(
    "；一張工作表只容得下前 {rows:,} 列，其餘 {left:,} 列見 {name}.csv 等資料檔",
    "; a sheet holds the first {rows:,} rows alone, the other {left:,} are in {name}.csv and the other data files",
)
LARGE = 60_000
"""With more rows than these, some 5 KB each, a workbook is no longer made in memory."""
_PART = 1 << 20
_DIGITS = 15
"""Digits that a spreadsheet's number holds; a longer number goes in as text, exact."""
_CHARTS = 8
_ROLE = 4
"""Which of the head columns of a series tells its role."""
_BLOCK = 17
"""Rows that a chart takes, the table beside it included."""
_WIDTHS = {
    "message_zh": 60, "message_en": 60, "indicator": 36, "section": 36, "title": 44, "mentions": 30, "passages": 80,
    "mends": 30, "agency": 24, "report": 26, "text": 16, "period": 20, "fact_ids": 20, "path": 40, "rule": 24, "finding_id": 30,
}  # fmt: skip
_WRAPPED = {"message_zh", "message_en", "passages", "mentions", "mends", "report"}
_SHEETS = {
    "findings": Both("發現", "findings"), "facts": Both("事實", "facts"), "series": Both("數列", "series"),
    "charts": Both("圖表", "charts"), "reports": Both("報告", "reports"), "about": Both("說明", "about"),
}  # fmt: skip
_FIRST = ("severity", "report", "line", "message_zh", "message_en", "mends", "passages")
"""The columns of a finding that are read and printed, before those in which it is decided."""
_PRINTED = {"severity": 11, "report": 17, "line": 6, "message_zh": 42, "message_en": 46, "mends": 19, "passages": 46}
"""Widths of the columns of a finding that are printed: with those of the decision, what goes across a page."""
_LINE = 15
"""Height of a line, in points; a spreadsheet does not measure wrapped text by itself when it opens a file."""
_HIGHEST = 405
DECIDED = (Both("處理情形", "decision"), Both("理由", "reason"))
CHOICES = (Both("接受", "accepted"), Both("不予追究", "dismissed"), Both("已質詢", "asked"))
_A4 = 9
"""The number that spreadsheets have for the paper."""
# What XML cannot hold, and the form that Excel would read as such a character.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARK = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class _Book:
    """A workbook with the formats that its sheets share."""

    def __init__(self, file: Path, language: Language, *, large: bool) -> None:
        from xlsxwriter import Workbook

        self.language = language

        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        # Of a large one, the row alone that is being written is in memory.
        held = {"constant_memory": True, "tmpdir": str(file.parent)} if large else {"in_memory": True}
        self.workbook: Workbook = Workbook(str(file), {**held, "default_date_format": "yyyy-mm-dd", **plain})
        # The day that a ZIP archive begins to count from: the same input gives the same bytes.
        self.workbook.set_properties({"title": TITLE, "created": datetime(1980, 1, 1)})
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
        return self.workbook.add_format({"valign": "top", "bottom": 4, "bottom_color": "#BFC5CC", **properties})

    def sheet(self, name: str, heads: Sequence[tuple[str, float]], rows: int, frozen: int = 1) -> Worksheet:
        """A sheet with its head, which stays in sight and filters."""
        sheet = self.workbook.add_worksheet(_SHEETS[name].of(self.language))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.fit_to_pages(1, 0)  # as wide as a page, as long as it is
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        for column, (head, width) in enumerate(heads):
            sheet.write_string(0, column, fit(head), self.head)
            sheet.set_column(column, column, width)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(rows, 1), len(heads) - 1)
        return sheet

    def head_of(self, column: Column) -> str:
        """The head of a column, for people."""
        return column.title if self.language == "zh-TW" else column.name.replace("_", " ")

    def in_words(self, code: str) -> str:
        """A code that data goes by as people read it."""
        words = CODES.get(code)
        return words.of(self.language) if words else code

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
            told = self.in_words(str(value)) if kind.values else _told(value)
            sheet.write_string(row, column, fit(told), form)

    def amount(self, sheet: Worksheet, row: int, column: int, written: str) -> None:
        """A number; as text where a spreadsheet would lose digits of it, and where it is a fraction."""
        if "/" in written or len(Decimal(written).as_tuple().digits) > _DIGITS:
            sheet.write_string(row, column, written, self.text)
            return
        number = Decimal(written)
        whole = number == number.to_integral_value()
        sheet.write_number(row, column, float(number), self.number if whole else self.decimals)


def workbook(tables: Tables, language: Language = "zh-TW", large: int = LARGE) -> Iterator[bytes]:
    """The bytes of the workbook. With more than ``large`` rows it is made on disk, each text in its cell."""
    with tempfile.TemporaryDirectory(prefix="heshu-", dir=tables.work) as folder:
        file = Path(folder, "audit.xlsx")
        size = len(tables.facts) + len(tables.series) + len(tables.reports)
        book = _Book(file, language, large=size > large)
        _findings(book, tables.findings, _rows_of_facts(tables))
        _records(book, FACTS, tables.facts)
        _series(book, Panel(tables.series))
        _records(book, REPORTS, tables.reports)
        _about(book, tables)
        book.workbook.close()
        with file.open("rb") as made:
            while part := made.read(_PART):
                yield part


def _rows_of_facts(tables: Tables) -> dict[str, int]:
    """On which row of their sheet the facts stand that findings tell of."""
    asked = {identity for record in tables.findings for identity in _ids(record)}
    shown = enumerate(islice(tables.facts, _ROWS), start=1)
    return {identity: at for at, record in shown if (identity := str(record["fact_id"])) in asked}


def fit(text: str) -> str:
    """Text as a cell can hold it."""
    return _MARK.sub("_x005F_", _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text))[:_LONGEST]


def _told(value: object) -> str:
    """Lists one below the other; of a figure or a quotation, its text."""
    if isinstance(value, list):
        return "\n".join(_told(each) for each in value)
    if isinstance(value, dict):
        place = f"{value['report']}:{value['line']} " if "line" in value else ""
        return f"{place}{value['text']}"
    return str(value)


def _heads(book: _Book, columns: Sequence[Column]) -> list[tuple[str, float]]:
    return [(book.head_of(column), float(_WIDTHS.get(column.name, 13))) for column in columns]


def _records(book: _Book, table: Table, records: Collection[Record]) -> None:
    sheet = book.sheet(table.name, _heads(book, table.columns), min(len(records), _ROWS))
    for row, record in enumerate(islice(records, _ROWS), start=1):
        for at, column in enumerate(table.columns):
            book.write(sheet, row, at, column, record.get(column.name))


def finding_columns(language: Language) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns of the findings before those of the decision, and behind them; messages in one language alone."""
    unspoken = "message_en" if language == "zh-TW" else "message_zh"
    known = {
        column.name: column for column in FINDINGS.columns if column.name not in ("relation_id", "fact_ids", unspoken)
    }
    first = tuple(known.pop(name) for name in _FIRST if name in known)
    return first, tuple(known.values())


def _findings(book: _Book, findings: Collection[Record], fact_rows: Mapping[str, int]) -> None:
    """The findings with room for the decision on each; behind each, links to the rows of its facts."""
    before, behind = finding_columns(book.language)
    links = max((len(_ids(record)) for record in findings), default=0)
    facts = _SHEETS["facts"].of(book.language)
    decision = [(head.of(book.language), width) for head, width in zip(DECIDED, (11.0, 24.0), strict=True)]
    printed = [(book.head_of(column), float(_PRINTED[column.name])) for column in before]
    numbered = [(f"{facts} {number}", 13.0) for number in range(1, links + 1)]
    sheet = book.sheet(FINDINGS.name, [*printed, *decision, *_heads(book, behind), *numbered], len(findings))
    places = [*enumerate(before), *enumerate(behind, start=len(before) + len(decision))]
    start = len(before) + len(decision) + len(behind)
    for row, record in enumerate(findings, start=1):
        told = {**record, "mends": [way.of(book.language) for way in ways(record)]}
        lines = max(
            _lines(_told(told[column.name]), _PRINTED[column.name]) for column in before if column.name in _WRAPPED
        )
        sheet.set_row(row, min(lines * _LINE + 3, _HIGHEST))
        for at, column in places:
            book.write(sheet, row, at, column, told.get(column.name))
        for at in range(len(before), len(before) + len(decision)):
            sheet.write_blank(row, at, None, book.wrapped)
        # Links that cannot be followed are left out: a sheet ends, and so does the number of links in it.
        for at, identity in enumerate(_ids(record), start=start):
            target = fact_rows.get(identity)
            if target is not None and row * links < 60_000:
                sheet.write_url(row, at, f"internal:'{facts}'!A{target + 1}", book.link, f"{facts} {target + 1}")
    last = max(len(findings), 1)
    choices = [choice.of(book.language) for choice in CHOICES]
    sheet.data_validation(1, len(before), last, len(before), {"validate": "list", "source": choices, "error_type": "warning"})  # fmt: skip
    sheet.print_area(0, 0, last, len(before) + len(decision) - 1)
    severity = next(at for at, column in places if column.name == "severity")
    for name, gravity in SEVERITIES.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{book.in_words(name)}"',
            "format": book.workbook.add_format({"bg_color": gravity.shade}),
        }
        sheet.conditional_format(1, severity, last, severity, rule)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters; a Chinese character is as wide as two."""
    return sum(1 + int(sum(1 + (ord(each) > 0x2E7F) for each in line) // width) for line in text.split("\n"))


def _ids(record: Record) -> list[str]:
    found = record["fact_ids"]
    return [str(each) for each in found] if isinstance(found, list) else []


def _series(book: _Book, found: Panel) -> None:
    """One row a series, one column a period; the longest series as charts on a sheet beside it."""
    told = {column.name: book.head_of(column) for column in FACTS.columns}
    named = (("indicator", 40.0), ("category", 14.0), ("agency", 24.0), ("unit", 8.0), ("role", 9.0))
    heads = [*((told[name], width) for name, width in named), (Both("期數", "periods").of(book.language), 8.0)]
    periods = [(calendar(period).of(book.language), 12.0) for period in found.periods]
    sheet = book.sheet("series", [*heads, *periods], found.size)
    positions = {period: at for at, period in enumerate(found.periods, start=len(heads))}
    for row, line in enumerate(islice(found.lines(), _ROWS), start=1):
        for at, text in enumerate((line.indicator, line.category, line.agency, line.unit, line.role)):
            if text is not None:
                sheet.write_string(row, at, fit(book.in_words(text) if at == _ROLE else text), book.text)
        sheet.write_number(row, len(heads) - 1, len(line.values), book.plain)
        for period, value in line.values.items():
            book.amount(sheet, row, positions[period], value)
    _charts(book, found.main(_CHARTS))


def _charts(book: _Book, main: Sequence[Line]) -> None:
    """The longest series, each as a small table with its chart beside it."""
    if not main:
        return
    name = _SHEETS["charts"].of(book.language)
    sheet = book.workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 18)
    for number, line in enumerate(main):
        top = number * _BLOCK
        sheet.write_string(top, 0, fit(line.name), book.head)
        sheet.write_string(top, 1, fit(line.agency or ""), book.head)
        periods = line.comparable[-(_BLOCK - 3) :]
        for row, period in enumerate(periods, start=top + 1):
            sheet.write_string(row, 0, calendar(period).of(book.language), book.text)
            book.amount(sheet, row, 1, line.values[period])
        chart = book.workbook.add_chart({"type": "line"})
        assert chart is not None, "a kind of chart that there is"
        bottom = top + len(periods)
        chart.add_series(
            {
                "name": [name, top, 0],
                "categories": [name, top + 1, 0, bottom, 0],
                "values": [name, top + 1, 1, bottom, 1],
                "marker": {"type": "circle", "size": 5},
            }
        )
        chart.set_title({"name": [name, top, 0], "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"name": line.unit or "", "num_format": "#,##0.##", "major_gridlines": {"visible": True}})
        chart.set_size({"width": 620, "height": 300})
        sheet.insert_chart(top, 3, chart)


def _about(book: _Book, tables: Tables) -> None:
    """What each sheet and column holds."""
    heads = (Both("表", "table"), Both("欄", "column"), Both("欄名", "name in the data"), Both("說明", "meaning"))
    widths = (12.0, 16.0, 16.0, 100.0)
    sheet = book.sheet("about", [(head.of(book.language), width) for head, width in zip(heads, widths, strict=True)], 0)
    row = 0
    for table in TABLES.values():
        row += 1
        count = len(tables.rows(table.name))
        told = Both(f"{table.zh}（{count:,} 列）", f"{table.en} ({count:,} rows)").of(book.language)
        if count > _ROWS and table.name in _SHEETS:
            told += _CUT.of(book.language).format(rows=_ROWS, left=count - _ROWS, name=table.name)
        sheet_name = Both(table.title, table.name).of(book.language)
        for at, text in enumerate((sheet_name, "", table.name, told)):
            sheet.write_string(row, at, text, book.head)
        for column in table.columns:
            row += 1
            meaning = Both(column.zh, column.en).of(book.language)
            for at, text in enumerate((sheet_name, book.head_of(column), column.name, meaning)):
                sheet.write_string(row, at, text, book.wrapped)
