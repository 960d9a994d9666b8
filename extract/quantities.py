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
from .numerals import MORE, NUMBER, NumeralError, Numeral, read_numeral
from .proportions import proportions

NUMBERS = regex.compile(NUMBER)
PAREN = regex.compile(r"\s?\((?P<paren>\d{1,4})\)")
JOINT = regex.compile(r"\s?(?:[至到~–]|-|—)\s?")
LISTED = regex.compile(r"(?:、|,(?=\d)|及|與|和|或|、?以及)")
# What may stand before a lone 一, or before a digit that is part of a word (四處, 三節), and make it a number.
LEAD = regex.compile(
    r"(?:[計共等各達逾約近滿僅增減置設有或為給](?:有|為|到|達)?|至少|最多|最少|不足|超過|補助|每(?:半|[二兩三四五六七八九十\d]+個?)?[年月週周日季天節]|[年月週季])$"
)
NOT_LEAD = regex.compile(r"(?:另有|只有|具有|還有|都有|之為|作為|成為|認為|稱為|列為|視為|每[一]?)$")
# 一 that opens an entitlement: 一年最多補助.
ONE_OPENS = regex.compile(r"^倍|^(?:年|月|次|人|戶|季)(?:最多|至多|最高|以[上下內]|內)")
# Words that stand between a number and its unit: 950參觀人次, 3重點類別.
MODIFIED = regex.compile(
    r"[一-鿿]{1,4}?(?P<unit>人次|類別|機關|專區|園區|縣市|場次|課程)|[一-鿿]{2,3}?(?P<unit>[點站組隊戶])(?![一-鿿]?長)"
)
# Formal digits are numbers only in a row: 參 alone is a syllable of 參加.
LONE_FORMAL = tuple("壹貳參叁肆伍陸柒捌玖拾佰仟")
HALF_BEHIND = ("年", "天", "日", "小時", "個月", "週", "倍")
HALVES = regex.compile(r"(?<![上下前後過大多一]|[\d%])半(?P<unit>年(?!度|內增)|天|日|小時|個月)")
# A bare amount is money behind these words.
MONEY_WORDS = regex.compile(
    r"(?:金|金額|所得|經費|預算|費|費用|補助|收入|支出|總價|營業額|稅|稅收|貸款|薪資|年薪|月薪|薪水|耗資|斥資|資本額|[款錢債]|造價|價金|投資|負債|債務"
    r"|盈餘|虧損|賸餘|短絀|賠償|罰鍰|租金|存款|放款|淨利|產值|商機|市值)[^,。;]{0,8}$"
)
STANDS_ALONE = regex.compile(r"$|[,。;:、)]|以[上下內]|左右|整")
MONEY_BEHIND = regex.compile(r"的?[^,。;\d]{0,6}(?:款|經費|預算|補助|獎金|資金)")
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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the text, not yet with its unit."""

    start: int
    end: int
    numeral: Numeral
    digits: bool

    @property
    def more(self) -> bool:
        return self.numeral.more


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
        numbers = self._numbers()
        position = 0
        while position < len(numbers):
            position += self._read_from(numbers, position)
        self._inherit(numbers)
        return sorted(self.found, key=lambda reading: reading.start)

    def _numbers(self) -> list[_Number]:
        found = []
        for match in NUMBERS.finditer(self.text):
            start, end = match.span()
            if not self.claims.free(start, end):
                continue
            more = regex.compile(MORE).match(self.text, end)
            written = match.group() + (more.group() if more else "")
            try:
                found.append(
                    _Number(start, end + bool(more), read_numeral(written), any(c.isascii() for c in match.group()))
                )
            except NumeralError:
                continue
        return found

    def _read_from(self, numbers: Sequence[_Number], position: int) -> int:
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
    def _single(self, number: _Number) -> None:
        number = self._without_more(number)
        paren = PAREN.match(self.text, number.end)
        place = paren.end() if paren else number.end
        unit, unit_end, rule = self._unit(place, number)
        if unit is None and paren:
            paren, place = None, number.end
            unit, unit_end, rule = self._unit(place, number)
        if unit is None or not self._counts(number):
            return
        value = number.numeral.value
        start = number.start
        if SIGN.search(self.text, 0, start) and number.digits:
            start, value = start - 1, -value
        step = number.numeral.step
        if self.text.startswith("半", unit_end) and unit in HALF_BEHIND and not number.more:
            unit_end, value, step = unit_end + 1, value + Decimal("0.5"), Decimal("0.5")
        self._add(
            Reading(
                start,
                unit_end,
                value,
                unit,
                step,
                rule,
                None,
                "more_than" if number.more else None,
                Decimal(paren["paren"]) if paren else None,
            )
        )

    def _without_more(self, number: _Number) -> _Number:
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

    def _unit(self, place: int, number: _Number) -> tuple[str | None, int, str]:
        unit = self.units.at(self.text, place, number.start, number.digits)
        if unit is not None:
            return unit.word, unit.end, f"unit.{unit.group.id}"
        if number.digits:
            modified = MODIFIED.match(self.text, place)
            if modified and not self.text[modified.end() :].startswith(("長", "員")):
                return modified["unit"], modified.end(), "unit.modified"
        return None, place, ""

    def _counts(self, number: _Number) -> bool:
        """Whether a short Chinese numeral is a number here, and not a piece of a word."""
        if number.digits:
            return True
        if self.text[number.start : number.end] in LONE_FORMAL:
            return False
        if number.end - number.start > 1:
            return not self.claims.in_word(number.start, number.end)
        before, behind = self.text[: number.start], self.text[number.end :]
        led = LEAD.search(before[-8:]) is not None and NOT_LEAD.search(before[-4:]) is None
        if self.text[number.start] in "一百千萬億":
            return (
                led
                or ONE_OPENS.match(behind) is not None
                or (behind[:1] in "人名" and before[-1:] not in "每任某同另這那下上第單唯")
            )
        return led or not self.claims.in_word(number.start, number.end)

    # --- several numbers -----------------------------------------------------------------------------------------------
    def _range(self, low: _Number, high: _Number) -> bool:
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
        if self.text[: low.start].endswith(("由", "從")) and low_unit:
            return False
        found, end, _ = self._unit(high.end, high)
        if found is None or (low_unit and low_unit != found) or low.digits != high.digits:
            return False
        if not (self._counts(low) or high.digits):
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

    def _list(self, numbers: Sequence[_Number], position: int) -> int:
        """30、91及182天: members of a list that share the unit behind the last. Returns how many were read."""
        members = [numbers[position]]
        while position + len(members) < len(numbers):
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
            self._add(
                Reading(member.start, member.end, member.numeral.value, unit, member.numeral.step, "quantity.list")
            )
        self._add(Reading(last.start, end, last.numeral.value, unit, last.numeral.step, rule))
        return len(members)

    # --- units that the text leaves out ---------------------------------------------------------------------------------
    def _inherit(self, numbers: Sequence[_Number]) -> None:
        """遊客共計20萬, where the rest says 人次; 所得60萬以下."""
        for number in numbers:
            written = self.text[number.start : number.end]
            if not self.claims.free(number.start, number.end):
                continue
            if not regex.search(r".[萬億兆]|\d,\d{3}", written) or self.text[number.end : number.end + 1] in "年月日號":
                continue
            if not (regex.search("[萬億兆]", written) or STANDS_ALONE.match(self.text, number.end)):
                continue
            money = MONEY_WORDS.search(self.text[: number.start]) or MONEY_BEHIND.match(self.text, number.end)
            unit = "元" if money else self._neighbour(number)
            if unit is not None:
                bound: Bound | None = "more_than" if number.more else None
                self._add(
                    Reading(
                        number.start,
                        number.end,
                        number.numeral.value,
                        unit,
                        number.numeral.step,
                        "quantity.inherited",
                        None,
                        bound,
                    )
                )

    def _neighbour(self, number: _Number) -> str | None:
        """The unit of the nearest figure before it in its sentence, or else behind it, of the same order."""
        begin = max(self.text.rfind(stop, 0, number.start) for stop in "。;") + 1
        stops = [place for stop in "。;" if (place := self.text.find(stop, number.end)) >= 0]
        end = min(stops, default=len(self.text))
        near = [
            r
            for r in self.found
            if begin <= r.start < end and self.units.kind(r.unit) in ("people", "attendances", "money")
        ]
        near.sort(key=lambda r: (r.start > number.start, abs(r.start - number.start)))
        return near[0].unit if near else None

    def _add(self, reading: Reading) -> None:
        bound = bound_of(self.text, reading.start, reading.end) or reading.bound
        if reading.bound == "more_than":
            bound = "more_than"
        if self.claims.take(reading.start, reading.end, reading.rule, "mention"):
            self.found.append(replace(reading, bound=bound, distributed=distribution(self.text, reading.start)))


def _consecutive(low: _Number, high: _Number) -> bool:
    """2、3個: two digits in a row, joined by 、, are an alternative and not a list."""
    return high.numeral.value - low.numeral.value == 1 and high.numeral.value < 10


def _power(step: Decimal) -> Decimal:
    """The power of ten, 萬 and above, whose place ``step`` is."""
    for power in (Decimal(10**12), Decimal(10**8), Decimal(10**4), Decimal(1000), Decimal(100)):
        if step >= power:
            return power
    return Decimal(1)
