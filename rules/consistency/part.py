"""A part and its whole: 參訓96人，取得證照71人; 157家，其中60家; a share of a whole (占108.3%) is no more than all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...model import Relation
from .check import Check
from .context import Document, Figure
from .interval import stated
from .relation import LIKELY, SURE, show
from .words import clause_words, direction

_AMONG = re.compile(r"其中[^,;。]*$")
_NOT_A_PART = re.compile(r"累計|合計|每|平均|占|較|最|原|比(?!例|率)|上限|達成|目標|預|另|倍")
_NO_WHOLE = re.compile(r"每|平均|較|目標|預|原|新增|上限|至少")
_SHARE = re.compile(
    r"(?:[^成]者|人數|人員|件數|總數(?:之|的)|全部(?:之|的)|全體(?:之|的))?[占佔](?:比|率)?(?:約|達|為|計)?$|[占佔](?:總數|全部|全體)[^,;。]{0,6}(?:之|的)$"
)
_STEPS = (
    re.compile(r"報名|申請|選課"),
    re.compile(r"錄取|核准|核定"),
    re.compile(r"參訓|調訓|受訓|到考|應考|參加"),
    re.compile(r"完訓|結訓|完成學習"),
    re.compile(r"取得|及格|合格|通過|認證"),
)
"""Steps of one way, the later of which nobody takes who has not taken the earlier one."""
_PEOPLE = frozenset({"人", "名", "位", "員"})
_ATTENDANCES = "人次"
_COUNTED = _PEOPLE | {_ATTENDANCES}
"""Whoever is counted once was there at least once; so people are no more than attendances."""


def _among(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for figure in line.outer.figures:
            words = clause_words(figure.gap)
            if not _AMONG.search(words) or not figure.is_count or _NOT_A_PART.search(words):
                continue
            whole = next((each for each in reversed(line.outer.before(figure.at, 3)) if each.unit == figure.unit), None)
            if whole is None or _NO_WHOLE.search(clause_words(whole.gap)):
                continue
            if "等" in line.outer.text[whole.at + 1 : figure.at]:
                continue  # 甲30人、乙20人等;其中…: the whole is none of the examples
            if direction(clause_words(whole.gap)) or direction(words):
                # 增加22人，其中增置30人，減列8人: a net change has parts above it.
                continue
            yield _held("part_of.among", figure, whole, SURE)


def _held(rule: str, part: Figure, whole: Figure, confidence: Decimal) -> Relation:
    low, high = stated(part.mention).low, stated(whole.mention).high
    holds = low is None or high is None or low <= high
    number = show(part.mention.value or 0)
    return Relation(
        "part_of",
        part.mention,
        (whole.mention,),
        ("+",),
        number,
        f"≤ {show(whole.mention.value or 0)}",
        holds,
        rule,
        None,
        confidence,
    )


def _steps(document: Document) -> Iterator[Relation]:
    """完訓96人，取得證照71人: two steps that follow each other, told of the same people."""
    for line in document.lines:
        figures = line.outer.figures
        for whole, part in pairwise(figures):
            if not (whole.unit == part.unit or whole.unit == _ATTENDANCES) or part.unit not in _COUNTED:
                continue
            told = re.split(r"[;,、]", part.gap)
            if len(told) != 2 or re.search(r"另|累計|合計|共計|較|占|分別|每|其中", part.gap):
                continue
            first, second = _step(line.outer.text, whole), _step_of(told[-1])
            if first is not None and second is not None and first < second:
                yield _held("part_of.steps", part, whole, LIKELY)


def _step(text: str, figure: Figure) -> int | None:
    """The step of a figure, by the words before it or right behind (16人完訓)."""
    before = _step_of(clause_words(figure.gap))
    return before if before is not None else _step_of(re.split(r"[,;]", text[figure.at + 1 : figure.at + 6])[0])


def _step_of(words: str) -> int | None:
    return next((number for number, step in enumerate(_STEPS) if step.search(words)), None)


def _share(document: Document) -> Iterator[Relation]:
    """Only a share above all of its whole is told: that others are not says nothing about them."""
    for line in document.lines:
        for figure in line.figures:
            value = figure.mention.value
            if figure.unit != "%" or value is None or value <= 100:
                continue
            if _SHARE.search(clause_words(figure.gap)) and not re.search(
                r"債|毛額|GDP|GNP|應進用|法定", line.clause(figure)
            ):
                yield Relation(
                    "part_of", figure.mention, (), (), show(value), "≤ 100", False, "part_of.share", None, SURE
                )


CHECKS = (
    Check("part_of.among", "a part that 其中 names against the figure before", _among),
    Check("part_of.steps", "who took a later step against who took the earlier one", _steps),
    Check("part_of.share", "a share of more than all", _share),
)
