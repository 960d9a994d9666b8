"""Order: a part is not more than its whole, and a goal that is said to be reached is reached.

參訓96人，取得證照71人; 157家，其中60家; 占108.3%; 比率51.56%，已達33%之目標; 應進用60人，已進用75人，足額進用.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal

from ...model import Relation
from .candidate import Candidate
from .cues import direction, says
from .figure import Document, Figure, Line
from .law import order_of, part_of, show

_STEPS = ("step.applied", "step.admitted", "step.attended", "step.finished", "step.passed")
"""Steps of one way, the later of which nobody takes who has not taken the earlier one."""
_PEOPLE = frozenset({"人", "名", "位", "員", "人次"})
_RATES = frozenset({"%", "ratio"})
_REACH = 60
"""Characters behind a number in which the text may say that a quota is met."""


def find(document: Document) -> Iterator[Candidate]:
    """Parts and wholes, steps, shares above all, goals and quotas."""
    for paragraph in document.paragraphs:
        line = paragraph.outer
        relations = (
            *_among(line),
            *_steps(line),
            *_shares(paragraph.whole),
            *_goals(line),
            *_quotas(line),
            *_each_of_list(line),
        )
        yield from (Candidate(relation, frozenset()) for relation in relations)


def _among(line: Line) -> Iterator[Relation]:
    for figure in line.figures:
        if figure.is_count and figure.has("part.among"):
            whole = next((each for each in reversed(line.ahead(figure.at, 3)) if each.unit == figure.unit), None)
            if whole is None or whole.has("whole.never") or "等" in line.between(whole, figure):
                continue  # 甲30人、乙20人等;其中…: the whole is none of the examples
            if not direction(whole.before) and not direction(figure.before):
                # 增加22人，其中增置30人，減列8人: a net change has parts above it
                yield part_of("part_of.among", figure.mention, whole.mention)


def _steps(line: Line) -> Iterator[Relation]:
    """完訓96人，取得證照71人: two steps that follow each other, told of the same people."""
    for whole, part in pairwise(line.figures):
        known = whole.unit == part.unit or whole.unit == "人次"
        told = re.split(r"[;,、]", part.gap)
        if known and part.unit in _PEOPLE and len(told) == 2 and not part.has("step.never"):
            before = _step(whole.before)
            first, second = before if before is not None else _step(whole.behind[:5]), _step(told[-1])
            if first is not None and second is not None and first < second and "。" not in line.between(whole, part):
                yield part_of("part_of.steps", part.mention, whole.mention)


def _step(words: str) -> int | None:
    return next((number for number, step in enumerate(_STEPS) if says(step, words)), None)


def _shares(line: Line) -> Iterator[Relation]:
    """Only a share above all of its whole is told: that others are not says nothing about them."""
    for figure in line.figures:
        value = figure.mention.value
        above = figure.unit == "%" and value is not None and value > 100
        if value is not None and above and figure.has("share.of-all") and not says("share.beyond-all", figure.clause):
            yield Relation("part_of", figure.mention, (), (), show(value), "≤ 100", False, "part_of.share")


def _goals(line: Line) -> Iterator[Relation]:
    for actual, goal in pairwise(line.figures):
        alike = actual.unit == goal.unit or {actual.unit, goal.unit} <= _RATES
        if alike and goal.has("goal.reached") and goal.has("goal.behind") and "。" not in line.between(actual, goal):
            below = goal.has("goal.ceiling") or goal.mention.bound in ("at_most", "less_than")
            sign: Literal["≥", ">", "≤"] = "≤" if below else ">" if goal.has("goal.exceeded") else "≥"
            yield order_of("threshold.goal", actual.mention, goal.mention, sign)


def _quotas(line: Line) -> Iterator[Relation]:
    """應進用…已進用…超額進用: the quota is said to be met; and what lies above or below it."""
    for required, actual in pairwise(line.figures):
        if required.unit == actual.unit and required.has("quota.required") and actual.has("quota.actual"):
            told = re.split(r"。|應進用", line.text[actual.at : actual.at + _REACH])[0]
            if says("quota.met", told):
                sign: Literal["≥", ">"] = ">" if says("quota.exceeded", told) else "≥"
                yield order_of("threshold.quota", actual.mention, required.mention, sign)


def _each_of_list(line: Line) -> Iterator[Relation]:
    """初二100.5萬、初三98.2萬，每日仍逾百萬人次: a bound told of every member, and the least of them."""
    for bound in line.figures:
        if bound.mention.bound in ("more_than", "at_least") and says("bound.daily", bound.clause):
            near = reversed(line.ahead(bound.at, 12))
            members = list(takewhile(lambda each: each.unit == bound.unit and each.mention.bound is None, near))  # noqa: B023
            start = _from_member(line, bound, members) if len(members) > 2 else None
            least = min(members[: start + 1], key=lambda each: each.units) if start is not None else bound
            if least.units < bound.units:
                told, computed = (show(each.mention.value or 0) for each in (bound, least))
                yield Relation("same", bound.mention, (least.mention,), ("+",), told, computed, False, "same.each-day")


def _from_member(line: Line, bound: Figure, members: Sequence[Figure]) -> int | None:
    """The member from which on it is said (初二起每日…); all of them where none is named."""
    lead = line.text[members[0].at : bound.at]
    named = re.search(r"([^,;、。\ue000-\ue003]{1,4})起", lead)
    if named is None:
        return len(members) - 1
    return next((at for at, each in enumerate(members) if each.before.endswith(named[1])), None)
