"""Tables: rows of cells become one block, with the place of every cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Cell
from .headings import mark_of
from .lines import Line, Offsets, clean
from .paragraphs import Draft, ends_sentence

_LONGEST_SCRAP = 9
_FIGURE = re.compile(r"[-+△▲(]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:%|‰)?\)?(?:\s?[㐀-鿿]{1,3})?")


_TIME = re.compile(
    r"(?:\d{1,4}學?年度?(?:底|上半年|下半年)?)?(?:第?\d季|\d{1,2}(?:[-~至]\d{1,2})?月份?底?(?:\d{1,2}日)?)?"
)
_YEAR_HEAD = re.compile(r"(?:民國|會計|預算|學|統計)?(?:年度別?|年底?別|年份|年次|年)")
_PLAIN = re.compile(r"\d*")
_BARE_YEAR = re.compile(r"1?\d\d|(?:19|20)\d\d")


_ORDINALS = re.compile(
    r"[款項目節]|款次|項次|編號|序號|代[碼號]|科目[代編][碼號]|名?稱及編號|次序|排序|順序|NO\.?|No\.?|統一編號|電話|案號|行政區域代碼|區域?代碼"
)


def names_ordinals(head: str) -> bool:
    """Whether a head stands over running numbers, codes and the names they bear: 項次, 款, 名稱及編號."""
    return _ORDINALS.fullmatch(head) is not None


def names_rows_by_year(head: str) -> bool:
    """Whether the numbers below a head are years: 年度, 年別."""
    return _YEAR_HEAD.fullmatch(head) is not None


def is_bare_year(cell: str) -> bool:
    """Whether a cell may be a year without 年."""
    return _BARE_YEAR.fullmatch(cell) is not None


def counts_years(texts: Sequence[str]) -> bool:
    """105, 106, 107: numbers side by side that count on by one, each of which may be a year."""
    if len(texts) < 2 or not all(map(is_bare_year, texts)):
        return False
    return all(abs(int(after) - int(before)) == 1 for before, after in pairwise(texts))


@dataclass(frozen=True, slots=True)
class Piece:
    """The content of a cell: cleaned text with the way back."""

    text: str
    offsets: Offsets

    @property
    def is_figure(self) -> bool:
        """Whether the cell is a number, with its unit perhaps."""
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def is_time(self) -> bool:
        """Whether the cell names a year, a month or a quarter: 109年度, 3月, 1-6月."""
        return _TIME.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Region:
    """A table that was found among the lines: it stands for ``lines[first:last]``."""

    first: int
    last: int
    draft: Draft


EMPTY = Piece("", ())
Row = Sequence[Piece]


def is_half_name(line: Line) -> bool:
    """Whether a line may be the first half of a row's name, or one word of a head: a few characters without a figure."""
    return (
        not line.residue
        and len(line.text) <= _LONGEST_SCRAP
        and not ends_sentence(line.text)
        and mark_of(line.text) is None
        and not any(char.isdigit() or char in ",:" for char in line.text)
    )


def piece(text: str, line: Line, first: int, behind: int) -> Piece:
    """The cell between two places of a line."""
    return Piece(*clean(text, line.raw[first:behind], line.raw_offsets[first:behind], False))


def merged(pieces: Iterable[Piece]) -> Piece:
    """Pieces of one cell, one behind the other, parted by a blank between figures and before a mark."""
    text, offsets = "", list[int]()
    for part in pieces:
        if not part.text:
            continue
        if text and ((text[-1].isascii() and part.text[0].isascii()) or mark_of(part.text) is not None):
            text += " "
            offsets.append(offsets[-1])
        text += part.text
        offsets.extend(part.offsets)
    return Piece(text, offsets)


def table(
    rows: Sequence[Row],
    header_rows: int,
    page: int | None,
    unit_line: Piece | None = None,
    covers: Mapping[tuple[int, int], int] | None = None,
) -> Draft:
    """The block of a table. Cells are parted by a tab, rows by a line feed.

    ``covers`` tells of a head, by its row and column among ``rows``, how many columns it covers.
    """
    text: list[str] = []
    offsets: list[int] = []
    cells: list[Cell] = []
    at = 0
    whole = [[unit_line], *rows] if unit_line is not None else list(rows)
    header_rows += unit_line is not None
    figures_from = _first_figure_column(rows)
    labels = _columns_of_names(rows, header_rows - (unit_line is not None))
    spans = covers or {}
    for number, row in enumerate(whole):
        for column, cell in enumerate(row):
            if number or column:
                text.append("\n" if column == 0 else "\t")
                offsets.append(offsets[-1] if offsets else _first_offset(whole))
                at += 1
            if cell.text:
                header = number < header_rows or column < labels or (column < figures_from and not cell.is_figure)
                span = spans.get((number - (unit_line is not None), column), 1)
                cells.append(Cell(number, column, at, at + len(cell.text), header, column_span=span))
                text.append(cell.text)
                offsets.extend(cell.offsets)
                at += len(cell.text)
    return Draft("".join(text), offsets, kind="table", page=page, cells=tuple(cells))


def _first_offset(rows: Sequence[Row]) -> int:
    return next(cell.offsets[0] for row in rows for cell in row if cell.text)


def _columns_of_names(rows: Sequence[Row], header_rows: int) -> int:
    """How many columns on the left name the rows though they hold numbers: times, years, running numbers, codes."""
    body = rows[header_rows:]
    first = [row[0] for row in rows if row and row[0].text]
    years = bool(first) and (names_rows_by_year(first[0].text) or counts_years([row[0].text for row in body if row]))
    figures = [cell for cell in first if cell.is_figure]
    if figures and all(cell.is_time or (years and is_bare_year(cell.text)) for cell in figures):
        return 1
    named = _first_column_of_words(body)
    before = [row[column] for row in body for column in range(named)]
    return named + 1 if named and all(_PLAIN.fullmatch(cell.text) or not cell.is_figure for cell in before) else 0


def _first_column_of_words(body: Sequence[Row]) -> int:
    """The first column that holds no figure and some words; 0 where there is none."""
    columns = range(min((len(row) for row in body), default=0))
    words = (
        column
        for column in columns
        if any(row[column].text for row in body) and not any(row[column].is_figure for row in body)
    )
    return next(words, 0)


def _first_figure_column(rows: Sequence[Row]) -> int:
    columns = [column for row in rows for column, cell in enumerate(row) if cell.is_figure]
    return min(columns, default=0)


_UNIT_LINE = re.compile(
    r"\(?(?:單位|新臺幣|新台幣)(?:[:]|新臺幣|新台幣).{0,12}元?\)?|\(?(?:新臺幣|新台幣)?[千百萬億仟佰]*元\)?|\(?單位[:].{1,12}\)?"
)


def is_unit_line(text: str) -> bool:
    """Whether a line says the unit of a table's figures."""
    return len(text) <= 24 and _UNIT_LINE.fullmatch(text) is not None
