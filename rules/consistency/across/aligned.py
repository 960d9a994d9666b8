"""What stands in one place of two reports that were edited from each other, held to what both figures claim.

Which law two figures fall under is told by ``agreement.toml``: what was final must be equal, what was running may not have
fallen, forecasts and goals are left alone. Of each pair of a passage, figures of one time are compared wherever they stand in
it: a report tells last year's figure as the base of a comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ....model import Relation
from ..agreement import agreement_of
from ..error_model import is_swap, written
from ..law import show
from .check import AcrossCheck
from .identity import dated_alike, dated_as_read
from .link import LIKELY, SURE, agree, corrected, other_occasions, reach, relation, told_again
from .norms import is_changed
from .panel import Panel
from .points import Point
from .times import times_of
from .twins import shared

_FIRM = 0.5
"""From this likeness on the words around two figures are the same words."""
_LABEL = 40
_GROWS = frozenset({"people", "attendances", "sessions", "items", "groups", "bodies", "money", "area"})


def _aligned(panel: Panel) -> Iterator[Relation]:
    known: set[tuple[int, int]] = set()
    for (earlier, later), alignment in panel.alignments.items():
        told: dict[int, list[Relation]] = defaultdict(list)
        for pair in alignment.figures:
            first = panel.by_start.get((earlier, pair.earlier.start))
            second = panel.by_start.get((later, pair.later.start))
            if first is None or second is None or (later, pair.later.start) in known:
                continue  # a report that lies nearer in time has told it already
            ties = tuple(_held(panel, first, second, pair.likeness))
            told[pair.later.block] += ties
            known |= {(later, pair.later.start) for _ in ties}
        for relations in told.values():
            yield from _growing(relations)
        yield from _odd(panel, earlier, later)


def _growing(relations: Sequence[Relation]) -> Iterator[Relation]:
    """All of a passage; but where all its counts fall, they do not run through the year."""
    running = [each for each in relations if each.rule == "series.running"]
    fallen = [each for each in running if each.holds is False]
    free = len(fallen) > 1 and len(fallen) == len(running)
    yield from (each for each in relations if not (free and each in fallen))


def _odd(panel: Panel, earlier: int, later: int) -> Iterator[Relation]:
    """What is ten times what stood in its place; and passages told as of another day in which no count has moved."""
    passages: dict[int, list[tuple[Point, Point]]] = defaultdict(list)
    for pair in panel.alignments[earlier, later].figures:
        first = panel.by_start.get((earlier, pair.earlier.start))
        second = panel.by_start.get((later, pair.later.start))
        if first is None or second is None or pair.likeness < _FIRM or not _one_unit(first, second):
            continue
        if first.role == second.role and first.measures != "percent":
            if first.measures in _GROWS and first.role == "actual":
                passages[pair.later.block].append((first, second))
            # A change may be ten times the last one; hardly so where all that stands beside it has stayed.
            if _is_tenfold(first, second) and (first.role != "delta" or shared(panel, first, second) >= _PEERS):
                yield _told(panel, "series.power", first, second)
    for pairs in passages.values():
        moving = [pair for pair in pairs if _of_other_times(*pair)]
        if len(moving) >= _MANY and all(one.mention.value == other.mention.value for one, other in pairs):
            longest = max(moving, key=lambda pair: pair[1].mention.value or 0)
            if len(written(longest[1].mention)) >= _LONG:
                yield _told(panel, "series.unchanged", *longest)


_MANY, _LONG = 3, 4
_PEERS = 2


def _told(panel: Panel, rule: str, first: Point, second: Point) -> Relation:
    computed = f"{show(first.mention.value or 0)}"
    return relation(rule, second.mention, [first.mention], ["+"], computed, False, LIKELY)


def _is_tenfold(first: Point, second: Point) -> bool:
    """The same digits, ten times as much or as little."""
    one, other = Fraction(first.mention.value or 0), Fraction(second.mention.value or 0)
    telling = len(str(abs(int(one))).rstrip("0")) > 1 and first.mention.bound is None is second.mention.bound
    return telling and one > 0 and other / one in (10, Fraction(1, 10))


def _of_other_times(first: Point, second: Point) -> bool:
    """Their own sentences say that they are as of two days."""
    if first.time is None or second.time is None or not (first.explicit and second.explicit):
        return False
    return first.time.last < second.time.last


def _held(panel: Panel, first: Point, second: Point, likeness: float) -> Iterator[Relation]:
    """The tie between two figures that stand in one place."""
    if first.role != second.role or first.fact.sign != second.fact.sign or not _one_unit(first, second):
        return
    if other_occasions(first, second):
        return
    times = times_of(first, second)
    law = agreement_of(first.state, second.state, times)
    if law is None or law.law == "nothing" or not law.holds_for(_label(first), _label(second)):
        return
    confidence = SURE if likeness >= _FIRM else LIKELY
    if law.law == "equal":
        if not dated_alike(panel, first, second):
            return
        if agree(first, second):
            yield told_again(law.rule, first, second, confidence)
        elif corrected(second):
            yield told_again("series.corrected", first, second, confidence, holds=False)
        elif likeness >= _FIRM and not _is_announced(panel, second):
            rule = "series.slip" if law.id == "restated" and is_swap(first.mention, second.mention) else law.rule
            yield told_again(rule, first, second, confidence)
    elif first.measures in _GROWS and likeness >= _FIRM and first.role == "actual":
        if not (dated_as_read(panel, first) and dated_as_read(panel, second)):
            return
        before, now = reach(first.mention), reach(second.mention)
        falls = before.low is not None and now.high is not None and now.high < before.low
        told = f"≥ {show(first.mention.value or 0)}"
        yield relation(law.rule, second.mention, [first.mention], ["+"], told, not falls, confidence)


def _is_announced(panel: Panel, point: Point) -> bool:
    """Its own words tell of a change, or its old value stands beside it."""
    return is_changed(point.before) or any(each.role == "former" for each in panel.beside(point))


def _label(point: Point) -> str:
    """The words right before a figure, dates and all."""
    return point.sentence.split(point.mention.text)[0][-_LABEL:]


def _one_unit(first: Point, second: Point) -> bool:
    """人 and 名 are one; 場 and 案, 項 and 臺 are not."""
    return first.mention.unit == second.mention.unit or first.measures == "people"


CHECKS = (
    AcrossCheck(
        "series.running", "a figure that stands in the place of another one, held to what both claim", _aligned
    ),
)
