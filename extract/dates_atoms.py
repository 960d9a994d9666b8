"""The atoms from which the patterns of dates are made: numbers, units, marks, relative words.

Group names carry the values: ``era before yn yrel yu`` a year, ``mn mrel`` a month, ``dn drel`` a day, ``part`` a
stretch of the year, ``n`` and ``sep`` the members of a list that shares its unit. ``regex`` lets alternatives share a
name, so that every pattern fills the same names.
"""

from __future__ import annotations

from ..rules.calendar import guarded, pattern_of, words_of

CN = "〇○零一二三四五六七八九十廿卅百"
"""Chinese digits of a calendar."""

LEFT = rf"(?<![\d第])(?:(?<!\d[.,])|(?<=(?:^|[。;:\n\t])\d{{1,2}}\.))(?<![{CN}千萬億數幾])"
"""A number begins here: not inside a longer one, and no ordinal; a list mark (1.) may stand before it."""

RANGE = r"[至到迄~∼〜～\-‐‑–—―─－]"
LIST = r"[、及與和或暨]"

# Years. Two or three digits name a Minguo year from 60 on; below that they mostly count years, see dates_scan.
MINGUO = r"(?:[6-9]\d|1[0-4]\d|150)(?!\d)"
GREGORIAN = r"(?:1[6-9]|20|21)\d\d(?!\d)"
DEGREE = pattern_of("half.degree")
"""度 where it belongs to the word before it: 年度, 季度."""
YEAR_UNIT = rf"(?P<yu>學年{DEGREE}?|(?:會計|預算|財政)年{DEGREE}|年(?:年?{DEGREE})?)"

TWICE = r"(?:\((?:西元|民國)?(?P<twice>\d{2,4})\))?"
"""The same year in the other calendar: 108(2019)年."""
ERA_YEAR = (
    rf"(?P<era>中華民國|民國|西元|公元|民(?=前))(?P<before>前)?(?P<yn>\d{{1,4}}|[{CN}]{{1,6}}|元){TWICE}{YEAR_UNIT}"
)
NUMBER_YEAR = rf"{LEFT}(?P<yn>\d{{2,4}}|[{CN}][{CN}千0]{{1,6}}){TWICE}{YEAR_UNIT}"
RELATIVE_YEAR = (
    rf"(?P<yrel>[本今去上下明前後次翌隔同該當]|[上前]一(?=年度))(?:\((?P<yn>\d{{2,4}}|[{CN}]{{1,6}})\))?"
    rf"(?P<yu>學年{DEGREE}?|年(?:年?{DEGREE})?)"
)
YEAR = rf"(?:{ERA_YEAR}|{NUMBER_YEAR}|{RELATIVE_YEAR})"

# Months and days.
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])(?!\d)|十[一二]?|[一二三四五六七八九]"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3\d)(?!\d)|(?:[二三]?十|廿|卅)[一二三四五六七八九]?|[一二三]?[〇○一二三四五六七八九]"
ANY_NUMBER = r"\d{1,2}(?!\d)"
MONTH = rf"(?:{LEFT}(?P<mn>{MONTH_NUMBER}|元)月(?!齡|刊(?![登載出]))|(?P<mrel>[本上下同])(?:\((?P<mn>{MONTH_NUMBER})\))月|(?P<mrel>同)月)"
DAY = rf"(?P<dn>{DAY_NUMBER})日"
# What may stand behind a month inside its span. 中 opens many words (6月中央, 6月中旬), so it needs an end behind it.
EDGE = f"(?:{pattern_of('edge.end')}|{pattern_of('edge.begin')})"
MONTH_TAIL = rf"(?P<mtail>份?(?:[上中下]旬|月?{pattern_of('edge.end')}|{EDGE})|份|中(?=[,。;、)起前至完辦]|$))?"

HOLIDAY = rf"(?:農曆)?{pattern_of('holiday')}"
"""Holidays and seasons: with their year one mention, no finer than the year."""

WHOLE_YEAR = rf"全年(?!{pattern_of('whole_year.behind')})"
"""The year spoken of; 全年無休 says how."""


def other_words(last: str) -> tuple[str, ...]:
    """What stands before ``last`` where both make another word: 基 before 本."""
    return tuple(word[:-1] for word in words_of("word.this") if word.endswith(last))


def not_inside(*signs: str) -> str:
    """A lookbehind: none of ``signs`` that comes next is the end of another word."""
    return "".join(f"(?!(?<={guarded(other_words(sign))}){sign})" for sign in signs if other_words(sign))


QUARTER_NUMBER = r"[1-4一二三四]"
HALF = rf"[上下]半年{DEGREE}?"

WEEKDAY = r"\((?:星期|週|周|禮拜)?[一二三四五六日]\)"
BETWEEN = rf"(?:{WEEKDAY})?起?{RANGE}"
"""What stands between the two ends of a range."""

CHAIN = rf"(?:{WEEKDAY})?(?:[上下]午)?(?:{LIST}|,|以?及)?"
"""What stands between the members of a list of days."""
