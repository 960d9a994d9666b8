"""A user's rule folder: read, checked entry by entry, and its patterns tried for running away, once for a run."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from .agencies import agencies_of, agency
from .atoms import atom, atoms_of
from .bounded import TRIAL, BoundedPattern, runaway
from .currencies import currencies_of, currency
from .indicators import categories_of, category, indicator, indicators_of
from .loader import Entry, RuleError, rule_text
from .marks import mark, marks_of, words, words_of
from .periods import nature_rule, nature_rules_of
from .phrases import phrase_words, phrases_of
from .registry import OURS, RuleSet, folder_rules, user_entries, using
from .roles import role_rule, role_rules_of
from .units import unit_group, unit_table_of

MAKERS: dict[str, Callable[[Entry], object]] = {
    "unit": unit_group,
    "currency": currency,
    "mark": mark,
    "words": words,
    "role": role_rule,
    "nature": nature_rule,
    "agency": agency,
    "indicator": indicator,
    "category": category,
    "phrase": phrase_words,
}
"""How the record of each kind is made; an entry with a mistake raises ``RuleError``."""


_TABLES: tuple[Callable[[RuleSet], object], ...] = (
    unit_table_of,
    currencies_of,
    marks_of,
    words_of,
    role_rules_of,
    nature_rules_of,
    agencies_of,
    indicators_of,
    categories_of,
    phrases_of,
)
_NAMES_ALONE = frozenset({"agency", "category"})
"""Kinds whose entries are lists of names, each of which is its own example."""


def load_rules(folder: Path | None) -> RuleSet:
    """The rules of a run: ours, and those of ``folder`` where there is one. Raises ``RuleError``."""
    if folder is None:
        return OURS
    rules = folder_rules(folder)
    listed = user_entries(rules)
    known = atoms_of(rules)  # looks at all atoms, in their order
    with using(rules):
        for entry in listed:
            if not entry.flag("disable"):
                _check(entry, atom(entry, known) if entry.name == "atom" else MAKERS[entry.name](entry))
    for table in _TABLES:  # the set as a whole: what ours and theirs do not agree on is told before a report is read
        table(rules)
    return rules


def configured_folder(project: Path) -> Path | None:
    """The folder that ``[tool.heshu] rules`` of a pyproject.toml names; raises ``RuleError``."""
    text = rule_text(project)
    try:
        rules = tomllib.loads(text).get("tool", {}).get("heshu", {}).get("rules")
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{project}: expected TOML ({error})") from error
    if rules is not None and not (isinstance(rules, str) and rules):
        line = next((n for n, each in enumerate(text.splitlines(), 1) if each.lstrip().startswith("rules")), 1)
        raise RuleError(f"{project}, line {line}, [tool.heshu], field 'rules': expected the name of a folder")
    return project.parent / rules if rules else None


def _check(entry: Entry, record: object) -> None:
    """What is asked of a user's entry beyond what ours must have, since nobody else has tried it."""
    if entry.name not in _NAMES_ALONE and not getattr(record, "examples", ()):
        raise entry.fault("examples", "at least one example; it is how the rule is tested")
    for pattern in _patterns(record):
        if (pump := runaway(pattern.compiled)) is not None:
            raise entry.fault(
                pattern.field,
                f"a pattern that is through within {TRIAL:g} s; on '{pump}' repeated it runs away "
                "(look for a repetition inside a repetition, or two side by side that fit the same text)",
            )


def _patterns(record: object) -> Iterator[BoundedPattern]:
    if not is_dataclass(record):
        return
    for field in fields(record):
        value = getattr(record, field.name)
        for found in value.values() if isinstance(value, Mapping) else (value,):
            if isinstance(found, BoundedPattern):
                yield found
