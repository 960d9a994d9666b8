"""Shares and rates: 百分之四‧八, 九成五, 三又二分之一, 1/3, -12.34%, 3.17個百分點, 9折."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import regex

from ...model import Bound
from .numerals import read_numeral
from .spans import Measure, NumberSpan, Reading

PARTS = {"百": "%", "千": "‰"}
"""Denominators that are units of their own; all others make a fraction, 一百分之一 too."""
OF = regex.compile(r"\s?分\s{0,2}之\s{0,2}")
RATE = regex.compile(
    r"""\s?(?:個?(?P<points>[百千]分點)|(?P<sign>[%‰])
      |(?P<tenths>成(?!立|員|果|長|效|年|功|本|為(?!目標|原則|限|準|度)|就|人|交|熟|品|份|分|形|型|都|衣|語|因|績|軍|真|案|合|家|千|大|小|套|全|對|婚|癮|田)
         (?:(?P<half>半(?!數))|(?P<more>[一二三四五六七八九](?![一二三四五六七八九十百千萬])|[1-9](?![\d.%]|,\d)(?=以上|左右|[^\w]|$|[為由的屬係在未已最居次高低多]))?)?)
      |(?P<discount>折(?!合|舊|算|衷|返|磨|疊|線|現|損|射|抵|價|讓)))""",
    regex.VERBOSE,
)
HALF_TENTH = regex.compile(
    r"(?<![一過大上下前後成])半(?P<unit>成(?!立|員|果|長|效|年|功|本|為|就|人|交|熟|品|份|分|形|型))"
)
SLASH = regex.compile(r"(?<![\d/.,])(?:(?P<whole>\d{1,3})\s)?(?P<over>\d{1,2})/(?P<under>\d{1,3})(?![\d/月日]|[.,]\d)")


HALVES = regex.compile(r"(?<![上下前後過大多一個]|[\d%])半(?P<unit>年(?!度|內增)|天|日|小時|個月)")
HALF = Decimal("0.5")


def rate_at(text: str, place: int, number: NumberSpan) -> Measure | None:
    """The sign of a rate that stands at ``place``, behind a number."""
    match = RATE.match(text, place)
    if match is None or (match["tenths"] and abs(number.numeral.value) > 10):
        return None
    if not match["tenths"]:
        return Measure(match["points"] or match["sign"] or "折", match.end(), "proportion.rate", rate=True)
    extra = read_numeral(match["more"]).value if match["more"] else Decimal(5 if match["half"] else 0)
    return Measure("%", match.end(), "proportion.rate", 10, extra, Decimal(1) if extra else None, rate=True)


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction in words."""

    reading: Reading
    taken: int
    """How many numbers it is made of."""
    scale: Fraction
    """What another numerator of the same denominator is multiplied by: 百分之三至五."""


def share_at(text: str, numbers: Sequence[NumberSpan], position: int) -> Share | None:
    """The share that begins at ``numbers[position]``: 百分之三, 三分之一, 三又二分之一; None where none does."""
    whole = numbers[position]
    mixed = position + 2 < len(numbers) and text[whole.end : numbers[position + 1].start].strip() == "又"
    below = numbers[position + 1] if mixed else whole
    at = position + mixed + 1
    if at >= len(numbers):
        return None
    above = numbers[at]
    if OF.fullmatch(text, below.end, above.start) is None and (mixed or text[below.start : above.end] != "百分百"):
        return None
    denominator = abs(below.numeral.value)
    if not denominator or denominator != int(denominator) or above.numeral.value_max is not None:
        return None
    sign, numerator = -1 if whole.signed else 1, above.numeral.value
    bound: Bound | None = "more_than" if above.numeral.more else None
    unit = PARTS.get(text[below.start + below.signed : below.end])
    if unit is not None and not mixed:
        rule = "proportion.hundred" if numerator == 100 else "proportion.parts"
        reading = Reading(whole.start, above.end, numerator * sign, unit, above.numeral.step, rule, bound=bound)
        return Share(reading, 2, Fraction(1))
    scale = Fraction(1) / Fraction(denominator)
    value = sign * (Fraction(numerator) * scale + (Fraction(abs(whole.numeral.value)) if mixed else 0))
    reading = Reading(whole.start, above.end, value, "ratio", None, "proportion.fraction", bound=bound)
    return Share(reading, 3 if mixed else 2, scale)


def without_number(text: str) -> Iterator[Reading]:
    """What is read without a number before its unit: fractions with a slash (1/3, 1 3/5), 半年, 半成."""
    for match in SLASH.finditer(text):
        over, under = int(match["over"]), int(match["under"])
        if 0 < over < under:
            value = Fraction(int(match["whole"] or 0)) + Fraction(over, under)
            yield Reading(match.start(), match.end(), value, "ratio", None, "proportion.slash")
    for match in HALVES.finditer(text):
        yield Reading(match.start(), match.end(), HALF, match["unit"], HALF, "quantity.half")
    for match in HALF_TENTH.finditer(text):
        yield Reading(match.start(), match.end(), Decimal(5), "%", Decimal(5), "proportion.rate")
