"""Which facts of several reports tell of one indicator: by what stands in its place, and by what it is called.

Figures that stand in each other's place are one indicator, whatever each report calls them, unless a report would then tell two
values of one time, or well-known names tell two things. So are facts of one well-known name, unless a report tells two values of one time by it: then the name says
too little. A name that was made of the words around a figure says too little by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Alignment, Extraction, Fact
from .counts import Place, place

_ALIKE = 0.5
"""So alike must the words around two figures be that are told as two sorts: a plan, and what came of it."""
_COPIED = 0.8
"""And so alike where two well-known names are told."""
_BY_WORDS = frozenset({"phrase", "part", "part.other", "compared"})
"""Records that make a name of the words around a figure."""
_HALF = "(半年)"
_OUTCOMES = frozenset({"actual", "target", "rate"})


@dataclass(slots=True)
class _Chain:
    """Facts of one indicator, and what each report tells of each time."""

    facts: list[Fact] = field(default_factory=list)
    told: dict[tuple[str, str], object] = field(default_factory=dict)

    def agrees(self, other: _Chain) -> bool:
        """No report tells two values of one time."""
        few, many = sorted((self.told, other.told), key=len)
        return all(many.get(key, value) == value for key, value in few.items())

    def take(self, other: _Chain) -> None:
        """The facts of another one, too."""
        self.facts += other.facts
        self.told |= other.told


def time_told(fact: Fact) -> str | None:
    """The time that a value speaks of; of what is in force, the day on which the report speaks."""
    return fact.period.edtf if fact.period is not None else fact.as_of


def chains(extractions: Sequence[Extraction], alignments: Iterable[Alignment]) -> tuple[tuple[Fact, ...], ...]:
    """The facts with a time and one value, by indicator; each fact once."""
    known: dict[Place, _Chain] = {}
    facts = [fact for extraction in extractions for fact in extraction.facts if _is_told(fact)]
    for fact in facts:
        known[place(fact.mention)] = _Chain([fact], {(fact.mention.report, str(time_told(fact))): fact.mention.value})
    pairs = [pair for alignment in alignments for pair in alignment.figures]
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness, place(pair.later), place(pair.earlier))):
        one, other = known.get(place(pair.earlier)), known.get(place(pair.later))
        if one is not None and other is not None and _are_one(one.facts[0], other.facts[0], pair.likeness):
            _join(known, one, other)
    offices = {extraction.report.name: extraction.agency for extraction in extractions}
    for group in _by_name(facts, offices):
        first, *others = group
        for fact in others:
            _join(known, known[place(first.mention)], known[place(fact.mention)])
    found = {id(chain): chain for chain in known.values()}
    return tuple(tuple(chain.facts) for chain in found.values())


def _is_told(fact: Fact) -> bool:
    return time_told(fact) is not None and fact.mention.value is not None and fact.mention.value_max is None


def _are_one(one: Fact, other: Fact, alike: float) -> bool:
    names = {each.indicator.removesuffix(_HALF) for each in (one, other) if each.by("indicator") not in _BY_WORDS}
    if len(names) > 1 and alike < _COPIED:
        return False  # two well-known names
    return one.role == other.role or (alike >= _ALIKE and _OUTCOMES.issuperset((one.role, other.role)))


def _join(known: dict[Place, _Chain], one: _Chain, other: _Chain) -> None:
    if one is other or not one.agrees(other):
        return
    one.take(other)
    for fact in other.facts:
        known[place(fact.mention)] = one


def _by_name(facts: Iterable[Fact], offices: Mapping[str, str | None]) -> Iterator[Sequence[Fact]]:
    """Facts of one well-known name, whole years and halves: of one agency; then of the reports of one office, whatever agency
    each sentence names."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.by("indicator") not in _BY_WORDS:
            groups[fact.indicator.removesuffix(_HALF), fact.category or "", fact.role].append(fact)
    for group in groups.values():
        by_office: dict[str | None, list[Fact]] = defaultdict(list)
        for fact in group:
            by_office[offices[fact.mention.report]].append(fact)
        by_office.pop(None, None)
        yield from (held for held in (*_by_agency(group), *by_office.values()) if _tells_enough(held))


def _tells_enough(facts: Sequence[Fact]) -> bool:
    """No report tells two values of one time by the name."""
    told = {(fact.mention.report, time_told(fact), fact.mention.value) for fact in facts}
    return len({each[:2] for each in told}) == len(told)


def _by_agency(group: list[Fact]) -> Iterator[list[Fact]]:
    """A city and the one office that speaks for it are one, and so is nobody with the only one."""
    by_agency: dict[str, list[Fact]] = defaultdict(list)
    for fact in group:
        by_agency[fact.agency or ""].append(fact)
    for agency in sorted(by_agency):
        longer = [other for other in by_agency if other != agency and other.startswith(agency)]
        if len(longer) == 1:
            by_agency[longer[0]] += by_agency.pop(agency)
    yield from by_agency.values()
