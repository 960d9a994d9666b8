"""Workbooks and CSV: a printed sheet with its titles, unit, heads of several rows, notes, and what comes again a page."""

from __future__ import annotations

import io

import openpyxl
import pytest
from heshu.corpus.parsed import Element, Paragraph, Table
from heshu.corpus.read import read_bytes
from heshu.corpus.readers import xls as xls_reader
from heshu.corpus.readers import xlsx as xlsx_reader
from heshu.corpus.readers.delimited import sheet_of
from heshu.corpus.readers.number_formats import shown
from heshu.corpus.readers.sheets import printed_over
from heshu.pipeline import extract

from .made import xls, xlsx

BUDGET = [
    ["青嵐市地方總預算", None, None, None, None],
    ["歲入歲出簡明比較表", None, None, None, None],
    ["中華民國113年度", None, None, None, "單位：新臺幣千元"],
    ["項目", "本年度預算數", None, "上年度預算數", None],
    [None, "金額", "%", "金額", "%"],
    ["合計", 5000, 100, 4000, 100],
    ["1.稅課收入", 3500, 70, 2800, 70],
    ["2.補助收入", 1500, 30, 1200, 30],
    ["註：不含特別預算。", None, None, None, None],
]


def shape(elements: list[Element] | tuple[Element, ...]) -> list[str]:
    return [f"{part.kind}: {part.text}" if isinstance(part, Paragraph) else "table" for part in elements]


def facts(data: bytes, suffix: str) -> list[tuple[str, str | None, str, str | None, str | None, str]]:
    extraction = extract(read_bytes(data, f"budget{suffix}", suffix=suffix))
    return [
        (fact.indicator, fact.category, str(fact.mention.value), fact.mention.unit, str(fact.period), fact.role)
        for fact in extraction.facts
    ]


READ = [
    ("稅課收入預算數", None, "3500000", "元", "2024", "target"),
    ("稅課收入預算數占比", None, "70", "%", "2024", "target"),
    ("稅課收入預算數", None, "2800000", "元", "2023", "target"),
    ("稅課收入預算數占比", None, "70", "%", "2023", "target"),
]


def test_titles_unit_heads_and_notes_of_a_printed_sheet() -> None:
    parsed = xlsx_reader.read(xlsx(BUDGET, ["B4:C4", "D4:E4"]))
    assert shape(parsed.elements) == [
        "heading: 青嵐市地方總預算 歲入歲出簡明比較表 中華民國113年度",
        "text: 單位：新臺幣千元",
        "table",
        "text: 註：不含特別預算。",
    ]
    table = parsed.elements[2]
    assert isinstance(table, Table)
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells[:4]] == [
        ("項目", 0, 0, 1),
        ("本年度預算數", 0, 1, 2),
        ("上年度預算數", 0, 3, 2),
        ("金額", 1, 1, 1),
    ]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (
            '&C&"標楷體,粗體"&14青嵐市地方總預算\n中華民國113年度&R單位：新臺幣千元\n第&P頁共&N頁',
            ("青嵐市地方總預算", "中華民國113年度", "單位：新臺幣千元"),
        ),
        ('&L&D&C&"-,Bold"&K000000收入&&支出&R&P', ("收入&支出",)),
        ("&P", ()),
    ],
)
def test_what_is_printed_over_each_page_is_told_without_its_codes(code: str, lines: tuple[str, ...]) -> None:
    assert printed_over(code) == lines


def test_title_and_unit_may_be_printed_over_the_pages_alone() -> None:
    book = openpyxl.Workbook()
    for row in BUDGET[3:]:
        book.active.append(row)
    book.active.oddHeader.center.text = "青嵐市地方總預算\n歲入歲出簡明比較表\n中華民國113年度"
    book.active.oddHeader.right.text = "單位：新臺幣千元"
    for place in ("B1:C1", "D1:E1"):
        book.active.merge_cells(place)
    data = io.BytesIO()
    book.save(data)
    assert [fact for fact in facts(data.getvalue(), ".xlsx") if fact[0].startswith("稅課")] == READ


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv", ".tsv"])
def test_the_same_sheet_gives_the_same_facts_in_every_format(suffix: str) -> None:
    if suffix == ".xlsx":
        data = xlsx(BUDGET, ["B4:C4", "D4:E4"])
    elif suffix == ".xls":
        data = xls(BUDGET, [(3, 3, 1, 2), (3, 3, 3, 4)])
    else:
        # A file of values knows no merged cells: such heads are written over every column.
        rows = [row if number != 3 else ["項目", "本年度預算數", "本年度預算數", "上年度預算數", "上年度預算數"] for number, row in enumerate(BUDGET)]  # fmt: skip
        sign = "," if suffix == ".csv" else "\t"
        data = "\n".join(sign.join("" if cell is None else str(cell) for cell in row) for row in rows).encode("cp950")
    assert [fact for fact in facts(data, suffix) if fact[0].startswith("稅課收入")] == READ


def test_cells_without_a_unit_are_figures_and_running_numbers_are_none() -> None:
    rows = [["項次", "類別", "指數"], [1, "食物類", 102.5], [2, "衣著類", 98.1], [3, "居住類", 101.2]]
    assert [(value, unit) for _, _, value, unit, _, _ in facts(xlsx(rows), ".xlsx")] == [
        ("102.5", None),
        ("98.1", None),
        ("101.2", None),
    ]


@pytest.mark.parametrize("heads", [("111年", "112年"), (111, 112), ("民國111年度", "民國112年度")])
def test_years_as_heads_are_the_periods_of_their_columns(heads: tuple[object, ...]) -> None:
    rows: list[list[object]] = [["區別", *heads], ["東溪區", 310, 290], ["西溪區", 205, 214]]
    assert [(category, value, period) for _, category, value, _, period, _ in facts(xlsx(rows), ".xlsx")] == [
        ("東溪區", "310", "2022"),
        ("東溪區", "290", "2023"),
        ("西溪區", "205", "2022"),
        ("西溪區", "214", "2023"),
    ]


def test_accounts_by_columns_bear_the_names_of_those_above_where_theirs_says_too_little() -> None:
    rows = [
        ["款", "項", "名稱及編號", "本年度預算數", "上年度預算數"],
        [1, None, "秘書處主管", 90, 80],
        [None, 1, "一般行政", 90, 80],
        [2, None, "人事處主管", 60, 50],
        [None, 1, "一般行政", 60, 50],
    ]
    names = [name for name, *_ in facts(xlsx(rows), ".xlsx")]
    assert names[::2] == [
        "秘書處主管預算數",
        "秘書處主管/一般行政預算數",
        "人事處主管預算數",
        "人事處主管/一般行政預算數",
    ]


def test_heads_that_come_again_on_every_printed_page_are_told_once() -> None:
    head = [["區別", "人數"]]
    rows = [*head, ["東溪區", 12], ["西溪區", 9], *head, ["南溪區", 7], ["北溪區", 5]]
    parsed = xlsx_reader.read(xlsx(rows))
    assert shape(parsed.elements) == ["table", "residue: 區別", "residue: 人數"]
    table = parsed.elements[0]
    assert isinstance(table, Table)
    assert max(cell.row for cell in table.cells) == 4


def test_a_note_that_is_wrapped_over_rows_is_one_text() -> None:
    text = "科目,預算數,說明\n行政管理,120,本年度預算數120千元，較上年度增列\n,,10千元，主要係增列\n業務費,30,無\n其他,20,無\n設備,10,無\n"
    sheet = sheet_of(text, True)
    assert sheet is not None
    table = sheet.elements[0]
    assert isinstance(table, Table)
    note = next(cell for cell in table.cells if cell.text.startswith("本年度"))
    assert note.text == "本年度預算數120千元，較上年度增列 10千元，主要係增列"
    assert "".join(text[at] for at in note.offsets).startswith("本年度預算數120千元")


def test_offsets_of_a_table_of_values_are_those_of_the_file() -> None:
    data = '區別,人數\n"東溪區","1,234"\n西溪區,"2,345"\n南溪區,"3,456"\n'
    extraction = extract(read_bytes(data.encode(), "t.csv", suffix=".csv"))
    assert [data[m.start : m.end] for m in extraction.mentions] == ["1,234", "2,345", "3,456"]


@pytest.mark.parametrize(
    "text", ["計有12人,男5人,女7人。\n另有3人,皆為約僱。\n合計15人,較上年增加。\n", "壹、前言\n貳、計畫\n", ""]
)
def test_running_text_is_no_table_of_values(text: str) -> None:
    assert sheet_of(text, False) is None


def test_sheets_of_a_workbook_that_are_hidden_are_named() -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx([["區別", "人數"], ["東溪區", 12], ["西溪區", 9]])))
    hidden = book.create_sheet("草稿")
    hidden.append(["舊", 1])
    hidden.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    assert [(remark.code, remark.what) for remark in xlsx_reader.read(data.getvalue()).remarks] == [
        ("sheet-left-out", "草稿")
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "General", "1234.5"),
        (1234.5, "#,##0", "1,235"),
        (0.125, "0.0%", "12.5%"),
        (0.1 + 0.2, "General", "0.3"),
        (-1234, "#,##0;(#,##0)", "(1,234)"),
        (-5, '#,##0;"△"#,##0', "△5"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (1234567, "#,##0,", "1,235"),
        (3, '0"人"', "3人"),
        (2.5, "0.00_);[Red](0.00)", "2.50"),
        (2.5, "0.0#", "2.5"),
        (45292, "yyyy/m/d", "2024/1/1"),
        (45292, '[$-404]e"年"m"月"d"日"', "113年1月1日"),
        (1e300, "0", "1" + "0" * 300),
        (float("nan"), "0", ""),
    ],
)
def test_numbers_show_in_their_format(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_workbook_of_excel_97_shows_its_formats() -> None:
    (table,) = xls_reader.read(xls([["區別", "比率"], ["東溪區", 0.123], ["西溪區", 0.2]], code="0.0%")).elements
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells][3::2] == ["12.3%", "20.0%"]


def read_facts(rows: list[list[object]], suffix: str = ".xls") -> list[tuple[str, str | None, str, str | None, str]]:
    data = xls(rows) if suffix == ".xls" else "\n".join(",".join("" if cell is None else f'"{cell}"' for cell in row) for row in rows).encode()  # fmt: skip
    extraction = extract(read_bytes(data, f"budget{suffix}", suffix=suffix))
    assert not extraction.unread
    return [
        (fact.indicator, fact.category, str(fact.mention.value), str(fact.period), fact.role)
        for fact in extraction.facts
    ]


def test_heads_that_are_only_centred_over_their_columns_name_them() -> None:
    rows: list[list[object]] = [
        ["113年度青嵐市總預算簡明比較表", None, None, None, None],
        ["項目", "本年度預算數", None, "上年度預算數", None],
        [None, "金額", "百分比", "金額", "百分比"],
        ["1.稅課收入", 3500, 70, 2800, 71],
        ["2.補助收入", 1500, 30, 1200, 29],
    ]
    assert read_facts(rows)[2:4] == [
        ("稅課收入預算數", None, "2800", "2023", "target"),
        ("稅課收入預算數占比", None, "71", "2023", "target"),
    ]


def test_years_over_groups_of_rows_tell_what_their_figures_are() -> None:
    rows: list[list[object]] = [
        ["113年度各區預算表", None, None],
        ["項目", "(一)歲入", "(二)歲出"],
        ["本年度預算數", None, None],
        ["青嵐區", 3500, 3300],
        ["榕樹區", 1500, 1700],
        ["前年度決算數", None, None],
        ["青嵐區", 3100, 3000],
        ["榕樹區", 1400, 1600],
    ]
    found = read_facts(rows)
    assert found[0] == ("歲入預算數", "青嵐區", "3500", "2024", "target")
    assert found[-1] == ("歲出決算數", "榕樹區", "1600", "2022", "actual")


def test_account_numbers_without_a_head_are_no_figures() -> None:
    rows: list[list[object]] = [
        ["113年度青嵐市總預算", None, None, None, None],
        ["科目", None, None, "本年度預算數", "比較"],
        ["款", None, "名稱", None, None],
        [16, 16000, "青嵐處主管", "675,035", "-  3,981"],
        [1, 16001, "青嵐處", "436,650", 41],
    ]
    assert [value for _, _, value, _, _ in read_facts(rows)] == ["675035", "-3981", "436650", "41"]


def test_a_printed_sheet_goes_on_behind_the_heads_of_its_next_page() -> None:
    title = [["青嵐市總預算", "", "", ""], ["中華民國113年度", "", "", ""]]
    heads = [["款", "名稱", "本年度預算數", "說明"]]
    rows = [
        *title, *heads,
        ["1", "一般行政", "83", "本年度預算數之內容與上年度比較如下"],
        ["", "", "", "1.人員維持費 64,7"], ["7", "", "", ""],
        *title, *heads,
        ["1", "", "", "32元，單位及團體費用"], ["", "", "", "450元。"],
        ["2", "勞工福利", "12", "如列數。"],
    ]  # fmt: skip
    data = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()
    report = read_bytes(data, "budget.csv", suffix=".csv")
    (table,) = [block for block in report.blocks if block.cells]
    assert "64,732元,單位及團體費用450元。" in table.text
    assert [str(fact.mention.value) for fact in extract(report).facts] == ["83", "64732", "450", "12"]


def test_accounts_of_no_year_beside_a_budget_are_not_of_the_budgets_year() -> None:
    rows: list[list[object]] = [
        ["113年度青嵐市總預算簡明比較表", None, None],
        ["項目", "本年度預算數", "前次決算數"],
        ["1.稅課收入", 3500, 2800],
        ["2.補助收入", 1500, 1200],
    ]
    assert [(period, role) for _, _, _, period, role in read_facts(rows)][:2] == [
        ("2024", "target"),
        ("None", "actual"),
    ]
