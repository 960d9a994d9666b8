"""The checks: which figures of a report are tied together, and whether they agree.

A relation is recognised by how the text is built. Where the words leave several readings open, the arithmetic decides
between them, and only what it can hardly do by chance counts (room ``reckoned``). One check a file; each yields relations
with its own id (``sum.brackets``). Cost grows in line with the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Fact, LedgerEntry, Mention, Relation, Report
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
from .immense import comparable
from .reckoned import (
    announced,
    averages,
    bases,
    change_slips,
    changes,
    columns,
    flows,
    items,
    longer,
    named,
    products,
    retold,
    share_slips,
    shares,
    total_slips,
    totals,
)
from .settle import place, settled
from .unread import without_unread

BY_WORDS: tuple[Check, ...] = (
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
"""The checks in which the words alone say which figures belong together."""

RECKONED: tuple[Check, ...] = (
    *columns.CHECKS,
    *averages.CHECKS,
    *products.CHECKS,
    *items.CHECKS,
    *announced.CHECKS,
    *changes.CHECKS,
    *change_slips.CHECKS,
    *flows.CHECKS,
    *longer.CHECKS,
    *totals.CHECKS,
    *total_slips.CHECKS,
    *bases.CHECKS,
    *shares.CHECKS,
    *share_slips.CHECKS,
    *named.CHECKS,
    *retold.CHECKS,
)
"""The checks in which words and arithmetic say it together."""

CHECKS: tuple[Check, ...] = (*BY_WORDS, *RECKONED)
"""Every check inside a report, in the order in which one wins where two find the same tie."""


def relate(
    report: Report,
    mentions: Sequence[Mention],
    facts: Sequence[Fact] = (),
    *,
    issued: str | None = None,
    unread: Sequence[LedgerEntry] = (),
) -> tuple[Relation, ...]:
    """The relations inside one report, in the order of their results; each tie once.

    ``issued`` is the day or month in which the report speaks, where it is known; ``unread`` are the numerals that
    nothing understood.
    """
    mentions, facts = comparable(mentions, facts)
    document = read(report, mentions, issued, facts)
    found = (relation for check in CHECKS for relation in check.find(document))
    return tuple(sorted(without_unread(settled(found), report, unread), key=_order))


def _order(relation: Relation) -> tuple[object, ...]:
    return (place(relation.result), relation.kind, [place(term) for term in relation.terms], relation.rule)


__all__ = ["BY_WORDS", "CHECKS", "RECKONED", "Check", "relate"]
