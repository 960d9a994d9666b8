"""What tells the time of which a report speaks, and what it counts for (``own_time.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal, cast, get_args

import regex

from .kept import compiled
from .loader import Entry, entries, own_rules

FILE = "own_time.toml"
MARGIN = Fraction(31, 20)
"""By so much the best must lead the next. Set on reports whose year is known, whole and cut: a smaller lead was wrong
more often. The cuts that go wrong all the same stand in tests/test_time_invariance.py."""

Told = Literal["year", "span", "fiscal", "issued"]
Place = Literal["name", "title", "first", "line", "opening", "dateline", "heading", "text", "reckoned"]
DateKind = Literal["any", "year", "months", "point", "month", "day"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence on a report's own time."""

    id: str
    why: str
    tells: Told
    where: Place
    date: DateKind
    before: regex.Pattern[str] | None
    behind: regex.Pattern[str] | None
    called: regex.Pattern[str] | None
    holding: regex.Pattern[str] | None
    press: bool
    years: int
    weight: Fraction
    most: int
    shares: tuple[float, ...]
    """By how many years a written year lies before or after this one: -4 (and more) to 4."""
    examples: tuple[tuple[str, str], ...]

    def fits(self, before: str, told: str, behind: str, line: str) -> bool:
        """Whether a date so called, between these words, in this line, is such evidence."""
        if self.holding is not None and not self.holding.search(line):
            return False
        if self.called is not None and not self.called.match(told):
            return False
        if self.before is not None and not self.before.search(before):
            return False
        return self.behind is None or bool(self.behind.match(behind))


def evidence(entry: Entry) -> Evidence:
    """The record of one ``[[evidence]]``."""
    entry.only(
        "id", "why", "tells", "where", "date", "before", "behind", "called", "holding", "press", "years", "weight", "most", "shares", "examples", "never"
    )  # fmt: skip
    chosen = {}
    for field, values in (("tells", Told), ("where", Place), ("date", DateKind)):
        chosen[field] = entry.text(field, "any" if field == "date" else None)
        if chosen[field] not in get_args(values):
            raise entry.fault(field, f"one of {', '.join(get_args(values))}")
    before, behind, called, holding = (entry.text(field, "") for field in ("before", "behind", "called", "holding"))
    return Evidence(
        entry.id,
        entry.text("why"),
        cast(Told, chosen["tells"]),
        cast(Place, chosen["where"]),
        cast(DateKind, chosen["date"]),
        compiled(f"(?:{before})\\Z") if before else None,
        compiled(behind) if behind else None,
        compiled(called) if called else None,
        compiled(holding) if holding else None,
        entry.flag("press"),
        int(_number(entry, "years", 0)),
        _number(entry, "weight", None),
        int(_number(entry, "most", 1)),
        _shares(entry),
        entry.readings("examples"),
    )


def _shares(entry: Entry) -> tuple[float, ...]:
    value = entry.fields.get("shares", [])
    if not isinstance(value, list) or len(value) not in (0, 9) or not all(isinstance(one, float) for one in value):
        raise entry.fault("shares", "nine shares, from four years before to four years after")
    return tuple(value)


def _number(entry: Entry, field: str, default: int | None) -> Fraction:
    value = entry.fields.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise entry.fault(field, "a number")
    return Fraction(str(value))


@cache
def all_evidence() -> Mapping[str, Evidence]:
    """All kinds of evidence, by id."""
    return {record.id: record for record in map(evidence, entries("evidence", FILE, own_rules(FILE)))}


@cache
def evidence_in(place: Place) -> tuple[Evidence, ...]:
    """The kinds of evidence that stand in a place."""
    return tuple(record for record in all_evidence().values() if record.where == place)
