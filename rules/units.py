"""Units: the groups of ``units.toml``, and which unit stands at a place of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .atoms import atoms
from .bounded import Pattern
from .loader import Entry
from .registry import RuleSet, active, rule_entries, using

Numerals = Literal["any", "digits"]
_LOOK_BACK = 60
PERCENTAGES = frozenset({"%", "‰"})
"""Units of a rate; mentions carry them so whatever the width of the sign."""
FIELDS = ("id", "kind", "why", "words", "numerals", "not_after", "loose", "after", "examples", "never")


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that are counted alike, and where they are units at all."""

    id: str
    kind: str
    why: str
    words: tuple[str, ...]
    numerals: Numerals
    not_after: Pattern | None
    loose: bool
    after: Pattern | None
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found at a place: its word, its group, and where it ends."""

    word: str
    group: UnitGroup
    end: int


def _pattern(entry: Entry, field: str) -> Pattern | None:
    raw = entry.pattern(field, atoms(), default="")
    return entry.compiled(field, raw) if raw else None


def unit_group(entry: Entry) -> UnitGroup:
    """The record of one ``[[unit]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*FIELDS)
    words = entry.texts("words")
    if not words or not all(words):
        raise entry.fault("words", "at least one unit, none of them empty")
    numerals = entry.text("numerals", "any")
    if numerals not in ("any", "digits"):
        raise entry.fault("numerals", '"any" or "digits"')
    return UnitGroup(
        id=entry.text("id"),
        kind=entry.text("kind"),
        why=entry.text("why"),
        words=words,
        numerals="digits" if numerals == "digits" else "any",
        not_after=_pattern(entry, "not_after"),
        loose=entry.flag("loose"),
        after=_pattern(entry, "after"),
        examples=entry.readings("examples"),
        never=entry.texts("never"),
    )


class UnitTable:
    """All units, to be asked which of them stands at a place of a text."""

    def __init__(self, groups: tuple[UnitGroup, ...]) -> None:
        self.groups = groups
        by_first: dict[str, dict[str, list[UnitGroup]]] = defaultdict(lambda: defaultdict(list))
        for group in groups:
            for word in group.words:
                by_first[word[0]][word].append(group)
        # Longer words first: 人次 before 人.
        self._by_first = {
            first: sorted(words.items(), key=lambda item: -len(item[0])) for first, words in by_first.items()
        }
        self._kind = {word: group.kind for group in reversed(groups) for word in group.words}

    def kind(self, word: str | None) -> str | None:
        """What a unit measures (``people``, ``money`` …); None where it is not in the table."""
        return self._kind.get(word) if word else None

    def at(
        self,
        text: str,
        position: int,
        number_start: int,
        digits: bool,
        ends: Callable[[int, int, bool], bool] = lambda start, end, loose: True,
    ) -> Unit | None:
        """The longest unit of ``text`` at ``position``, behind a number that starts at ``number_start``.

        ``digits`` tells whether that number is written in digits; ``ends`` whether a word may lie between two places, a ``loose`` one too.
        """
        if position >= len(text):
            return None
        for word, groups in self._by_first.get(text[position], ()):
            if not text.startswith(word, position):
                continue
            end = position + len(word)
            for group in groups:
                if group.numerals == "digits" and not digits:
                    continue
                if not ends(position, end, group.loose):
                    continue
                before = text[max(0, number_start - _LOOK_BACK) : number_start]
                if group.not_after and group.not_after.search(before[-2:]):
                    continue
                if group.after and not group.after.search(before):
                    continue
                return Unit(word, group, end)
        return None


@cache
def unit_table_of(rules: RuleSet) -> UnitTable:
    """The units of a rule set."""
    with using(rules):
        return UnitTable(tuple(unit_group(entry) for entry in rule_entries("unit", rules)))


def unit_table() -> UnitTable:
    """The units of the rules in use."""
    return unit_table_of(active())
