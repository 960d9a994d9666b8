"""DOCX: what a reader of the printed page sees, as paragraphs and tables."""

from __future__ import annotations

import pytest
from heshu.corpus.parsed import Paragraph, Table
from heshu.corpus.readers import docx as reader

from .made import docx, word_paragraph, word_table, zipped

RUN = "<w:r><w:t>{}</w:t></w:r>"


def texts(body: str, **parts: str) -> list[str]:
    return [part.text for part in reader.read(docx(body, **parts)).elements if isinstance(part, Paragraph)]


def numbering(*levels: tuple[str, str]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (style, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def item(text: str, depth: int = 0) -> str:
    return word_paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')


def test_automatic_numbers_are_counted_and_shown() -> None:
    body = item("前言") + item("辦理情形") + item("訓練", 1) + item("宣導", 1) + item("結語") + item("附記", 1)
    levels = numbering(("ideographLegalTraditional", "%1、"), ("taiwaneseCountingThousand", "（%2）"))
    assert texts(body, numbering=levels) == [
        "壹、前言",
        "貳、辦理情形",
        "（一）訓練",
        "（二）宣導",
        "參、結語",
        "（一）附記",
    ]


@pytest.mark.parametrize(
    ("style", "text", "shown"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("decimalFullWidth", "%1．", ["１．", "２．"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("bullet", "*", ["•", "•"]),
        ("none", "", ["", ""]),
    ],
)
def test_styles_of_numbers(style: str, text: str, shown: list[str]) -> None:
    assert texts(item("天") + item("地"), numbering=numbering((style, text))) == [f"{shown[0]}天", f"{shown[1]}地"]


def test_numbers_that_come_with_the_style_of_a_paragraph() -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="own"/><w:basedOn w:val="a"/></w:style>'
    )
    body = word_paragraph("訓練", '<w:pStyle w:val="b"/>')
    (part,) = reader.read(docx(body, styles=styles, numbering=numbering(("decimal", "%1、")))).elements
    assert isinstance(part, Paragraph)
    assert (part.text, part.kind, part.level) == ("1、訓練", "heading", 2)


def test_changes_are_accepted() -> None:
    body = f"<w:p>{RUN.format('計有')}<w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins>{RUN.format('15')}</w:ins>{RUN.format('人')}</w:p>"
    assert texts(body) == ["計有15人"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = word_paragraph("計有409人", "<w:rPr><w:del/></w:rPr>") + word_paragraph("參加。")
    assert texts(body) == ["計有409人參加。"]


def test_hidden_text_fields_and_comments_do_not_show() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + RUN.format("3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
    assert texts(f"<w:p>{RUN.format('第')}{field}{RUN.format('案')}{hidden}</w:p>") == ["第3案"]


def test_text_boxes_are_read_once_behind_the_paragraph_that_holds_them() -> None:
    box = f"<w:txbxContent>{word_paragraph('框內12人')}</w:txbxContent>"
    body = f"<w:p>{RUN.format('正文')}<w:r><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:r></w:p>"
    assert texts(body) == ["正文", "框內12人"]


def test_a_footnote_stands_behind_its_paragraph_and_its_number_is_no_number_of_the_text() -> None:
    note = '<w:footnote w:id="2">' + word_paragraph("含約僱3人。") + "</w:footnote>"
    body = f'<w:p>{RUN.format("員額26")}<w:r><w:footnoteReference w:id="2"/></w:r>{RUN.format("人")}</w:p>'
    parts = reader.read(docx(body, footnotes=note)).elements
    assert [(part.text, part.kind) for part in parts if isinstance(part, Paragraph)] == [
        ("員額26人", "text"),
        ("含約僱3人。", "footnote"),
    ]


def test_a_table_of_contents_is_page_furniture() -> None:
    styles = '<w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    parts = reader.read(docx(word_paragraph("壹、前言 3", '<w:pStyle w:val="t"/>'), styles=styles)).elements
    assert [part.kind for part in parts if isinstance(part, Paragraph)] == ["residue"]


def test_merged_cells_have_their_spans() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{word_paragraph(text)}</w:tc>"

    def row(*cells: str, head: bool = False) -> str:
        return f"<w:tr><w:trPr>{'<w:tblHeader/>' * head}</w:trPr>{''.join(cells)}</w:tr>"

    first, further = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = "<w:tbl>{}{}{}</w:tbl>".format(
        row(cell("機關", first), cell("人數", '<w:gridSpan w:val="2"/>'), head=True),
        row(cell("", further), cell("男"), cell("女"), head=True),
        row(cell("秘書處"), cell("3"), cell("4")),
    )
    (table,) = reader.read(docx(body)).elements
    assert isinstance(table, Table)
    assert table.head_rows == 2
    assert [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        ("機關", 0, 0, 2, 1),
        ("人數", 0, 1, 1, 2),
        ("男", 1, 1, 1, 1),
        ("女", 1, 2, 1, 1),
        ("秘書處", 2, 0, 1, 1),
        ("3", 2, 1, 1, 1),
        ("4", 2, 2, 1, 1),
    ]


def test_a_table_that_only_arranges_text_is_text() -> None:
    long = "本府為辦理各項業務，訂定計畫並依限完成。" * 8
    assert texts(word_table([["說明", long], ["辦法", long]])) == ["說明", long, "辦法", long]


def test_both_varieties_of_the_format_are_read() -> None:
    document = '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body><d:p><d:r><d:t>計有9人</d:t></d:r></d:p></d:body></d:document>'
    (part,) = reader.read(zipped({"word/document.xml": document})).elements
    assert isinstance(part, Paragraph)
    assert part.text == "計有9人"
