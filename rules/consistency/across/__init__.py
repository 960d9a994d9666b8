"""The checks across reports: what one report says against what those before it said.

Each report is aligned with the few that it was edited from, and held against these alone; figures are paired there by their
place, their value, or a well-known name, so that a report costs the same, in time and in memory, however many there are. What
must agree with what is told by ``agreement.toml``; the precision of a link decides how a broken tie is told.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ....model import Alignment, Extraction, Mention, Relation
from ..immense import comparable
from . import accounts, agreed, copied, course, edition, event, flows, former, halves, prior
from .carried import Inside, carried
from .check import AcrossCheck
from .kin import Kin, card_of, kin_of
from .panel import Panel, in_time
from .points import Key, Point

CHECKS: tuple[AcrossCheck, ...] = (
    *accounts.CHECKS,
    *agreed.CHECKS,
    *former.CHECKS,
    *prior.CHECKS,
    *halves.CHECKS,
    *flows.CHECKS,
    *edition.CHECKS,
    *event.CHECKS,
    *course.CHECKS,
    *copied.CHECKS,
)
"""Every check across reports, in the order in which one wins where two find the same tie."""
Read = Callable[[str], tuple[Extraction, Sequence[Relation]]]
"""Gives the report of a name with the relations inside of it, as often as it is asked for."""
_BUDGETS = 3
"""A budget is held against so many before it."""


def relate_across(extractions: Sequence[Extraction]) -> tuple[Relation, ...]:
    """The relations between figures of several reports, in the order of their results; each tie once."""
    return compare(extractions)[0]


def align_all(extractions: Sequence[Extraction]) -> tuple[Alignment, ...]:
    """Each report beside the earlier ones that it was edited from."""
    known = {extraction.report.name: extraction for extraction in extractions}
    kin = kin_of(map(card_of, extractions))
    panels = _panels([*kin.bodies], lambda name: (known[name], ()), kin)
    return tuple(alignment for panel, _, _ in panels for alignment in panel.alignments.values())


def compare(
    extractions: Sequence[Extraction], inside: Inside | None = None, kin: Kin | None = None
) -> tuple[tuple[Relation, ...], tuple[Alignment, ...]]:
    """The relations between figures of several reports, and the reports side by side.

    ``inside``: the relations inside of each report, by its name: what ties a sentence ties the one that was made of it.
    ``kin``: what is known of the reports among many others.
    """
    known = {
        extraction.report.name: (extraction, (inside or {}).get(extraction.report.name, ()))
        for extraction in extractions
    }
    kin = kin or kin_of(map(card_of, extractions))
    names = [source.extraction.report.name for source in in_time(extractions, kin.bodies)]
    told = [*compare_each(names, known.__getitem__, kin)]
    return in_order(each for relations, _ in told for each in relations), tuple(
        each for _, found in told for each in found
    )


def compare_each(names: Sequence[str], read: Read, kin: Kin) -> Iterator[tuple[list[Relation], list[Alignment]]]:
    """The same report by report, where ``names`` are in the order of time: no more of them are at hand at once than one and
    those that it is held against."""
    for panel, later, inside in _panels(names, read, kin):
        yield [*_relations(panel, later, inside)], [*panel.alignments.values()]


def in_order(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Relations in the order of their results."""
    return tuple(sorted(relations, key=_order))


def _panels(names: Sequence[str], read: Read, kin: Kin) -> Iterator[tuple[Panel, int, Inside]]:
    """For each report the panel of those that it is held against, and its own place there."""
    there = frozenset(names)
    on_that_day: dict[Key, list[Point]] = defaultdict(list)
    budgets: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=_BUDGETS))
    day: date | None = None
    for name in names:
        kind = accounts.kind_of(read(name)[0])
        before = tuple(each for each in kin.before.get(name, ()) if each in there)
        held = {
            each: read(each) for each in dict.fromkeys((*before, *(budgets[kind] if kind is not None else ()), name))
        }
        panel = Panel([_comparable(each) for each, _ in held.values()], Kin(kin.bodies, {name: before}), on_that_day)
        later = panel.place[name]
        if panel.sources[later].spoken != day:
            on_that_day.clear()
            day = panel.sources[later].spoken
        yield panel, later, {each: relations for each, (_, relations) in held.items()}
        for key, points in panel.by_key.items():
            on_that_day[key] += [point for point in points if point.report == later]
        if kind is not None:
            budgets[kind].append(name)


def _relations(panel: Panel, later: int, inside: Inside) -> Iterator[Relation]:
    """What a report says against those before it; each tie once: that a total has not fallen is less than that it has not moved."""
    found: dict[frozenset[tuple[str, int, int]], Relation] = {}
    for check in CHECKS:
        for relation in check.find(panel, later):
            places = frozenset(map(place, (relation.result, *relation.terms)))
            known = found.get(places)
            more = relation.holds is False and relation.rule in _MORE
            if known is None or (more and known.holds is not False):
                found[places] = relation
    yield from found.values()
    yield from carried(panel, later, inside)


_MORE = frozenset({"series.unchanged", "series.copied"})
"""Ties that say more than that a total has not fallen."""


def _comparable(extraction: Extraction) -> Extraction:
    mentions, facts = comparable(extraction.mentions, extraction.facts)
    return extraction if mentions is extraction.mentions else replace(extraction, mentions=mentions, facts=facts)


def place(mention: Mention) -> tuple[str, int, int]:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def _order(relation: Relation) -> tuple[object, ...]:
    return (place(relation.result), relation.kind, [place(term) for term in relation.terms], relation.rule)


__all__ = ["CHECKS", "AcrossCheck", "Kin", "align_all", "compare", "compare_each", "in_order", "relate_across"]
