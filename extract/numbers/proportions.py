"""Shares and rates: 百分之四‧八, 九成五, 三又二分之一, 1/3, -12.34%, 3.17個百分點, 9折."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import regex

from ...model import Number
from .numerals import DIGITS, PLAIN
from .spans import NumberSpan

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


@dataclass(frozen=True, slots=True)
class Rate:
    """The unit of a rate behind a number."""

    unit: str
    end: int
    factor: int
    """成 counts tenths, so that it multiplies by 10 percent."""
    extra: int
    """九成五: five percent more."""


def rate_at(text: str, place: int) -> Rate | None:
    """The unit of a rate that stands at ``place``, behind a number."""
    match = RATE.match(text, place)
    if match is None:
        return None
    if match["tenths"]:
        digit = match["more"]
        extra = (
            5 if match["half"] else (int(digit) if digit.isascii() else DIGITS[digit.translate(PLAIN)]) if digit else 0
        )
        return Rate("%", match.end(), 10, extra)
    unit = match["points"] or match["sign"] or "折"
    return Rate(unit, match.end(), 1, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction in words, with its reading."""

    start: int
    end: int
    value: Number
    unit: str
    step: Decimal | None
    rule: str
    taken: int
    """How many numbers it is made of."""
    more: bool = False
    scale: Fraction = Fraction(1)
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
    gap = OF.fullmatch(text, below.end, above.start)
    if gap is None and (mixed or text[below.start : above.end] != "百分百"):
        return None
    denominator = abs(below.numeral.value)
    if not denominator or denominator != int(denominator) or above.numeral.value_max is not None:
        return None
    sign = -1 if whole.signed else 1
    unit = PARTS.get(text[below.start + below.signed : below.end])
    if unit is not None and not mixed:
        rule = "proportion.hundred" if above.numeral.value == 100 else "proportion.parts"
        value: Number = above.numeral.value * sign
        return Share(whole.start, above.end, value, unit, above.numeral.step, rule, 2, above.numeral.more)
    scale = Fraction(1) / Fraction(denominator)
    value = Fraction(above.numeral.value) * scale
    if mixed:
        value = Fraction(abs(whole.numeral.value)) + value
    rule = "proportion.fraction"
    return Share(
        whole.start, above.end, value * sign, "ratio", None, rule, 3 if mixed else 2, above.numeral.more, scale
    )


def slashes(text: str) -> list[Share]:
    """Fractions with a slash: 1/3, 1 3/5."""
    found = []
    for match in SLASH.finditer(text):
        over, under = int(match["over"]), int(match["under"])
        if 0 < over < under:
            value = Fraction(int(match["whole"] or 0)) + Fraction(over, under)
            found.append(Share(match.start(), match.end(), value, "ratio", None, "proportion.slash", 0))
    return found
