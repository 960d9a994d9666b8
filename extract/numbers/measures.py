"""What stands behind a number and makes it a quantity: a rate, a unit of the rules, or a word that can be counted."""

from __future__ import annotations

import regex

from ...rules.phrases import task_of
from ...rules.units import unit_table
from ..segmentation import AMOUNT_BORDER, BORDER, LOOSE_BORDER, MEASURE, NOMINAL, NOUN, VERB, Borders, class_of, tokens
from .numerals import LARGE
from .proportions import HALF, rate_at
from .spans import Measure, NumberSpan

_HALF_INSIDE = regex.compile(r"個(?:半|(?P<more>多))(?P<unit>小時|鐘頭|月|世紀|學期|星期|禮拜)")
"""一個半小時, 兩個半月, 二個多小時."""
_POWER_BEHIND = regex.compile(rf"個[{LARGE}]")
"""兩個億 is no count of two."""
# Words that stand between a number and its unit: 950參觀人次, 3重點類別.
_MODIFIED = regex.compile(
    r"[一-鿿]{1,4}?(?P<unit>人次|類別|機關|專區|園區|縣市|場次|課程)|[一-鿿]{2,3}?(?P<unit>[點站組隊戶])(?![一-鿿]?長)"
)
_TIMES = regex.compile(r"次(?=\Z|[^\w]|[的及與和由均皆計共])")
"""139部次: how often, of what is counted so."""
_AMOUNT = regex.compile(rf"\d,\d{{3}}|[{LARGE}]")
"""Thousands set apart, or a word for a power: no ordinal, name or code is written so."""
_LONGEST_NOUN = 4
_NUMBERED = ("號", "號次", "樓", "段", "巷", "弄", "鄰")
"""What has a number, and is not counted by it: 1號候選人."""
_POINTS = tuple("這那此該")
"""What begins so points at something, and counts nothing: 第21,這方面."""
_MOST = 1000
"""A bare noun counts behind a smaller number: what is larger is a name or a year."""
_SMALL = 100
_BEFORE = 8
_PART = frozenset(",;:、。(及與和等")
_GOES_ON = regex.compile(r"\Z|[^\w]|[及與和各均皆之的共]|計有?\d")
"""What may follow a noun that is counted; a word right behind it makes a name of both (88重建區產經活動)."""


class Measures:
    """What the numbers of one text count."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._units = unit_table()
        self._borders = Borders(text)
        self._known: dict[tuple[int, int, int, bool], Measure | None] = {}

    def at(self, place: int, number: NumberSpan) -> Measure | None:
        """The rate or the unit that stands at ``place``, behind ``number``."""
        key = (place, number.start, number.end, number.numeral.more)
        if key not in self._known:
            self._known[key] = self._found(place, number)
        return self._known[key]

    def _found(self, place: int, number: NumberSpan) -> Measure | None:
        text = self._text
        if (rate := rate_at(text, place, number)) is not None:
            return rate
        half = _HALF_INSIDE.match(text, place)
        if half is not None and not number.numeral.more:
            unit = "個月" if half["unit"] == "月" else half["unit"]
            if half["more"]:
                return Measure(unit, half.end(), "quantity.half", more=True)
            return Measure(unit, half.end(), "quantity.half", extra=HALF, step=HALF)
        border = AMOUNT_BORDER if _AMOUNT.search(text, number.start, number.end) else BORDER
        known = self._units.at(
            text,
            place,
            number.start,
            number.digits,
            lambda start, end, loose: self._borders.ends(start, end, max(border, LOOSE_BORDER) if loose else border),
        )
        if known is not None and len(known.word) == 1 and _TIMES.match(text, known.end):
            return Measure(f"{known.word}次", known.end + 1, "unit.times")
        if known is not None and known.word == "則" and number.numeral.step < 1:
            return None  # 扶老比15.2則低於全國: the conjunction
        if known is not None and not _POWER_BEHIND.match(text, known.end - 1):
            return Measure(known.word, known.end, f"unit.{known.group.id}")
        if number.digits:
            modified = _MODIFIED.match(text, place)
            if modified and not text[modified.end() :].startswith(("長", "員")):
                return Measure(modified["unit"], modified.end(), "unit.modified")
            return self._word(place, number)
        return None

    def _word(self, place: int, number: NumberSpan) -> Measure | None:
        """A word that jieba knows for a measure, or a noun that is counted without one: 6古蹟."""
        end = self._borders.first(place)
        word = self._text[place:end]
        kind = class_of(word)
        if self._units.kind(word) is not None and kind == MEASURE:
            return None  # a unit of the rules that does not count here
        if kind == MEASURE and word not in _NUMBERED and word[0] not in _POINTS:
            return Measure(word, end, "unit.measure")
        counted = kind == NOUN and 1 < len(word) <= _LONGEST_NOUN and task_of(word) in (None, "generic")
        if not counted or not 1 < number.numeral.value < _MOST:
            return None
        if not _GOES_ON.match(self._text, end) or not self._stands_free(number):
            return None
        return Measure(word, end, "unit.noun")

    def _stands_free(self, number: NumberSpan) -> bool:
        """Whether a number begins where something can be counted: at a break, or behind a verb or a word of counting.

        Behind a verb a number of three digits is as likely a name: 因應108課綱.
        """
        before = self._text[max(0, number.start - _BEFORE) : number.start]
        if not before or before[-1] in _PART:
            return True
        last = tokens(before)[-1]
        small = number.numeral.value < _SMALL
        return task_of(last.text) == "counting" or (small and last.kind in (VERB, NOMINAL))
