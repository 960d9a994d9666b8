"""CUMULATIVE, PRIOR: two reports that count from one start must imply the same start, and what was added between them.

The running total of today less that of the report before is what was done in the time between, where the text tells that too;
and a level less its change since one day (較93年1月底減少656億元) is the level of that day, whichever report tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from ....model import Relation
from ..law import Sign, show
from .check import AcrossCheck
from .link import LIKELY, reach, relation, same_label, same_unit
from .panel import Panel
from .points import GROWS, Point
from .running import is_running

_FIRM = 0.6
"""How alike the words must be around figures that count one thing in two reports."""
_SINCE = re.compile(r"(?:較|比|自)$")
_FLOATING = re.compile(r"同期|[去上前]年|上[月季期]")
_RUN = re.compile(r"累[計積](?:增加|減少|成長)$")
_BASE = re.compile(r"(?:較|比)[^,;。]{0,16}$")
"""較97年12月底之2,917億元: the level that is compared with."""
_NEAR = 40


# --- running totals and what was added -----------------------------------------------------------------------------------


def _flows(panel: Panel, later: int) -> Iterator[Relation]:
    for total in panel.of_report.get(later, ()):
        if total.time is None or total.measures not in GROWS or not is_running(total):
            continue
        for report in panel.before.get(later, ()):
            before, alike = panel.partner(total, report)
            if before is None or alike < _FIRM or not is_running(before) or not same_unit(before, total):
                continue
            flow = _flow_of(panel, total, report)
            found = _added(before, total, *flow) if flow is not None else None
            if found is not None:
                yield found
            break


def _flow_of(panel: Panel, total: Point, report: int) -> tuple[Point, Point] | None:
    """What was added, as it stands before the total in its sentence, in both reports."""
    ahead = [each for each in panel.sentence_of(total) if each.mention.start < total.mention.start]
    flow = next((each for each in reversed(ahead) if same_unit(each, total) and each.kind == total.kind), None)
    parts = [each for each in ahead if each.kind == total.kind and each is not flow]
    if flow is not None and any(_makes_up(total, flow, each) for each in parts):
        return None  # the total of what stands before it: 投資案86件;增資案89件;累計175件
    if flow is None or flow.role != "actual" or is_running(flow) or not same_label(flow, total):
        return None
    before, alike = panel.partner(flow, report)
    if before is None or alike < _FIRM or before.role != "actual" or is_running(before):
        return None
    return before, flow


def _makes_up(total: Point, one: Point, other: Point) -> bool:
    return (reach(one.mention) + reach(other.mention)).meets(reach(total.mention))


def _added(before: Point, total: Point, flow_before: Point, flow: Point) -> Relation | None:
    """The later total is the earlier one and what was added since; or, of flows that begin with the year, both give one start."""
    if before.time is None or total.time is None or flow.time is None or flow_before.time is None:
        return None
    if not before.time.last < total.time.last or flow.time.last != total.time.last:
        return None
    follows = flow.time.first == before.time.last + timedelta(days=1)
    in_year = flow.time.first == flow_before.time.first and flow_before.time.last == before.time.last
    added = (reach(before.mention) + reach(flow.mention)).meets(reach(total.mention))
    start = reach(before.mention) - reach(flow_before.mention)
    one_start = (reach(total.mention) - reach(flow.mention)).meets(start)
    if not (follows or in_year):
        return None
    holds = (follows and added) or ((in_year or not flow.explicit) and one_start)
    by_start = in_year or (holds and not added)
    points, signs = ([before, flow, flow_before], "++-") if by_start else ([before, flow], "++")
    return _reckoned("series.flow", total, points, signs, holds)


def _reckoned(rule: str, result: Point, points: Sequence[Point], signs: str, holds: bool) -> Relation:
    ways: list[Sign] = ["+" if each == "+" else "-" for each in signs]
    values = [Fraction(each.mention.value or 0) for each in points]
    told = sum((value if sign == "+" else -value for value, sign in zip(values, ways, strict=True)), Fraction(0))
    return relation(rule, result.mention, [each.mention for each in points], ways, show(told), holds, LIKELY)


# --- the level of one day ------------------------------------------------------------------------------------------------


def _bases(panel: Panel, later: int) -> Iterator[Relation]:
    for change in panel.of_report.get(later, ()):
        if change.role != "delta" or change.fact.sign is None:
            continue
        level = _level_of(panel, change)
        for report in panel.before.get(later, ()) if level is not None else ():
            before, alike = panel.partner(change, report)
            if level is None or before is None or alike < _FIRM:
                continue
            level_before, _ = panel.partner(level, report)
            if level_before is None or level_before is not _level_of(panel, before):
                continue
            if before.fact.sign == change.fact.sign and _one_start(panel, before, change):
                yield _implied(level_before, level, before, change)
                break


def _level_of(panel: Panel, change: Point) -> Point | None:
    """The last level of its unit before a change in its sentence, else the first behind it."""
    told = (each for each in panel.beside(change) if each.role == "actual" and not _BASE.search(each.ahead))
    beside = [each for each in told if each.mention.unit == change.mention.unit]
    ahead = [each for each in beside if each.mention.start < change.mention.start]
    return ahead[-1] if ahead else next(iter(beside), None)


def _one_start(panel: Panel, before: Point, change: Point) -> bool:
    """Both are reckoned from one day that is named, or both are called what has run up."""
    if _RUN.search(before.ahead) and _RUN.search(change.ahead):
        return True
    starts = [_start(panel, point) for point in (before, change)]
    return starts[0] is not None and starts[0] == starts[1]


def _start(panel: Panel, point: Point) -> str | None:
    """The day from which a change is reckoned, where its date says so itself."""
    text = point.paragraph
    for date in panel.dates_before(point, 1):
        between = text[date.block_end : point.mention.block_start]
        compared = _SINCE.search(text[max(0, date.block_start - 1) : date.block_start])
        if compared and len(between) <= _NEAR and "。" not in between and not _FLOATING.search(date.text + between[:2]):
            return date.edtf
    return None


def _implied(level_before: Point, level: Point, before: Point, change: Point) -> Relation:
    """Level less change, in both reports."""
    rises = change.fact.sign == "+"
    sides = [
        reach(one.mention) - reach(moved.mention) if rises else reach(one.mention) + reach(moved.mention)
        for one, moved in ((level_before, before), (level, change))
    ]
    points = (level, before, level_before) if rises else (level_before, before, level)
    return _reckoned("series.base", change, points, "++-", sides[0].meets(sides[1]))


CHECKS = (
    AcrossCheck("series.flow", "a running total less the one before it against what was added between", _flows),
    AcrossCheck("series.base", "the level of one day, as level and change of two reports imply it", _bases),
)
