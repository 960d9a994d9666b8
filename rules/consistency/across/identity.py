"""Whether two figures of two reports are one thing that must be told alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from ....model import Relation
from ..agreement import Agreement, agreement_of
from ..times import Time, time_of
from .link import LIKELY, SURE, alike
from .panel import Panel
from .points import Point
from .times import times_of


def law_of(panel: Panel, earlier: Point, later: Point) -> Agreement | None:
    """The law by which both must be equal: what both claim says so, and nothing tells them apart."""
    if _rivalled(panel, earlier, later) or _rivalled(panel, later, earlier):
        return None
    if not _edited_copies(panel, earlier, later) and not _known(earlier, later):
        return None
    if not dated_alike(panel, earlier, later):
        return None
    law = agreement_of(earlier.state, later.state, times_of(earlier, later))
    return law if law is not None and law.law == "equal" else None


def dated_alike(panel: Panel, one: Point, other: Point) -> bool:
    """The dates right before both figures in their sentences mean one time, and so do the days up to which they count."""
    if not (_timed(panel, one) and _timed(panel, other)):
        return False
    if _since_founding(panel, one) or _since_founding(panel, other):
        return False
    pairs = zip(_dates_of(panel, one), _dates_of(panel, other), strict=True)
    return all(first is None or second is None or first == second for first, second in pairs)


_FOUNDED = re.compile(r"年?度?[^,;。]{0,3}(?:啟用|成立|創立|設立|開站|開館|啟動|開工)")


def _since_founding(panel: Panel, point: Point) -> bool:
    """The date right before a figure is the day on which something began: what is told of it is as of now."""
    text = panel.source(point).extraction.report.blocks[point.mention.block].text
    dates = panel.dates_before(point, 1)
    return bool(dates) and _FOUNDED.match(text[dates[0].block_end : point.mention.block_start]) is not None


def _timed(panel: Panel, point: Point) -> bool:
    """Its own sentence tells its time, or it needs none: the rates and levels of a paragraph are of many times."""
    block = panel.source(point).extraction.report.blocks[point.mention.block]
    return point.explicit or (point.role != "rate" and point.state != "level") or block.kind == "table"


def _dates_of(panel: Panel, point: Point) -> tuple[Time | None, Time | None]:
    """The date right before a figure in its sentence, and the last one there behind 截至."""
    block = panel.source(point).extraction.report.blocks[point.mention.block]
    if block.kind == "table":
        return None, None
    text = block.text
    near = [
        date
        for date in panel.dates_before(point, _DATES)
        if "。" not in text[date.block_end : point.mention.block_start]
    ]
    up_to = [date for date in near if text[: date.block_start].endswith(("截至", "迄", "至"))]
    return (time_of(near[0].edtf) if near else None, time_of(up_to[0].edtf) if up_to else None)


_DATES = 4


def may_be_one(panel: Panel, relation: Relation) -> bool:
    """No two of its figures are told apart: none has another one in its place, none is a forecast."""
    figures = (relation.result, *relation.terms)
    points = [
        panel.by_start[at] for each in figures if (at := (panel.place[each.report], each.start)) in panel.by_start
    ]
    if relation.rule != "series.power" and any(point.state == "forecast" for point in points):
        return False
    if relation.rule == "series.cumulative" and _of_years(points):
        return False
    if relation.rule == "series.former" and any(point.state in ("running", "plan") for point in points):
        return False
    for one, other in combinations(points, 2):
        if one.report == other.report:
            continue
        if not _edited_copies(panel, one, other) and not _known(one, other):
            return False
        if _elsewhere(panel, one, other) or _elsewhere(panel, other, one):
            return False
    return True


def _of_years(points: Sequence[Point]) -> bool:
    """One of them is counted in a year, the other up to a day of another year."""
    times = [point.time for point in points if point.time is not None]
    return any(time.is_year and other.last.year != time.last.year for time in times for other in times)


def dated_as_read(panel: Panel, point: Point) -> bool:
    """The date right before a figure in its sentence ends where its time ends; or there is none."""
    near, _ = _dates_of(panel, point)
    return near is None or point.time is None or near.last == point.time.last


def _elsewhere(panel: Panel, one: Point, other: Point) -> bool:
    """The passage of one became another passage than that of the other."""
    rival, _ = panel.partner(one, other.report)
    if rival is None or rival.mention.block == other.mention.block or _is_told_of_its_time(one, other, rival):
        return False
    return other.mention.block not in panel.passages[one.report, one.mention.block, other.report]


def _is_told_of_its_time(one: Point, other: Point, rival: Point) -> bool:
    """Last time's sentence stands there with this time's figure, and a sentence of the same words tells the old one again."""
    same = one.time is not None and one.time == other.time and one.explicit and other.explicit
    return same and rival.explicit and rival.time != one.time and alike(one, other)


def of_two_offices(panel: Panel, relation: Relation, earlier: Point, later: Point) -> Relation:
    """What two offices tell differently is a question; a legal number in one edition has one value."""
    spoken = [panel.source(point).spoken for point in (earlier, later)]
    legal = earlier.role == later.role == "rule" and earlier.registered and later.registered
    if legal and spoken[0] is not None and spoken[0] == spoken[1]:
        return replace(relation, rule="series.edition", confidence=SURE)
    return replace(relation, confidence=min(relation.confidence, LIKELY))


def _known(one: Point, other: Point) -> bool:
    """A well-known indicator of one body, or the same words."""
    named = one.registered and other.registered and one.explicit and other.explicit and one.key == other.key
    return named or alike(one, other)


def _edited_copies(panel: Panel, one: Point, other: Point) -> bool:
    """One report was edited from the other, and nothing else took the place of the passage."""
    first, second = sorted((one.report, other.report))
    return (first, second) in panel.alignments


def _rivalled(panel: Panel, one: Point, other: Point) -> bool:
    """Another figure of the other report stands in its place, of its time, or in another passage than the other does."""
    rival, _ = panel.partner(one, other.report)
    if rival is None or rival is other:
        return False
    return _elsewhere(panel, one, other) or (
        rival.mention.block == other.mention.block and rival.time == one.time and rival.role == one.role
    )
