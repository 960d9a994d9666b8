"""One digit that parts figures which would agree without it: what an auditor takes for a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ...model import Mention


def changed(mention: Mention) -> Iterator[Mention]:
    """The figure with one of its digits changed, each way there is; the first digit never to zero."""
    step = Decimal(mention.step or 1)
    places = Decimal(mention.value or 0) / step
    if places != int(places):
        return
    digits = str(abs(int(places)))
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and not (at == 0 and other == "0" and len(digits) > 1):
                number = int(digits[:at] + other + digits[at + 1 :])
                yield replace(mention, value=number * step if places >= 0 else -number * step)


def mendable(figures: Sequence[Mention], agrees: Callable[[Sequence[Mention]], bool]) -> bool:
    """One digit of one of the figures, changed, would make them agree."""
    return any(
        agrees([*figures[:at], other, *figures[at + 1 :]])
        for at, figure in enumerate(figures)
        for other in changed(figure)
    )
