"""Copies of the PDFs with their findings as annotations, to be sent back to the office that wrote them, and the marked pages
as pictures."""

from __future__ import annotations

import ctypes
import hashlib
import io
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..model import Audit, Finding, Report
from ..places import PlacedBox

_COLOURS = {"contradiction": (255, 120, 120), "suspicious": (255, 200, 80), "note": (170, 210, 255)}
_OPAQUE = 255
_SCALE = 1.5
"""Pictures have so many dots a point: 108 an inch."""
_ID_LENGTH = 16


def marked(audit: Audit) -> Iterator[tuple[str, bytes]]:
    """For each PDF with findings: its marked copy, and a picture of every page that has a mark.

    A file that is not as it was when it was read is left alone: the marks would stand in the wrong places.
    """
    for report in audit.reports:
        told = _marks(report, audit.findings)
        data = _file(report) if told else None
        if data is None:
            continue
        stem = f"marked/{report.name.replace('/', '-').removesuffix('.pdf')}"
        document = pdfium.PdfDocument(data)
        try:
            for page, marks in sorted(told.items()):
                _mark(document, page, marks)
            written = io.BytesIO()
            document.save(written)
            yield f"{stem}.pdf", written.getvalue()
            for page in sorted(told):
                yield f"{stem}-{page}.png", _picture(document, page)
        finally:
            document.close()


def _marks(report: Report, findings: tuple[Finding, ...]) -> dict[int, list[tuple[PlacedBox, Finding]]]:
    """By page: the boxes of the figures of each finding."""
    marks: defaultdict[int, list[tuple[PlacedBox, Finding]]] = defaultdict(list)
    if report.places is None:
        return marks
    for finding in findings:
        for mention in dict.fromkeys(finding.mentions):
            if mention.report == report.name:
                for box in report.places.boxes(mention.start, mention.end):
                    marks[box.page].append((box, finding))
    return marks


def _file(report: Report) -> bytes | None:
    try:
        data = Path(report.path).read_bytes() if report.path is not None else None
    except OSError:
        return None
    if data is None or hashlib.sha256(data).hexdigest()[:_ID_LENGTH] != report.id:
        return None
    return data


def _mark(document: pdfium.PdfDocument, number: int, marks: list[tuple[PlacedBox, Finding]]) -> None:
    page = document[number - 1]
    for box, finding in marks:
        annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
        corners = raw.FS_QUADPOINTSF(box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(box.left, box.top, box.right, box.bottom))
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *_COLOURS[finding.severity], _OPAQUE)
        _say(annotation, b"Contents", f"{finding.code}: {finding.message_zh}\n{finding.message_en}")
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
    bitmap = page.render(scale=_SCALE, draw_annots=True, rev_byteorder=True, prefer_bgrx=False)
    width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    dots = bytes(bitmap.buffer)
    page.close()
    rows = b"".join(b"\0" + dots[row * stride : row * stride + width * channels] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
