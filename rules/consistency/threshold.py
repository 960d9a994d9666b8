"""A goal said to be reached: 比率51.56%，已達33%之目標; 47.2%，高於四分之一之目標; 應進用60人，已進用75人，足額進用."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ...model import Relation
from .check import Check
from .context import Document, Figure
from .interval import Interval, exact, stated
from .quota import quotas
from .relation import show

_REACHED = re.compile(
    r"^[^,;。]{0,10},(?:且|並|均|皆|業|已|亦|遠|大幅)*(?P<verb>達成|達到|達|符合|逾|超過|超越|高於|優於|突破)[^,;。未]{0,16}$"
)
_GOAL = re.compile(r"^(?:以上)?(?:之|的)?(?:年度|政策|預定|既定)?(?:目標|標準|規定|門檻|要求)")
_ABOVE = frozenset({"逾", "超過", "超越", "高於", "突破"})
_CEILING = re.compile(r"不得?超過|不逾|未逾|不得?高於|(?<!不得)(?<!不)低於|上限|以內")
_FULL = re.compile(r"超額進用|足額進用|已足額|均足額")
_RATES = frozenset({"%", "ratio"})


def _goal(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        figures = line.outer.figures
        for actual, goal in pairwise(figures):
            claim = _REACHED.match(goal.gap)
            if claim is None or not _GOAL.match(line.outer.after(goal)) or not _alike(actual, goal):
                continue
            if _CEILING.search(goal.gap) or goal.mention.bound in ("at_most", "less_than"):
                yield _kept_below(actual, goal)
            else:
                yield _held("threshold.goal", actual, goal, strictly=claim["verb"] in _ABOVE)


def _alike(actual: Figure, goal: Figure) -> bool:
    return actual.unit == goal.unit or (actual.unit in _RATES and goal.unit in _RATES)


def _scaled(figure: Figure, *, norm: bool = False) -> Interval:
    interval = exact(figure.mention) if norm else stated(figure.mention)
    return interval.scaled(Fraction(100)) if figure.unit == "ratio" else interval


def _held(rule: str, actual: Figure, goal: Figure, *, strictly: bool = False) -> Relation:
    """Whether the figure can be what the claim says; ``≥`` for 達, ``>`` for 逾."""
    high, low = _scaled(actual).high, _scaled(goal, norm=True).low
    holds = high is None or low is None or (high > low if strictly else high >= low)
    sign = ">" if strictly else "≥"
    number, norm = show(actual.mention.value or 0), show(low if low is not None else 0)
    return Relation("threshold", actual.mention, (goal.mention,), ("+",), number, f"{sign} {norm}", holds, rule)


def _kept_below(actual: Figure, goal: Figure) -> Relation:
    """符合不超過75%之規定: the standard is the most that is allowed."""
    low, high = _scaled(actual).low, _scaled(goal, norm=True).high
    most = show(goal.mention.value or 0)
    number = show(actual.mention.value or 0)
    holds = low is None or high is None or low <= high
    return Relation("threshold", actual.mention, (goal.mention,), ("+",), number, f"≤ {most}", holds, "threshold.goal")


def _quota(document: Document) -> Iterator[Relation]:
    """應進用…已進用…超額進用: the quota is said to be met."""
    for line in document.lines:
        for quota in quotas(line.outer):
            figures = (quota.actual, *quota.behind)
            told = "".join(line.outer.after(figure) for figure in figures)
            full = _FULL.search(told)
            if full is not None and quota.actual.unit == quota.required.unit:
                strictly = full[0] == "超額進用"
                yield _held("threshold.quota", quota.actual, quota.required, strictly=strictly)


CHECKS = (
    Check("threshold.goal", "a goal that is said to be reached", _goal),
    Check("threshold.quota", "a quota that is said to be met", _quota),
)
