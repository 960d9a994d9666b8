"""Tables that stand in a text as HTML: tags are taken out, cells keep the way back to their characters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .fold import fold, fold_stretch, is_blank
from .lines import Line, clean
from .paragraphs import Draft
from .tables import EMPTY, Piece, is_unit_line, table

_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<!--")
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CELLS = frozenset(("td", "th"))
_MOST_SPANNED = 100


@dataclass(frozen=True, slots=True)
class Markup:
    """A table in the text, tags and all."""

    text: str
    start: int
    end: int

    def takes_unit(self, line: Line) -> bool:
        """Whether the line above says the unit of the figures."""
        return is_unit_line(line.text)

    def drafts(self, unit: Line | None, page: int | None) -> list[Draft]:
        """The table, and its tags as residue."""
        reader = _Reader(self.text)
        reader.read(self.start, self.end)
        drafts: list[Draft] = []
        unit_line = Piece(unit.text, unit.offsets) if unit is not None else None
        if any(cell.text for row in reader.rows for cell in row):
            drafts.append(table(reader.rows, reader.header_rows, page, unit_line))
        elif unit_line is not None:
            drafts.append(Draft(unit_line.text, list(unit_line.offsets), page=page))
        if reader.residue:
            places = sorted(set(reader.residue).difference(*(draft.offsets for draft in drafts)))
            text = "".join(_shown(self.text[at]) for at in places)
            drafts.append(Draft(text, places, kind="residue", page=page))
        return drafts


def markup_tables(text: str) -> Iterator[Markup]:
    """The tables in a text that are written in HTML; one that is never closed ends with its last tag."""
    at = 0
    while (opening := _OPEN.search(text, at)) is not None:
        closing = _CLOSE.search(text, opening.end())
        if closing is None:
            yield Markup(
                text,
                opening.start(),
                text.rindex(">", opening.start()) + 1 if ">" in text[opening.start() :] else len(text),
            )
            return
        yield Markup(text, opening.start(), closing.end())
        at = closing.end()


@lru_cache(maxsize=1024)
def _shown(char: str) -> str:
    return fold(char)[0][:1]


class _Reader:
    """Walks over the tags of one table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[list[Piece]] = []
        self.residue: list[int] = []
        self.heads: list[bool] = []
        self._cell: list[tuple[int, int]] | None = None
        self._spans = (1, 1)
        self._held: dict[tuple[int, int], bool] = {}

    @property
    def header_rows(self) -> int:
        """Rows at the top without a figure."""
        return next((at for at, row in enumerate(self.rows) if any(cell.is_figure for cell in row)), 0)

    def read(self, start: int, end: int) -> None:
        """Read the table between two offsets."""
        at = start
        while (tag := _TAG.search(self.text, at, end)) is not None:
            self._characters(at, tag.start())
            at = tag.end()
            if tag.group(2) is None:
                closing = self.text.find("-->", at, end)
                at = end if closing < 0 else closing + 3
            else:
                self._tag(tag.group(2).lower(), bool(tag.group(1)), tag.group())
            self._residue(tag.start(), at)
        self._characters(at, end)
        self._close_cell()

    def _characters(self, start: int, end: int) -> None:
        if self._cell is not None:
            self._cell.append((start, end))
        else:
            self._residue(start, end)

    def _residue(self, start: int, end: int) -> None:
        self.residue.extend(at for at, char in enumerate(self.text[start:end], start) if not char.isspace())

    def _tag(self, name: str, closes: bool, whole: str) -> None:
        if name in _CELLS:
            self._close_cell()
            if not closes:
                spans = {key.lower(): int(value) for key, value in _SPAN.findall(whole)}
                self._spans = (spans.get("rowspan", 1), spans.get("colspan", 1))
                self._cell = []
        elif name == "tr":
            self._close_cell()
            if not closes:
                self.rows.append([])

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        while (len(self.rows) - 1, len(row)) in self._held:
            row.append(EMPTY)
        down, across = (min(max(span, 1), _MOST_SPANNED) for span in self._spans)
        here, column = len(self.rows) - 1, len(row)
        for below in range(1, down):
            for beside in range(across):
                self._held[(here + below, column + beside)] = True
        row.append(self._piece(self._cell))
        row.extend([EMPTY] * (across - 1))
        self._cell = None

    def _piece(self, spans: list[tuple[int, int]]) -> Piece:
        chars: list[str] = []
        offsets: list[int] = []
        for start, end in spans:
            at = start
            for entity in _ENTITY.finditer(self.text, start, end):
                self._append(chars, offsets, at, entity.start())
                meant = html.unescape(entity.group())
                if is_blank(meant[0]):
                    self._residue(entity.start(), entity.end())
                    chars.append(" ")
                    offsets.append(entity.start())
                elif len(meant) == 1:
                    chars.append(fold(meant)[0][:1])
                    offsets.append(entity.start())
                    self._residue(entity.start() + 1, entity.end())
                else:
                    self._append(chars, offsets, entity.start(), entity.end())
                at = entity.end()
            self._append(chars, offsets, at, end)
        return Piece(*clean(self.text, "".join(chars), offsets, False))

    def _append(self, chars: list[str], offsets: list[int], start: int, end: int) -> None:
        folded, places = fold_stretch(self.text, start, end)
        chars.append(folded)
        offsets.extend(places)
