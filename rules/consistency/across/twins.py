"""The figures of a panel by value, and whether a value is told elsewhere: what tells a slip from another thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from ..error_model import masks, written
from .norms import is_changed
from .panel import Panel
from .points import Point

Index = dict[tuple[str, object], list[Point]]


def digits_of(point: Point) -> str:
    """The digits of a figure, all of a whole number (3萬 is 30000); empty where a bound leaves them open."""
    mention = point.mention
    if mention.value is None or mention.bound in ("more_than", "less_than", "about"):
        return ""
    value = Fraction(mention.value)
    return str(abs(value.numerator)) if value.denominator == 1 and (mention.step or 1) >= 1 else written(mention)


def indexed(panel: Panel) -> tuple[Index, Index]:
    """The figures by value, and by their digits with one of them left open."""
    by_value: Index = defaultdict(list)
    by_slip: Index = defaultdict(list)
    for point in panel.points:
        digits = digits_of(point)
        if digits:
            by_value[point.kind, point.mention.value].append(point)
            for mask in masks(digits):
                by_slip[point.kind, mask].append(point)
    return by_value, by_slip


def shared(panel: Panel, first: Point, second: Point) -> int:
    """How many of the figures beside one of them stand beside the other, too: 獎狀1幀、獎金5萬元、公假5天."""
    one, other = (Counter((each.kind, each.mention.value) for each in panel.beside(point)) for point in (first, second))
    return sum((one & other).values())


def is_announced(panel: Panel, known: Index, earlier: Point, later: Point) -> bool:
    """One of the reports tells the old value as such right beside the new one: 原10,000元, 由10,000元調整為12,000元.

    Or one that lies between them tells, in the passage that the later figure's own was before, that it was changed to this value.
    """
    formers = (
        each
        for each in known.get((earlier.kind, earlier.mention.value), ())
        if earlier.report <= each.report <= later.report and (each is not earlier or each.role != "former")
    )
    told = any(
        (each.role == "former" or is_changed(beside.before))
        for each in formers
        for beside in panel.beside(each)
        if beside.kind == later.kind and beside.mention.value == later.mention.value
    )
    return told or any(
        is_changed(each.before) and each.mention.block in panel.passages[later.report, later.mention.block, each.report]
        for each in known.get((later.kind, later.mention.value), ())
        if earlier.report < each.report < later.report
    )


def stand_beside_one(panel: Panel, first: Point, second: Point) -> bool:
    """The figure right before both, or right behind both, is the same."""
    sides = [_neighbours(panel, point) for point in (first, second)]
    return any(one is not None and one == other for one, other in zip(*sides, strict=True))


def _neighbours(panel: Panel, point: Point) -> list[tuple[str, object] | None]:
    beside = panel.beside(point)
    before = max((each for each in beside if each.mention.start < point.mention.start), key=_place, default=None)
    behind = min((each for each in beside if each.mention.start > point.mention.start), key=_place, default=None)
    return [None if each is None else (each.kind, each.mention.value) for each in (before, behind)]


def _place(point: Point) -> int:
    return point.mention.start


def told_elsewhere(panel: Panel, known: Index, earlier: Point, later: Point) -> bool:
    """The other report tells one of the values, too, of what resembles it about as much: then these are two things.

    Where the words and a figure beside are the same, both values must be: a thing told twice may be wrong in one place.
    """
    alike, beside = panel.likeness.of(earlier, later), shared(panel, earlier, later)
    least = max(_TWIN, alike * _AS_MUCH)
    twins = [_has_twin(panel, known, *pair, least, beside) for pair in ((earlier, later), (later, earlier))]
    # A report may quote last year's goal beside its own.
    moving = "target" in (earlier.role, later.role) and earlier.time != later.time
    return all(twins) if beside and alike >= _SAME_WORDS and not moving else any(twins)


def _has_twin(panel: Panel, known: Index, one: Point, other: Point, least: float, beside: int) -> bool:
    """The report of the other one tells the value of the first."""
    twins = (each for each in known.get((one.kind, one.mention.value), ()) if each.report == other.report)
    alike = (each for each in twins if panel.likeness.of(one, each) >= least)
    return any(not beside or shared(panel, one, each) >= beside for each in alike)


_TWIN, _AS_MUCH, _SAME_WORDS = 0.06, 0.7, 0.6
