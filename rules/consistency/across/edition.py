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
    for point in panel.of_report.get(later, ()) if panel.sources[later].spoken is not None else ():
        if point.role in ("rule", "actual") and point.registered and point.explicit and point.time is not None:
            told = [
                each
                for each in panel.on_that_day.get(point.key, ())
                if each.role == point.role and each.time == point.time
            ]
            nearest = [each for each in told if each.mention.report == told[-1].mention.report]
            if nearest and all(agree(nearest[0], each) for each in nearest):
                yield told_again("series.edition", nearest[0], point, _confidence(nearest[0], point))


_OWN = re.compile(r"所屬")


def _confidence(one: Point, other: Point) -> Decimal:
    """A quota of those who are told in both passages to be the government's own is one; of others it may be of more or fewer."""
    own = all(_OWN.search(point.paragraph[: point.mention.block_start]) for point in (one, other))
    return SURE if own and one.role == "rule" else LIKELY


CHECKS = (AcrossCheck("series.edition", "a well-known number that two offices tell in one edition", _editions),)
