"""A change that no two levels give, and the levels that one digit parts from it: 本期96件，上期為138件，減少52件.

Of the levels that the change may lie between, the pair is told that could least be parted by a single digit by chance, if
the words say that it is the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from ....model import Mention, Relation
from ..check import Check
from ..context import FIGURES, Document
from ..relation import number
from ..slips import is_one_digit, mendable, telling
from .changes import CHANGE, between, figures, is_told_as_change, moves, pairs_of_levels
from .passage import Passage, Told, alike
from .totals import linked

_ELSEWHERE = re.compile(rf"[較比][^{FIGURES}]*$")
"""較107年同期增加19人次: the level that it is reckoned from is not told."""
_SAID, _BESIDE = 1, 60
"""How much it must say: where the text compares the levels, and where it does not."""


@lru_cache(maxsize=2)
def _found(document: Document) -> tuple[Relation, ...]:
    return tuple(_slips(document))


def _changes(document: Document) -> Iterator[Relation]:
    return (relation for relation in _found(document) if relation.kind == "change")


def _distances(document: Document) -> Iterator[Relation]:
    return (relation for relation in _found(document) if relation.kind == "difference")


def _slips(document: Document) -> Iterator[Relation]:
    known = {mention.start for relation in moves(document) for mention in (relation.result, *relation.terms)}
    for passage, figure in figures(document):
        free = figure.mention.start not in known and figure.mention.bound is None
        if free and not figure.is_rate and is_told_as_change(passage, figure) and not _ELSEWHERE.search(figure.clause):
            relation = _slipped(passage, figure)
            if relation is not None:
                yield relation


def _slipped(passage: Passage, change: Told) -> Relation | None:
    best, found = Fraction(1), None
    for tried, (new, old, said) in enumerate(pairs_of_levels(passage, change), start=1):
        members = [change.mention, new.mention, old.mention]
        weight = telling(members) / tried / (_SAID if said else _BESIDE)
        far = any("。" in passage.between(*sorted((each, change), key=lambda one: one.at)) for each in (new, old))
        far = far or len({change.row, new.row, old.row}) > 1
        moved = any(CHANGE.search(each.before) for each in (new, old))
        listed = any(_is_listed(passage, each) for each in (new, old)) or _opens_a_list(passage, change)
        unexplained = not (far or moved or listed or _has_another_way(passage, change, new, old))
        if weight >= best and unexplained and _is_slip(members):
            best, found = weight, between(passage, new, old, change)
    return replace(found, rule=f"{found.kind}.slip") if found is not None else None


def _is_listed(passage: Passage, figure: Told) -> bool:
    """Among others of its sort, 坍方41處、流失19處、倒伏27處: what is left is left of all of them."""
    before = [each for each in passage.rows[figure.row].ahead(figure) if alike(each, figure)][-1:]
    return any(linked(passage, each, figure) for each in before)


def _opens_a_list(passage: Passage, change: Told) -> bool:
    """增置稽查員4人、技士2人: both together are the change."""
    behind = [each for each in passage.rows[change.row].behind(change) if alike(each, change)][:1]
    return any(linked(passage, change, each) for each in behind)


def _has_another_way(passage: Passage, change: Told, new: Told, old: Told) -> bool:
    """自製14門，由168門汰除11門後達171門: with another figure of their sort the levels agree."""
    gap = number(new.mention.value or 0) - number(old.mention.value or 0)
    moved = number(change.mention.value or 0)
    row = passage.rows[change.row]
    others = (each for each in (*row.ahead(change), *row.behind(change)) if each not in (new, old))
    amounts = {number(each.mention.value or 0) for each in others}
    return any(abs(gap) in (abs(moved - amount), moved + amount) for amount in amounts if amount)


def _is_slip(members: Sequence[Mention]) -> bool:
    if any(member.bound for member in members) or _is_gap(members):
        return False
    change, new, old = (abs(number(member.value or 0)) for member in members)
    return is_one_digit(abs(new - old) - change, members) and mendable(members, _is_gap)


def _is_gap(members: Sequence[Mention]) -> bool:
    change, new, old = (number(member.value or 0) for member in members)
    return abs(new - old) == abs(change)


CHECKS = (
    Check("change.slip", "a change and the levels beside it, which one digit parts", _changes),
    Check("difference.slip", "a distance and two figures beside it, which one digit parts", _distances),
)
