"""A document as DOCX, for Word."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from .document import (
    CHINESE,
    LABELS,
    LATIN,
    LEADING,
    MARGIN,
    PAGE,
    SIZES,
    SPACES,
    Document,
    Grid,
    Paragraph,
    hanging,
    indent,
    settled,
)

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph as Written


def docx(document: Document) -> bytes:
    """The bytes of the file."""
    import docx as library
    from docx.shared import Cm

    made = library.Document()
    made.core_properties.title = document.title
    made.core_properties.subject = document.subject
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.core_properties.language = "zh-TW"
    made.core_properties.created = made.core_properties.modified = datetime(1980, 1, 1)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    _fonts(made)
    _numbered(section.footer.paragraphs[0])
    for piece in document.pieces:
        if isinstance(piece, Grid):
            table = made.add_table(rows=0, cols=2, style="Table Grid")
            _grid(table, piece)
            _fill(made.add_paragraph(), Paragraph(()))
        else:
            _fill(made.add_paragraph(), piece)
    buffer = io.BytesIO()
    made.save(buffer)
    return settled(buffer.getvalue())


def _fonts(made: object) -> None:
    """The faces of the body, Chinese and Latin, in Chinese as it is written in Taiwan."""
    from docx.oxml.ns import qn

    style = made.styles["Normal"]  # type: ignore[attr-defined]
    style.font.name = LATIN
    properties = style.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), CHINESE)
    language = properties.makeelement(qn("w:lang"), {qn("w:val"): "zh-TW", qn("w:eastAsia"): "zh-TW"})
    properties.append(language)


def _fill(paragraph: Written, told: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before, form.space_after = (Pt(space) for space in SPACES[told.style])
    form.line_spacing = 1.15 if told.style == "contact" else LEADING * 0.8  # Word's single line is 1.2 sizes or more
    form.left_indent = Pt(indent(told))
    form.first_line_indent = Pt(-hanging(told))
    form.keep_with_next = told.style == "head"
    if told.style == "title":
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if told.mark:
        _run(paragraph, told.mark, told, strong=False)
    for run in told.runs:
        _run(paragraph, run.text, told, strong=run.strong)


def _run(paragraph: Written, text: str, told: Paragraph, *, strong: bool) -> None:
    from docx.shared import Pt

    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        run.font.size = Pt(SIZES[told.style])
        run.bold = True if strong or told.style == "title" else None
        run.underline = True if strong else None


def _grid(table: Table, grid: Grid) -> None:
    from docx.shared import Cm

    table.autofit = False
    widths = (Cm(LABELS), Cm(PAGE[0] - 2 * MARGIN - LABELS))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for label, told in grid.rows:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        _fill(cells[0].paragraphs[0], Paragraph(()))
        _run(cells[0].paragraphs[0], label, Paragraph(()), strong=False)
        for number, paragraph in enumerate(told):
            _fill(cells[1].paragraphs[0] if number == 0 else cells[1].add_paragraph(), paragraph)


def _numbered(paragraph: Written) -> None:
    """A field for the number of the page, in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
