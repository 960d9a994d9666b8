"""Shapes of dates (``dates.toml``) and the eras that count years (``eras.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .loader import entries, filled, own_rules

FILE = "dates.toml"
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


def shapes(atoms: Mapping[str, str]) -> tuple[Shape, ...]:
    """All shapes, in the order in which they are tried wherever a date may begin."""
    records = []
    for entry in entries("date", FILE, own_rules(FILE)):
        entry.only("id", "why", "pattern", "examples", "never")
        pattern = filled(entry, "pattern", entry.text("pattern"), atoms)
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
