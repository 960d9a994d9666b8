"""RULE, EVENT: sentences that a report copies from an earlier one, and a figure or a date in them that differs in one digit.

What stands in one place of the same words is one and the same thing if it does not move with time: a standard, the day of
something past, or a figure in a sentence of which all other figures are as they were. Figures that do move with time are not
held against each other here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from ....model import AlignedFigure, Mention, Relation
from ..error_model import differ_in_one_digit
from ..times import day_of, time_of
from .changes import is_told_as_changed
from .check import AcrossCheck
from .link import LIKELY, other_occasions, printed, relation
from .norms import is_changed, is_norm
from .panel import Panel
from .points import Point
from .verbatim import is_kept, is_untouched, wording_of

_COPIED, _RETOLD = 0.8, 0.3
"""How alike the words must be: of copies, and of what is told in other words of a day that differs in a digit."""
_AS_OF = re.compile(r"(?:截至|迄至|至|迄|止)$")
_END = re.compile(r"^(?:底|止|前|以前|以後)")
_PLANNED = re.compile(r"預定|預計|訂於|訂|將|擬|規劃|預估")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|週|周|禮拜)([一二三四五六日天])")
_SESSION = re.compile(r"[^,。;「」()、]{0,8}?第([一二三四五六七八九十\d]+)[次屆期場梯]")
_TITLE = 6
"""Shorter names in quotation marks may be of several things."""
_REACH = 16
Sentence = tuple[int, int]


def _copied(panel: Panel, later: int) -> Iterator[Relation]:
    told: set[int] = set()
    for earlier in panel.before.get(later, ()):
        beside: dict[tuple[Sentence, Sentence], list[AlignedFigure]] = defaultdict(list)
        for pair in panel.alignments[earlier, later].figures:
            if not _is_outcome(panel, earlier, later, pair):
                beside[panel.sentence(earlier, pair.earlier), panel.sentence(later, pair.later)].append(pair)
        for pairs in beside.values():
            for pair in pairs:
                peers = [other for other in pairs if other is not pair]
                found = _held(panel, earlier, later, pair, peers) if pair.later.start not in told else None
                if found is not None:
                    told.add(pair.later.start)
                    yield found


def _is_outcome(panel: Panel, earlier: int, later: int, pair: AlignedFigure) -> bool:
    """A plan, and what came of it."""
    one, other = panel.by_start.get((earlier, pair.earlier.start)), panel.by_start.get((later, pair.later.start))
    return one is not None and other is not None and one.role == "target" != other.role


def _held(
    panel: Panel, earlier: int, later: int, pair: AlignedFigure, peers: Sequence[AlignedFigure]
) -> Relation | None:
    one, other = pair.earlier, pair.later
    equal = printed(one) == printed(other)
    if not (equal or differ_in_one_digit(printed(one), printed(other))):
        return None
    if one.kind == "date":
        fixed = _is_one_day(panel, earlier, later, pair, peers, equal)
    else:
        first, second = panel.by_start.get((earlier, one.start)), panel.by_start.get((later, other.start))
        fixed = first is not None and second is not None and _is_fixed(panel, first, second, pair.likeness, peers)
        if fixed and not equal and first and second and is_told_as_changed(panel, first, second):
            return None
    if not fixed:
        return None
    rule = "series.copied-date" if one.kind == "date" else "series.copied"
    told = one.edtf or one.text if one.kind == "date" else str(one.value)
    return relation(rule, other, [one], ["+"], told, equal, LIKELY)


def _moved(peers: Sequence[AlignedFigure]) -> bool:
    return not all(is_kept(peer.earlier, peer.later) for peer in peers)


def _is_fixed(panel: Panel, one: Point, other: Point, alike: float, peers: Sequence[AlignedFigure]) -> bool:
    """The figure does not move with time."""
    if is_changed(other.before) and not is_changed(one.before):
        return False
    norms = alike >= _COPIED and is_norm(one) and is_norm(other)
    if norms and one.explicit and other.explicit and one.time and other.time and one.time.overlaps(other.time):
        return True
    if (one.role == "former") != (other.role == "former"):
        return False  # 由原6,300元提高為6,600元, and 6,600元 half a year later
    if norms and not _moved(peers):
        return True
    if _quoted(one) == _quoted(other) != "":
        return True
    if one.time != other.time and (one.explicit or other.explicit or one.role == "rate"):
        return False  # a rate that is told without a time is of now: 工程進度達74%
    if panel.is_cell(other) or other_occasions(one, other):
        return False
    was, now = (wording_of(panel.sides[each.report], each.mention.block) for each in (one, other))
    return is_untouched(was, now, one.mention, other.mention)


def _quoted(point: Point) -> str:
    """The title in quotation marks that a figure is part of (「5家電視臺共同轉播計畫」), without the figure; empty where it is not."""
    _, opened, name = point.ahead.rpartition("「")
    rest, closed, _ = point.paragraph[point.mention.block_end :].partition("」")
    title = name + rest
    return title if opened and closed and len(title) >= _TITLE and not re.search("[「」。;]", title) else ""


def _is_one_day(
    panel: Panel, earlier: int, later: int, pair: AlignedFigure, peers: Sequence[AlignedFigure], equal: bool
) -> bool:
    """It is a day, a month or a year of something past, and in both reports the same."""
    if not all(_is_past(panel, report, day) for report, day in ((earlier, pair.earlier), (later, pair.later))):
        return False
    if equal:
        return pair.likeness >= _RETOLD
    if _are_of_two_sessions(panel, (earlier, pair.earlier), (later, pair.later)):
        return False
    if pair.likeness >= _COPIED and not _moved(peers):
        return True
    return pair.likeness >= _RETOLD and _is_slip(panel, earlier, later, pair.earlier, pair.later)


def _is_past(panel: Panel, report: int, day: Mention) -> bool:
    """Dated before the time of its report and the year before that, so that no report tells it as news."""
    time, own = time_of(day.edtf), panel.sources[report].time
    return time is not None and own is not None and time.last.year < own.first.year - 1 + _is_day(day)


def _is_day(mention: Mention) -> bool:
    return day_of(mention.edtf) is not None


def _is_slip(panel: Panel, earlier: int, later: int, one: Mention, other: Mention) -> bool:
    """Of two days, year, month or day differs in one digit, and nothing says that both are right."""
    first, second = day_of(one.edtf), day_of(other.edtf)
    if first is None or second is None or first.day == second.day == 1:
        return False  # rules and posts begin on the first of some month
    texts = [panel.text(report, mention.block) for report, mention in ((earlier, one), (later, other))]
    for text, mention in zip(texts, (one, other), strict=True):
        before = text[max(0, mention.block_start - _REACH) : mention.block_start]
        if _AS_OF.search(before) or _PLANNED.search(before) or _END.match(text[mention.block_end :]):
            return False
    if all(_has_weekday(text, each, day) for text, each, day in zip(texts, (one, other), (first, second), strict=True)):
        return False
    if first.year != second.year:
        return False  # what happens every year
    # A report that tells both days tells of two things.
    return not (panel.tells_day(later, one) or panel.tells_day(earlier, other))


def _are_of_two_sessions(panel: Panel, *told: tuple[int, Mention]) -> bool:
    """The meetings, sessions or fairs behind the two days have numbers that differ: 第29次, 第31次."""
    numbers = [_SESSION.match(panel.text(report, day.block), day.block_end) for report, day in told]
    return len({number[1] for number in numbers if number}) > 1


def _has_weekday(text: str, mention: Mention, day: date) -> bool:
    """Its weekday stands behind it, and fits."""
    told = _WEEKDAY.match(text, mention.block_end)
    return told is not None and "一二三四五六日".index(told[1].replace("天", "日")) == day.weekday()


CHECKS = (
    AcrossCheck("series.copied", "standards and past days in words that are copied from an earlier report", _copied),
)
