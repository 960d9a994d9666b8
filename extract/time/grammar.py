"""How dates are written: the atoms that the shapes of ``rules/dates.toml`` are made of, and the parts that they give.

Nothing here knows the context. Group names carry the values; the regex module lets alternatives share a name, so that
every shape fills the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from ...rules.calendar import all_calendar_words
from ...rules.dates import Shape, eras
from ...rules.dates import shapes as shapes_with
from ...rules.kept import compiled

# --- atoms --------------------------------------------------------------------------------------------------------

CN = "〇○零一二三四五六七八九十廿卅百"
"""Chinese digits of a calendar."""
RANGE = r"(?:[至到迄∼〜～~\-‐‑–—―─－]|—{2}|-{2}|─{2})"
LIST = r"[、及與和或暨]"
WEEKDAY = r"\((?:星期|週|周|禮拜)?(?P<weekday>[一二三四五六日])\)"
BETWEEN = rf"(?:{WEEKDAY})?(?:初[一二三四五六七八九十]|除夕)?起?{RANGE}"
"""What stands between the two ends of a range."""
CHAIN = rf"(?:{WEEKDAY}|\([^()\d,。;]{{1,8}}\))?(?:[上下]午)?(?:{LIST}|,|以?及)?"
"""What stands between the members of a list of days."""


@cache
def atoms() -> Mapping[str, str]:
    """The atoms of the shapes by name; those of the calendar's words are called as they are, with _ for a point."""
    known = {identity.replace(".", "_"): record.pattern for identity, record in all_calendar_words().items()}
    # 民 alone is an era before 前 only: 民前1年.
    era_words = [word if len(word) > 1 else f"{word}(?=前)" for era in eras() for word in era.words]
    known |= {
        # A number begins here: not inside a longer one, and no ordinal; a list mark (1.) may stand before it.
        "left": rf"(?<![\d第])(?:(?<!\d[.,])|(?<=\d,)(?=\d{{2,3}}(?:學?年度|年\d))|(?<=(?:^|[。;:\n\t])\d{{1,2}}\.))(?<![{CN}千萬億數幾初])",
        "range": RANGE,
        "list": LIST,
        "weekday": r"\((?:星期|週|周|禮拜)?[一二三四五六日]\)",
        "cn": CN,
        # Two or three digits name a Minguo year from 60 on; below that they mostly count years, see scan.
        "minguo": r"(?:[6-9]\d|1[0-4]\d|150)(?!\d)",
        "gregorian": r"(?:1[6-9]|20|21)\d\d(?!\d)",
        "degree": known["half_degree"],
        "twice": r"(?:\((?:西元|民國)?(?P<twice>\d{2,4})\))?",  # the same year in the other calendar: 108(2019)年
        "month_number": r"(?:0?[1-9]|1[0-2])(?!\d)|十[一二]?|[一二三四五六七八九]",
        "day_number": r"(?:0?[1-9]|[12]\d|3\d)(?!\d)|(?:[二三]?十|廿|卅)[一二三四五六七八九]?|[一二三]?[〇○一二三四五六七八九]",
        "any_number": r"\d{1,2}(?!\d)",
        "edge": f"(?:{known['edge_end']}|{known['edge_begin']})",
        "holiday": rf"(?:農曆)?{known['holiday']}",
        "whole_year": rf"全年(?!{known['whole_year_behind']})",
        "quantity": rf"(?:\d|{known['measure_behind']})",  # behind four digits these make an amount of them
        "event": r"[\u4e00-\u9fff]",
    }
    composed = {
        "year_unit": r"(?P<yu>學年{degree}?|(?:會計|預算|財政)年{degree}|年(?:年?{degree})?)",
        "era_year": rf"(?P<era>{'|'.join(era_words)})(?P<before>前)?(?P<yn>\d{{1,4}}|[{CN}]{{1,6}}|元){{twice}}{{year_unit}}",
        "number_year": rf"{{left}}(?P<yn>\d{{2,4}}|[{CN}兩][{CN}千0]{{1,6}}){{twice}}{{year_unit}}",
        "relative_year": rf"(?P<yrel>[本今去上下明前後次翌隔同該當]|[上前]一(?=年度))(?:\((?P<yn>\d{{2,4}}|[{CN}]{{1,6}})\))?(?P<yu>學年{{degree}}?|年(?:年?{{degree}})?)",
        "year": r"(?:{era_year}|{number_year}|{relative_year})",
        "month": r"(?:{left}(?P<mn>{month_number}|元)月(?!齡|刊(?![登載出])|初[一二三四五六七八九十](?![般級次期]))|(?P<mrel>[本上下同])(?:\((?P<mn>{month_number})\))月|(?P<mrel>同)月)",
        "day": r"(?P<dn>{day_number})(?:日|(?<=月.{1,3})號)",
        # What may stand behind a month inside its span. 中 opens many words (6月中央), so it needs an end behind it.
        "month_tail": r"(?P<mtail>份?(?:[上中下]旬|月?{edge_end}|{edge})|份|分(?![別組區享析批期梯年階次隊攤送發配布設工成頭兩二三四五])|中(?=[,。;、)起前至完辦]|$))?",
        "half": r"[上下]半年{degree}?",
        "sep": r"(?P<sep>{list}|{range})",
        "sep_or_slash": r"(?P<sep>{list}|{range}|/)",
        "day_word": r"遊(?![覽行客])|{days_behind_listed}",  # behind 日 in a list of days: 二日遊, 5日內
        "member_year": rf"(?P<n>{{minguo}}|{{gregorian}}|(?<=(?:19|20)\d\d{RANGE})\d\d(?!\d)|[{CN}]{{2,6}})",
        "quarter": r"(?P<n>[1-4一二三四])",
        "lost": r"{left}(?P<yn>{minguo})",  # a year whose 年 was forgotten; what stands behind must be no measure word
    }
    for name, pattern in composed.items():
        known[name] = regex.sub(r"\{([A-Za-z_]\w*)\}", lambda match: known[match[1]], pattern)
    return known


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of dates, with these atoms."""
    return shapes_with(atoms())


@cache
def shapes_pattern() -> regex.Pattern[str]:
    """All shapes in one pattern; the one named group of each that is no part of it tells which one matched."""
    joined = "|".join(f"(?:{shape.pattern})(?P<shape{index}>)" for index, shape in enumerate(shapes()))
    return compiled(joined, regex.VERBOSE)


def shape_of(match: regex.Match[str]) -> Shape:
    """The shape that a match of ``shapes_pattern`` has."""
    for index, shape in enumerate(shapes()):
        if match.start(f"shape{index}") >= 0:
            return shape
    raise ValueError(match[0])


# --- what a date is made of ---------------------------------------------------------------------------------------

Unit = Literal["year", "school", "decade"]
YearKind = Literal["absolute", "offset", "same"]
"""A year by its number, counted from the report's year, or counted from the year just named."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it is written."""

    kind: YearKind
    value: int
    """The Gregorian year, or how many years to add."""
    unit: Unit = "year"
    bracketed: bool = False
    """本(98)年: relative, and its number in brackets."""


@dataclass(frozen=True, slots=True)
class Written:
    """One calendar expression in its parts; what is missing the context must give."""

    start: int
    end: int
    rule: str
    year: Year | None = None
    month: int | None = None
    day: int | None = None
    month_offset: int | None = None
    """Months from the month in which the report speaks (本月 0, 上月 -1)."""
    same_month: bool = False
    part: str = ""
    """A stretch of the year: H1 H2, Q2, Q1-3, T1 T2 (school terms), end, begin, same_period, own_period, last_period."""
    day_offset: int | None = None
    """今(5)日 0, 昨(4)日 -1, 明(6)日 1."""

    @property
    def is_bare_day(self) -> bool:
        """Nothing but the number of a day."""
        relative = self.same_month or self.day_offset is not None or self.month_offset is not None
        return self.day is not None and self.month is None and not relative

    @property
    def is_year(self) -> bool:
        """A year, and nothing finer."""
        finer = self.month is not None or self.day is not None or self.month_offset is not None or self.same_month
        return not finer and not self.part

    @property
    def is_this_year(self) -> bool:
        """本年, 今年, with or without what is finer."""
        return self.year is not None and (self.year.kind, self.year.value) == ("offset", 0)

    @property
    def is_leap_day(self) -> bool:
        """29 February."""
        return (self.month, self.day) == (2, 29)

    @property
    def months(self) -> Sequence[int]:
        """The months in which it lies, as far as it tells."""
        if self.month is not None:
            return (self.month,)
        if self.part.startswith("Q"):
            first, _, last = self.part[1:].partition("-")
            return range(3 * int(first) - 2, 3 * int(last or first) + 1)
        return {"H1": range(1, 7), "H2": range(7, 13), "begin": (1,), "end": (12,)}.get(self.part, ())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date mention: one point, or a range of two."""

    start: int
    end: int
    rule: str
    first: Written
    last: Written | None = None
    recurring: bool = False
    """It comes back every year, or is lunar: no day of the calendar."""

    @property
    def stated_year(self) -> int | None:
        """The year that its own number gives."""
        for written in (self.last, self.first):
            if written is not None and written.year is not None and written.year.kind == "absolute":
                return written.year.value
        return None
