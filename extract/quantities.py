"""Quantities of running text: a number and what it counts or measures.

Works on a block's cleaned text. What marks and dates have claimed is left alone; shares and rates come from
``proportions``; a number behind which a unit stands is a quantity; one without takes its unit from the figures it
stands with, or stays unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from ..model import Bound, Number
from ..rules.units import UnitTable, unit_table
from .bounds import bound_of, distribution
from .claims import Claims
from .number_spans import NumberSpan, is_number, number_spans
from .numerals import read_numeral
from .omitted_units import omitted_unit
from .proportions import proportions

PAREN = regex.compile(r"\s?\((?P<paren>\d{1,4})\)")
JOINT = regex.compile(r" ?[至到~–—-] ?")
LONGEST_LIST = 12
LISTED = regex.compile(r"、以及|、|,(?=\d)|及|與|和|或|以及")
# Words that stand between a number and its unit: 950參觀人次, 3重點類別.
MODIFIED = regex.compile(
    r"[一-鿿]{1,4}?(?P<unit>人次|類別|機關|專區|園區|縣市|場次|課程)|[一-鿿]{2,3}?(?P<unit>[點站組隊戶])(?![一-鿿]?長)"
)
HALF_BEHIND = ("年", "天", "日", "小時", "個月", "週", "倍")
HALVES = regex.compile(r"(?<![上下前後過大多一]|[\d%])半(?P<unit>年(?!度|內增)|天|日|小時|個月)")
SIGN = regex.compile(r"(?:[△▲]|(?<![\d%\w)~])-)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity found in a block, with offsets into the block's text."""

    start: int
    end: int
    value: Number
    unit: str
    step: Decimal | None
    rule: str
    value_max: Number | None = None
    bound: Bound | None = None
    paren: Decimal | None = None
    distributed: int | None = None


def read_quantities(text: str, claims: Claims) -> list[Reading]:
    """The quantities of ``text``, in order; what they cover is added to ``claims``."""
    return _Reader(text, claims, unit_table()).read()


class _Reader:
    """One pass over one block."""

    def __init__(self, text: str, claims: Claims, units: UnitTable) -> None:
        self.text = text
        self.claims = claims
        self.units = units
        self.found: list[Reading] = []

    def read(self) -> list[Reading]:
        for share in proportions(self.text):
            if self.claims.free(share.start, share.end):
                self._add(
                    Reading(
                        share.start,
                        share.end,
                        share.value,
                        share.unit,
                        share.step,
                        share.rule,
                        share.value_max,
                        "more_than" if share.more else None,
                    )
                )
        for match in HALVES.finditer(self.text):
            if self.claims.free(*match.span()):
                half = Decimal("0.5")
                self._add(Reading(match.start(), match.end(), half, match["unit"], half, "quantity.half"))
        numbers = number_spans(self.text, self.claims)
        position = 0
        while position < len(numbers):
            position += self._read_from(numbers, position)
        self._read_without_unit(numbers)
        return sorted(self.found, key=lambda reading: reading.start)

    def _read_from(self, numbers: Sequence[NumberSpan], position: int) -> int:
        """Read what begins at ``numbers[position]``; returns how many numbers that took."""
        first = numbers[position]
        second = numbers[position + 1] if position + 1 < len(numbers) else None
        if second is not None and self._range(first, second):
            return 2
        taken = self._list(numbers, position)
        if taken:
            return taken
        self._single(first)
        return 1

    # --- one number ---------------------------------------------------------------------------------------------------
    def _single(self, number: NumberSpan) -> None:
        number = self._without_more(number)
        paren = PAREN.match(self.text, number.end)
        place = paren.end() if paren else number.end
        unit, unit_end, rule = self._unit(place, number)
        if unit is None and paren:
            paren, place = None, number.end
            unit, unit_end, rule = self._unit(place, number)
        if unit is None or not is_number(self.text, number, self.claims):
            return
        reading = self._reading(number, unit_end, unit, rule)
        if SIGN.search(self.text, max(0, number.start - 1), number.start) and number.digits:
            reading = replace(reading, start=number.start - 1, value=-number.numeral.value)
        if self.text.startswith("半", unit_end) and unit in HALF_BEHIND and not number.numeral.more:
            half = Decimal("0.5")
            reading = replace(reading, end=unit_end + 1, value=number.numeral.value + half, step=half)
        self._add(replace(reading, paren=Decimal(paren["paren"])) if paren else reading)

    def _without_more(self, number: NumberSpan) -> NumberSpan:
        """多 behind a number is part of it only before a unit: 十多項, but 3多元課程."""
        if (
            self.text[number.end - 1] in "餘多"
            and self.units.at(self.text, number.end, number.start, number.digits) is None
        ):
            plain = read_numeral(self.text[number.start : number.end - 1])
            if self.text[number.end - 1] == "多" or self.units.at(
                self.text, number.end - 1, number.start, number.digits
            ):
                return replace(number, end=number.end - 1, numeral=plain)
        return number

    def _unit(self, place: int, number: NumberSpan) -> tuple[str | None, int, str]:
        unit = self.units.at(self.text, place, number.start, number.digits)
        if unit is not None:
            return unit.word, unit.end, f"unit.{unit.group.id}"
        if number.digits:
            modified = MODIFIED.match(self.text, place)
            if modified and not self.text[modified.end() :].startswith(("長", "員")):
                return modified["unit"], modified.end(), "unit.modified"
        return None, place, ""

    # --- several numbers -----------------------------------------------------------------------------------------------
    def _range(self, low: NumberSpan, high: NumberSpan) -> bool:
        """10至20人, 5~7天, 3,500元至7,900元."""
        place, low_unit = low.end, None
        unit = self.units.at(self.text, place, low.start, low.digits)
        if unit is not None:
            place, low_unit = unit.end, unit.word
        joint = JOINT.match(self.text, place)
        alternative = self.text[place : place + 1] == "、" and low_unit is None and _consecutive(low, high)
        if not (alternative or joint) or (joint and joint.end() != high.start):
            return False
        if alternative and high.start != place + 1:
            return False
        if low_unit and self.text.endswith(("由", "從"), 0, low.start):
            return False
        found, end, _ = self._unit(high.end, high)
        if found is None or (low_unit and low_unit != found) or low.digits != high.digits:
            return False
        if not (is_number(self.text, low, self.claims) or high.digits):
            return False
        low_value = low.numeral.value
        if (
            low_unit is None
            and high.numeral.step > 1
            and low.numeral.step <= 1
            and "," not in self.text[low.start : low.end]
        ):
            # 3至5萬元: the power behind the higher end counts for both.
            power = _power(high.numeral.step)
            if low_value * power < high.numeral.value:
                low_value *= power
        if low_value >= high.numeral.value:
            return False
        self._add(Reading(low.start, end, low_value, found, high.numeral.step, "quantity.range", high.numeral.value))
        return True

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
        unit, end, rule = self._unit(last.end, last)
        if unit is None:
            return 0
        for member in members[:-1]:
            self._add(self._reading(member, member.end, unit, "quantity.list"))
        self._add(self._reading(last, end, unit, rule))
        return len(members)

    def _read_without_unit(self, numbers: Sequence[NumberSpan]) -> None:
        neighbours = sorted((reading.start, reading.unit) for reading in self.found)
        for number in numbers:
            if not self.claims.free(number.start, number.end):
                continue
            unit = omitted_unit(self.text, number, neighbours)
            if unit is not None:
                self._add(self._reading(number, number.end, unit, "quantity.inherited"))

    def _reading(self, number: NumberSpan, end: int, unit: str, rule: str) -> Reading:
        """The plain reading of a number up to ``end``."""
        bound: Bound | None = "more_than" if number.numeral.more else None
        return Reading(number.start, end, number.numeral.value, unit, number.numeral.step, rule, bound=bound)

    def _add(self, reading: Reading) -> None:
        bound = reading.bound or bound_of(self.text, reading.start, reading.end)
        if self.claims.take(reading.start, reading.end, reading.rule, "mention"):
            self.found.append(replace(reading, bound=bound, distributed=distribution(self.text, reading.start)))


def _consecutive(low: NumberSpan, high: NumberSpan) -> bool:
    """2、3個: two digits in a row, joined by 、, are an alternative and not a list."""
    return high.numeral.value - low.numeral.value == 1 and high.numeral.value < 10


def _power(step: Decimal) -> Decimal:
    """The power of ten, 萬 and above, whose place ``step`` is."""
    for power in (Decimal(10**12), Decimal(10**8), Decimal(10**4), Decimal(1000), Decimal(100)):
        if step >= power:
            return power
    return Decimal(1)
