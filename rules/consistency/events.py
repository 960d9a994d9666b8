"""One event told twice: the same titled class on another day, and its attendance against that of its sessions.

The titles are those in 「」; an ordinal behind a title ((一)) is no part of its name. Whether two tellings mean one
event the text does not say outright, so what does not agree is a question to the author; it is a contradiction where
the tellings bear each other out: one of the events on the same day in both, and as many people but for a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ...model import Mention, Relation
from .check import Check
from .context import COUNT, DAY, FIGURES, Document, Line
from .relation import SURE, Sign, number, same, total

_LIKELY = Decimal("0.7")
_TITLE = re.compile(rf"「([^「」{FIGURES}{DAY}]{{4,40}})」")
_HELD = re.compile(
    rf"((?:{DAY}[、及和,]?)+)(?:[^,;。「{DAY}]{{0,24}})?(?:分別)?(?:辦理|舉辦|開辦|召開)(?=(?:[^,;。「]{{0,8}})「)"
)
_NEXT = re.compile(r"^(?:[、及和與]|以及)?$")
_ATTENDED = re.compile(r"(?:計有?|共有?|共計)$")
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]+[)]?$")
_ONE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LEAST_SHARED = 6
_FEW = Fraction(1, 20)
"""A share of the people by which two tellings of the same events may lie apart."""


@dataclass(frozen=True, slots=True)
class Event:
    """A titled event and the day on which it is said to have been held."""

    name: str
    day: Mention
    line: Line


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of one event or of several."""

    line: Line
    events: tuple[Event, ...]


def _tellings(document: Document) -> list[Telling]:
    return [telling for line in document.lines if (telling := _telling(line)) is not None]


def _telling(line: Line) -> Telling | None:
    """The titles of a sentence, each with its day, where there are as many days as titles."""
    held = list(_HELD.finditer(line.text))
    if len(held) != 1:
        return None
    days = _mentions_at(line, held[0].start(1), held[0].end(1))
    titles = _titles(line.text, held[0].end())
    if len(days) != len(titles) or not all(_ONE_DAY.fullmatch(day.edtf or "") for day in days):
        return None
    events = (Event(_ORDINAL.sub("", title), day, line) for title, day in zip(titles, days, strict=True))
    return Telling(line, tuple(events))


def _mentions_at(line: Line, start: int, end: int) -> list[Mention]:
    before = sum(1 for character in line.text[:start] if COUNT <= character <= DAY)
    return list(line.mentions[before : before + line.text.count(DAY, start, end)])


def _titles(text: str, start: int) -> list[str]:
    """The titles from ``start`` on that follow one another directly."""
    titles: list[str] = []
    end = start
    for title in _TITLE.finditer(text, start):
        if titles and not _NEXT.match(text[end : title.start()]):
            break
        titles.append(title[1])
        end = title.end()
    return titles


@dataclass(frozen=True, slots=True)
class Again:
    """Several events of one sentence, and the paragraph in which each of them is told by itself."""

    whole: Telling
    singles: tuple[Telling, ...]
    attended: Mention
    parts: tuple[Mention, ...]
    """How many people took part in the sessions of that paragraph."""

    @property
    def confidence(self) -> Decimal:
        """How sure it is that both tell of the same events."""
        days = {event.day.edtf for event in self.whole.events}
        shared = any(telling.events[0].day.edtf in days for telling in self.singles)
        people = number(self.attended.value or 0)
        apart = abs(people - sum(number(part.value or 0) for part in self.parts))
        return SURE if shared and apart <= people * _FEW else _LIKELY

    def tells(self, event: Event) -> bool:
        """The event is one of those told twice."""
        return any(event in telling.events for telling in (self.whole, *self.singles))


def _told_again(document: Document, tellings: Sequence[Telling]) -> Iterator[Again]:
    for whole in tellings:
        attended = _attended(whole.line)
        if len(whole.events) < 2 or len(attended) != 1:
            continue
        for block in sorted({each.line.block for each in tellings} - {whole.line.block}):
            singles = tuple(each for each in tellings if each.line.block == block and len(each.events) == 1)
            if len(singles) == len(whole.events) and _match(whole, singles):
                parts = tuple(count for line in _from(document, singles) for count in _attended(line))
                if len(parts) >= len(singles):
                    yield Again(whole, singles, attended[0], parts)


def _days(document: Document) -> Iterator[Relation]:
    """The same title held once on another day of the same month, told in another paragraph."""
    told: dict[str, list[Event]] = {}
    tellings = _tellings(document)
    again = list(_told_again(document, tellings))
    for telling in tellings:
        for event in telling.events:
            told.setdefault(event.name, []).append(event)
    for events in told.values():
        if len(events) == 2 and events[0].line.block != events[1].line.block:
            first, second = (event.day for event in events)
            if (first.edtf or "")[:7] == (second.edtf or "")[:7]:
                sure = (each.confidence for each in again if all(each.tells(event) for event in events))
                yield same("dates.event", first, second, confidence=max(sure, default=_LIKELY))


def _attendance(document: Document) -> Iterator[Relation]:
    """The attendance of several events together against the sessions of another paragraph, one by one."""
    for again in _told_again(document, _tellings(document)):
        signs: list[Sign] = ["+"] * len(again.parts)
        yield total("sum", "sum.sessions", again.attended, again.parts, signs, confidence=again.confidence)


def _match(whole: Telling, singles: Sequence[Telling]) -> bool:
    """Every event has its session: by name, or by its day and the better part of its name."""
    waiting = [telling.events[0] for telling in singles]
    for event in whole.events:
        found = next((other for other in waiting if _alike(event, other)), None)
        if found is None:
            return False
        waiting.remove(found)
    return any(event.name == telling.events[0].name for event in whole.events for telling in singles)


def _alike(event: Event, other: Event) -> bool:
    if event.name == other.name:
        return True
    shared = len(_common_beginning(event.name, other.name))
    return event.day.edtf == other.day.edtf and shared >= _LEAST_SHARED


def _common_beginning(first: str, second: str) -> str:
    length = next((index for index, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    return first[: min(len(first), len(second)) if length is None else length]


def _from(document: Document, singles: Sequence[Telling]) -> list[Line]:
    """The lines of the sessions' paragraph, from the first session on."""
    block = singles[0].line.block
    lines = [line for line in document.lines if line.block == block]
    return lines[lines.index(singles[0].line) :]


def _attended(line: Line) -> list[Mention]:
    """How many people a sentence says took part."""
    return [
        figure.mention
        for figure in line.outer.figures
        if figure.unit in ("人", "名", "人次")
        and _ATTENDED.search(figure.gap)
        and re.match(r"(?:參訓|參加|完訓|與會|參與)", line.outer.text[figure.at + 1 :])
    ]


_NUMBERED = re.compile(rf"{DAY}[^,。;「」{FIGURES}{DAY}]{{0,6}}?((?:第\d+屆)?第\d{{2,}}次[^,。;「」()]{{0,8}}?會議)")


def _meetings(document: Document) -> Iterator[Relation]:
    """A meeting with a number of its own (第216次市政會議) has one day."""
    told: dict[str, Mention] = {}
    for line in document.lines:
        for match in _NUMBERED.finditer(line.text):
            (day,) = _mentions_at(line, match.start(), match.start() + 1)
            first = told.setdefault(match[1], day)
            if first is not day and all(_ONE_DAY.fullmatch(each.edtf or "") for each in (first, day)):
                yield same("dates.meeting", first, day)


CHECKS = (
    Check("dates.meeting", "the day of a numbered meeting that is told twice", _meetings),
    Check("dates.event", "the day of an event that is told twice", _days),
    Check("sum.sessions", "the attendance of several events against that of each, told elsewhere", _attendance),
)
