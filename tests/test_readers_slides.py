"""Slides: in the order in which they are shown, with their titles and tables, and without notes and furniture."""

from __future__ import annotations

from heshu.corpus.parsed import Paragraph, Table
from heshu.corpus.read import read_bytes
from heshu.corpus.readers import odf as odf_reader
from heshu.corpus.readers import pptx as pptx_reader
from heshu.pipeline import extract

from .made import odt, pptx


def text(words: str, kind: str = "body") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in words.split("\n"))
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>'


def cell(words: str, more: str = "") -> str:
    return f"<a:tc {more}><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc>"


TABLE = (
    "<p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
    "<a:tr>" + cell("區別") + cell("人數", 'gridSpan="2"') + cell("", 'hMerge="1"') + "</a:tr>"
    "<a:tr>" + cell("青嵐區") + cell("1,203") + cell("1,250") + "</a:tr>"
    "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


def test_slides_are_read_in_the_order_in_which_they_are_shown() -> None:
    parsed = pptx_reader.read(
        pptx(
            text("成果", "title") + text("計有409人。\n另辦理12場次。") + text("3", "sldNum"),
            text("簡報", "ctrTitle"),
            order=(2, 1),
        )
    )
    assert [(part.text, part.kind, part.page) for part in parsed.elements if isinstance(part, Paragraph)] == [
        ("簡報", "heading", 1),
        ("成果", "heading", 2),
        ("計有409人。", "text", 2),
        ("另辦理12場次。", "text", 2),
    ]


def test_a_table_of_a_slide_has_its_merged_cells() -> None:
    (table,) = [part for part in pptx_reader.read(pptx(TABLE)).elements if isinstance(part, Table)]
    assert [(each.text, each.row, each.column, each.column_span) for each in table.cells] == [
        ("區別", 0, 0, 1),
        ("人數", 0, 1, 2),
        ("青嵐區", 1, 0, 1),
        ("1,203", 1, 1, 1),
        ("1,250", 1, 2, 1),
    ]


def test_groups_are_looked_into_and_links_are_not_followed() -> None:
    parsed = pptx_reader.read(pptx(f"<p:grpSp>{text('計有409人。')}</p:grpSp>"))
    assert [part.text for part in parsed.elements if isinstance(part, Paragraph)] == ["計有409人。"]


def test_slides_of_opendocument_are_pages() -> None:
    page = "<draw:page><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
    parsed = odf_reader.read(odt(page.format("計有409人。") + page.format("另有12場次。"), kind="presentation"))
    assert parsed.format == "odp"
    assert [(part.text, part.page) for part in parsed.elements if isinstance(part, Paragraph)] == [
        ("計有409人。", 1),
        ("另有12場次。", 2),
    ]


def test_figures_of_slides_become_facts() -> None:
    report = read_bytes(
        pptx(text("青嵐市政府113年成果簡報", "ctrTitle"), text("參加", "title") + text("計有409人參加。")), "a.pptx"
    )
    (fact,) = extract(report).facts
    assert (str(fact.mention.value), fact.mention.unit, fact.page) == ("409", "人", 2)
