"""The rules that a store reads by: ours, and those of the user's that it keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from .. import pipeline
from .keep import Store, set_meta
from .rulesprint import rulesprint

if TYPE_CHECKING:
    from ..rules.registry import RuleSet

_META = "rules"


def rules_kept(store: Store) -> tuple[tuple[str, str], ...]:
    """The user's rule files that the store keeps: path and text."""
    return tuple((path, text) for path, text in json.loads(store.meta(_META) or "[]"))


def rules_of(store: Store) -> RuleSet | None:
    """The rules that its reports are read by; None: ours alone."""
    return pipeline.rule_set(rules_kept(store))


def rulesprint_of(store: Store) -> str:
    """What tells whether two reports were read alike."""
    return rulesprint(rules_kept(store))


def keep_rules(store: Store, folder: Path) -> None:
    """Read by the rules of a folder from now on; raises ``RuleError`` where one of its files holds a mistake."""
    rules = pipeline.load_rules(folder)
    with store.writing() as connection:
        set_meta(connection, _META, json.dumps(rules.files if rules else (), ensure_ascii=False))
