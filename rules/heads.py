"""Words in the heads of tables, and what they say of a column or a row (``heads.toml``)."""

from __future__ import annotations

from functools import cache

import regex

from .kept import compiled
from .loader import entries, own_rules

FILE = "heads.toml"


@cache
def head_patterns() -> dict[str, regex.Pattern[str]]:
    """The pattern of each record, by its id."""
    found: dict[str, regex.Pattern[str]] = {}
    for entry in entries("head", FILE, own_rules(FILE)):
        entry.only("id", "why", "pattern", "examples", "never")
        try:
            found[entry.id] = compiled(entry.text("pattern"))
        except regex.error as error:
            raise entry.fault("pattern", f"a pattern of the regex module ({error})") from error
    return found


def head_pattern(identity: str) -> regex.Pattern[str]:
    """The pattern of one record."""
    return head_patterns()[identity]
