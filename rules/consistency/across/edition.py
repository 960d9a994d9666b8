"""RESTATED: one number of one day, a quota or who meets it, told by two offices in one edition of their reports.

The well-known name is the key: it tells whose number it is, whichever office quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....model import Relation
from .check import AcrossCheck
from .link import LIKELY, SURE, agree, told_again
from .panel import Panel
from .points import Point


def _editions(panel: Panel, later: int) -> Iterator[Relation]:
    for point in panel.of_report.get(later, ()):
        if point.role in ("rule", "actual") and point.registered and point.explicit and point.time is not None:
            told = [each for each in panel.by_key[point.key] if _is_of_one_edition(panel, each, point)]
            nearest = [each for each in told if each.report == told[-1].report]
            if nearest and all(agree(nearest[0], each) for each in nearest):
                yield told_again("series.edition", nearest[0], point, _confidence(nearest[0], point))


_OWN = re.compile(r"所屬")


def _confidence(one: Point, other: Point) -> Decimal:
    """A quota of those who are told in both passages to be the government's own is one; of others it may be of more or fewer."""
    own = all(_OWN.search(point.paragraph[: point.mention.block_start]) for point in (one, other))
    return SURE if own and one.role == "rule" else LIKELY


def _is_of_one_edition(panel: Panel, one: Point, other: Point) -> bool:
    """Another report that speaks on the same day tells it of the same time."""
    spoken = panel.source(one).spoken
    same = one.report < other.report and spoken is not None and spoken == panel.source(other).spoken
    return same and one.role == other.role and one.time == other.time


CHECKS = (AcrossCheck("series.edition", "a well-known number that two offices tell in one edition", _editions),)
