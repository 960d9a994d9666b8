"""The errors that people make when they write numbers: what one of them would mend is hardly chance.

A digit changed, lost or doubled, two neighbours swapped, a power word lost or doubled (12兆5,413元, 300百億).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from ...model import Mention
from .numbers import Exact, divided, magnitude, number

_POWERS = (10, 100, 1000, 10_000, 10**8)
_LOST = re.compile(r"(?P<power>[兆億])\s*(?P<digits>[\d,]+)\s*[^\d,萬億兆.]*$")
"""12兆5,413元: the last digits lack their own power word."""
_BELOW = {"兆": 10**8, "億": 10**4}


def changed(mention: Mention) -> Iterator[Mention]:
    """The figure with one error taken back, each way there is; never to begin with zero."""
    for value in _changed(mention):
        yield replace(mention, value=Fraction(value))


def _changed(mention: Mention) -> Iterator[Exact]:
    step = number(mention.step or 1) * (1 if (mention.value or 0) >= 0 else -1)
    for digits in _variants(written(mention)):
        if digits and not (digits[0] == "0" and len(digits) > 1):
            yield int(digits) * step


def powers(mention: Mention) -> Iterator[Mention]:
    """The figure with a power word that was lost or doubled."""
    for value in _powers(mention):
        yield replace(mention, value=Fraction(value))


def _powers(mention: Mention) -> Iterator[Exact]:
    value = number(mention.value or 0)
    if (lost := _LOST.search(mention.text)) is not None:
        yield value + int(lost["digits"].replace(",", "")) * (_BELOW[lost["power"]] - 1)
    for power in _POWERS:
        yield value * power
        yield divided(value, power)


def written(mention: Mention) -> str:
    """The digits of a figure down to its last written place: 21983 of 219.83億元; empty where there are more of them."""
    return _written(mention.value, mention.step)


@lru_cache(maxsize=1 << 14)
def _written(value: Decimal | Fraction | None, step: Decimal | None) -> str:
    places = divided(number(value or 0), number(step or 1))
    return str(magnitude(places)) if places.denominator == 1 else ""


def differ_in_one_digit(one: str, other: str) -> bool:
    """Written alike, but for one digit."""
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(differing) == 1 and all(each.isdigit() for each in differing[0])


def is_swap(one: Mention, other: Mention) -> bool:
    """Long figures that are written alike, but for two neighbouring digits that changed places."""
    digits, swapped = written(one), written(other)
    long = len(digits) >= _LONG and one.step == other.step and one.bound is None and other.bound is None
    return long and digits != swapped and swapped in swaps(digits)


_LONG = 4
"""Shorter figures have their digits swapped by chance."""


def masks(digits: str) -> Iterator[str]:
    """The digits, each of them left open in turn: figures that differ in one digit share one of these."""
    for at in range(len(digits)):
        yield f"{digits[:at]}?{digits[at + 1 :]}"


def swaps(digits: str) -> Iterator[str]:
    """The digits with two neighbours swapped, each way there is."""
    for at, (first, second) in enumerate(pairwise(digits)):
        if first != second:
            yield digits[:at] + second + first + digits[at + 2 :]


def _variants(digits: str) -> Iterator[str]:
    """One digit changed, two swapped, one doubled by mistake, one lost."""
    for at, digit in enumerate(digits):
        yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit)
    yield from swaps(digits)
    for at, digit in enumerate(digits):
        if len(digits) > 3 and digits[at + 1 : at + 2] == digit:
            yield digits[:at] + digits[at + 1 :]
    if len(digits) > 2:
        for at in range(len(digits) + 1):
            yield from (digits[:at] + other + digits[at:] for other in "0123456789")


def one_error(one: str, other: str) -> bool:
    """A digit changed, two neighbours swapped, one doubled or lost, makes one of these numbers of the other."""
    if len(one) == len(other):
        apart = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            first, second = apart
            return one[first] == other[second] and one[second] == other[first]
        return len(apart) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) != len(shorter) + 1 or len(shorter) < 3:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


Agrees = Callable[[Sequence[Mention]], bool]
"""Whether a law holds for its figures with other values."""
May = Callable[[int, Exact], bool]
"""Whether it may with this value for the figure at this place, as far as can be told at a glance."""


def mendable(figures: Sequence[Mention], agrees: Agrees, may: May | None = None) -> bool:
    """One error in one of the figures, taken back, would make them agree."""
    return _one_other(figures, _changed, agrees, may)


def off_by_power(figures: Sequence[Mention], agrees: Agrees, may: May | None = None) -> bool:
    """One figure, ten or ten thousand times as much or as little, would make them agree."""
    return _one_other(figures, _powers, agrees, may)


def _one_other(
    figures: Sequence[Mention], others: Callable[[Mention], Iterator[Exact]], agrees: Agrees, may: May | None
) -> bool:
    return any(
        agrees([*figures[:at], replace(figure, value=Fraction(value)), *figures[at + 1 :]])
        for at, figure in enumerate(figures)
        for value in others(figure)
        if may is None or may(at, value)
    )


def telling(figures: Sequence[Mention]) -> Exact:
    """How much it says that one error parts figures: how many numbers of their size there are for each that it reaches.

    Zeros at the end of all of them say nothing: 5億元, 2億元 and 1億元 are one digit from almost anything.
    """
    finest = min(number(figure.step or 1) for figure in figures)
    values = [divided(magnitude(number(figure.value)), finest) for figure in figures if figure.value] or [1]
    unit = 1
    while all(value % (unit * 10) == 0 for value in values):
        unit *= 10
    digits = sum(len(str(value // unit)) for value in values)
    return divided(max(values), unit * 9 * digits)


def is_one_digit(gap: int, step: int) -> bool:
    """A distance of figures that one digit, or two neighbours swapped, can make: 300, or 270 of 41 for 14."""
    gap = abs(gap)
    if not gap or gap % step:
        return False
    gap //= step
    while gap % 10 == 0:
        gap //= 10
    return gap < 10 or (gap % 9 == 0 and gap // 9 < 10)
