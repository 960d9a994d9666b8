"""Days around the lunar new year, of which a figure may be told: 除夕22萬人次, 小年夜到年初五共計644萬人次.

They are no date mentions, since nothing in them names a day of the calendar; what is told of them has their day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...model import Period, Report
from ...rules.festivals import day_of, festival_words
from ..context import BlockView
from .reach import Anchor, in_one_breath
from .scope import Words

_UP_TO = re.compile(r"(?:夜|晚)?(?:起)?(?:到|至|~|-|迄)")
_HOLIDAY = re.compile(r"春節|過年|年節|新春|農曆|小年夜|除夕|大年初")
_OPENING, _HEADED = 4, 30
"""So many blocks, and characters of each, may say that a report is on the new year."""


def is_festive(report: Report) -> bool:
    """Whether a report speaks of the new year at all: 初三 may begin another word."""
    return any(_HOLIDAY.search(block.text) for block in report.blocks)


def festive_anchors(view: BlockView, sentence: int, year: int | None) -> Iterator[Anchor]:
    """The days of a sentence that are told by their name; ``year`` is that of which it speaks."""
    bounds = view.sentences[sentence]
    told: Anchor | None = None
    for start, end, period in _spans(view.text, bounds.start, bounds.end, year) if year is not None else ():
        if view.text[start - 1 : start] == "▢":
            continue  # 1月25日初一: the date says so itself
        opened = view.text.rfind("(", bounds.start, start)
        bracket = opened if opened >= 0 and ")" not in view.text[opened:start] else None
        words = Words(*view.source(start, end))
        anchor = Anchor(start, end, "during", period, (period,), bracket, True, words)
        if told is not None and in_one_breath(view.text, told, anchor):
            period, members = told.period.until(period), (*told.members, period)
            anchor = replace(told, end=end, period=period, members=members, source=words)
        elif told is not None:
            yield told
        told = anchor
    if told is not None:
        yield told


def festive_span(report: Report, year: int) -> Period | None:
    """The days of the new year that a report is on: told in a first sentence that opens with the holiday."""
    for block in report.blocks[:_OPENING]:
        if not _HOLIDAY.search(block.text[:_HEADED]):
            continue
        for _, _, period in _spans(block.text, 0, (block.text + "。").index("。"), year):
            if period.is_span:
                return period
    return None


def _spans(text: str, start: int, end: int, year: int) -> Iterable[tuple[int, int, Period]]:
    """Days, and from one to another."""
    found: list[tuple[int, int, Period]] = []
    for match in festival_words().finditer(text, start, end):
        day = day_of(match.group(), year)
        if day is None:
            continue
        period = Period.at(day.year, day.month, day.day)
        if found and _UP_TO.fullmatch(text, found[-1][1], match.start()) and not found[-1][2].is_span:
            found[-1] = (found[-1][0], match.end(), found[-1][2].until(period))
        else:
            found.append((match.start(), match.end(), period))
    return found
