"""Find the dates of a text as they are written: points and ranges in parts, before any context is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

from .calendar import calendar_number, gregorian, is_day
from .dates_atoms import BETWEEN, CHAIN, CN, LIST
from .dates_shapes import SHAPES, shapes_pattern

YearKind = Literal["absolute", "offset", "same"]
"""A year by its number, counted from the report's year, or counted from the year just named."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it is written."""

    kind: YearKind
    value: int
    """The Gregorian year, or how many years to add."""
    unit: Literal["year", "school", "decade"] = "year"


@dataclass(frozen=True, slots=True)
class Point:
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
        return self.day is not None and self.month is None and not self.same_month and self.day_offset is None and self.month_offset is None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date mention: one point, or a range of two."""

    start: int
    end: int
    rule: str
    first: Point
    last: Point | None = None
    recurring: bool = False
    """It comes back every year, or is lunar: no day of the calendar."""


@lru_cache(maxsize=4096)
def scan(text: str) -> tuple[Phrase, ...]:
    """All dates of a text, in order and without overlaps. A report is scanned for its frame and then for its dates."""
    return tuple(_chained(text, _ranges(text, list(_points(text)))))


# --- points -----------------------------------------------------------------------------------------------------

_SHAPE_GROUPS = tuple((f"shape{index}", shape.id) for index, shape in enumerate(SHAPES))
_MARKS = r"[、及與和或暨至到迄~∼〜～\-‐‑–—―─－]"
_UNITS = "年月日季學會預財"
# Where a date may begin. Most numbers are none: this looks at each once, the shapes only at those that may be.
_STARTS = regex.compile(
    rf"(?<!\d)(?:20\d\d(?:\d{{4}})?(?!\d)|[01]\d{{6}}(?!\d)|\d{{1,4}}(?=[{_UNITS}全]|{_MARKS}[\d{CN}]|[./]\d))"
    rf"|(?<![{CN}])[{CN}千]{{1,7}}(?=[{_UNITS}]|{_MARKS}[\d{CN}])"
    rf"|元(?=月|{_MARKS})|[本今去上下明前後次翌同該當昨](?=[年月日學期半]|\([\d{CN}]{{1,6}}\)[年月日學])"
    rf"|(?:中華民國|民國|西元|公元|民)(?=[\d{CN}前元])|第(?=[{CN}1-4])|年(?=[底初])|全(?=年度)"
)


def _points(text: str) -> Iterator[list[Phrase]]:
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


def _members(text: str, match: regex.Match[str]) -> list[Phrase]:
    rule = next(rule for group, rule in _SHAPE_GROUPS if match.start(group) >= 0)
    groups = match.groupdict()
    year = _year(text, match, groups, rule)
    if year is False:
        return []
    start, end = match.span()
    found = _built(text, match, groups, Point(start, end, rule, year))
    return [replace(phrase, recurring=True) for phrase in found] if _is_recurring(text, start, groups) else found


def _built(text: str, match: regex.Match[str], groups: dict[str, str | None], point: Point) -> list[Phrase]:
    rule = point.rule
    if rule in ("date.years", "date.gregorian_years", "date.days", "date.months", "date.quarters"):
        return _shared(text, match, point)
    built = _BUILDERS.get(rule, _plain)(text, groups, point)
    if built is None:
        return []
    if isinstance(built, Phrase):
        return [built]
    return [Phrase(built.start, built.end, rule, built)]


# --- years ------------------------------------------------------------------------------------------------------

_OFFSETS = {"本": 0, "今": 0, "去": -1, "上": -1, "前": -2, "明": 1, "下": 1, "後": 2}
_NOT_BEFORE = {
    # Words that end in the character before 年: 基本年, 過去年, 說明年度, 以上年資, 應該年.
    "本": "基日資成版樣書劇文根腳標原課",
    "今": "古至迄如當現",
    "去": "過除失扣刪逝遠死減",
    "上": "以線網早晚馬海陸路天地",
    "明": "說證黎聲表簡透文發光鮮照標註載查",
    "下": "以天地底之屬部如餘",
    "同": "共如相不",
    "該": "應",
}
_OPEN_LEFT = regex.compile(r"(?:^|[,。;:、()「」\s自至於到在由與較比和及為從經])$")
_LONG_BEFORE = regex.compile(
    r"(?:滿|逾|超過|長達|最長|為期|建校|創校|創立|創會|建廠|設校|建城|建市|歷時|歷經|(?<![契合簽續換解訂立])約|(?<!最|鄰|附|臨|接)近|每|(?<![宣轉傳表抵])達|齡|壽命|活到)$"
)
"""Before a number that could be a Minguo year (60 to 150): here it counts years."""
_DURATION_BEFORE = regex.compile(
    r"(?:滿|逾|超過|長達|最長|最多|至少|為期|年滿|未滿|不足|建校|創校|創立|創會|建廠|設校|建城|建市|歷時|歷經|屆滿|服務|任職|年資|委外|續約|近|約|每|第|分|共計?|需時|耗時|活到|高達|使用|壽命|大約|(?<![宣轉傳表抵])達|屋?齡|說是|認為是)$"
)
_DURATION_BEHIND = regex.compile(
    r"(?:以上|老|來(?![臺台函賓自])|歷史|頻率|重現|校慶|慶典|限期|期(?![間末中初程])|齡|餘|多|半|級|資(?!訊|安|源|料|深|通|本|助|格)|次(?![長要數會])|內|後|之久|如一日|的歷史)"
)
_LEVEL_BEHIND = regex.compile("[之的]?(?:目標|水準|標準|同期)")
_CASE_BEHIND = regex.compile(r"[\u4e00-\u9fff]{1,6}字第")
_NAMED_BEHIND = regex.compile(
    r"(?:[起間度底初]|以[前來]|之前|前|制定|公布|修正|訂定|發布|成立|設立|創立|興建|開辦|開始|開園|設置|頒|創建|建[立造成])"
)
_NAMED_BEFORE = regex.compile(r"(?:[於自從]|早在|早於|建於|遠自)$")


def _year(text: str, match: regex.Match[str], groups: dict[str, str | None], rule: str) -> Year | Literal[False] | None:
    """The year of a match; None where it has none, False where its number is no year."""
    relative, digits, unit = groups["yrel"], groups["yn"], groups["yu"] or ""
    written: Literal["year", "school"] = "school" if "學" in unit else "year"
    if relative:
        return _relative_year(text, match, relative, digits, written)
    if digits is None:
        return None
    try:
        number = calendar_number(digits)
    except ValueError:
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


def _era_year(era: str, number: int, before: bool, unit: Literal["year", "school"]) -> Year | Literal[False]:
    if era in ("西元", "公元"):
        return Year("absolute", number, unit)
    if number == 0 or number > 200:
        return False
    # 民國前1年 is 1911, the year before the republic's first.
    return Year("absolute", gregorian(1 - number if before else number), unit)


def _relative_year(
    text: str, match: regex.Match[str], word: str, digits: str | None, unit: Literal["year", "school"]
) -> Year | Literal[False] | None:
    start = match.start("yrel")
    if start and text[start - 1] in _NOT_BEFORE.get(word, ""):
        return False
    if digits is not None:
        number = calendar_number(digits)
        return Year("absolute", gregorian(number), unit) if 1 <= number <= 200 or 1900 <= number <= 2150 else False
    bare = match.end() == match.end("yu")
    if word == "當":
        return False
    behind = text[match.end("yu") : match.end("yu") + 2]
    if word in "前後" and not _OPEN_LEFT.search(text[max(0, start - 1) : start]):
        return False
    if word in "上下" and bare and not (text[match.start("yu") : match.end("yu")] != "年" or text[max(0, start - 1) : start] in ("較", "比")):  # fmt: skip
        return False
    if bare and behind[:1] and behind[0] in "齡級紀代資金輕期終限":
        return False if not (behind[0] == "期" and behind[1:] in ("間", "末", "中", "初")) else Year("offset", 0, unit)
    if word in "次翌":
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
        return rule == "date.edge"
    start, unit_end = match.start("yn"), match.end("yu")
    before, behind = text[max(0, start - 4) : start], text[unit_end : unit_end + 4]
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


_EACH = regex.compile(
    r"(?:每(?:年度?|學年度?|逢|屆)?|歷年|各年度?|逐年|例年|往年|當年度?|農曆|陰曆|舊曆)(?:的|之|於|約|均|各|自|在|從)?$"
)


def _is_recurring(text: str, start: int, groups: dict[str, str | None]) -> bool:
    return not groups["yn"] and bool(_EACH.search(text[max(0, start - 6) : start]))


# --- points of each shape ---------------------------------------------------------------------------------------


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


_COMPACT_BEFORE = regex.compile(r"(?:日期?|時間|民國|[於自至迄到~\-(:])$")


def _compact(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    digits = groups["compact"] or ""
    year, month, day = gregorian(int(digits[:-4])), int(digits[-4:-2]), int(digits[-2:])
    if not (is_day(year, month, day) and 1971 <= year <= 2061):
        return None
    behind = text[point.end : point.end + 1]
    told = _COMPACT_BEFORE.search(text[max(0, point.start - 3) : point.start]) and behind not in tuple("元人號件萬億")
    return replace(point, year=Year("absolute", year), month=month, day=day) if told else None


_TODAY = {"今": 0, "本": 0, "昨": -1, "明": 1}


def _today(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, day=_number(groups["dn"]), day_offset=_TODAY[groups["drel"] or "今"])


def _relative_month(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, day=_number(groups["dn"]), month_offset=0 if groups["mrel"] == "本" else -1)


def _term(text: str, groups: dict[str, str | None], point: Point) -> Point | None:
    if point.year is None or point.year.unit != "school":
        return None
    return replace(point, part="T1" if groups["term"] in ("1", "一", "上") else "T2")


def _quarter(text: str, groups: dict[str, str | None], point: Point) -> Point:
    return replace(point, part=f"Q{_number(groups['n'])}")


_PARTS = {"上": "H1", "前": "H1", "下": "H2", "後": "H2", "底": "end", "末": "end", "初": "begin", "同期": "same_period", "本期": "own_period", "上期": "last_period"}  # fmt: skip


def _part(text: str, groups: dict[str, str | None], point: Point) -> Point:
    word = groups["part"] or ""
    part = _PARTS.get(word) or _PARTS.get(word[:1]) or _PARTS.get(word[-1:], "")
    year = Year("same", 0) if word == "全年度" and point.year is None else point.year
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


# --- members that share a unit ----------------------------------------------------------------------------------


def _shared(text: str, match: regex.Match[str], point: Point) -> list[Phrase]:
    """The members of ``9月15、16日`` or ``97及98年度``; a range mark between two makes one of them."""
    rule, month = point.rule, _number(match["mn"])
    if match["upto"]:
        return [Phrase(point.start, point.end, rule, replace(point, part=f"Q1-{_number(match['upto'])}"))]
    spans, seps = match.spans("n"), match.captures("sep")
    numbers = [calendar_number(text[slice(*span)]) for span in spans]
    if rule in ("date.years", "date.gregorian_years") and not _are_years(text, match, numbers):
        return []
    school = "學" in (match["yu"] or "") and rule == "date.years"
    points: list[Point] = []
    for index, ((_, end), number) in enumerate(zip(spans, numbers, strict=True)):
        start = point.start if index == 0 else spans[index][0]
        end = point.end if index == len(spans) - 1 else end
        member = Point(start, end, rule, point.year if index == 0 else None)
        if rule == "date.days":
            member = replace(
                member, day=number, month=month if index == 0 else None, same_month=index == 0 and month is None
            )
        elif rule == "date.months":
            member = replace(member, month=number)
        elif rule == "date.quarters":
            member = replace(member, part=f"Q{number}")
        else:
            member = replace(member, year=Year("absolute", gregorian(number), "school" if school else "year"))
        points.append(member)
    phrases = [Phrase(points[0].start, points[0].end, rule, points[0])]
    for sep, member in zip(seps, points[1:], strict=True):
        if regex.match(LIST, sep):
            phrases.append(Phrase(member.start, member.end, rule, member))
        elif phrases[-1].last is None:
            phrases[-1] = Phrase(phrases[-1].start, member.end, rule, phrases[-1].first, member)
        else:
            return []
    return phrases


def _are_years(text: str, match: regex.Match[str], numbers: list[int]) -> bool:
    years = [gregorian(number) for number in numbers]
    start = match.start()
    if not match["era"] and numbers[0] < 1000 and _LONG_BEFORE.search(text[max(0, start - 4) : start]):
        return False
    return all(1900 <= year <= 2150 for year in years) and all(
        0 < later - year <= 60 for year, later in pairwise(years)
    )


# --- ranges and lists -------------------------------------------------------------------------------------------

_BETWEEN = regex.compile(BETWEEN)
_CHAIN = regex.compile(CHAIN)
_WORD_BEFORE_DAY = regex.compile(r"(?:[於自至]|截至)$")
_DAY_COUNTS = regex.compile(r"[內起]?(?:之?內|以[上內]|課程|假|期|後|前(?=通知|提))")
_SENTENCE_END = regex.compile(r"[。;!?\n\t]")


def _ranges(text: str, found: list[list[Phrase]]) -> list[Phrase]:
    """Join two points with a range mark between them to one phrase."""
    phrases: list[Phrase] = []
    for members in found:
        head, *tail = members
        previous = phrases[-1] if phrases else None
        if (
            previous is not None
            and previous.last is None
            and previous.end < head.start <= previous.end + 8
            and _BETWEEN.fullmatch(text, previous.end, head.start)
            and head.last is None
            and _may_end(previous.first, head.first)
        ):
            phrases[-1] = replace(previous, end=head.end, last=head.first)
        else:
            phrases.append(head)
        phrases.extend(tail)
    return phrases


def _grain(point: Point) -> int:
    """1 a year, 2 a stretch of it, 3 a month, 4 a day."""
    if point.day is not None:
        return 4
    if point.month is not None or point.same_month or point.month_offset is not None:
        return 3
    return 2 if point.part else 1


def _may_end(first: Point, last: Point) -> bool:
    """Whether one point can be the end of a range that begins at another: 5日至6月 no, 108年至12月 no."""
    if last.year is not None or last.part == "own_period":
        return True
    if last.is_bare_day:
        return _grain(first) == 4
    return _grain(first) > 1


def _chained(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Keep a bare day only where a day before it gives its month, in a list or in the same sentence behind 於.

    What recurs (每年5月及11月) goes, with all of its list.
    """
    kept: list[Phrase] = []
    recurring: Phrase | None = None
    for phrase in phrases:
        listed = recurring and phrase.first.year is None and _CHAIN.fullmatch(text, recurring.end, phrase.start)
        if phrase.recurring or listed:
            recurring = phrase
        elif not _is_stray_day(text, phrase, kept):
            kept.append(phrase)
    return kept


def _is_stray_day(text: str, phrase: Phrase, before: list[Phrase]) -> bool:
    if not phrase.first.is_bare_day or phrase.rule == "date.days":
        return False
    return not (before and _continues(text, before[-1], phrase))


def _continues(text: str, previous: Phrase, phrase: Phrase) -> bool:
    last = previous.last or previous.first
    if last.day is None or _script(text, last) != _script(text, phrase.first):
        return False
    if _CHAIN.fullmatch(text, previous.end, phrase.start):
        return not _DAY_COUNTS.match(text, phrase.end)
    gap = text[previous.end : phrase.start]
    if len(gap) > 60 or _SENTENCE_END.search(gap) or not _WORD_BEFORE_DAY.search(gap):
        return False
    return not _DAY_COUNTS.match(text, phrase.end) and (phrase.first.day or 0) > last.day


def _script(text: str, point: Point) -> bool:
    """Whether the day is written in Chinese numerals."""
    return any(char in CN for char in text[point.start : point.end])
