"""The registry: well-known indicators (``indicators.toml``) and labels of breakdowns (``categories.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .atoms import pattern_in
from .bounded import Pattern
from .gate import Gate
from .loader import Entry
from .registry import RuleSet, active, rule_entries, user_entries, using

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
    before: Pattern | None
    after: Pattern | None
    context: Pattern | None
    unless: Pattern | None
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
        before=pattern_in(entry, "before", r"\Z"),
        after=pattern_in(entry, "after"),
        context=pattern_in(entry, "context"),
        unless=pattern_in(entry, "unless"),
        roles=frozenset(entry.texts("roles")),
        parts=entry.texts("parts"),
        examples=entry.texts("examples"),
        never=entry.texts("never"),
    )


def indicators() -> tuple[Indicator, ...]:
    """The indicators of the rules in use, in the order in which they are tried."""
    return indicators_of(active())


@cache
def indicators_of(rules: RuleSet) -> tuple[Indicator, ...]:
    """The indicators of a rule set."""
    with using(rules):
        return tuple(indicator(entry) for entry in rule_entries("indicator", rules))


@cache
def _gate(rules: RuleSet) -> Gate:
    return Gate([known.cues for known in indicators_of(rules)])


def called(context: str) -> tuple[Indicator, ...]:
    """The indicators in use, in order, of which a cue word stands in a block or above it."""
    return tuple(indicators()[place] for place in _gate(active()).among(context))


def categories() -> dict[str, Category]:
    """The labels of breakdowns, by each of their words."""
    return categories_of(active())


def category(entry: Entry) -> Category:
    """The record of one ``[[category]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "name", "english", "words", "behind")
    words = entry.texts("words")
    if not words or not all(words):
        raise entry.fault("words", "at least one word, none of them empty")
    return Category(entry.id, entry.text("name"), entry.text("english"), words, entry.flag("behind"))


@cache
def categories_of(rules: RuleSet) -> dict[str, Category]:
    """The labels of a rule set, by each of their words; a user's word before ours."""
    result: dict[str, Category] = {}
    for entry in rule_entries("category", rules):
        label = category(entry)
        for word in label.words:
            if entry.ours and word in result and result[word].id not in {e.id for e in user_entries(rules)}:
                raise entry.fault("words", f"words of its own; '{word}' is {result[word].id} already")
            result.setdefault(word, label)
    return result
