"""How sure it is that two figures of two reports speak of one thing, and whether they agree."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from ....model import Mention, Relation
from ..interval import Interval, exact, stated
from ..law import Sign, show
from .points import Point

SURE = Decimal(1)
LIKELY = Decimal("0.7")
HINT = Decimal("0.3")
"""Worth a note, no more."""
_NORMS = frozenset({"rule", "target", "former"})


_PARTS = re.compile(r"[\d,;、:()。]")
_NOT_WORDS = re.compile(r"[^一-鿿A-Za-z]|計|共|為|有|約|達|之|約計|本期|全年|[上下]半年")


def told_label(point: Point) -> str:
    """The words right before a figure, back to the last mark or figure, without what only introduces it."""
    return _NOT_WORDS.sub("", _PARTS.split(point.ahead)[-1])


def same_label(first: Point, second: Point) -> bool:
    """The words right before both figures have something in common, or tell nothing."""
    one, other = told_label(first), told_label(second)
    return not one or not other or bool(_pairs(one) & _pairs(other)) or one[-1:] == other[-1:]


def other_occasions(first: Point, second: Point) -> bool:
    """春節 and 中秋節, 第1期 and 第2期: each has its own figures."""
    return bool(first.occasion and second.occasion) and first.occasion != second.occasion


def same_unit(first: Point, second: Point) -> bool:
    """人 and 名 are one; 場 and 案, 項 and 臺 are not."""
    return first.mention.unit == second.mention.unit or first.measures == "people"


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}


def reach(mention: Mention) -> Interval:
    """What a figure states, read generously: 約700 is not 700 to the unit, and 逾700 may be more than 799."""
    value, step = Fraction(mention.value or 0), Fraction(mention.step or 1)
    if mention.bound is None:
        return stated(mention)
    if mention.bound in ("at_least", "at_most"):
        return Interval(value, None) if mention.bound == "at_least" else Interval(None, value)
    place = _round_place(value, step)
    if mention.bound == "about":
        return Interval(value - place, value + place)
    if mention.bound == "more_than":
        return Interval(value, value + place if "餘" in mention.text else None, high_open=True)
    return Interval(None, value)


def _round_place(value: Fraction, step: Fraction) -> Fraction:
    """The place of the last digit that is no zero: 100 for 700."""
    place = step
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def printed(mention: Mention) -> str:
    """A figure or a date as it is written, in one width and without commas and blanks."""
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", mention.text))


_CORRECTED = re.compile(r"更正|勘誤|訂正|誤植|誤繕|誤載|前次報告|原報告")


def corrected(point: Point) -> bool:
    """Its sentence says that it corrects what was told before."""
    return _CORRECTED.search(point.sentence) is not None


def agree(first: Point, second: Point) -> bool:
    """Some number is meant by both; of a norm (最高補助5,000元) the bound itself is what is told."""
    one, other = first.mention, second.mention
    if one.paren is not None and other.paren is not None and one.paren != other.paren:
        return False
    if _NORMS.issuperset((first.role, second.role)):
        return exact(one).meets(exact(other))
    if one.step == other.step and one.bound is None and other.bound is None:
        return one.value == other.value  # printed to one place
    return reach(one).meets(reach(other))


def told_again(rule: str, earlier: Point, later: Point, confidence: Decimal, *, holds: bool | None = None) -> Relation:
    """One thing told in two reports."""
    first, second = earlier.mention, later.mention
    verdict = agree(earlier, later) if holds is None else holds
    return relation(rule, second, [first], ["+"], show(first.value or 0), verdict, confidence)


def never_less(rule: str, earlier: Point, later: Point, confidence: Decimal) -> Relation:
    """The later figure is not less than the earlier one."""
    before, now = reach(earlier.mention), reach(later.mention)
    falls = before.low is not None and now.high is not None and now.high < before.low
    told = f"≥ {show(earlier.mention.value or 0)}"
    return relation(rule, later.mention, [earlier.mention], ["+"], told, not falls, confidence)


def relation(
    rule: str,
    result: Mention,
    terms: list[Mention],
    signs: list[Sign],
    computed: str,
    holds: bool | None,
    confidence: Decimal,
) -> Relation:
    """A tie between figures of several reports."""
    printed = show(result.value) if result.value is not None else result.edtf or result.text
    return Relation("series", result, tuple(terms), tuple(signs), printed, computed, holds, rule, None, confidence)
