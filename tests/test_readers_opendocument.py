"""ODT and ODS: lists and their numbers, notes, changes, spans, and sheets as they show."""

from __future__ import annotations

from heshu.corpus.parsed import Paragraph, Table
from heshu.corpus.readers import odf as reader

from .made import odt, odt_paragraph


def texts(body: str, styles: str = "") -> list[str]:
    return [part.text for part in reader.read(odt(body, styles)).elements if isinstance(part, Paragraph)]


LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）"/>'
    "</text:list-style>"
)


def listed(*items: str) -> str:
    return f"<text:list text:style-name='L'>{''.join(f'<text:list-item>{item}</text:list-item>' for item in items)}</text:list>"


def test_lists_are_numbered_as_they_show() -> None:
    inner = f"<text:list>{''.join(f'<text:list-item>{odt_paragraph(text)}</text:list-item>' for text in ('訓練', '宣導'))}</text:list>"
    body = listed(odt_paragraph("前言"), odt_paragraph("辦理") + inner + odt_paragraph("補充"))
    assert texts(body, LISTS) == ["一、前言", "二、辦理", "（1）訓練", "（2）宣導", "補充"]


def test_a_list_may_go_on_behind_other_text() -> None:
    again = listed(odt_paragraph("乙")).replace("style-name='L'", "style-name='L' text:continue-numbering='true'")
    assert texts(listed(odt_paragraph("甲")) + odt_paragraph("中間") + again, LISTS) == ["一、甲", "中間", "二、乙"]


def test_headings_have_their_level() -> None:
    (part,) = reader.read(odt('<text:h text:outline-level="2">訓練成果</text:h>')).elements
    assert isinstance(part, Paragraph)
    assert (part.kind, part.level, part.text) == ("heading", 2, "訓練成果")


def test_deleted_text_comments_and_readings_do_not_show() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>刪12人</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>計<office:annotation><text:p>批註3</text:p></office:annotation>有<text:span>15</text:span>人</text:p>"
    )
    assert texts(body) == ["計有15人"]


def test_a_note_stands_behind_its_paragraph_and_shows_no_number_in_it() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>含約僱3人。</text:p></text:note-body></text:note>"
    parts = reader.read(odt(f"<text:p>員額26{note}人</text:p>")).elements
    assert [(part.text, part.kind) for part in parts if isinstance(part, Paragraph)] == [
        ("員額26人", "text"),
        ("含約僱3人。", "footnote"),
    ]


def test_blanks_breaks_frames_and_pages() -> None:
    body = (
        '<text:p>甲<text:s text:c="3"/>乙<text:line-break/>丙<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box>'
        "</draw:frame></text:p><text:soft-page-break/><text:p>次頁</text:p>"
    )
    parts = [part for part in reader.read(odt(body)).elements if isinstance(part, Paragraph)]
    assert [(part.text, part.page) for part in parts] == [("甲   乙", None), ("丙", None), ("框", None), ("次頁", 2)]


def test_spans_of_a_table() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>人數</text:p></table:table-cell><table:covered-table-cell/>'
        "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-repeated="1"><text:p>男</text:p></table:table-cell>'
        "<table:table-cell><text:p>205</text:p></table:table-cell></table:table-row></table:table>"
    )
    (table,) = reader.read(odt(body)).elements
    assert isinstance(table, Table)
    assert table.head_rows == 1
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells] == [
        ("人數", 0, 0, 2),
        ("男", 1, 0, 1),
        ("205", 1, 1, 1),
    ]


def sheet(*rows: str) -> bytes:
    return odt(f'<table:table table:name="表">{"".join(rows)}</table:table>', kind="spreadsheet")


def cell(text: str, value: str = "", more: str = "") -> str:
    typed = f'office:value-type="float" office:value="{value}"' if value else ""
    return f"<table:table-cell {typed} {more}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_a_sheet_shows_what_is_displayed_not_what_is_stored() -> None:
    data = sheet(row(cell("區別"), cell("比率")), row(cell("東溪區"), cell("12.5%", "0.12483")), row(cell("西溪區"), cell("8.0%", "0.0801")))  # fmt: skip
    (table,) = reader.read(data).elements
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["區別", "比率", "東溪區", "12.5%", "西溪區", "8.0%"]


def test_rows_and_columns_repeated_without_end_are_told_once() -> None:
    empty = row(
        "<table:table-cell table:number-columns-repeated='16384'/>", more="table:number-rows-repeated='1048576'"
    )
    data = sheet(row(cell("區別"), cell("人數")), row(cell("東溪區"), cell("12", "12")), row(cell("西溪區"), cell("9", "9")), empty)  # fmt: skip
    (table,) = reader.read(data).elements
    assert isinstance(table, Table)
    assert len(table.cells) == 6
