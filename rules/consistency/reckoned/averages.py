"""An average, its whole and its count, in whatever words: 講座156場，參與8,736人次，每場平均56人次; 每10萬人口39.8人; 人均136小時.

The whole is a larger figure in the average's own unit, the count one in the unit that 每 names; both stand close before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ....model import Mention, Relation
from ..check import Check
from ..context import COUNT, Document
from ..interval import stated
from ..relation import LIKELY, number, quotient
from ..slips import mendable
from ..words import comparable
from .evidence import rarity
from .passage import Passage, Told, passages

_EACH = re.compile(
    rf"(?:每|平均(?=一))(?P<times>[一1]?(?:百|千|萬|十萬)|{COUNT})?一?(?P<what>[^,;。:()每平均約\d{COUNT}]{{1,8}})?(?:平均)?[^,;。:()]{{0,14}}$"
)
_PER_HEAD = re.compile(r"(?P<what>[人戶班場月年件案校里區隊站車床])均[^,;。:()]{0,8}$")
_AVERAGE = re.compile(rf"平均|人均|換算|等於|約|相當|即有|計算|每(?:一|百|千|萬|十萬|{COUNT})")
_TIMES = {"百": 100, "千": 1000, "萬": 10_000, "十萬": 100_000}
_HEADS = frozenset({"人", "名", "位", "員", "戶"})
_NEAR = 8
_WHOLES = 4
_TELLING = 20
_ENOUGH = 4
"""How rare an average must be, for each pair of figures that was tried."""


@dataclass(frozen=True, slots=True)
class Each:
    """What an average is reckoned for: so many of a thing."""

    what: str
    times: int


def _find(document: Document) -> Iterator[Relation]:
    for passage in passages(document):
        for figure in passage.figures:
            if figure.is_count and figure.mention.value:
                each = _each(passage, figure)
                if each is not None:
                    relation = _average(passage, figure, each)
                    if relation is not None:
                        yield relation


def _each(passage: Passage, figure: Told) -> Each | None:
    clause = figure.clause
    if (head := _PER_HEAD.search(clause)) is not None:
        return Each(head["what"], 1)
    match = _EACH.search(clause)
    if match is None or not _AVERAGE.search(clause[match.start() - 4 if match.start() > 4 else 0 :]):
        return None
    told = match["times"] or ""
    times = _TIMES.get(told.lstrip("一1"), 1)
    if told == COUNT:
        before = passage.figures[figure.place - 1]
        times = int(before.mention.value or 1)
        return Each(before.unit + (match["what"] or ""), times)
    return Each(match["what"] or "", times)


def _average(passage: Passage, mean: Told, each: Each) -> Relation | None:
    before = [figure for figure in passage.figures[: mean.place] if figure.is_count and figure.mention.value]
    wholes = [figure for figure in before if _same_unit(figure, mean)][-_NEAR:][::-1]
    counts = [figure for figure in before if _is_counted(figure, each)][-_NEAR:][::-1]
    pairs = [(whole, count) for whole in wholes[:_WHOLES] for count in counts[:_NEAR] if count is not whole]
    found = [_relation(mean.mention, whole.mention, count.mention, each) for whole, count in pairs]
    for loosely in (False, True) if mean.mention.bound is not None else (False,):
        for tried, relation in enumerate(found, start=1):
            exact = relation is not None and bool(relation.holds) and (relation.rounding != "neither" or loosely)
            if exact and rarity(mean.mention) / tried >= _ENOUGH:
                return relation
    alone = len(_in_sentence(passage, wholes, mean)) == 1 == len(_in_sentence(passage, counts, mean))
    return found[0] if alone and found and found[0] is not None and _is_slip(mean, found[0], each) else None


def _in_sentence(passage: Passage, figures: list[Told], mean: Told) -> list[Told]:
    return [figure for figure in figures if "。" not in passage.between(figure, mean)]


def _same_unit(figure: Told, mean: Told) -> bool:
    """Also 人次 and 場次 of an average that is told in 次."""
    alike = comparable(figure.unit, mean.unit) or (mean.unit == "次" and figure.unit.endswith("次"))
    return alike and (figure.mention.value or 0) > (mean.mention.value or 0) / 100


def _is_counted(figure: Told, each: Each) -> bool:
    """每場 counts 場次, 每名社工 people, 每門課 門."""
    if not each.what:
        return False
    unit = figure.unit
    return (
        each.what.startswith(unit)
        or each.what.endswith(unit)
        or unit.startswith(each.what[:2])
        or comparable(unit, each.what[:1])
        or (unit in _HEADS and unit[:1] == each.what[:1])
    )


def _relation(mean: Mention, whole: Mention, count: Mention, each: Each) -> Relation | None:
    over, under = number(whole.value or 0) * each.times, number(count.value or 0)
    share = stated(whole).scaled(each.times).divided_by(stated(count))
    return quotient(
        "ratio", "ratio.average-near", mean, (whole, count), (over, under), share, confidence=LIKELY, step=_place(mean)
    )


def _place(mean: Mention) -> Fraction:
    """An average that ends in zeros may have been rounded there."""
    step, value = Fraction(mean.step or 1), Fraction(mean.value or 0)
    while value and step >= 1 and value % (step * 10) == 0:
        step *= 10
    return step


def _is_slip(mean: Told, relation: Relation, each: Each) -> bool:
    """One digit parts the average from the whole and the count."""
    if relation.holds or any(figure.bound for figure in (mean.mention, *relation.terms)):
        return False

    def agrees(figures: Sequence[Mention]) -> bool:
        average, whole, count = figures
        found = _relation(average, whole, count, each)
        return found is not None and found.rounding != "neither"

    return rarity(mean.mention) >= _TELLING and mendable([mean.mention, *relation.terms], agrees)


CHECKS = (Check("ratio.average-near", "an average and the whole and the count before it", _find),)
