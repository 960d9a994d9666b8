"""The checks inside a report: which figures are tied together, and whether they agree.

Candidates come from structure, whether or not their figures agree; words and arithmetic are heard as two witnesses, and
all that they say of one report is settled together. Cost grows in line with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Fact, LedgerEntry, Mention, Relation, Report
from . import (
    averages,
    balances,
    budget_rows,
    changes,
    column_laws,
    constructions,
    counts,
    dates,
    duplicate,
    duration,
    events,
    group_totals,
    growth,
    levels,
    order,
    plausibility,
    products,
    rates,
    retelling,
    roll_forward,
    rows,
    shares,
    totals,
)
from .candidate import Candidate, Finder
from .figure import Document
from .immense import comparable
from .masking import read
from .resolution import place, settled
from .unread import without_unread

FINDERS: tuple[Finder, ...] = (
    constructions.find,
    totals.find,
    group_totals.find,
    roll_forward.find,
    changes.find,
    growth.find,
    rates.find,
    averages.find,
    products.find,
    order.find,
    plausibility.find,
    column_laws.find,
    levels.find,
    shares.find,
    balances.find,
    budget_rows.find,
    retelling.find,
    duplicate.find,
    counts.find,
    duration.find,
    dates.find,
    events.find,
)
"""Where candidates come from."""


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
    return tuple(sorted(without_unread(settled(candidates(document)), report, unread), key=_order))


def candidates(document: Document) -> Iterator[Candidate]:
    """Everything that the text may mean."""
    found = [candidate for find in FINDERS for candidate in find(document)]
    yield from found
    yield from rows.beside(document, found)
    yield from rows.shares(document, found)


def _order(relation: Relation) -> tuple[object, ...]:
    return (place(relation.result), relation.kind, [place(term) for term in relation.terms], relation.rule)


__all__ = ["FINDERS", "Candidate", "Document", "candidates", "read", "relate"]
