"""Cells of digits alone: their unit stands in the head of their column or row, or over the table (單位：千元)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import regex

from ..model import Block, Cell
from ..rules.units import unit_table
from .claims import Claims
from .numbers.labels import counted_by
from .numbers.numerals import POWERS
from .numbers.quantities import Reading

NUMBER_CELL = regex.compile(
    r"[\s*]*(?P<open>\()?\s*(?P<sign>[△▲+-]\s?)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<close>\))?[\s*]*"
)
# 108,000, and 55% or 12人 with a unit of its own: a figure is no head.
FIGURE_CELL = regex.compile(r"[\s*(△▲+-]*\d[\d,.]*\s*[^\d\s]{0,3}\s*")
UNIT_HEAD = regex.compile(
    r"(?:單位|幣別|新[臺台]幣|\()(?:單位)?[:為]?\s?(?:新[臺台]幣)?\s?(?P<power>[百千萬億]*)(?P<unit>[^\W\d_]{1,6}(?:/[^\W\d_]{1,4})?|%|‰)"
)


@dataclass(frozen=True, slots=True)
class CellUnit:
    """The unit of a table's cells and what its figures are multiplied by."""

    unit: str
    power: Decimal = Decimal(1)


def unit_head(text: str) -> CellUnit | None:
    """The unit that a head names: 單位:千元, (公頃), 金額(百萬元)."""
    for match in UNIT_HEAD.finditer(text):
        parts = match["unit"].split("/")
        if len(parts) == 2 and all(_is_unit(part) for part in parts):
            return CellUnit(match["unit"])  # per something else: 人/平方公里
        unit = unit_table().at(match["unit"] + "\n", 0, 0, True) if match["unit"] not in "%‰" else None
        power = Decimal(1)
        for character in match["power"]:
            power *= POWERS[character]
        if match["unit"] in ("%", "‰"):
            return CellUnit(match["unit"])
        if unit is not None and unit.end == len(match["unit"]):
            return CellUnit(unit.word, power)
    return None


def _is_unit(word: str) -> bool:
    unit = unit_table().at(word + "\n", 0, 0, True)
    return unit is not None and unit.end == len(word)


def label_unit(label: str) -> CellUnit | None:
    """The unit that a head implies by what it counts: 人數, 金額."""
    named = unit_head(label)
    if named is not None:
        return named
    plain = regex.sub(r"\s", "", label)
    counted = counted_by(plain)
    return CellUnit(counted) if counted else None


def read_cell(text: str, start: int, end: int, unit: CellUnit, claims: Claims) -> Reading | None:
    """The quantity of a cell ``text[start:end]`` that holds a number alone; None where it holds anything else."""
    match = NUMBER_CELL.fullmatch(text, start, end)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    begin = match.start("open") if match["open"] else (match.start("sign") if match["sign"] else match.start("number"))
    finish = match.end("close") if match["close"] else match.end("number")
    if not claims.free(begin, finish):
        return None
    digits = match["number"].replace(",", "")
    value = Decimal(digits) * unit.power
    if match["open"] or (match["sign"] and "+" not in match["sign"]):
        value = -value
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * unit.power
    claims.take(begin, finish, "cell.head", "mention")
    return Reading(begin, finish, value, unit.unit, step, "cell.head")


def read_table(block: Block, over: CellUnit | None, claims: Claims) -> list[Reading]:
    """The bare numbers of a table, each with the unit of its column, its row, or of the table (``over``)."""
    over = _caption_unit(block) or over
    columns: dict[int, CellUnit] = {}
    found = []
    for _, row in groupby(block.cells, key=lambda cell: cell.row):
        left: CellUnit | None = None
        named: dict[int, CellUnit] = {}
        for cell in row:
            unit = columns.get(cell.column) or left or over
            if unit is not None and not cell.header:
                found += _numbers_of(block.text, cell.start, cell.end, unit, claims)
            head = _head_unit(block, cell)
            if head is not None:
                left = named[cell.column] = head
        columns |= named  # a head rules the rows below its own
    return found


def _caption_unit(block: Block) -> CellUnit | None:
    """The unit that the first row gives to the whole table: it stands alone there, or as 單位."""
    first, _, _ = block.text.partition("\n")
    alone = sum(bool(cell.strip()) for cell in first.split("\t")) == 1
    return unit_head(first) if alone or "單位" in first else None


def _head_unit(block: Block, cell: Cell) -> CellUnit | None:
    """The unit that a cell gives to those below it and to its right, if it is a head and names one."""
    if not cell.header and FIGURE_CELL.fullmatch(block.text, cell.start, cell.end):
        return None
    return label_unit(block.text[cell.start : cell.end])


def _numbers_of(text: str, start: int, end: int, unit: CellUnit, claims: Claims) -> list[Reading]:
    """The numbers of a cell that holds nothing else: one, or one on each of its lines."""
    parts = list(regex.finditer(r"\S+", text, pos=start, endpos=end))
    if not all(NUMBER_CELL.fullmatch(part.group()) for part in parts):
        return []
    readings = (read_cell(text, part.start(), part.end(), unit, claims) for part in parts)
    return [reading for reading in readings if reading is not None]


CELLS = r"(?P<cells>(?:-?\d[\d,.]*\s+)*-?\d[\d,.]*)\s*"
# 分發人數 12 77 139: a label names the unit; two numbers could be anything.
LABELLED_ROW = regex.compile(rf"(?P<label>[^\d\t\n]{{2,20}}?)[\s:]*(?=(?:\S+\s+){{2}}){CELLS}")
# 02 32020029004 1,642 2,820 -1,178: a line of a budget, behind its item numbers and its account.
ACCOUNT_ROW = regex.compile(rf"(?:\d{{2,3}}\s+){{0,4}}\d{{8,}}\s+{CELLS}")


def read_row(text: str, over: CellUnit | None, claims: Claims) -> list[Reading]:
    """A row of a table that came out as a line; ``over`` is the unit of the table's head, where one was seen."""
    labelled = LABELLED_ROW.fullmatch(text)
    match = labelled or ACCOUNT_ROW.fullmatch(text)
    unit = (label_unit(labelled["label"]) if labelled else None) or over
    if match is None or unit is None:
        return []
    return _numbers_of(text, match.start("cells"), match.end("cells"), unit, claims)
