"""Order: a part is not more than its whole, and a goal that is said to be reached is reached.

參訓96人，取得證照71人; 157家，其中60家; 占108.3%; 比率51.56%，已達33%之目標; 應進用60人，已進用75人，足額進用.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ...model import Relation
from .candidate import Candidate
from .cues import direction, says
from .figure import Document, Figure, Line
from .law import order_of, part_of, show

_AMONG = re.compile(r"其中[^,;。]{0,99}$")
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
_REACHED = re.compile(
    r"^[^,;。]{0,10},(?:且|並|均|皆|業|已|亦|遠|大幅)*(?P<verb>達成|達到|達|符合|逾|超過|超越|高於|優於|突破)[^,;。未]{0,16}$"
)
_ABOVE = frozenset({"逾", "超過", "超越", "高於", "突破"})
_CEILING = re.compile(r"不得?超過|不逾|未逾|不得?高於|(?<!不得)(?<!不)低於|上限|以內")
_FULL = re.compile(r"超額進用|足額進用|已足額|均足額")
_RATES = frozenset({"%", "ratio"})
_DAILY = re.compile(r"(?:每|各|單)(?:日|天|場|月|年|期)[^,;。]{0,10}$")


def find(document: Document) -> Iterator[Candidate]:
    """Parts and wholes, steps, shares above all, goals and quotas."""
    for paragraph in document.paragraphs:
        line = paragraph.outer
        yield from _among(line)
        yield from _steps(line)
        yield from _shares(paragraph.whole)
        yield from _goals(line)
        yield from _quotas(line)
        yield from _each_of_list(line)


def _among(line: Line) -> Iterator[Candidate]:
    for figure in line.figures:
        words = figure.before
        if not _AMONG.search(words) or not figure.is_count or _NOT_A_PART.search(words):
            continue
        whole = next((each for each in reversed(line.ahead(figure.at, 3)) if each.unit == figure.unit), None)
        if whole is None or _NO_WHOLE.search(whole.before) or "等" in line.text[whole.at + 1 : figure.at]:
            continue  # 甲30人、乙20人等;其中…: the whole is none of the examples
        if direction(whole.before) or direction(words):
            continue  # 增加22人，其中增置30人，減列8人: a net change has parts above it
        yield Candidate(part_of("part_of.among", figure.mention, whole.mention), frozenset())


def _steps(line: Line) -> Iterator[Candidate]:
    """完訓96人，取得證照71人: two steps that follow each other, told of the same people."""
    for whole, part in pairwise(line.figures):
        known = whole.unit == part.unit or whole.unit == _ATTENDANCES
        if not known or part.unit not in _PEOPLE | {_ATTENDANCES} or "。" in line.between(whole, part):
            continue
        told = re.split(r"[;,、]", part.gap)
        if len(told) != 2 or re.search(r"另|累計|合計|共計|較|占|分別|每|其中", part.gap):
            continue
        first, second = _step(whole), _step_of(told[-1])
        if first is not None and second is not None and first < second:
            yield Candidate(part_of("part_of.steps", part.mention, whole.mention), frozenset())


def _step(figure: Figure) -> int | None:
    """The step of a figure, by the words before it or right behind (16人完訓)."""
    before = _step_of(figure.before)
    return before if before is not None else _step_of(figure.behind[:5])


def _step_of(words: str) -> int | None:
    return next((number for number, step in enumerate(_STEPS) if step.search(words)), None)


def _shares(line: Line) -> Iterator[Candidate]:
    """Only a share above all of its whole is told: that others are not says nothing about them."""
    for figure in line.figures:
        value = figure.mention.value
        if figure.unit != "%" or value is None or value <= 100 or not _SHARE.search(figure.before):
            continue
        if not re.search(r"債|毛額|GDP|GNP|應進用|法定|分配|預算", figure.clause):
            relation = Relation(
                "part_of", figure.mention, (), (), show(value), "≤ 100", False, "part_of.share", None
            )  # fmt: skip
            yield Candidate(relation, frozenset())


def _goals(line: Line) -> Iterator[Candidate]:
    for actual, goal in pairwise(line.figures):
        claim = _REACHED.match(goal.gap)
        if claim is None or not says("goal.behind", goal.behind) or "。" in line.between(actual, goal):
            continue
        if actual.unit != goal.unit and not {actual.unit, goal.unit} <= _RATES:
            continue
        below = _CEILING.search(goal.gap) is not None or goal.mention.bound in ("at_most", "less_than")
        sign: Literal["≥", ">", "≤"] = "≤" if below else ">" if claim["verb"] in _ABOVE else "≥"
        yield Candidate(order_of("threshold.goal", actual.mention, goal.mention, sign), frozenset())


def _quotas(line: Line) -> Iterator[Candidate]:
    """應進用…已進用…超額進用: the quota is said to be met; and what lies above or below it."""
    for required, actual in pairwise(line.figures):
        if required.unit != actual.unit or not re.search(r"應(?:進用|聘)[^,;]{0,14}$", required.before):
            continue
        if re.search(r"較|超額|超出|不足|尚", required.before) or not re.search(
            r"(?:已|實際|現有|實)[^,;]*$", actual.gap
        ):
            continue
        told = line.text[actual.at : actual.at + 60].partition("。")[0]
        told = re.split(r"應進用", told)[0]
        full = _FULL.search(told)
        if full is not None:
            sign: Literal["≥", ">"] = ">" if full[0] == "超額進用" else "≥"
            yield Candidate(order_of("threshold.quota", actual.mention, required.mention, sign), frozenset())


def _each_of_list(line: Line) -> Iterator[Candidate]:
    """初二100.5萬、初三98.2萬，每日仍逾百萬人次: a bound told of every member, and the least of them."""
    for bound in line.figures:
        if bound.mention.bound not in ("more_than", "at_least") or not _DAILY.search(bound.clause):
            continue
        members: list[Figure] = []
        for figure in reversed(line.ahead(bound.at, 12)):
            if figure.unit != bound.unit or figure.mention.bound is not None:
                break
            members.append(figure)
        if len(members) < 3 or not re.search(r"每(?:日|天)(?:仍|均|皆|都|各)?有?(?:逾|超過|破|達)?", bound.clause):
            continue
        start = _from_member(line, bound, members)
        if start is None:
            continue
        least = min(members[: start + 1], key=lambda each: each.units)
        if least.units < bound.units:
            relation = part_of("same.each-day", least.mention, bound.mention)
            relation = Relation(
                "same", bound.mention, (least.mention,), ("+",), show(bound.mention.value or 0), show(least.mention.value or 0),
                False, "same.each-day",
            )  # fmt: skip
            yield Candidate(relation, frozenset())


def _from_member(line: Line, bound: Figure, members: list[Figure]) -> int | None:
    """The member from which on it is said (初二起每日…); all of them where none is named."""
    lead = line.text[members[0].at : bound.at]
    named = re.search(r"([^,;、。\ue000-\ue003]{1,4})起", lead)
    if named is None:
        return len(members) - 1
    return next((at for at, each in enumerate(members) if each.before.endswith(named[1])), None)
