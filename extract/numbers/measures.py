"""What stands behind a number and makes it a quantity: a rate, a unit, a unit with a half or a modifier in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import regex

from ...rules.units import UnitTable
from .numerals import LARGE
from .proportions import rate_at
from .spans import NumberSpan

# Words that stand between a number and its unit: 950參觀人次, 3重點類別.
MODIFIED = regex.compile(
    r"[一-鿿]{1,4}?(?P<unit>人次|類別|機關|專區|園區|縣市|場次|課程)|[一-鿿]{2,3}?(?P<unit>[點站組隊戶])(?![一-鿿]?長)"
)
# 一個半小時, 兩個半月: the half stands inside the unit.
HALF_INSIDE = regex.compile(r"個半(?P<unit>小時|鐘頭|月|世紀|學期)")
HALF = Decimal("0.5")
HALF_UNITS = {"月": "個月"}
POWER_BEHIND = regex.compile(rf"個[{LARGE}]")
"""兩個億 is no count of two."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands behind a number and makes it a quantity."""

    unit: str
    end: int
    rule: str
    factor: int = 1
    extra: Decimal = Decimal(0)
    """What it adds to the number: 5 percent in 九成五, a half in 一個半小時."""
    step: Decimal | None = None
    """The place of what it adds."""
    rate: bool = False


def measure_at(
    text: str, place: int, number: NumberSpan, units: UnitTable, ends: Callable[[int, int], bool]
) -> Measure | None:
    """The rate or the unit that stands at ``place``, behind ``number``."""
    rate = rate_at(text, place)
    if rate is not None:
        if rate.factor > 1 and abs(number.numeral.value) > 10:
            return None
        step = Decimal(1) if rate.extra else None
        return Measure(rate.unit, rate.end, "proportion.rate", rate.factor, Decimal(rate.extra), step, rate=True)
    half = HALF_INSIDE.match(text, place)
    if half is not None and not number.numeral.more:
        unit = half["unit"]
        return Measure(HALF_UNITS.get(unit, unit), half.end(), "quantity.half", extra=HALF, step=HALF)
    found = units.at(text, place, number.start, number.digits, ends)
    if found is not None and not POWER_BEHIND.match(text, found.end - 1):
        return Measure(found.word, found.end, f"unit.{found.group.id}")
    if number.digits:
        modified = MODIFIED.match(text, place)
        if modified and not text[modified.end() :].startswith(("長", "員")):
            return Measure(modified["unit"], modified.end(), "unit.modified")
    return None
