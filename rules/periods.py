"""Natures: which figures are levels, as of a day, and which are flows, over a span (``periods.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import regex

from .loader import Entry, entries, own_rules

Nature = Literal["level", "flow", "total"]


@dataclass(frozen=True, slots=True)
class NatureRule:
    """Words by which a figure is a level or a flow."""

    id: str
    why: str
    reading: Nature
    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]

    def fits(self, before: str, after: str) -> bool:
        """Whether the words around a figure are these."""
        if self.before is not None and not self.before.search(before):
            return False
        return self.after is None or bool(self.after.match(after))


def _pattern(entry: Entry, field: str, end: str) -> regex.Pattern[str] | None:
    raw = entry.pattern(field, {}, default="")
    return regex.compile(f"(?:{raw}){end}", regex.VERBOSE) if raw else None


def nature_rule(entry: Entry) -> NatureRule:
    """The record of one ``[[nature]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "reading", "before", "after", "examples", "never")
    reading = entry.text("reading")
    if reading not in ("level", "flow", "total"):
        raise entry.fault("reading", "level, flow or total")
    return NatureRule(
        id=entry.text("id"),
        why=entry.text("why"),
        reading=cast(Nature, reading),
        before=_pattern(entry, "before", r"\Z"),
        after=_pattern(entry, "after", ""),
        examples=entry.readings("examples"),
        never=entry.texts("never"),
    )


@cache
def nature_rules() -> tuple[NatureRule, ...]:
    """The rules that the package carries, in order."""
    return tuple(nature_rule(entry) for entry in entries("nature", "periods.toml", own_rules("periods.toml")))
