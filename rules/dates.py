"""Shapes of dates (``dates.toml``) and the eras that count years (``eras.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from .calendar import all_calendar_words
from .kept import compiled
from .loader import entries, filled, own_rules

FILE = "dates.toml"
PARTS = "date_parts.toml"
ERAS = "eras.toml"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which a date is written."""

    id: str
    why: str
    pattern: str
    """For the regex module, its atoms filled in."""
    examples: tuple[tuple[str, str], ...]
    """Texts with all the dates in them, read in a report on 2021 that speaks on 5 August 2021."""
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Era:
    """A name before a year, and the Gregorian year of its first."""

    id: str
    why: str
    words: tuple[str, ...]
    first: int
    examples: tuple[tuple[str, str], ...]


@cache
def parts() -> Mapping[str, str]:
    """The patterns of which shapes are made (``date_parts.toml``, ``calendar.toml``, the words of eras), by name."""
    known = {identity.replace(".", "_"): record.pattern for identity, record in all_calendar_words().items()}
    # 民 alone is an era before 前 only: 民前1年.
    known["era_words"] = "|".join(word if len(word) > 1 else f"{word}(?=前)" for era in eras() for word in era.words)
    for entry in entries("part", PARTS, own_rules(PARTS)):
        entry.only("id", "why", "pattern")
        known[entry.id] = filled(entry, "pattern", entry.text("pattern"), known)
    return known


@cache
def part(identity: str) -> regex.Pattern[str]:
    """One of them, ready for use."""
    return compiled(parts()[identity], regex.VERBOSE)


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes, in the order in which they are tried wherever a date may begin."""
    records = []
    for entry in entries("date", FILE, own_rules(FILE)):
        entry.only("id", "why", "pattern", "examples", "never")
        pattern = filled(entry, "pattern", entry.text("pattern"), parts())
        entry.compiled("pattern", pattern)
        readings, never = entry.readings("examples"), entry.texts("never")
        records.append(Shape(f"date.{entry.id}", entry.text("why"), pattern, readings, never))
    return tuple(records)


@cache
def eras() -> tuple[Era, ...]:
    """All eras."""
    records = []
    for entry in entries("era", ERAS, own_rules(ERAS)):
        entry.only("id", "why", "words", "first", "examples", "never")
        first = entry.fields.get("first")
        if not isinstance(first, int):
            raise entry.fault("first", "the Gregorian year of its first year")
        records.append(Era(entry.id, entry.text("why"), entry.texts("words"), first, entry.readings("examples")))
    return tuple(records)


def era_of(word: str) -> Era:
    """The era that a word names."""
    return next(era for era in eras() if word in era.words)
