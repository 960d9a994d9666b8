"""The dates of a report: every calendar expression with its EDTF value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from ..corpus.tables import is_bare_year, names_rows_by_year
from ..model import Block, Report
from .calendar import gregorian, is_possible
from .dates_frame import Frame, Section
from .dates_resolve import resolve, stated_span
from .dates_told import COMPARED

__all__ = ["DateReading", "read_dates"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as it stands in a block, and what it means."""

    block: int
    """Index into ``report.blocks``."""
    block_start: int
    block_end: int
    edtf: str
    rule: str
    """Id of the shape that read it."""
    impossible: bool = False
    """The calendar has no such day; ``edtf`` is as written."""


def read_dates(report: Report, frame: Frame) -> list[DateReading]:
    """All dates of a report, in text order and without overlaps."""
    readings: list[DateReading] = []
    before: str | None = None
    for index, block in enumerate(report.blocks):
        if block.kind == "residue":
            continue
        readings.extend(_bare_years(index, block))
        section = Section(frame, _span_of(block.path, frame))
        found = resolve(block.text, section, before)
        told = [date for date in found if not _is_compared(block.text, date.phrase.start)]
        before = told[-1].edtf if told else before
        for date in found:
            end = _end_of_span(report.text, block, date.phrase.start, date.phrase.end)
            readings.append(
                DateReading(index, date.phrase.start, end, date.edtf, date.phrase.rule, not is_possible(date.edtf))
            )
    return readings


_COMPARED_WITH = regex.compile(r"[與和][^。;]{0,40}?(?:相較|相比|比較|對照)")


def _is_compared(text: str, start: int) -> bool:
    """較109年, 與109年…相比: a time of other figures."""
    return COMPARED.search(text[max(0, start - 3) : start]) is not None or _COMPARED_WITH.match(text, max(0, start - 1)) is not None  # fmt: skip


def _bare_years(index: int, block: Block) -> Iterator[DateReading]:
    """The years of a table's first column that lack their 年, below a head that says what they are."""
    named = False
    for cell in block.cells:
        if cell.column == 0:
            text = block.text[cell.start : cell.end]
            if named and is_bare_year(text):
                yield DateReading(index, cell.start, cell.end, str(gregorian(int(text))), "cell.year")
            else:
                named = names_rows_by_year(text) or (named and not cell.header)


def _end_of_span(text: str, block: Block, start: int, end: int) -> int:
    """A date that a page's foot or a neighbouring column cuts in two ends before the cut; its reading is the whole."""
    offsets = block.offsets
    if offsets[end - 1] - offsets[start] == end - 1 - start:
        return end
    for at in range(start + 1, end):
        dropped = text[offsets[at - 1] + 1 : offsets[at]]
        if "\n" in dropped and dropped.strip():
            return at
    return end


@lru_cache(maxsize=1024)
def _span_of(path: tuple[str, ...], frame: Frame) -> str | None:
    """The period that the innermost heading with a date gives."""
    for heading in reversed(path):
        if span := stated_span(heading, Section(frame)):
            return span
    return None
