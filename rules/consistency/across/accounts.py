"""PLAN, RESTATED: last year's column of a budget against that year's own budget, account by account.

Budgets of one kind have one title, years aside, and name their accounts alike. Where nearly all accounts that two of them tell
of one year agree, the rest was restated; where they do not, the two are no budgets of one body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ....model import Extraction, Relation
from ..agreement import agreement_of
from ..times import Time
from .check import AcrossCheck
from .link import LIKELY, SURE, agree, same_unit, told_again
from .panel import Panel
from .points import Point
from .times import times_of

_ACCOUNT = "account"
_LEAST = 5
_SHARE = 0.6
"""So many of the accounts that two budgets tell of one year agree, if they are of one body: between the budgets of nine years
that were at hand 0.67 to 0.94 did."""
_YEARS = re.compile(
    r"(?:中華)?民國|(?:\d+|(?<![〇○零一二三四五六七八九十百])[〇○零一二三四五六七八九十百]+)年度?|\d+|經資門[併分]計|[\s()（）]"
)


class _Account(NamedTuple):
    """What a figure of a budget is of."""

    indicator: str
    category: str | None
    role: str
    kind: str
    time: Time


def _restated(panel: Panel, later: int) -> Iterator[Relation]:
    kinds, accounts = _budgets(panel)
    own = accounts.get(later)
    if not own:
        return
    for earlier in reversed(kinds[kind_of(panel.sources[later].extraction)]):
        if earlier >= later:
            continue
        pairs = [(accounts[earlier][key], own[key]) for key in own if key in accounts[earlier]]
        pairs = [pair for pair in pairs if same_unit(*pair)]
        equal = sum(agree(*pair) is not False for pair in pairs)
        if len(pairs) < _LEAST or equal < _SHARE * len(pairs):
            continue
        for first, second in pairs:
            law = agreement_of(first.state, second.state, times_of(first, second))
            if law is not None and law.law == "equal":
                target = first.role == "target"
                rule = "series.account" if target else law.rule
                holds = agree(first, second) or _is_rounded(first, second)
                yield told_again(rule, first, second, SURE if target else LIKELY, holds=holds)


def _is_rounded(first: Point, second: Point) -> bool:
    """They are one unit of the last place apart: thousands that are rounded anew do not add up to the same."""
    gap = abs(Fraction(first.mention.value or 0) - Fraction(second.mention.value or 0))
    return gap <= Fraction(first.mention.step or 1)


def kind_of(extraction: Extraction) -> str | None:
    """The title of a budget without its year; None for what is no budget."""
    budget = any(fact.by("indicator") == _ACCOUNT for fact in extraction.facts)
    return _YEARS.sub("", extraction.report.title) if budget else None


@lru_cache(maxsize=2)
def _budgets(panel: Panel) -> tuple[dict[str | None, list[int]], dict[int, dict[_Account, Point]]]:
    """The reports by the kind of budget that they are, and their accounts; a name that two figures have is nobody's."""
    found: defaultdict[int, dict[_Account, Point | None]] = defaultdict(dict)
    for point in panel.points:
        if point.fact.by("indicator") == _ACCOUNT and point.time is not None:
            key = _Account(point.fact.indicator, point.fact.category, point.role, point.kind, point.time)
            found[point.report][key] = None if key in found[point.report] else point
    accounts = {
        report: {key: point for key, point in told.items() if point is not None} for report, told in found.items()
    }
    kinds: defaultdict[str | None, list[int]] = defaultdict(list)
    for report in sorted(accounts):
        kinds[kind_of(panel.sources[report].extraction)].append(report)
    return kinds, accounts


CHECKS = (AcrossCheck("series.account", "last year's column of a budget held to that year's budget", _restated),)
