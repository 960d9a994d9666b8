"""Atoms: named pieces of pattern, ``{N}`` or ``{near}``, from which the patterns of all rules are composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .bounded import Pattern
from .loader import Entry, filled
from .registry import RuleSet, active, rule_entries


@dataclass(frozen=True, slots=True)
class Atom:
    """One named piece of pattern, with the atoms that it is made of filled in."""

    id: str
    why: str
    pattern: str
    examples: tuple[str, ...]
    """Texts that it fits from end to end."""
    never: tuple[str, ...]


def atom(entry: Entry, known: Mapping[str, str]) -> Atom:
    """The record of one ``[[atom]]``; ``known`` are the atoms before it, of which it may be made."""
    entry.only("id", "why", "pattern", "examples", "never")
    if not entry.id.isidentifier():
        raise entry.fault("id", "letters, digits and _, since patterns call it by {id}")
    pattern = filled(entry, "pattern", entry.text("pattern"), known)
    entry.compiled("pattern", pattern)
    return Atom(entry.id, entry.text("why"), pattern, entry.texts("examples"), entry.texts("never"))


@cache
def atom_records(rules: RuleSet) -> tuple[Atom, ...]:
    """All atoms, in order."""
    known: dict[str, str] = {}
    records = []
    for entry in rule_entries("atom", rules):
        record = atom(entry, known)
        known[record.id] = record.pattern
        records.append(record)
    return tuple(records)


@cache
def atoms_of(rules: RuleSet) -> Mapping[str, str]:
    """The pattern of each atom, by name."""
    return {record.id: record.pattern for record in atom_records(rules)}


def atoms() -> Mapping[str, str]:
    """The pattern of each atom of the rules in use, by name."""
    return atoms_of(active())


def pattern_in(entry: Entry, field: str, end: str = "") -> Pattern | None:
    """The pattern of a field that may be left out, its atoms filled in, with ``end`` behind it."""
    raw = entry.pattern(field, atoms(), default="")
    return entry.compiled(field, f"(?:{raw}){end}") if raw else None
