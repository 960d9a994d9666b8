"""RULE: a standard in force, quoted in two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ....model import Relation
from .check import AcrossCheck
from .link import HINT, LIKELY, SURE, agree, alike, told_again
from .panel import Panel
from .points import Point, by_report

_CHANGED = re.compile(
    r"(?:提高|提升|調高|調降|調整|調增|調減|修正|增加|增|縮短|延長|放寬|降低|減|改)(?:至|為|列)|調高|調降|原"
)

_LIKE = 0.6
_NEAR = 12
"""Words before a standard that may tell of its change."""


def _standard(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        quoted = [point for point in points if point.role == "rule"]
        reports = [told[0] for told in by_report(quoted).values() if _single(told)]
        formers = {point.report for point in points if point.role == "former"}
        for place, (earlier, later) in enumerate(pairwise(reports)):
            if not ((earlier.registered and later.registered) or alike(earlier, later)):
                continue
            if _apart(panel, earlier, later):
                continue
            if agree(earlier, later):
                yield told_again("series.standard", earlier, later, SURE)
            # A report that tells the old value, or that it was raised, tells of the change.
            elif later.report not in formers and not _CHANGED.search(later.before[-_NEAR:]) and _is_known(panel, earlier, later):  # fmt: skip
                after = reports[place + 2] if place + 2 < len(reports) else None
                yield told_again("series.standard", earlier, later, _confidence(panel, earlier, later, after))


def _is_known(panel: Panel, earlier: Point, later: Point) -> bool:
    """Its name tells which standard it is, or else the words around both: 獎金 of two awards are two."""
    return (earlier.registered and later.registered) or panel.likeness.of(earlier, later) >= _LIKE


def _single(points: list[Point]) -> bool:
    return all(agree(points[0], other) for other in points[1:])


def _apart(panel: Panel, earlier: Point, later: Point) -> bool:
    """They hold for two times, as far as they say, or else as of their reports: nothing follows from their values."""
    if earlier.time is None and later.time is None:
        return False
    before, now = earlier.time or panel.source(earlier).time, later.time or panel.source(later).time
    return before is None or now is None or not before.overlaps(now)


def _confidence(panel: Panel, earlier: Point, later: Point, after: Point | None) -> Decimal:
    """Standards change, and a report that quotes another one says so; one that does not will be asked."""
    if earlier.time is not None and later.time is not None:
        return SURE if earlier.time == later.time else LIKELY
    return HINT if earlier.time is not None or later.time is not None else LIKELY


CHECKS = (AcrossCheck("series.standard", "a standard in force, quoted in two reports", _standard),)
