"""A list and its total that one digit parts: 竊盜18件、詐欺27件、毒品9件，計64件.

Told is the list that says more than any other that this could hardly be chance, if the words leave no other and do not say
that members overlap or are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..relation import adds_up, amount
from ..slips import is_one_digit, mendable, telling
from ..words import label, whole_classification
from .passage import Passage, Row, Told
from .totals import BY_CHANCE, CERTAIN, LOOSELY, MIXED, SURE, WELL, Sum, as_sum, candidates, closes, readings, told_sums

_ASKED: dict[int, Fraction | int] = {
    CERTAIN: Fraction(1, 100), SURE: 2, WELL: 10, LOOSELY: 30, MIXED: 5000, BY_CHANCE: 5000
}  # fmt: skip
"""How much it must say that one digit is missing, by how the words announce the sum."""
_DIVIDED = re.compile(r"分別|分為|分成|區分|細分|依|按|計有|即|包括|:")
_REACH = 40
_CHOICE = re.compile(r"最多|較多|主要|居[首多冠]|為大宗|前[一二三四五]|例如|等|以[^,;。]{1,12}最")
"""Some members, the largest or the first."""
_DIFFERS = re.compile(r"不符|重複|複選|兼具|不等|可能同時|可複|擇[一多]|互有")
"""The text says itself that the members do not make up the whole."""


def _slips(document: Document) -> Iterator[Relation]:
    for passage, row, figure in candidates(document):
        if figure.is_count and figure.mention.bound is None and not told_sums(passage, row, figure):
            missed = _missed(passage, row, figure)
            if missed is not None:
                yield as_sum("sum.slip", missed)


def _missed(passage: Passage, row: Row, figure: Told) -> Sum | None:
    """The list that misses its total by a digit, if it says more than any other that this could hardly be chance."""
    best, found = Fraction(1), None
    for tried, (parts, strength) in enumerate(readings(passage, row, figure, _nearly), start=1):
        together = not any("。" in passage.between(*pair) for pair in pairwise(parts))
        if together and _is_alone(row, figure, parts) and not _may_differ(passage, figure, parts):
            asked = _ASKED[strength] if _is_closed(passage, figure, parts) else _ASKED[BY_CHANCE]
            weight = telling(_mentions(figure, parts)) / tried / asked
            if weight >= best:
                best, found = weight, Sum(figure, parts)
    return found


def _is_alone(row: Row, figure: Told, parts: Sequence[Told]) -> bool:
    """No other figure of their sort stands between the list and its total."""
    first, last = sorted((figure.place, *(part.place for part in parts)))[:: len(parts)]
    return len(row.like(figure, first, last + 1)) == len(parts) + 1


def _is_closed(passage: Passage, figure: Told, parts: Sequence[Told]) -> bool:
    """The words say that the list is the whole one: 分為…, 依類別…, 計有…; or …及…, 其餘…; or a total closes it."""
    if figure.at > parts[-1].at:
        return True
    last = passage.between(parts[-2], parts[-1])
    closed = re.search(r"[及和與暨]|其他|其餘|餘", last + parts[-1].before) is not None
    return closed or _DIVIDED.search(passage.between(figure, parts[0])) is not None or whole_classification([label(part.before) for part in parts])  # fmt: skip


def _nearly(figure: Told, stream: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    """The first figures of a row that one digit parts from the total; none of them is the total told again."""
    goal = amount(figure.mention)
    summed = Fraction(0)
    for count, part in enumerate(stream, start=1):
        if part.mention.bound is not None or closes(part) or amount(part.mention) == goal:
            return
        summed += amount(part.mention)
        figures = _mentions(figure, stream[:count])
        if count >= 2 and is_one_digit(summed - goal, figures) and mendable(figures, adds_up):
            yield tuple(stream[:count])


def _mentions(figure: Told, parts: Sequence[Told]) -> list[Mention]:
    return [figure.mention, *(part.mention for part in parts)]


def _may_differ(passage: Passage, figure: Told, parts: Sequence[Told]) -> bool:
    """The text says that members overlap, or are not all."""
    first, last = sorted((figure, parts[0]), key=lambda each: each.at)
    around = passage.text[max(0, first.at - _REACH) : last.at + 2 * _REACH]
    return _DIFFERS.search(around) is not None or _CHOICE.search(passage.between(first, last)) is not None


CHECKS = (Check("sum.slip", "a list and its total that one digit parts", _slips),)
