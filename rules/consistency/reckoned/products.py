"""An amount and what it is made of, in whatever words: 118期，每期12週、每週1次、每次2小時，總時數2,832小時; 罰鍰34件、10萬2,000元，每件恰為3,000元.

At least one factor is told as so much each; the amount is in that factor's unit. A row of such factors is multiplied as a
whole; else the count is a figure that stands near. Which of them, the arithmetic says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..interval import Interval, stated
from ..relation import LIKELY, Sign, show
from ..slips import mendable
from .evidence import rarity
from .passage import Passage, Told, alike_units, passages

_EACH = re.compile(r"每[^,;。、:()每]{0,10}$|單價[為約]?$|各[^,;。、:()各]{0,4}$")
_AVERAGE = re.compile(r"平均|均")
_TOTAL = re.compile(
    r"(?:共|計|合|總|需|支出|支應|核撥|撥付|發放|核發|經費|金額|總額|收入|運能|時數|坐滿|服務)[^,;。、:()]{0,6}$"
)
_NEAR = 8
_BEHIND = 4
_MOST_FACTORS = 4
_ENOUGH, _TELLING = 12, 20
"""How rare an amount must be, for each reading that was tried; and one that a digit parts from its factors."""


@lru_cache(maxsize=2)
def _found(document: Document) -> tuple[Relation, ...]:
    return tuple(_relations(document))


def _made(document: Document) -> Iterator[Relation]:
    return (relation for relation in _found(document) if relation.holds)


def _slips(document: Document) -> Iterator[Relation]:
    return (relation for relation in _found(document) if not relation.holds)


def _relations(document: Document) -> Iterator[Relation]:
    for passage in passages(document):
        if any(_is_each(figure) for figure in passage.figures):
            for figure in passage.figures:
                if figure.is_count and figure.mention.value and figure.role != "former" and not _is_each(figure):
                    relation = _made_of(passage, figure) or _missed(passage, figure)
                    if relation is not None:
                        yield relation


def _is_each(figure: Told) -> bool:
    return _EACH.search(figure.before) is not None and figure.mention.value is not None


def _made_of(passage: Passage, amount: Told) -> Relation | None:
    """The first factors that make the amount, the likeliest tried first."""
    for tried, factors in enumerate(_readings(passage, amount), start=1):
        mentions = [factor.mention for factor in factors]
        if _agrees([amount.mention, *mentions]):
            return (
                _product("product.reckoned", amount.mention, mentions)
                if rarity(amount.mention) / tried >= _ENOUGH
                else None
            )
    return None


def _readings(passage: Passage, amount: Told) -> Iterator[tuple[Told, ...]]:
    """Rows of factors, the nearest and longest first; then a factor and a count that stand near."""
    near = [
        each
        for each in passage.figures[max(0, amount.place - _NEAR) : amount.place + 1 + _BEHIND]
        if each is not amount
    ]
    each_of = [each for each in near if _is_each(each) and _fits(each, amount)]
    for last in sorted(each_of, key=lambda each: abs(each.place - amount.place)):
        yield from _rows(passage, last, amount)
    for rate in each_of:
        counts = [
            each for each in near if each.is_count and each is not rate and not _is_each(each) and each.mention.value
        ]
        for count in sorted(counts, key=lambda each: abs(each.place - rate.place)):
            yield (count, rate)


def _rows(passage: Passage, last: Told, amount: Told) -> Iterator[tuple[Told, ...]]:
    """開設118期，每期12週、每週1次、每次2小時: a count and all that is told for each behind it."""
    start = last.place
    while start and last.place - start < _MOST_FACTORS - 1 and _is_each(passage.figures[start]):
        start -= 1
    factors = tuple(passage.figures[start : last.place + 1])
    if (
        len(factors) > 2
        and amount not in factors
        and all(factor.is_count and factor.mention.value for factor in factors)
    ):
        yield factors


def _fits(rate: Told, amount: Told) -> bool:
    """The amount is in the factor's unit, and larger."""
    known = alike_units(rate.unit, amount.unit) or {rate.unit, amount.unit} <= _HEADS
    return known and (rate.mention.value or 0) < (amount.mention.value or 0) and rate.mention.bound is None


_HEADS = frozenset({"人", "名", "位", "人次"})


def _agrees(figures: Sequence[Mention]) -> bool:
    whole, *factors = figures
    low = high = Fraction(1)
    for factor in factors:
        low, high = low * Fraction(factor.value or 0), high * Fraction(factor.value or 0)
    return Interval(low, high).meets(stated(whole))


def _product(rule: str, whole: Mention, factors: Sequence[Mention]) -> Relation:
    computed = Fraction(1)
    for factor in factors:
        computed *= Fraction(factor.value or 0)
    holds = _agrees([whole, *factors])
    signs: tuple[Sign, ...] = tuple("+" for _ in factors)
    return Relation(
        "product", whole, tuple(factors), signs, show(whole.value or 0), show(computed), holds, rule, None, LIKELY
    )


def _missed(passage: Passage, amount: Told) -> Relation | None:
    """A row of factors right before an amount that its words call theirs, and that a digit parts from them."""
    if amount.place < 2 or amount.mention.bound is not None or not _TOTAL.search(amount.before):
        return None
    last = passage.figures[amount.place - 1]
    if not _is_each(last) or _AVERAGE.search(last.before) or not _fits(last, amount) or last.unit != amount.unit:
        return None
    between = passage.between(last, amount)
    first = passage.figures[last.place - 1]
    if "。" in between or ";" in between or not _counts(first, last):
        return None
    factors = next(_rows(passage, last, amount), (first, last))
    figures = [amount.mention, *(factor.mention for factor in factors)]
    plain = all(figure.bound is None and figure.value for figure in figures)
    if plain and rarity(amount.mention) >= _TELLING and mendable(figures, _agrees):
        return _product("product.slip", amount.mention, figures[1:])
    return None


def _counts(first: Told, rate: Told) -> bool:
    """每件 of so many 件, right behind them."""
    return first.is_count and re.search(rf"每一?{re.escape(first.unit[:1])}", rate.before) is not None


CHECKS = (
    Check("product.reckoned", "an amount and the factors around it that make it", _made),
    Check("product.slip", "factors and their amount that one digit parts", _slips),
)
