"""Series in wide form: one line an indicator, one column a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby

from .records import Record

_SHAPE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one agency, over its periods."""

    indicator: str
    category: str | None
    agency: str | None
    unit: str | None
    role: str
    values: Mapping[str, str]
    """By period: the value that the latest report gives."""

    @property
    def name(self) -> str:
        """The line as a caption."""
        told = self.indicator + (f" {self.category}" if self.category else "")
        return told + (f"（{self.unit}）" if self.unit else "")

    @property
    def comparable(self) -> tuple[str, ...]:
        """The periods of the most frequent shape, in order: years with years, half years with half years."""
        shapes: dict[str, list[str]] = {}
        for period in sorted(self.values):
            if "/" not in self.values[period]:
                shapes.setdefault(_shape(period), []).append(period)
        longest: list[str] = max(shapes.values(), key=len, default=[])
        return tuple(longest)


class Panel:
    """Lines that have two periods or more, made anew whenever they are gone through.

    ``series``: the rows of the series table, which come line by line, and in the order of their reports within a period.
    """

    def __init__(self, series: Sequence[Record]) -> None:
        self._series = series
        self.size = 0
        """How many lines there are."""
        periods: set[str] = set()
        for line in self.lines():
            self.size += 1
            periods.update(line.values)
        self.periods = tuple(sorted(periods))
        """All their periods in order."""

    def lines(self) -> Iterator[Line]:
        """The lines, in order."""
        for key, rows in groupby(self._series, _key):
            values = {str(row["period"]): str(row["value"]) for row in rows}
            if len(values) > 1:
                yield Line(*key, values)

    def main(self, count: int) -> list[Line]:
        """The lines with the most comparable periods, three at the least, that tell of what is."""
        long = (line for line in self.lines() if len(line.comparable) >= 3 and line.role in ("actual", "rate"))
        return nsmallest(count, long, key=lambda line: -len(line.comparable))


def _key(row: Record) -> tuple[str, str | None, str | None, str | None, str]:
    """What a line is known by."""
    return str(row["indicator"]), _text(row["category"]), _text(row["agency"]), _text(row["unit"]), str(row["role"])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shape(period: str) -> str:
    """What tells years from months, days and half years; the months of a range are part of it."""
    if "/" in period:
        return "/".join(part[4:] for part in period.split("/"))
    return _SHAPE.sub("0", period)
