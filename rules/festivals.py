"""Days around the lunar new year, with their day of the calendar (``festivals.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from .loader import Entry, entries, own_rules

FILE = "festivals.toml"
_DAY = re.compile(r"\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Festival:
    """A day that is so many days from the first of the lunar year."""

    id: str
    why: str
    words: tuple[str, ...]
    offset: int
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]
    since: int | None
    """The Gregorian year of the first of ``days``."""
    days: tuple[str, ...]
    """Month and day of the first of the lunar year, year by year."""


def festival(entry: Entry) -> Festival:
    """The record of one ``[[festival]]``."""
    entry.only("id", "why", "words", "offset", "since", "days", "examples", "never")
    offset, since = entry.fields.get("offset"), entry.fields.get("since")
    if not isinstance(offset, int):
        raise entry.fault("offset", "a number of days")
    days = entry.texts("days")
    if not all(map(_DAY.fullmatch, days)) or bool(days) != isinstance(since, int):
        raise entry.fault("days", "month and day of each year from `since` on")
    first = since if isinstance(since, int) else None
    return Festival(
        entry.id,
        entry.text("why"),
        entry.texts("words"),
        offset,
        entry.readings("examples"),
        entry.texts("never"),
        first,
        days,
    )


@cache
def festivals() -> tuple[Festival, ...]:
    """All records."""
    return tuple(festival(entry) for entry in entries("festival", FILE, own_rules(FILE)))


@cache
def _offsets() -> Mapping[str, int]:
    return {word: record.offset for record in festivals() for word in record.words}


@cache
def _new_years() -> Mapping[int, date]:
    return {
        record.since + number: date.fromisoformat(f"{record.since + number}-{day}")
        for record in festivals()
        if record.since is not None
        for number, day in enumerate(record.days)
    }


@cache
def festival_words() -> re.Pattern[str]:
    """Finds their names, and no beginning of another word (初一百人, 初三次)."""
    words = sorted(_offsets(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![最起當期月原])(?:{'|'.join(words)})(?![級年月個次期百千萬億十步])")


def day_of(word: str, year: int) -> date | None:
    """The day of the calendar that such a name means in a year; None beyond the years that are known."""
    first = _new_years().get(year)
    return first + timedelta(days=_offsets()[word]) if first is not None else None
