"""The checks: which figures of a report are tied together, and whether they agree.

A relation is recognised by how the text is built, never because its numbers fit. One check a file; each yields
relations with its own id (``sum.brackets``). Cost grows in line with the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Fact, Mention, Relation, Report
from . import (
    change,
    difference,
    events,
    growth,
    ratio,
    ratio_named,
    ratio_times,
    same,
    sum_added,
    sum_brackets,
    sum_closing,
    sum_of_which,
    sum_table,
    table_rates,
)
from .check import Check
from .context import read

CHECKS: tuple[Check, ...] = (
    *sum_brackets.CHECKS,
    *sum_of_which.CHECKS,
    *sum_closing.CHECKS,
    *sum_added.CHECKS,
    *sum_table.CHECKS,
    *table_rates.CHECKS,
    *ratio.CHECKS,
    *ratio_named.CHECKS,
    *ratio_times.CHECKS,
    *difference.CHECKS,
    *change.CHECKS,
    *growth.CHECKS,
    *same.CHECKS,
    *events.CHECKS,
)
"""Every check inside a report, in the order in which one wins where two find the same tie."""


def relate(report: Report, mentions: Sequence[Mention], facts: Sequence[Fact] = ()) -> tuple[Relation, ...]:
    """The relations inside one report, in the order of their results; each tie once."""
    document = read(report, mentions)
    found: dict[tuple[object, ...], Relation] = {}
    for check in CHECKS:
        for relation in check.find(document):
            found.setdefault(_tie(relation), relation)
    return tuple(sorted(found.values(), key=_order))


def _tie(relation: Relation) -> tuple[object, ...]:
    return (relation.kind, _place(relation.result), frozenset(_place(term) for term in relation.terms))


def _place(mention: Mention) -> tuple[int, int]:
    return (mention.start, mention.end)


def _order(relation: Relation) -> tuple[object, ...]:
    places = tuple(_place(term) for term in relation.terms)
    return (_place(relation.result), relation.kind, places, relation.rule)


__all__ = ["CHECKS", "Check", "relate"]
