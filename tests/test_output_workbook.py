"""The workbook, read back: what its sheets hold and how they behave."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from heshu.model import Audit
from heshu.notation import Language, calendar
from heshu.output.columns import TABLES
from heshu.output.panel import Panel
from heshu.output.tables import tables
from heshu.output.workbook import fit, workbook

openpyxl = pytest.importorskip("openpyxl")


def opened(audit: Audit):  # type: ignore[no-untyped-def]
    return openpyxl.load_workbook(io.BytesIO(b"".join(workbook(tables(audit)))))


@pytest.fixture(scope="module")
def book(samples_audit: Audit):  # type: ignore[no-untyped-def]
    return opened(samples_audit)


TITLES = {column.name: column.title for table in TABLES.values() for column in table.columns}


def column(sheet, name: str) -> int:  # type: ignore[no-untyped-def]
    """The number of a column, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == TITLES[name])


def test_the_sheets_are_these(book) -> None:  # type: ignore[no-untyped-def]
    assert [name for name in book.sheetnames if name != "圖表"] == ["發現", "事實", "數列", "報告", "說明"]


@pytest.mark.parametrize("name", ["發現", "事實", "數列", "報告", "說明"])
def test_heads_stay_in_sight_and_filter(book, name: str) -> None:  # type: ignore[no-untyped-def]
    sheet = book[name]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert all(cell.value and cell.font.bold for cell in sheet[1])
    assert all(sheet.column_dimensions[letter].width for letter in "ABC")


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-TW", "「326人」改為 328人\n「165人」改為 163人\n「163人」改為 161人"), ("en", "“326人” to 328人")],
)
def test_what_would_mend_a_finding_is_told_in_words(samples_audit: Audit, language: Language, told: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(tables(samples_audit), language)))).worksheets[0]
    assert any(str(cell.value).startswith(told) for row in sheet.iter_rows() for cell in row)


def test_facts_are_all_there_as_numbers_days_and_text(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    sheet, facts = book["事實"], tables(samples_audit).facts
    assert sheet.max_row == len(facts) + 1
    value, day, text = column(sheet, "value"), column(sheet, "period_start"), column(sheet, "text")
    for row, fact in enumerate(facts, start=2):
        cell = sheet.cell(row, value)
        if "/" in str(fact["value"]):
            assert cell.value == fact["value"]
        elif len(str(fact["value"])) < 15:
            assert cell.value == pytest.approx(float(str(fact["value"])))
            assert cell.number_format.startswith("#,##0")
        assert sheet.cell(row, text).value == fact["text"]
        if fact["period_start"]:
            assert sheet.cell(row, day).value.date().isoformat() == fact["period_start"]


def test_a_finding_links_to_the_rows_of_its_facts(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    sheet, facts = book["發現"], book["事實"]
    findings = tables(samples_audit).findings
    linked = 0
    for row, finding in enumerate(findings, start=2):
        targets = [cell.hyperlink.location for cell in sheet[row] if cell.hyperlink]
        rows = [int(target.rsplit("A", 1)[1]) for target in targets]
        assert [facts.cell(target, 1).value for target in rows] == finding["fact_ids"]
        linked += len(rows)
    assert linked > len(findings)


def test_findings_print_across_a_page_with_room_for_what_is_decided(book) -> None:  # type: ignore[no-untyped-def]
    sheet = book["發現"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide is what is meant where nothing is said
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert int(sheet.page_setup.fitToHeight) == 0
    assert sheet.print_title_rows == "$1:$1"
    heads = [cell.value for cell in sheet[1]]
    last = heads.index("理由")
    assert heads[: last + 1] == ["嚴重程度", "報告", "行", "說明", "改正", "原文", "處理情形", "理由"]
    assert sheet.print_area.startswith(f"'發現'!$A$1:${sheet.cell(1, last + 1).column_letter}$")
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"接受,不予追究,已質詢"'


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_workbook_is_in_the_language_of_its_reader(made_audit: Audit, language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(tables(made_audit), language))))
    told = [*book.sheetnames, *(str(cell.value) for sheet in book for cell in sheet[1])]
    chinese = [one for one in told if re.search("[\u4e00-\u9fff]", one)]
    assert len(chinese) == (0 if language == "en" else len(told))
    severities = [cell.value for cell in book.worksheets[0]["A"]][1:]
    assert severities == [{"zh-TW": "矛盾", "en": "contradiction"}[language]]


def test_nothing_is_a_formula(made_audit: Audit) -> None:
    (extraction,) = made_audit.extractions
    evil = ["=1+1", "+1", "-x", "@x", "\tx", '=HYPERLINK("x")', "http://x.example", "1e5"]
    facts = tuple(replace(fact, indicator=text) for fact, text in zip(extraction.facts * 2, evil, strict=True))
    sheet = opened(replace(made_audit, extractions=(replace(extraction, facts=facts),)))["事實"]
    cells = [sheet.cell(row, column(sheet, "indicator")) for row in range(2, len(evil) + 2)]
    assert [cell.value for cell in cells] == evil
    assert all(cell.data_type == "s" and not cell.hyperlink for cell in cells)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain", "plain"),
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
        ("_x0041_", "_x005F_x0041_"),
        ("長" * 40_000, "長" * 32_767),
    ],
    ids=["plain", "control", "escape", "long"],
)  # fmt: skip
def test_a_cell_holds_what_it_can(text: str, cell: str) -> None:
    assert fit(text) == cell


def test_long_numbers_keep_their_digits(made_audit: Audit) -> None:
    from decimal import Decimal

    (extraction,) = made_audit.extractions
    exact = Decimal("12345678901234567890.5")
    fact = replace(extraction.facts[0], mention=replace(extraction.facts[0].mention, value=exact))
    sheet = opened(replace(made_audit, extractions=(replace(extraction, facts=(fact,)),)))["事實"]
    assert sheet.cell(2, column(sheet, "value")).value == str(exact)


def test_the_panel_is_wide(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    found = Panel(tables(samples_audit).series)
    sheet = book["數列"]
    assert sheet.max_row == found.size + 1
    assert [cell.value for cell in sheet[1]][-len(found.periods) :] == [calendar(period).zh for period in found.periods]
    assert all(sum(cell.value is not None for cell in row[6:]) >= 2 for row in sheet.iter_rows(min_row=2))


def test_the_main_series_have_charts(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    main = Panel(tables(samples_audit).series).main(8)
    assert bool(main) == ("圖表" in book.sheetnames)
    if main:
        assert len(book["圖表"]._charts) == len(main)


def test_every_column_is_told_on_the_last_sheet(book) -> None:  # type: ignore[no-untyped-def]
    told = {(row[0].value, row[2].value) for row in book["說明"].iter_rows(min_row=2)}
    assert told >= {(table.title, each.name) for table in TABLES.values() for each in table.columns}


# Comma, double quotes, UTF-8: without it the office writes in the encoding of the machine.
AS_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"


def test_libreoffice_opens_it(samples_audit: Audit, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "audit.xlsx").write_bytes(b"".join(workbook(tables(samples_audit))))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", AS_UTF8, "--outdir",
               str(tmp_path), str(tmp_path / "audit.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert "發現代碼" in (tmp_path / "audit.csv").read_text(encoding="utf-8")


def test_a_large_one_says_the_same(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    large = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(tables(samples_audit), large=10))))
    assert large.sheetnames == book.sheetnames
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [[cell.value for cell in row] for row in large[sheet.title].iter_rows()] == rows


def test_rows_that_a_sheet_cannot_hold_are_told(samples_audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heshu.output.workbook._ROWS", 100)
    book = opened(samples_audit)
    facts = len(tables(samples_audit).facts)
    assert book["事實"].max_row == 101
    told = [str(row[3].value) for row in book["說明"].iter_rows(min_row=2) if row[0].value == "事實"]
    assert f"只容得下前 100 列，其餘 {facts - 100:,} 列見 facts.csv" in told[0]
