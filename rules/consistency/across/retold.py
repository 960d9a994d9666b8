"""RESTATED, RULE, FORMER: a figure that another report tells again, known by the words around both.

Clerks change and so do the words; what stays are the rare ones. Where a figure of the same time and unit in the other
report has the same value, the two are one. Where none has, and one that is told in much the same words differs in a
single digit, one of them is a slip of the pen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from itertools import islice

from ....model import Relation
from ..error_model import masks
from ..times import Time
from .check import AcrossCheck
from .link import LIKELY, SURE, agree, other_occasions, told_again
from .norms import is_changed, is_norm
from .panel import Panel
from .points import Point
from .twins import Index, digits_of, indexed, shared, stand_beside_one, told_elsewhere

_RANKS = 3
"""So many figures of both reports together may be told in words that fit better."""
_PLAIN = 0.5
"""From this likeness on two figures of one time are one without doubt."""


class Tie(IntEnum):
    """How the times and roles of two figures go together."""

    NONE = 0
    OPEN = 1
    """Their times differ, and one of them is only that of its report."""
    NORM = 2
    """Standards and amounts per head, which last."""
    LOOSE = 3
    """Their times end on one day."""
    SAME = 4


_EQUAL = {
    Tie.SAME: (0.35, 0.22, 0.12, 0.08),
    Tie.LOOSE: (0.4, 0.28, 0.18, 0.1),
    Tie.NORM: (0.35, 0.22, 0.15, 0.12),
    Tie.OPEN: (0.8, 0.6, 0.4, 0.25),
}
"""How alike the words around equal figures must be, of one, two, three and more telling digits."""
_FAR_MORE = 1.6
_NEVER = 99.0
_SLIP = {
    Tie.SAME: (0.6, 0.25, 0.18, 0.1),
    Tie.LOOSE: (0.55, 0.4, 0.3, 0.25),
    Tie.NORM: (0.5, 0.4, 0.35, 0.35),
    Tie.OPEN: (_NEVER, _NEVER, _NEVER, 0.3),
}
"""And around figures that differ in a digit."""
_NONE_KNOWN = 0.25
"""Equal figures of so many digits that it is no chance, whatever their times are taken for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that may be one."""

    earlier: Point
    later: Point
    alike: float
    tie: Tie
    timed: bool
    """Their own sentences say that they are of one time."""


def _retold(panel: Panel) -> Iterator[Relation]:
    by_value, by_slip = indexed(panel)
    for later in panel.points:
        digits = digits_of(later)
        if not digits:
            continue
        reports = panel.near[later.report]
        equal = _by_report(by_value[later.kind, later.mention.value], later, reports)
        near = _by_report([each for mask in masks(digits) for each in by_slip[later.kind, mask]], later, reports)
        for report in sorted({*equal, *near}, reverse=True):
            relation = _of_report(panel, by_value, equal.get(report, []), near.get(report, []), later)
            if relation is not None:
                yield relation
                break


def _of_report(
    panel: Panel, known: Index, equal: Sequence[Point], near: Sequence[Point], later: Point
) -> Relation | None:
    """What a report tells of the figure: its value, or one that a digit parts from it and that is told far more alike."""
    same, slip = _equal(panel, equal, later), _slipped(panel, known, near, later)
    if same is None or slip is None:
        return same or slip
    likest = (max(panel.likeness.of(later, each) for each in points) for points in (equal, near))
    as_told, otherwise = likest
    return slip if otherwise > as_told * _FAR_MORE else same


def _by_report(points: list[Point], later: Point, reports: frozenset[int]) -> dict[int, list[Point]]:
    found: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if (
            point.report < later.report
            and point.report in reports
            and _one_step(point, later)
            and _government(point) == _government(later)
        ):
            found[point.report].append(point)
    return found


def _one_step(first: Point, second: Point) -> bool:
    """Both whole, or written to the same place: 45 of 45% is no slip of 4.5%."""
    one, other = (min(point.mention.step or 1, 1) for point in (first, second))
    return first.mention.value == second.mention.value or one == other


def _government(point: Point) -> str:
    return point.key.body[:6]


def tie_of(earlier: Point, later: Point) -> Tie:
    """Whether two figures may be one, by their roles and times; an old value is one of whatever time went before."""
    if "former" in (earlier.role, later.role):
        return Tie.SAME if later.role == "former" and earlier.role != "delta" else Tie.NONE
    if (earlier.role == "delta") != (later.role == "delta"):
        return Tie.NONE
    if other_occasions(earlier, later):
        return Tie.NONE
    first, second = earlier.time, later.time
    if first is None or second is None:
        if first is None and second is None:
            return Tie.SAME
        return Tie.NORM if is_norm(earlier) and is_norm(later) else Tie.OPEN
    if first == second or (first.last == second.last and _is_level(earlier) and _is_level(later)):
        return Tie.SAME
    ends = first.last == second.last and (_is_level(earlier) or _is_level(later))
    if ends or _within(first, second) or _within(second, first):
        return Tie.LOOSE
    if is_norm(earlier) and is_norm(later) and not _of_two_years(earlier, later):
        return Tie.NORM
    return Tie.NONE if earlier.explicit and later.explicit else Tie.OPEN


def _of_two_years(earlier: Point, later: Point) -> bool:
    """Goals of two years that say so: they are set anew."""
    return "target" in (earlier.role, later.role) and earlier.explicit and later.explicit


def _within(day: Time, span: Time) -> bool:
    """A day of a span: 自109年1月1日起, in a plan for 109."""
    return day.first == day.last and span.first <= day.first <= span.last


def _is_level(point: Point) -> bool:
    """As of a day or a month: what is counted over months has another span."""
    return point.time is not None and (point.time.last - point.time.first).days < 32


def _equal(panel: Panel, candidates: Sequence[Point], later: Point) -> Relation | None:
    """The figure of the same value that is told in the likest words."""
    found = _best(panel, candidates, later)
    if found is None:
        return None
    digits = _telling_digits(later)
    if found.tie is Tie.NONE:
        known = digits > 3 and found.alike >= _NONE_KNOWN and later.role == found.earlier.role
        return _relation(found, LIKELY) if known else None
    if found.alike < _EQUAL[found.tie][min(digits, 4) - 1] * _eased(panel, found):
        return None
    if digits <= 3 and _ranks(panel, found) > 2 * _RANKS:
        return None
    return _relation(found, SURE if found.timed else LIKELY)


def _slipped(panel: Panel, known: Index, candidates: Sequence[Point], later: Point) -> Relation | None:
    """The figure that differs in one digit and is told in the likest words, unless either is told elsewhere."""
    found = _best(panel, [each for each in candidates if tie_of(each, later) in _SLIP], later)
    if found is None or later.fact.sign is not None or _all_around_moved(panel, found):
        return None
    if "target" in (found.earlier.role, later.role) and found.earlier.time != later.time:
        return None  # goals are set anew
    if _is_planned(found.earlier) != _is_planned(later):
        return None  # a plan and what came of it
    if told_elsewhere(panel, known, found.earlier, found.later):
        return None
    if found.tie is Tie.OPEN and (_own_times(found) or not stand_beside_one(panel, found.earlier, later)):
        return None  # last year's sentence with this year's figures
    if found.tie is Tie.LOOSE and not _end_together(found):
        return None  # one session of several
    digits = _telling_digits(later)
    if found.alike < _SLIP[found.tie][min(digits, 4) - 1] * _eased(panel, found):
        return None
    if _ranks(panel, found) > _most_ranks(panel, found, digits):
        return None
    if is_norm(later) and (is_changed(later.before) or _is_revised(panel, later)):
        return None
    plain = found.timed and found.alike >= _PLAIN and digits > 2 and not _ranks(panel, found)
    return _relation(found, SURE if plain else LIKELY)


def _most_ranks(panel: Panel, pair: Pair, digits: int) -> int:
    """How many figures may be told in words that fit better."""
    if shared(panel, pair.earlier, pair.later) >= _IDENTIFIED:
        return 2 * _RANKS
    return _RANKS if pair.tie is Tie.SAME and (digits > 1 or pair.alike >= _PLAIN) else 1


def _is_revised(panel: Panel, point: Point) -> bool:
    """Its old value stands right behind it, 1.35%(原1.60%): what was told before is no longer in force."""
    behind = (each for each in panel.beside(point) if each.mention.start > point.mention.start)
    return any(each.role == "former" for each in islice(behind, 1))


_IDENTIFIED = 2
"""So many of the figures beside being the same identify a figure, too."""


def _end_together(pair: Pair) -> bool:
    first, second = pair.earlier.time, pair.later.time
    return first is not None and second is not None and first.last == second.last


def _own_times(pair: Pair) -> bool:
    """Both are only of the times of their reports, and these differ."""
    earlier, later = pair.earlier, pair.later
    return not (earlier.explicit or later.explicit) and None not in (earlier.time, later.time)


def _is_planned(point: Point) -> bool:
    """Told as a plan by its own words, not only by the report's."""
    return point.role == "target" and not point.fact.by("role").startswith("plan.document")


_EASED = (1.0, 0.7, 0.45)
"""What is left of the likeness that is asked for, where none, one or more of the figures beside are the same."""


def _eased(panel: Panel, pair: Pair) -> float:
    return _EASED[min(shared(panel, pair.earlier, pair.later), len(_EASED) - 1)]


def _all_around_moved(panel: Panel, pair: Pair) -> bool:
    """Both stand in lists, and no other figure is the same: lists of two times."""
    roles = {pair.earlier.role, pair.later.role}
    if (
        pair.alike >= _PLAIN
        or pair.timed
        or "rule" in roles
        or ("former" in roles and len(digits_of(pair.later)) > _TELLING)
    ):
        return False
    beside = [panel.beside(point) for point in (pair.earlier, pair.later)]
    return min(map(len, beside)) >= _LIST and not shared(panel, pair.earlier, pair.later)


_LIST = 2
_TELLING = 3
"""An old value of more digits than that is known by them."""


def _best(panel: Panel, candidates: Sequence[Point], later: Point) -> Pair | None:
    pairs = []
    for each in candidates:
        tie = tie_of(each, later)
        timed = tie is Tie.SAME and later.explicit and each.explicit and later.role != "former"
        pairs.append(Pair(each, later, panel.likeness.of(later, each), tie, timed))
    return max(pairs, key=lambda pair: (pair.tie > 0, pair.alike, pair.earlier.mention.start), default=None)


def _ranks(panel: Panel, pair: Pair) -> int:
    ways = ((pair.later, pair.earlier), (pair.earlier, pair.later))
    return sum(panel.likeness.rank(*way, 2 * _RANKS) for way in ways)


def _telling_digits(point: Point) -> int:
    return len(digits_of(point).rstrip("0")) if len(digits_of(point)) > 3 else len(digits_of(point))


def _relation(pair: Pair, confidence: Decimal) -> Relation:
    later = pair.later
    rule = {"former": "series.former", "rule": "series.standard"}.get(later.role, "series.retold")
    return told_again(rule, pair.earlier, later, confidence, holds=agree(pair.earlier, later))


CHECKS = (AcrossCheck("series.retold", "a figure told again in much the same words", _retold),)
