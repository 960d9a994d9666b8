"""Shares and rates: 百分之四‧八, 九成五, 三分之一, 1/3, -12.34%, 3.17個百分點, 9折."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import regex

from ..model import Number
from .numerals import CHINESE_CHARACTER, CHINESE_DECIMAL, CHINESE_SECTION, MORE, NumeralError, integer, read_numeral

# A minus belongs to the number only where it cannot be a dash between two words or the middle of a range.
MINUS = r"(?:(?<![\d%\w)~至到-])-|(?<=[率為長減少降幅])-(?=[\d.]+(?:%|個?百分點))|[△▲])\s?"
# Possessive, and never begun inside a number: a long run of digits is looked at once.
DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
CHINESE = rf"(?<!{CHINESE_CHARACTER}){CHINESE_CHARACTER}++{CHINESE_DECIMAL}?+"
RATE = rf"(?:{DIGITS}|{CHINESE})"
JOINT = r"[ ]?[至到~-][ ]?"


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share or a rate found in a text, with its reading."""

    start: int
    end: int
    value: Number
    unit: str
    step: Decimal | None
    rule: str
    value_max: Number | None = None
    more: bool = False


PATTERN = regex.compile(
    rf"""
      (?P<hundred>百分之?百)
    | (?P<parts>[百千萬])分之\s?(?P<share>{RATE})(?:{JOINT}(?:[百千萬]分之)?(?P<share_max>{RATE}))?
    | (?P<denominator>(?<!{CHINESE_CHARACTER}){CHINESE_CHARACTER}++|(?<![\d.,])\d++)分之(?P<numerator>{CHINESE_SECTION}|\d+)
    | (?<![\d/.,])(?P<over>\d{{1,2}})/(?P<under>\d{{1,3}})(?![\d/月日]|[.,]\d)
    | (?P<sign>{MINUS})?(?P<rate>{RATE})(?P<rate_more>{MORE})?
      (?:(?P<low_unit>個?百分點|%|‰|成|折|倍)?{JOINT}(?P<top>(?:-(?=\d))?{RATE}))?
      \s?(?P<unit>個?百分點|%|‰|成(?!立|員|果|長|效|年|功|本|為(?!目標|原則|限|準|度)|就|人|交|熟|品|份|分|形|型|都|衣|語|因|績|軍|真|案|合|家|千|大|小|套|全|對|婚|癮|田)(?P<half>[一二三四五六七八九](?![一二三四五六七八九十百千萬])|\d(?=以上|[,。;、)]|$))?
          |折(?!合|舊|算|衷|返|磨|疊|線|現|損|射|抵|價|讓))
    """,
    regex.VERBOSE,
)
PARTS = {"百": ("%", 1), "千": ("‰", 1), "萬": ("ratio", 10000)}
UNITS = {"個百分點": "百分點", "成": "%"}


def proportions(text: str) -> Iterator[Proportion]:
    """The shares and rates in ``text``, a block's cleaned text, in order."""
    for match in PATTERN.finditer(text):
        try:
            found = _read(match)
        except (NumeralError, ZeroDivisionError):
            continue
        if found is not None:
            yield found


def _read(match: regex.Match[str]) -> Proportion | None:
    start, end = match.span()
    if match["hundred"]:
        return Proportion(start, end, Decimal(100), "%", Decimal(1), "proportion.hundred")
    if match["parts"]:
        return _share(match)
    if match["denominator"]:
        value = Fraction(integer(match["numerator"]), integer(match["denominator"]))
        return Proportion(start, end, value, "ratio", None, "proportion.fraction")
    if match["over"]:
        over, under = int(match["over"]), int(match["under"])
        if not 0 < over < under:
            return None
        return Proportion(start, end, Fraction(over, under), "ratio", None, "proportion.slash")
    return _rate(match)


def _share(match: regex.Match[str]) -> Proportion:
    """百分之四‧八 is 4.8 %, 千分之三 3 ‰, 萬分之五 the fraction."""
    unit, scale = PARTS[match["parts"]]
    low = read_numeral(match["share"])
    top = read_numeral(match["share_max"]) if match["share_max"] else None
    value: Number = low.value if scale == 1 else Fraction(low.value) / scale
    value_max: Number | None = None if top is None else (top.value if scale == 1 else Fraction(top.value) / scale)
    step = low.step if scale == 1 else None
    return Proportion(match.start(), match.end(), value, unit, step, "proportion.parts", value_max)


def _rate(match: regex.Match[str]) -> Proportion | None:
    unit = match["unit"]
    start = match.start()
    if (
        match["top"]
        and match["low_unit"] is None
        and unit.startswith(("成", "折"))
        and match["rate"].isdigit() is False
    ):
        return None
    rate, top = read_numeral(match["rate"]), read_numeral(match["top"].lstrip("-")) if match["top"] else None
    factor = Decimal(1)
    if unit.startswith("成"):
        if rate.value > 10:
            return None
        factor, unit = Decimal(10), "成"
    value = rate.value * factor
    if match["half"]:
        value += integer(match["half"])
    if match["sign"]:
        value = -value
    value_max = top.value * factor if top else None
    if top and match["top"].startswith("-"):
        value_max = -value_max if value_max is not None else None
    canonical = UNITS.get(unit, unit)
    return Proportion(
        start,
        match.end(),
        value,
        canonical,
        Decimal(1) if match["half"] else rate.step * factor,
        "proportion.rate",
        value_max,
        bool(match["rate_more"]),
    )
