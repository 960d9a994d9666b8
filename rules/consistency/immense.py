"""Figures of more digits than anything that is counted: a slip of the file, with which nothing is compared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...model import Fact, Mention, Number

_DIGITS = 18
"""A thousand times the sum of all money has fewer digits; decimal arithmetic holds 28, and a quotient of two such."""
_LIMIT: int = 10**_DIGITS


def comparable(mentions: Sequence[Mention], facts: Sequence[Fact]) -> tuple[tuple[Mention, ...], tuple[Fact, ...]]:
    """The mentions and facts that checks may rest on: of a passage with an immense figure, none."""
    passages = {(each.report, each.block) for each in mentions if _is_immense(each)}
    if not passages:
        return tuple(mentions), tuple(facts)
    return (
        tuple(each for each in mentions if (each.report, each.block) not in passages),
        tuple(each for each in facts if (each.mention.report, each.mention.block) not in passages),
    )


def _is_immense(mention: Mention) -> bool:
    return any(
        _has_many_digits(value) for value in (mention.value, mention.value_max, mention.paren) if value is not None
    )


def _has_many_digits(value: Number) -> bool:
    if isinstance(value, Fraction):
        return max(abs(value.numerator), value.denominator) >= _LIMIT
    return value.adjusted() >= _DIGITS or len(value.as_tuple().digits) > _DIGITS
