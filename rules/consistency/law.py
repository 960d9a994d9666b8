"""The laws by which figures are tied: the arithmetic of each kind of relation, apart from how a relation is recognised.

Each law says what its terms give, and whether the printed result can be that. A long number may have been rounded or cut
off; an author keeps to one manner, so figures agree if they do in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from ...model import Mention, Number, Relation, RelationKind, Rounding
from .interval import Interval, Manner, exact, grain, printed, stated
from .numbers import Exact, divided, magnitude, number

Sign = Literal["+", "-"]
SURE = Decimal(1)
LIKELY = Decimal("0.8")
"""Confidence of a link that another reading of the words would undo."""
CONTRADICTS = Decimal("0.98")
"""From this confidence on, a broken relation is a contradiction; below it, a question that decides nothing."""
SUSPICIOUS = Decimal("0.7")
"""Below this nothing is said of a broken relation."""
_SCALES = {"‰": 1000, "%": 100}
_MANNERS: tuple[Manner, ...] = ("round", "truncate")


@lru_cache(maxsize=1 << 14)
def show(value: Number | int, places: int = 4) -> str:
    """A number for people: no exponent, no empty decimals, at most ``places`` of them."""
    exactly = number(value)
    decimal = Decimal(exactly.numerator) / Decimal(exactly.denominator)
    if exactly.denominator != 1:
        decimal = decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{decimal:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(mention: Mention) -> Exact:
    """What a figure contributes: 專員及助理員各1人 are two."""
    return number(mention.value or 0) * (mention.distributed or 1)


def adds_up(figures: Sequence[Mention], signs: Sequence[Sign] | None = None) -> bool:
    """The first figure is the sum of the others, to the unit; each with its sign, if there are any."""
    whole, *parts = figures
    ways = signs or ["+"] * len(parts)
    return amount(whole) == sum(
        amount(part) if sign == "+" else -amount(part) for part, sign in zip(parts, ways, strict=True)
    )


# --- sums, differences, levels and their changes ----------------------------------------------------------------------


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
    main = [(term, sign) for term, sign in zip(terms, signs, strict=True) if not concurrent or term not in concurrent]
    computed = sum(amount(term) if sign == "+" else -amount(term) for term, sign in main)
    if _in_thousands([result, *terms]):
        norms = frozenset([result, *terms])
    holds: bool | None
    if (
        not norms
        and result.value is not None
        and all(_is_count(each) for each in (result, *(term for term, _ in main)))
    ):
        holds = computed == number(result.value)
    else:
        holds = _meets(result, main, norms)
    stated_text, computed_text = show(number(result.value or Decimal(0))), show(computed)
    if result.paren is not None or any(term.paren is not None for term in terms):
        beside = _beside(terms, signs, concurrent)
        told = result.paren or Decimal(0)
        stated_text, computed_text = f"{stated_text}({show(told)})", f"{computed_text}({show(beside)})"
        if number(told) != beside:
            holds = False
    return Relation(
        kind, result, tuple(terms), tuple(signs), stated_text, computed_text, holds, rule, confidence=confidence
    )


def _is_count(mention: Mention) -> bool:
    """Nobody rounded it: all that it states is its value."""
    return mention.step == 1 and mention.bound is None and mention.value_max is None


def _meets(result: Mention, main: Sequence[tuple[Mention, Sign]], norms: frozenset[Mention]) -> bool | None:
    """Whether the terms can give the result in one manner or the other; None where a bound decides nothing."""
    finer = any(
        each.step is not None and each.step < 1 for each in (result, *(term for term, _ in main)) if each not in norms
    )
    decided: bool | None = False
    for manner in _MANNERS:
        reach = Interval.point(0)
        for term, sign in main:
            interval = _said(term, norms, manner, finer).scaled(term.distributed or 1)
            reach = reach + interval if sign == "+" else reach - interval
        goal = _said(result, norms, manner, finer, reckoned=True)
        if reach.meets(goal):
            if reach.bounded and goal.bounded:
                return True
            decided = None
    return decided


def _said(
    mention: Mention, norms: frozenset[Mention], manner: Manner, finer: bool, *, reckoned: bool = False
) -> Interval:
    """What a figure states; a whole number among figures with decimals was rounded, a percentage where it is the result."""
    if mention in norms:
        return exact(mention)
    whole = mention.step == 1 and mention.bound is None and (reckoned or mention.unit not in _SCALES)
    if finer and whole and mention.value is not None:
        half = Fraction(1, 2)
        return Interval(number(mention.value) - half, number(mention.value) + half)
    return stated(mention, manner)


def _in_thousands(members: Sequence[Mention]) -> bool:
    """All figures are amounts in 千元: budgets are drawn up in thousands, so nothing was rounded."""
    return all(each.unit == "元" and each.step == 1000 and each.bound is None for each in members)


def _beside(terms: Sequence[Mention], signs: Sequence[Sign], concurrent: frozenset[Mention]) -> Exact:
    """The posts held concurrently, by the terms."""
    whole: Exact = 0
    for term, sign in zip(terms, signs, strict=True):
        share = amount(term) if term in concurrent else number(term.paren or 0)
        whole += share if sign == "+" else -share
    return whole


def same(rule: str, first: Mention, second: Mention, *, confidence: Decimal = SURE) -> Relation:
    """One thing told twice."""
    if first.kind == "date":
        told, told_again = first.edtf or "", second.edtf or ""
        return Relation("dates", second, (first,), ("+",), told_again, told, told == told_again, rule, None, confidence)
    told, told_again = show(number(first.value or 0)), show(number(second.value or 0))
    agree = any(stated(first, manner).meets(stated(second, manner)) for manner in _MANNERS)
    agree = (agree or _cut_from(first, second)) and (first.paren or 0) == (second.paren or 0)
    return Relation("same", second, (first,), ("+",), told_again, told, agree, rule, None, confidence)


def _cut_from(first: Mention, second: Mention) -> bool:
    """One is printed in full, the other was cut off."""
    return stated(first).meets(stated(second, "truncate")) or stated(first, "truncate").meets(stated(second))


# --- ratios, growth, averages --------------------------------------------------------------------------------------


def quotient(
    kind: RelationKind,
    rule: str,
    result: Mention,
    terms: tuple[Mention, Mention],
    ratio: tuple[Exact, Exact],
    reach: Interval | None,
    *,
    signs: tuple[Sign, Sign] = ("+", "+"),
    confidence: Decimal = SURE,
    step: Exact | None = None,
) -> Relation | None:
    """A printed rate against the quotient that it states; ``ratio`` is what is divided by what, before scaling.

    A result that is no percentage (averages, 倍) is the quotient itself. ``step`` is the place to which the result was
    rounded, where it is coarser than its last digit.
    """
    scale = _SCALES.get(result.unit or "", 1)
    over, under = ratio
    if under == 0 or result.value is None or reach is None:
        return None
    value = divided(over * scale, under)
    step = step or (number(result.step) if result.step is not None else 1)
    rounding = how_rounded(magnitude(value), magnitude(number(result.value)), step)
    holds = rounding != "neither" or reach.scaled(scale).meets(printed(result, step))
    return Relation(kind, result, terms, signs, show(result.value), show(value), holds, rule, rounding, confidence)


def fits(relation: Relation) -> bool:
    """A rate is what its figures give, rounded or cut off; one that is only told about (約三成, 逾三成五), within a place."""
    rate = relation.result
    near = magnitude(number(relation.computed) - magnitude(number(rate.value or 0))) <= grain(rate)
    return bool(relation.holds) and (relation.rounding != "neither" or (rate.bound is not None and near))


def how_rounded(value: Exact, told: Exact, step: Exact) -> Rounding:
    """Whether rounding or truncating ``value`` at the place ``step`` gives what is ``told``."""
    places = divided(value, step)
    whole = places.numerator // places.denominator
    if whole * step == told:
        # Cut off; and rounded, too, where what was left off is less than half a place.
        return "round" if 2 * (places - whole) < 1 else "truncate"
    return "round" if (whole + 1) * step == told and 2 * (places - whole) >= 1 else "neither"


def rate_of(
    rule: str, result: Mention, over: Mention, under: Mention, *, confidence: Decimal = SURE
) -> Relation | None:
    """The relation of a rate with its two figures; ``None`` where nothing can be divided."""
    if over.value is None or under.value is None:
        return None
    ratio = (number(over.value), number(under.value))
    share = stated(over).divided_by(stated(under))
    return quotient("ratio", rule, result, (over, under), ratio, share, confidence=confidence)


def growth_of(rule: str, rate: Mention, level: Mention, change: Mention, falls: bool) -> Relation | None:
    """A rate of change from the level that was reached and the change: what fell was more before."""
    if level.value is None or change.value is None:
        return None
    moved = magnitude(number(change.value))
    base = number(level.value) + moved if falls else number(level.value) - moved
    if base <= 0:
        return None
    size = stated(change) if change.value >= 0 else -stated(change)
    reach = stated(level) + size if falls else stated(level) - size
    signs: tuple[Sign, Sign] = ("+", "-" if falls else "+")
    return quotient("growth", rule, rate, (level, change), (moved, base), size.divided_by(reach), signs=signs)


def growth_between(rule: str, rate: Mention, new: Mention, old: Mention) -> Relation | None:
    """A rate of change from the two levels."""
    if new.value is None or old.value is None or old.value <= 0 or new.value == old.value:
        return None
    moved = number(new.value) - number(old.value)
    reach = stated(new) - stated(old) if moved > 0 else stated(old) - stated(new)
    low = reach if reach.low is None or reach.low >= 0 else Interval(0, reach.high)
    share = low.divided_by(stated(old))
    return quotient("growth", rule, rate, (new, old), (magnitude(moved), number(old.value)), share, signs=("+", "-"))


def average_of(rule: str, mean: Mention, whole: Mention, count: Mention, times: int = 1) -> Relation | None:
    """So much for each of ``times`` things; an average that ends in zeros may have been rounded there."""
    if whole.value is None or not count.value or mean.value is None:
        return None
    step, value = number(mean.step or 1), number(mean.value)
    while value and step >= 1 and value % (step * 10) == 0:
        step *= 10
    share = stated(whole).scaled(times).divided_by(stated(count))
    ratio = (number(whole.value) * times, number(count.value))
    return quotient("ratio", rule, mean, (whole, count), ratio, share, step=step)


# --- products, bounds -----------------------------------------------------------------------------------------------


def product_of(rule: str, whole: Mention, factors: Sequence[Mention], *, ceiling: bool = False) -> Relation:
    """So many times so much each; where that is a ceiling, a range or a bound, the total has limits and no exact value."""
    computed: Exact = 1
    reach = Interval.point(1)
    for place, factor in enumerate(factors):
        computed *= number(factor.value or 0)
        least = ceiling and place == len(factors) - 1
        interval = Interval(0, number(factor.value_max or factor.value or 0)) if least else stated(factor)
        reach = reach.times(interval)
    loose = ceiling or any(factor.value_max is not None or factor.bound is not None for factor in factors)
    kind: RelationKind = "mean" if loose else "product"
    text = show(computed) if not loose else f"≤ {show(reach.high) if reach.high is not None else '∞'}"
    holds = any(reach.meets(stated(whole, manner)) for manner in _MANNERS)
    signs: tuple[Sign, ...] = tuple("+" for _ in factors)
    return Relation(kind, whole, tuple(factors), signs, show(whole.value or 0), text, holds, rule, None, SURE)


def part_of(rule: str, part: Mention, whole: Mention, *, confidence: Decimal = SURE) -> Relation:
    """A part is not more than its whole."""
    low, high = stated(part).low, stated(whole).high
    holds = low is None or high is None or low <= high
    most = f"≤ {show(whole.value or 0)}"
    return Relation("part_of", part, (whole,), ("+",), show(part.value or 0), most, holds, rule, None, confidence)


def order_of(
    rule: str, figure: Mention, norm: Mention, sign: Literal["≥", ">", "≤"], *, confidence: Decimal = SURE
) -> Relation:
    """A figure that is said to have reached a goal, to be above it, or to have stayed below it."""
    reach, goal = _in_percent(figure, stated(figure)), _in_percent(norm, exact(norm))
    if sign == "≤":
        holds = reach.low is None or goal.high is None or reach.low <= goal.high
    else:
        low, high = goal.low, reach.high
        holds = high is None or low is None or (high > low if sign == ">" else high >= low)
    limit = show(goal.low if goal.low is not None else 0)
    return Relation(
        "threshold", figure, (norm,), ("+",), show(figure.value or 0), f"{sign} {limit}", holds, rule, None, confidence
    )


def _in_percent(mention: Mention, interval: Interval) -> Interval:
    return interval.scaled(100) if mention.unit == "ratio" else interval


def lacking(relation: Relation) -> list[tuple[Mention, Exact]]:
    """By how much each figure of a signed sum would have to change, if all others are right; the result first."""
    terms = list(zip(relation.terms, relation.signs, strict=True))
    gap = sum(amount(term) if sign == "+" else -amount(term) for term, sign in terms) - amount(relation.result)
    return [(relation.result, gap), *((term, -gap if sign == "+" else gap) for term, sign in terms)]


def misses_by_rounding(relation: Relation) -> bool:
    """Whether a sum or difference misses by no more than its figures may be off: each by half the last place of the result."""
    step = relation.result.step
    if relation.holds is not False or step is None:
        return False
    return magnitude(lacking(relation)[0][1]) * 2 <= (len(relation.terms) + 1) * number(step)
