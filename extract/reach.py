"""How far a date reaches: which of a sentence's dates rules a figure, and what two of them together say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Report
from ..rules.periods import Nature
from .context import BlockView, Figure
from .governing import Ruling, end_of, hull

_EACH = re.compile(r"(?:分別|各)(?:為|達|計|有)[^,;。▣]{0,4}▣(?:\s*[、及與和]▣)+")
_PAIR = re.compile(r"[^,;。▣▢]{0,24}(?P<first>▣)[、及與和](?P<second>▣)(?![、及與和]▣)")
"""Two years and then two figures, with no word for 分別: the first has the first year."""
_GROWN = re.compile(r"[從由]▢[^;。]*?▣[^;。]*?[至到為]▢[^;。]*?▣[^;。]*(?:累計|合計|共|總計)[^,;。▣]{0,8}\Z")
_SUMMED = re.compile(r"(?:以來|累計|兩年|合計)[^;。▣]{0,20}\Z")
_YEARS = re.compile(r"[分為]\Z")
_REPLACED = re.compile(r"[^,。;▢▣]{0,6}▣[^。;▢▣]{0,8}(?:增|減|升|降|成長|修正|調整|縮|提高)[^,。;▢▣]{0,3}[為至到]▣")


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """A period, None for a standing rule, and the rule that gave it."""

    period: str | None
    rule: str


def ruling_before(figure: Figure, dates: tuple[Ruling, ...]) -> Ruling | None:
    """The date that rules a figure: the last one before it that reaches so far."""
    text, at = figure.view.text, figure.mark.at
    for ruling in reversed(dates):
        if ruling.at > at or ruling.manner in ("title", "compared", "deadline", "effective"):
            continue
        if ruling.bracket is not None and ruling.bracket != figure.mark.bracket:
            continue
        between = text[ruling.end : at]
        if ruling.manner == "enacted" and "," in between:
            continue
        if _names_a_thing(text, ruling, dates):
            continue
        if one_each(figure, ruling):
            return ruling
        if of_old_value(text, ruling) and "▣" in between and not _OLD_LIST.fullmatch(between):
            continue
        return ruling
    return None


_OLD_LIST = re.compile(r"[^,。;▣▢]{0,16}▣(?:[、及和與][^,。;▣▢]{0,12}▣)*[、及和與][^,。;▣▢增減升降高低]{0,12}")
"""較▢之發生▣、破獲率▣: what follows in the same clause is of that time, too."""


def _names_a_thing(text: str, ruling: Ruling, dates: tuple[Ruling, ...]) -> bool:
    """A year in mid-clause, behind a day of that year, belongs to a name: 於9月8日辦理113年…研習."""
    if len(ruling.edtf) != 4 or text[ruling.at - 1] in ",。;:(、於自在":
        return False
    return any(r.at < ruling.at and r.event and r.edtf.startswith(ruling.edtf) for r in dates)


def of_old_value(text: str, ruling: Ruling) -> bool:
    """A date behind 較 or 比 rules only the old figure right behind it; so does one behind 由, if a new figure follows."""
    lead = text[max(0, ruling.at - 1) : ruling.at]
    return lead in ("較", "比", "與") or (lead in ("由", "從", "自") and _REPLACED.match(text, ruling.end) is not None)


_WAY = re.compile(
    r"[^。;]{0,30}?[由從自][^,。;▢▣]{0,4}▣[^。;▢▣]{0,8}(?:增|減|升|降|成長|下滑|提高)[^,。;▢▣]{0,3}[為至到]▣"
)
_WAY_START = re.compile(r"[由從自][^,。;▢▣]{0,4}\Z")


def along(figure: Figure, ruling: Ruling) -> str | None:
    """▢間由▣增至▣: of a way over some years, the old figure has the first year, the new one and its change the last."""
    first, slash, last = ruling.edtf.partition("/")
    if not slash or len(first) != 4 or len(last) != 4 or not _WAY.match(figure.view.text, ruling.end):
        return None
    return first if _WAY_START.search(figure.before) else last


def one_each(figure: Figure, ruling: Ruling) -> str | None:
    """分別為: as many figures as dates, each its own."""
    if len(ruling.members) < 2:
        return None
    for listed in _EACH.finditer(figure.view.text, ruling.end, figure.sentence.end):
        places = [i for i in range(listed.start(), listed.end()) if figure.view.text[i] == "▣"]
        if figure.mark.at in places and len(places) == len(ruling.members):
            return ruling.members[places.index(figure.mark.at)]
    if len(ruling.members) == 2 and all(len(member) == 4 for member in ruling.members):
        pair = _PAIR.match(figure.view.text, ruling.end, figure.sentence.end)
        if pair is not None and figure.mark.at in (pair.start("first"), pair.start("second")):
            return ruling.members[figure.mark.at == pair.start("second")]
    return None


def between_years(figure: Figure, dates: tuple[Ruling, ...]) -> str | None:
    """從A…至B,累計增加: the change is of the whole way."""
    before = figure.before
    grown = _GROWN.search(before)
    if grown is not None:
        way = [r for r in dates if grown.start() <= r.at - figure.since < grown.end()]
    elif _SUMMED.search(before):
        way = [r for r in dates if r.at < figure.mark.at and r.manner == "plain" and len(r.edtf) == 4]
    else:
        return None
    return hull(way[0].edtf, way[-1].edtf) if len(way) > 1 else None


def years_from_start(figure: Figure, dates: tuple[Ruling, ...]) -> str | None:
    """自A起分N年: the N years from A on, for the N years and what they bring."""
    start = next((r for r in reversed(dates) if r.manner == "start" and r.at < figure.mark.at), None)
    if start is None or len(start.edtf) != 4:
        return None
    for number in range(figure.number, -1, -1):
        mark = figure.view.marks[number]
        if mark.at < start.at:
            return None
        value = mark.mention.value
        shared = _YEARS.search(figure.view.text[max(0, mark.at - 2) : mark.at])
        if shared and mark.mention.unit == "年" and value is not None and value == int(value):
            return f"{start.edtf}/{int(start.edtf) + int(value) - 1}"
    return None


def headings_above(report: Report, views: Mapping[int, BlockView]) -> dict[int, tuple[int, ...]]:
    """For each block with mentions, the headings above it that hold a date, outermost first."""
    result: dict[int, tuple[int, ...]] = {}
    stack: list[tuple[int, int]] = []
    for index, block in enumerate(report.blocks):
        if block.kind == "heading":
            while stack and stack[-1][0] >= block.level:
                stack.pop()
        if index in views:
            result[index] = tuple(heading for _, heading in stack)
        if block.kind == "heading" and index in views:
            stack.append((block.level, index))
    return result


def up_to(ruling: Ruling, nature: Nature, dates: tuple[Ruling, ...]) -> PeriodReading:
    """Up to a day: a level is of that day; a flow runs from its start, which is January where none is stated."""
    day = end_of(ruling.edtf)
    earlier = [r for r in dates if r.at < ruling.at and r.bracket == ruling.bracket]
    start = next((r for r in reversed(earlier) if r.manner == "start"), None)
    own_year = any(r.manner == "plain" and r.edtf == day[:4] for r in earlier)
    if nature == "level" or (nature in ("total", "done") and start is None and not own_year):
        return PeriodReading(day, "as-of.level")
    if start is not None:
        return PeriodReading(hull(start.edtf, day), "as-of.since")
    if len(day) == 4:
        return PeriodReading(day, "as-of.year")
    return PeriodReading(f"{day[:4]}-01{'-01' if len(day) == 10 else ''}/{day}", "as-of.flow")
