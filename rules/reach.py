"""Words by which a date reaches a figure, or does not (``reach.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .loader import Entry, entries, own_rules

FILE = "reach.toml"


@dataclass(frozen=True, slots=True)
class ReachRule:
    """Words around masked figures and dates."""

    id: str
    why: str
    behind: bool
    """The words stand right behind a date."""
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    """Masked texts, with what the pattern takes in 【 】."""
    never: tuple[str, ...]


def reach_rule(entry: Entry) -> ReachRule:
    """The record of one ``[[reach]]``."""
    entry.only("id", "why", "at", "pattern", "examples", "never")
    at, pattern = entry.text("at", ""), re.compile(entry.text("pattern"))
    if at not in ("", "behind"):
        raise entry.fault("at", "behind, or nothing")
    return ReachRule(entry.id, entry.text("why"), bool(at), pattern, entry.marked("examples"), entry.texts("never"))


@cache
def reach_rules() -> Mapping[str, ReachRule]:
    """All records, by id."""
    return {entry.id: reach_rule(entry) for entry in entries("reach", FILE, own_rules(FILE))}


def spans(identity: str, text: str) -> list[str]:
    """What of a masked text a record takes."""
    rule = reach_rules()[identity]
    if not rule.behind:
        return [found.group() for found in rule.pattern.finditer(text)]
    dates = (at + 1 for at, sign in enumerate(text) if sign == "▢")
    return [found.group() for at in dates if (found := rule.pattern.match(text, at))]


def reach(identity: str) -> re.Pattern[str]:
    """The pattern of one record."""
    return reach_rules()[identity].pattern
