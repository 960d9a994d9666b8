"""So many, so much each, and what it makes: 4對，每對6,000元，共計2萬4,000元; 3班，每班40人，預計120人; 5天計30小時，每天6小時.

Where the amount each is only a ceiling or a range (每人最高3,000元), the total has limits and no exact value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ...model import Relation, RelationKind
from .check import Check
from .context import Document, Figure
from .interval import Interval, stated
from .relation import LIKELY, SURE, show

_EACH = re.compile(
    r"每(?:一)?(?P<each>對|人|班期|班次|班|場次|場|期|天|日|件|戶|家|隊|組|位|名|梯次|梯|週|次|節|案|校)[^,;。每]{0,10}$"
)
_TOTAL = re.compile(
    r"^[^,;。]{0,10},[^,;。]{0,10}(?:共計|合計|總計|預計|總共|共|計|(?:總|補助|發放|核發|所需)?(?:金額|經費|總額|時數))(?:共計|合計|計|為|達)*$"
)
_RAISED = re.compile(r"(?:提高|提升|調整|調高|調升|調增|增加|修正|調降|降低|調減|改)(?:至|為)")
"""每人由2,000元提高至3,000元: the first is no longer in force."""
_RIGHT_BEHIND = re.compile(r"^(?:,)?(?:共計|合計|共|計)$")
_FAMILY = ({"場", "場次"}, {"班", "班期", "班次"}, {"天", "日"}, {"人", "名", "位"}, {"梯", "梯次"})


def _find(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        figures = line.outer.figures
        for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
            listed = re.match("^[、及和與]", first.gap) or re.search(
                r"[增減]加?少?了?$", first.gap
            )  # 國小2,310人、國中1,284人，每人500元: of all of them
            each = (
                None if listed or _EACH.search(first.gap) else _EACH.search(second.gap)
            )  # a row of factors is another check's
            if each and _counts(first, each["each"]) and _TOTAL.match(third.gap) and third.unit == second.unit:
                yield from _product("product.each", third, first, second)
            last = _EACH.search(third.gap)
            if (
                last
                and _counts(first, last["each"])
                and third.unit == second.unit
                and _RIGHT_BEHIND.match(second.gap)
                and re.match(r"^[^,;。]{0,6},每", third.gap)
            ):
                yield from _product("product.each", second, first, third)


def _told_first(document: Document) -> Iterator[Relation]:
    """每人2,000元，中秋節發放412人，發放金額82萬4,000元；春節發放406人，發放金額81萬2,000元."""
    for line in document.lines:
        figures = line.outer.figures
        rates = [(figure, each["each"]) for figure in figures if (each := _EACH.search(figure.gap))]
        if len(rates) != 1 or _RAISED.match(line.outer.after(rates[0][0])):
            continue
        rate, unit = rates[0]
        for count, total in zip(figures[rate.index + 1 :], figures[rate.index + 2 :], strict=False):
            if _counts(count, unit) and total.unit == rate.unit and _TOTAL.match(total.gap):
                yield from _product("product.told-first", total, count, rate)


def _counts(figure: Figure, unit: str) -> bool:
    return figure.unit == unit or any(figure.unit in family and unit in family for family in _FAMILY)


def _product(rule: str, total: Figure, count: Figure, rate: Figure) -> Iterator[Relation]:
    number, each, whole = count.mention, rate.mention, total.mention
    if number.value is None or each.value is None or whole.value is None:
        return
    ceiling = each.bound == "at_most" or re.search(r"最高|上限|至多|以內", rate.gap) is not None
    amount = stated(each)
    if ceiling:
        amount = Interval(Fraction(0), Fraction(each.value_max or each.value))
    reach = _times(stated(number), amount)
    bounded = ceiling or each.value_max is not None or each.bound is not None
    kind: RelationKind = "mean" if bounded else "product"
    computed = Fraction(number.value) * Fraction(each.value) if not bounded else None
    high = show(reach.high) if reach.high is not None else "∞"
    text = show(computed) if computed is not None else f"≤ {high}"
    # A class has as many as may attend, and seldom just as many as did.
    exact_measure = whole.unit in ("元", "小時") and not bounded
    sure = SURE if exact_measure and rule == "product.each" else LIKELY
    holds = reach.meets(stated(whole))
    yield Relation(kind, whole, (number, each), ("+", "+"), show(whole.value), text, holds, rule, None, sure)


def _times(first: Interval, second: Interval) -> Interval:
    """The products of numbers that are not negative."""
    low = None if first.low is None or second.low is None else first.low * second.low
    high = None if first.high is None or second.high is None else first.high * second.high
    return Interval(low, high, first.low_open or second.low_open, first.high_open or second.high_open)


CHECKS = (
    Check("product.each", "so many, so much each, and the total", _find),
    Check("product.told-first", "an amount each that is told first, and totals behind counts", _told_first),
)
