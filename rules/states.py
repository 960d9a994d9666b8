"""States: what a figure claims to be, as far as words tell (``states.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from ..model import State
from .loader import Entry, entries, own_rules

FILE = "states.toml"


@dataclass(frozen=True, slots=True)
class StateRule:
    """Words that say what a figure claims to be."""

    id: str
    why: str
    state: State
    before: re.Pattern[str] | None
    heading: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    examples: tuple[str, ...]
    never: tuple[str, ...]

    def fits(self, before: str, heading: str) -> bool:
        """Whether the words before a figure, or the heading above it, are these."""
        if self.heading is not None and not self.heading.search(heading):
            return False
        if self.before is None:
            return True
        ends = [found.end() for found in self.before.finditer(before)]
        return bool(ends) and (self.unless is None or not self.unless.search(before, ends[-1]))


@cache
def state_rules() -> tuple[StateRule, ...]:
    """The records, in the order in which they are tried."""
    return tuple(_rule(entry) for entry in entries("state", FILE, own_rules(FILE)))


def state_told(before: str, heading: str) -> StateRule | None:
    """The record that tells the state of a figure from its words; None where none does."""
    return next((rule for rule in state_rules() if rule.fits(before, heading)), None)


def _rule(entry: Entry) -> StateRule:
    entry.only("id", "why", "state", "before", "heading", "unless", "examples", "never")
    state = entry.text("state")
    if state not in get_args(State):
        raise entry.fault("state", f"one of {', '.join(get_args(State))}")
    before, heading, unless = (_pattern(entry, field) for field in ("before", "heading", "unless"))
    if before is None and heading is None:
        raise entry.fault("before", "a pattern, here or in 'heading'")
    return StateRule(
        entry.id,
        entry.text("why"),
        cast(State, state),
        before,
        heading,
        unless,
        entry.texts("examples"),
        entry.texts("never"),
    )


def _pattern(entry: Entry, field: str) -> re.Pattern[str] | None:
    text = entry.text(field, "")
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise entry.fault(field, f"a pattern ({error})") from error
