"""One digit that parts figures which would agree without it: what an auditor takes for a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ...model import Mention


def changed(mention: Mention) -> Iterator[Mention]:
    """The figure with one of its digits changed or two neighbours swapped, each way there is; never to begin with zero."""
    step = Fraction(mention.step or 1) * (1 if (mention.value or 0) >= 0 else -1)
    for digits in _variants(written(mention)):
        if not (digits[0] == "0" and len(digits) > 1):
            yield replace(mention, value=int(digits) * step)


def written(mention: Mention) -> str:
    """The digits of a figure down to its last written place: 21983 of 219.83億元; empty where there are more of them."""
    places = Fraction(mention.value or 0) / Fraction(mention.step or 1)
    return str(abs(places.numerator)) if places.denominator == 1 else ""


def differ_in_one_digit(one: str, other: str) -> bool:
    """Written alike, but for one digit."""
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(differing) == 1 and all(each.isdigit() for each in differing[0])


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
    for at, digit in enumerate(digits):
        yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit)
    yield from swaps(digits)


def mendable(figures: Sequence[Mention], agrees: Callable[[Sequence[Mention]], bool]) -> bool:
    """One digit of one of the figures, changed, would make them agree."""
    return any(
        agrees([*figures[:at], other, *figures[at + 1 :]])
        for at, figure in enumerate(figures)
        for other in changed(figure)
    )


def telling(figures: Sequence[Mention]) -> Fraction:
    """How much it says that one digit parts figures: how many numbers of their size there are for each that it reaches.

    Zeros at the end of all of them say nothing: 5億元, 2億元 and 1億元 are one digit from almost anything.
    """
    finest = min(Fraction(figure.step or 1) for figure in figures)
    values = [abs(Fraction(figure.value)) / finest for figure in figures if figure.value] or [Fraction(1)]
    unit = Fraction(1)
    while all(value % (unit * 10) == 0 for value in values):
        unit *= 10
    digits = sum(len(str(int(value / unit))) for value in values)
    return max(values) / unit / (9 * digits)


def is_one_digit(gap: Fraction, figures: Sequence[Mention]) -> bool:
    """A difference of figures that one digit, or two neighbours swapped, can make: 300, or 270 of 41 for 14."""
    gap = abs(gap) / min(Fraction(figure.step or 1) for figure in figures)
    while gap and gap % 10 == 0:
        gap /= 10
    return gap.denominator == 1 and (gap < 10 or (gap % 9 == 0 and gap / 9 < 10))
