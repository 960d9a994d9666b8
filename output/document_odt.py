"""A document as ODT, for LibreOffice: the format in which offices in Taiwan exchange documents."""

from __future__ import annotations

import io

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
    Style,
    hanging,
    indent,
    settled,
)

_FRAME = "0.5pt solid #000000"


class _Sheet:
    """A text document with its styles, each made once."""

    def __init__(self, document: Document) -> None:
        from odf.opendocument import OpenDocumentText
        from odf.style import FontFace

        self.made = OpenDocumentText()
        for name in (CHINESE, LATIN):
            self.made.fontfacedecls.addElement(FontFace(name=name, fontfamily=name))
        self._known: dict[object, object] = {}
        self._properties(document)
        self._page()
        self.strong = self._text_style()

    def _properties(self, document: Document) -> None:
        from odf.dc import Language, Subject, Title

        self.made.meta.addElement(Title(text=document.title))
        self.made.meta.addElement(Subject(text=document.subject))
        self.made.meta.addElement(Language(text="zh-TW"))

    def _page(self) -> None:
        from odf.style import Footer, MasterPage, PageLayout, PageLayoutProperties
        from odf.text import P, PageNumber

        layout = PageLayout(name="A4")
        layout.addElement(
            PageLayoutProperties(pagewidth=f"{PAGE[0]}cm", pageheight=f"{PAGE[1]}cm", margin=f"{MARGIN}cm")
        )
        self.made.automaticstyles.addElement(layout)
        master = MasterPage(name="Standard", pagelayoutname=layout)
        footer = Footer()
        number = P(stylename=self.paragraph_style(Paragraph((), "contact"), centred=True))
        number.addElement(PageNumber(selectpage="current"))
        footer.addElement(number)
        master.addElement(footer)
        self.made.masterstyles.addElement(master)

    def _text_style(self) -> object:
        from odf.style import Style as Named
        from odf.style import TextProperties

        style = Named(name="Strong", family="text")
        style.addElement(
            TextProperties(
                fontweight="bold",
                fontweightasian="bold",
                textunderlinestyle="solid",
                textunderlinewidth="auto",
                textunderlinecolor="font-color",
            )
        )
        self.made.automaticstyles.addElement(style)
        return style

    def paragraph_style(self, told: Paragraph, *, centred: bool = False) -> object:
        """The style of a paragraph."""
        from odf.style import ParagraphProperties, TextProperties
        from odf.style import Style as Named

        key = (told.style, told.depth, len(told.mark), centred)
        if key in self._known:
            return self._known[key]
        name: Style = told.style
        style = Named(name=f"P{len(self._known) + 1}", family="paragraph")
        above, below = SPACES[name]
        middle = centred or name == "title"
        style.addElement(
            ParagraphProperties(
                margintop=f"{above}pt",
                marginbottom=f"{below}pt",
                lineheight=f"{115 if name == 'contact' else round(LEADING * 80)}%",
                marginleft="0pt" if middle else f"{indent(told)}pt",
                textindent=f"{-hanging(told)}pt",
                textalign="center" if middle else "start",
                keepwithnext="always" if name == "head" else "auto",
            )
        )
        weight = "bold" if name == "title" else "normal"
        size = f"{SIZES[name]}pt"
        style.addElement(
            TextProperties(
                fontname=LATIN, fontnameasian=CHINESE, fontsize=size, fontsizeasian=size, fontweight=weight,
                fontweightasian=weight, language="zh", country="TW", languageasian="zh", countryasian="TW",
            )
        )  # fmt: skip
        self.made.automaticstyles.addElement(style)
        self._known[key] = style
        return style

    def paragraph(self, told: Paragraph) -> object:
        """A paragraph with its runs."""
        from odf.text import LineBreak, P, Span

        made = P(stylename=self.paragraph_style(told))
        if told.mark:
            made.addText(told.mark)
        for run in told.runs:
            into = Span(stylename=self.strong) if run.strong else Span()
            for number, line in enumerate(run.text.split("\n")):
                if number:
                    into.addElement(LineBreak())
                into.addText(line)
            made.addElement(into)
        return made

    def table(self, grid: Grid) -> object:
        """A ruled table."""
        from odf.style import Style as Named
        from odf.style import TableCellProperties, TableColumnProperties, TableProperties
        from odf.table import Table, TableCell, TableColumn, TableRow

        if "table" not in self._known:
            whole = Named(name="Grid", family="table")
            whole.addElement(TableProperties(width=f"{PAGE[0] - 2 * MARGIN}cm", align="left"))
            cell = Named(name="Cell", family="table-cell")
            cell.addElement(TableCellProperties(border=_FRAME, padding="0.15cm"))
            columns = []
            for number, width in enumerate((LABELS, PAGE[0] - 2 * MARGIN - LABELS)):
                column = Named(name=f"Column{number}", family="table-column")
                column.addElement(TableColumnProperties(columnwidth=f"{width}cm"))
                columns.append(column)
            for style in (whole, cell, *columns):
                self.made.automaticstyles.addElement(style)
            self._known |= {"table": whole, "cell": cell, "columns": columns}
        made = Table(stylename=self._known["table"])
        for column in self._known["columns"]:  # type: ignore[attr-defined]
            made.addElement(TableColumn(stylename=column))
        for label, told in grid.rows:
            row = TableRow()
            for paragraphs in ((Paragraph((), mark=""),), told):
                cell = TableCell(stylename=self._known["cell"])
                for paragraph in paragraphs:
                    written = self.paragraph(paragraph)
                    if paragraphs is not told:
                        written.addText(label)  # type: ignore[attr-defined]
                    cell.addElement(written)
                row.addElement(cell)
            made.addElement(row)
        return made


def odt(document: Document) -> bytes:
    """The bytes of the file."""
    sheet = _Sheet(document)
    for piece in document.pieces:
        if isinstance(piece, Grid):
            sheet.made.text.addElement(sheet.table(piece))
            sheet.made.text.addElement(sheet.paragraph(Paragraph((), "contact")))
        else:
            sheet.made.text.addElement(sheet.paragraph(piece))
    buffer = io.BytesIO()
    sheet.made.write(buffer)
    return settled(buffer.getvalue(), _without_unused)


def _without_unused(part: bytes) -> bytes:
    """A part without the name spaces that it does not use: the library writes those of all documents made so far."""
    from lxml import etree

    root = etree.fromstring(part)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
