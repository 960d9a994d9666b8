"""Natures: which figures are levels, as of a day, and which are flows, over a span (``periods.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from .atoms import pattern_in
from .bounded import Pattern
from .loader import Entry
from .registry import RuleSet, active, rule_entries, using

Nature = Literal["level", "flow", "total", "done", "engaged"]
Reading = Literal["level", "flow", "total", "done", "deed"]


@dataclass(frozen=True, slots=True)
class NatureRule:
    """Words by which a figure is a level or a flow."""

    id: str
    why: str
    reading: Reading
    before: Pattern | None
    after: Pattern | None
    far: bool
    """``before`` may look back over the whole sentence."""
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]

    def fits(self, clause: str, after: str, sentence: str = "") -> bool:
        """Whether the words around a figure are these: those of its clause, or of its sentence, before it."""
        if self.after is not None and not self.after.match(after):  # what begins at one place is soonest tried
            return False
        return self.before is None or bool(self.before.search(sentence if self.far and sentence else clause))


def nature_rule(entry: Entry) -> NatureRule:
    """The record of one ``[[nature]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "reading", "before", "reach", "after", "examples", "never")
    reading = entry.text("reading")
    if reading not in get_args(Reading):
        raise entry.fault("reading", f"one of {', '.join(get_args(Reading))}")
    return NatureRule(
        id=entry.text("id"),
        why=entry.text("why"),
        reading=cast(Reading, reading),
        before=pattern_in(entry, "before", r"\Z"),
        after=pattern_in(entry, "after"),
        far=entry.text("reach", "clause") == "sentence",
        examples=entry.readings("examples"),
        never=entry.texts("never"),
    )


@cache
def nature_rules_of(rules: RuleSet) -> tuple[NatureRule, ...]:
    """The rules of a rule set, in order."""
    with using(rules):
        return tuple(nature_rule(entry) for entry in rule_entries("nature", rules))


def nature_told(clause: str, before: str, after: str) -> NatureRule | None:
    """The first rule in use whose words stand in the clause or in all of the sentence before a figure, and behind it."""
    return next((rule for rule in nature_rules_of(active()) if rule.fits(clause, after, before)), None)
