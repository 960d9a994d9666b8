"""The checks across reports: what one report says against what the others said.

Figures are compared by key (body, indicator, category, kind of unit), never all with all. One check a file. The
precision of a link decides how a broken tie is told: contradiction, suspicious, or a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ....model import Extraction, Mention, Relation
from ..immense import comparable
from . import copied, course, cumulative, dated, event, former, halves, prior, restated, retold, standard, twins
from .check import AcrossCheck
from .link import LIKELY
from .panel import Panel

CHECKS: tuple[AcrossCheck, ...] = (
    *restated.CHECKS,
    *former.CHECKS,
    *prior.CHECKS,
    *cumulative.CHECKS,
    *halves.CHECKS,
    *standard.CHECKS,
    *event.CHECKS,
    *course.CHECKS,
    *copied.CHECKS,
    *dated.CHECKS,
    *retold.CHECKS,
)
"""Every check across reports, in the order in which one wins where two find the same tie."""


def relate_across(extractions: Sequence[Extraction]) -> tuple[Relation, ...]:
    """The relations between figures of several reports, in the order of their results; each tie once."""
    if len(extractions) < 2:
        return ()
    panel = Panel([_comparable(extraction) for extraction in extractions])
    found: dict[frozenset[tuple[str, int, int]], Relation] = {}
    for check in CHECKS:
        for relation in check.find(panel):
            found.setdefault(frozenset(map(place, (relation.result, *relation.terms))), relation)
    return tuple(sorted(_doubted(_unexplained(panel, found.values())), key=_order))


def _comparable(extraction: Extraction) -> Extraction:
    mentions, facts = comparable(extraction.mentions, extraction.facts)
    return extraction if mentions is extraction.mentions else replace(extraction, mentions=mentions, facts=facts)


_TWINS = frozenset({"series.restated", "series.retold", "series.former", "series.standard"})


def _unexplained(panel: Panel, relations: Iterable[Relation]) -> Iterator[Relation]:
    """All but broken ties of which one figure is told by the other report, too, in another place."""
    by_place = {place(point.mention): point for point in panel.points}
    by_value, _ = twins.indexed(panel)
    for relation in relations:
        if relation.rule in _TWINS and relation.holds is False:
            later, earlier = (by_place[place(each)] for each in (relation.result, relation.terms[0]))
            if twins.told_elsewhere(panel, by_value, earlier, later) or twins.is_announced(
                panel, by_value, earlier, later
            ):
                continue
        yield relation


_SOME = 2


def _doubted(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Reports that agree on less than they differ on may not speak of one thing: then nothing is called sure."""
    known = list(relations)
    broken = Counter(_reports(each) for each in known if each.holds is False)
    agreeing = Counter(_reports(each) for each in known if each.holds)
    for relation in known:
        reports = _reports(relation)
        if relation.holds is False and broken[reports] > max(_SOME, agreeing[reports]):
            relation = replace(relation, confidence=min(relation.confidence, LIKELY))
        yield relation


def _reports(relation: Relation) -> frozenset[str]:
    return frozenset(each.report for each in (relation.result, *relation.terms))


def place(mention: Mention) -> tuple[str, int, int]:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def _order(relation: Relation) -> tuple[object, ...]:
    return (place(relation.result), relation.kind, [place(term) for term in relation.terms], relation.rule)


__all__ = ["CHECKS", "AcrossCheck", "relate_across"]
