"""Series in wide form: one line an indicator, one column a period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines that have two periods or more, and all their periods in order."""

    lines: tuple[Line, ...]
    periods: tuple[str, ...]

    def main(self, count: int) -> tuple[Line, ...]:
        """The lines with the most comparable periods, three at the least, that tell of what is."""
        long = [line for line in self.lines if len(line.comparable) >= 3 and line.role in ("actual", "rate")]
        return tuple(sorted(long, key=lambda line: -len(line.comparable))[:count])


def panel(series: Iterable[Record]) -> Panel:
    """The panel made of the rows of the series table, which come in the order of their reports within a period."""
    lines: dict[tuple[str, str | None, str | None, str | None, str], dict[str, str]] = {}
    for row in series:
        key = (
            str(row["indicator"]),
            _text(row["category"]),
            _text(row["agency"]),
            _text(row["unit"]),
            str(row["role"]),
        )
        lines.setdefault(key, {})[str(row["period"])] = str(row["value"])
    found = tuple(Line(*key, values) for key, values in lines.items() if len(values) > 1)
    return Panel(found, tuple(sorted({period for line in found for period in line.values})))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shape(period: str) -> str:
    """What tells years from months, days and half years; the months of a range are part of it."""
    if "/" in period:
        return "/".join(part[4:] for part in period.split("/"))
    return _SHAPE.sub("0", period)
