"""A percentage change against the new level and the change: 120件，較去年同期增加20件(20%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...model import Mention, Relation
from ..units import PERCENTAGES
from .check import Check
from .context import Document, Figure, Line
from .interval import stated
from .relation import Sign, number, quotient
from .words import clause_words, direction

_CHANGED = re.compile(r"(?:增加|減少|成長|衰退|下降|上升|增|減)(?:約|了|達|為)?$")
_AGAINST = re.compile(r"較|比|[年月季]增|[年月季]減")
_RATE = re.compile(
    r"^(?:[(]|或|[,](?=[^,;]{0,8}(?:增|減|成長|衰退|幅度|升|降)))"
    r"(?:其|人口|年|月|約|達|為|計|或|\+|-|增加率|減少率|成長率|增率|減率|增幅|減幅|升幅|降幅|幅度|增加|減少|成長|衰退|增|減)*$"
)


@dataclass(frozen=True, slots=True)
class Grown:
    """A change and its rate, and what may have changed."""

    line: Line
    level: Figure
    change: Figure
    rate: Figure
    falls: bool

    @property
    def bases(self) -> tuple[Figure, ...]:
        """What else the rate may be one of: the former level right before the change, and the level itself."""
        former = self.line.figures[self.change.index - 1]
        return (former, self.level) if former.unit == self.change.unit else (self.level,)


def growths(document: Document) -> Iterator[Grown]:
    """受理120件，較去年同期增加20件(20%), as the words tell it."""
    for line in document.lines:
        for change, rate in pairwise(line.figures):
            if rate.unit not in PERCENTAGES or not change.is_count or not _RATE.match(rate.gap):
                continue
            words = clause_words(change.gap)
            level = _level(line, change) if _CHANGED.search(words) else None
            if level is not None and _is_against(line, change) and not _of_another(level, words):
                yield Grown(line, level, change, rate, direction(words) < 0)


def _growth(document: Document) -> Iterator[Relation]:
    for each in growths(document):
        yield from _of(each.level.mention, each.change.mention, each.rate.mention, each.falls)


def _is_against(line: Line, delta: Figure) -> bool:
    """較去年增加…, 月增…, or 較去年之…，增加…: the change is one against another time."""
    if _AGAINST.search(delta.gap) or _AGAINST.search(line.clause(delta)):
        return True
    return delta.index > 0 and _COMPARED.search(line.clause(line.figures[delta.index - 1])) is not None


def _level(line: Line, delta: Figure) -> Figure | None:
    """The figure that changed: the last one before that is no change itself and no figure compared with."""
    for figure in reversed(line.before(delta.at)):
        if not figure.is_count or _CHANGED.search(figure.gap) or _is_compared_with(line, figure):
            continue
        return figure if figure.unit == delta.unit else None
    return None


_COMPARED = re.compile(r"^[^,;]{0,12}?(?:(?:較|比)(?!例|率)|上期|去年|上年|前年|同期)")
_COMPARED_BEHIND = re.compile(r"^(?:相較|相比|比較|作比較|對照|互核)")


def _is_compared_with(line: Line, figure: Figure) -> bool:
    """較上期300件, 與上期300件相較: the level of another time."""
    return _COMPARED.search(line.clause(figure)) is not None or _COMPARED_BEHIND.match(line.after(figure)) is not None


_SUBJECT = re.compile(
    r"^(?:而|惟|其中|另)?(?P<subject>[一-鿿]{2,8}?)(?:增加|減少|成長|衰退|下降|上升|增|減)(?:約|了|達|為)?$"
)


def _of_another(level: Figure, words: str) -> bool:
    """獎勵11,185人次…，而申誡案件減少25人次: the change names what changed, and it is not what the level counts."""
    named = _SUBJECT.match(re.sub("[較比].*?(?=增|減|成長|衰退|下降|上升)", "", words))
    return named is not None and not any(character in level.gap for character in named["subject"][-2:])


def _of(level: Mention, delta: Mention, rate: Mention, falls: bool) -> Iterator[Relation]:
    if level.value is None or delta.value is None:
        return
    change = number(delta.value)
    base = number(level.value) + change if falls else number(level.value) - change
    if base <= 0:
        return
    reach = stated(level) + stated(delta) if falls else stated(level) - stated(delta)
    signs: tuple[Sign, Sign] = ("+", "-" if falls else "+")
    share = stated(delta).divided_by(reach)
    relation = quotient("growth", "growth.compared", rate, (level, delta), (change, base), share, signs=signs)
    if relation is not None:
        yield relation


CHECKS = (Check("growth.compared", "a rate of growth against level and change", _growth),)
