"""The digits of a figure, and how much they tell."""

from __future__ import annotations

from fractions import Fraction

from ..error_model import written
from .points import Point


def digits_of(point: Point) -> str:
    """The digits of a figure, all of a whole number (3萬 is 30000); empty where a bound leaves them open."""
    mention = point.mention
    if mention.value is None or mention.bound in ("more_than", "less_than", "about"):
        return ""
    value = Fraction(mention.value)
    return str(abs(value.numerator)) if value.denominator == 1 and (mention.step or 1) >= 1 else written(mention)


def telling_digits(point: Point) -> int:
    """How many of its digits tell; the zeros at the end of a long figure do not."""
    digits = digits_of(point)
    return max(len(digits.rstrip("0")) if len(digits) > _LONG else len(digits), 1)


_LONG = 3
