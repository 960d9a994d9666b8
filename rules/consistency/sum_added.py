"""What is added to an earlier figure: 上項債務餘額，加計保留數20億元，合計120億元; …合計80件；若加計甲10件，及乙5件，則總計95件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...model import Relation
from .check import Check
from .context import WINDOW, Document, Figure, Line
from .named import named
from .relation import total

_ADDED = re.compile(r"(?:加計|加上|連同|併計)[^,;。]*$")
_TAKEN_UP = re.compile(
    r"(?:上述|上開|上項|前述|前開|前項)([^,;。]{2,24}),?(?:倘|若|如)?(?:再)?(?:加計|加上|連同|併計)[^,;。]*$"
)
_OPENING = re.compile(r";[^;]*(?:倘|若|如)[^;]*(?:加計|加上|連同|併計)[^,;。]*$")
_AND = re.compile(r"^[^,;、。]{0,8}[,、]?(?:及|與|和|以及|、)[^,;。]*$")
_RESULT = re.compile(
    r"^[^,;。]{0,10}後?,(?:則|即)?[^,;。]{0,14}(?:合計|總計|共計|總數|總額|金額|共|計|達)(?:為|達|計|共)?$"
)
_TOTAL = re.compile(r"(?:合計|總計|共計)(?:為|達)?$")
_LIKELY = Decimal("0.9")


def _find(document: Document) -> Iterator[Relation]:
    for position, line in enumerate(document.lines):
        outer = line.outer
        for figure in outer.figures:
            if not figure.is_count or not _ADDED.search(figure.gap):
                continue
            first = _first(outer, figure)
            base = _base(document, position, outer, figure, first.unit)
            if base is None:
                continue
            added, result = _run(outer, first)
            if result is not None:
                terms = [each.mention for each in (base, *added)]
                yield total("sum", "sum.added", result.mention, terms, ["+"] * len(terms), confidence=_LIKELY)


def _first(line: Line, figure: Figure) -> Figure:
    """What is added; a number in its name (未滿1年債務餘額) comes before it."""
    following = line.figures[figure.index + 1] if figure.index + 1 < len(line.figures) else figure
    return following if following.unit != figure.unit and not re.search(r"[,;、及]", following.gap) else figure


def _base(document: Document, position: int, line: Line, figure: Figure, unit: str) -> Figure | None:
    """What is added to: the figure that 上項… takes up, or the last total where a condition opens the clause."""
    taken_up = _TAKEN_UP.search(figure.gap)
    if taken_up is not None:
        return named(document, position, line, figure.at, taken_up[1], unit)
    if _OPENING.search(figure.gap) is None:
        return None
    for earlier in reversed(line.before(figure.at, WINDOW)):
        if earlier.unit == unit and _TOTAL.search(earlier.gap):
            return earlier
    return None


def _run(line: Line, first: Figure) -> tuple[list[Figure], Figure | None]:
    """The figures that are added, and their total."""
    added = [first]
    for figure in line.figures[first.index + 1 : first.index + 1 + WINDOW]:
        if figure.unit != first.unit:
            if figure.is_count and not re.search(r"[,;]", figure.gap):
                # 未滿1年債務餘額: a number in the name of what is added.
                continue
            return added, None
        if _RESULT.match(figure.gap):
            return added, figure
        if not _AND.match(figure.gap):
            return added, None
        added.append(figure)
    return added, None


CHECKS = (Check("sum.added", "what is added to a figure told before, and the total", _find),)
