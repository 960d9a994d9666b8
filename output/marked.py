"""Copies of the PDFs with their findings as annotations, to be sent back to the office that wrote them, and the marked pages
as pictures.

The PDFs are strangers' files: they are opened in the process for such, which is ended if it takes too long.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .. import apart
from ..model import Audit, Finding, Report, Severity
from ..places import PlacedBox

_COLOURS: Mapping[Severity, tuple[int, int, int]] = {
    "contradiction": (255, 120, 120),
    "revision": (255, 160, 90),
    "suspicious": (255, 200, 80),
    "note": (170, 210, 255),
}
_OPAQUE = 255
_SCALE = 1.5
"""Pictures have so many dots a point: 108 an inch."""
_MOST_DOTS = 4000
"""No side of a picture is longer, whatever the size of the page."""
_MOST_PAGES = 400
"""Of a report with findings on more pages than these, the first have pictures."""
_ID_LENGTH = 16

Pictures = Mapping[tuple[str, int], str]
"""Where the picture of a page is in the folder, by the report's name and the page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of a page that a finding is about."""

    box: PlacedBox
    severity: Severity
    told: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Files with their bytes, and which of them are pictures of which page."""

    files: Mapping[str, bytes]
    pictures: Pictures


def copies(audit: Audit) -> Copies:
    """For each PDF with findings: its marked copy, and a picture of every page that has a mark.

    A file that is not as it was when it was read is left alone: the marks would stand in the wrong places. One whose
    marking takes too long has a note in its place.
    """
    files: dict[str, bytes] = {}
    pictures: dict[tuple[str, int], str] = {}
    for report in (extraction.report for extraction in audit.extractions):
        told = _marks(report, audit.findings)
        data = _file(report) if told else None
        if data is None:
            continue
        stem = f"marked/{report.name.replace('/', '-').removesuffix('.pdf')}"
        try:
            copy, pages = apart.ask("output.marked:drawn", data, told)
        except apart.EndedError:
            copy, pages = b"", {}
        if not copy:
            files[f"{stem}.txt"] = f"{report.name}: 無法加註；could not be marked\n".encode()
            continue
        files[f"{stem}.pdf"] = copy
        for page, picture in pages.items():
            files[f"{stem}-{page}.png"] = picture
            pictures[report.name, page] = f"{stem}-{page}.png"
    return Copies(files, pictures)


def _marks(report: Report, findings: Sequence[Finding]) -> dict[int, list[Mark]]:
    """By page: the boxes of the figures of each finding."""
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    if report.places is None or report.encoding != "pdf":
        return {}
    for finding in findings:
        told = f"{finding.code}: {finding.message_zh}\n{finding.message_en}"
        for mention in dict.fromkeys(finding.mentions):
            if mention.report == report.name:
                for box in report.places.boxes(mention.start, mention.end):
                    marks[box.page].append(Mark(box, finding.severity, told))
    return dict(marks)


def _file(report: Report) -> bytes | None:
    try:
        data = Path(report.path).read_bytes() if report.path is not None else None
    except OSError:
        return None
    if data is None or hashlib.sha256(data).hexdigest()[:_ID_LENGTH] != report.id:
        return None
    return data


# --- in the other process -----------------------------------------------------------------------------------------------


def drawn(data: bytes, told: Mapping[int, Sequence[Mark]]) -> tuple[bytes, dict[int, bytes]]:
    """The marked copy, and the pictures of its marked pages as PNG; empty bytes where the file cannot be written."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return b"", {}
    try:
        for page, marks in sorted(told.items()):
            _mark(document, page, marks)
        written = io.BytesIO()
        document.save(written)
        return written.getvalue(), {page: _picture(document, page) for page in sorted(told)[:_MOST_PAGES]}
    except (pdfium.PdfiumError, MemoryError, IndexError, ValueError):
        return b"", {}
    finally:
        document.close()


def _mark(document: pdfium.PdfDocument, number: int, marks: Sequence[Mark]) -> None:
    page = document[number - 1]
    for mark in marks:
        box = mark.box
        annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
        corners = raw.FS_QUADPOINTSF(box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(box.left, box.top, box.right, box.bottom))
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *_COLOURS[mark.severity], _OPAQUE)
        raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
        _say(annotation, b"Contents", mark.told)
        _say(annotation, b"T", "heshu")
        raw.FPDFPage_CloseAnnot(annotation)
    page.close()


def _say(annotation: object, key: bytes, text: str) -> None:
    encoded = text.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, raw.FPDF_WIDESTRING))


def _picture(document: pdfium.PdfDocument, number: int) -> bytes:
    """The page with its marks, as PNG."""
    page = document[number - 1]
    scale = min(_SCALE, _MOST_DOTS / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale, draw_annots=True, rev_byteorder=True, prefer_bgrx=False)
    width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    dots = bytes(bitmap.buffer)
    page.close()
    rows = b"".join(b"\0" + dots[row * stride : row * stride + width * channels] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
