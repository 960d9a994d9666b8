"""The words that stand the same around two figures of two reports, marks left out, and the figures among them.

An edited copy keeps whole stretches as they were. Where all other figures of a long one are as they were, too, nobody has
brought it up to date; a figure that differs there has slipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....model import Mention
from .link import printed
from .sides import Side

_NO_SIGN = re.compile(r"[^\d一-鿿A-Za-z]+")
_FIGURE = "\0"
_LONG, _VERY_LONG = 30, 60
"""So many signs are a copy with two other figures among them, and with one."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage without its marks, one sign for each of its figures and dates."""

    signs: str
    told: dict[int, Mention]
    """The figures and dates by the places of their signs."""
    place: dict[int, int]
    """And their places by their starts in the report."""


def wording_of(side: Side, block: int) -> Wording:
    """A passage of a report."""
    text = side.block(block).text
    signs, position = "", 0
    told: dict[int, Mention] = {}
    for mention in side.figures(block):
        signs += _NO_SIGN.sub("", text[position : mention.block_start])
        told[len(signs)] = mention
        signs += _FIGURE
        position = mention.block_end
    return Wording(signs + _NO_SIGN.sub("", text[position:]), told, {each.start: at for at, each in told.items()})


def is_untouched(one: Wording, other: Wording, earlier: Mention, later: Mention) -> bool:
    """The stretch around two figures is long, and all else in it is as it was."""
    if earlier.start not in one.place or later.start not in other.place:
        return False
    first, second = one.place[earlier.start], other.place[later.start]
    before = _shared(one.signs[:first][::-1], other.signs[:second][::-1])
    behind = _shared(one.signs[first + 1 :], other.signs[second + 1 :])
    beside = [
        (told, other.told[place - first + second])
        for place, told in one.told.items()
        if first - before <= place <= first + behind and place != first
    ]
    counts = sum(told.kind == "quantity" for told, _ in beside)
    long = before + behind >= (_LONG if counts > 1 else _VERY_LONG)
    return counts > 0 and long and all(is_kept(*pair) for pair in beside)


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)


def is_kept(one: Mention, other: Mention) -> bool:
    """Printed alike, or one day: 本年度 in the report of 98, 98年度 in the next."""
    return printed(one) == printed(other) or (one.kind == "date" and one.edtf is not None and one.edtf == other.edtf)
