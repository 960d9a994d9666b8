"""The same report gives the same facts, in whatever format it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from heshu.corpus import read
from heshu.corpus.read import read_bytes
from heshu.model import Report
from reportlab.pdfbase.pdfmetrics import stringWidth

from .made import (
    FONT,
    Part,
    Pdf,
    alike,
    docx,
    facts,
    odt,
    odt_paragraph,
    odt_table,
    rows_of,
    typeset,
    word_paragraph,
    word_table,
)

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
LEAST = 0.99
_WIDTH = 470
_UNIT = re.compile(r"[A-Za-z0-9.,%+/-]+|.[、。，；：）」』！？]*")


def parts(report: Report) -> Iterator[Part]:
    """The report as one would type it: its lines, and its tables as tables."""
    at = 0
    for block in report.blocks:
        if block.cells:
            yield from report.text[at : block.start].splitlines()
            yield rows_of(block)
            at = block.end
    yield from report.text[at:].splitlines()


def as_docx(report: Report) -> bytes:
    return docx("".join(word_paragraph(part) if isinstance(part, str) else word_table(part) for part in parts(report)))


def as_odt(report: Report) -> bytes:
    return odt("".join(odt_paragraph(part) if isinstance(part, str) else odt_table(part) for part in parts(report)))


def as_html(report: Report) -> bytes:
    def table(rows: list[list[str]]) -> str:
        return "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows)

    written = "".join(
        f"<p>{html.escape(part)}</p>" if isinstance(part, str) else f"<table>{table(part)}</table>"
        for part in parts(report)
    )
    return f"<html><meta charset=big5><body>{written}</body></html>".encode("cp950", "xmlcharrefreplace")


def as_pdf(report: Report) -> bytes:
    """Wrapped at the right margin, with page numbers; tables are drawn."""
    made = Pdf()
    top, page = 60.0, 1

    def room(height: float) -> None:
        nonlocal top, page
        if top + height > 790:
            made.text(290, 820, f"- {page} -", 10)
            made.page()
            top, page = 60.0, page + 1

    for part in typeset(report):
        if isinstance(part, str):
            for line in wrapped(part):
                room(19)
                made.text(60, top + 12, line)
                top += 19
            continue
        across = 470 / len(part[0])
        for row in part:
            cells = [wrapped(cell, across - 10, 11) for cell in row]
            height = 18 * max(1, *map(len, cells)) + 6
            room(height)
            made.grid([60 + across * column for column in range(len(row) + 1)], [top, top + height])
            for column, lines in enumerate(cells):
                made.lines(64 + across * column, top + 16, lines, 11, 17)
            top += height
        top += 8
    made.text(290, 820, f"- {page} -", 10)
    return made.data()


def wrapped(paragraph: str, across: float = _WIDTH, size: float = 12) -> list[str]:
    """A paragraph cut where its lines are full; figures and words stay whole, and no sign begins a line."""
    lines = [""]
    for unit in _UNIT.findall(paragraph):
        if stringWidth(lines[-1] + unit, FONT, size) > across:
            lines.append("")
        lines[-1] += unit
    return lines


FORMATS: dict[str, Callable[[Report], bytes]] = {"docx": as_docx, "odt": as_odt, "html": as_html, "pdf": as_pdf}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sample_reports_give_the_same_facts_in_every_format(suffix: str) -> None:
    shares = {}
    for path in SAMPLES:
        plain = read(path)
        other = read_bytes(FORMATS[suffix](plain), f"{path.stem}.{suffix}")
        assert other.encoding == suffix
        shares[path.stem] = alike(facts(plain), facts(other))
    assert min(shares.values()) >= LEAST, shares
