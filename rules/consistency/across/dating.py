"""Whether the dates in the sentences of two figures bear out that both are of one time."""

from __future__ import annotations

import re

from ....model import Mention
from ..times import Time, time_of
from .panel import Panel
from .points import Point

_FOUNDED = re.compile(r"年?度?[^,;。]{0,3}(?:啟用|成立|創立|設立|開站|開館|啟動|開工)")
_COMPARED = re.compile(r"[較比]$")
_UP_TO = ("截至", "迄", "至")
_DATES = 4


def dated_alike(panel: Panel, one: Point, other: Point) -> bool:
    """The dates right before both figures in their sentences mean one time, and so do the days up to which they count."""
    if not (_timed(panel, one) and _timed(panel, other)):
        return False
    if _since_founding(panel, one) or _since_founding(panel, other):
        return False
    if one.fact.sign is not None and not panel.is_cell(one):
        # Of a change the base is told as well: 98年1月至10月較歷史最高(87年)減少, and all must be one.
        told, again = ([each.edtf for each in _near(panel, point)] for point in (one, other))
        if told != again:
            return False
    if one.time is not None and one.time == other.time and all(_is_told_beside(panel, point) for point in (one, other)):
        return True
    pairs = zip(_dates_of(panel, one), _dates_of(panel, other), strict=True)
    return all(first is None or second is None or first == second for first, second in pairs)


def _is_told_beside(panel: Panel, point: Point) -> bool:
    """The time of a figure is the date that stands right before it as its base (較97年度74.2%); of a plan, any of its sentence."""
    dates = _near(panel, point)
    if point.state != "plan":
        dates = [date for date in dates[:1] if _COMPARED.search(point.paragraph[: date.block_start])]
    return point.time in [time_of(date.edtf) for date in dates]


def dated_as_read(panel: Panel, point: Point) -> bool:
    """The date right before a figure in its sentence ends where its time ends; or there is none."""
    near, _ = _dates_of(panel, point)
    return near is None or point.time is None or near.last == point.time.last


def _since_founding(panel: Panel, point: Point) -> bool:
    """The date right before a figure is the day on which something began: what is told of it is as of now."""
    dates = panel.dates_before(point, 1)
    return bool(dates) and _FOUNDED.match(point.paragraph[dates[0].block_end : point.mention.block_start]) is not None


def _timed(panel: Panel, point: Point) -> bool:
    """Its own sentence tells its time, or it needs none: the rates and levels of a paragraph are of many times."""
    return point.explicit or (point.role != "rate" and point.state != "level") or panel.is_cell(point)


def _dates_of(panel: Panel, point: Point) -> tuple[Time | None, Time | None]:
    """The date right before a figure in its sentence, and the last one there behind 截至."""
    if panel.is_cell(point):
        return None, None
    near = _near(panel, point)
    up_to = [date for date in near if point.paragraph[: date.block_start].endswith(_UP_TO)]
    return (time_of(near[0].edtf) if near else None, time_of(up_to[0].edtf) if up_to else None)


def _near(panel: Panel, point: Point) -> list[Mention]:
    """The dates of its sentence that stand before a figure, the nearest first."""
    return [
        date
        for date in panel.dates_before(point, _DATES)
        if "。" not in point.paragraph[date.block_end : point.mention.block_start]
    ]
