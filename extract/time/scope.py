"""In what a date or a figure stands: the report with its own time, and the headings above."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...model import Block, Period, Report


@dataclass(frozen=True, slots=True)
class Words:
    """Where words stand in the report: their offsets."""

    start: int
    end: int

    @staticmethod
    def of(block: Block, start: int, end: int) -> Words:
        """The place of a stretch of a block's text."""
        return Words(block.offsets[start], block.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Own:
    """A report's own time; each part is None where nothing tells it well enough."""

    period: Period | None = None
    """The span that it covers: 本期."""
    issued: Period | None = None
    """The day, month or year in which it speaks."""
    year: int | None = None
    """The Gregorian year that it calls 本年."""
    is_press: bool = False
    """It speaks of its day: a press release, a speech."""
    source: Words | None = None
    """Where the span that it covers is told."""

    @property
    def end(self) -> Period | None:
        """The last month or day of the span that it covers; of a meeting, its days."""
        if self.period is None or self.period.end.year is None:
            return None
        point = self.period.end
        if self.period.is_span and self.period.grain == "day":
            return self.period  # the days of a meeting
        return Period.at(point.year, 12 if point.grain == "year" else point.month, point.day)

    @property
    def now(self) -> Period | None:
        """The moment that 目前 means: none that lies after the report."""
        end, issued = self.end, self.issued
        ahead = end and issued and end.last and issued.last and issued.last < end.last
        return issued if self.is_press or ahead else end


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report and the headings above a block say of time."""

    own: Own = Own()
    span: Period | None = None
    """The period that a heading gives."""

    @property
    def period(self) -> Period | None:
        """The period that frames the block."""
        return self.span or self.own.period

    @property
    def year(self) -> int | None:
        """The year that an elliptical date of the block has where nothing else tells."""
        if self.span is not None:
            return self.span.end.year
        if self.own.year is not None:
            return self.own.year
        known = self.own.period or self.own.issued
        return known.end.year if known else None


def headings_above(report: Report, views: Collection[int]) -> dict[int, tuple[int, ...]]:
    """For each block with mentions, the headings above it that hold a date, outermost first."""
    result: dict[int, tuple[int, ...]] = {}
    stack: list[tuple[int, int]] = []
    for index, block in enumerate(report.blocks):
        if block.kind == "heading":
            while stack and stack[-1][0] >= block.level:
                stack.pop()
        if index in views:
            result[index] = tuple(heading for _, heading in stack)
        if block.kind == "heading" and index in views:
            stack.append((block.level, index))
    return result
