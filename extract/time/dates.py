"""The dates of a report: every calendar expression with its value."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import regex

from ...corpus.tables import counts_years, is_bare_year, names_rows_by_year
from ...model import Block, Period, Report
from .calendar import gregorian
from .resolve import resolve
from .scope import Own, Scope

__all__ = ["DateReading", "read_dates"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as it stands in a block, and what it means."""

    block: int
    """Index into ``report.blocks``."""
    start: int
    end: int
    period: Period
    """As written: the calendar need not have such a day."""
    rule: str
    """Id of the shape that read it."""


def read_dates(report: Report, own: Own) -> list[DateReading]:
    """All dates of a report, in text order and without overlaps."""
    readings: list[DateReading] = []
    before: Period | None = None
    for index, block in enumerate(report.blocks):
        if block.kind == "residue":
            continue
        readings.extend(_bare_years(index, block))
        found = resolve(block.text, Scope(own, _span_of(block.path, own)), before)
        before = next((date.period for date in reversed(found) if not date.compared), before)
        for date in found:
            readings.append(DateReading(index, date.phrase.start, date.phrase.end, date.period, date.phrase.rule))
    return readings


def _bare_years(index: int, block: Block) -> Iterator[DateReading]:
    """The years of a table that lack their 年: in its first column, below a head that says so; in its heads, side by side."""
    for _, row in groupby((cell for cell in block.cells if cell.header), key=lambda cell: cell.row):
        years = [cell for cell in row if is_bare_year(block.text[cell.start : cell.end])]
        if counts_years([block.text[cell.start : cell.end] for cell in years]):
            for cell in years:
                year = Period.at(gregorian(int(block.text[cell.start : cell.end])))
                yield DateReading(index, cell.start, cell.end, year, "cell.year")
    named = False
    for cell in block.cells:
        if cell.column == 0:
            text = block.text[cell.start : cell.end]
            if named and is_bare_year(text):
                yield DateReading(index, cell.start, cell.end, Period.at(gregorian(int(text))), "cell.year")
            else:
                named = names_rows_by_year(text) or (named and not cell.header)


_BOUNDS = regex.compile(r"(?:以|之)?前|起|以來|以後|(?:修正|公布|施行|函頒|訂定|核定)")
"""109年以前, 110年起: what a heading says of a rule, and no time of what stands under it."""


def stated_span(heading: str, scope: Scope) -> Period | None:
    """The time that a heading gives to what stands under it: not one that it compares with or quotes."""
    for date in resolve(heading, scope):
        named = date.phrase.rule in ("date.event_year", "date.same_period", "date.decade")
        if named or date.anchor.relation == "compared" or date.anchor.quoted or date.period.is_open:
            continue
        if not _BOUNDS.match(heading, date.phrase.end):
            return date.period
    return None


@lru_cache(maxsize=1024)
def _span_of(path: tuple[str, ...], own: Own) -> Period | None:
    """The period that the innermost heading with a date gives."""
    return next((span for heading in reversed(path) if (span := stated_span(heading, Scope(own)))), None)


def time_told(text: str) -> Period:
    """The time that somebody gives: ``113年下半年``, ``113年12月6日``, or EDTF (ISO 8601); raises ``ValueError``."""
    told = unicodedata.normalize("NFKC", text).strip()
    try:
        return Period.parse(told)
    except ValueError:
        found = resolve(told, Scope())
        spans = [(date.phrase.start, date.phrase.end) for date in found]
        if spans != [(0, len(told))] or found[0].period.is_open:
            raise
        return found[0].period
