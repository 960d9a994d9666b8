"""How the times of two figures go together."""

from __future__ import annotations

from datetime import date
from enum import Enum

from ..agreement import Times
from ..times import Time
from .points import Point

_MONTH = 32


class Together(Enum):
    """Whether two figures can be of one time."""

    ONE = "one"
    """Of one time, or as of one day, or both of a time that is not told."""
    END = "end"
    """They end on one day, as of which one of them is told."""
    OPEN = "open"
    """Only one of them tells its time."""
    APART = "apart"


def together(first: Point, second: Point) -> Together:
    """Whether two figures are of one time: levels by their day, anything else by its whole span."""
    one, other = first.time, second.time
    if one is None or other is None:
        return Together.ONE if one is other else Together.OPEN
    if one == other or (one.last == other.last and _is_short(one) and _is_short(other)):
        return Together.ONE
    return Together.END if one.last == other.last and (_is_short(one) or _is_short(other)) else Together.APART


def times_of(first: Point, second: Point) -> Times | None:
    """One closed time, a part of a year and the year, a span from one day on; None where nothing follows."""
    one, other = first.time, second.time
    if first.role == second.role == "former":
        return "same"  # what a value was before it was changed stays what it was
    once = (first.finished and second.finished) or (first.is_goal and second.is_goal)
    if once and (one is other is None or not (first.explicit or second.explicit)):
        return "same"
    stage = first.occasion if first.occasion.startswith("第") else ""
    if stage and stage == second.occasion and not (first.explicit or second.explicit):
        return "stage"
    if one is None or other is None:
        lasts = first.state == second.state == "standard" or (first.built and second.built)
        return "same" if one is other and lasts else None
    if one == other:
        return "grown" if first.state == "running" else "same"
    if first.state == second.state == "plan" and one.first == other.first and one.first.year < one.last.year:
        return "same"  # a plan of years that was drawn out
    levels = "level" in (first.state, second.state) and _is_short(one) and _is_short(other)
    if levels and one.last == other.last:
        return "same"
    if one.last >= other.last:
        return None
    if one.first == other.first and not _is_short(one):
        return "since" if other.last.year > one.first.year else "grown"
    year = Time(date(other.last.year, 1, 1), date(other.last.year, 12, 31))
    flows = other.first == year.first or (second.state == "level" and not _is_short(one))
    return "grown" if year.first <= one.first and flows else None


def _is_short(time: Time) -> bool:
    return (time.last - time.first).days < _MONTH
