"""The checks: which figures of a report are tied together, and whether they agree.

A relation is recognised by how the text is built, never because its numbers fit. One check a file; each yields
relations with its own id (``sum.brackets``). Cost grows in line with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...model import Fact, Mention, Relation, Report
from . import (
    change,
    count,
    count_dates,
    dates,
    difference,
    duration,
    events,
    grim,
    growth,
    part,
    product,
    ratio,
    ratio_named,
    ratio_times,
    same,
    same_table,
    sum_added,
    sum_brackets,
    sum_closing,
    sum_of_which,
    sum_table,
    table_rates,
    threshold,
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
    *same_table.CHECKS,
    *events.CHECKS,
    *count.CHECKS,
    *count_dates.CHECKS,
    *duration.CHECKS,
    *dates.CHECKS,
    *part.CHECKS,
    *threshold.CHECKS,
    *product.CHECKS,
    *grim.CHECKS,
)
"""Every check inside a report, in the order in which one wins where two find the same tie."""


def relate(
    report: Report, mentions: Sequence[Mention], facts: Sequence[Fact] = (), *, issued: str | None = None
) -> tuple[Relation, ...]:
    """The relations inside one report, in the order of their results; each tie once.

    ``issued`` is the day or month in which the report speaks, where it is known.
    """
    document = read(report, mentions, issued)
    found: dict[tuple[object, ...], Relation] = {}
    for check in CHECKS:
        for relation in check.find(document):
            found.setdefault(_tie(relation), relation)
    return tuple(sorted(_telling(found.values()), key=_order))


def _telling(relations: Iterable[Relation]) -> Iterator[Relation]:
    """All relations but those of a part and its whole that an exact tie of the same two figures says more about."""
    known = tuple(relations)
    tied: dict[tuple[int, int], set[int]] = {}
    for number, relation in enumerate(known):
        if relation.kind in ("sum", "ratio", "difference"):
            for mention in (relation.result, *relation.terms):
                tied.setdefault(_place(mention), set()).add(number)
    for relation in known:
        ties = [tied.get(_place(each), set()) for each in (relation.result, *relation.terms)]
        if relation.kind != "part_of" or not set.intersection(*ties):
            yield relation


def _tie(relation: Relation) -> tuple[object, ...]:
    return (relation.kind, _place(relation.result), frozenset(_place(term) for term in relation.terms))


def _place(mention: Mention) -> tuple[int, int]:
    return (mention.start, mention.end)


def _order(relation: Relation) -> tuple[object, ...]:
    places = tuple(_place(term) for term in relation.terms)
    return (_place(relation.result), relation.kind, places, relation.rule)


__all__ = ["CHECKS", "Check", "relate"]
