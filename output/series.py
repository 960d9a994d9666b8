"""Indicators that run through several reports, with their values by period: as rows, as a panel, on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..model import Alignment, Extraction
from ..notation import Both, Language, calendar, thousands
from .passages import printable
from .records import Record
from .tables import series_rows
from .words import ROLES

if TYPE_CHECKING:
    import pandas
    from rich.console import Console

LEVELS = ("indicator", "category", "agency", "role", "unit")
"""What a line of the panel is known by."""
_BLOCKS = "▁▂▃▄▅▆▇█"
_BAR = 24
"""Cells of the longest bar."""
_OWN_NATURE = ("actual", "rate")
"""Roles that go without saying."""
_WORDS: dict[Language, dict[str, str]] = {
    "zh-TW": {
        "count": "{series} 個指標見於多份報告，共 {values} 個數值。",
        "none": "沒有跨報告的指標。",
    },
    "en": {
        "count": "{series} indicators run through several reports, with {values} values.",
        "none": "No indicator runs through several reports.",
    },
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one period, with the reports that tell it."""

    period: str
    value: str
    reports: tuple[str, ...]

    @property
    def number(self) -> Fraction:
        """The value, exactly."""
        return Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator of an agency over time, in the order of its periods."""

    indicator: str
    category: str | None
    agency: str | None
    role: str
    unit: str | None
    """The measure word that is used most: 人 and 名 measure the same."""
    values: tuple[Value, ...]
    rows: tuple[Record, ...]
    """The rows of the series table that it is made of."""

    @property
    def reports(self) -> frozenset[str]:
        """The reports that tell it."""
        return frozenset(report for value in self.values for report in value.reports)

    @property
    def periods(self) -> frozenset[str]:
        """Its periods."""
        return frozenset(value.period for value in self.values)

    @property
    def spark(self) -> str:
        """The values as blocks of different heights, the first period on the left."""
        numbers = [value.number for value in self.values]
        low, high = min(numbers), max(numbers)
        if low >= 0 and 2 * low < high:
            low = Fraction(0)
        reach = high - low
        return "".join(_BLOCKS[int((number - low) * 7 / reach) if reach else 3] for number in numbers)


def all_series(extractions: Iterable[Extraction], alignments: Iterable[Alignment] = ()) -> tuple[Series, ...]:
    """Every indicator that has a period, by name."""
    groups: dict[str, list[Record]] = {}
    for row in series_rows(extractions, alignments):
        groups.setdefault(str(row["series"]), []).append(row)
    found = [_made(rows) for rows in groups.values()]
    return tuple(sorted(found, key=lambda one: tuple(str(getattr(one, level) or "") for level in LEVELS)))


def running(
    extractions: Iterable[Extraction], text: str = "", alignments: Iterable[Alignment] = ()
) -> tuple[Series, ...]:
    """The series that two reports or more tell over two periods or more, with ``text`` in their name."""
    found = (one for one in all_series(extractions, alignments) if len(one.reports) > 1 and len(one.periods) > 1)
    return tuple(one for one in found if text in f"{one.indicator} {one.category or ''}")


def _made(rows: list[Record]) -> Series:
    """A series by the name that the last report gives it."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        told.setdefault((str(row["period"]), str(row["value"])), []).append(str(row["report"]))
    units = Counter(str(row["unit"] or "") for row in rows)
    last = max(rows, key=lambda row: (str(row["as_of"] or ""), str(row["agency"] or ""), str(row["report"])))
    return Series(
        str(last["indicator"]),
        str(last["category"]) if last["category"] else None,
        str(last["agency"]) if last["agency"] else None,
        str(last["role"]),
        max(units, key=lambda unit: (units[unit], unit)) or None,
        tuple(
            Value(period, value, tuple(sorted(set(reports))))
            for (period, value), reports in sorted(told.items(), key=lambda item: (_end(item[0][0]), item[0]))
        ),
        tuple(rows),
    )


def _end(period: str) -> str:
    """Periods are put in order by their end: a year behind its own months."""
    return period.rpartition("/")[2] + "~"


def series_frame(extractions: Iterable[Extraction], alignments: Iterable[Alignment] = ()) -> pandas.DataFrame:
    """The panel: one row an indicator, category and agency, one column a period.

    Where several reports tell different values of one period, that of the last report stands.
    """
    import pandas as pd

    found = all_series(extractions, alignments)
    columns = sorted({period for one in found for period in one.periods}, key=lambda period: (_end(period), period))
    index = pd.MultiIndex.from_tuples(
        [tuple(getattr(one, level) or "" for level in LEVELS) for one in found], names=list(LEVELS)
    )
    by_period = [{value.period: _exact(value) for value in _last_told(one)} for one in found]
    return pd.DataFrame(by_period, index=index, columns=pd.Index(columns, name="period"), dtype=object)


def _last_told(one: Series) -> list[Value]:
    return sorted(one.values, key=lambda value: (value.period, value.reports[-1]))


def _exact(value: Value) -> object:
    from decimal import Decimal

    return value.number if "/" in value.value else Decimal(value.value)


# --- the terminal ----------------------------------------------------------------------------------------------------


def draw(found: Iterable[Series], console: Console, language: Language) -> None:
    """Each series with a bar for each period; within 80 columns where the terminal has no more."""
    from rich.text import Text

    words = _WORDS[language]
    listed = tuple(found)
    for one in listed:
        console.print(_heading(one, language), soft_wrap=True)
        for line in _lines(one, console.width, language):
            console.print(line, soft_wrap=True)
        console.print()
    said = words["count"] if listed else words["none"]
    console.print(Text(said.format(series=len(listed), values=sum(len(one.values) for one in listed))), soft_wrap=True)


def _heading(one: Series, language: Language) -> object:
    from rich.text import Text

    name = f"{one.indicator}／{one.category}" if one.category else one.indicator
    unit = Both("（{}）", " ({})").of(language).format(one.unit) if one.unit and one.unit != "ratio" else ""
    label = next(label for role, label in ROLES.items() if role == one.role)
    role = f" [{label.of(language)}]" if one.role not in _OWN_NATURE else ""
    return Text.assemble(
        (printable(name), "bold"), printable(unit), role, f"  {one.spark}  ", (printable(one.agency or ""), "dim")
    )


def _lines(one: Series, width: int, language: Language) -> Iterator[object]:
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    periods = [printable(calendar(value.period).of(language)) for value in one.values]
    widest = max(map(cell_len, periods))
    amounts = [thousands(value.value) for value in one.values]
    longest = max(map(len, amounts))
    high = max(abs(value.number) for value in one.values)
    for value, period, told in zip(one.values, periods, amounts, strict=True):
        filled = int(abs(value.number) * _BAR / high) if high else 0
        line = Text("  " + set_cell_size(period, widest) + " ")
        line.append("█" * filled, style="red" if value.number < 0 else "cyan")
        line.append(" " * (_BAR - filled) + f" {told:>{longest}}  ")
        left = max(width - cell_len(line.plain), 8)
        source = Text(printable("、".join(value.reports)), style="dim")
        source.truncate(left, overflow="ellipsis")
        yield line + source
