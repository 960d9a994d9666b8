"""A document as offices write them: paragraphs, numbered items and small tables, before it becomes DOCX, ODT or PDF.

The three writers know this model and nothing of what the document is about.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Style = Literal["title", "head", "body", "quote", "contact", "sign"]
"""``title``: centred, large. ``head``: a line that opens a part. ``contact``: small, in the right half of the page.
``sign``: set off from what stands above."""

PAGE = (21.0, 29.7)
"""Width and height of A4, in centimetres."""
MARGIN = 2.5
"""Margin on all sides, in centimetres: what the handbook of official writing leaves at the top and on the right."""
LABELS = 2.6
"""Width of the first column of a table, in centimetres."""
SIZES: dict[Style, float] = {"title": 20, "head": 14, "body": 12, "quote": 12, "contact": 10, "sign": 12}
"""Size of the type, in points."""
SPACES: dict[Style, tuple[float, float]] = {
    "title": (0, 12), "head": (8, 3), "body": (0, 3), "quote": (0, 3), "contact": (0, 0), "sign": (6, 3),
}  # fmt: skip
"""Space above and below a paragraph, in points."""
LEADING = 1.5
"""Height of a line, in sizes of its type."""
CHINESE = "標楷體"
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look."""

    text: str
    strong: bool = False
    """The figures in question: bold and underlined, so that a copy in black and white shows them as well."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``mark`` hangs out in front of it (一、, 主旨：), and ``depth`` indents both."""

    runs: tuple[Run, ...]
    style: Style = "body"
    mark: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """All of it, plain."""
        return self.mark + "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of labels and what they label."""

    rows: tuple[tuple[str, tuple[Paragraph, ...]], ...]


Piece = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, what it is about, and its pieces from top to bottom."""

    title: str
    subject: str
    pieces: tuple[Piece, ...]


def plain(text: str, style: Style = "body", mark: str = "", depth: int = 0) -> Paragraph:
    """A paragraph of one piece of text."""
    return Paragraph((Run(text),), style, mark, depth)


def text(document: Document) -> str:
    """The document as plain text, for a mail or an input field."""
    lines: list[str] = []
    for piece in document.pieces:
        if isinstance(piece, Paragraph):
            lines.append("　" * piece.depth + piece.text if piece.style != "title" else piece.text + "\n")
        else:
            lines += grid_lines(piece)
    return "\n".join(lines) + "\n"


def grid_lines(grid: Grid) -> tuple[str, ...]:
    """A table as lines of text, a row each."""
    return tuple(f"{label}：{''.join(each.text for each in told)}" for label, told in grid.rows)


def hanging(paragraph: Paragraph) -> float:
    """How far a paragraph's lines stand behind its mark, in points: one em for each character of the mark."""
    return len(paragraph.mark) * SIZES[paragraph.style]


def indent(paragraph: Paragraph) -> float:
    """Where a paragraph's lines begin, in points."""
    if paragraph.style == "contact":
        return (PAGE[0] - 2 * MARGIN) / 2 * 72 / 2.54
    return paragraph.depth * 2 * SIZES["body"] + hanging(paragraph)


def settled(archive: bytes, mend: Callable[[bytes], bytes] | None = None) -> bytes:
    """An archive without the time of its making: the same document gives the same bytes; ``mend`` goes over its XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(buffer, "w") as new:
        for entry in made.infolist():
            told = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            told.compress_type = entry.compress_type
            data = made.read(entry.filename)
            new.writestr(told, mend(data) if mend and entry.filename.endswith(".xml") else data)
    return buffer.getvalue()


def writers() -> Mapping[str, Callable[[Document], bytes]]:
    """The writers by their formats; each imports its library when it is used."""

    def docx(document: Document) -> bytes:
        from .document_docx import docx

        return docx(document)

    def odt(document: Document) -> bytes:
        from .document_odt import odt

        return odt(document)

    def pdf(document: Document) -> bytes:
        from .document_pdf import pdf

        return pdf(document)

    return {"docx": docx, "odt": odt, "pdf": pdf, "txt": lambda document: text(document).encode("utf-8")}
