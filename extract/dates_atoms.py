"""The atoms from which the patterns of dates are made: numbers, units, marks, relative words.

Group names carry the values: ``era before yn yrel yu`` a year, ``mn mrel`` a month, ``dn drel`` a day, ``part`` a
stretch of the year, ``n`` and ``sep`` the members of a list that shares its unit. ``regex`` lets alternatives share a
name, so that every pattern fills the same names.
"""

from __future__ import annotations

CN = "〇○零一二三四五六七八九十廿卅百"
"""Chinese digits of a calendar."""

LEFT = rf"(?<![\d第])(?:(?<!\d[.,])|(?<=(?:^|[。;:\n\t])\d{{1,2}}\.))(?<![{CN}千萬億數幾])"
"""A number begins here: not inside a longer one, and no ordinal; a list mark (1.) may stand before it."""

RANGE = r"[至到迄~∼〜～\-‐‑–—―─－]"
LIST = r"[、及與和或暨]"

# Years. Two or three digits name a Minguo year from 60 on; below that they mostly count years, see dates_scan.
MINGUO = r"(?:[6-9]\d|1[0-4]\d|150)(?!\d)"
GREGORIAN = r"(?:1[6-9]|20|21)\d\d(?!\d)"
YEAR_UNIT = r"(?P<yu>學年度?|(?:會計|預算|財政)年度|年(?:年?度)?)"

ERA_YEAR = rf"(?P<era>中華民國|民國|西元|公元|民(?=前))(?P<before>前)?(?P<yn>\d{{1,4}}|[{CN}]{{1,6}}|元){YEAR_UNIT}"
NUMBER_YEAR = rf"{LEFT}(?P<yn>\d{{2,4}}|[{CN}][{CN}千0]{{1,6}}){YEAR_UNIT}"
RELATIVE_YEAR = (
    rf"(?P<yrel>[本今去上下明前後次翌同該當])(?:\((?P<yn>\d{{2,4}}|[{CN}]{{1,6}})\))?(?P<yu>學年度?|年(?:年?度)?)"
)
YEAR = rf"(?:{ERA_YEAR}|{NUMBER_YEAR}|{RELATIVE_YEAR})"

# Months and days.
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])(?!\d)|十[一二]?|[一二三四五六七八九]"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3\d)(?!\d)|(?:[二三]?十|廿|卅)[一二三四五六七八九]?|[一二三]?[〇○一二三四五六七八九]"
ANY_NUMBER = r"\d{1,2}(?!\d)"
MONTH = rf"(?:{LEFT}(?P<mn>{MONTH_NUMBER}|元)月(?!齡|刊)|(?P<mrel>[本上下同])(?:\((?P<mn>{MONTH_NUMBER})\))月|(?P<mrel>同)月)"
DAY = rf"(?P<dn>{DAY_NUMBER})日"
# What may stand behind a month inside its span. 中 opens many words (6月中央, 6月中旬), so it needs an end behind it.
MONTH_TAIL = r"(?P<mtail>份?(?:[上中下]旬|底|初|末)|份|中(?=[,。;、)起前至完辦]|$))?"

HOLIDAY = (
    r"(?:農曆)?(?:春節|新年|中秋節?|端午節?|元宵節|清明節|重陽節|除夕|元旦|國慶日|雙十節|教師節|勞動節|母親節|父親節|婦女節|兒童節|聖誕節)"
    r"|[春夏秋冬]季|[春夏秋冬]天"
)
"""Holidays and seasons: with their year one mention, no finer than the year."""

QUARTER_NUMBER = r"[1-4一二三四]"
HALF = r"上半年度?|下半年度?"

WEEKDAY = r"\((?:星期|週|周|禮拜)?[一二三四五六日]\)"
BETWEEN = rf"(?:{WEEKDAY})?起?{RANGE}"
"""What stands between the two ends of a range."""

CHAIN = rf"(?:{WEEKDAY})?(?:[上下]午)?(?:{LIST}|,|以?及)?"
"""What stands between the members of a list of days."""
