"""PPTX: the slides in their order, each with its title, its texts and its tables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ..parsed import MOST_COLUMNS, MOST_SPAN, Element, Paragraph, Parsed, RawCell, Remark, table_of
from .archive import Archive, attribute, child, local, whole_number

_PRESENTATION = "ppt/presentation.xml"
_MOST_SLIDES = 3_000
_DEEPEST = 16
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("sldNum", "dt", "ftr", "hdr")
"""Places for the number of the slide, the date, and what comes again on every slide."""


def read(data: bytes) -> Parsed:
    """All slides; notes for the speaker are no part of them."""
    archive = Archive(data)
    slides = list(_slides(archive))
    elements: list[Element] = []
    for number, name in enumerate(slides[:_MOST_SLIDES], start=1):
        tree = child(archive.xml(name), "cSld", "spTree")
        if tree is not None:
            elements.extend(_shapes(tree, number, 0))
    remarks = (Remark("cut-off", (), f"{len(slides)} > {_MOST_SLIDES}"),) if len(slides) > _MOST_SLIDES else ()
    return Parsed(tuple(elements), "pptx", remarks)


def _slides(archive: Archive) -> Iterator[str]:
    """The parts of the slides, in the order in which they are shown."""
    targets = {
        attribute(relation, "Id"): attribute(relation, "Target") or ""
        for relation in archive.xml("ppt/_rels/presentation.xml.rels")
        if (attribute(relation, "Type") or "").endswith("/slide") and attribute(relation, "TargetMode") != "External"
    }
    listed = child(archive.xml(_PRESENTATION), "sldIdLst")
    for slide in listed if listed is not None else ():
        named = next((str(value) for key, value in slide.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(named)
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"ppt/{target}")
            if part in archive.names:
                yield part


def _shapes(parent: etree._Element, slide: int, depth: int) -> Iterator[Element]:
    """What stands in the shapes, those of groups too, in the order of the file."""
    for shape in parent if depth <= _DEEPEST else ():
        name = local(shape)
        if name == "grpSp":
            yield from _shapes(shape, slide, depth + 1)
        elif name == "sp":
            yield from _text(shape, slide)
        elif name == "graphicFrame":
            table = child(shape, "graphic", "graphicData", "tbl")
            if table is not None:
                yield from _table(table, slide)


def _text(shape: etree._Element, slide: int) -> Iterator[Paragraph]:
    place = child(shape, "nvSpPr", "nvPr", "ph")
    kind = attribute(place, "type") if place is not None else None
    if kind in _FURNITURE:
        return
    title = kind in _TITLES
    for line in _lines(child(shape, "txBody")):
        yield Paragraph(line, "heading" if title else "text", 1 if title else 0, slide, apart=True)


def _lines(body: etree._Element | None) -> Iterator[str]:
    """The paragraphs of a text that hold something, a line break as the end of one."""
    for paragraph in body if body is not None else ():
        if local(paragraph) != "p":
            continue
        line = ""
        for run in paragraph:
            if local(run) in ("r", "fld"):
                line += "".join(part.text or "" for part in run if local(part) == "t")
            elif local(run) == "br":
                if line.strip():
                    yield line
                line = ""
        if line.strip():
            yield line


def _table(table: etree._Element, slide: int) -> Iterator[Element]:
    cells: list[RawCell] = []
    rows = [row for row in table if local(row) == "tr"]
    for number, row in enumerate(rows):
        for column, cell in enumerate([each for each in row if local(each) == "tc"][:MOST_COLUMNS]):
            if attribute(cell, "hMerge") in ("1", "true") or attribute(cell, "vMerge") in ("1", "true"):
                continue  # a cell beside or above covers it
            lines: list[Element] = [Paragraph(line, page=slide) for line in _lines(child(cell, "txBody"))]
            down = whole_number(attribute(cell, "rowSpan"), 1, min(MOST_SPAN, len(rows) - number))
            across = whole_number(attribute(cell, "gridSpan"), 1, MOST_COLUMNS)
            cells.append(RawCell(number, column, max(down, 1), max(across, 1), lines))
    yield from table_of(cells, None, slide)
