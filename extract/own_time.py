"""The report's own time: the span that it covers, the end of it, and the moment that 目前 means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ..model import Report
from .context import BlockView
from .governing import end_of, is_day

_PRESS = re.compile(r"發稿|新聞稿|發布日期|發佈日期|發布時間")
_TITLE_WORDS = 12
"""A title states its span at its beginning: 110年度總預算案…"""
_ITS_YEAR = re.compile(r"本年(?!齡|資)|今年|本期|本季|本半年")
_PUNCTUATED = re.compile(r"[。,;!?]")
_OPENING = 12
"""A title stands in one of so many blocks,"""
_A_TITLE = 60
"""and is no longer than this."""


class Own(Protocol):
    """What a report says of its own time."""

    @property
    def period(self) -> str | None:
        """The span that it covers."""

    @property
    def issued(self) -> str | None:
        """The day, month or year in which it speaks."""

    @property
    def year(self) -> int | None:
        """The year that 本年 means."""


@dataclass(frozen=True, slots=True)
class Span:
    """The report's own time: its period, the end of it, and the moment that 目前 means."""

    own: str | None
    end: str | None
    now: str | None


def span_of(report: Report, frame: Own, views: Mapping[int, BlockView]) -> Span:
    """The own time of a report, from its frame; of a press release, the span that its first words state, if any."""
    own = frame.period or frame.issued or (str(frame.year) if frame.year else None)
    if own is not None and is_day(own):
        own = _stated(report, views) or own
    if frame.issued is None and own is not None and own == str(frame.year) and not _speaks_of(report, own, views):
        return Span(None, None, None)
    end = end_of(own) if own else None
    if end is not None and len(end) == 4:
        end = f"{end}-12"
    press = frame.issued is not None and is_day(frame.issued) and _PRESS.search(report.text[:400]) is not None
    return Span(own, end, frame.issued if press else end)


def _speaks_of(report: Report, year: str, views: Mapping[int, BlockView]) -> bool:
    """Whether a report is on this year by its own words; a text that only names some years has no time of its own."""
    if _ITS_YEAR.search(report.text):
        return True
    if any(
        f"{number}年" in name for name in (report.name, report.title[:_A_TITLE]) for number in (int(year) - 1911, year)
    ):
        return True
    opening = [views[index] for index in range(_OPENING) if index in views]
    titles = [view for view in opening if len(view.block.text) <= _A_TITLE and not _PUNCTUATED.search(view.text)]
    headings = [view for view in views.values() if view.block.kind == "heading"]
    return any(
        (mark.mention.edtf or "").startswith(year) for view in (*titles, *headings) for mark in view.marks
    ) or any((mark.mention.edtf or "") == year for view in opening[:1] for mark in view.marks if mark.at < _TITLE_WORDS)


def _stated(report: Report, views: Mapping[int, BlockView]) -> str | None:
    """The year or span that stands in the first words of the title."""
    for view in views.values():
        if view.block.text[:_TITLE_WORDS] == report.title[:_TITLE_WORDS]:
            first = view.marks[0]
            edtf = first.mention.edtf
            return edtf if edtf and first.at < _TITLE_WORDS and not is_day(edtf) else None
    return None
