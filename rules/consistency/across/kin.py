"""Which reports are held against each other, told from what little it takes to know that: without their texts and figures.

So whoever keeps many reports (a store, shards) can tell which of them a new one touches, and hold these alone against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ....model import Extraction, Report
from .forerunners import forerunners
from .panel import bodies_of, government_of, spoken_of
from .points import Source
from .sides import Side


@dataclass(frozen=True, slots=True)
class Card:
    """What of a report tells to which others it belongs."""

    report_id: str
    name: str
    agency: str | None
    government: str | None
    spoken: date | None
    """The day on which it speaks."""
    sketch: frozenset[int]
    """A sample of the pieces of its text."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Whose reports they are, and which earlier ones each was edited from; all by name."""

    bodies: Mapping[str, str]
    before: Mapping[str, tuple[str, ...]]
    """The later first."""


def card_of(extraction: Extraction) -> Card:
    """The card of a report."""
    report = extraction.report
    spoken = spoken_of(extraction)
    return Card(report.id, report.name, extraction.agency, government_of(extraction), spoken, Side(extraction).sketch)


def kin_of(cards: Iterable[Card]) -> Kin:
    """The reports that each one is held against: the same that an audit of all of them finds."""
    listed = sorted(cards, key=lambda each: (each.spoken or date.max, each.name))
    bodies = bodies_of([(card.government, card.report_id) for card in listed])
    sources = [Source(_stub(card), body, None, card.spoken) for card, body in zip(listed, bodies, strict=True)]
    before = {
        card.name: tuple(listed[place].name for place in places)
        for card, places in zip(listed, forerunners(sources, listed), strict=True)
    }
    return Kin({card.name: body for card, body in zip(listed, bodies, strict=True)}, before)


def groups(kin: Kin) -> list[frozenset[str]]:
    """The reports that have something to do with each other, directly or by others; those that stand alone, alone."""
    leads = {name: name for name in kin.bodies}

    def lead(name: str) -> str:
        while leads[name] != name:
            leads[name] = leads[leads[name]]
            name = leads[name]
        return name

    for later, earlier in kin.before.items():
        for name in earlier:
            leads[lead(later)] = lead(name)
    found: dict[str, set[str]] = {}
    for name in kin.bodies:
        found.setdefault(lead(name), set()).add(name)
    return [frozenset(names) for names in found.values()]


def _stub(card: Card) -> Extraction:
    """A report of which nothing is known but whose it is."""
    return Extraction(Report(card.report_id, card.name, "", "", ()), card.agency, None, None, (), (), ())


def part(kin: Kin, names: Sequence[str]) -> Kin:
    """The same of some reports alone."""
    return Kin({name: kin.bodies[name] for name in names}, {name: kin.before[name] for name in names})
