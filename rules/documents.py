"""Kinds of documents and of their sections (``documents.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

import regex

from .kept import compiled
from .loader import entries, own_rules

FILE = "documents.toml"
Document = Literal["results", "accounts", "statistics", "minutes", "speech", "questions", "press", "budget", "plan"]
_NUMBER = compiled(r"^[\s(]*[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十\d]+[、.)]\s*")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Words in a title or a heading by which a document, or a section, is of a kind."""

    id: str
    why: str
    kind: Document
    title: regex.Pattern[str] | None
    heading: regex.Pattern[str] | None
    opening: regex.Pattern[str] | None
    turn: regex.Pattern[str] | None


@cache
def document_rules() -> tuple[DocumentRule, ...]:
    """All records, in order."""
    records = []
    for entry in entries("document", FILE, own_rules(FILE)):
        entry.only("id", "why", "kind", "title", "heading", "opening", "turn", "examples", "never")
        kind = entry.text("kind")
        if kind not in get_args(Document):
            raise entry.fault("kind", f"one of {', '.join(get_args(Document))}")
        patterns = (entry.text(field, "") for field in ("title", "heading", "opening", "turn"))
        records.append(
            DocumentRule(
                entry.id,
                entry.text("why"),
                cast(Document, kind),
                *(compiled(pattern) if pattern else None for pattern in patterns),
            )
        )
    return tuple(records)


def titled(title: str) -> DocumentRule | None:
    """The record that fits a title."""
    return next((rule for rule in document_rules() if rule.title and rule.title.search(title)), None)


def opened(opening: str) -> DocumentRule | None:
    """The record that fits the first sentences of a text."""
    return next((rule for rule in document_rules() if rule.opening and rule.opening.search(opening)), None)


def turned(paragraph: str) -> DocumentRule | None:
    """The record that fits the beginning of a paragraph."""
    return next((rule for rule in document_rules() if rule.turn and rule.turn.match(paragraph)), None)


@cache
def headed(heading: str) -> DocumentRule | None:
    """The record that fits a heading, whatever its number."""
    plain = _NUMBER.sub("", heading)
    return next((rule for rule in document_rules() if rule.heading and rule.heading.fullmatch(plain)), None)
