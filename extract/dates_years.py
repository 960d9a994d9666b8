"""Whether a number before 年 names a year, and which: 98年 does, 建校60年 and 任職滿40年 count."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import regex

from ..rules.calendar import pattern_of
from .calendar import calendar_number, gregorian
from .dates_atoms import LIST, other_words
from .dates_parts import Unit, Year

_OFFSETS = {"本": 0, "今": 0, "去": -1, "上": -1, "上一": -1, "前一": -1, "前": -2, "明": 1, "下": 1, "後": 2}
_OTHER_WORD = regex.compile(pattern_of("word.year"))
_OPEN_LEFT = regex.compile(r"(?:^|[,。;:、()「」\s自至於到在由與較比和及為從經])$")
_LONG_BEFORE = regex.compile(pattern_of("count.before_large") + "$")
"""Before a number that could be a Minguo year (60 to 150): here it counts years."""
_DURATION_BEFORE = regex.compile(pattern_of("count.before") + "$")
_DURATION_BEHIND = regex.compile(pattern_of("count.behind"))
_LEVEL_BEHIND = regex.compile("[之的]?(?:目標|水準|標準|同期)")
_CASE_BEHIND = regex.compile(r"[\u4e00-\u9fff]{1,6}字第")
_NAMED_BEHIND = regex.compile(pattern_of("name.behind"))
_NAMED_BEFORE = regex.compile(r"(?:[於自從]|早在|早於|建於|遠自)$")


def year_of(
    text: str, match: regex.Match[str], groups: dict[str, str | None], rule: str
) -> Year | Literal[False] | None:
    """The year of a match; None where it has none, False where its number is no year."""
    relative, digits, unit = groups["yrel"], groups["yn"], groups["yu"] or ""
    written: Unit = "school" if "學" in unit else "year"
    if relative:
        return _relative_year(text, match, relative, digits, written)
    if digits is None:
        return None
    try:
        number = calendar_number(digits)
    except ValueError:
        return False
    if groups["twice"] and gregorian(number) != gregorian(int(groups["twice"])):
        return False
    if groups["era"]:
        return _era_year(groups["era"], number, groups["before"] is not None, written)
    if rule == "date.numeric":
        return Year("absolute", gregorian(number)) if 60 <= number <= 150 or 1900 <= number <= 2150 else False
    if rule in ("date.decade", "date.holiday") and not unit:
        return Year("absolute", number if number >= 1000 else 1900 + number)
    if not _is_named(text, match, digits, number, rule):
        return False
    return Year("absolute", gregorian(number), written)


def _era_year(era: str, number: int, before: bool, unit: Unit) -> Year | Literal[False]:
    if era in ("西元", "公元"):
        return Year("absolute", number, unit)
    if number == 0 or number > 200:
        return False
    # 民國前1年 is 1911, the year before the republic's first.
    return Year("absolute", gregorian(1 - number if before else number), unit)


def _relative_year(
    text: str, match: regex.Match[str], word: str, digits: str | None, unit: Unit
) -> Year | Literal[False] | None:
    start = match.start("yrel")
    if start and text[start - 1] in other_words(word):
        return False
    if digits is not None:
        number = calendar_number(digits)
        return Year("absolute", gregorian(number), unit) if 1 <= number <= 200 or 1900 <= number <= 2150 else False
    bare = match.end() == match.end("yu")
    if word == "當":
        return False
    if word in "前後" and not _OPEN_LEFT.search(text[max(0, start - 1) : start]):
        return False
    if word in "上下" and bare and not (text[match.start("yu") : match.end("yu")] != "年" or text[max(0, start - 1) : start] in ("較", "比")):  # fmt: skip
        return False
    if text[match.start("yu") : match.end("yu")] == "年" and _OTHER_WORD.match(text, match.start("yu")):
        return False
    if word in "次翌隔":
        # 於次年度核給 speaks of any year; with a month it is the year after the one just named.
        return False if bare else Year("same", 1, unit)
    if word in "同該":
        return Year("same", 0, unit)
    return Year("offset", _OFFSETS[word], unit)


def _is_named(text: str, match: regex.Match[str], digits: str, number: int, rule: str) -> bool:
    """Whether a number before 年 names a calendar year, and does not count years."""
    if 1600 <= number <= 2199:
        return len(digits) == 4 or not digits.isdecimal()
    if match["yu"] is None:
        return rule in ("date.edge", "date.half", "date.quarter", "date.term")  # 109下半年: 年 was forgotten
    start, unit_end = match.start("yn"), match.end("yu")
    before, behind = text[max(0, start - 4) : start], text[unit_end : unit_end + 6]
    unit = match["yu"]
    long = 60 <= number <= 150
    counted = bool((_LONG_BEFORE if long else _DURATION_BEFORE).search(before)) and not _LEVEL_BEHIND.match(behind)
    if match.end() == unit_end and _CASE_BEHIND.match(text, unit_end):
        return False
    if long:
        if unit != "年" or match.end() > unit_end:
            return not before.endswith(("每", "第"))
        if not digits.isdecimal() and number >= 100 and number % 10 == 0:
            # 一百年, 一百五十年 count years as often as they name one.
            return bool(_NAMED_BEHIND.match(behind)) and not counted
        # 於98年, 至98年 name a year; 達60年, 建校60年 count.
        return not counted and not _DURATION_BEHIND.match(behind)
    if not 10 <= number < 60:
        return False
    if match.end() > unit_end:
        return rule in ("date.day", "date.month", "date.days", "date.months", "date.edge") and not counted
    if unit != "年":
        return unit.endswith("度") and not counted and number >= 30
    return bool(_NAMED_BEFORE.search(before) and _NAMED_BEHIND.match(behind)) and number >= 30


_LISTED = regex.compile(LIST)
_SPOKEN_OF = 2001
"""Minguo 90: smaller numbers that descend are more often no years."""
_EACH = regex.compile(pattern_of("recurring") + "(?:的|之|於|約|均|各|自|在|從)?$")


def is_recurring(text: str, start: int, groups: dict[str, str | None]) -> bool:
    """A date that comes back every year, or a lunar one, stands for no day of the calendar."""
    return not groups["yn"] and bool(_EACH.search(text[max(0, start - 6) : start]))


def are_years(text: str, match: regex.Match[str], numbers: list[int]) -> bool:
    """Whether the members of ``106至108年`` or ``97及98年度`` name years.

    A range ascends; one that runs backwards (106至101年) is read where both are years that reports speak of.
    """
    years = [gregorian(number) for number in numbers]
    start = match.start()
    if not match["era"] and numbers[0] < 1000 and _LONG_BEFORE.search(text[max(0, start - 4) : start]):
        return False
    steps = [later - year for year, later in pairwise(years)]
    in_order = all(
        0 < step <= 60 or (0 < -step <= 60 and (_LISTED.match(sep) or min(years) >= _SPOKEN_OF))
        for step, sep in zip(steps, match.captures("sep"), strict=True)
    )
    return in_order and all(1900 <= year <= 2150 for year in years)
