"""Quantities of running text: a number and what it counts or measures.

Works on a block's cleaned text. What marks and dates have claimed is left alone; a number behind which a unit or the
sign of a rate stands is a quantity; one without takes its unit from the currency before it or from the figures it
stands with, or stays unread.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import regex

from ...model import Bound, Number
from ..claims import Claims
from .bounds import bound_of, distribution
from .measures import Measures
from .numerals import read_numeral, shared_power
from .omitted_units import omitted_unit
from .proportions import HALF, Share, share_at, without_number
from .spans import Measure, NumberSpan, Reading, is_number, number_spans, writes_by_position

PAREN = regex.compile(r"\s?\((?P<paren>\d{1,4})\)")
JOINT = regex.compile(r"\s?(?:[至到~–]|[-—]{1,2})\s?")
LONGEST_LIST = 12
LISTED = regex.compile(r"、以及|、|,(?=\d)|，|及|與|和|或|以及")
# 兩年半: the half stands behind the unit.
HALF_BEHIND = ("年", "天", "日", "小時", "個月", "週", "倍")
DIMES = regex.compile(r"[角毛]")
CENTS = regex.compile(r"分(?!之|鐘|數|別|校|局|署|隊)錢?")
DOLLARS = ("元", "圓", "塊")


def read_quantities(text: str, claims: Claims, by_position: bool = False, above: str | None = None) -> list[Reading]:
    """The quantities of ``text``, in order; what they cover is added to ``claims``.

    ``by_position`` says that the report writes Chinese numbers digit by digit; ``above`` is the unit of the last figure of
    the paragraph above.
    """
    return _Reader(text, claims, above).read(by_position or writes_by_position(text))


class _Reader:
    """One pass over one block."""

    def __init__(self, text: str, claims: Claims, above: str | None) -> None:
        self.above = above
        self.text = text
        self.claims = claims
        self._measure = Measures(text).at
        self.found: list[Reading] = []

    def read(self, by_position: bool) -> list[Reading]:
        for reading in without_number(self.text):
            self._add(reading)
        numbers = number_spans(self.text, self.claims, by_position)
        position = 0
        while position < len(numbers):
            position += self._read_from(numbers, position)
        self._read_without_unit(numbers)
        return sorted(self.found, key=lambda reading: reading.start)

    def _read_from(self, numbers: Sequence[NumberSpan], position: int) -> int:
        """Read what begins at ``numbers[position]``; returns how many numbers that took."""
        share = share_at(self.text, numbers, position)
        if share is not None:
            return self._shares(share, numbers, position)
        first = numbers[position]
        second = numbers[position + 1] if position + 1 < len(numbers) else None
        if second is not None and self._range(first, second):
            return 2
        taken = self._list(numbers, position)
        if taken:
            return taken
        return self._single(numbers, position)

    # --- one number ---------------------------------------------------------------------------------------------------
    def _single(self, numbers: Sequence[NumberSpan], position: int) -> int:
        number = self._without_more(numbers[position])
        paren = PAREN.match(self.text, number.end)
        measure = self._measure(paren.end() if paren else number.end, number)
        if measure is None and paren:
            paren, measure = None, self._measure(number.end, number)
        if measure is None or not self._counts(number, measure):
            return 1
        reading = self._reading(number, measure)
        taken = 1
        if measure.unit in DOLLARS:
            reading, taken = self._with_coins(reading, numbers, position)
        if self.text.startswith("半", measure.end) and measure.unit in HALF_BEHIND and not number.numeral.more:
            reading = replace(reading, end=measure.end + 1, value=number.numeral.value + HALF, step=HALF)
        self._add(replace(reading, paren=Decimal(paren["paren"])) if paren else reading)
        return taken

    def _counts(self, number: NumberSpan, measure: Measure) -> bool:
        """Whether the number counts something there: with a unit most do, 一 and syllables of words do not."""
        if measure.rate or number.numeral.value_max is not None:
            return not self.claims.in_word(number.start, number.end)
        return is_number(self.text, number, self.claims)

    def _with_coins(self, money: Reading, numbers: Sequence[NumberSpan], position: int) -> tuple[Reading, int]:
        """123元1角1分 is one amount."""
        amount, taken = numbers[position].numeral.value, 1
        for coin, place in ((DIMES, Decimal("0.1")), (CENTS, Decimal("0.01"))):
            if position + taken >= len(numbers):
                break
            number = numbers[position + taken]
            sign = coin.match(self.text, number.end)
            value = number.numeral.value
            if sign is None or number.start != money.end or not 0 <= value < 10 or value != int(value):
                continue
            amount += value * place
            money = replace(money, end=sign.end(), value=amount, step=place)
            taken += 1
        return money, taken

    def _without_more(self, number: NumberSpan) -> NumberSpan:
        """多 behind a number is part of it only before a unit: 十多項, but 3多元課程."""
        if self.text[number.end - 1] in "餘多" and self._measure(number.end, number) is None:
            shorter = replace(number, end=number.end - 1)
            if self.text[number.end - 1] == "多" or self._measure(number.end - 1, shorter) is not None:
                plain = read_numeral(self.text[number.start + number.signed : number.end - 1])
                return replace(shorter, numeral=plain)
        return number

    # --- several numbers -----------------------------------------------------------------------------------------------
    def _shares(self, share: Share, numbers: Sequence[NumberSpan], position: int) -> int:
        """A share, and the upper end of its range where there is one: 百分之三至五, 百分之三至百分之五."""
        reading, following = share.reading, position + share.taken
        joint = JOINT.match(self.text, reading.end)
        if joint and following < len(numbers) and numbers[following].start == joint.end():
            number, top = numbers[following], share_at(self.text, numbers, following)
            value: Number | None = None
            if top is None and self._measure(number.end, number) is None and not number.signed:
                numerator = number.numeral.value
                value = Fraction(numerator) * share.scale if reading.unit == "ratio" else numerator
                end, taken = number.end, 1
            elif top is not None and top.reading.unit == reading.unit:
                value, end, taken = top.reading.value, top.reading.end, top.taken
            if value is not None and value > reading.value:
                self._add(replace(reading, value_max=value, end=end))
                return share.taken + taken
        self._add(reading)
        return share.taken

    def _range(self, low: NumberSpan, high: NumberSpan) -> bool:
        """10至20人, 5~7天, 3,500元至7,900元, 七千到九千億元, 三、五百人."""
        place, low_unit = low.end, None
        between = self._measure(place, low)
        half = Decimal(0)
        if between is not None:
            place, low_unit = between.end, between.unit
            if self.text.startswith("半", place) and between.unit in HALF_BEHIND:
                place, half = place + 1, HALF  # 1年半至2年
        joint = JOINT.match(self.text, place)
        alternative = self.text[place : place + 1] == "、" and low_unit is None and self._alternative(low, high)
        if not (alternative or joint) or (joint and joint.end() != high.start):
            return False
        if alternative and high.start != place + 1:
            return False
        if low_unit and self.text.endswith(("由", "從"), 0, low.start):
            return False
        if low.numeral.value_max is not None or high.numeral.value_max is not None:
            return False
        measure = self._measure(high.end, high)
        if measure is None or (low_unit and low_unit != measure.unit):
            return False
        if low.digits != high.digits and not (joint and len(self._written(low)) == 1):
            return False
        if not (measure.rate or high.digits or is_number(self.text, low, self.claims)):
            return False
        extra = between.extra + half if between else Decimal(0)
        return self._add_range(low, high, measure, lends=low_unit is None, extra=extra)

    def _add_range(
        self, low: NumberSpan, high: NumberSpan, measure: Measure, *, lends: bool, extra: Decimal = Decimal(0)
    ) -> bool:
        """Read a range if its ends are in order; the upper end may lend its power to the lower."""
        lent = "0" if self._tens(low, high) else shared_power(self._written(low), self._written(high)) if lends else ""
        value = read_numeral(self._written(low) + lent).value if lent else low.numeral.value
        low_value = value * measure.factor + extra
        high_value = high.numeral.value * measure.factor + measure.extra
        if low_value >= high_value:
            return False
        step = high.numeral.step * measure.factor
        rule = measure.rule if measure.rate else "quantity.range"
        self._add(Reading(low.start, measure.end, low_value, measure.unit, step, rule, high_value))
        return True

    def _written(self, number: NumberSpan) -> str:
        return self.text[number.start + number.signed : number.end]

    def _alternative(self, low: NumberSpan, high: NumberSpan) -> bool:
        """2、3個, 三、五百人: two digits joined by 、 are an alternative and no list."""
        lower, upper = self._written(low), self._written(high)
        if len(lower) != 1 or low.digits != high.digits:
            return False
        if len(upper) == 1:
            return high.numeral.value - low.numeral.value == 1
        if self._tens(low, high):
            return True
        lent = shared_power(lower, upper)
        return bool(lent) and 1 <= read_numeral(upper.removesuffix(lent)).value - low.numeral.value <= 2

    def _tens(self, low: NumberSpan, high: NumberSpan) -> bool:
        """5、60人 are 50 or 60."""
        between = self.text[low.end : high.start].strip()
        return between == "、" and low.digits and high.numeral.value == 10 * low.numeral.value + 10 <= 90

    def _list(self, numbers: Sequence[NumberSpan], position: int) -> int:
        """30、91及182天: members of a list that share the unit behind the last. Returns how many were read."""
        members = [numbers[position]]
        while position + len(members) < min(len(numbers), position + LONGEST_LIST):
            following = numbers[position + len(members)]
            joint = LISTED.match(self.text, members[-1].end)
            if joint is None or joint.end() != following.start:
                break
            members.append(following)
        last = members[-1]
        if len(members) < 2 or not all(member.digits for member in members):
            return 0
        measure = self._measure(last.end, last)
        if measure is None or measure.rate:
            return 0
        for member in members[:-1]:
            self._add(self._reading(member, Measure(measure.unit, member.end, "quantity.list")))
        self._add(self._reading(last, measure))
        return len(members)

    def _read_without_unit(self, numbers: Sequence[NumberSpan]) -> None:
        neighbours = sorted((reading.start, reading.unit) for reading in self.found if reading.unit is not None)
        for _ in range(2):  # 先有20萬再追加10萬,共30萬元: what is found behind tells what stands before
            self._read_by_neighbours(numbers, neighbours)

    def _read_by_neighbours(self, numbers: Sequence[NumberSpan], neighbours: list[tuple[int, str]]) -> None:
        before: NumberSpan | None = None
        for number in numbers:
            if not self.claims.free(number.start, number.end):
                before = None
                continue
            low, before = before, number
            measure = omitted_unit(self.text, number, neighbours, self.above)
            if measure is None:
                continue
            if low is not None and JOINT.fullmatch(self.text, low.end, number.start):
                self._add_range(low, number, measure, lends=True)
            else:
                self._add(self._reading(number, measure))
            if measure.rule != "quantity.above":  # what the paragraph above lends goes no further
                insort(neighbours, (number.start, measure.unit))

    def _reading(self, number: NumberSpan, measure: Measure) -> Reading:
        """The plain reading of a number with its measure."""
        numeral = number.numeral
        bound: Bound | None = "more_than" if numeral.more or measure.more else None
        step = measure.step or numeral.step * measure.factor
        value, extra = numeral.value, measure.extra
        top = None if numeral.value_max is None else numeral.value_max * measure.factor + extra
        value = value * measure.factor + (extra if value >= 0 else -extra)
        return Reading(number.start, measure.end, value, measure.unit, step, measure.rule, top, bound)

    def _add(self, reading: Reading) -> None:
        bound = reading.bound or bound_of(self.text, reading.start, reading.end)
        if self.claims.take(reading.start, reading.end, reading.rule, "mention"):
            shares = distribution(self.text, reading.start)
            plain = shares is None and bound is reading.bound
            self.found.append(reading if plain else replace(reading, bound=bound, distributed=shares))
