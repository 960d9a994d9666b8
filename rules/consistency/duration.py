"""A stated duration against its range: 8月5日至7日辦理，計3天; 106至108年3年內; 近5年度(96至100年度).

Days may be counted as they come, as working days, or as sessions on some of them; only what none of these explains is
broken. More days than the range has is a contradiction; fewer in a range of a week or less is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ...model import Mention, Period, Relation
from .candidate import Candidate
from .figure import DAY, Document, Figure, Line
from .times import Time, days_of, period_of

_LENGTHS = frozenset({"天", "日", "週", "周", "個月", "年", "年度", "個年度"})
_LEAD = re.compile(r"(?:^|[,、;])(?:共計|合計|計|共|為期|期間|歷時|期程)?(?:約|為)?$|(?:共計|為期|歷時|合計|計|共)$")
_BETWEEN = re.compile(rf"^[^;。{DAY}]{{0,40}}$")
_NOT_THIS = re.compile(r"每|各|另|前|後|內|延長|延至|請假|休假|假期|工作日|預計|其中")
_BEHIND = re.compile(r"^(?:內|前|後|以|假|期|之前|之內|者|為限|一次|[1一]次)")
_ONE_EVENT = frozenset("班期場梯")
_SATURDAY = 5
_YEAR, _LONGEST = 360, 3700
"""From so many days on a range is one of years; of so many at the most the working days are counted."""


def find(document: Document) -> Iterator[Candidate]:
    """Days and weeks told behind a range, years and months right beside one."""
    for paragraph in document.paragraphs:
        yield from _days(paragraph.whole)
        yield from _adjacent(paragraph.whole)


def _days(line: Line) -> Iterator[Candidate]:
    """DAY至DAY辦理，計N天."""
    dates = list(line.dates)
    if dates:
        for number, (position, day) in enumerate(dates):
            following = dates[number + 1][0] if number + 1 < len(dates) else len(line.text)
            if number and re.fullmatch(r"[、及和與]", line.text[dates[number - 1][0] + 1 : position]):
                continue  # one of several dates: they are counted together
            figure = _told_length(line, position, following)
            if figure is not None:
                yield from _check("duration.range", figure.mention, day)


def _told_length(line: Line, start: int, end: int) -> Figure | None:
    """The duration that is told behind a date, before the next one; nothing but a single event may stand between."""
    for figure in line.following(start + 1, 3):
        if figure.at >= end:
            return None
        if figure.unit in ("天", "日", "週", "周"):
            between = line.text[start + 1 : figure.at]
            plain = _BETWEEN.match(between) and _LEAD.search(figure.gap) and not _NOT_THIS.search(between)
            return figure if plain and not _BEHIND.match(line.after(figure)) else None
        if not (figure.unit[:1] in _ONE_EVENT and figure.mention.value == 1):
            return None
    return None


def _adjacent(line: Line) -> Iterator[Candidate]:
    """106至108年3年, 近5年度(96至100年度): the duration right beside the range."""
    for position, day in line.dates:
        for figure in _beside(line, position):
            if figure.unit in _LENGTHS and figure.unit not in ("天", "日", "週", "周"):
                yield from _check("duration.beside", figure.mention, day)


def _beside(line: Line, position: int) -> Iterator[Figure]:
    before, behind = line.ahead(position, 1), line.following(position + 1, 1)
    if before and line.text[before[0].at + 1 : position] == "(":
        yield before[0]
    if behind and behind[0].at == position + 1:
        yield behind[0]


def _check(rule: str, length: Mention, day: Mention) -> Iterator[Candidate]:
    if (
        length.value is None
        or length.value != int(length.value)
        or length.bound not in (None, "about")
        or "/" not in (day.edtf or "")
    ):
        return
    # 近5年度 is no approximation: the bound that 近 gives other figures does not matter here.
    stated = int(length.value)
    told = period_of(day.edtf)
    reading = _reading(stated, length.unit or "", told) if told is not None else None
    if reading is not None:
        computed, holds, sure = reading
        relation = Relation("duration", length, (day,), ("+",), str(stated), str(computed), holds, rule)
        yield Candidate(relation, frozenset() if sure else frozenset({"duration:other-days"}))


def _reading(stated: int, unit: str, told: Period) -> tuple[int, bool | None, bool] | None:
    """What the range gives, whether that is what is stated, and how sure a no would be."""
    days, grains = days_of(told.edtf), {told.start.grain, told.end.grain}
    if unit in ("天", "日"):
        return None if days is None else _of_days(stated, days)
    if unit in ("週", "周"):
        return None if days is None else (_weeks(days), stated in (days.days // 7, _weeks(days)), stated > _weeks(days))
    if told.is_open:
        return None
    years = (told.end.year or 0) - (told.start.year or 0)
    if unit == "個月":
        months = 12 * years + (told.end.month or 0) - (told.start.month or 0) + 1
        return (months, stated == months, stated > months) if grains == {"month"} else None
    if days is not None and days.days > _YEAR:
        return round(days.days / 365.25), stated == round(days.days / 365.25), True
    return (years + 1, stated == years + 1, True) if grains == {"year"} and years >= 0 else None


def _of_days(stated: int, days: Time) -> tuple[int, bool | None, bool]:
    working = sum((days.first + timedelta(each)).weekday() < _SATURDAY for each in range(min(days.days, _LONGEST)))
    if stated in (days.days, working, _weeks(days) if days.days > 7 else 0):
        return stated, True, True
    if stated > days.days:
        return days.days, False, True
    # Over more than a week, sessions may have been held on any of the days, and holidays left out.
    return working, None if days.days > 7 else False, False


def _weeks(days: Time) -> int:
    """How many weekly sessions they hold, the first on the first day."""
    return (days.days - 1) // 7 + 1
