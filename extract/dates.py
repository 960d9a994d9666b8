"""The dates of a report: every calendar expression with its EDTF value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..model import Report
from .calendar import is_possible
from .dates_frame import Frame, Section
from .dates_resolve import Resolved, resolve, stated_span

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
        section = Section(frame, _span_of(block.path, frame))
        found = resolve(block.text, section, before)
        before = found[-1].edtf if found else before
        for date in found:
            readings.append(_reading(index, date))
    return readings


def _reading(block: int, date: Resolved) -> DateReading:
    phrase = date.phrase
    return DateReading(block, phrase.start, phrase.end, date.edtf, phrase.rule, not is_possible(date.edtf))


@lru_cache(maxsize=1024)
def _span_of(path: tuple[str, ...], frame: Frame) -> str | None:
    """The period that the innermost heading with a date gives."""
    for heading in reversed(path):
        if span := stated_span(heading, Section(frame)):
            return span
    return None
