"""Single calendar expressions of a text, in parts: what each shape has found, and whether it is a date at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from .calendar import calendar_number, gregorian, is_day
from .dates_atoms import CN, LIST
from .dates_parts import Phrase, Point, Year
from .dates_shapes import SHAPES, shapes_pattern
from .dates_years import are_years, is_recurring, year_of

_SHAPE_GROUPS = tuple((f"shape{index}", shape.id) for index, shape in enumerate(SHAPES))
_MARKS = r"[、及與和或暨至到迄~∼〜～\-‐‑–—―─－]"
_UNITS = "年月日季學會預財"
# Where a date may begin. Most numbers are none: this looks at each once, the shapes only at those that may be.
_STARTS = regex.compile(
    rf"(?<!\d)(?:20\d\d(?:\d{{4}})?(?!\d)|[01]\d{{6}}(?!\d)|\d{{1,4}}(?=[{_UNITS}全上下第]|{_MARKS}[\d{CN}]|[./‧·・]\d|\((?:西元|民國)?\d{{2,4}}\)[年學]))"
    rf"|(?<![{CN}])[{CN}][{CN}千0]{{0,6}}(?=[{_UNITS}]|{_MARKS}[\d{CN}])"
    rf"|元(?=月|{_MARKS})|[本今去上下明前後次翌隔同該當昨](?=[年月日學期半]|\([\d{CN}]{{1,6}}\)[年月日學]|一年度)"
    rf"|上(?={LIST}下半)|前(?=[2-4二三四]季)|首(?=季)|月(?=[底末])"
    rf"|(?:中華民國|民國|西元|公元|民)(?=[\d{CN}前元])|第(?=[{CN}1-4])|年(?=[底初])|全(?=年)"
)


def points(text: str) -> Iterator[list[Phrase]]:
    """The members of every match; those of a list that shares its unit stay together."""
    pattern, behind = shapes_pattern(), 0
    for start in _STARTS.finditer(text):
        if start.start() < behind:
            continue
        match = pattern.match(text, start.start())
        if match is None:
            continue
        members = _members(text, match)
        if members:
            yield members
            behind = members[-1].end
        elif match["yn"]:
            # 滿30年6月 counts as a whole: its 6月 is no month.
            behind = match.end()


_SHARING = frozenset(
    f"date.{rule}" for rule in ("years", "gregorian_years", "days", "days.bare", "months", "quarters", "halves")
)


def _members(text: str, match: regex.Match[str]) -> list[Phrase]:
    rule = next(rule for group, rule in _SHAPE_GROUPS if match.start(group) >= 0)
    groups = match.groupdict()
    year = year_of(text, match, groups, rule)
    if year is False:
        return []
    start, end = match.span()
    found = _built(text, match, groups, Point(start, end, rule, year))
    return [replace(phrase, recurring=True) for phrase in found] if is_recurring(text, start, groups) else found


def _built(text: str, match: regex.Match[str], groups: dict[str, str | None], point: Point) -> list[Phrase]:
    rule = point.rule
    if rule in _SHARING:
        return _shared(text, match, point)
    built = _BUILDERS.get(rule, _plain)(text, groups, point)
    if built is None:
        return []
    if isinstance(built, Phrase):
        return [built]
    return [Phrase(built.start, built.end, rule, built)]


# --- points of each shape ---


def _number(text: str | None) -> int | None:
    return None if text is None else calendar_number(text)


def _plain(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    """Year, month and day from their groups."""
    month, month_word = _number(groups["mn"]), groups["mrel"]
    return replace(point, month=month, day=_number(groups["dn"]), same_month=month is None and month_word is not None)


def _numeric(text: str, groups: dict[str, str | None], point: Point) -> Point | Phrase | None:
    first = _plain(text, groups, point)
    if first is None or not (first.month and first.month <= 12 and first.day and first.day <= 31):
        return None
    if groups["mn2"] is None:
        return first
    last = Point(point.end, point.end, point.rule, None, _number(groups["mn2"]), _number(groups["dn2"]))
    return Phrase(point.start, point.end, point.rule, first, last)


_COMPACT_BEHIND = regex.compile("[起止前]|生效|施行|發布|公告")
_COMPACT_BEFORE = regex.compile(r"(?:日期?|時間|民國|[於自至迄到~\-(:])$")


def _compact(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    digits = groups["compact"] or ""
    year, month, day = gregorian(int(digits[:-4])), int(digits[-4:-2]), int(digits[-2:])
    if not (is_day(year, month, day) and 1971 <= year <= 2061):
        return None
    behind = text[point.end : point.end + 1]
    before = text[max(0, point.start - 3) : point.start]
    told = (_COMPACT_BEFORE.search(before) and behind not in tuple("元人號件萬億")) or _COMPACT_BEHIND.match(
        text, point.end
    )
    return replace(point, year=Year("absolute", year), month=month, day=day) if told else None


_TODAY = {"今": 0, "本": 0, "昨": -1, "明": 1}


def _today(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, day=_number(groups["dn"]), day_offset=_TODAY[groups["drel"] or "今"])


def _relative_month(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, day=_number(groups["dn"]), month_offset=0 if groups["mrel"] == "本" else -1)


def _term(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    if point.year is None or (groups["yu"] and point.year.unit != "school"):
        return None
    return replace(point, part="T1" if groups["term"] in ("1", "一", "上") else "T2")


def _quarter(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, part=f"Q{1 if groups['first'] else _number(groups['n'])}")


_PARTS = {"上": "H1", "前": "H1", "下": "H2", "後": "H2", "底": "end", "末": "end", "初": "begin", "同期": "same_period", "本期": "own_period", "上期": "last_period"}  # fmt: skip


def _part(text: str, groups: dict[str, str | None], point: Point) -> Point:
    word = groups["part"] or ""
    part = _PARTS.get(word) or _PARTS.get(word[:1]) or _PARTS.get(word[-1:], "")
    year = Year("same", 0) if word.startswith("全年") and point.year is None else point.year
    return replace(point, part=part, year=year)


def _decade(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    number = _number(groups["yn"]) or 0
    if number % 10 or number < 10:
        return None
    if groups["era"] == "民國":
        return replace(point, year=Year("absolute", gregorian(number), "decade"))
    return replace(point, year=Year("absolute", number if number >= 1000 else 1900 + number, "decade"), part="decade")


_EVENT_BEFORE = regex.compile(
    r"(?:^|[,。;:、()《》「」『』\s\-]|[府局處會部院署辦加於自至在到以及與和暨或為的之行屆現應對向])$"
)


def _event(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    before = text[max(0, point.start - 1) : point.start]
    if before in (":", "-") and text[max(0, point.start - 2) : point.start - 1].isascii():
        return None  # ISO 27001:2013
    return replace(point, year=Year("absolute", int(groups["event"] or 0))) if _EVENT_BEFORE.search(before) else None


_BUILDERS = {
    "date.numeric": _numeric,
    "date.slash": _numeric,
    "date.compact": _compact,
    "date.day.today": _today,
    "date.month.relative": _relative_month,
    "date.term": _term,
    "date.quarter": _quarter,
    "date.half": _part,
    "date.same_period": _part,
    "date.edge": _part,
    "date.holiday": lambda text, groups, point: point,
    "date.period": _part,
    "date.decade": _decade,
    "date.event_year": _event,
}


# --- members that share a unit ---


def _shared(text: str, match: regex.Match[str], point: Point) -> list[Phrase]:
    """The members of ``9月15、16日`` or ``97及98年度``; a range mark between two makes one of them."""
    rule, month = point.rule, _number(match["mn"])
    if match["upto"]:
        return [Phrase(point.start, point.end, rule, replace(point, part=f"Q1-{_number(match['upto'])}"))]
    spans, seps = match.spans("n"), match.captures("sep")
    numbers = [{"上": 1, "下": 2}.get(text[slice(*span)]) or calendar_number(text[slice(*span)]) for span in spans]
    if rule in ("date.years", "date.gregorian_years") and not are_years(text, match, numbers):
        return []
    school = "學" in (match["yu"] or "") and rule == "date.years"
    points: list[Point] = []
    for index, ((_, end), number) in enumerate(zip(spans, numbers, strict=True)):
        start = point.start if index == 0 else spans[index][0] - (text[spans[index][0] - 1] == "第")
        end = point.end if index == len(spans) - 1 else end
        member = Point(start, end, rule, point.year if index == 0 else None)
        if rule.startswith("date.days"):
            member = replace(
                member,
                day=number,
                month=month if index == 0 else None,
                same_month=rule == "date.days" and index == 0 and month is None,
            )
        elif rule == "date.months":
            member = replace(member, month=number)
        elif rule == "date.quarters":
            member = replace(member, part=f"Q{number}")
        elif rule == "date.halves":
            member = replace(member, part=f"H{number}")
        else:
            member = replace(member, year=Year("absolute", gregorian(number), "school" if school else "year"))
        points.append(member)
    phrases = [Phrase(points[0].start, points[0].end, rule, points[0])]
    for sep, member in zip(seps, points[1:], strict=True):
        if sep == "/" or regex.match(LIST, sep):
            phrases.append(Phrase(member.start, member.end, rule, member))
        elif phrases[-1].last is None:
            phrases[-1] = Phrase(phrases[-1].start, member.end, rule, phrases[-1].first, member)
        else:
            return []
    return phrases
