"""The coverage figure: what became of every numeral, and which of the quantities a check looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from ...model import Coverage, Extraction, Relation
from .relation import CONTRADICTS
from .roots import place

Verdicts = dict[tuple[str, int, int], set[bool | None]]


def coverages(extractions: Iterable[Extraction], relations: Iterable[Relation]) -> tuple[Coverage, ...]:
    """The coverage of each report.

    A quantity counts once: contradicted before confirmed, confirmed before undecided.
    """
    verdicts: Verdicts = {}
    for relation in relations:
        decided = relation.holds if relation.holds or relation.confidence >= CONTRADICTS else None
        for mention in (relation.result, *relation.terms):
            if mention.kind == "quantity":
                verdicts.setdefault(place(mention), set()).add(decided)
    return tuple(_coverage(extraction, verdicts) for extraction in extractions)


def _coverage(extraction: Extraction, verdicts: Verdicts) -> Coverage:
    """The coverage of one report."""
    confirmed = contradicted = undecided = untied = 0
    for mention in extraction.mentions:
        if mention.kind != "quantity":
            continue
        verdict = verdicts.get(place(mention))
        if verdict is None:
            untied += 1
        elif False in verdict:
            contradicted += 1
        elif True in verdict:
            confirmed += 1
        else:
            undecided += 1
    recognised = sum(entry.fate == "recognised" for entry in extraction.ledger)
    unread = sum(entry.fate == "unread" for entry in extraction.ledger)
    return Coverage(confirmed, contradicted, undecided, untied, len(extraction.ledger), recognised, unread)


def together(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of all reports."""
    columns = [tuple(getattr(part, field.name) for field in fields(Coverage)) for part in parts]
    return Coverage(*(sum(column) for column in zip(*columns, strict=True))) if columns else Coverage(*[0] * 7)
