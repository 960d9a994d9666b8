"""Ties that a person has seen, beside those that the text gives; within a report and between reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...model import Mention, Relation
from . import law

TieKind = Literal["sum", "same", "ratio"]
"""A total and its parts; one thing told twice; a rate with the figure above and the figure below."""
ByHand = tuple[TieKind, Mention, Sequence[Mention], Sequence[Literal["+", "-"]]]
"""Kind, result, terms and their signs."""
Untied = tuple[str, frozenset[tuple[str, int]]]
"""A tie that is none: its rule, and where its figures begin, by report and offset."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of ties: those that there are besides, and those that are none."""

    ties: tuple[ByHand, ...] = ()
    untied: frozenset[Untied] = frozenset()


def with_ties(found: Iterable[Relation], said: Said) -> tuple[Relation, ...]:
    """The relations with a person's ties in the place of those of the same figures, and without those taken away."""
    made = [relation for told in said.ties if (relation := tie(*told)) is not None]
    known = {(each.kind, places(each)) for each in made}
    kept = [
        each
        for each in found
        if (each.rule, places(each)) not in said.untied and (each.kind, places(each)) not in known
    ]
    return tuple(sorted((*kept, *made), key=_order))


def tie(
    kind: TieKind, result: Mention, terms: Sequence[Mention], signs: Sequence[Literal["+", "-"]]
) -> Relation | None:
    """The relation, computed; None where the figures have nothing that can be computed."""
    if kind == "same":
        return law.same("same.hand", terms[0], result) if terms[0].kind == result.kind else None
    if any(each.value is None for each in (result, *terms)):
        return None
    if kind == "ratio":
        return law.rate_of("ratio.hand", result, *terms)
    return law.total("sum", "sum.hand", result, terms, signs)


def places(relation: Relation) -> frozenset[tuple[str, int]]:
    """Where the figures of a relation begin, by report and offset."""
    return frozenset((each.report, each.start) for each in (relation.result, *relation.terms))


def _order(relation: Relation) -> tuple[object, ...]:
    return (relation.result.report, relation.result.start, relation.kind, relation.rule)
