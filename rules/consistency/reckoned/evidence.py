"""How much it says that figures agree.

Where the words leave open which figures belong together, the arithmetic is asked: a total of 3,712 that two figures make
up is hardly chance, one of 5 may well be. The measure is how many values the figure might have had instead.
"""

from __future__ import annotations

from fractions import Fraction

from ....model import Mention
from ..relation import number

_THOUSAND = 1000
_OPEN = 3
"""A figure that is only told about (約, 近, 逾) says so many times less."""


def rarity(mention: Mention) -> Fraction:
    """How many values of its size a figure might have had, written as precisely: 3712 for 3,712; 165 for 16.5%.

    Round thousands count as such: 100,000元 would hardly have been 100,001元.
    """
    step = Fraction(mention.step) if mention.step else Fraction(1)
    values = abs(number(mention.value or 0)) / step
    while values >= _THOUSAND and values % _THOUSAND == 0:
        values /= _THOUSAND
    return max(values / _OPEN if mention.bound is not None else values, Fraction(1))
