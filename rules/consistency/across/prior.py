"""PRIOR: 較111年同期增加54人, and 成長5.6%, against what the report on that time said.

The level that changed stands in the change's own paragraph, the earlier one in the report on that time: in the place of the
level, in the passage that its passage was, or under the same well-known name. Where one pair of them gives the change, it
is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ....model import Mention, Relation
from ...units import PERCENTAGES
from ..interval import Interval
from ..law import Sign, how_rounded, show
from ..times import Time, time_of
from .check import AcrossCheck
from .link import SURE, agree, reach, relation
from .panel import Panel
from .points import Point

_COMPARED = re.compile(r"(?:相較|較之|較|比|與|和|同)於?(?:前)?$")
_ACCOUNT = "account."
_REACH = 40
"""Characters between the time that is compared with and the change: 較112年同期增加145人(公務人員增31人、…)."""
_LEVELS = 5
_PASTS = 3
_RARE = 4
"""So many telling digits of a former level give a change by no chance."""
_ALIKE = 0.2
_FIRM = 0.55
"""How alike the words around both levels must be: where the figures agree, and where they do not."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change, the time it is reckoned from, and the figures that may be its level."""

    point: Point
    since: Time | None
    levels: tuple[Point, ...]


def _prior(panel: Panel, later: int) -> Iterator[Relation]:
    for change in _changes(panel, later):
        pairs = ((level, past) for level in change.levels for past in _pasts(panel, change, level))
        found = next((pair for pair in pairs if _holds(change, *pair)), None)
        if found is not None:
            yield _told(change, *found, holds=True)
        elif change.since is not None:
            broken = _registered(panel, change) or _in_place(panel, change)
            if broken is not None:
                yield broken


def _changes(panel: Panel, later: int) -> Iterator[Change]:
    for point in panel.of_report.get(later, ()):
        rate = point.kind == "percent" and point.fact.sign is not None
        if (point.role != "delta" and not rate) or point.fact.sign is None or point.mention.value is None:
            continue
        # Of an account both levels stand in the same line.
        if point.fact.by("role").startswith(_ACCOUNT) or _VALUED.search(point.sentence):
            continue
        since = _compared_with(panel, point)
        levels = tuple(_levels(panel, point, rate, since))
        if levels:
            yield Change(point, since, levels)


def _levels(panel: Panel, change: Point, rate: bool, since: Time | None) -> Iterator[Point]:
    """The figures before the change that it may be one of, the nearest first."""
    seen = 0
    for point in reversed(panel.in_block(change.report, change.mention.block)):
        if point.mention.start >= change.mention.start or point.role in ("delta", "former") or point.kind == "percent":
            continue
        if (rate or point.kind == change.kind) and (since is None or point.time != since):
            yield point
            seen += 1
            if seen == _LEVELS:
                return


def _pasts(panel: Panel, change: Change, level: Point) -> Iterator[Point]:
    """What the earlier reports tell of that time: in the place of the level, in its passage, under its name; and what gives
    the change to the digit."""
    for report in panel.before.get(level.report, ()):
        partner, _ = panel.partner(level, report)
        if change.since is None:
            yield from [partner] if partner is not None and partner.role != "delta" else []
        else:
            told = [
                each
                for each in panel.by_time.get((report, level.kind, change.since.last), ())
                if each.role != "delta" and _of_that_time(each, change.since)
            ]
            blocks = panel.passages.get((level.report, level.mention.block, report), ())
            near = [each for each in told if each.mention.block in blocks or each.key == level.key]
            alike = sorted(((panel.likeness(each, level), each) for each in near), key=lambda pair: -pair[0])
            yield from (each for likeness, each in alike[:_PASTS] if likeness >= _ALIKE or each is partner)
        yield from _exact(panel, change, level, report)


def _exact(panel: Panel, change: Change, level: Point, report: int) -> Iterator[Point]:
    """Long figures that give the change to the digit."""
    moved, now = change.point.mention, level.mention
    if change.point.role != "delta" or moved.bound is not None or now.bound is not None or moved.unit in PERCENTAGES:
        return
    gap = Fraction(moved.value or 0) * (1 if change.point.fact.sign == "+" else -1)
    past = Fraction(now.value or 0) - gap
    told = panel.by_value.get((report, level.kind, past), ())
    size = len(str(abs(int(past))).rstrip("0"))
    if size >= _RARE:
        yield from (each for each in told if each.mention.bound is None and each.role != "delta")


def _of_that_time(point: Point, since: Time) -> bool:
    return point.time is not None and (point.time == since or point.time.last == since.last)


def _holds(change: Change, level: Point, past: Point) -> bool:
    return _agrees([change.point.mention, level.mention, past.mention], change.point.fact.sign == "+")


def _agrees(figures: Sequence[Mention], rises: bool) -> bool:
    """The change, or its rate, is the way from the past to the level."""
    moved, level, past = figures
    high, low = (level, past) if rises else (past, level)
    gap = Fraction(high.value or 0) - Fraction(low.value or 0)
    if moved.unit not in PERCENTAGES:
        return (reach(high) - reach(low)).meets(reach(moved))
    base = Fraction(past.value or 0)
    rate = (reach(high) - reach(low)).divided_by(reach(past)) if base > 0 and gap >= 0 else None
    if rate is not None and rate.scaled(100).meets(_rate(moved)):
        return True
    return base > 0 and gap >= 0 and how_rounded(gap / base * 100, abs(Fraction(moved.value or 0)), Fraction(moved.step or 1)) != "neither"  # fmt: skip


def _rate(moved: Mention) -> Interval:
    """What the printed rate says, whatever its sign."""
    told = reach(moved)
    return told if (moved.value or 0) >= 0 else -told


def _registered(panel: Panel, change: Change) -> Relation | None:
    """Both levels go by one well-known name, and no other figure does."""
    point = change.point
    levels = [
        level for level in change.levels
        if level.key == point.key and level.time == point.time and level.mention.block == point.mention.block
    ]  # fmt: skip
    before = panel.before.get(point.report, ())
    told = [each for each in panel.by_key.get(point.key, ()) if each.time == change.since and each.report in before and each.role == "actual"]  # fmt: skip
    if len(levels) != 1 or not told or not all(agree(told[0], each) for each in told):
        return None
    return _told(change, levels[0], told[0], holds=False) if point.registered else None


def _in_place(panel: Panel, change: Change) -> Relation | None:
    """The level that the change is told of, and what stood in its place in the report on that time."""
    level = _own_level(panel, change)
    if level is None or level.state not in ("final", "level") or _base_is_told(panel, change, level):
        return None
    for report in panel.before.get(change.point.report, ()):
        past, likeness = panel.partner(level, report)
        if past is None or change.since is None or not _of_that_time(past, change.since):
            continue
        if likeness < _FIRM or past.state not in ("final", "level") or past.mention.unit != level.mention.unit:
            return None
        if level.time is not None and past.time is not None and _lasts(level.time) != _lasts(past.time):
            return None
        return _told(change, level, past, holds=False)
    return None


def _lasts(time: Time) -> int:
    """How long it lasts, in months or so."""
    return round((time.last - time.first).days / 30)


def _own_level(panel: Panel, change: Change) -> Point | None:
    """The level right before a change; of a row of levels and a row of changes, the one of its place."""
    held = panel.in_block(change.point.report, change.point.mention.block)
    at = next(place for place, each in enumerate(held) if each is change.point)
    text = panel.source(change.point).extraction.report.blocks[change.point.mention.block].text
    first = at
    while first > 0 and _moves(held[first - 1]) and _joined(text, held[first - 1], held[first]):
        first -= 1
    last = at
    while last + 1 < len(held) and _moves(held[last + 1]) and _joined(text, held[last], held[last + 1]):
        last += 1
    levels = [each for each in held[:first] if each in change.levels][-(last - first + 1) :]
    if first == last:
        level = held[first - 1] if first else None
        return level if level is not None and level in change.levels else None
    near = held[max(0, first - len(levels)) : first]
    return levels[at - first] if len(levels) == last - first + 1 and levels == near else None


def _moves(point: Point) -> bool:
    return point.role == "delta" or (point.kind == "percent" and point.fact.sign is not None)


def _joined(text: str, one: Point, other: Point) -> bool:
    """They stand in one row: 分別成長12%、8%."""
    return (
        re.fullmatch(r"[、及與和]|(?:,)?(?:以?及|與|和)", text[one.mention.block_end : other.mention.block_start])
        is not None
    )


def _base_is_told(panel: Panel, change: Change, level: Point) -> bool:
    """The report prints the base beside it: then that is what the other report must agree with."""
    beside = panel.beside(change.point)
    return any(
        each.time == change.since and each.mention.unit == level.mention.unit and each.role == "actual"
        for each in beside
    )


_VALUED = re.compile(r"匯率|升值|貶值")
"""Of an exchange rate more is less."""


def _told(change: Change, level: Point, past: Point, *, holds: bool) -> Relation:
    moved = change.point.mention
    pair = [level.mention, past.mention] if change.point.fact.sign == "+" else [past.mention, level.mention]
    signs: list[Sign] = ["+", "-"]
    gap = Fraction(pair[0].value or 0) - Fraction(pair[1].value or 0)
    computed = show(gap / Fraction(past.mention.value or 1) * 100, 2) if moved.unit in PERCENTAGES else show(gap)
    return relation("series.prior", moved, pair, signs, computed, holds, SURE)


def _compared_with(panel: Panel, change: Point) -> Time | None:
    """The time that a change is reckoned from: that of the date behind 較 that stands before it."""
    mention = change.mention
    text = panel.source(change).extraction.report.blocks[mention.block].text
    for date in panel.dates_before(change):
        between = text[date.block_end : mention.block_start]
        near = len(between) <= _REACH and not re.search("[。;]", between)
        if near and _COMPARED.search(text[max(0, date.block_start - 4) : date.block_start]):
            return _same_part(time_of(date.edtf), change.time, "同期" in date.text + between[:2])
    return None


def _same_part(since: Time | None, now: Time | None, same: bool) -> Time | None:
    """The earlier time; 同期 of a half is the half of that year."""
    if since is None or now is None or not same or since.last - since.first == now.last - now.first:
        return since
    try:
        return Time(now.first.replace(year=since.first.year), now.last.replace(year=since.first.year))
    except ValueError:  # 29 February
        return None


CHECKS = (AcrossCheck("series.prior", "a change since an earlier time against what was reported of it", _prior),)
