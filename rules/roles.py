"""Phrase rules: what the words around a figure make of it. The rules themselves are in ``roles.toml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ..model import Role
from .atoms import pattern_in
from .bounded import Pattern
from .documents import Document
from .gate import Gate
from .loader import Entry
from .registry import RuleSet, active, rule_entries, using

FIELDS = (
    "id",
    "why",
    "role",
    "sign",
    "cues",
    "kinds",
    "before",
    "after",
    "unless",
    "intro",
    "document",
    "ranged",
    "past",
    "examples",
    "never",
)
FIGURE = "◆"
"""How the figure in question is shown in the patterns of ``unless``."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule: conditions, all of which must hold, and the role that they give."""

    id: str
    why: str
    role: Role
    sign: Literal["+", "-"] | None
    cues: tuple[str, ...]
    kinds: frozenset[str]
    before: Pattern | None
    after: Pattern | None
    unless: Pattern | None
    intro: Pattern | None
    document: Document | None
    ranged: bool
    """Only a figure with two ends is meant: 補助50%至90%."""
    past: bool
    """Only a figure is meant whose sentence tells it of a time before that of the report."""
    examples: tuple[tuple[str, str], ...]
    never: tuple[str, ...]

    def fits(self, before: str, after: str, introduction: str, begins: Callable[[str, int], bool]) -> bool:
        """Whether the patterns hold for a figure between ``before`` and ``after``.

        ``begins`` tells whether a word begins at a place: what opens the pattern must be a word, and no part of one.
        """
        if self.before is not None and not _found(self.before, before, begins):
            return False
        if self.after is not None and not self.after.match(after):
            return False
        if self.intro is not None and not self.intro.search(introduction):
            return False
        return self.unless is None or not self.unless.search(before + FIGURE + after)


def _found(pattern: Pattern, text: str, begins: Callable[[str, int], bool]) -> bool:
    match = pattern.search(text)
    while match is not None and not begins(text, match.start()):
        match = pattern.search(text, match.start() + 1)
    return match is not None


def role_rule(entry: Entry) -> RoleRule:
    """The record of one ``[[role]]``; raises ``RuleError`` where a field is wrong."""
    entry.only(*FIELDS)
    role = entry.text("role")
    if role not in get_args(Role):
        raise entry.fault("role", f"one of {', '.join(get_args(Role))}")
    sign = entry.text("sign", "") or None
    if sign not in (None, "+", "-"):
        raise entry.fault("sign", '"+" or "-"')
    document = entry.text("document", "") or None
    if document not in (None, "budget", "plan"):
        raise entry.fault("document", '"budget" or "plan"')
    return RoleRule(
        id=entry.text("id"),
        why=entry.text("why"),
        role=cast(Role, role),
        sign=cast('Literal["+", "-"] | None', sign),
        cues=entry.texts("cues"),
        kinds=frozenset(entry.texts("kinds")),
        before=pattern_in(entry, "before", r"\Z"),
        after=pattern_in(entry, "after"),
        unless=pattern_in(entry, "unless"),
        intro=pattern_in(entry, "intro"),
        document=cast("Document | None", document),
        ranged=entry.flag("ranged"),
        past=entry.flag("past"),
        examples=entry.readings("examples"),
        never=entry.texts("never"),
    )


@cache
def role_rules_of(rules: RuleSet) -> tuple[RoleRule, ...]:
    """The role rules of a rule set, in the order in which they are tried."""
    with using(rules):
        return tuple(role_rule(entry) for entry in rule_entries("role", rules))


@cache
def _gate(rules: RuleSet) -> Gate:
    return Gate([rule.cues for rule in role_rules_of(rules)])


def called(sentence: str, introduction: str, document: Document) -> Iterator[RoleRule]:
    """The rules in use, in order, that may fit a figure of a sentence: one of their cue words stands in it."""
    rules = role_rules()
    for place in _gate(active()).among(sentence):
        rule = rules[place]
        if rule.document in (None, document) and (rule.intro is None or introduction):
            yield rule


def role_rules() -> tuple[RoleRule, ...]:
    """The role rules in use, in the order in which they are tried."""
    return role_rules_of(active())
