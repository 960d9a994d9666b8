"""Give every date of a block its calendar value: what it leaves out comes from the dates before it, the section, the report.

The nearest earlier date of the sentence governs, then that of the block, then the headings above, then the report.
A date in brackets or quotation marks governs only inside them; one that is compared with (較98年底), one that only
says since when (自96年起) and the year in an event's name do not govern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from .calendar import edtf, half_year, interval, parse, shifted
from .dates_enclosures import QUOTES, enclosures, enclosures_of
from .dates_frame import Section
from .dates_parts import Phrase, Point
from .dates_scan import scan
from .dates_told import COMPARED, NEVER_GOVERN, Told
from .dates_values import months_of, with_year, written, year_inside


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date with its value."""

    phrase: Phrase
    edtf: str


class Resolver:
    """Resolves the dates of one block in order."""

    def __init__(self, text: str, section: Section, phrases: Sequence[Phrase], before: str | None = None) -> None:
        self._text = text
        self._section = section
        self._phrases = phrases
        self._told = Told(text, section.year, before, enclosures_of(text, phrases))

    def resolve(self) -> list[Resolved]:
        """The dates whose value can be told; the others name no day that anybody could give."""
        phrases = self._phrases
        found: list[Resolved] = []
        for index, phrase in enumerate(phrases):
            if self._is_slogan(phrase) or self._is_out_of_reach(phrase.first):
                continue
            value = self._phrase(phrase, phrases[index + 1 : index + 10])
            if value is None:
                continue
            found.append(Resolved(phrase, value))
            self._told.remember(phrase, value)
        return found

    # What is none after all

    def _is_slogan(self, phrase: Phrase) -> bool:
        """A year far ahead inside quotation marks belongs to a motto, not to an event."""
        if phrase.rule != "date.event_year" or phrase.first.year is None:
            return False
        quoted = any(self._text[at] in QUOTES for at in self._told.enclosure(phrase.start))
        year = self._section.year
        return quoted and (phrase.first.year.value > year + 2 if year is not None else phrase.first.year.value >= 2040)

    def _is_out_of_reach(self, point: Point) -> bool:
        """A bare number so far ahead that it counts years (一百五十年 in a text of the year 89)."""
        year = self._section.year
        if point.rule != "date.year" or point.year is None or point.year.kind != "absolute" or year is None:
            return False
        return point.year.value > year + 45 and not regex.search(r"\d{4}|國|元", self._text[point.start : point.end])

    # Values

    def _phrase(self, phrase: Phrase, coming: Sequence[Phrase]) -> str | None:
        first, last = phrase.first, phrase.last
        if last is None:
            return self._point(first, phrase, coming)
        if (
            first.year is None
            and last.year is not None
            and last.year.kind == "absolute"
            and not self._told.governing(phrase)
        ):
            first = with_year(first, last)
        start = self._point(first, phrase, coming)
        if start is None:
            return None
        end = self._end(last, start, phrase, coming)
        return interval(start, end) if end else start

    def _end(self, last: Point, start: str, phrase: Phrase, coming: Sequence[Phrase]) -> str | None:
        if last.year is not None and last.year.kind != "same":
            return self._point(last, phrase, coming)
        value = parse(start)[0]
        year = value.year + (last.year.value if last.year else 0)
        month = value.month if last.is_bare_day or last.same_month else None
        end = written(last, year, month)
        # 12月5日至1月3日 ends in the next year.
        first_month, last_month = value.month, parse(end)[1].month
        backwards = (
            last.year is None
            and last.month is not None
            and first_month is not None
            and (last_month or 12) < first_month
        )
        return written(last, year + 1, month) if backwards else end

    def _point(self, point: Point, phrase: Phrase, coming: Sequence[Phrase]) -> str | None:
        if point.part in ("own_period", "last_period"):
            return self._period(point.part)
        if point.part == "same_period":
            return self._same_period(point, phrase)
        if point.day_offset is not None:
            return self._today(point, coming)
        if point.month_offset is not None:
            return self._spoken_month(point)
        year = self._year(point, phrase)
        if year is None:
            return None
        month = None
        if point.rule == "date.month.end" and not self._told.in_sentence(phrase.start):
            return None
        if point.is_bare_day or point.same_month:
            month = self._told.named_month()
            if month is None:
                return None
        return written(point, year, month)

    def _period(self, part: str) -> str | None:
        period = self._section.frame.period
        if period is None or part == "own_period":
            return period
        first, last = parse(period)
        if (first.month, last.month) == (7, 12):
            return half_year(first.year, 1)
        if (first.month, last.month) == (1, 6) and "/" in period:
            return half_year(first.year - 1, 2)
        return shifted(period, -1)

    def _same_period(self, point: Point, phrase: Phrase) -> str | None:
        """The stretch that the compared figure speaks of, in the other year."""
        current = self._told.compared_figure(phrase)
        if point.year is None and not COMPARED.search(self._text[max(0, phrase.start - 3) : phrase.start]):
            return self._told.span_of(current) if current else None
        base = current.value if current else self._section.period
        if base is None:
            return None
        last = parse(base)[1]
        if current and "/" not in base and last.month and last.day is None and self._told.is_as_of(current):
            base = interval(edtf(last.year, 1), base)
        elif "/" not in base and last.month is None and self._section.period and parse(self._section.period)[0].year == last.year == parse(self._section.period)[1].year:  # fmt: skip
            base = self._section.period
        if point.year is None:
            year = last.year - 1
        elif point.year.kind == "absolute":
            year = point.year.value
        else:
            year = last.year + point.year.value
        return shifted(base, year - last.year)

    def _today(self, point: Point, coming: Sequence[Phrase]) -> str | None:
        """今(5)日: the day of issue if it is that one, else the month of the dates around it, else an unknown month."""
        day, issued = point.day or 0, self._section.frame.issued
        if issued:
            said = parse(issued)[0]
            if said.month and said.day is not None and abs(said.day - day) <= 1:
                return edtf(said.year, said.month, day)
        for past in self._told.back():
            value = parse(past.value)[0]
            if value.month:
                return edtf(value.year, value.month, day)
        for phrase in coming:
            year = self._section.year
            if phrase.first.month and (phrase.first.year or year):
                absolute = phrase.first.year and phrase.first.year.kind == "absolute"
                known = phrase.first.year.value if phrase.first.year and absolute else year
                return edtf(known, phrase.first.month, day) if known is not None else None
        if issued and (month := parse(issued)[0].month):
            return edtf(parse(issued)[0].year, month, day)
        return edtf(self._section.year, None, day) if self._section.year is not None else None

    def _spoken_month(self, point: Point) -> str | None:
        issued = parse(self._section.frame.issued)[0] if self._section.frame.issued else None
        if issued is None or issued.month is None:
            return None
        months = issued.year * 12 + issued.month - 1 + (point.month_offset or 0)
        return edtf(months // 12, months % 12 + 1, point.day)

    # Years and months from around

    def _year(self, point: Point, phrase: Phrase) -> int | None:
        stated = point.year
        if stated is None:
            return self._elliptical_year(point, phrase)
        if stated.kind == "absolute":
            return stated.value
        if stated.kind == "same":
            whole = self._text.startswith("全年", point.start)
            named = self._told.year_here(phrase) if whole else self._told.named_year()
            if named is None and whole:
                named = self._framing_year(()) or self._told.named_year()
            return None if named is None else named + stated.value
        if stated.value == -1 and COMPARED.search(self._text[max(0, phrase.start - 3) : phrase.start]):
            # What is compared with last year need not speak of this one.
            current = self._told.compared_figure(phrase)
            if current:
                return parse(current.value)[1].year - 1
            period = self._section.period
            return parse(period)[1].year - 1 if period else None
        base = self._section.frame.year if self._section.frame.year is not None else self._section.year
        issued = self._section.frame.issued
        if base is not None and stated.unit == "school" and issued and (parse(issued)[0].month or 8) < 8:
            base -= 1  # Until July the school year is the one that began last August.
        return None if base is None else base + stated.value

    def _elliptical_year(self, point: Point, phrase: Phrase) -> int | None:
        if point.is_bare_day or point.same_month:
            return self._told.named_year()
        if point.part == "H2" and (first_half := self._told.first_half(phrase)):
            return first_half
        governing, months = self._told.governing(phrase), months_of(point)
        if governing:
            first, last = parse(governing.value)
            if (inside := year_inside(governing.value, months)) is not None:
                return inside
            if first.month is not None and (next_year := self._across(first.year, last.year, months)):
                return next_year
            if first.year == last.year:
                return first.year
        return self._framing_year(months)

    def _across(self, first: int, last: int, months: Sequence[int]) -> int | None:
        """Where the report covers parts of two years, 12月3日 … 1月5日 go on from one to the other."""
        for span in (self._section.span, self._section.frame.period):
            if span:
                ends = parse(span)
                if ends[0].year <= first <= last <= ends[1].year and ends[0].year < ends[1].year:
                    return year_inside(span, months)
        return None

    def _framing_year(self, months: Sequence[int]) -> int | None:
        """The year in which a month lies inside the time that the section or the report covers; else their year."""
        for span in (self._section.span, self._section.frame.period):
            if span and (inside := year_inside(span, months)) is not None:
                return inside
        period = self._section.period
        if period and parse(period)[0].year == parse(period)[1].year:
            return parse(period)[0].year
        return self._section.year


def resolve(text: str, section: Section, before: str | None = None) -> list[Resolved]:
    """The dates of one text; ``before`` is the last value told before it."""
    phrases = scan(text)
    return Resolver(text, section, phrases, before).resolve() if phrases else []


_BOUNDS = regex.compile(r"(?:以|之)?前|起|以來|以後|(?:修正|公布|施行|函頒|訂定|核定)")
"""109年以前, 110年起: what a heading says of a rule, and no time of what stands under it."""


def stated_span(heading: str, section: Section) -> str | None:
    """The time that a heading gives to what stands under it: not one that it compares with or quotes."""
    quoted = [pair for pair in enclosures(heading) if heading[pair[0]] in QUOTES]
    for date in resolve(heading, section):
        start = date.phrase.start
        if date.phrase.rule in NEVER_GOVERN or COMPARED.search(heading[max(0, start - 3) : start]):
            continue
        if _BOUNDS.match(heading, date.phrase.end):
            continue
        if not any(opened < start < closed for opened, closed in quoted):
            return date.edtf
    return None
