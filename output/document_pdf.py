"""A document as PDF.

The face is 全字庫正楷體, the Kai of the government's own character set, which comes with the package (``kai.ttf.xz``, made by
``benchmarks/typeface.py``). What of it a document needs is embedded, so that it looks the same wherever it is opened; neither the
machine that makes it nor the one that shows it needs a font. It has no bold cut.
"""

from __future__ import annotations

import io
import lzma
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .document import (
    LABELS,
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
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

_FACE = "TW-Kai"
_FILE = Path(__file__).parent / "kai.ttf.xz"
_BLANKS = re.compile("　{2,}")
_POINTS = 72 / 2.54
"""Points to a centimetre."""


def pdf(document: Document) -> bytes:
    """The bytes of the file."""
    from reportlab.platypus import SimpleDocTemplate

    _register()
    buffer = io.BytesIO()
    margin = MARGIN * _POINTS
    made = SimpleDocTemplate(
        buffer,
        pagesize=(PAGE[0] * _POINTS, PAGE[1] * _POINTS),
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        title=document.title,
        subject=document.subject,
        author="",
        lang="zh-TW",
        initialFontName=_FACE,
        invariant=1,  # no time of day: the same document gives the same bytes
    )
    made.build(list(_flowables(document)), onFirstPage=_numbered, onLaterPages=_numbered)
    return buffer.getvalue()


@cache
def _register() -> frozenset[int]:
    """Make the face known; the characters that it has."""
    from reportlab.lib import textsplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import paragraph

    # The library knows the marks of Japanese alone that begin no line.
    for module in (textsplit, paragraph):
        module.ALL_CANNOT_START += "，：；？！』》…"
    font = TTFont(_FACE, io.BytesIO(lzma.decompress(_FILE.read_bytes())))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def _numbered(canvas: Canvas, document: object) -> None:
    """The number of the page, in the middle of the foot."""
    canvas.setFont(_FACE, SIZES["contact"])
    canvas.drawCentredString(PAGE[0] * _POINTS / 2, MARGIN * _POINTS / 2, str(canvas.getPageNumber()))


def _flowables(document: Document) -> Iterator[Flowable]:
    from reportlab.platypus import Spacer

    for piece in document.pieces:
        if isinstance(piece, Grid):
            yield _table(piece)
            yield Spacer(0, SIZES["body"])
        else:
            yield _paragraph(piece)


def _paragraph(told: Paragraph) -> Flowable:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Written

    size = SIZES[told.style]
    above, below = SPACES[told.style]
    style = ParagraphStyle(
        told.style,
        fontName=_FACE,
        fontSize=size,
        leading=size * LEADING,
        spaceBefore=above,
        spaceAfter=below,
        leftIndent=indent(told),
        firstLineIndent=-hanging(told),
        alignment=TA_CENTER if told.style == "title" else TA_LEFT,
        keepWithNext=told.style == "head",
        wordWrap="CJK",
    )
    runs = "".join(f"<u>{_fit(run.text)}</u>" if run.strong else _fit(run.text) for run in told.runs)
    return Written(_fit(told.mark) + runs, style)


def _fit(text: str) -> str:
    """Text as the library sets it: a blank square for what the face has not, and a line where space is left to be filled in."""
    shown = _BLANKS.sub(lambda blank: "＿" * len(blank[0]), text)
    known = _register()
    shown = "".join(each if ord(each) in known or each == "\n" else "□" for each in shown)
    return escape(shown).replace("\n", "<br/>")


def _table(grid: Grid) -> Flowable:
    from reportlab.platypus import Table

    rows = [
        [_paragraph(Paragraph((), mark=label)), [_paragraph(paragraph) for paragraph in told]]
        for label, told in grid.rows
    ]
    frame = [
        ("FONT", (0, 0), (-1, -1), _FACE),
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    widths = (LABELS * _POINTS, (PAGE[0] - 2 * MARGIN - LABELS) * _POINTS)
    return Table(rows, colWidths=widths, style=frame, splitInRow=1)
