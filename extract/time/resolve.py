"""Give every date of a text its value: what it leaves out comes from the dates before it, the headings, the report.

The nearest earlier date of the sentence governs, then that of the block, then the headings above, then the report.
A date in brackets or quotation marks governs only inside them; one that is compared with (較98年底), one that only
says since when (自96年起) and the year in an event's name do not govern. Where nothing tells the year it stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import regex

from ...model import Period
from .anchors import Anchored, anchored
from .calendar import half_year, is_possible, months, quarters, school_year, shifted, year_inside
from .grammar import Phrase, Written, Year
from .scope import Scope

_LOOK_BACK = 60
"""So many dates back a date may look: further, nobody would."""
_NEVER_GOVERN = ("date.event_year", "date.same_period", "date.decade")
_SENTENCE_END = regex.compile(r"[。;!?\n\t]")
_FROM = regex.compile("[由自從]$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date with its value and its relation to what is told."""

    anchor: Anchored
    period: Period

    @property
    def phrase(self) -> Phrase:
        """As it is written."""
        return self.anchor.phrase

    @property
    def point(self) -> Written:
        """The end of a range, or all of it."""
        return self.phrase.last or self.phrase.first

    @property
    def compared(self) -> bool:
        """A figure is compared with that of this time."""
        return self.anchor.relation == "compared"

    @property
    def governs(self) -> bool:
        """Later dates may take from it what they leave out."""
        point = self.point
        since = self.anchor.relation in ("since", "due") and point.is_year and not point.is_this_year
        return not (self.compared or since or point.part == "begin" or self.phrase.rule in _NEVER_GOVERN)


def written(point: Written, year: int | None, month: int | None) -> Period:
    """The value of a point whose year is known, and its month where it takes one from elsewhere."""
    part, unit = point.part, point.year.unit if point.year else "year"
    month = point.month if point.month is not None else month
    if point.day is not None or month is not None:
        return Period.at(year, month, point.day)
    if part in ("H1", "H2"):
        return half_year(year, int(part[1]))
    if part.startswith("Q"):
        first, _, last = part[1:].partition("-")
        return quarters(year, int(first), int(last or first))
    if part in ("begin", "end"):
        return Period.at(year, 1 if part == "begin" else 12)
    if year is None:
        return Period.at(None)
    if part in ("T1", "T2"):
        return school_year(year, int(part[1]))
    if unit == "school":
        return school_year(year)
    if part == "decade":
        return Period.parse(f"{year // 10}X")
    return Period.at(year).until(Period.at(year + 9)) if unit == "decade" else Period.at(year)


class Resolver:
    """Resolves the dates of one block in order."""

    def __init__(self, text: str, scope: Scope, before: Period | None = None) -> None:
        self._text = text
        self._scope = scope
        self._before = before
        self._anchors = anchored(text)
        self._past: deque[Resolved] = deque(maxlen=_LOOK_BACK)
        self._breaks = [match.start() for match in _SENTENCE_END.finditer(text)]

    def resolve(self) -> list[Resolved]:
        """The dates that name a time; a slogan's year and a number that counts years name none."""
        found: list[Resolved] = []
        for anchor in self._anchors:
            if self._is_slogan(anchor):
                continue
            value = self._phrase(anchor)
            if value is None or (anchor.phrase.first.is_bare_day and not is_possible(value)):
                continue
            found.append(Resolved(anchor, value))
            self._past.append(found[-1])
        return found

    # --- what is none after all ---------------------------------------------------------------------------------------

    def _is_slogan(self, anchor: Anchored) -> bool:
        """A year far ahead inside quotation marks belongs to a motto, not to an event."""
        stated = anchor.phrase.first.year
        if anchor.phrase.rule != "date.event_year" or stated is None:
            return False
        year = self._scope.year
        return anchor.quoted and (stated.value > year + 2 if year is not None else stated.value >= 2040)

    # --- values -------------------------------------------------------------------------------------------------------

    def _phrase(self, anchor: Anchored) -> Period | None:
        phrase = anchor.phrase
        first, last = phrase.first, phrase.last
        if last is None:
            return self._point(first, anchor)
        if (
            first.year is None
            and last.year is not None
            and last.year.kind == "absolute"
            and not self._governing(anchor)
        ):
            # 12月5日至109年1月3日 begins in the year before.
            back = 1 if first.month and last.month and first.month > last.month else 0
            first = replace(first, year=Year("absolute", last.year.value - back))
        start = self._point(first, anchor)
        if start is None:
            return None
        end = self._end(last, start, anchor)
        return start.until(end) if end else start

    def _end(self, last: Written, start: Period, anchor: Anchored) -> Period | None:
        if (last.year is not None and last.year.kind != "same") or last.day_offset is not None:
            return self._point(last, anchor)
        begins = start.start
        year = None if begins.year is None else begins.year + (last.year.value if last.year else 0)
        month = begins.month if last.is_bare_day or last.same_month else None
        end = written(last, year, month)
        # 12月5日至1月3日 ends in the next year.
        crosses = last.year is None and last.month is not None and begins.month is not None
        if crosses and year is not None and (end.end.month or 12) < (begins.month or 0):
            return written(last, year + 1, month)
        return end

    def _point(self, point: Written, anchor: Anchored) -> Period | None:
        if point.part in ("own_period", "last_period"):
            return self._own_period(point.part)
        if point.part == "same_period":
            return self._same_period(point, anchor)
        if point.day_offset is not None:
            return self._today(point)
        if point.month_offset is not None:
            return self._spoken_month(point, anchor)
        if point.rule == "date.month.end" and not any(
            self._same_sentence(past, anchor.phrase.start) for past in self._past
        ):
            return None
        month = None
        if point.is_bare_day or point.same_month:
            month = self._month_told(anchor)
            if month is None:
                return None
        value = written(point, self._year(point, anchor), month)
        # 2月29日 in a year without one is of another year, and nobody says which.
        elsewhere = point.year is None and (point.month, point.day) == (2, 29) and not is_possible(value)
        return written(point, None, month) if elsewhere else value

    def _month_told(self, anchor: Anchored) -> int | None:
        """The month that a day or 同月 goes back to; behind 較 that of the figure, not of what it was compared with before."""
        told = [past for past in self._back() if past.period.end.month]
        if anchor.phrase.first.same_month and anchor.relation == "compared":
            told = [past for past in told if not past.compared] or told
        period = self._scope.own.period
        if not told and anchor.phrase.first.same_month and period is not None and not period.is_span:
            return period.end.month
        return told[0].period.end.month if told else None

    def _own_period(self, part: str) -> Period | None:
        """本期, and 上期, the one before it."""
        period = self._scope.own.period
        if period is None or part == "own_period":
            return period
        start, end = period.start, period.end
        half = {(7, 12): (0, 1), (1, 6): (-1, 2)}.get((start.month, end.month)) if period.is_span else None  # type: ignore[arg-type]
        return half_year(start.year + half[0], half[1]) if half and start.year is not None else shifted(period, -1)

    def _same_period(self, point: Written, anchor: Anchored) -> Period | None:
        """The stretch that the compared figure speaks of, in the other year."""
        current = self._compared_figure(anchor)
        if point.year is None and anchor.relation != "compared":
            return self._span_of(current) if current else None
        base, own = current.period if current else self._scope.period, self._scope.period
        if base is None:
            stated = point.year is not None and point.year.kind == "absolute"
            return Period.at(point.year.value) if stated and point.year else None
        last = base.end
        if current and not base.is_span and last.grain == "month" and current.anchor.relation == "as-of":
            base = months(last.year, 1, last.month or 12)
        elif not base.is_span and last.grain == "year" and own and own.start.year == last.year == own.end.year:
            base = own
        if last.year is None:
            return None
        if point.year is None:
            return shifted(base, -1)
        year = point.year.value if point.year.kind == "absolute" else last.year + point.year.value
        return shifted(base, year - last.year)

    def _today(self, point: Written) -> Period | None:
        """今(5)日: the day of issue if it is that one, else the month of the date before it, else an unknown month."""
        day, issued = point.day, self._scope.own.issued
        if issued and issued.first and issued.grain == "day":
            near = (issued.first + timedelta(days=(point.day_offset or 0) + step) for step in (0, -1, 1))
            for that in near:
                if that.day == day:
                    return Period.at(that.year, that.month, day)
        said = next((past.period.start for past in self._back() if past.period.start.month), None)
        said = said or (issued.start if issued and issued.start.month else None)
        return Period.at(said.year, said.month, day) if said else Period.at(self._scope.year, None, day)

    def _spoken_month(self, point: Written, anchor: Anchored) -> Period | None:
        """本月, 上月: from the day of issue; behind 較 from the month of the figure that is compared."""
        issued, current = self._scope.own.issued, None
        if anchor.relation == "compared" and point.month_offset:
            current = self._compared_figure(anchor)
        covered = self._scope.own.period  # the month that a monthly report covers
        if issued is None and covered is not None and not covered.is_span and covered.grain == "month":
            issued = covered
        said = current.period.end if current else issued.start if issued else None
        if said is None or said.month is None:
            return Period.at(self._scope.year, None, point.day) if point.day else None
        years, month = divmod(said.month - 1 + (point.month_offset or 0), 12)
        return Period.at(None if said.year is None else said.year + years, month + 1, point.day)

    # --- years from around --------------------------------------------------------------------------------------------

    def _year(self, point: Written, anchor: Anchored) -> int | None:
        stated = point.year
        if stated is None:
            return self._elliptical_year(point, anchor)
        if stated.kind == "absolute":
            return stated.value
        if stated.kind == "same":
            whole = self._text.startswith("全年", point.start)
            named = self._year_here(anchor) if whole else self._named_year()
            if named is None and whole:
                named = self._framing_year(()) or self._named_year()
            return None if named is None else named + stated.value
        if stated.value == -1 and anchor.relation == "compared":
            # What is compared with last year need not speak of this one.
            current = self._compared_figure(anchor)
            period = current.period if current else self._scope.period
            if period is not None and period.end.year is not None:
                return period.end.year - 1
        own, issued = self._scope.own, self._scope.own.issued
        base = own.year if own.year is not None else self._scope.year
        if base is not None and stated.unit == "school" and issued and (issued.start.month or 8) < 8:
            base -= 1  # Until July the school year is the one that began last August.
        return None if base is None else base + stated.value

    def _elliptical_year(self, point: Written, anchor: Anchored) -> int | None:
        if point.is_bare_day or point.same_month:
            return self._named_year()
        if point.part == "H2" and (first_half := self._first_half(anchor)):
            return first_half
        governing, wanted = self._governing(anchor), point.months
        if governing:
            value = governing.period
            first, last = value.start, value.end
            if (inside := year_inside(value, wanted)) is not None:
                return inside
            if first.month is not None and first.year and last.year:
                across = self._across(first.year, last.year, wanted)
                if across:
                    return across
            if first.year == last.year:
                return first.year
        return self._framing_year(wanted)

    def _across(self, first: int, last: int, wanted: Sequence[int]) -> int | None:
        """Where the report covers parts of two years, 12月3日 … 1月5日 go on from one to the other."""
        for span in (self._scope.span, self._scope.own.period):
            starts, ends = (span.start.year, span.end.year) if span else (None, None)
            if span and starts and ends and starts < ends and starts <= first <= last <= ends:
                return year_inside(span, wanted)
        return None

    def _framing_year(self, wanted: Sequence[int]) -> int | None:
        """The year in which a month lies inside the time that the section or the report covers; else their year."""
        for span in (self._scope.span, self._scope.own.period):
            if span and (inside := year_inside(span, wanted)) is not None:
                return inside
        period = self._scope.period
        if period and period.start.year == period.end.year:
            return period.start.year
        return self._scope.year

    # --- what was told before -----------------------------------------------------------------------------------------

    def _back(self) -> Iterator[Resolved]:
        """The dates so far, the last one first."""
        return reversed(self._past)

    def _same_sentence(self, past: Resolved, at: int) -> bool:
        place = bisect_left(self._breaks, past.phrase.end)
        return place == len(self._breaks) or self._breaks[place] >= at

    @staticmethod
    def _reaches(past: Resolved, anchor: Anchored) -> bool:
        """The date stands in no bracket that the other is outside of."""
        return past.anchor.enclosure == anchor.enclosure[: len(past.anchor.enclosure)]

    def _governing(self, anchor: Anchored) -> Resolved | None:
        """The earlier date from which an elliptical one takes its year."""
        as_of = anchor.relation == "as-of"
        for past in self._back():
            if not past.governs or not self._reaches(past, anchor):
                continue
            if self._same_sentence(past, anchor.phrase.start):
                # 於107年訂定…, 截至12月底止: what is told as of a date is told by this report.
                if as_of and past.point.month is None and self._tells_since(past):
                    continue
                return past
            if (past.point.month is not None and not as_of) or past.period.end.year == self._scope.year:
                return past
            return None
        return None

    def _tells_since(self, past: Resolved) -> bool:
        start = past.phrase.start
        since = past.anchor.relation in ("since", "due", "effective", "enacted")
        return since or self._text[max(0, start - 1) : start] == "自"

    def _first_half(self, anchor: Anchored) -> int | None:
        """上半年 … 下半年 in one sentence are the halves of one year."""
        here = (past for past in self._back() if self._same_sentence(past, anchor.phrase.start))
        return next((past.period.start.year for past in here if past.point.part == "H1"), None)

    def _compared_figure(self, anchor: Anchored) -> Resolved | None:
        """The date of the figure that a comparison speaks of: the last one that governs, in this sentence or before."""
        for past in self._back():
            stated = past.point.year
            earlier = stated is not None and stated.kind == "offset" and stated.value < 0
            if past.governs and not earlier and self._reaches(past, anchor):
                return past
        return None

    def _span_of(self, told: Resolved) -> Period:
        """The time that 同期間 goes back to: 由80年之…增至100年之… tells two ends of it."""
        start = told.phrase.start
        if not told.period.is_span:
            # A stretch of months is what 同期 means, though a year was named after it.
            for past in self._back():
                if not self._same_sentence(past, start):
                    break
                if past.period.is_span and past.period.start.month:
                    return past.period
        earlier = next((past for past in self._back() if past.phrase.end <= start), None)
        up_to = self._text[max(0, start - 1) : start] == "至"
        if earlier is None or not (up_to and self._same_sentence(earlier, start)):
            return told.period
        from_then = _FROM.search(self._text[max(0, earlier.phrase.start - 1) : earlier.phrase.start])
        return earlier.period.until(told.period) if from_then else told.period

    def _year_here(self, anchor: Anchored) -> int | None:
        """The year that a whole year goes back to: of the last date of its sentence, not to come, that no figure is compared with."""
        year = self._scope.year
        ahead = [
            past
            for past in self._back()
            if self._same_sentence(past, anchor.phrase.start)
            and self._reaches(past, anchor)
            and (year is None or (past.period.end.year or 0) <= year)
        ]
        told = self._telling(ahead)
        return told.period.end.year if told is not None else None

    @staticmethod
    def _telling(back: Sequence[Resolved]) -> Resolved | None:
        """The first that governs, else the first that no figure is compared with."""
        governs = next((past for past in back if past.governs), None)
        return governs or next((past for past in back if not past.compared), None)

    def _named_year(self) -> int | None:
        """The year of the last date that tells one."""
        if (told := self._telling([*self._back()])) is not None:
            return told.period.end.year
        if not self._past and self._before:
            return self._before.end.year
        return self._scope.year


def resolve(text: str, scope: Scope, before: Period | None = None) -> list[Resolved]:
    """The dates of one text; ``before`` is the last value told before it."""
    return Resolver(text, scope, before).resolve() if anchored(text) else []
