"""Find the dates of a text as they are written: points, joined to ranges and lists, before any context is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

from ...rules.calendar import pattern_of, words_of
from ...rules.dates import era_of, part
from ...rules.kept import compiled
from ..segmentation import word_begins
from .calendar import calendar_number, gregorian
from .grammar import Phrase, Unit, Written, Year, shape_of, shapes_pattern
from .ranges import joined

Groups = regex.Match[str]
"""What the named parts of a shape hold."""


@lru_cache(maxsize=8192)
def scan(text: str) -> tuple[Phrase, ...]:
    """All dates of a text, in order and without overlaps. Whoever asks for a text again gets what was found."""
    return joined(text, list(_points(text)))


# --- points -------------------------------------------------------------------------------------------------------


def _points(text: str) -> Iterator[list[Phrase]]:
    """The members of every match; those of a list that shares its unit stay together."""
    pattern, behind = shapes_pattern(), 0
    for start in part("begins").finditer(text):
        if start.start() < behind:
            continue
        match = pattern.match(text, start.start())
        if match is None:
            continue
        try:
            members = _members(text, match)
        except ValueError:  # 十百年: its sign says a date, its number is none
            members = []
        if members:
            yield members
            behind = members[-1].end
        elif match["yn"]:
            # 滿30年6月 counts as a whole: its 6月 is no month.
            behind = match.end()


_SHARING = frozenset({"years", "gregorian_years", "days", "days.bare", "months", "months.first", "quarters", "halves"})
_LUNAR = compiled(pattern_of("lunar") + "$")
_EACH = compiled(pattern_of("recurring") + "(?:的|之|於|約|均|各|自|在|從)?$")


def _members(text: str, match: regex.Match[str]) -> list[Phrase]:
    rule = shape_of(match).id
    year = _year_of(text, match, rule)
    if year is False:
        return []
    start, end = match.span()
    point = Written(start, end, rule, year)
    if match["yn"] and _LUNAR.search(text[max(0, start - 2) : start]):
        # A lunar date has its year, and no day of the calendar.
        return [Phrase(start, end, rule, point)]
    if rule.removeprefix("date.") in _SHARING:
        found = _shared(text, match, point)
    else:
        built = _BUILDERS.get(rule, _plain)(text, match, point)
        found = [] if built is None else [built if isinstance(built, Phrase) else Phrase(start, end, rule, built)]
    # A date that comes back every year, or a lunar one, stands for no day of the calendar.
    recurs = not match["yn"] and _EACH.search(text[max(0, start - 6) : start])
    return [replace(phrase, recurring=True) for phrase in found] if recurs else found


def _number(text: str | None) -> int | None:
    return None if text is None else calendar_number(text)


def _plain(text: str, groups: Groups, point: Written) -> Written | Phrase | None:
    """Year, month and day from their groups."""
    month = _number(groups["mn"])
    same = month is None and groups["mrel"] is not None
    return replace(point, month=month, day=_number(groups["dn"]), same_month=same)


def _long_year(text: str, groups: Groups, point: Written) -> Phrase | None:
    """八十八年下半年及八十九年度: a fiscal year of 18 months."""
    first, last = (gregorian(calendar_number(groups[name] or "")) for name in ("yn", "yn2"))
    if last != first + 1:
        return None
    begins = replace(point, year=Year("absolute", first), part="H2")
    return Phrase(point.start, point.end, point.rule, begins, replace(point, year=Year("absolute", last), part="end"))


def _numeric(text: str, groups: Groups, point: Written) -> Written | Phrase | None:
    first = replace(point, month=_number(groups["mn"]), day=_number(groups["dn"]))
    if groups["mn2"] is None:
        return first if _is_day(first) else None
    year = Year("absolute", gregorian(int(groups["yn2"]))) if groups["yn2"] else None
    last = Written(point.end, point.end, point.rule, year, _number(groups["mn2"]), _number(groups["dn2"]))
    return Phrase(point.start, point.end, point.rule, first, last) if _is_day(first) and _is_day(last) else None


def _is_day(point: Written) -> bool:
    return 1 <= (point.month or 0) <= 12 and 1 <= (point.day or 0) <= 31


_COMPACT_BEHIND = compiled("[起止前]|生效|施行|發布|公告")
_COMPACT_BEFORE = compiled(r"(?:日期?|時間|民國|[於自至迄到~\-(:])$")


def _compact(text: str, groups: Groups, point: Written) -> Written | None:
    digits = groups["compact"] or ""
    year = gregorian(int(digits[:-4]))
    found = replace(point, year=Year("absolute", year), month=int(digits[-4:-2]), day=int(digits[-2:]))
    if not (_is_day(found) and 1971 <= year <= 2061):
        return None
    before, behind = text[max(0, point.start - 3) : point.start], text[point.end : point.end + 1]
    told = _COMPACT_BEFORE.search(before) and behind not in tuple("元人號件萬億")
    return found if told or _COMPACT_BEHIND.match(text, point.end) else None


_TODAY = {"今": 0, "本": 0, "昨": -1, "明": 1}


def _today(text: str, groups: Groups, point: Written) -> Written:
    return replace(point, day=_number(groups["dn"]), day_offset=_TODAY[groups["drel"] or "今"])


def _spoken(text: str, groups: Groups, point: Written) -> Written | Phrase:
    first = replace(point, day=_number(groups["dn"]), day_offset=0)
    if groups["dn"] is not None:
        return first
    begins, ends = map(calendar_number, groups.captures("n"))
    return Phrase(point.start, point.end, point.rule, replace(first, day=begins), replace(point, day=ends))


_THIS = frozenset(words_of("word.this"))


def _ends_a_word(text: str, at: int) -> bool:
    """The sign of 本年 or 上月 may be the end of another word: 成本|年度, but 完成|本年度."""
    return text[max(0, at - 1) : at + 1] in _THIS and not word_begins(text, at)


def _relative_month(text: str, groups: Groups, point: Written) -> Written | None:
    if _ends_a_word(text, point.start):
        return None
    return replace(point, day=_number(groups["dn"]), month_offset=0 if groups["mrel"] == "本" else -1)


def _term(text: str, groups: Groups, point: Written) -> Written | None:
    if point.year is None or (groups["yu"] and point.year.unit != "school"):
        return None
    return replace(point, part="T1" if groups["term"] in ("1", "一", "上") else "T2")


def _quarter(text: str, groups: Groups, point: Written) -> Written:
    return replace(point, part=f"Q{1 if groups['first'] else _number(groups['n'])}")


_PARTS = {"上": "H1", "前": "H1", "下": "H2", "後": "H2", "底": "end", "末": "end", "初": "begin", "同期": "same_period", "本期": "own_period", "上期": "last_period"}  # fmt: skip


def _part(text: str, groups: Groups, point: Written) -> Written | None:
    if point.year is None and _ends_a_word(text, point.start):
        return None  # 資本期滿
    word = groups["part"] or ""
    part = _PARTS.get(word) or _PARTS.get(word[:1]) or _PARTS.get(word[-1:], "")
    year = Year("same", 0) if word.startswith("全年") and point.year is None else point.year
    return replace(point, part=part, year=year)


def _decade(text: str, groups: Groups, point: Written) -> Written | None:
    number = _number(groups["yn"]) or 0
    if number % 10 or number < 10:
        return None
    if groups["era"] == "民國":
        return replace(point, year=Year("absolute", gregorian(number), "decade"))
    return replace(point, year=Year("absolute", number if number >= 1000 else 1900 + number, "decade"), part="decade")


_EVENT_BEFORE = compiled(
    r"(?:^|[,。;:、()《》「」『』\s\-]|[府局處會部院署辦加於自至在到以及與和暨或為的之行屆現應對向告是])$"
)


def _event(text: str, groups: Groups, point: Written) -> Written | None:
    before = text[max(0, point.start - 1) : point.start]
    if before in (":", "-") and text[max(0, point.start - 2) : point.start - 1].isascii():
        return None  # ISO 27001:2013
    return replace(point, year=Year("absolute", int(groups["event"] or 0))) if _EVENT_BEFORE.search(before) else None


_BUILDERS = {
    "date.long_year": _long_year,
    "date.numeric": _numeric,
    "date.slash": _numeric,
    "date.compact": _compact,
    "date.day.today": _today,
    "date.day.spoken": _spoken,
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


def _shared(text: str, match: regex.Match[str], point: Written) -> list[Phrase]:
    """The members of ``9月15、16日`` or ``97及98年度``; a range mark between two makes one of them."""
    rule, month = point.rule, _number(match["mn"])
    if (upto := _number(match["upto"])) is not None:
        if rule != "date.months.first":
            return [Phrase(point.start, point.end, rule, replace(point, part=f"Q1-{upto}"))]
        last = Written(point.end, point.end, rule, month=upto)
        return [Phrase(point.start, point.end, rule, replace(point, month=1), last)]
    spans, seps = match.spans("n"), match.captures("sep")
    numbers = [{"上": 1, "下": 2}.get(text[slice(*span)]) or calendar_number(text[slice(*span)]) for span in spans]
    if rule in ("date.years", "date.gregorian_years"):
        numbers = [_in_century(number, numbers[0]) for number in numbers]
        if not _are_years(text, match, numbers):
            return []
    unit: Unit = "school" if "學" in (match["yu"] or "") else "year"
    points: list[Written] = []
    for index, ((_, end), number) in enumerate(zip(spans, numbers, strict=True)):
        start = point.start if index == 0 else spans[index][0] - (text[spans[index][0] - 1] == "第")
        end = point.end if index == len(spans) - 1 else end
        member = Written(start, end, rule, point.year if index == 0 else None)
        if rule.startswith("date.days"):
            same = rule == "date.days" and index == 0 and month is None
            member = replace(member, day=number, month=month if index == 0 else None, same_month=same)
        elif rule == "date.months":
            member = replace(member, month=number)
        elif rule in ("date.quarters", "date.halves"):
            member = replace(member, part=f"{'Q' if rule == 'date.quarters' else 'H'}{number}")
        else:
            member = replace(member, year=Year("absolute", gregorian(number), unit))
        points.append(member)
    phrases = [Phrase(points[0].start, points[0].end, rule, points[0])]
    for sep, member in zip(seps, points[1:], strict=True):
        if sep == "/" or part("list").match(sep):
            phrases.append(Phrase(member.start, member.end, rule, member))
        elif phrases[-1].last is None:
            phrases[-1] = Phrase(phrases[-1].start, member.end, rule, phrases[-1].first, member)
        else:
            return []
    return phrases


def _in_century(number: int, first: int) -> int:
    """1985到89年: the second leaves its century to the first."""
    century = first - first % 100
    return century + number if first >= 1000 and first % 100 < number < 100 else number


# --- whether a number before 年 names a year ----------------------------------------------------------------------

_OFFSETS = {"本": 0, "今": 0, "去": -1, "上": -1, "上一": -1, "前一": -1, "前": -2, "明": 1, "下": 1, "後": 2}
_OTHER_WORD = compiled(pattern_of("word.year"))
_OPEN_LEFT = compiled(r"(?:^|[,。;:、()「」\s自至於到在由與較比和及為從經])$")
_LONG_BEFORE = compiled(pattern_of("count.before_large") + "$")
"""Before a number that could be a Minguo year (60 to 150): here it counts years."""
_DURATION_BEFORE = compiled(pattern_of("count.before") + "$")
_DURATION_BEHIND = compiled(pattern_of("count.behind"))
_LEVEL_BEHIND = compiled("[之的]?(?:目標|水準|標準|同期)")
_CASE_BEHIND = compiled(r"[\u4e00-\u9fff]{1,6}字第")
_NAMED_BEHIND = compiled(pattern_of("name.behind"))
_NAMED_BEFORE = compiled(r"(?:[於自從]|早在|早於|建於|遠自)$")
_SPOKEN_OF = 2001
"""Minguo 90: smaller numbers that descend are more often no years."""


def _year_of(text: str, match: regex.Match[str], rule: str) -> Year | Literal[False] | None:
    """The year of a match; None where it has none, False where its number is no year: 建校60年 and 任職滿40年 count."""
    digits, unit = match["yn"], match["yu"] or ""
    written: Unit = "school" if "學" in unit else "year"
    if match["yrel"]:
        return _relative_year(text, match, match["yrel"], digits, written)
    if digits is None:
        return None
    number = calendar_number(digits)
    if match["twice"] and gregorian(number) != gregorian(int(match["twice"])):
        return False
    if match["era"]:
        return _era_year(match["era"], number, match["before"] is not None, written)
    if rule == "date.numeric":
        return Year("absolute", gregorian(number)) if 60 <= number <= 150 or 1900 <= number <= 2150 else False
    if rule in ("date.decade", "date.holiday") and not unit:
        return Year("absolute", number if number >= 1000 else 1900 + number)
    return Year("absolute", gregorian(number), written) if _is_named(text, match, digits, number, rule) else False


def _era_year(word: str, number: int, before: bool, unit: Unit) -> Year | Literal[False]:
    first = era_of(word).first
    if first > 1 and (number == 0 or number > 200):
        return False
    # 民國前1年 is 1911, the year before the republic's first; so is 西元前1年 the one before the first.
    return Year("absolute", first - number if before else first + number - 1, unit)


def _relative_year(
    text: str, match: regex.Match[str], word: str, digits: str | None, unit: Unit
) -> Year | Literal[False]:
    start = match.start("yrel")
    before = text[max(0, start - 1) : start]
    if digits is not None:
        number = calendar_number(digits)
        known = 1 <= number <= 200 or 1900 <= number <= 2150
        return Year("absolute", gregorian(number), unit, bracketed=True) if known else False
    if _ends_a_word(text, start):
        return False
    bare, word_of_year = match.end() == match.end("yu"), text[match.start("yu") : match.end("yu")]
    if word == "當" or (word in "前後" and not _OPEN_LEFT.search(before)):
        return False
    if word in "上下" and bare and (word_of_year == "年" and before not in ("較", "比")):
        return False
    if word_of_year == "年" and _OTHER_WORD.match(text, match.start("yu")):
        return False
    if word in "次翌隔":
        # 於次年度核給 speaks of any year; with a month it is the year after the one just named.
        return False if bare else Year("same", 1, unit)
    return Year("same", 0, unit) if word in "同該" else Year("offset", _OFFSETS[word], unit)


def _is_named(text: str, match: regex.Match[str], digits: str, number: int, rule: str) -> bool:
    """Whether a number before 年 names a calendar year, and does not count years."""
    if 1600 <= number <= 2199:
        return len(digits) == 4 or not digits.isdecimal()
    if match["yu"] is None:
        return rule in ("date.edge", "date.half", "date.quarter", "date.term")  # 109下半年: 年 was forgotten
    start, unit_end, unit = match.start("yn"), match.end("yu"), match["yu"]
    before, behind = text[max(0, start - 4) : start], text[unit_end : unit_end + 6]
    long, finer = 60 <= number <= 150, match.end() > unit_end
    counted = bool((_LONG_BEFORE if long else _DURATION_BEFORE).search(before)) and not _LEVEL_BEHIND.match(behind)
    if not finer and _CASE_BEHIND.match(text, unit_end):
        return False
    if long:
        if unit != "年" or finer:
            return not before.endswith(("每", "第"))
        if not digits.isdecimal() and number >= 100 and number % 10 == 0:
            # 一百年, 一百五十年 count years as often as they name one.
            return bool(_NAMED_BEHIND.match(behind)) and not counted
        # 於98年, 至98年 name a year; 達60年, 建校60年 count.
        return not counted and not _DURATION_BEHIND.match(behind)
    if not 10 <= number < 60:
        return False
    if finer:
        return rule in ("date.day", "date.month", "date.days", "date.months", "date.edge") and not counted
    if unit != "年":
        return unit.endswith("度") and not counted and number >= 30
    return bool(_NAMED_BEFORE.search(before) and _NAMED_BEHIND.match(behind)) and number >= 30


def _are_years(text: str, match: regex.Match[str], numbers: list[int]) -> bool:
    """Whether the members of ``106至108年`` or ``97及98年度`` name years.

    A range ascends; one that runs backwards (106至101年) is read where both are years that reports speak of.
    """
    years = [gregorian(number) for number in numbers]
    start = match.start()
    if not match["era"] and numbers[0] < 1000 and _LONG_BEFORE.search(text[max(0, start - 4) : start]):
        return False
    listed = [part("list").match(sep) for sep in match.captures("sep")]
    return all(1900 <= year <= 2150 for year in years) and all(
        0 < later - year <= 60 or (0 < year - later <= 60 and (in_list or min(years) >= _SPOKEN_OF))
        for (year, later), in_list in zip(pairwise(years), listed, strict=True)
    )
