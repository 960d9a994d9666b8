"""Relations of dates to what is told (``anchors.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

import regex

from .kept import compiled
from .loader import Entry, entries, own_rules

FILE = "anchors.toml"
Relation = Literal["during", "as-of", "since", "effective", "due", "planned", "enacted", "compared", "named"]
DateGrain = Literal["", "year", "finer", "point", "bare"]


@dataclass(frozen=True, slots=True)
class AnchorRule:
    """Words around a date by which it stands so to what is told."""

    id: str
    why: str
    relation: Relation
    before: regex.Pattern[str] | None
    behind: regex.Pattern[str] | None
    grain: DateGrain
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]

    def fits(self, before: str, behind: str, *, is_year: bool, is_range: bool, is_bare: bool) -> bool:
        """Whether the words around a date are these."""
        if self.grain == "bare" and not is_bare:
            return False
        if (self.grain == "year" and not is_year) or (self.grain == "finer" and is_year):
            return False
        if self.grain == "point" and is_range:
            return False
        if self.before is not None and not self.before.search(before):
            return False
        return self.behind is None or bool(self.behind.match(behind))


def anchor_rule(entry: Entry) -> AnchorRule:
    """The record of one ``[[anchor]]``."""
    entry.only("id", "why", "relation", "before", "behind", "grain", "examples", "never")
    relation, grain = entry.text("relation"), entry.text("grain", "")
    if relation not in get_args(Relation):
        raise entry.fault("relation", f"one of {', '.join(get_args(Relation))}")
    if grain not in get_args(DateGrain):
        raise entry.fault("grain", "year, finer, point or bare")
    before, behind = entry.text("before", ""), entry.text("behind", "")
    return AnchorRule(
        entry.id,
        entry.text("why"),
        cast(Relation, relation),
        compiled(f"(?:{before})\\Z") if before else None,
        compiled(behind) if behind else None,
        cast(DateGrain, grain),
        entry.readings("examples"),
        entry.texts("never"),
    )


@cache
def anchor_rules() -> tuple[AnchorRule, ...]:
    """All records, in order."""
    return tuple(anchor_rule(entry) for entry in entries("anchor", FILE, own_rules(FILE)))


def relation_told(before: str, behind: str, *, is_year: bool, is_range: bool, is_bare: bool) -> AnchorRule | None:
    """The first record whose words stand around a date; None where none does."""
    for rule in anchor_rules():
        if rule.fits(before, behind, is_year=is_year, is_range=is_range, is_bare=is_bare):
            return rule
    return None
