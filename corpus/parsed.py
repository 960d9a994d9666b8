"""What a reader of a file format hands on: paragraphs and tables in reading order, before anything is cleaned.

A reader says what stands in the file and where, and nothing of what it means. The one text of the report, its
blocks, levels and offsets are made of this in ``assemble``, for all formats alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal

ParagraphKind = Literal["text", "heading", "footnote", "residue"]
RemarkCode = Literal["no-text", "garbled-text", "recognised", "sheet-left-out", "attachment-left-out", "cut-off"]

Box = tuple[float, float, float, float] | tuple[float, float, float, float, float]
"""Left, bottom, right, top of a character, in points of the page as it is stored (before any rotation); behind them, where a
picture was read, the confidence in it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, whole: its lines are joined already."""

    text: str
    kind: ParagraphKind = "text"
    level: int = 0
    """Depth of a heading, where the file tells it."""
    page: int | None = None
    boxes: tuple[Box | None, ...] = ()
    """One for each character, where the format has places on a page."""
    turns: tuple[tuple[int, int], ...] = ()
    """From which of its characters on it stands on which later page."""
    apart: bool = False
    """It is put together already, and never goes on with what stands before it."""
    offsets: tuple[int, ...] = ()
    """Where its characters stand in the text of the file, for formats that are text themselves."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; a merged one stands at its first row and column."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    boxes: tuple[Box | None, ...] = ()
    page: int | None = None
    offsets: tuple[int, ...] = ()
    """Where its characters stand in the text of the file, for formats that are text themselves."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``head_rows`` is what the file says of its heads; None where it says nothing."""

    cells: tuple[TableCell, ...]
    head_rows: int | None = None
    page: int | None = None


Element = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """A part of the file that could not be read, and which."""

    code: RemarkCode
    pages: tuple[int, ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that a file holds, in reading order."""

    elements: tuple[Element, ...]
    format: str
    """Name of the format, as the report carries it in the place of an encoding."""
    remarks: tuple[Remark, ...] = ()
    source: str | None = None
    """The text of the file itself, for formats that are text: what ``offsets`` count in."""


class UnreadableFile(Exception):  # noqa: N818 - it names what the input is
    """A file that its reader refuses: a stable code, and what exactly (a limit, a part of the archive)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(slots=True)
class RawCell:
    """A cell with all that stands in it, before it is known whether its table is one."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    contents: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs of the cell, parted by a blank."""
        return " ".join(part.text for part in self.contents if isinstance(part, Paragraph) and part.text.strip())


MOST_COLUMNS = 1024
MOST_SPAN = 4096
"""What a cell may span; formats allow numbers that no table has."""
_LONG = 120
_MOST_FIGURES = 2
_SEPARATORS = str.maketrans("", "", ",.，．")


def table_of(cells: Sequence[RawCell], head_rows: int | None, page: int | None = None) -> list[Element]:
    """The table; or the paragraphs of one that only arranges text, in the order in which it is read."""
    filled = sorted(
        (cell for cell in cells if cell.contents and (cell.text or _nested(cell))), key=attrgetter("row", "column")
    )
    if not filled:
        return []
    if _arranges_text(filled):
        return [
            replace(part, apart=True) if isinstance(part, Paragraph) and number == 0 else part
            for cell in filled
            for number, part in enumerate(cell.contents)
        ]
    return [Table(tuple(map(_cell, filled)), head_rows, page)]


def _cell(cell: RawCell) -> TableCell:
    boxes: list[Box | None] = []
    parts = [part for part in cell.contents if isinstance(part, Paragraph) and part.text.strip()]
    for number, part in enumerate(parts):
        boxes += [None] * bool(number)
        boxes += part.boxes or [None] * len(part.text)
    page = parts[0].page if parts else None
    placed = tuple(boxes) if any(part.boxes for part in parts) else ()
    text = " ".join(part.text for part in parts)
    return TableCell(cell.row, cell.column, text, cell.row_span, cell.column_span, placed, page)


def _nested(cell: RawCell) -> bool:
    return any(isinstance(part, Table) for part in cell.contents)


def _arranges_text(cells: Sequence[RawCell]) -> bool:
    """Whether a table is none to the reader: one column, tables within, or running text in nearly all of it."""
    if len({cell.column for cell in cells}) == 1 or any(_nested(cell) for cell in cells):
        return True
    texts = [(cell.text, len(cell.contents)) for cell in cells]
    figures = sum(1 for text, _ in texts if _is_figure(text))
    if not figures and len({cell.row for cell in cells}) == 1:
        return True
    long = sum(len(text) for text, parts in texts if len(text) > _LONG or (parts > 2 and "。" in text))
    return figures <= _MOST_FIGURES and long * 10 > sum(len(text) for text, _ in texts) * 6


def _is_figure(text: str) -> bool:
    return text.strip().strip("()%％△▲+-").translate(_SEPARATORS).isdigit()
