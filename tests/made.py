"""Small documents for the tests, made on the spot: Word and OpenDocument from their XML, the others by libraries."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from heshu.model import Block, Report
from heshu.pipeline import extract
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "MSung-Light"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SLIDE_SPACES = f'xmlns:a="{_DRAWING}" xmlns:p="{_SLIDES}" xmlns:r="{_RELATIONS}"'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{name}="{_ODF}{uri}:1.0"'
    for name, uri in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
    )
)  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            written.writestr(name, content, stored)
    return data.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with that body; ``numbering``, ``styles``, ``footnotes`` are further parts."""
    named = {f"word/{name}.xml": f'<w:{name} xmlns:w="{_WORD}">{content}</w:{name}>' for name, content in parts.items()}
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **named})


def word_paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def odt(body: str, styles: str = "", kind: str = "text") -> bytes:
    """An OpenDocument with that body; ``kind``: text or spreadsheet."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def odt_paragraph(text: str) -> str:
    spaced = escape(text).replace("  ", '<text:s text:c="2"/>').replace("\t", "<text:tab/>")
    return f"<text:p>{spaced}</text:p>"


def odt_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<table:table-cell>{odt_paragraph(cell)}</table:table-cell>" for cell in row) for row in rows)
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def pptx(*slides: str, order: tuple[int, ...] = ()) -> bytes:
    """Slides of those shapes; ``order``: their numbers as they are shown."""
    shown = order or tuple(range(1, len(slides) + 1))
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in shown)
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/slide" Target="slides/slide{number}.xml"/>'
        for number in range(1, len(slides) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {_SLIDE_SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for number, slide in enumerate(slides, start=1):
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {_SLIDE_SPACES}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
        )
    return zipped(parts)


def xlsx(rows: Sequence[Sequence[object]], merged: Sequence[str] = (), formats: dict[str, str] | None = None) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def xls(
    rows: Sequence[Sequence[object]], merged: Sequence[tuple[int, int, int, int]] = (), code: str = "General"
) -> bytes:
    """A workbook of Excel 97 with one sheet; merged: first and last row, first and last column."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    style = xlwt.easyxf(num_format_str=code)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            covered = next((each for each in merged if each[0] == number and each[2] == column), None)
            if covered is not None:
                sheet.write_merge(*covered, cell)
            elif cell is not None:
                sheet.write(number, column, cell, style)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


class Pdf:
    """A PDF in the making: text and lines at places counted from the upper left corner, in points."""

    def __init__(self, width: float = 595, height: float = 842, rotation: int = 0) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._data = io.BytesIO()
        self._height = height
        self._rotation = rotation
        self._canvas = Canvas(self._data, pagesize=(width, height), pageCompression=0)
        self._canvas.setPageRotation(rotation)

    def text(self, left: float, top: float, text: str, size: float = 12) -> None:
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(left, self._height - top, text)

    def lines(self, left: float, top: float, lines: Sequence[str], size: float = 12, pitch: float = 20) -> None:
        for number, line in enumerate(lines):
            self.text(left, top + number * pitch, line, size)

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        self._canvas.line(left, self._height - top, right, self._height - bottom)

    def grid(self, edges: Sequence[float], levels: Sequence[float]) -> None:
        for edge in edges:
            self.line(edge, levels[0], edge, levels[-1])
        for level in levels:
            self.line(edges[0], level, edges[-1], level)

    def picture(self, left: float, top: float, right: float, bottom: float) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        grey = ImageReader(Image.new("L", (8, 8), 128))
        self._canvas.drawImage(grey, left, self._height - bottom, right - left, bottom - top)

    def page(self) -> None:
        self._canvas.showPage()
        self._canvas.setPageRotation(self._rotation)

    def lock(self, password: str) -> None:
        from reportlab.lib.pdfencrypt import StandardEncryption

        self._canvas._doc.encrypt = StandardEncryption(password)

    def data(self) -> bytes:
        self._canvas.save()
        return self._data.getvalue()


Part = str | list[list[str]]
"""A line of the text, or the rows of a table."""


def rows_of(block: Block) -> list[list[str]]:
    rows: dict[int, dict[int, str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, {})[cell.column] = block.text[cell.start : cell.end]
    width = max(cell.column for cell in block.cells) + 1
    return [[row.get(column, "") for column in range(width)] for _, row in sorted(rows.items())]


def typeset(report: Report) -> Iterator[Part]:
    """The report as it is printed: paragraphs whole, without the page furniture that it had."""
    for block in report.blocks:
        if block.cells:
            yield rows_of(block)
        elif block.kind != "residue":
            yield block.text


def facts(report: Report) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            fact.indicator,
            fact.category,
            fact.mention.value,
            fact.mention.value_max,
            fact.mention.unit,
            fact.mention.bound,
            fact.role,
            fact.sign,
            fact.period,
            fact.agency,
        )
        for fact in extract(report).facts
    )


def alike(one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]) -> float:
    """The share of facts that both hold."""
    return 2 * (one & other).total() / (one.total() + other.total())
