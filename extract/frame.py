"""When a report speaks, and of what time: read from its title, first lines, headings, sentences and file name.

Reports that say 本年 do not write their year: it is then the year missing between the past years and the planned ones.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex

from ..model import Block, Report
from .calendar import edtf, from_minguo, interval, parse
from .dates_frame import Frame, Section
from .dates_resolve import Resolved, resolve

__all__ = ["Frame", "frame_of"]

_OPENING = 12
"""So many blocks at the beginning may tell the date of issue or carry the title."""
_CLOSING = 4
_MANY = 3
"""So often a period must be named to be the report's own."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A date with the block that tells it."""

    block: Block
    date: Resolved

    @property
    def text(self) -> str:
        return self.block.text[self.date.phrase.start : self.date.phrase.end]


def frame_of(report: Report) -> Frame:
    """The frame of a report, from whatever it tells."""
    blocks = [block for block in report.blocks if block.kind != "residue"]
    told = [_Told(block, date) for block in blocks for date in resolve(block.text, Section(Frame()))]
    issued, is_press = _issued(blocks)
    if issued and is_press:
        return Frame(issued, issued, parse(issued)[0].year)
    period = _titled(report, blocks) or _told_period(blocks) or _headed(blocks, Frame())
    year = _defined_year(blocks) or _year_of(period, issued)
    # What a file's name or most dates have helps to read the other dates, but is no time that the report tells as its own.
    guessed = year is None and not any(_ITS_TIME.search(block.text) for block in blocks)
    if year is None:
        year = _missing_year(blocks, told) or _named_in_file(report.name) or _usual_year(told)
    frame = Frame(period, issued, year)
    if period is None:
        period = _headed(blocks, frame) or _usual_period(told) or _as_of(blocks, frame)
        if period and issued is None and _says_this_year(blocks) == 0:
            year = parse(period)[1].year
    if period is None:
        period = issued or (edtf(year) if year is not None and not guessed else None)
    return Frame(period, issued, year)


# --- the day of issue -------------------------------------------------------------------------------------------

_ISSUE_LABEL = regex.compile(r"^\W{0,3}(?P<label>[\u4e00-\u9fff()]{0,10}?)(?:日期|時間|期日)\W{0,3}(?:中華民國)?$")
_PRESS = regex.compile(r"發稿|新聞|刊登|發布|發佈")
_OTHER_DAY = regex.compile(r"更新|截止|活動|施行|生效|期限|報名|上課|訓練|辦理|課程|展[覽期]|資料|統計|截至|完工|開工")
_DATE_LINE = regex.compile(r"\W{0,3}")


def _issued(blocks: list[Block]) -> tuple[str | None, bool]:
    """The day of issue, and whether it is that of a press release."""
    for block in (*blocks[:_OPENING], *blocks[max(_OPENING, len(blocks) - _CLOSING) :]):
        if block.kind == "table" or len(block.text) > 120:
            continue
        for date in islice(resolve(block.text, Section(Frame())), 1):
            before, behind = block.text[: date.phrase.start], block.text[date.phrase.end :]
            if parse(date.edtf)[0].month is None or date.phrase.last is not None:
                continue
            label = _ISSUE_LABEL.match(before)
            if label and not _OTHER_DAY.search(label["label"]):
                return date.edtf, bool(_PRESS.search(label["label"]))
            # A line of its own: a day, or a month that is dated with its era.
            alone = _DATE_LINE.fullmatch(before) and _DATE_LINE.fullmatch(behind)
            if alone and (parse(date.edtf)[0].day or "國" in block.text):
                return date.edtf, False
    return None, False


# --- the period that is stated ----------------------------------------------------------------------------------

_ROUGHLY_A_TITLE = 60


def _titled(report: Report, blocks: list[Block]) -> str | None:
    """The period in the title or, without punctuation, in the lines under it."""
    # A numbered line further down heads a section, not the report.
    opening = [
        block for block in blocks[:_OPENING] if block.kind != "table" and (block is blocks[0] or not block.marker)
    ]
    lines = [report.title, *(block.text for block in opening)]
    stem = report.name.rpartition(".")[0] or report.name
    for line in (*lines, stem.replace("_", " ")):
        if len(line) > _ROUGHLY_A_TITLE or regex.search(r"[。,;!?]", line):
            continue
        if (span := _widest(resolve(line, Section(Frame())))) is not None:
            return span
    return None


def _headed(blocks: list[Block], frame: Frame) -> str | None:
    """The period that a heading of the upper levels states, as a half-year or from month to month."""
    for block in blocks:
        if block.kind == "heading" and block.level <= 2 and len(block.text) <= _ROUGHLY_A_TITLE:
            span = _widest(resolve(block.text, Section(frame)))
            if span and "/" in span:
                return span
    return None


_LABELLED = regex.compile(r"(?:資料|報告|統計|業務|填報|本報告)?(?:期間|起訖|區間)\W{0,2}$")
_ANNOUNCED = regex.compile(
    r"(?:以下|謹|茲|爰|本報告|本次報告)(?:係|即|乃)?(?:謹|爰)?(?:就|將)(?:本局|本處|本府|本會|本所|本中心)?\W{0,2}$"
)
_CALLED_IT = regex.compile(r"\W{0,2}[,(]?(?:以下|下)?簡?稱(?:為)?「?本(?:期|半年|季)")


_BUSINESS = regex.compile(
    r"之?(?:各項)?(?:重要|主要)?(?:業務|工作|施政)(?:之?(?:推動|執行|辦理|推展))?(?:情形|成果|概況|績效|報告|重點|進度)"
)
"""報告本局110年1月至6月業務推動情形."""


def _told_period(blocks: list[Block]) -> str | None:
    """The period that the first paragraphs announce: 資料期間:…, 以下就…之工作報告, …(以下簡稱本期)."""
    for block in blocks[:_OPENING]:
        for date in resolve(block.text, Section(Frame())):
            before, behind = block.text[: date.phrase.start], block.text[date.phrase.end :]
            told = _LABELLED.search(before) or _ANNOUNCED.search(before)
            if told or _CALLED_IT.match(behind) or _BUSINESS.match(behind):
                span = _months(date.edtf)
                if span is not None:
                    return span
    return None


def _months(value: str) -> str | None:
    """A span of whole months, also where it is told by its first and last day."""
    first, last = parse(value)
    if "/" not in value or first.month is None or last.month is None:
        return None
    if first.day is None and last.day is None:
        return value
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return interval(edtf(first.year, first.month), edtf(last.year, last.month)) if whole else None


def _widest(dates: list[Resolved]) -> str | None:
    """The period among some dates: rather from month to month than a year; a day is none."""
    spans = [date.edtf for date in dates if date.phrase.rule not in ("date.event_year", "date.decade") and parse(date.edtf)[0].day is None]  # fmt: skip
    for span in spans:
        if "/" in span and parse(span)[0].month:
            return span
    years = [span for span in spans if "/" not in span and parse(span)[0].month is None]
    return years[0] if years else None


_DEFINED = regex.compile(r"(?P<year>\d{2,4})年度?(?:\(|,)?(?:以下|下)?簡?稱(?:為)?「?本年")


def _defined_year(blocks: list[Block]) -> int | None:
    for block in blocks:
        if match := _DEFINED.search(block.text):
            number = int(match["year"])
            return number if number >= 1000 else from_minguo(number)
    return None


def _year_of(period: str | None, issued: str | None) -> int | None:
    """本年 in a report on one year is that year; else the year in which it speaks."""
    if period and parse(period)[0].year == parse(period)[1].year:
        return parse(period)[0].year
    known = issued or period
    return parse(known)[1].year if known else None


# --- the year that is not written -------------------------------------------------------------------------------

_THIS_YEAR = regex.compile(r"(?<![基日資成版樣])本年(?!齡|資)|今年")
_ITS_TIME = regex.compile(r"(?<![基日資成版樣])本年(?!齡|資)|今年|本期|本季|本半年")


def _says_this_year(blocks: list[Block]) -> int:
    return sum(len(_THIS_YEAR.findall(block.text)) for block in blocks)


def _missing_year(blocks: list[Block], told: list[_Told]) -> int | None:
    """The year that a text calls 本年: it writes the one before often and itself hardly ever."""
    said = _says_this_year(blocks)
    minguo, others = Counter[int](), Counter[int]()
    for item in told:
        for value in parse(item.date.edtf):
            (others if regex.search(r"(?:19|20)\d\d", item.text) else minguo)[value.year] += 1
    # Where another year is named more often than 本年, that one may well be it.
    if not minguo or said < max(minguo.values()):
        return None
    candidates = [year + 1 for year in minguo]
    scores = {year: minguo[year - 1] - 2 * minguo[year] + others[year] + (1 if minguo[year + 1] else 0) for year in candidates}  # fmt: skip
    best = max(scores, key=lambda year: (scores[year], year))
    return best if scores[best] > 0 else None


_YEAR_IN_NAME = regex.compile(r"(?<![\dA-Za-z])(?P<year>[6-9]\d|1[0-4]\d|20\d\d)(?![\dA-Za-z])")


def _named_in_file(name: str) -> int | None:
    """A year that the file's name gives as a word of its own; a number at its beginning counts files."""
    for match in _YEAR_IN_NAME.finditer(name):
        if match.start():
            number = int(match["year"])
            return number if number >= 1000 else from_minguo(number)
    return None


def _usual_year(told: list[_Told]) -> int | None:
    """The year that most dates name, the later where two are even."""
    years = Counter(parse(item.date.edtf)[1].year for item in told if item.date.phrase.rule != "date.decade")
    return max(years, key=lambda year: (years[year], year)) if years else None


# --- the period that the sentences tell -------------------------------------------------------------------------


def _usual_period(told: list[_Told]) -> str | None:
    """A stretch of months that is named again and again."""
    stretches = (item.date for item in told if item.date.phrase.rule != "date.same_period")
    spans = Counter(date.edtf for date in stretches if _is_months(date.edtf))
    if not spans:
        return None
    span, count = spans.most_common(1)[0]
    return span if count >= _MANY and 2 * count >= sum(spans.values()) else None


def _is_months(value: str) -> bool:
    first, last = parse(value)
    return (
        "/" in value and first.month is not None and first.day is None and last.month is not None and last.day is None
    )


def _as_of(blocks: list[Block], frame: Frame) -> str | None:
    """截至本年6月底 all over: the report covers January to June."""
    if frame.year is None:
        return None
    months = Counter(month for block in blocks for month in _months_reached(block.text, frame))
    if not months:
        return None
    month, count = months.most_common(1)[0]
    if count < _MANY:
        return None
    return edtf(frame.year) if month == 12 else interval(edtf(frame.year, 1), edtf(frame.year, month))


def _months_reached(text: str, frame: Frame) -> Iterator[int]:
    for date in resolve(text, Section(frame)):
        value = parse(date.edtf)[1]
        if value.year == frame.year and value.month and value.day is None and text[: date.phrase.start].endswith(("截至", "至", "迄")):  # fmt: skip
            yield value.month
