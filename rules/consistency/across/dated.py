"""EVENT: the day of something past, told again in another report in words of its own.

業經貴會於107年5月24日三讀通過, and a year later 修正案於107年5月24日獲議會審議通過: one day. Where no day of the other report
agrees, and one that is told in much the same words differs in one digit, one of them is a slip of the pen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ....model import Mention, Relation
from ..error_model import differ_in_one_digit
from ..likeness import Likeness
from .check import AcrossCheck
from .link import LIKELY, relation
from .panel import Panel

_AS_OF = re.compile(r"(?:截至|迄至|至|迄|止)$")
_END = re.compile(r"^(?:底|止|前|以前|以後)")
_PLANNED = re.compile(r"預定|預計|訂於|訂|將|擬|規劃|預估")
_REACH = 16
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_REPORTS_BACK = 6
_EQUAL = {3: 0.1, 2: 0.25}
_SLIP = 0.3
"""How alike the words must be: for equal days and months, and for days that differ."""
_AS_MUCH = 0.6
_FULL = 3
_SESSION = re.compile(r"[^,。;「」()、]{0,8}?第([一二三四五六七八九十\d]+)[次屆期場梯]")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|週|周|禮拜)([一二三四五六日天])")


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A day or month that something happened on."""

    report: int
    mention: Mention
    parts: tuple[int, ...]
    """Year, month and, where it is told, day."""
    planned: bool
    weekday: bool
    """Its weekday stands behind it, and fits."""
    session: str = ""
    """The number of the meeting or course that is dated, where it has one."""
    kind: str = "date"
    names: tuple[str, ...] = ()


def _retold(panel: Panel) -> Iterator[Relation]:
    dates = [told for report in range(len(panel.sources)) for told in _dates(panel, report)]
    reports = [source.extraction.report for source in panel.sources]
    likeness = Likeness(dates, reports, [panel.mentions_of(report) for report in range(len(reports))])
    known: dict[int, list[Dated]] = defaultdict(list)
    for told in dates:
        known[told.report].append(told)
    for later in dates:
        for report in range(later.report - 1, max(-1, later.report - 1 - _REPORTS_BACK), -1):
            if report not in panel.near[later.report]:
                continue
            found = _equal(likeness, known[report], later) or _slipped(panel, likeness, known, report, later)
            if found is not None:
                yield _told(found, later)
                break


def _dates(panel: Panel, report: int) -> Iterator[Dated]:
    blocks = panel.sources[report].extraction.report.blocks
    for block, mentions in panel.mentions_of(report).items():
        text = blocks[block].text
        for mention in mentions:
            match = _DAY.fullmatch(mention.edtf or "") if mention.kind == "date" else None
            if match is None or blocks[block].kind == "table":
                continue
            before = text[max(0, mention.block_start - _REACH) : mention.block_start]
            behind = text[mention.block_end : mention.block_end + 2]
            if _AS_OF.search(before) or _END.search(behind) or mention.text.endswith("底"):
                continue
            parts = tuple(int(part) for part in match.groups() if part)
            weekday = _WEEKDAY.match(text, mention.block_end)
            fits = weekday is not None and len(parts) == _FULL and _is_weekday(parts, weekday[1])
            session = _SESSION.match(text, mention.block_end)
            planned = _PLANNED.search(before) is not None
            yield Dated(report, mention, parts, planned, fits, session[1] if session else "")


def _is_weekday(parts: Sequence[int], told: str) -> bool:
    try:
        return "一二三四五六日".index(told.replace("天", "日")) == date(*parts).weekday()
    except ValueError:  # no such day
        return False


def _equal(likeness: Likeness, dates: Sequence[Dated], later: Dated) -> Dated | None:
    same = [each for each in dates if each.parts == later.parts]
    best = max(same, key=lambda each: likeness.of(each, later), default=None)
    return best if best is not None and likeness.of(best, later) >= _EQUAL[len(later.parts)] else None


def _slipped(
    panel: Panel, likeness: Likeness, known: dict[int, list[Dated]], report: int, later: Dated
) -> Dated | None:
    near = [each for each in known[report] if _is_slip(each, later) and not (each.planned or later.planned)]
    best = max(near, key=lambda each: likeness.of(each, later), default=None)
    if best is None or _moved_on(panel, best, later):
        return None
    alike = likeness.of(best, later)
    if alike < _SLIP or likeness.rank(best, later, 1) + likeness.rank(later, best, 1) > 1:
        return None
    # A report that tells both days tells of two things.
    for one, other in ((best, later), (later, best)):
        twins = (each for each in known[other.report] if each.parts == one.parts)
        if any(likeness.of(one, twin) >= alike * _AS_MUCH for twin in twins):
            return None
    return best


def _is_slip(one: Dated, other: Dated) -> bool:
    """Year, month or day differs in one digit, and nothing says that both are right."""
    if one.weekday and other.weekday:
        return False
    if one.session and other.session and one.session != other.session:
        return False
    if len(one.parts) < _FULL:
        return False  # months of a series
    if one.parts[2:] == other.parts[2:] == (1,):
        return False  # rules and posts begin on the first of some month
    differing = [pair for pair in zip(one.parts, other.parts, strict=False) if pair[0] != pair[1]]
    return len(one.parts) == len(other.parts) and len(differing) == 1 and differ_in_one_digit(*map(str, differing[0]))


def _moved_on(panel: Panel, one: Dated, other: Dated) -> bool:
    """The same day of the year that each report is about, or may be: what happens every year."""
    times = [panel.sources[each.report].time for each in (one, other)]
    if one.parts[0] == other.parts[0]:
        return False
    if None in times or len(one.parts) < _FULL:
        return True
    first, second = (time.last.year for time in times if time is not None)
    return other.parts[0] - one.parts[0] == second - first


def _told(first: Dated, second: Dated) -> Relation:
    holds = first.parts == second.parts
    return relation("series.dated", second.mention, [first.mention], ["+"], first.mention.edtf or "", holds, LIKELY)


CHECKS = (AcrossCheck("series.dated", "the day of something past, told again in other words", _retold),)
