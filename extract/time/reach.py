"""How far a date reaches: the anchors of a sentence, which of them a figure stands under, and what two together say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Mention, Period
from ...rules.anchors import Relation
from ...rules.reach import reach
from ..context import BlockView, Figure, Mark
from .anchors import relations
from .scope import Words

_OLD_FIGURE = reach("old-figure")
_SO_MANY = reach("so-many")
_JOINT = reach("joint")
_EACH = reach("each")
_PAIR = reach("pair")
_GROWN = reach("grown")
_SUMMED = reach("summed")
_YEARS = reach("shared-out")
_REPLACED = reach("replaced")
_OLD_LIST = reach("old-list")
_WAY = reach("way")
_NOUN = re.compile(r"[^,;。、▣▢()第]{0,12}")
_LABELLED = re.compile(r"\)[^,;。、▣▢()]{0,12}")
_DATES_ALONE = re.compile(r"\((?:[^()▣▢]{0,6}▢)+[^()▣▢]{0,3}\)")
_AGAINST = reach("against")
_EVENT_NAME = reach("event-name")
_WAY_START = reach("way.start")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date, or several that are named in one breath, and how it stands to what is told behind it."""

    at: int
    end: int
    """Places, in the masked block, of the first date and behind the last one."""
    relation: Relation
    period: Period
    """As the date is written; of several, first start and last end."""
    members: tuple[Period, ...]
    bracket: int | None
    is_event: bool
    """It names a day, or a span of days."""
    source: Mention | Words
    quote: tuple[int, int] | None = None
    """The quotation marks, in the block, that it stands in: outside them it names something."""
    quoted_relation: Relation = "named"
    """How it stands to what is told inside them."""

    @property
    def is_year(self) -> bool:
        """A single year."""
        return self.period.grain == "year" and not self.period.is_span

    @property
    def kind(self) -> str:
        """How finely it is told: day, days, span (of months or years), year, month, decade."""
        if self.is_event:
            return "days" if self.period.is_span else "day"
        return "span" if self.period.is_span else self.period.grain


def end_of(period: Period) -> Period:
    """Where a span ends."""
    return Period(period.end, period.end)


def hull(first: Period, last: Period) -> Period:
    """From the start of the one to the end of the other."""
    return first if first == last else first.until(last)


def anchors_of(view: BlockView, sentence: int) -> tuple[Anchor, ...]:
    """The dates of a sentence, coordinated ones as one, in order."""
    text, known = view.text, relations(view.block.text)
    result: list[Anchor] = []
    for mark in view.of(sentence):
        mention = mark.mention
        if mention.kind != "date" or mention.edtf is None:
            continue
        period, told = Period.parse(mention.edtf), known.get(mention.block_start)
        relation: Relation = told.relation if told else "during"
        quote = told.quote if told else None
        if relation == "compared" and _OLD_FIGURE.match(text, mark.at + 1):
            relation = "during"  # of the old figure right behind
        is_event = period.grain == "day"
        previous = result[-1] if result else None
        if _explains_years(text, mark, period):
            whole = ((mark.bracket or 0) - 1, mark.at + 2)
            result.append(Anchor(*whole, "during", period, (period,), None, is_event, mention))
        elif previous is not None and _refined(text, previous, mark):
            result[-1] = Anchor(
                previous.at, mark.at + 2, previous.relation, period, (period,), previous.bracket, is_event, mention
            )
        elif previous is not None and _joined(text, previous, mark, relation, quote):
            span, members = hull(previous.period, period), (*previous.members, period)
            is_event = previous.is_event or is_event
            result[-1] = Anchor(
                previous.at, mark.at + 1, relation, span, members, mark.bracket, is_event, previous.source
            )
        else:
            ends = (mark.at, mark.at + 1)
            stands = "named" if quote else relation
            result.append(Anchor(*ends, stands, period, (period,), mark.bracket, is_event, mention, quote, relation))
    return tuple(result)


def _explains_years(text: str, mark: Mark, period: Period) -> bool:
    """A span alone in a bracket says which years are meant, and rules as they do: 近▣(▢)."""
    if mark.bracket is None or mark.bracket != mark.at - 1 or text[mark.at + 1 : mark.at + 2] != ")":
        return False
    return period.is_span and _SO_MANY.search(text[max(0, mark.bracket - 6) : mark.bracket]) is not None


def _refined(text: str, previous: Anchor, mark: Mark) -> bool:
    """A bracket that holds a date alone says which part of the date before it is meant: ▢第2期(▢)."""
    if mark.bracket != mark.at - 1 or text[mark.at + 1 : mark.at + 2] != ")":
        return False
    between = text[previous.end : mark.bracket]
    return len(between) <= 6 and "▣" not in between and previous.relation == "during" and not previous.is_event


def _joined(text: str, previous: Anchor, mark: Mark, relation: Relation, quote: tuple[int, int] | None) -> bool:
    if previous.bracket != mark.bracket or not _JOINT.fullmatch(text[previous.end : mark.at]):
        return False
    return (
        quote is None
        and previous.quote is None
        and previous.relation in ("during", "planned")
        and relation in ("during", "effective", "planned")
    )


def around_all(dates: Sequence[Anchor]) -> Anchor:
    """The last date of a sentence; days before it of which it is a part are what goes on to be told."""
    last = dates[-1]
    first, end = last.period.first, last.period.last
    for one in dates[:-1]:
        begins, ends = one.period.first, one.period.last
        if one.is_event and begins and ends and first and end and begins <= first and end <= ends:
            return one
    return last


def in_one_breath(text: str, one: Anchor, other: Anchor) -> bool:
    """Whether two dates are named together: ▢及▢."""
    return one.bracket == other.bracket and _JOINT.fullmatch(text[one.end : other.at]) is not None


def bracket_behind(figure: Figure, dates: tuple[Anchor, ...]) -> Anchor | None:
    """The date that a bracket right behind a figure gives it: 2期(▢), 平均▣(累計至▢)."""
    text, at = figure.view.text, figure.mark.at
    for anchor in dates:
        opened = anchor.bracket
        if opened is not None and opened > at and figure.mark.bracket != opened:
            told = _NOUN.fullmatch(text, at + 1, opened) and _DATES_ALONE.match(text, opened)
            return anchor if told and anchor.relation in ("during", "as-of") else None
    return None


def tells_beyond(text: str, anchor: Anchor, at: int) -> bool:
    """A bracket that holds dates alone may tell what stands behind it, too.

    That of an event: 「研習班」(▢),計▣參加, and that of a label: 第1梯次(▢)核定▣, 計畫(▢至▢)經費▣.
    """
    opened = anchor.bracket
    if opened is None or anchor.relation != "during" or _AGAINST.search(text, max(0, opened - 16), opened):
        return False
    alone = _DATES_ALONE.match(text, opened)
    if alone is None:
        return False
    named = anchor.is_event and _EVENT_NAME.search(text, max(0, opened - 10), opened) is not None
    return named or _LABELLED.fullmatch(text, alone.end() - 1, at) is not None


def of_old_value(text: str, anchor: Anchor) -> bool:
    """A date behind 較 or 比 rules only the old figure right behind it; so does one behind 由, if a new figure follows."""
    lead = text[max(0, anchor.at - 1) : anchor.at]
    return lead in ("較", "比", "與") or (lead in ("由", "從", "自") and _REPLACED.match(text, anchor.end) is not None)


def goes_no_further(figure: Figure, anchor: Anchor) -> bool:
    """A figure is the first behind a date, or goes on a list with the first."""
    between = figure.view.text[anchor.end : figure.mark.at]
    return "▣" not in between or _OLD_LIST.fullmatch(between) is not None


def along(figure: Figure, anchor: Anchor) -> Period | None:
    """▢間由▣增至▣: of a way over some years, the old figure has the first year, the new one and its change the last."""
    period = anchor.period
    years = period.is_span and period.start.grain == period.end.grain == "year"
    if not years or not _WAY.match(figure.view.text, anchor.end):
        return None
    point = period.start if _WAY_START.search(figure.before) else period.end
    return Period(point, point)


def each_its_own(figure: Figure, anchor: Anchor) -> Period | None:
    """分別為: as many figures as dates, each its own."""
    if len(anchor.members) < 2:
        return None
    for listed in _EACH.finditer(figure.view.text, anchor.end, figure.sentence.end):
        places = [i for i in range(listed.start(), listed.end()) if figure.view.text[i] == "▣"]
        if figure.mark.at in places and len(places) == len(anchor.members):
            return anchor.members[places.index(figure.mark.at)]
    if len(anchor.members) == 2 and all(one.grain == "year" and not one.is_span for one in anchor.members):
        pair = _PAIR.match(figure.view.text, anchor.end, figure.sentence.end)
        if pair is not None and figure.mark.at in (pair.start("first"), pair.start("second")):
            return anchor.members[figure.mark.at == pair.start("second")]
    return None


def between_years(figure: Figure, dates: tuple[Anchor, ...]) -> Period | None:
    """從A…至B,累計增加: the change is of the whole way."""
    before = figure.before
    grown = _GROWN.search(before)
    if grown is not None:
        way = [one for one in dates if grown.start() <= one.at - figure.since < grown.end()]
    elif _SUMMED.search(before):
        way = [one for one in dates if one.at < figure.mark.at and one.relation == "during" and one.is_year]
    else:
        return None
    return hull(way[0].period, way[-1].period) if len(way) > 1 else None


def years_from_start(figure: Figure, dates: tuple[Anchor, ...]) -> Period | None:
    """自A起分N年: the N years from A on, for the N years and what they bring."""
    start = next((one for one in reversed(dates) if one.relation == "since" and one.at < figure.mark.at), None)
    if start is None or not start.is_year or start.period.end.year is None:
        return None
    for number in range(figure.number, -1, -1):
        mark = figure.view.marks[number]
        if mark.at < start.at:
            return None
        value = mark.mention.value
        shared = _YEARS.search(figure.view.text[max(0, mark.at - 2) : mark.at])
        if shared and mark.mention.unit == "年" and value is not None and value == int(value):
            return start.period.until(Period.at(start.period.end.year + int(value) - 1))
    return None
