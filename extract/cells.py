"""Cells of digits alone: their unit stands in the head of their column or row, or over the table (單位：千元)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import prod

import regex

from ..corpus.headings import mark_of
from ..model import Block, Cell
from ..rules.heads import head_pattern
from ..rules.units import unit_table
from .claims import Claims
from .heads import FORMULA, Heads, heads_in
from .numbers.labels import counted_by
from .numbers.numerals import POWERS
from .numbers.spans import Reading

NUMBER_CELL = regex.compile(
    r"[\s*]*+(?P<figure>(?:(?P<open>\()\s*+)?(?:(?P<sign>[△▲+-])\s*+)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?!0\d*[1-9])\d+(?:\.\d+)?)(?:\s*+(?P<close>\)))?)[\s*]*+"
)
UNIT_HEAD = regex.compile(
    r"(?:單位|幣別|新[臺台]幣|\()(?:單位)?[:為]?\s?(?:新[臺台]幣)?\s?(?P<power>[百千萬億]*)(?P<unit>[^\W\d_]{1,6}(?:/[^\W\d_]{1,4})?|%|‰)"
)


@dataclass(frozen=True, slots=True)
class CellUnit:
    """The unit of a table's cells and what its figures are multiplied by."""

    unit: str | None
    power: Decimal = Decimal(1)


_PERCENT = CellUnit("%")
UNNAMED = CellUnit(None)
"""No head names a unit: index numbers, counts of what the table's title names."""
_NUMBER_ALONE = regex.compile(r"[\d.,-]+")
_NUMBERED = regex.compile(r"第?\d{1,3}[款項目節](?=\s*[^\d\s])")
_BAND = regex.compile(
    r"(?:未滿|滿)?(?P<n>\d[\d,.]*)[^\W\d_]{0,3}(?:(?:[~-]|至|以上至?|、)(?:未滿)?(?P>n)[^\W\d_]{0,3})?(?:(?:及|或)?以[上下內]|未滿|者)*"
)
"""15-19歲, 65歲以上, 1萬元至未滿2萬元: a label of a row or column by the size of what it counts."""
_BANDED = regex.compile(r"[~-]|至|以[上下內]|未滿")
_LETTERS = regex.compile(r"[一-鿿A-Za-z]{2}|[男女計]")
_NO_FIGURE = head_pattern("no-figure")


def unit_head(text: str) -> CellUnit | None:
    """The unit that a head names: 單位:千元, (公頃), 金額(百萬元)."""
    for match in UNIT_HEAD.finditer(text):
        word = match["unit"]
        if word in ("%", "‰") or ("/" in word and all(_unit(part) for part in word.split("/"))):
            return CellUnit(word)  # 人/平方公里: per something else
        if unit := _unit(word):
            return CellUnit(unit, Decimal(prod(POWERS[power] for power in match["power"])))
    return None


def _unit(word: str) -> str | None:
    """The unit that a word is."""
    unit = unit_table().at(word + "\n", 0, 0, True)
    return unit.word if unit is not None and unit.end == len(word) else None


def label_unit(label: str) -> CellUnit | None:
    """The unit that a head implies by what it counts: 人數, 金額."""
    named = unit_head(label)
    if named is not None:
        return named
    counted = counted_by(FORMULA.sub("", "".join(label.split())))
    return CellUnit(counted or None) if counted is not None else None


def read_cell(text: str, start: int, end: int, unit: CellUnit, claims: Claims) -> Reading | None:
    """The quantity of a cell ``text[start:end]`` that holds a number alone; None where it holds anything else."""
    match = NUMBER_CELL.fullmatch(text, start, end)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    rule = "cell.head" if unit.unit is not None else "cell.bare"
    if not claims.take(*match.span("figure"), rule, "mention"):
        return None
    digits = match["number"].replace(",", "")
    value = Decimal(digits) * unit.power
    value = -value if match["open"] or match["sign"] not in (None, "+") else value
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * unit.power
    return Reading(*match.span("figure"), value, unit.unit, step, rule)


def read_table(block: Block, over: CellUnit | None, claims: Claims) -> list[Reading]:
    """The bare numbers of a table, each with the unit of its column, its row, or of the table (``over``).

    Numbers without any unit are figures, too, where they stand below or beside a head that is no name of a number.
    The unit over a table is not that of a column of decimals beside columns of whole numbers.
    """
    over = _caption_unit(block) or over
    units: dict[Cell, CellUnit | None] = {}

    def unit_of(cell: Cell) -> CellUnit | None:
        if cell not in units:
            units[cell] = label_unit(block.text[cell.start : cell.end])
        return units[cell]

    found = []
    named_cells = heads_in(block)
    finer = _finer_columns(block)
    for cell in block.cells:
        _leave_ordinals(block.text, cell, claims)
    for cell, heads in named_cells.items():
        if cell.header:
            continue
        named = (*reversed(heads.column), *reversed(heads.row))
        unit = next((unit for head in named if (unit := unit_of(head)) is not None), over)
        if any(unit_of(head) == _PERCENT for head in heads.row[-1:]):
            unit = _PERCENT  # 較上年增減(%) below 人數: the row knows better
        if unit is not None and over is not None and unit == CellUnit(over.unit):
            unit = over  # 人數 under 單位:千人 is in thousands, too
        if unit is over and cell.column in finer:
            unit = None
        if unit is None and _is_counted(block, heads):
            unit = UNNAMED
        if unit is not None:
            found += _numbers_of(block.text, cell.start, cell.end, unit, claims)
    return sorted(found, key=lambda reading: reading.start)


def _leave_ordinals(text: str, cell: Cell, claims: Claims) -> None:
    """Running numbers and codes are heads of their rows; 1款 總統府主管: that of a column may bear its number."""
    numbered = _NUMBER_ALONE.fullmatch(text, cell.start, cell.end) if cell.header else None
    numbered = numbered or _NUMBERED.match(text, cell.start, cell.end)
    band = _BAND.fullmatch(text, cell.start, cell.end) if cell.header else None
    if band is not None and _BANDED.search(band.group()):
        claims.take(band.start(), band.end(), "cell.label", "recognised")
        return
    if numbered is not None:
        claims.take(numbered.start(), numbered.end(), "cell.ordinal", "recognised")
        return
    begin = cell.start
    mark = mark_of(text[begin : cell.end])
    if mark is None and text[begin] == "(" and text[cell.end - 1] == ")":  # (1.一般政務)
        begin += 1
        mark = mark_of(text[begin : cell.end])
    if mark is not None and _LETTERS.search(text, begin, cell.end):
        claims.take(begin, begin + len(mark.text), "layout.marker", "recognised")


def _finer_columns(block: Block) -> frozenset[int]:
    """Columns of decimals beside columns of whole numbers: shares or rates, whatever unit stands over the table."""
    whole: set[int] = set()
    decimals: set[int] = set()
    for cell in block.cells:
        number = None if cell.header else NUMBER_CELL.fullmatch(block.text, cell.start, cell.end)
        if number is not None:
            (decimals if "." in number["number"] else whole).add(cell.column)
    return frozenset(decimals - whole) if whole - decimals else frozenset()


def _is_counted(block: Block, heads: Heads) -> bool:
    """Whether a number without a unit is a figure: its row or column has a name, and that names no number or time."""
    names = [block.text[cell.start : cell.end] for cell in (*heads.row, *heads.column)]
    return any(_LETTERS.search(name) for name in names) and not any(_NO_FIGURE.search(name) for name in names[-1:])


def _caption_unit(block: Block) -> CellUnit | None:
    """The unit that the first row gives to the whole table: it stands alone there, or as 單位."""
    first, _, _ = block.text.partition("\n")
    alone = sum(bool(cell.strip()) for cell in first.split("\t")) == 1
    return unit_head(first) if alone or "單位" in first else None


def _numbers_of(text: str, start: int, end: int, unit: CellUnit, claims: Claims) -> list[Reading]:
    """The numbers of a cell that holds nothing else: one, or one on each of its lines."""
    alone = read_cell(text, start, end, unit, claims)
    if alone is not None:
        return [alone]
    parts = list(regex.finditer(r"\S+", text, pos=start, endpos=end))
    if not all(NUMBER_CELL.fullmatch(part.group()) for part in parts):
        return []
    readings = (read_cell(text, part.start(), part.end(), unit, claims) for part in parts)
    return [reading for reading in readings if reading is not None]


CELLS = r"(?P<cells>(?:-?\d[\d,.]*+\s++)*-?\d[\d,.]*+)\s*+"
# 分發人數 12 77 139: a label names the unit; two numbers could be anything.
LABELLED_ROW = regex.compile(rf"(?P<label>[^\d\t\n]{{2,20}}?)[\s:]*+(?=(?:\S+\s+){{2}}){CELLS}")
# 02 32020029004 1,642 2,820 -1,178: a line of a budget, behind its item numbers and its account.
ACCOUNT_ROW = regex.compile(rf"(?:\d{{2,3}}\s+){{0,4}}\d{{8,}}\s+{CELLS}")


def read_row(text: str, over: CellUnit | None, claims: Claims) -> list[Reading]:
    """A row of a table that came out as a line; ``over`` is the unit of the table's head, where one was seen."""
    end = text.rstrip()[-1:]
    if not end.isdecimal() and end not in ",.":
        return []  # most texts end otherwise, which is sooner told
    labelled = LABELLED_ROW.fullmatch(text)
    match = labelled or ACCOUNT_ROW.fullmatch(text)
    unit = (label_unit(labelled["label"]) if labelled else None) or over
    if match is None or unit is None:
        return []
    return _numbers_of(text, match.start("cells"), match.end("cells"), unit, claims)
