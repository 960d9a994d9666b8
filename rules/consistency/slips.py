"""One digit that parts figures which would agree without it: what an auditor takes for a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ...model import Mention


def changed(mention: Mention) -> Iterator[Mention]:
    """The figure with one of its digits changed or two neighbours swapped, each way there is; never to begin with zero."""
    step = Fraction(mention.step or 1)
    places = Fraction(mention.value or 0) / step
    if places.denominator != 1:
        return
    for digits in _variants(str(abs(places.numerator))):
        if not (digits[0] == "0" and len(digits) > 1):
            yield replace(mention, value=int(digits) * step * (1 if places >= 0 else -1))


def _variants(digits: str) -> Iterator[str]:
    for at, digit in enumerate(digits):
        yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit)
        swapped = digits[at + 1 : at + 2] + digit
        if len(swapped) > 1 and swapped[0] != digit:
            yield digits[:at] + swapped + digits[at + 2 :]


def mendable(figures: Sequence[Mention], agrees: Callable[[Sequence[Mention]], bool]) -> bool:
    """One digit of one of the figures, changed, would make them agree."""
    return any(
        agrees([*figures[:at], other, *figures[at + 1 :]])
        for at, figure in enumerate(figures)
        for other in changed(figure)
    )
