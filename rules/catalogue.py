"""All rules as one list, whatever their kind: what ``heshu rules`` lists, shows and tests."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .loader import Entry, own_rules, parse
from .registry import OWN_FILES, RuleSet, own_entries, rule_entries, user_entries

FURTHER_FILES = {
    "grammar": "grammar.toml",
    "calendar": "calendar.toml",
    "document": "documents.toml",
    "head": "heads.toml",
    "era": "eras.toml",
    "date": "dates.toml",
    "anchor": "anchors.toml",
    "reach": "reach.toml",
    "dated": "dated.toml",
    "festival": "festivals.toml",
    "evidence": "own_time.toml",
}
"""Kinds that a user's folder does not extend."""

PREFIXES = {"words": "word", "grammar": ""}
"""How the name of a rule begins, where that is not its kind."""

Standing = str
"""``ours``, ``yours``, or ``overrides`` where a user's rule takes the place of one of ours."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with what it says of itself."""

    name: str
    """As mentions, facts and the ledger call it: ``unit.people``, ``mark.web``, ``date.day``."""
    kind: str
    why: str
    file: str
    line: int
    fields: tuple[tuple[str, str], ...] = ()
    """The other fields, as text, in the order of the file."""
    examples: tuple[tuple[str, str], ...] = ()
    """Texts that it reads, with their reading; empty where the text itself shows it."""
    never: tuple[str, ...] = ()
    standing: Standing = "ours"


def rule_name(kind: str, identity: str) -> str:
    """The full name of a rule."""
    prefix = PREFIXES.get(kind, kind)
    return f"{prefix}.{identity}" if prefix else identity


@cache
def catalogue(rules: RuleSet) -> tuple[Rule, ...]:
    """The rules of a set that stand in rule files, kind by kind, in the order in which they are tried."""
    ours = {(kind, entry.id) for kind in OWN_FILES for entry in own_entries(kind)}
    listed = [_rule(entry, ours) for kind in OWN_FILES for entry in rule_entries(kind, rules)]
    listed += [_rule(entry, ours) for kind, file in FURTHER_FILES.items() for entry in _further(kind, file)]
    return tuple(listed)


def switched_off(rules: RuleSet) -> tuple[str, ...]:
    """The names of our rules that the user's files switch off."""
    return tuple(rule_name(entry.name, entry.id) for entry in user_entries(rules) if entry.flag("disable"))


def find(wanted: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules of this name, or of this id in any kind."""
    wanted = wanted.replace(":", ".")
    exact = tuple(rule for rule in rules if rule.name == wanted)
    return exact or tuple(rule for rule in rules if rule.name.partition(".")[2] == wanted)


def nearest(wanted: str, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """Names that come near to one that no rule has."""
    names = [rule.name for rule in rules]
    holding = [name for name in names if wanted in name]
    return tuple((holding or difflib.get_close_matches(wanted, names, n=5, cutoff=0.5))[:5])


def _further(kind: str, file: str) -> tuple[Entry, ...]:
    try:
        text = own_rules(file)
    except FileNotFoundError:
        return ()
    return tuple(entry for entry in parse(file, text, (kind,)) if entry.name == kind)


def _rule(entry: Entry, ours: set[tuple[str, str]]) -> Rule:
    standing = "ours" if entry.ours else "overrides" if (entry.name, entry.id) in ours else "yours"
    fields = tuple(
        (name, _shown(value)) for name, value in entry.fields.items() if name not in ("id", "why", "examples", "never")
    )
    return Rule(
        rule_name(entry.name, entry.id),
        entry.name,
        entry.text("why"),
        entry.file,
        entry.line,
        fields,
        tuple(_examples(entry.fields.get("examples", ()))),
        tuple(_texts(entry.fields.get("never", ()))),
        standing,
    )


def _examples(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((str(text), str(reading)) for text, reading in value.items())
    else:
        yield from ((text, "") for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from map(str, value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_shown(each)}" for name, each in value.items())
    return " ".join(str(value).split())
