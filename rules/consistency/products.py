"""An amount and what it is made of: 118期，每期12週、每週1次、每次2小時，總時數2,832小時; 4對，每對6,000元，共計2萬4,000元.

At least one factor is told as so much each; the amount is in that factor's unit. A row of such factors is multiplied as a
whole; else the count is a figure that stands near. Where the amount each is a ceiling or a range, the total has limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .averages import counts_each
from .candidate import Candidate
from .figure import Document, Figure, Paragraph, alike
from .law import product_of

_TOTAL = re.compile(
    r"(?:共|計|合|總|需|支出|支應|核撥|撥付|發放|核發|經費|金額|總額|收入|運能|時數|坐滿|服務)[^,;。、:()]{0,6}$"
)
_EACH_OF = re.compile(r"每(?:一)?(?P<each>[^,;。每]{1,2})")
_NEAR = 8
_BEHIND = 4
_MOST_FACTORS = 4
_HEADS = frozenset({"人", "名", "位", "人次"})
_RAISED = re.compile(r"(?:提高|提升|調整|調高|調升|調增|增加|修正|調降|降低|調減|改)(?:至|為)")
"""每人由2,000元提高至3,000元: the first is no longer in force."""


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of a product in running text."""
    for paragraph in document.paragraphs:
        if any(figure.has("each") and figure.mention.value for figure in paragraph.figures):
            for amount in paragraph.figures:
                if amount.is_count and amount.mention.value and amount.role != "former" and not amount.has("each"):
                    for tried, factors in enumerate(_factors(paragraph, amount), start=1):
                        yield from _candidate(paragraph, amount, factors, tried)


def _factors(paragraph: Paragraph, amount: Figure) -> Iterator[tuple[Figure, ...]]:
    """Rows of factors, the nearest first; then a factor and a count that stand near."""
    around = paragraph.figures[max(0, amount.place - _NEAR) : amount.place + 1 + _BEHIND]
    near = [figure for figure in around if figure.mention.value]
    counts = [each for each in near if each.is_count and each.unit != amount.unit and not each.has("each")]
    for rate in sorted((each for each in near if each.has("each") and _fits(each, amount)), key=_distance(amount)):
        row = _row(paragraph, rate)
        if len(row) > 2 and amount not in row and all(each.is_amount for each in row):
            yield row
        for count in sorted(counts, key=_distance(rate)):
            if count is not rate:
                yield count, rate


def _distance(figure: Figure) -> Callable[[Figure], int]:
    return lambda other: abs(other.place - figure.place)


def _row(paragraph: Paragraph, last: Figure) -> tuple[Figure, ...]:
    """開設118期，每期12週、每週1次、每次2小時: a count and all that is told for each behind it."""
    start = last.place
    while start and last.place - start < _MOST_FACTORS - 1 and paragraph.figures[start].has("each"):
        start -= 1
    return tuple(paragraph.figures[start : last.place + 1])


def _fits(rate: Figure, amount: Figure) -> bool:
    """The amount is in the factor's unit, and larger."""
    known = alike(rate, amount) or {rate.unit, amount.unit} <= _HEADS
    return known and rate.units < amount.units and "平均" not in rate.clause


def _candidate(paragraph: Paragraph, amount: Figure, factors: tuple[Figure, ...], tried: int) -> Iterator[Candidate]:
    rate, count = factors[-1], factors[-2]
    ceiling = rate.has("ceiling") or rate.mention.bound == "at_most"
    each = _EACH_OF.search(rate.before)
    named = each is not None and counts_each(count, each["each"])
    in_order = (named and _in_order(paragraph, count, rate, amount)) or _ends_a_row(paragraph, factors, amount)
    # Bounds tell nothing unless the words put the three together.
    loose = ceiling or rate.mention.value_max is not None or rate.mention.bound is not None
    rule = "mean.ceiling" if ceiling else "product.each"
    relation = product_of(rule, amount.mention, [each.mention for each in factors], ceiling=ceiling)
    if in_order or (relation.holds and not loose):
        told = {"product:in-order": in_order, "product:unit-named": named}
        yield Candidate(relation, frozenset(name for name, true in told.items() if true), tried)


def _ends_a_row(paragraph: Paragraph, factors: tuple[Figure, ...], amount: Figure) -> bool:
    """Three factors or more, each told for the one before, and the total right behind them."""
    last = factors[-1]
    line = paragraph.line_of(last)
    behind = amount.row == last.row and amount.index == last.index + 1 and "。" not in line.between(last, amount)
    return len(factors) > 2 and behind and _TOTAL.search(amount.before) is not None


def _in_order(paragraph: Paragraph, count: Figure, rate: Figure, amount: Figure) -> bool:
    """The three stand side by side, the total called one: 4對，每對6,000元，共計; 5天計30小時，每天6小時."""
    if not count.row == rate.row == amount.row:
        return False
    line = paragraph.line_of(rate)
    first, last = min(count.at, rate.at, amount.at), max(count.at, rate.at, amount.at)
    between = line.text[first:last]
    if "。" in between or (";" in between and count.index > rate.index + 1):
        return False
    if _RAISED.match(rate.behind) or re.search(r"[增減]加?少?了?$", count.before) or re.match("[、及和與]", count.gap):
        return False
    called = _TOTAL.search(amount.before) is not None and "平均" not in rate.before
    in_row = rate.index == count.index + 1 and amount.index == rate.index + 1 and amount.gap.count(",") <= 1
    total_first = (
        amount.index == count.index + 1
        and rate.index == amount.index + 1
        and re.fullmatch(",?(?:共計|合計|共|計)", amount.gap) is not None
    )
    told_first = (
        amount.index == count.index + 1
        and rate.index < count.index
        and sum(each.has("each") for each in line.figures) == 1
        and re.search(r"金額|經費|總額|共計|合計", amount.before) is not None
    )
    return called and (in_row or total_first or told_first)
