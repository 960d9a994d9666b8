"""DOCX: the XML of Word, with what a reader of the printed page sees: numbered marks, accepted changes, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..parsed import MOST_COLUMNS, MOST_SPAN, Element, Paragraph, Parsed, RawCell, UnreadableFile, table_of
from .archive import Archive, attribute, child, local, whole_number
from .docx_numbering import Numbering, Styles

_MAIN = "word/document.xml"
_SKIPPED = frozenset(
    (
        "del",
        "moveFrom",
        "Fallback",
        "pPr",
        "rPr",
        "instrText",
        "delText",
        "comment",
        "sectPr",
        "tblPr",
        "trPr",
        "proofErr",
    )
)
"""What the printed page does not show, or shows elsewhere. A fallback says the same as the choice before it."""
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_DEEPEST = 12
"""Tables in tables in text boxes: no deeper than this."""


def read(data: bytes) -> Parsed:
    """The body of the document, in order; heads and feet of the page stand apart and are left out."""
    archive = Archive(data)
    if _MAIN not in archive.names:
        raise UnreadableFile("damaged", _MAIN)
    walk = _Walk(_part(archive, "word/styles.xml"), _part(archive, "word/numbering.xml"))
    walk.notes = {name: _notes(_part(archive, f"word/{name}s.xml"), name) for name in ("footnote", "endnote")}
    body = child(archive.xml(_MAIN), "body")
    return Parsed(tuple(walk.blocks(body, 0)) if body is not None else (), "docx")


def _part(archive: Archive, name: str) -> etree._Element | None:
    return archive.xml(name) if name in archive.names else None


def _notes(root: etree._Element | None, name: str) -> dict[str, etree._Element]:
    """The notes by their id; those that are no text are the lines above them."""
    return {
        attribute(note, "id") or "": note
        for note in (root if root is not None else ())
        if local(note) == name and attribute(note, "type") in (None, "normal")
    }


@dataclass(slots=True)
class _Runs:
    """What the runs of a paragraph hold: its lines, and what hangs on it."""

    lines: list[str] = field(default_factory=lambda: [""])
    hung: list[Element] = field(default_factory=list)
    field_depth: list[bool] = field(default_factory=list)
    """For each open field, whether its result is reached."""

    @property
    def shows(self) -> bool:
        return all(self.field_depth)


class _Walk:
    """One pass over the document, counting its lists."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles = Styles(styles)
        self._numbering = Numbering(numbering, self._styles)
        self.notes: dict[str, dict[str, etree._Element]] = {}
        self._carried = ""

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Element]:
        """Paragraphs and tables below an element, whatever wraps them."""
        if depth > _DEEPEST:
            return
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield from self._table(element, depth)
            elif name not in _SKIPPED:
                yield from self.blocks(element, depth + (name == "txbxContent"))

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Element]:
        properties = child(element, "pPr")
        runs = _Runs()
        self._runs(element, runs, depth)
        if child(properties, "rPr", "del") is not None:  # its end was deleted: the next paragraph goes on in it
            self._carried += "".join(runs.lines)
            yield from runs.hung
            return
        runs.lines[0], self._carried = self._carried + runs.lines[0], ""
        style = self._styles.of(properties)
        level = style.outline
        kind = "residue" if style.contents else "heading" if level else "text"
        if any(line.strip() for line in runs.lines):
            lead = "" if style.contents else self._numbering.mark(properties)
            for number, line in enumerate(runs.lines):
                text = lead + line if number == 0 else line
                if text.strip():
                    yield Paragraph(text, kind, level if kind == "heading" else 0)  # type: ignore[arg-type]
        yield from runs.hung

    def _runs(self, element: etree._Element, runs: _Runs, depth: int) -> None:
        for each in element:
            name = local(each)
            if name in _SKIPPED:
                continue
            if name == "r" and _is_hidden(each):
                continue
            if name == "t":
                if runs.shows:
                    runs.lines[-1] += each.text or ""
            elif name in ("br", "cr"):
                runs.lines.append("")
            elif name in _SIGNS:
                runs.lines[-1] += _SIGNS[name] if runs.shows else ""
            elif name == "sym":
                runs.lines[-1] += _symbol(attribute(each, "char"))
            elif name == "fldChar":
                _field(runs, attribute(each, "fldCharType"))
            elif name in ("footnoteReference", "endnoteReference"):
                runs.hung.extend(self._note(name.removesuffix("Reference"), attribute(each, "id"), depth))
            elif name == "txbxContent":
                runs.hung.extend(self.blocks(each, depth + 1))
            else:
                self._runs(each, runs, depth)

    def _note(self, name: str, number: str | None, depth: int) -> Iterator[Element]:
        note = self.notes.get(name, {}).pop(number or "", None)  # a note that refers to itself is told once
        for part in self.blocks(note, depth + 1) if note is not None else ():
            yield Paragraph(part.text, "footnote") if isinstance(part, Paragraph) else part

    def _table(self, element: etree._Element, depth: int) -> list[Element]:
        cells: list[RawCell] = []
        open_above: dict[int, RawCell] = {}
        heads, row = 0, -1
        for line in _rows(element):
            row += 1
            if child(line, "trPr", "tblHeader") is not None and heads == row:
                heads += 1
            column = _skipped(line, "gridBefore")
            for each in _cells(line):
                properties = child(each, "tcPr")
                span = max(1, min(_value(properties, "gridSpan", 1), MOST_COLUMNS))
                merge = child(properties, "vMerge")
                goes_on = merge is not None and attribute(merge, "val") in (None, "continue")
                above = open_above.get(column)
                if goes_on and above is not None and above.row + above.row_span == row:
                    above.row_span = min(above.row_span + 1, MOST_SPAN)
                elif column < MOST_COLUMNS:
                    cell = RawCell(row, column, 1, span, list(self.blocks(each, depth + 1)))
                    cells.append(cell)
                    open_above[column] = cell
                column += span
        return table_of(cells, heads or None)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for each in table:
        name = local(each)
        if name == "tr":
            if child(each, "trPr", "del") is None:
                yield each
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(each)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for each in row:
        name = local(each)
        if name == "tc":
            yield each
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(each)


def _skipped(row: etree._Element, name: str) -> int:
    return min(_value(child(row, "trPr"), name, 0), MOST_COLUMNS)


def _value(parent: etree._Element | None, name: str, default: int) -> int:
    found = child(parent, name)
    return default if found is None else whole_number(attribute(found, "val"), default, MOST_SPAN)


def _is_hidden(run: etree._Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def _symbol(code: str | None) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""


def _field(runs: _Runs, kind: str | None) -> None:
    if kind == "begin":
        runs.field_depth.append(False)
    elif kind == "separate" and runs.field_depth:
        runs.field_depth[-1] = True
    elif kind == "end" and runs.field_depth:
        runs.field_depth.pop()
