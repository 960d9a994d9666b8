"""RESTATED: one figure of one time, told in two reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ....model import Relation
from ..error_model import is_swap
from .check import AcrossCheck
from .link import HINT, agree, corrected, link, told_again
from .panel import Panel
from .points import Point, by_report

_ROLES = frozenset({"actual", "rate", "delta", "target"})


def _restated(panel: Panel) -> Iterator[Relation]:
    for points in panel.keyed():
        for told in _of_one_time(points).values():
            yield from _chain(list(by_report(told).values()))


def _of_one_time(points: list[Point]) -> dict[tuple[object, ...], list[Point]]:
    """The points by role, direction and time: a level by its day, anything else by its whole span."""
    found: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        time = point.time
        legal = point.role == "rule" and point.registered and point.explicit
        if (point.role in _ROLES or legal) and time is not None:
            span = time.last if point.nature == "level" else time
            found.setdefault((point.role, point.fact.sign, span), []).append(point)
    return found


def _chain(reports: list[list[Point]]) -> Iterator[Relation]:
    """Each report against the one before that tells the same."""
    for earlier, later in pairwise(reports):
        pairs = [(one, other) for one in earlier[:_MOST] for other in later[:_MOST] if link(one, other) is not None]
        agreeing = [pair for pair in pairs if agree(pair[0], pair[1])]
        # A report that gives two figures for one thing contradicts itself first; which of them counts is not known.
        single = _single(earlier) and _single(later)
        for one, other in agreeing[:1] or (pairs[:1] if single else []):
            confidence = link(one, other)
            assert confidence is not None
            if not agreeing and corrected(other):
                yield told_again("series.corrected", one, other, HINT, holds=False)
            else:
                slip = not agreeing and is_swap(one.mention, other.mention)
                yield told_again("series.slip" if slip else "series.restated", one, other, confidence)


_MOST = 4
"""Tellings of one thing that are looked at in each report."""


def _single(points: list[Point]) -> bool:
    return all(agree(points[0], other) for other in points[1:])


CHECKS = (AcrossCheck("series.restated", "one figure of one time in two reports", _restated),)
