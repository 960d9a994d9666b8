"""The checks across reports: what one report says against what the others said.

Figures are compared by key (body, indicator, category, kind of unit), never all with all. One check a file. The
precision of a link decides how a broken tie is told: contradiction, suspicious, or a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ....model import Alignment, Extraction, Mention, Relation
from ..immense import comparable
from . import (
    aligned,
    copied,
    course,
    cumulative,
    dated,
    event,
    former,
    halves,
    identity,
    prior,
    restated,
    retold,
    standard,
    twins,
)
from .check import AcrossCheck
from .link import LIKELY
from .panel import Panel

CHECKS: tuple[AcrossCheck, ...] = (
    *aligned.CHECKS,
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
    return compare(extractions)[0]


def align_all(extractions: Sequence[Extraction]) -> tuple[Alignment, ...]:
    """Each report beside the earlier ones that it was edited from."""
    return tuple(Panel(extractions).alignments.values()) if len(extractions) > 1 else ()


def compare(extractions: Sequence[Extraction]) -> tuple[tuple[Relation, ...], tuple[Alignment, ...]]:
    """The relations between figures of several reports, and the reports side by side."""
    if len(extractions) < 2:
        return (), ()
    panel = Panel([_comparable(extraction) for extraction in extractions])
    found: dict[frozenset[tuple[str, int, int]], Relation] = {}
    for check in CHECKS:
        for relation in check.find(panel):
            found.setdefault(frozenset(map(place, (relation.result, *relation.terms))), relation)
    relations = sorted(_doubted(panel, _unexplained(panel, found.values())), key=_order)
    return tuple(relations), tuple(panel.alignments.values())


def _comparable(extraction: Extraction) -> Extraction:
    mentions, facts = comparable(extraction.mentions, extraction.facts)
    return extraction if mentions is extraction.mentions else replace(extraction, mentions=mentions, facts=facts)


_RETOLD = frozenset({"series.restated", "series.slip", "series.retold", "series.standard"})
_ANNOUNCED = frozenset({"series.copied"})
_TWINS = frozenset({"series.restated", "series.slip", "series.retold", "series.former", "series.standard"})


def _unexplained(panel: Panel, relations: Iterable[Relation]) -> Iterator[Relation]:
    """All but broken ties of figures that need not agree, or of which one is told by the other report in another place."""
    by_value, _ = twins.indexed(panel)
    for relation in relations:
        if relation.holds is False and not identity.may_be_one(panel, relation):
            continue
        if relation.holds is False and relation.rule in _RETOLD | _TWINS | _ANNOUNCED:
            later, earlier = (panel.by_start.get((panel.place[each.report], each.start)) for each in (relation.result, relation.terms[0]))  # fmt: skip
            if earlier is not None and later is not None:
                if relation.rule in _RETOLD:
                    law = identity.law_of(panel, earlier, later)
                    if law is None:
                        continue
                    relation = replace(relation, rule=law.rule) if law.id == "plan" else relation
                if not panel.copied({relation.result.report, relation.terms[0].report}):
                    relation = identity.of_two_offices(panel, relation, earlier, later)
                if relation.rule in _ANNOUNCED and twins.is_announced(panel, by_value, earlier, later):
                    continue
                placed = panel.partner(later, earlier.report)[0] is earlier
                if relation.rule in _TWINS and (
                    (not placed and twins.told_elsewhere(panel, by_value, earlier, later))
                    or twins.is_announced(panel, by_value, earlier, later)
                ):
                    continue
        yield relation


_SOME = 2


def _doubted(panel: Panel, relations: Iterable[Relation]) -> Iterator[Relation]:
    """Reports that agree on less than they differ on may not speak of one thing, unless one was edited from the other."""
    known = list(relations)
    broken = Counter(_reports(each) for each in known if each.holds is False)
    agreeing = Counter(_reports(each) for each in known if each.holds)
    for relation in known:
        reports = _reports(relation)
        if relation.holds is False and broken[reports] > max(_SOME, agreeing[reports]) and not panel.copied(reports):
            relation = replace(relation, confidence=min(relation.confidence, LIKELY))
        yield relation


def _reports(relation: Relation) -> frozenset[str]:
    return frozenset(each.report for each in (relation.result, *relation.terms))


def place(mention: Mention) -> tuple[str, int, int]:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def _order(relation: Relation) -> tuple[object, ...]:
    return (place(relation.result), relation.kind, [place(term) for term in relation.terms], relation.rule)


__all__ = ["CHECKS", "AcrossCheck", "align_all", "compare", "relate_across"]
