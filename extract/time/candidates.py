"""What could date a figure: every anchor in view and every way of taking it, each with what speaks for and against it.

The dates of its sentence, its bracket and the sentences before; what stands around: caption, introduction, headings, heads
of a table, the text below a heading; the report's own span, its end, its day; and no time at all. Nothing is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model import Mention, Period, Report
from ...rules.anchors import Relation
from ...rules.dating import Asked, Told
from ...rules.reach import reach
from ..context import BlockView, Figure
from ..documents import document_of
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
    goes_no_further,
    hull,
    of_old_value,
    tells_beyond,
    years_from_start,
)
from .scope import Own, Words, headings_above

_POSTS, _NOW, _AWARD, _VALUED, _HELD, _GOES_ON, _FRESH = map(
    reach, ("posts", "now", "award", "valued", "held", "goes-on", "fresh")
)
_NOW_AT_ALL = re.compile("[目迄至現]")
"""Where none of these stands, no word of ``now`` does: sooner tried."""
_CLOSED = re.compile(r"\([^()]*\)")
_TAKEN = re.compile(r"[^,。;▣▢]*▣")
_FRAMING = re.compile(r"\A[\s(一二三四五六七八九十、.\d)]*\Z|\(\Z")
_CAPTION = re.compile(r"[^。;]{4,80}表(?:\([^()]{1,12}\))?\s*\Z")
_NO_SOURCE: frozenset[Relation] = frozenset({"named", "compared", "due", "effective"})
"""Relations by which a date ahead tells of something else."""
_SENTENCES, _BELOW, _RANKS = 2, 3, 2
"""So many sentences before with dates, so many dates below a heading are looked at; ranks beyond are alike."""


class Candidate(NamedTuple):
    """A time that a figure may have: how it is told, what it is, and where it stands."""

    told: Told
    period: Period | None
    source: Mention | Words | None = None


class _ToldIn(NamedTuple):
    """The sentences of a block, by number, that tell a date, and those that begin anew."""

    dated: Sequence[int]
    fresh: Sequence[int]


class Candidates:
    """The candidates of a report's figures; what is alike for the figures of a sentence is gathered once."""

    def __init__(self, report: Report, views: Mapping[int, BlockView], own: Own) -> None:
        self._report = report
        self._views = views
        self._own = own
        self._dates: dict[tuple[int, int], tuple[Anchor, ...]] = {}
        self._headings = headings_above(report, views)
        self._end, self._now = own.end, own.now
        self._undated: dict[tuple[str, ...], tuple[Candidate, ...]] = {}
        self._frames_of: dict[int, tuple[Candidate, ...]] = {}
        self._told_in: dict[int, _ToldIn] = {}
        self._is_festive = is_festive(report)
        self._is_spoken = own.is_press and document_of(report) == "minutes"

    def dates(self, view: BlockView, sentence: int) -> tuple[Anchor, ...]:
        """The anchors of a sentence."""
        key = (view.index, sentence)
        if key not in self._dates:
            dates = anchors_of(view, sentence)
            if self._is_festive:
                year = next((one.period.end.year for one in dates), None) or self._own.year
                dates = tuple(sorted((*dates, *festive_anchors(view, sentence, year)), key=lambda one: one.at))
            self._dates[key] = tuple(one for one in dates if not self._only_names(one))
        return self._dates[key]

    def governing(self, figure: Figure) -> Anchor | None:
        """The nearest date ahead in the sentence that may tell a figure's time."""
        bearings = _bearings(figure, self.dates(figure.view, figure.mark.sentence))
        return next((one.anchor for one in bearings if not one.is_barred), None)

    def near(
        self, figure: Figure, asked: Asked, role: RoleReading, above: Candidate | None, new: Candidate | None
    ) -> Iterator[Candidate]:
        """The report's own time, and what the sentence, the bracket and the table tell.

        ``above`` is what was read for the figure before the bracket, ``new`` what replaces an old value.
        """
        view, text, at = figure.view, figure.view.text, figure.mark.at
        dates = self.dates(view, figure.mark.sentence)
        ahead = tuple(_bearings(figure, dates)) if dates else ()
        governing = next((one.anchor for one in ahead if not one.is_barred), None)
        since = governing.end if governing else figure.since
        told_now = _NOW_AT_ALL.search(text, since, at) is not None
        now = told_now and _NOW.search(_CLOSED.sub("", text[since:at])) is not None
        yield from self._own_time(_holding(table=view.block.kind == "table", now=now))
        if above is not None:
            opened = figure.mark.bracket or 0
            dated = any(one.bracket == opened for one in dates)
            notes = _holding(dated=dated, now=_NOW.search(text[opened:at]) is not None)
            yield Candidate(Told("bracket", notes=notes), above.period, above.source)
        if new is not None:
            yield Candidate(Told("replaced"), new.period, new.source)
        if view.block.cells:
            heads = head_dates(figure)
            for date in heads[:1] or dates_beside(figure):
                yield Candidate(Told("table-head" if heads else "row"), Period.parse(date.edtf or ""), date)
        if dates:
            yield from self._ahead(figure, role, ahead, dates, now)
            if len(ahead) < len(dates):
                yield from self._behind(figure, asked, role, dates)
            if role.role == "delta" and (grown := between_years(figure, dates)):
                yield Candidate(Told("from-to"), grown)
            if years := years_from_start(figure, dates):
                yield Candidate(Told("years-from-start"), years)

    def _own_time(self, notes: tuple[str, ...]) -> tuple[Candidate, ...]:
        """No time at all, and the report's own span, its end, its day."""
        if (found := self._undated.get(notes)) is None:
            source = self._own.source
            found = (
                Candidate(Told("none", notes=notes), None),
                Candidate(Told("own", notes=notes), self._own.period, source),
                Candidate(Told("own.end", notes=notes), self._end, source),
            )
            if "now" in notes and self._now is not None:
                found = (*found, Candidate(Told("now"), self._now, source))
            self._undated[notes] = found
        return found

    def around(self, view: BlockView, sentence: int) -> tuple[Candidate, ...]:
        """What the sentences before, the paragraph before, the caption, the introduction and the headings tell."""
        if view.index not in self._frames_of:
            self._frames_of = {view.index: (*self._frames(view), *self._below(view))}  # one block at a time
        return (*self._before(view, sentence), *self._frames_of[view.index])

    # --- the sentence -------------------------------------------------------------------------------------------------

    def _ahead(
        self, figure: Figure, role: RoleReading, ahead: Sequence[_Bearing], dates: tuple[Anchor, ...], now: bool
    ) -> Iterator[Candidate]:
        text, at, end = figure.view.text, figure.mark.at, self._now if now else self._end
        rank = 0
        for bearing in ahead:
            anchor, relation, notes = bearing.anchor, bearing.relation, [*bearing.notes]
            earlier = dates[: len(ahead) - 1 - bearing.number]
            if now:
                notes.append("now-here" if _NOW.match(text, anchor.end) else "now")
            if relation == "as-of":
                if role.role in ("actual", "rate") and _VALUED.match(text[anchor.end : at]):
                    notes.append("valued")
                year = anchor.period.end.year
                if any(one.relation == "during" and one.is_year and one.period.end.year == year for one in earlier):
                    notes.append("own-year")
            notes += self._notes(figure, role, anchor, relation)
            way_told = (bearing.place, relation, anchor.kind, min(rank, _RANKS), tuple(notes))
            rank += not bearing.is_barred
            yield from _taken(anchor, *way_told, earlier)
            if (now or relation in ("since", "effective")) and end and _precedes(anchor.period, end):
                yield Candidate(_told("to-end", *way_told), hull(anchor.period, end), anchor.source)
            if each := each_its_own(figure, anchor):
                yield Candidate(Told("each"), each, anchor.source)
            elif way := along(figure, anchor):
                yield Candidate(Told("way"), way, anchor.source)

    def _behind(
        self, figure: Figure, asked: Asked, role: RoleReading, dates: tuple[Anchor, ...]
    ) -> Iterator[Candidate]:
        text, at = figure.view.text, figure.mark.at
        right = bracket_behind(figure, dates)
        rank = 0
        planned: list[Anchor] = []
        for number, anchor in enumerate(dates):
            if anchor.at <= at:
                continue
            relation: Relation = "named" if anchor.quote is not None else anchor.relation
            notes = []
            place = "behind"
            if anchor is right:
                place = "bracket-behind"
            elif anchor.bracket is not None and anchor.bracket != figure.mark.bracket:
                place = "aside"
            elif _TAKEN.match(text, anchor.end):
                notes.append("taken")
            elif relation in ("during", "planned", "due", "since"):
                planned.append(anchor)
            if anchor.is_year and _AWARD.match(text, anchor.end) and "," not in text[at : anchor.at]:
                notes.append("award")
            if anchor.is_event and figure.kind == "sessions" and _is_held(text, anchor):
                notes.append("held")
            notes += self._notes(figure, role, anchor, relation)
            yield from _taken(anchor, place, relation, anchor.kind, min(rank, _RANKS), tuple(notes), dates[:number])
            rank += 1
        if asked.task == "plan" and len(planned) > 1:
            yield Candidate(Told("planned-for"), hull(planned[0].period, planned[-1].period), planned[0].source)

    def _notes(self, figure: Figure, role: RoleReading, anchor: Anchor, relation: Relation) -> tuple[str, ...]:
        of_posts = relation == "effective" and role.role in ("actual", "delta", "former")
        return _holding(
            planned=relation == "planned" or figure.view.text[anchor.at - 1] == "將",
            posts=of_posts and _POSTS.search(figure.sentence.text) is not None,
            own=anchor.period == self._own.period,
        )

    def _only_names(self, anchor: Anchor) -> bool:
        """A bare 2020 before a fair's name tells no more than a report on some days of 2020 does."""
        own, told = self._own.period, anchor.source
        bare = anchor.is_year and isinstance(told, Mention) and told.text.isdecimal()
        if not bare or own is None or own.grain == "year":
            return False
        return own.start.year == own.end.year == anchor.period.end.year

    # --- around the sentence ------------------------------------------------------------------------------------------

    def _before(self, view: BlockView, sentence: int) -> Iterator[Candidate]:
        """Earlier sentences of the block: an event that goes on to be told, a year or span that frames the paragraph."""
        text, known = view.text, self._told_before(view)
        behind = bisect_left(known.dated, sentence)
        for met, number in enumerate(reversed(known.dated[max(0, behind - _SENTENCES) : behind])):
            told = self.dates(view, number)
            dates = [one for one in told if _is_told_on(text, one)]
            joined = number == sentence - 1 and text[view.sentences[number].end] == ";"
            fresh = bisect_right(known.fresh, number) < bisect_right(known.fresh, sentence)
            notes = _holding(fresh=fresh, farther=met > 0, apart=number < sentence - 1, joined=joined)
            last = around_all(dates)
            for rank, anchor in enumerate(reversed(dates)):
                mine = ["last"] if anchor is last else []
                if anchor.is_event:
                    goes_on = anchor.period.is_span or _GOES_ON.match(text, anchor.end)
                    mine.append("goes-on" if goes_on else "over")
                if anchor.relation == "as-of" and any(one.relation == "since" for one in told):
                    mine.append("since")
                yield from _taken(
                    anchor,
                    "paragraph",
                    anchor.relation,
                    anchor.kind,
                    min(rank, _RANKS),
                    (*mine, *notes),
                    [one for one in told if one.at < anchor.at],
                )

    def _told_before(self, view: BlockView) -> _ToldIn:
        """Looked for once a block, whose sentences are asked for one after the other."""
        if view.index not in self._told_in:
            with_dates = sorted({mark.sentence for mark in view.marks if mark.mention.kind == "date"})
            dated = range(len(view.sentences)) if self._is_festive else with_dates
            self._told_in = {
                view.index: _ToldIn(
                    [n for n in dated if any(_is_told_on(view.text, one) for one in self.dates(view, n))],
                    [n for n, each in enumerate(view.sentences) if _FRESH.match(each.text)],
                )
            }
        return self._told_in[view.index]

    def _frames(self, view: BlockView) -> Iterator[Candidate]:
        """Caption or paragraph before, introductions, headings from the inside out."""
        ranks: dict[str, int] = {}
        for place, anchor, notes in self._framing(view):
            own = self._own.period
            notes += _holding(own=anchor.period == own, table=view.block.kind == "table", open=own is None)
            rank = ranks[place] = ranks.get(place, -1) + 1
            yield from _taken(anchor, place, anchor.relation, anchor.kind, min(rank, _RANKS), notes, ())

    def _framing(self, view: BlockView) -> Iterator[tuple[str, Anchor, tuple[str, ...]]]:
        is_table = view.block.kind == "table"
        above = self._views.get(self._beside(view.index, -1))
        # What another speaker said of a time rules nothing that is answered.
        if above is not None and above.block.kind != "table" and not self._is_spoken:
            is_caption = is_table and _CAPTION.fullmatch(above.text) is not None
            if is_caption or (above.block.kind != "heading" and above.block.path == view.block.path):
                for anchor in self._last_dates(above):
                    yield "caption" if is_caption else "above", anchor, ()
        introduction = view.introduced_by
        while introduction is not None and (found := self._views.get(introduction)) is not None:
            dates = self._last_dates(found) if found.block.kind != "heading" else ()
            # What introduces the whole report tells the report's own time, and beside it other things.
            if all(one.period != self._own.period for one in dates):
                for anchor in dates:
                    yield "introduction", anchor, ()
            introduction = found.introduced_by
        for index in reversed(self._headings.get(view.index, ())):
            heading = self._views[index]
            is_title = heading.block.level == 0
            for anchor in self.dates(heading, 0):
                if is_title and anchor.period == self._own.period:
                    continue  # that is the report's own time, which has its place
                opens = _FRAMING.search(heading.text[: anchor.at]) is not None
                yield "heading", anchor, _holding(within=not opens, title=is_title)

    def _last_dates(self, view: BlockView) -> Sequence[Anchor]:
        """The dates of the last sentence that has any, the last one first."""
        for sentence in range(len(view.sentences) - 1, -1, -1):
            if dates := [one for one in self.dates(view, sentence) if one.bracket is None]:
                return dates[::-1]
        return ()

    def _below(self, view: BlockView) -> Iterator[Candidate]:
        """A figure in a heading is of the time of the text below it."""
        open_ended = view.block.kind == "heading" or not view.text.rstrip().endswith(("。", ";", ")"))
        if not open_ended or view.block.kind == "table":
            return
        below = self._views.get(self._beside(view.index, 1))
        posts = _POSTS.search(view.text) is not None
        rank = 0
        for sentence in range(len(below.sentences) if below is not None else 0):
            dates = self.dates(below, sentence) if below is not None else ()
            for number, anchor in enumerate(dates):
                notes = _holding(
                    aside=anchor.bracket is not None,
                    posts=posts and anchor.relation == "effective",
                    heading=view.block.kind == "heading",
                )
                yield from _taken(
                    anchor, "below", anchor.relation, anchor.kind, min(rank, _RANKS), notes, dates[:number]
                )
                rank += 1
            if rank >= _BELOW:
                return

    def _beside(self, index: int, step: int) -> int:
        """The next block in this direction that is none of the page's furniture; -1 where there is none."""
        blocks = self._report.blocks
        index += step
        while 0 <= index < len(blocks) and blocks[index].kind == "residue":
            index += step
        return index if index < len(blocks) else -1


def _holding(**notes: bool) -> tuple[str, ...]:
    """Those of the notes that hold."""
    return tuple([name for name, holds in notes.items() if holds])


def _told(take: str, place: str, relation: str, grain: str, rank: int, notes: tuple[str, ...]) -> Told:
    return Told(place, relation, grain, take, rank, notes)


def _taken(
    anchor: Anchor,
    place: str,
    relation: str,
    grain: str,
    rank: int,
    notes: tuple[str, ...],
    earlier: Sequence[Anchor],
) -> Iterator[Candidate]:
    """The ways of taking an anchor: as it is written; where it ends; counted up to it, from January or a stated start."""
    period, source = anchor.period, anchor.source
    yield Candidate(Told(place, relation, grain, "whole", rank, notes), period, source)
    if period.is_span:
        yield Candidate(Told(place, relation, grain, "end", rank, notes), end_of(period), source)
    if relation != "as-of":
        return
    day = end_of(period)
    starts = (one for one in reversed(earlier) if one.relation == "since" and one.bracket == anchor.bracket)
    if (start := next(starts, None)) is not None:
        yield Candidate(Told(place, relation, grain, "from-start", rank, notes), hull(start.period, day), source)
    elif day.grain != "year":
        january = Period.at(day.end.year, 1, 1 if day.grain == "day" else None)
        yield Candidate(Told(place, relation, grain, "from-january", rank, notes), january.until(day), source)


class _Bearing(NamedTuple):
    """How a date ahead stands to a figure."""

    anchor: Anchor
    number: int
    """Its place, from the figure back."""
    place: str
    relation: Relation
    notes: tuple[str, ...]
    is_barred: bool
    """It tells of something else than what follows."""


def _bearings(figure: Figure, dates: tuple[Anchor, ...]) -> Iterator[_Bearing]:
    """The dates ahead of a figure, the nearest first."""
    text, at, opened = figure.view.text, figure.mark.at, figure.mark.bracket
    for number, anchor in enumerate(one for one in reversed(dates) if one.at <= at):
        relation: Relation = anchor.relation
        if anchor.quote is not None:
            within = anchor.quote[0] < figure.mention.block_start < anchor.quote[1]
            relation = anchor.quoted_relation if within else "named"
        place = "sentence" if anchor.bracket is None else "in-bracket"
        if anchor.bracket is not None and anchor.bracket != opened:
            place = "label" if tells_beyond(text, anchor, at) else "closed"
        notes: tuple[str, ...] = ()
        barred = relation in _NO_SOURCE or place == "closed"
        if of_old_value(text, anchor) and not each_its_own(figure, anchor):
            near = goes_no_further(figure, anchor)
            notes, barred = ("old-near" if near else "old-far",), barred or not near
        if relation == "enacted" and "," in text[anchor.end : at]:
            notes, barred = (*notes, "far"), True
        yield _Bearing(anchor, number, place, relation, notes, barred)


def _precedes(start: Period, end: Period) -> bool:
    """A start ends before an end does: a year reaches to its own December by itself."""
    return start.last is not None and end.last is not None and start.last < end.last


def _is_told_on(text: str, anchor: Anchor) -> bool:
    """A later sentence may go on with it."""
    return (
        anchor.relation in ("during", "as-of")
        and (anchor.bracket is None or tells_beyond(text, anchor, -1))
        and not of_old_value(text, anchor)
    )


def _is_held(text: str, anchor: Anchor) -> bool:
    """Sessions are told before the days on which they were held: 辦理2班期…,分別於▢及▢辦理."""
    led = text[max(0, anchor.at - 3) : anchor.at]
    return ("於" in led or "在" in led or "," in led) and _HELD.match(text, anchor.end) is not None
