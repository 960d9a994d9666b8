"""The workbook, read back: what its sheets hold and how they behave."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from heshu.model import Audit
from heshu.output.columns import TABLES
from heshu.output.panel import panel
from heshu.output.tables import tables
from heshu.output.workbook import fit, workbook

openpyxl = pytest.importorskip("openpyxl")


def opened(audit: Audit):  # type: ignore[no-untyped-def]
    return openpyxl.load_workbook(io.BytesIO(workbook(tables(audit))))


@pytest.fixture(scope="module")
def book(samples_audit: Audit):  # type: ignore[no-untyped-def]
    return opened(samples_audit)


def column(sheet, name: str) -> int:  # type: ignore[no-untyped-def]
    """The number of a column, from 1."""
    return next(cell.column for cell in sheet[1] if str(cell.value).endswith(f"\n{name}"))


def test_the_sheets_are_these(book) -> None:  # type: ignore[no-untyped-def]
    assert [name for name in book.sheetnames if name != "charts"] == ["findings", "facts", "series", "reports", "about"]


@pytest.mark.parametrize("name", ["findings", "facts", "series", "reports", "about"])
def test_heads_stay_in_sight_and_filter(book, name: str) -> None:  # type: ignore[no-untyped-def]
    sheet = book[name]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert all(cell.value and cell.font.bold for cell in sheet[1])
    assert all(sheet.column_dimensions[letter].width for letter in "ABC")


def test_facts_are_all_there_as_numbers_days_and_text(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    sheet, facts = book["facts"], tables(samples_audit).facts
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
    sheet, facts = book["findings"], book["facts"]
    findings = tables(samples_audit).findings
    linked = 0
    for row, finding in enumerate(findings, start=2):
        targets = [cell.hyperlink.location for cell in sheet[row] if cell.hyperlink]
        rows = [int(target.rsplit("A", 1)[1]) for target in targets]
        assert [facts.cell(target, 1).value for target in rows] == finding["fact_ids"]
        linked += len(rows)
    assert linked > len(findings)


def test_nothing_is_a_formula(made_audit: Audit) -> None:
    (extraction,) = made_audit.extractions
    evil = ["=1+1", "+1", "-x", "@x", "\tx", '=HYPERLINK("x")', "http://x.example", "1e5"]
    facts = tuple(replace(fact, indicator=text) for fact, text in zip(extraction.facts * 2, evil, strict=True))
    sheet = opened(replace(made_audit, extractions=(replace(extraction, facts=facts),)))["facts"]
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
    sheet = opened(replace(made_audit, extractions=(replace(extraction, facts=(fact,)),)))["facts"]
    assert sheet.cell(2, column(sheet, "value")).value == str(exact)


def test_the_panel_is_wide(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    found = panel(tables(samples_audit).series)
    sheet = book["series"]
    assert sheet.max_row == len(found.lines) + 1
    assert [cell.value for cell in sheet[1]][-len(found.periods) :] == list(found.periods)
    assert all(sum(cell.value is not None for cell in row[6:]) >= 2 for row in sheet.iter_rows(min_row=2))


def test_the_main_series_have_charts(book, samples_audit: Audit) -> None:  # type: ignore[no-untyped-def]
    main = panel(tables(samples_audit).series).main(8)
    assert bool(main) == ("charts" in book.sheetnames)
    if main:
        assert len(book["charts"]._charts) == len(main)


def test_every_column_is_told_on_the_last_sheet(book) -> None:  # type: ignore[no-untyped-def]
    told = {(row[0].value, row[1].value) for row in book["about"].iter_rows(min_row=2)}
    assert told >= {(table.name, each.name) for table in TABLES.values() for each in table.columns}


# Comma, double quotes, UTF-8: without it the office writes in the encoding of the machine.
AS_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"


def test_libreoffice_opens_it(samples_audit: Audit, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "audit.xlsx").write_bytes(workbook(tables(samples_audit)))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", AS_UTF8, "--outdir",
               str(tmp_path), str(tmp_path / "audit.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert "finding_id" in (tmp_path / "audit.csv").read_text(encoding="utf-8")
