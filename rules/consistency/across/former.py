"""FORMER: an old value quoted now (原18,000元) against what was reported then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ....model import Relation
from .check import AcrossCheck
from .link import HINT, LIKELY, SURE, agree, alike, told_again
from .panel import Panel
from .points import Point


def _former(panel: Panel) -> Iterator[Relation]:
    pairs = [(old, then) for points in panel.keyed() for old in points if (then := _reported_then(old, points))]
    # 單身者(原18,000元)、有眷者(原31,000元): where one of them agrees, the standard had not changed in between.
    borne_out = {(old.report, old.mention.block, then.report) for old, then in pairs if agree(old, then)}
    for old, then in pairs:
        beside = (old.report, old.mention.block, then.report) in borne_out
        yield told_again("series.former", then, old, _confidence(panel, old, then, beside))


def _reported_then(old: Point, points: list[Point]) -> Point | None:
    """The last figure in force that an earlier report gives."""
    if old.role != "former":
        return None
    level = old.role == "former" and old.time is not None
    earlier = [
        point
        for point in points
        if point.report < old.report
        and point.role == ("actual" if level else "rule")
        and (not level or (point.time is not None and old.time is not None and point.time.last <= old.time.last))
        and ((old.registered and point.registered) or old.fact.by("indicator") == "posts" or alike(old, point))
    ]
    return max(earlier, key=lambda point: (point.report, point.time.last if point.time else None)) if earlier else None


def _confidence(panel: Panel, old: Point, then: Point, beside: bool) -> Decimal:
    """Between the two reports the figure may have changed, unless its neighbour did not or no report is missing."""
    if beside:
        return SURE
    now, before = panel.source(old).time, panel.source(then).time
    return LIKELY if now is not None and before is not None and now.follows(before) else HINT


CHECKS = (AcrossCheck("series.former", "an old value quoted now against what was reported then", _former),)
