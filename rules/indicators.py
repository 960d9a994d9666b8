"""The registry: well-known indicators (``indicators.toml``) and labels of breakdowns (``categories.toml``)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import regex

from .loader import Entry, entries, own_rules

INDICATOR_FIELDS = (
    "id", "why", "name", "english", "kinds", "nature", "cues", "before", "after", "context", "unless", "roles", "parts",
    "examples", "never",
)  # fmt: skip
Lasting = Literal["level", "flow", "norm"]
FIGURE = "◆"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A well-known indicator, and the words by which a figure is known to be one."""

    id: str
    why: str
    name: str
    english: str
    kinds: frozenset[str]
    nature: Lasting
    cues: tuple[str, ...]
    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    context: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None
    roles: frozenset[str]
    parts: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]

    def fits(self, before: str, after: str, context: str) -> bool:
        """Whether the patterns hold for a figure between ``before`` and ``after``."""
        if self.before is not None and not self.before.search(before):
            return False
        if self.after is not None and not self.after.match(after):
            return False
        if self.context is not None and not self.context.search(context):
            return False
        return self.unless is None or not self.unless.search(before + FIGURE + after)


@dataclass(frozen=True, slots=True)
class Category:
    """A label of a breakdown."""

    id: str
    name: str
    english: str
    words: tuple[str, ...]
    behind: bool
    """The label stands behind the figure."""


def _pattern(entry: Entry, field: str, end: str = "") -> regex.Pattern[str] | None:
    raw = entry.pattern(field, {}, default="")
    return regex.compile(f"(?:{raw}){end}", regex.VERBOSE) if raw else None


def indicator(entry: Entry) -> Indicator:
    """The record of one ``[[indicator]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*INDICATOR_FIELDS)
    nature = entry.text("nature")
    if nature not in ("level", "flow", "norm"):
        raise entry.fault("nature", "level, flow or norm")
    cues = entry.texts("cues")
    if not cues or not all(cues):
        raise entry.fault("cues", "at least one word, none of them empty")
    return Indicator(
        id=entry.text("id"),
        why=entry.text("why"),
        name=entry.text("name"),
        english=entry.text("english"),
        kinds=frozenset(entry.texts("kinds")),
        nature=cast(Lasting, nature),
        cues=cues,
        before=_pattern(entry, "before", r"\Z"),
        after=_pattern(entry, "after"),
        context=_pattern(entry, "context"),
        unless=_pattern(entry, "unless"),
        roles=frozenset(entry.texts("roles")),
        parts=entry.texts("parts"),
        examples=entry.texts("examples"),
        never=entry.texts("never"),
    )


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicators that the package carries, in the order in which they are tried."""
    return tuple(indicator(e) for e in entries("indicator", "indicators.toml", own_rules("indicators.toml")))


@cache
def indicator_cues() -> dict[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    """By first character, the cue words with the places of the indicators that they call."""
    called: dict[str, list[int]] = defaultdict(list)
    for place, known in enumerate(indicators()):
        for cue in known.cues:
            called[cue].append(place)
    heads: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for cue, places in called.items():
        heads[cue[0]].append((cue, tuple(places)))
    return {head: tuple(cues) for head, cues in heads.items()}


@cache
def categories() -> dict[str, Category]:
    """The labels of breakdowns, by each of their words."""
    result: dict[str, Category] = {}
    for entry in entries("category", "categories.toml", own_rules("categories.toml")):
        entry.only("id", "why", "name", "english", "words", "behind")
        label = Category(
            entry.text("id"), entry.text("name"), entry.text("english"), entry.texts("words"), entry.flag("behind")
        )
        for word in label.words:
            if word in result:
                raise entry.fault("words", f"words of its own; '{word}' is {result[word].id} already")
            result[word] = label
    return result
