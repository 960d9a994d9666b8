"""The period of a figure: the time that its value speaks of, from the sentence outward to the report as a whole.

Every date of a sentence is an anchor with its relation to what is told. A figure takes the one that reaches it: that of
its clause, its bracket, its event; then what the paragraph, the list, the heading frames; then the report's own time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Mention, Period, Report
from ...rules.anchors import Relation
from ...rules.periods import Nature
from ...rules.reach import reach
from ..context import BlockView, Figure, figures
from ..documents import document_of, document_of_part
from ..roles import RoleReading
from ..tables import dates_beside, head_dates
from .festive import festive_anchors, is_festive
from .reach import (
    Anchor,
    along,
    anchors_of,
    around_all,
    between_years,
    bracket_behind,
    each_its_own,
    end_of,
    hull,
    of_old_value,
    reaching,
    tells_beyond,
    years_from_start,
)
from .scope import Own, Words, headings_above

POSTS = reach("posts")
LEVELS = frozenset({"level", "total"})
_NOW = reach("now")
_CLOSED = re.compile(r"\([^()]*\)")
_FORESEEN = reach("foreseen")
_UP_TO_NOW = reach("up-to-now")
_AWARD = reach("award")
_VALUED = reach("valued")
_HELD = reach("held")
_TAKEN = re.compile(r"[^,。;▣▢]*▣")
_GOES_ON = reach("goes-on")
_TERMS = frozenset({"deposit", "product.term"})
"""Rules of terms that name a class of product: it may be on offer for a time, but the years told of it are not its."""
_FRESH = reach("fresh")
_FRAMING = re.compile(r"\A[\s(一二三四五六七八九十、.\d)]*\Z|\(\Z")
_CAPTION = re.compile(r"[^。;]{4,80}表(?:\([^()]{1,12}\))?\s*\Z")


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """A period, None for a standing rule, the record that gave it, and the date that it was taken from."""

    period: Period | None
    record: str
    source: Mention | Words | None = None


def _of(anchor: Anchor, record: str, period: Period | None = None) -> PeriodReading:
    return PeriodReading(period or anchor.period, record, anchor.source)


class Periods:
    """Reads the periods of a report's figures."""

    def __init__(self, report: Report, views: Mapping[int, BlockView], own: Own) -> None:
        self._report = report
        self._views = views
        self._own = own
        self._whole = document_of(report)
        self._anchors: dict[tuple[int, int], tuple[Anchor, ...]] = {}
        self._headings = headings_above(report, views)
        self._is_festive = is_festive(report)

    def of(
        self, view: BlockView, roles: Mapping[int, RoleReading], natures: Mapping[int, Nature]
    ) -> dict[int, PeriodReading]:
        """The period of every quantity of a block, by its place among the marks."""
        result: dict[int, PeriodReading] = {}
        found = list(figures(view))
        for figure in found:
            number = figure.number
            result[number] = self._read(figure, roles[number], natures[number], result)
        for place, figure in enumerate(found):
            if roles[figure.number].role == "former" and result[figure.number].record != "sentence.each":
                result[figure.number] = self._former(figure, found[place + 1 :], roles, result)
        return result

    def is_past(self, figure: Figure) -> bool:
        """Whether a figure's sentence tells it of a time that began before the report's own, or ended before its day."""
        anchor = reaching(figure, self._of_sentence(figure.view, figure.mark.sentence))
        if anchor is None or of_old_value(figure.view.text, anchor):
            return False
        told, own, issued = anchor.period, self._own.period, self._own.issued
        began = own is not None and told.first is not None and own.first is not None and told.first < own.first
        return began or (
            issued is not None and told.last is not None and issued.first is not None and told.last < issued.first
        )

    # --- one figure ---------------------------------------------------------------------------------------------------

    def _read(
        self, figure: Figure, role: RoleReading, nature: Nature, known: Mapping[int, PeriodReading]
    ) -> PeriodReading:
        dates = self._of_sentence(figure.view, figure.mark.sentence)
        if role.role == "rule":
            return self._standing(figure, role, dates)
        if role.role == "target" or (role.role == "delta" and _FORESEEN.search(figure.before)):
            return self._planned(figure, dates)
        if role.role in ("actual", "delta", "former") and POSTS.search(figure.sentence.text):
            # Posts before, moved and after a reorganisation are of the day on which it takes effect.
            behind = _first(dates, "effective", figure.mark.at)
            if behind is not None:
                return _of(behind, "effective-day")
        if figure.whole is not None and not any(one.bracket == figure.mark.bracket for one in dates):
            above = known.get(figure.whole)
            if above is not None and not _NOW.search(figure.view.text[figure.mark.bracket or 0 : figure.mark.at]):
                return PeriodReading(above.period, "bracket", above.source)
        if figure.view.block.cells:
            told = head_dates(figure) or dates_beside(figure)
            if told:
                return PeriodReading(Period.parse(told[0].edtf or ""), "table-head", told[0])
        return self._in_sentence(figure, role, nature, dates) or self._around(figure, nature)

    def _of_sentence(self, view: BlockView, sentence: int) -> tuple[Anchor, ...]:
        """The dates of a sentence; read once."""
        key = (view.index, sentence)
        if key not in self._anchors:
            dates = anchors_of(view, sentence)
            if self._is_festive:
                year = next((one.period.end.year for one in dates), None) or self._own.year
                dates = tuple(sorted((*dates, *festive_anchors(view, sentence, year)), key=lambda one: one.at))
            self._anchors[key] = tuple(one for one in dates if not self._only_names(one))
        return self._anchors[key]

    # --- rules, plans, old values ---------------------------------------------------------------------------------------

    def _standing(self, figure: Figure, role: RoleReading, dates: tuple[Anchor, ...]) -> PeriodReading:
        """A standing rule has no period, but for quotas, stated terms and days by which something is due."""
        if role.rule.startswith("quota"):
            anchor = reaching(figure, dates)
            if anchor is not None and anchor.relation in ("as-of", "during"):
                return _of(anchor, "quota", end_of(anchor.period))
            previous = self._previous(figure, "level")
            if previous and previous.period:
                return PeriodReading(end_of(previous.period), "quota", previous.source)
            return PeriodReading(self._own.end, "quota", self._own.source)
        for anchor in dates:
            if anchor.relation == "due" and anchor.period.grain == "day":
                return _of(anchor, "due")
        start = figure.sentence.start
        if start and figure.view.text[start - 1] == ";":
            dates = (*self._of_sentence(figure.view, figure.mark.sentence - 1), *dates)
        for number, anchor in enumerate(dates):
            if anchor.at > figure.mark.at:
                break
            if anchor.period == self._own.period or (role.rule in _TERMS and anchor.period.grain == "year"):
                continue
            if anchor.period.is_span and anchor.relation in ("during", "as-of") and len(anchor.members) == 1:
                return _of(anchor, "term")
            if anchor.relation == "as-of" and number and dates[number - 1].relation == "since":
                return _of(anchor, "term", hull(dates[number - 1].period, anchor.period))
        return PeriodReading(None, "standing")

    def _planned(self, figure: Figure, dates: tuple[Anchor, ...]) -> PeriodReading:
        """A plan is of the date that its own sentence plans it for; a budget, of its fiscal year."""
        text = figure.view.text
        meant = {one.at for one in dates if one.relation == "planned" or text[one.at - 1 : one.at] == "將"}
        usable = [
            one
            for one in dates
            if (one.relation not in ("named", "compared", "enacted", "as-of") or one.at in meant)
            and (one.bracket in (None, figure.mark.bracket) or tells_beyond(text, one, figure.mark.at))
        ]
        earlier = [one for one in usable if one.at <= figure.mark.at]
        section = document_of_part(self._whole, figure.view.block.path)
        if section == "budget" or (section == "plan" and self._whole in ("budget", "plan")):
            if earlier and earlier[-1].relation == "during" and not earlier[-1].is_event:
                return _of(earlier[-1], "fiscal-year")
            framed = self._framed(figure) if section != self._whole else None
            return framed or PeriodReading(self._own.period, "fiscal-year", self._own.source)
        years = years_from_start(figure, dates)
        if years:
            return PeriodReading(years, "years-from-start")
        behind = bracket_behind(figure, dates)
        if behind is not None:
            return _of(behind, "bracket-behind")
        named = [one for one in usable if one.at in meant]
        if named:
            return _of(named[0], "planned-for", hull(named[0].period, named[-1].period))
        if earlier:
            return _of(earlier[-1], "planned")
        # A date behind that is told of a figure of its own is not this one's.
        usable = [one for one in usable if not _TAKEN.match(text, one.end)]
        if usable:
            return _of(usable[0], "planned", hull(usable[0].period, usable[-1].period))
        if figure.view.block.kind == "table":
            return self._framed(figure) or PeriodReading(self._own.period, "own", self._own.source)
        return PeriodReading(None, "planned")

    @staticmethod
    def _former(
        figure: Figure, later: list[Figure], roles: Mapping[int, RoleReading], known: Mapping[int, PeriodReading]
    ) -> PeriodReading:
        """An old value is of the time of the value that replaces it."""
        if figure.whole is not None:
            above = known[figure.whole]
            return PeriodReading(above.period, "replaced", above.source)
        same = [one for one in later if one.mark.sentence == figure.mark.sentence and one.unit == figure.unit]
        # A change tells the time of the old value where no new one is given.
        for wanted in (("actual", "target", "rate", "rule"), ("delta",)):
            for other in same:
                if roles[other.number].role in wanted:
                    return PeriodReading(known[other.number].period, "replaced", known[other.number].source)
        return known[figure.number]

    # --- the sentence --------------------------------------------------------------------------------------------------

    def _in_sentence(
        self, figure: Figure, role: RoleReading, nature: Nature, dates: tuple[Anchor, ...]
    ) -> PeriodReading | None:
        text, at = figure.view.text, figure.mark.at
        behind = bracket_behind(figure, dates)
        if behind is not None:
            return up_to(behind, nature, dates) if behind.relation == "as-of" else _of(behind, "bracket-behind")
        anchor = reaching(figure, dates)
        since = max(anchor.end if anchor else 0, figure.since)
        if role.role == "delta" and (grown := between_years(figure, dates)):
            return PeriodReading(grown, "from-to")
        if _NOW.search(_CLOSED.sub("", text[since:at])):
            return self._now(text, anchor, nature)
        if anchor is None or not (anchor.is_event or anchor.period.is_span):
            event = self._event_behind(figure, dates)
            if event is not None:
                return _of(event, "event-behind")
        if anchor is None:
            return self._behind(figure, role, nature, dates)
        if anchor.relation == "since":
            return self._since(figure, anchor, nature, dates)
        if anchor.relation == "as-of":
            valued = _VALUED.match(text[anchor.end : at]) and role.role in ("actual", "rate")
            return up_to(anchor, "level" if valued else nature, dates)
        each = each_its_own(figure, anchor) or along(figure, anchor)
        return _of(anchor, "sentence.each" if each else "sentence", each)

    def _only_names(self, anchor: Anchor) -> bool:
        """A bare 2020 before a fair's name tells no more than a report on some days of 2020 does."""
        own, told = self._own.period, anchor.source
        bare = anchor.is_year and isinstance(told, Mention) and told.text.isdecimal()
        if not bare or own is None or own.grain == "year":
            return False
        return own.start.year == own.end.year == anchor.period.end.year

    @staticmethod
    def _behind(figure: Figure, role: RoleReading, nature: Nature, dates: tuple[Anchor, ...]) -> PeriodReading | None:
        """What stands behind a figure tells its time only where it says so."""
        text, at = figure.view.text, figure.mark.at
        behind = _first(dates, "as-of", at)
        if behind is not None and behind.bracket is None and nature == "level" and role.role in ("actual", "rate"):
            return _of(behind, "as-of-behind")
        award = next((one for one in dates if one.at > at and one.is_year and _AWARD.match(text, one.end)), None)
        return _of(award, "award-year") if award is not None and "," not in text[at : award.at] else None

    def _now(self, text: str, anchor: Anchor | None, nature: Nature) -> PeriodReading:
        now = self._own.now
        if anchor is not None and anchor.period.is_span and text.startswith("目前", anchor.end):
            return _of(anchor, "now.span")
        since = anchor is not None and (anchor.relation == "since" or _UP_TO_NOW.match(text, anchor.end))
        if anchor is not None and since and now and nature == "flow":
            return _of(anchor, "now.since", hull(anchor.period, now))
        return PeriodReading(now, "now", self._own.source)

    def _since(self, figure: Figure, anchor: Anchor, nature: Nature, dates: tuple[Anchor, ...]) -> PeriodReading:
        years, end = years_from_start(figure, dates), self._own.end
        if years:
            return _of(anchor, "years-from-start", years)
        first, last = anchor.period.first, end.last if end else None
        if anchor.period == self._own.period or (first and last and first > last):
            return _of(anchor, "since.own")
        if nature in LEVELS or end is None:
            return PeriodReading(end, "since.level", self._own.source)
        return _of(anchor, "since", hull(anchor.period, end))

    @staticmethod
    def _event_behind(figure: Figure, dates: tuple[Anchor, ...]) -> Anchor | None:
        """Sessions are told before the days on which they were held: 辦理2班期…,分別於▢及▢辦理."""
        if figure.kind != "sessions":
            return None
        text = figure.view.text
        for anchor in dates:
            if anchor.at > figure.mark.at and anchor.is_event and anchor.relation == "during":
                led = text[max(0, anchor.at - 3) : anchor.at]
                if ("於" in led or "在" in led or "," in led) and _HELD.match(text, anchor.end):
                    return anchor
        return None

    # --- around the sentence --------------------------------------------------------------------------------------------

    def _around(self, figure: Figure, nature: Nature) -> PeriodReading:
        """The period of a figure whose own sentence tells none."""
        view = figure.view
        previous = self._previous(figure, nature) if view.block.kind != "table" else None
        if previous is not None:
            return previous
        open_ended = view.block.kind == "heading" or not view.text.rstrip().endswith(("。", ";", ")"))
        if open_ended and view.block.kind != "table":
            below = self._below(figure, nature)
            if below is not None:
                return below
        framed = self._framed(figure)
        if nature in LEVELS:
            # The end of a framing span that has months; of a bare year, the report's own end counts.
            if framed and framed.period and framed.period.is_span and framed.period.end.grain == "month":
                return PeriodReading(end_of(framed.period), "own.end", framed.source)
            return PeriodReading(self._own.end, "own.end", self._own.source)
        return framed or PeriodReading(self._own.period, "own", self._own.source)

    def _previous(self, figure: Figure, nature: Nature) -> PeriodReading | None:
        """What an earlier sentence of the block gives: its event, or the year or span that frames the paragraph."""
        view = figure.view
        fresh = bool(_FRESH.match(figure.sentence.text))
        for sentence in range(figure.mark.sentence - 1, -1, -1):
            dates = [
                one
                for one in self._of_sentence(view, sentence)
                if (one.bracket is None or tells_beyond(view.text, one, -1))
                and one.relation in ("during", "as-of")
                and not of_old_value(view.text, one)
            ]
            if not dates:
                fresh = fresh or bool(_FRESH.match(view.sentences[sentence].text))
                continue
            last = around_all(dates)
            if last.relation == "as-of":
                # A start belongs to what its own sentence counts.
                told = self._of_sentence(view, sentence)
                since = any(one.relation == "since" for one in told)
                return None if since and nature not in LEVELS else up_to(last, nature, told)
            if nature == "level":
                joined = view.text[view.sentences[sentence].end : figure.sentence.start] == ";"
                near = joined and sentence == figure.mark.sentence - 1
                spanned = near and last.period.is_span and last.period.grain == "month"
                return _of(last, "sentence.joined") if spanned else None
            if last.is_event and (fresh or not (last.period.is_span or _GOES_ON.match(view.text, last.end))):
                framing = next((one for one in dates if not one.is_event), None)
                return _of(framing, "paragraph") if framing else None
            return _of(last, "event" if last.is_event else "paragraph")
        return None

    def _framed(self, figure: Figure) -> PeriodReading | None:
        """What the caption, the introduction of the list, or a heading above states: a year or a span, not a day."""
        caption = self._caption(figure.view)
        if caption is not None:
            return _of(caption, "caption")
        above = figure.view.introduced_by
        while above is not None and (view := self._views.get(above)) is not None:
            frame = self._last_frame(view)
            if frame is not None:
                return _of(frame, "introduction")
            above = view.introduced_by
        for heading in reversed(self._headings.get(figure.view.index, ())):
            for anchor in self._of_sentence(self._views[heading], 0):
                opens = _FRAMING.search(self._views[heading].text[: anchor.at])
                if opens and not anchor.is_event and anchor.relation == "during":
                    return _of(anchor, "heading")
        return None

    def _caption(self, view: BlockView) -> Anchor | None:
        """The year or span in the caption right above a table, which is nearer than what introduces both."""
        if view.block.kind != "table":
            return None
        above = view.index - 1
        while above >= 0 and self._report.blocks[above].kind == "residue":
            above -= 1
        title = self._views.get(above)
        if title is None or title.block.kind == "table" or not _CAPTION.fullmatch(title.text):
            return None
        dates = self._of_sentence(title, 0)
        return next((one for one in dates if one.relation in ("during", "named") and not one.is_event), None)

    def _last_frame(self, view: BlockView) -> Anchor | None:
        for sentence in range(len(view.sentences) - 1, -1, -1):
            dates = self._of_sentence(view, sentence)
            for anchor in reversed(dates):
                if anchor.relation == "during" and not anchor.is_event and anchor.bracket is None:
                    return anchor
            if dates:
                return None
        return None

    def _below(self, figure: Figure, nature: Nature) -> PeriodReading | None:
        """A figure in a heading is of the time of the text below it."""
        view = self._views.get(self._next_index(figure.view.index))
        if view is None:
            return None
        for sentence in range(len(view.sentences)):
            dates = self._of_sentence(view, sentence)
            effective = _first(dates, "effective", -1)
            if effective is not None and POSTS.search(figure.view.text):
                return _of(effective, "below")
            for anchor in dates:
                if anchor.bracket is not None:
                    continue
                if anchor.relation == "as-of":
                    return up_to(anchor, nature, dates)
                if anchor.relation == "during" and (nature != "level" or anchor.is_event):
                    return _of(anchor, "below")
        return None

    def _next_index(self, index: int) -> int:
        following = range(index + 1, min(index + 4, len(self._report.blocks)))
        return next((other for other in following if self._report.blocks[other].kind != "residue"), -1)


def _first(dates: tuple[Anchor, ...], relation: Relation, behind: int) -> Anchor | None:
    return next((one for one in dates if one.relation == relation and one.at > behind), None)


def up_to(anchor: Anchor, nature: Nature, dates: tuple[Anchor, ...]) -> PeriodReading:
    """Up to a day: a level is of that day; a flow runs from its start, which is January where none is stated."""
    day = end_of(anchor.period)
    earlier = [one for one in dates if one.at < anchor.at and one.bracket == anchor.bracket]
    start = next((one for one in reversed(earlier) if one.relation == "since"), None)
    own_year = any(one.relation == "during" and one.is_year and one.period.end.year == day.end.year for one in earlier)
    if nature in ("level", "engaged") or (nature in ("total", "done") and start is None and not own_year):
        return _of(anchor, "as-of.level", day)
    if start is not None:
        return _of(anchor, "as-of.since", hull(start.period, day))
    if day.grain == "year":
        return _of(anchor, "as-of.year", day)
    january = Period.at(day.end.year, 1, 1 if day.grain == "day" else None)
    return _of(anchor, "as-of.flow", january.until(day))
