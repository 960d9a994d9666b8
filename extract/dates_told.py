"""The dates that were told before, as later ones look back at them."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from .calendar import interval, parse
from .dates_atoms import LIST
from .dates_enclosures import Enclosure
from .dates_parts import Phrase, Point

_LOOK_BACK = 60
"""So many dates back a date may look: further, nobody would."""

COMPARED = regex.compile(r"(?:較|比|比起|較之|相較於|優於|高於|低於|大於)$")
NEVER_GOVERN = ("date.event_year", "date.same_period", "date.decade")
_SENTENCE_END = regex.compile(r"[。;!?\n\t]")
_AS_OF = regex.compile(r"(?:截至|截止|迄|累計至|統計至|至)$")
_COMPARED_BEHIND = regex.compile("之?(?:比較|相較|相比)")
_LISTED = regex.compile(LIST)
_FROM = regex.compile("[由自從]$")
_SINCE_BEHIND = regex.compile("起|以來|以前")
_SINCE = regex.compile(r"起|以[來前]|之?前|開始|開辦|間?(?:函頒|訂定|制定|訂頒|修正|公布|核定|實施|成立)")


@dataclass(frozen=True, slots=True)
class Past:
    """A date that was read before, as later ones look back at it."""

    value: str
    point: Point
    start: int
    end: int
    enclosure: Enclosure
    governs: bool
    compared: bool


class Told:
    """The dates of one block in order, up to where it is being read."""

    def __init__(self, text: str, year: int | None, before: str | None, enclosures: Mapping[int, Enclosure]) -> None:
        self._text = text
        self._year = year
        self._before = before
        self._enclosures = enclosures
        self._past: deque[Past] = deque(maxlen=_LOOK_BACK)
        self._breaks = [match.start() for match in _SENTENCE_END.finditer(text)]

    def back(self) -> Iterator[Past]:
        """The dates so far, the last one first."""
        return reversed(self._past)

    def in_sentence(self, at: int) -> bool:
        """A date stands earlier in the sentence."""
        return bool(self._past) and self.same_sentence(self._past[-1], at)

    def span_of(self, told: Past) -> str:
        """The time that 同期間 goes back to: 由80年之…增至100年之… tells two ends of it."""
        if "/" not in told.value:
            # A stretch of months is what 同期 means, though a year was named after it.
            for past in self.back():
                if not self.same_sentence(past, told.start):
                    break
                if "/" in past.value and parse(past.value)[0].month:
                    return past.value
        earlier = next((past for past in self.back() if past.end <= told.start), None)
        if earlier is None or not (self.is_as_of(told) and self.same_sentence(earlier, told.start)):
            return told.value
        begins = _FROM.search(self._text[max(0, earlier.start - 1) : earlier.start])
        return interval(earlier.value, told.value) if begins else told.value

    def governing(self, phrase: Phrase) -> Past | None:
        """The earlier date from which an elliptical one takes its year."""
        enclosure = self.enclosure(phrase.start)
        as_of = bool(_AS_OF.search(self._text[max(0, phrase.start - 3) : phrase.start]))
        for past in self.back():
            if not past.governs or past.enclosure != enclosure[: len(past.enclosure)]:
                continue
            if self.same_sentence(past, phrase.start):
                # 於107年訂定…, 截至12月底止: what is told as of a date is told by this report.
                if as_of and past.point.month is None and self._tells_since(past):
                    continue
                return past
            year = parse(past.value)[1].year
            if (past.point.month is not None and not as_of) or year == self._year:
                return past
            return None
        return None

    def first_half(self, phrase: Phrase) -> int | None:
        """上半年 … 下半年 in one sentence are the halves of one year."""
        for past in self.back():
            if past.point.part == "H1" and self.same_sentence(past, phrase.start):
                return parse(past.value)[0].year
        return None

    def compared_figure(self, phrase: Phrase) -> Past | None:
        """The date of the figure that a comparison speaks of: the last one that governs, in this sentence or before."""
        enclosure = self.enclosure(phrase.start)
        for past in self.back():
            earlier = past.point.year is not None and past.point.year.kind == "offset" and past.point.year.value < 0
            if past.governs and not earlier and past.enclosure == enclosure[: len(past.enclosure)]:
                return past
        return None

    def year_here(self, phrase: Phrase) -> int | None:
        """The year that a whole year goes back to: of the last date of its sentence, not to come, that no figure is compared with."""
        enclosure = self.enclosure(phrase.start)
        ahead = [
            past
            for past in self.back()
            if self.same_sentence(past, phrase.start)
            and past.enclosure == enclosure[: len(past.enclosure)]
            and (self._year is None or parse(past.value)[1].year <= self._year)
        ]
        told = next((past for past in ahead if past.governs), None)
        told = told or next((past for past in ahead if not past.compared), None)
        return parse(told.value)[1].year if told is not None else None

    def named_year(self) -> int | None:
        """The year of the last date that governs, else of the last one."""
        for past in self.back():
            if past.governs:
                return parse(past.value)[1].year
        told = next((past for past in self.back() if not past.compared), None)
        if told is not None:
            return parse(told.value)[1].year
        if self._past and self._year is not None:
            return self._year  # only times of other figures were named
        if self._past:
            return parse(self._past[-1].value)[1].year
        if self._before:
            return parse(self._before)[1].year
        return self._year

    def named_month(self) -> int | None:
        """The month of the last date that has one."""
        for past in self.back():
            if month := parse(past.value)[1].month:
                return month
        return None

    def remember(self, phrase: Phrase, value: str) -> None:
        """Take a date for told, with its value."""
        point = phrase.last or phrase.first
        compared = self._is_compared(phrase)
        since = point.month is None and not point.part and bool(_SINCE_BEHIND.match(self._text, phrase.end))
        governs = not (compared or since or point.part == "begin" or phrase.rule in NEVER_GOVERN)
        enclosure = self.enclosure(phrase.start)
        self._past.append(Past(value, point, phrase.start, phrase.end, enclosure, governs, compared))

    def _is_compared(self, phrase: Phrase) -> bool:
        """Behind 較 or 比, or in a list with such a one (較98及99年度)."""
        if COMPARED.search(self._text[max(0, phrase.start - 3) : phrase.start]):
            return True
        if self._text[max(0, phrase.start - 1) : phrase.start] == "與" and _COMPARED_BEHIND.match(
            self._text, phrase.end
        ):
            return True
        previous = self._past[-1] if self._past else None
        return (
            previous is not None
            and previous.compared
            and bool(_LISTED.fullmatch(self._text, previous.end, phrase.start))
        )

    def _tells_since(self, past: Past) -> bool:
        return bool(_SINCE.match(self._text, past.end)) or self._text[max(0, past.start - 1) : past.start] == "自"

    def is_as_of(self, past: Past) -> bool:
        """The date is one up to which something is counted."""
        return bool(_AS_OF.search(self._text[max(0, past.start - 3) : past.start]))

    def same_sentence(self, past: Past, at: int) -> bool:
        """No sentence ends between the date and ``at``."""
        place = bisect_left(self._breaks, past.end)
        return place == len(self._breaks) or self._breaks[place] >= at

    def enclosure(self, at: int) -> Enclosure:
        """The brackets and quotation marks around a place."""
        return self._enclosures.get(at, ())
