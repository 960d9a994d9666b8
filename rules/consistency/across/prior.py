"""PRIOR: 較111年同期增加54人 against what the report on that time said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....model import Relation
from ..relation import Sign, show
from .check import AcrossCheck
from .link import LIKELY, SURE, reach, relation
from .panel import Panel, Point
from .times import Time, time_of

_COMPARED = re.compile(r"(?:相較|較之|較|比)於?(?:前)?$")
_REACH = 40
"""Characters between the time that is compared with and the change: 較112年同期增加145人(公務人員增31人、…)."""
_WELL = Decimal("0.8")


def _prior(panel: Panel) -> Iterator[Relation]:
    for points in panel.by_key.values():
        reported = {
            (point.time, point.report): point
            for point in points
            if point.role == "actual" and point.time is not None and point.fact.confidence >= _WELL
        }
        then: dict[Time, list[Point]] = {}
        for (time, _), point in reported.items():
            then.setdefault(time, []).append(point)
        for change in points:
            if change.role != "delta" or change.fact.sign is None or change.time is None:
                continue
            level = reported.get((change.time, change.report))
            since = _compared_with(panel, change)
            if level is None or since is None or level.mention.block != change.mention.block:
                continue
            past = [point for point in then.get(since, ()) if point.report != change.report]
            if len({point.mention.value for point in past}) == 1:
                yield _difference(change, level, past[0])


def _difference(change: Point, level: Point, past: Point) -> Relation:
    more: list[Sign] = ["+", "-"]
    pair = [level.mention, past.mention] if change.fact.sign == "+" else [past.mention, level.mention]
    known = (change.registered and past.registered) and past.explicit
    holds = (reach(pair[0]) - reach(pair[1])).meets(reach(change.mention))
    computed = show((pair[0].value or 0) - (pair[1].value or 0))  # type: ignore[operator]
    return relation("series.prior", change.mention, pair, more, computed, holds, SURE if known else LIKELY)


def _compared_with(panel: Panel, change: Point) -> Time | None:
    """The time that a change is reckoned from: that of the date behind 較 that stands before it."""
    mention = change.mention
    text = panel.source(change).extraction.report.blocks[mention.block].text
    for date in panel.dates_before(change):
        between = text[date.block_end : mention.block_start]
        near = len(between) <= _REACH and not re.search("[。;]", between)
        if near and _COMPARED.search(text[max(0, date.block_start - 4) : date.block_start]):
            return _same_part(time_of(date.edtf), change.time, "同期" in date.text + between[:2])
    return None


def _same_part(since: Time | None, now: Time | None, same: bool) -> Time | None:
    """The earlier time, as long as the present one: 同期 of a half is the half of that year."""
    if since is None or now is None:
        return None
    if since.last - since.first == now.last - now.first or not same:
        return since if _as_long(since, now) else None
    try:
        return Time(now.first.replace(year=since.first.year), now.last.replace(year=since.first.year))
    except ValueError:  # 29 February
        return None


def _as_long(since: Time, now: Time) -> bool:
    return abs((since.last - since.first).days - (now.last - now.first).days) <= 3


CHECKS = (AcrossCheck("series.prior", "a change since an earlier time against what was reported of it", _prior),)
