"""Exact numbers as the checks reckon with them: whole where they are whole, fractions only where they must be.

Most figures are whole, and whole numbers are added and compared at a tenth of the cost of fractions. Two whole numbers
must not be parted by ``/``, which would leave the exact numbers: ``divided`` does it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Exact = int | Fraction


@lru_cache(maxsize=1 << 16)
def number(value: Decimal | Fraction | int | str) -> Exact:
    """The value as an exact number; reports tell the same few thousand of them."""
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def divided(value: Exact, by: Exact) -> Exact:
    """The exact quotient; raises ``ZeroDivisionError``."""
    if by == 1:
        return value
    if isinstance(value, int) and isinstance(by, int):
        whole, rest = divmod(value, by)
        return Fraction(value, by) if rest else whole
    quotient = Fraction(value, by)
    return quotient.numerator if quotient.denominator == 1 else quotient


def magnitude(value: Exact) -> Exact:
    """The value without its sign; ``abs`` would do, were it typed for a union."""
    return -value if value.numerator < 0 else value
