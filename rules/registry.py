"""The rules that a run goes by: ours, extended and overridden by those of a user's folder.

A ``RuleSet`` holds the text of the user's rule files and nothing else, so it is made once, compared by what it says,
and handed to every process of a run. Tables that are made of rules are cached by it. ``using`` says which set counts
while a report is read; where nobody says, it is ours alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from .loader import Entry, RuleError, own_rules, parse, rule_text

OWN_FILES = {
    "unit": "units.toml",
    "currency": "currencies.toml",
    "mark": "marks.toml",
    "words": "words.toml",
    "role": "roles.toml",
    "nature": "periods.toml",
    "atom": "atoms.toml",
    "agency": "agencies.toml",
    "indicator": "indicators.toml",
    "category": "categories.toml",
    "phrase": "phrases.toml",
}
"""The kinds of rules, and the file of the package that holds each."""

_BEHIND = frozenset({"atom"})
"""Kinds whose new entries come behind ours: they may be made of ours. All others come first, so that they win."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Our rules, with a user's on top."""

    files: tuple[tuple[str, str], ...] = ()
    """The user's rule files: path and text."""
    without: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of rules that are left out: they took too long on the report that is read."""

    def __hash__(self) -> int:
        # Asked for with every word that is looked up in a table of rules; a process knows one set or two.
        return len(self.files)

    def leaving_out(self, kind: str, rule: str) -> RuleSet:
        """The same without one rule."""
        return replace(self, without=self.without | {(kind, rule)})


OURS = RuleSet()
"""The rules of the package alone."""

_active: ContextVar[RuleSet] = ContextVar("heshu_rules", default=OURS)


def active() -> RuleSet:
    """The rules by which the report at hand is read."""
    return _active.get()


@contextmanager
def using(rules: RuleSet) -> Iterator[RuleSet]:
    """Go by ``rules`` inside a ``with`` block."""
    token = _active.set(rules)
    try:
        yield rules
    finally:
        _active.reset(token)


def folder_rules(folder: Path) -> RuleSet:
    """The rule set of a user's folder, as text: every ``*.toml`` in it, by name. Raises ``RuleError``."""
    if not folder.is_dir():
        raise RuleError(f"{folder}: expected a folder with rule files (*.toml)")
    files = sorted(path for path in folder.glob("*.toml") if path.is_file())
    if not files:
        raise RuleError(f"{folder}: expected at least one rule file (*.toml) in this folder")
    return RuleSet(tuple((str(path), rule_text(path)) for path in files))


@cache
def own_entries(kind: str) -> tuple[Entry, ...]:
    """The entries of one kind that the package carries."""
    file = OWN_FILES[kind]
    return parse(file, own_rules(file), (kind,))


@cache
def user_entries(rules: RuleSet) -> tuple[Entry, ...]:
    """All entries of the user's files, those too that switch one of ours off."""
    found: dict[tuple[str, str], Entry] = {}
    for file, text in rules.files:
        for entry in parse(file, text, tuple(OWN_FILES), ours=False):
            first = found.setdefault((entry.name, entry.id), entry)
            if first is not entry:
                raise entry.fault("id", f"an id of its own; '{entry.id}' stands in {first.file}, line {first.line}")
            if entry.flag("disable"):
                _check_switch(entry)
    return tuple(found.values())


def _check_switch(entry: Entry) -> None:
    entry.only("id", "why", "disable")
    if entry.name == "atom":
        raise entry.fault("disable", "a rule; an atom can be overridden but not switched off, since patterns call it")
    if all(own.id != entry.id for own in own_entries(entry.name)):
        raise entry.fault("id", f"the id of one of our rules; no [[{entry.name}]] has the id '{entry.id}'")


@cache
def rule_entries(kind: str, rules: RuleSet) -> tuple[Entry, ...]:
    """The entries of one kind in the order in which they are tried: overridden in place, the user's new ones first."""
    mine = {entry.id: entry for entry in user_entries(rules) if entry.name == kind}
    ours = own_entries(kind)
    known = {entry.id for entry in ours}
    kept = [mine.get(entry.id, entry) for entry in ours]
    new = [entry for identity, entry in mine.items() if identity not in known]
    if kind not in _BEHIND and (changed := _changed_atoms(rules)):
        kept = [_bounded(entry, changed) for entry in kept]
    merged: Iterable[Entry] = [*kept, *new] if kind in _BEHIND else [*new, *kept]
    return tuple(entry for entry in merged if not entry.flag("disable") and (kind, entry.id) not in rules.without)


@cache
def _changed_atoms(rules: RuleSet) -> frozenset[str]:
    """Our atoms that the user's take the place of, and those that are made of them."""
    ours = own_entries("atom")
    changed = {entry.id for entry in user_entries(rules) if entry.name == "atom"} & {entry.id for entry in ours}
    for entry in ours:
        if changed & set(_CALLS.findall(entry.text("pattern"))):
            changed.add(entry.id)
    return frozenset(changed)


_CALLS = re.compile(r"\{(\w+)\}")


def _bounded(entry: Entry, changed: frozenset[str]) -> Entry:
    """The entry, bounded by time if a pattern of it calls an atom that is no longer ours."""
    return replace(entry, bounded=True) if changed & set(_CALLS.findall(str(entry.fields))) else entry
