"""The codes of the findings, and the words in which a broken tie is told, as ``codes.toml`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from ...model import Relation, Severity
from ..loader import Entry, own_rules, parse
from .agreement import by_rule

FILE = "codes.toml"
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What a check looks at. ``finds`` and ``passes`` are its examples: a text each, or the texts of several reports."""

    code: str
    severity: Severity
    """The gravest that its findings may have; a link that is not sure makes it milder."""
    zh: str
    en: str
    arithmetic: str
    finds: tuple[Texts, ...]
    passes: tuple[Texts, ...]

    @property
    def across(self) -> bool:
        """It compares reports with each other."""
        return len(self.finds[0]) > 1


@dataclass(frozen=True, slots=True)
class Wording:
    """How a broken relation is told; the fields are filled in by ``findings``."""

    code: str
    zh: str
    en: str


@cache
def _entries() -> tuple[Entry, ...]:
    return parse(FILE, own_rules(FILE), ("code", "wording"))


@cache
def codes() -> tuple[Code, ...]:
    """Every code, those inside a report first."""
    return tuple(_code(entry) for entry in _entries() if entry.name == "code")


def _code(entry: Entry) -> Code:
    entry.only("id", "why", "zh", "severity", "arithmetic", "finds", "passes")
    if (severity := entry.text("severity")) not in get_args(Severity):
        raise entry.fault("severity", f"one of {', '.join(get_args(Severity))}")
    return Code(
        entry.id, cast(Severity, severity), entry.text("zh"), entry.text("why"), entry.text("arithmetic"),
        (entry.texts("finds"),), (entry.texts("passes"),),
    )  # fmt: skip


@cache
def wordings() -> dict[str, Wording]:
    """How broken relations are told: by their rules, or else by their kinds."""
    found = {}
    for entry in _entries():
        if entry.name == "wording":
            entry.only("id", "why", "code", "zh", "en")
            found[entry.id] = Wording(entry.text("code"), entry.text("zh"), entry.text("en"))
    return found


def code_named(name: str) -> Code | None:
    """The record of a code, whatever its case."""
    return next((code for code in codes() if code.code == name.upper()), None)


def note_of(code: str) -> Wording:
    """How a note on figures that agree is told: ``UNIT``, ``ROUNDING``."""
    return wordings()[code]


def wording_of(relation: Relation) -> Wording | None:
    """How a broken relation is told, by its rule or else its kind; ``None`` for a kind that is told elsewhere."""
    return _wording(relation.rule, relation.kind)


def code_of(rule: str) -> str | None:
    """The code of what a construction finds, by its id."""
    known = _wording(rule, rule.partition(".")[0])
    return known.code if known else None


def _wording(rule: str, kind: str) -> Wording | None:
    if (across := by_rule().get(rule)) is not None:
        return Wording(across.code, across.zh, across.en)
    return wordings().get(rule) or wordings().get(kind)


def rules_of(name: str) -> tuple[tuple[str, str], ...]:
    """The constructions by which the figures of a code are tied: id and purpose."""
    from .across import CHECKS as ACROSS
    from .constructions import constructions

    known = [(each.id, each.purpose) for each in constructions().values()]
    known += [(check.id, check.purpose) for check in ACROSS]
    return tuple((rule, purpose) for rule, purpose in known if code_of(rule) == name)
