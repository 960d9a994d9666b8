"""The checks across reports: what one report says against what those before it said.

Each report is aligned with the few that it was edited from, and held against these alone; figures are paired there by their
place, their value, or a well-known name, so that the cost of a report is the same however many there are. What must agree
with what is told by ``agreement.toml``; the precision of a link decides how a broken tie is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ....model import Alignment, Extraction, Mention, Relation
from ..immense import comparable
from . import accounts, agreed, copied, course, edition, event, flows, former, halves, prior
from .carried import Inside, carried
from .check import AcrossCheck
from .kin import Kin
from .panel import Panel

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


def relate_across(extractions: Sequence[Extraction]) -> tuple[Relation, ...]:
    """The relations between figures of several reports, in the order of their results; each tie once."""
    return compare(extractions)[0]


def align_all(extractions: Sequence[Extraction]) -> tuple[Alignment, ...]:
    """Each report beside the earlier ones that it was edited from."""
    return tuple(Panel(extractions).alignments.values()) if len(extractions) > 1 else ()


def compare(
    extractions: Sequence[Extraction],
    inside: Inside | None = None,
    of: Collection[str] | None = None,
    kin: Kin | None = None,
) -> tuple[tuple[Relation, ...], tuple[Alignment, ...]]:
    """The relations between figures of several reports, and the reports side by side.

    ``inside``: the relations inside of each report, by its name: what ties a sentence ties the one that was made of it.
    ``of``: the names of the reports of which that is told; the others are only what they are held against. A report and
    those that it was edited from are all that it takes to tell of it. ``kin``: what is known of the reports among many others.
    """
    if len(extractions) < 2:
        return (), ()
    panel = Panel([_comparable(extraction) for extraction in extractions], kin)
    wanted = [place for name, place in panel.place.items() if of is None or name in of]
    relations = [relation for later in wanted for relation in _relations(panel, later, inside or {})]
    alignments = (panel.alignments[pair] for pair in panel.alignments if pair[1] in wanted)
    return tuple(sorted(relations, key=_order)), tuple(alignments)


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


__all__ = ["CHECKS", "AcrossCheck", "Kin", "align_all", "compare", "relate_across"]
