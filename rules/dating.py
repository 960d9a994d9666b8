"""What speaks for a time being that of a figure: features of the pair, and their weights (``dating.toml``).

A figure asks something (the time of a rule, of a plan, of a level that is told …), and a candidate is told in some way (ahead
in the sentence, counted up to, a year …). A feature is some of these traits together; the candidate with the greatest sum of
weights is taken. The sums are kept: all the texts of a city hold some thousands of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from .loader import own_rules, parse

FILE = "dating.toml"
EXAMPLES = "dated.toml"
_AROUND = frozenset({"paragraph", "above", "caption", "introduction", "heading", "below"})
_AHEAD = frozenset({"sentence", "in-bracket", "label"})
_SHOWN = 3
Feature = tuple[str, str]
"""The traits that it goes by, and what they are: ``("place relation", "sentence since")``."""


class Asked(NamedTuple):
    """What is asked for a figure."""

    task: str
    """told: the time of what is told; rule, terms, quota: that of a standing rule; plan, budget, request."""
    nature: str
    """Level or flow; of what is told alone."""
    role: str
    """The role; of what is told alone."""


class Told(NamedTuple):
    """How a candidate is told."""

    place: str
    """Where the date stands: sentence (ahead), in-bracket, label, closed (another bracket), behind, bracket-behind, aside;
    paragraph, above, caption, introduction, heading, below; table-head, row; own, own.end, now, none; or a reading of
    several: each, way, from-to, years-from-start, planned-for, bracket, replaced."""
    relation: str = ""
    """How it stands to what is told (``anchors.toml``)."""
    grain: str = ""
    """day, days, month, year, decade, or span: of months or years."""
    take: str = ""
    """whole, end, from-start, from-january, to-end."""
    rank: int = 0
    """How many dates that could tell it stand nearer."""
    notes: tuple[str, ...] = ()
    """What else the words say."""

    @property
    def record(self) -> str:
        """The name of this way of telling, for the trace; ``earlier`` is a day, or what is counted up to, of its paragraph."""
        is_earlier = self.place == "paragraph" and (self.relation == "as-of" or self.grain in ("day", "days"))
        place = "earlier" if is_earlier else self.place
        return place if self.take in ("", "whole") else f"{place}.{self.take}"


def _traits(asked: Asked, told: Told) -> dict[str, tuple[str, ...]]:
    """The traits of a pair by name; a note is one of several."""
    side = "around" if told.place in _AROUND else "ahead" if told.place in _AHEAD else "off"
    traits = {
        "place": told.place,
        "side": side if told.relation else "",
        "relation": told.relation,
        "grain": told.grain,
        "take": told.take,
        "rank": str(told.rank) if told.relation else "",
        "task": asked.task,
        "asked": asked.nature or asked.task,
        "role": asked.role,
    }
    return {name: (value,) if value else () for name, value in traits.items()} | {"note": told.notes}


def features(asked: Asked, told: Told, templates: Iterator[str] | Mapping[str, object]) -> Iterator[Feature]:
    """The features of a pair: for each template every combination of the traits that it names."""
    traits = _traits(asked, told)
    for template in templates:
        for values in product(*(traits[name] for name in template.split())):
            yield template, " ".join(values)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a feature says for a candidate: natural logarithm of odds."""

    prior: float
    """A first estimate, from texts without annotation; what is annotated moves it."""
    value: float
    """What the annotated texts made of it."""


@cache
def weights() -> dict[str, dict[str, Weight]]:
    """The weights by template and feature."""
    found = {}
    for entry in parse(FILE, own_rules(FILE), ("feature",)):
        entry.only("id", "why", "weights")
        told = entry.fields.get("weights", {})
        if not isinstance(told, dict) or not all(_is_pair(pair) for pair in told.values()):
            raise entry.fault("weights", "a table of feature = [prior, value]")
        found[entry.id] = {name: Weight(*map(float, pair)) for name, pair in told.items()}
    return found


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, (int, float)) for one in pair)


_SUMS: dict[tuple[Asked, Told], float] = {}


def weight(asked: Asked, told: Told) -> float:
    """What speaks for a candidate, summed up."""
    pair = (asked, told)
    if (known := _SUMS.get(pair)) is None:
        known = _SUMS[pair] = sum(value for value, _ in _weighed(asked, told))
    return known


@cache
def because(asked: Asked, told: Told) -> tuple[str, ...]:
    """The features that weigh most for a candidate, the heaviest first: ``place relation: sentence since (+1.40)``."""
    heaviest = sorted(_weighed(asked, told), reverse=True)[:_SHOWN]
    return tuple(f"{template}: {name} ({value:+.2f})" for value, (template, name) in heaviest if value > 0)


def _weighed(asked: Asked, told: Told) -> Iterator[tuple[float, Feature]]:
    known = weights()
    for template, name in features(asked, told, known):
        if (found := known[template].get(name)) is not None:
            yield found.value, (template, name)


@dataclass(frozen=True, slots=True)
class Dated:
    """How one sort of figure has its time, by examples: they are tried, and the weights are fitted on them."""

    id: str
    why: str
    examples: tuple[tuple[str, str], ...]
    """Text with the figure in 【 】 → its period as EDTF, or ``–``."""


@cache
def dated() -> tuple[Dated, ...]:
    """The records of ``dated.toml``."""
    found = []
    for entry in parse(EXAMPLES, own_rules(EXAMPLES), ("dated",)):
        entry.only("id", "why", "examples")
        found.append(Dated(entry.id, entry.text("why"), entry.readings("examples")))
    return tuple(found)
