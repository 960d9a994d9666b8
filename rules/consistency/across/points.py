"""A figure of one report with what tells whether another report speaks of it: whose it is, what it measures, of what time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ....model import Extraction, Fact, Mention, Role, State
from ...agencies import agencies
from ...indicators import Indicator
from ...units import PERCENTAGES, unit_table
from ..times import Time, is_dated, time_of

GOVERNMENT = re.compile(r"[一-鿿]{2,3}[市縣]政府")
_SUFFIX = re.compile(r"(增減率|增減)?(?:\(半年\))?$")
_WHOLE_HOUSE = re.compile(
    r"(?:人事處|主計處|秘書處|研究發展考核委員會|公務人力發展中心|公務人力發展所|人力發展所|行政院)?$"
)
"""Offices that report on the whole government, and the government itself."""
_CLAUSE = re.compile(r"[。;]")
_NOT_WORDS = re.compile(r"[^一-鿿A-Za-z]|[年月日底]")
_REACH = 60
GROWS = frozenset({"people", "attendances", "sessions", "items", "groups", "bodies", "money", "area"})
"""What is counted and grows through a year."""
Nature = Literal["level", "flow", "norm"]


@dataclass(frozen=True, slots=True)
class Key:
    """Whose figure it is and what is measured."""

    body: str
    name: str
    category: str | None
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A figure of one report with its place in the panel."""

    fact: Fact
    key: Key
    report: int
    """Place of the report in the order of time."""
    time: Time | None
    nature: Nature | None
    """What the registry says of the indicator; ``None`` where it is not registered."""
    explicit: bool
    """Its period rests on a date in its own sentence."""
    role: Role
    """The role of the fact; in a plan, what is dated before the plan's own time has happened."""
    state: State | None
    """What it claims to be; in a plan, what is dated before the plan's own time is final."""
    built: bool
    """What a work or plan brings once it is finished: the same in every report."""
    occasion: str
    """The holiday, or the course or session by its number, that the sentence names last; empty where it names none."""
    before: str
    """The words of its sentence that stand before it, without figures and dates."""
    ahead: str
    """Its sentence up to it."""
    sentence: str
    paragraph: str
    """The whole block."""

    @property
    def in_bracket(self) -> bool:
        """It stands in a bracket, and tells how many there are of what is named before it."""
        _, opened, inside = self.ahead.rpartition("(")
        return bool(opened) and ")" not in inside

    @property
    def finished(self) -> bool:
        """All of what it counts is done: 第1期工程32件,已全部完工."""
        return _is_finished(self.mention, self.paragraph)

    @property
    def is_goal(self) -> bool:
        """Its clause says that it is to be reached once, not in the time of each report: 原訂目標為辦理12場次."""
        return _GOAL.search(self.ahead) is not None and _OF_ITS_TIME.search(self.ahead) is None

    @property
    def mention(self) -> Mention:
        """The figure itself."""
        return self.fact.mention

    @property
    def kind(self) -> str:
        """What it can be held against."""
        return self.key.kind

    @property
    def measures(self) -> str:
        """What its unit measures, whatever its scale."""
        return _measures(self.mention.unit)

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called."""
        return (self.fact.indicator, self.fact.category or "")

    @property
    def registered(self) -> bool:
        """The indicator is a well-known one."""
        return self.nature is not None


@dataclass(frozen=True, slots=True)
class Source:
    """A report of the panel."""

    extraction: Extraction
    body: str
    time: Time | None
    spoken: date | None
    """The day on which it speaks: its issue, else the end of its period."""


def dates_before(dates: dict[int, list[Mention]], mention: Mention, most: int) -> list[Mention]:
    """The last dates of a figure's block (dates by block) that stand before it, the nearest first."""
    known = dates.get(mention.block, [])
    at = bisect_right(known, mention.block_start, key=lambda each: each.block_start)
    return known[max(0, at - most) : at][::-1]


def _outcome(fact: Fact, source: Source, dates: dict[int, list[Mention]], text: str) -> Time | None:
    """The time of a figure in a plan that is dated before the plan's own time begins: 截至108年12月底止 in a plan of 109."""
    if fact.role != "target" or not fact.by("role").startswith("plan.document") or source.time is None:
        return None
    for date_mention in dates_before(dates, fact.mention, 1):
        between = text[date_mention.block_end : fact.mention.block_start]
        time = time_of(date_mention.edtf)
        if (
            time is not None
            and time.last < source.time.first
            and not _CLAUSE.search(between)
            and not text.endswith(("自", "較", "比", "與"), 0, date_mention.block_start)
            and len(between) <= _REACH
        ):
            return time
    return None


_GOAL = re.compile(
    r"目標(?:(?![^,;。]{0,30}(?:達成|完成|已|超過|低於|達到))[^,;。]{0,30}|[本原]?[為係是][^,;。]{0,30})$"
)
_OF_ITS_TIME = re.compile(r"[原預][訂定]|[本當上下](?:期|季|次|年度?|半年)[^,;。]{0,4}目標|年度目標")
_BUILT = re.compile(r"完(?:成|工)後(?!續)|開發後|啟用後|全部完(?:成|工)時")
_FINISHED = re.compile(
    r"[,、]?(?:截至[^,;。]{0,14},)?(?:[均皆業已都])*(?:全部|全數)(?:均|皆|業|已)*(?:完[工成竣]|竣工|結案)"
)


def _is_finished(mention: Mention, text: str) -> bool:
    return _FINISHED.match(text, mention.block_end) is not None


_SINCE = re.compile(r"[啟成創設開推發][用立辦站始動出行][^,;。]{0,3}(?:起|以來|至今|迄今)|歷年|歷來|以來|迄今")
_OCCASION = re.compile(
    r"春節|端午|中秋|重陽|中元|元宵|清明|母親節|父親節|警察節|教師節|消防節|護師節|第[一二三四五六七八九十\d]+(?:期|梯次?|次(?![^,;。]{0,6}會)|屆|階段|場|回|波)"
)


def _until_now(time: Time | None, source: Source, ahead: str) -> Time | None:
    """自98年平台啟用起累計: from then on up to the end of the report's own time."""
    if time is None or source.time is None or time.last >= source.time.first or not _SINCE.search(ahead):
        return time
    return Time(time.first, source.time.last)


def _claimed(fact: Fact, source: Source, ahead: str) -> State | None:
    """What it claims to be: an amount for a span that goes on for years after the report speaks (95年至102年) is planned, and so
    are the means for a span of years that is not over."""
    time = time_of(fact.period)
    if fact.state != "running" or time is None or source.spoken is None or not is_dated(fact):
        return fact.state
    goes_on = time.last.year > source.spoken.year or (time.last > source.spoken and _MEANS.search(ahead))
    return "plan" if goes_on and time.first.year < time.last.year else fact.state


_MEANS = re.compile(r"(?:經費|預算|匡列|編列)[^,;。]{0,8}$")


def _occasion(ahead: str) -> str:
    found = _OCCASION.findall(ahead)
    return found[-1] if found else ""


def points_of(
    place: int, source: Source, registry: dict[str, Indicator], dates: dict[int, list[Mention]]
) -> Iterator[Point]:
    """The figures of the report at that place in the order of time, each of which is a single number."""
    blocks = source.extraction.report.blocks
    office = source.extraction.agency or _office_of(source.extraction)
    for fact in source.extraction.facts:
        mention = fact.mention
        if mention.value is None or mention.value_max is not None or mention.distributed:
            continue
        name, known = _named(fact, registry)
        text = blocks[mention.block].text
        start = max(0, mention.block_start - _REACH)
        ahead = _CLAUSE.split(text[start : mention.block_start])[-1]
        behind = _CLAUSE.split(text[mention.block_end : mention.block_end + _REACH])[0]
        outcome = _outcome(fact, source, dates, text)
        role: Role = fact.role if outcome is None else "actual"
        goal = role == "actual" and _GOAL.search(ahead) is not None
        role = "target" if goal else role
        built = _BUILT.search(ahead) is not None
        time = outcome or _until_now(time_of(fact.period), source, ahead)
        done = (
            time is not None and source.spoken is not None and time.last > source.spoken and _is_finished(mention, text)
        )
        timeless = built or done  # what is finished is of no time that is still to come
        standing = known is not None and role in ("rule", "former", "target") and fact.period is None
        yield Point(
            fact=fact,
            key=Key(
                _body_of(fact, standing, name, office, source.body),
                name,
                fact.category,
                _kind(mention.unit),
            ),
            report=place,
            time=None if timeless else time,
            nature=known.nature if known is not None else None,
            explicit=not timeless and (outcome is not None or is_dated(fact)),
            role=role,
            state="plan"
            if built or goal
            else "final"
            if done or outcome is not None
            else _claimed(fact, source, ahead),
            built=built,
            occasion=_occasion(ahead),
            before=_NOT_WORDS.sub("", ahead),
            ahead=ahead,
            sentence=ahead + mention.text + behind,
            paragraph=text,
        )


def _office_of(extraction: Extraction) -> str | None:
    """The office that writes: the one that most figures belong to."""
    found = Counter(fact.agency for fact in extraction.facts)
    return found.most_common(1)[0][0] if found else None


def _body_of(fact: Fact, standing: bool, name: str, office: str | None, government: str) -> str:
    """Whose figure it is. A standard holds for whoever reports it, whatever body the sentence names as its source."""
    if "編制員額" in name:
        return government  # the name tells whose posts they are
    return _body(office if standing else fact.agency or office, government)


def _named(fact: Fact, registry: dict[str, Indicator]) -> tuple[str, Indicator | None]:
    """The indicator without what tells a change or half a year, and its registry entry.

    What stands in brackets behind a well-known figure is a part of it: without a category nobody knows which.
    """
    name = _SUFFIX.sub("", fact.indicator)
    known = registry.get(name)
    loose = fact.category is None and fact.by("indicator") in ("part", "part.other", "table")
    return name, None if loose else known


def _body(agency: str | None, government: str) -> str:
    """Whose figure it is: the government where an office speaks for all of it."""
    if agency is None:
        return government
    office = agency.removeprefix(government)
    if _WHOLE_HOUSE.match(office):
        return government
    known = agencies().get(office)
    return office if known is not None and known.level == "central" else government + office


def _measures(unit: str | None) -> str:
    return "percent" if unit in PERCENTAGES else unit_table().kind(unit) or unit or ""


_SCALED = frozenset({"time", "length", "area", "volume", "weight", "energy", "data"})
_SPELLED = {
    "天": "日", "整天": "日", "周": "週", "星期": "週", "鐘頭": "小時",
    "平方米": "平方公尺", "m2": "平方公尺", "㎡": "平方公尺", "km2": "平方公里", "立方米": "立方公尺", "m3": "立方公尺",
    "米": "公尺", "m": "公尺", "km": "公里", "Km": "公里", "KM": "公里", "cm": "公分", "kg": "公斤", "Kg": "公斤", "KG": "公斤",
    "噸": "公噸", "臺斤": "台斤",
}  # fmt: skip


def _kind(unit: str | None) -> str:
    """Units of one kind can be held against each other: 人, 名 and 位, but not 人 and 人次, nor 年 and 日."""
    measures = _measures(unit)
    return _SPELLED.get(unit or "", unit or "") if measures in _SCALED else measures
