"""The EDTF of a point whose year is known, and the months in which it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .calendar import edtf, half_year, interval, quarters, school_year, year_of_month
from .dates_parts import Point, Year


def year_inside(span: str, months: Sequence[int]) -> int | None:
    """The year in which the first of the months that a span reaches lies."""
    years = (year_of_month(span, month) for month in months)
    return next((year for year in years if year is not None), None)


_PART_MONTHS = {"H1": range(1, 7), "H2": range(7, 13), "begin": (1,), "end": (12,)}


def months_of(point: Point) -> Sequence[int]:
    """The months in which a point lies, as far as it tells."""
    if point.month is not None:
        return (point.month,)
    if point.part.startswith("Q"):
        first, _, last = point.part[1:].partition("-")
        return range(3 * int(first) - 2, 3 * int(last or first) + 1)
    return _PART_MONTHS.get(point.part, ())


def with_year(first: Point, last: Point) -> Point:
    """The beginning of a range that leaves the year to its end: 12月5日至109年1月3日 begins in the year before."""
    if last.year is None:
        return first
    year = last.year.value - (1 if first.month and last.month and first.month > last.month else 0)
    return replace(first, year=Year("absolute", year))


def written(point: Point, year: int, month: int | None) -> str:
    """The EDTF of a point whose year is known, and its month where it takes one from elsewhere."""
    part, unit = point.part, point.year.unit if point.year else "year"
    month = point.month if point.month is not None else month
    if point.day is not None or month is not None:
        return edtf(year, month, point.day)
    if part in ("T1", "T2"):
        return school_year(year, int(part[1]))
    if unit == "school":
        return school_year(year)
    if part == "decade":
        return f"{year // 10}X"
    if unit == "decade":
        return interval(edtf(year), edtf(year + 9))
    if part in ("H1", "H2"):
        return half_year(year, int(part[1]))
    if part.startswith("Q"):
        first, _, last = part[1:].partition("-")
        return quarters(year, int(first), int(last or first))
    if part in ("begin", "end"):
        return edtf(year, 1 if part == "begin" else 12)
    return edtf(year)
