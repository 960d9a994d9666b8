"""The arithmetic of each kind of relation, apart from how a relation is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from ...model import Mention, Number, Relation, RelationKind, Rounding
from .interval import Interval, exact, stated

Sign = Literal["+", "-"]
SURE = Decimal(1)
LIKELY = Decimal("0.8")
"""Confidence of a link that another reading of the words would undo."""
CONTRADICTS = Decimal("0.95")
"""From this confidence of its link on, a broken relation is a contradiction; below it, a question that decides nothing."""
_SCALES = {"‰": Fraction(1000), "%": Fraction(100)}


def number(value: Number | int) -> Fraction:
    """The value as a fraction; every figure that comes here has one."""
    return Fraction(value)


def show(value: Number | int, places: int = 4) -> str:
    """A number for people: no exponent, no empty decimals, at most ``places`` of them."""
    fraction = Fraction(value)
    decimal = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    if fraction.denominator != 1:
        decimal = decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{decimal:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(mention: Mention) -> Fraction:
    """What a figure contributes: 專員及助理員各1人 are two."""
    return number(mention.value or Decimal(0)) * (mention.distributed or 1)


def adds_up(figures: Sequence[Mention], signs: Sequence[Sign] | None = None) -> bool:
    """The first figure is the sum of the others, to the unit; each with its sign, if there are any."""
    whole, *parts = figures
    ways = signs or ["+"] * len(parts)
    return amount(whole) == sum(
        (amount(part) if sign == "+" else -amount(part) for part, sign in zip(parts, ways, strict=True)), Fraction(0)
    )


def total(
    kind: RelationKind,
    rule: str,
    result: Mention,
    terms: Sequence[Mention],
    signs: Sequence[Sign],
    *,
    confidence: Decimal = SURE,
    norms: frozenset[Mention] = frozenset(),
    concurrent: frozenset[Mention] = frozenset(),
) -> Relation:
    """A signed sum: the terms, each with its sign, against the result, and the posts in brackets likewise.

    ``norms`` are figures that nobody rounded. ``concurrent`` terms count posts held concurrently: they belong to
    the number in brackets.
    """
    main = [(term, sign) for term, sign in zip(terms, signs, strict=True) if term not in concurrent]
    computed = sum((amount(term) if sign == "+" else -amount(term) for term, sign in main), Fraction(0))
    if _in_thousands([result, *terms]):
        norms = frozenset([result, *terms])
    reach = Interval.point(0)
    for term, sign in main:
        interval = (exact(term) if term in norms else stated(term)).scaled(term.distributed or 1)
        reach = reach + interval if sign == "+" else reach - interval
    goal = _goal(result, terms, norms)
    decided = reach.meets(goal)
    holds: bool | None = decided if (reach.bounded and goal.bounded) or not decided else None
    stated_text, computed_text = show(number(result.value or Decimal(0))), show(computed)
    if result.paren is not None or any(term.paren is not None for term in terms):
        beside = _beside(terms, signs, concurrent)
        printed = result.paren or Decimal(0)
        stated_text, computed_text = f"{stated_text}({show(printed)})", f"{computed_text}({show(beside)})"
        if Fraction(printed) != beside:
            holds = False
    return Relation(
        kind, result, tuple(terms), tuple(signs), stated_text, computed_text, holds, rule, confidence=confidence
    )


def _goal(result: Mention, terms: Sequence[Mention], norms: frozenset[Mention]) -> Interval:
    """What the result states; a whole number got from figures with decimals was rounded."""
    if result in norms:
        return exact(result)
    finer = any(term.step is not None and term.step < 1 for term in terms if term not in norms)
    if finer and result.step == 1 and result.bound is None and result.value is not None:
        half = Fraction(1, 2)
        return Interval(number(result.value) - half, number(result.value) + half)
    return stated(result)


def _in_thousands(members: Sequence[Mention]) -> bool:
    """All figures are amounts in 千元: budgets are drawn up in thousands, so nothing was rounded."""
    return all(each.unit == "元" and each.step == 1000 and each.bound is None for each in members)


def _beside(terms: Sequence[Mention], signs: Sequence[Sign], concurrent: frozenset[Mention]) -> Fraction:
    """The posts held concurrently, by the terms."""
    whole = Fraction(0)
    for term, sign in zip(terms, signs, strict=True):
        share = amount(term) if term in concurrent else Fraction(term.paren or 0)
        whole += share if sign == "+" else -share
    return whole


def same(rule: str, first: Mention, second: Mention, *, confidence: Decimal = SURE) -> Relation:
    """One thing told twice."""
    kind: RelationKind = "dates" if first.kind == "date" else "same"
    if kind == "dates":
        told, told_again = first.edtf or "", second.edtf or ""
        return Relation(kind, second, (first,), ("+",), told_again, told, told == told_again, rule, None, confidence)
    agree = stated(first).meets(stated(second)) and (first.paren or 0) == (second.paren or 0)
    return Relation(
        kind,
        second,
        (first,),
        ("+",),
        show(number(second.value or 0)),
        show(number(first.value or 0)),
        agree,
        rule,
        None,
        confidence,
    )


def quotient(
    kind: RelationKind,
    rule: str,
    result: Mention,
    terms: tuple[Mention, Mention],
    ratio: tuple[Fraction, Fraction],
    reach: Interval | None,
    *,
    signs: tuple[Sign, Sign] = ("+", "+"),
    confidence: Decimal = SURE,
    step: Fraction | None = None,
) -> Relation | None:
    """A printed rate against the quotient that it states; ``ratio`` is what is divided by what, before scaling.

    A result that is no percentage (averages, 倍) is the quotient itself. ``step`` is the place to which the result was
    rounded, where it is coarser than its last digit.
    """
    scale = _SCALES.get(result.unit or "", Fraction(1))
    over, under = ratio
    if under == 0 or result.value is None or reach is None:
        return None
    value = over / under * scale
    step = step or (Fraction(result.step) if result.step is not None else Fraction(1))
    rounding = how_rounded(abs(value), abs(Fraction(result.value)), step)
    holds = rounding != "neither" or reach.scaled(scale).meets(_printed(result, step))
    return Relation(kind, result, terms, signs, show(result.value), show(value), holds, rule, rounding, confidence)


def how_rounded(value: Fraction, printed: Fraction, step: Fraction) -> Rounding:
    """Whether rounding or truncating ``value`` at the place ``step`` gives ``printed``."""
    places = value / step
    decimal = Decimal(places.numerator) / Decimal(places.denominator)
    if Fraction(decimal.quantize(Decimal(1), ROUND_HALF_UP)) * step == printed:
        return "round"
    if Fraction(decimal.quantize(Decimal(1), ROUND_DOWN)) * step == printed:
        return "truncate"
    return "neither"


def _printed(result: Mention, step: Fraction) -> Interval:
    """What a printed rate may stand for, whether it was rounded or truncated."""
    value = abs(Fraction(result.value or 0))
    if result.bound == "about":
        return Interval(value - step, value + step)
    if result.bound in ("more_than", "at_least"):
        return Interval(value, None)
    if result.bound in ("less_than", "at_most"):
        return Interval(None, value)
    return Interval(value - step / 2, value + step, high_open=True)
