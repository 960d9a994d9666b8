"""Ties that a person has seen, beside those that the text gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from ...model import Mention, Relation
from . import law

TieKind = Literal["sum", "same", "ratio"]
"""A total and its parts; one thing told twice; a rate with the figure above and the figure below."""
ByHand = tuple[TieKind, Mention, Sequence[Mention], Sequence[Literal["+", "-"]]]
"""Kind, result, terms and their signs."""


def with_ties(
    found: Iterable[Relation], ties: Iterable[ByHand], untied: Collection[tuple[str, frozenset[int]]]
) -> tuple[Relation, ...]:
    """The relations with a person's ties in the place of those of the same figures, and without those taken away."""
    made = [relation for told in ties if (relation := tie(*told)) is not None]
    known = {(each.kind, _begin(each)) for each in made}
    kept = [
        each for each in found if (each.rule, _begin(each)) not in untied and (each.kind, _begin(each)) not in known
    ]
    return tuple(sorted((*kept, *made), key=lambda each: (each.result.start, each.kind, each.rule)))


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


def _begin(relation: Relation) -> frozenset[int]:
    return frozenset(each.start for each in (relation.result, *relation.terms))
