"""Which facts of several reports tell of one indicator: by what it is called, and by what stands in its place.

Facts of one name are one indicator, unless a report gives two values of one time by that name: then the name says too
little, and only the place tells. Two indicators that stand in each other's place are one, whatever each report calls them,
unless a report would then tell two values of one time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..model import Alignment, Extraction, Fact
from .counts import Place, place

_ALIKE = 0.5
"""So alike must the words around two figures be."""
Name = tuple[str, str, str]


@dataclass(slots=True)
class _Chain:
    """Facts of one indicator, and what each report tells of each time."""

    facts: list[Fact] = field(default_factory=list)
    told: dict[tuple[str, str], object] = field(default_factory=dict)

    def agrees(self, other: _Chain) -> bool:
        """No report tells two values of one time."""
        few, many = sorted((self.told, other.told), key=len)
        return all(many.get(key, value) == value for key, value in few.items())


def chains(extractions: Iterable[Extraction], alignments: Iterable[Alignment]) -> tuple[tuple[Fact, ...], ...]:
    """The facts with a period and one value, by indicator; each fact once."""
    known: dict[Place, _Chain] = {}
    for group in _by_name(extractions):
        for chain in _of_one_name(group):
            for fact in chain.facts:
                known[place(fact.mention)] = chain
    pairs = [pair for alignment in alignments for pair in alignment.figures if pair.likeness >= _ALIKE]
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness, place(pair.later), place(pair.earlier))):
        one, other = known.get(place(pair.earlier)), known.get(place(pair.later))
        if one is None or other is None or one is other:
            continue
        if one.facts[0].role == other.facts[0].role and one.agrees(other):
            one.facts += other.facts
            one.told |= other.told
            for fact in other.facts:
                known[place(fact.mention)] = one
    found = {id(chain): chain for chain in known.values()}
    return tuple(tuple(chain.facts) for chain in found.values())


def _by_name(extractions: Iterable[Extraction]) -> Iterator[list[Fact]]:
    """Facts of one name, those of an office apart from those of another."""
    groups: dict[Name, list[Fact]] = defaultdict(list)
    for extraction in extractions:
        for fact in extraction.facts:
            if fact.period is not None and fact.mention.value is not None and fact.mention.value_max is None:
                groups[fact.indicator, fact.category or "", fact.role].append(fact)
    for group in groups.values():
        yield from _by_agency(group)


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


def _of_one_name(facts: list[Fact]) -> Iterator[_Chain]:
    """One chain where the name tells enough; else one for each fact."""
    whole = _Chain()
    for fact in facts:
        single = _Chain([fact], {(fact.mention.report, str(fact.period)): fact.mention.value})
        if not whole.agrees(single):
            yield from (_Chain([each], {(each.mention.report, str(each.period)): each.mention.value}) for each in facts)
            return
        whole.facts.append(fact)
        whole.told |= single.told
    yield whole
