"""Constructions as data: sentences whose words alone tie figures, one record each in ``constructions.toml``.

A record names its law and gives a pattern in which every figure that belongs to the tie has a name. Records without a
pattern belong to searches that are written in Python; they are there so that every id that can come out is known, with
its purpose and its examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...model import Relation
from ..loader import Entry, own_rules, parse
from .candidate import Candidate
from .figure import COUNT, DAY, FIGURES, POINT, RATE, Document, Figure, Line, comparable
from .law import growth_of, part_of, product_of, rate_of, total

FILE = "constructions.toml"
_ATOMS = {
    "N": f"[{COUNT}]",
    "R": f"[{RATE}]",
    "P": f"[{POINT}{RATE}]",
    "D": f"[{DAY}]",
    "F": FIGURES,
    "ANY": FIGURES + DAY,
}
_LAWS = ("sum", "ratio", "difference", "change", "growth", "product", "part_of")
_OTHER = ("same", "dates", "count", "duration", "threshold", "mean")
_TERMS: Mapping[str, tuple[str, ...]] = {
    "ratio": ("over", "under"),
    "difference": ("minuend", "subtrahend"),
    "growth": ("level", "change"),
    "part_of": ("whole",),
}


@dataclass(frozen=True, slots=True)
class Construction:
    """How a text ties figures."""

    id: str
    law: str
    why: str
    purpose: str
    pattern: re.Pattern[str] | None
    needs: tuple[str, ...]
    """Words without which the pattern cannot be found."""
    brackets: bool
    """It reads the paragraph with its brackets."""
    examples: tuple[tuple[str, str], ...]
    """Texts, and the ties that they must give."""


@cache
def _file() -> tuple[Entry, ...]:
    return parse(FILE, own_rules(FILE), ("construction", "untied"))


def _entries(name: str) -> Iterator[Entry]:
    return (entry for entry in _file() if entry.name == name)


def untied() -> Iterator[tuple[str, str]]:
    """Texts that tie nothing, each with its id."""
    for entry in _entries("untied"):
        entry.only("id", "why", "text")
        yield entry.id, entry.text("text")


@cache
def constructions() -> dict[str, Construction]:
    """Every construction by its id."""
    found = {}
    for entry in _entries("construction"):
        entry.only("id", "law", "why", "purpose", "pattern", "needs", "brackets", "examples")
        law = entry.text("law")
        if law not in _LAWS and law not in _OTHER:
            raise entry.fault("law", f"one of {', '.join((*_LAWS, *_OTHER))}")
        raw = entry.text("pattern", "")
        for name, atom in _ATOMS.items():
            raw = raw.replace("{" + name + "}", atom)
        try:
            pattern = re.compile(f"(?=({raw}))") if raw else None
        except re.error as error:
            raise entry.fault("pattern", f"a pattern ({error})") from error
        found[entry.id] = Construction(
            entry.id, law, entry.text("why"), entry.text("purpose"), pattern, entry.texts("needs"), entry.flag("brackets"),
            entry.readings("examples"),
        )  # fmt: skip
    return found


def find(document: Document) -> Iterator[Candidate]:
    """What the patterns of the records find."""
    worded = [each for each in constructions().values() if each.pattern is not None]
    for paragraph in document.paragraphs:
        for each in worded:
            line = paragraph.whole if each.brackets else paragraph.outer
            if len(line.figures) > 1 and all(word in line.text for word in each.needs):
                yield from _in_line(each, line)


def _in_line(construction: Construction, line: Line) -> Iterator[Candidate]:
    assert construction.pattern is not None
    last = -1
    for match in construction.pattern.finditer(line.text):
        names = {name: match.start(name) for name, text in match.groupdict().items() if text and text in FIGURES}
        if "result" not in names or names["result"] == last:
            continue
        figures = {name: line.figure_at(at) for name, at in names.items()}
        relation = _applied(construction, figures)
        if relation is not None:
            last = names["result"]
            yield Candidate(relation, frozenset())


def _applied(construction: Construction, figures: Mapping[str, Figure]) -> Relation | None:
    """The law of a construction applied to its figures."""
    result = figures["result"].mention
    names = _TERMS.get(construction.law)
    if names is None:
        names = tuple(sorted(name for name in figures if name != "result"))
    terms = [figures[name] for name in names if name in figures]
    if result.value is None or any(term.mention.value is None for term in terms) or not terms:
        return None
    mentions = [term.mention for term in terms]
    law, rule = construction.law, construction.id
    if law == "ratio":
        return rate_of(rule, result, *mentions) if comparable(terms[0].unit, terms[1].unit) else None
    if law == "product":
        return product_of(rule, result, mentions)
    if law == "growth":
        return growth_of(rule, result, mentions[0], mentions[1], False)
    if law == "part_of":
        return part_of(rule, result, mentions[0]) if comparable(figures["result"].unit, terms[0].unit) else None
    alike = all(comparable(term.unit, figures["result"].unit) for term in terms)
    if not alike and not (terms[0].is_rate and figures["result"].unit in ("百分點", "%")):
        return None
    if law == "difference":
        return total("difference", rule, result, mentions, ["+", "-"])
    signs = ["-" if name.startswith("minus") else "+" for name in names]
    return total("change" if law == "change" else "sum", rule, result, mentions, signs)  # type: ignore[arg-type]
