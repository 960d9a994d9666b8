"""One event told twice: the same titled class on another day, and its attendance against that of its sessions.

The titles are those in 「」; an ordinal behind a title ((一)) is no part of its name. Whether two tellings mean one
event the text does not say outright, so what does not agree is a question to the author; it is a contradiction where
the tellings bear each other out: one of the events on the same day in both, and as many people but for a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...model import Mention
from .candidate import Candidate
from .figure import COUNT, DAY, FIGURES, Document, Figure, Paragraph
from .law import Sign, same, total
from .numbers import magnitude, number

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
class Sentence:
    """A sentence of a paragraph, with its mentions and the figures that stand outside of its brackets."""

    block: int
    text: str
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]


def _sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    whole, taken = paragraph.whole, 0
    for match in re.finditer(r"[^。]+", whole.text):
        held = sum(1 for character in match[0] if COUNT <= character <= DAY)
        figures = tuple(each for each in paragraph.outer.figures if match.start() <= each.position < match.end())
        yield Sentence(paragraph.block, match[0], whole.mentions[taken : taken + held], figures)
        taken += held


def find(document: Document) -> Iterator[Candidate]:
    """Events and meetings that are told twice, and the attendance of several."""
    sentences = [
        sentence
        for paragraph in document.paragraphs
        if "「" in paragraph.whole.text or "第" in paragraph.whole.text
        for sentence in _sentences(paragraph)
    ]
    tellings = [telling for sentence in sentences if (telling := _telling(sentence)) is not None]
    again = list(_told_again(sentences, tellings))
    yield from _meetings(sentences)
    yield from _days(tellings, again)
    yield from _attendance(again)


@dataclass(frozen=True, slots=True)
class Event:
    """A titled event and the day on which it is said to have been held."""

    name: str
    day: Mention
    line: Sentence


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of one event or of several."""

    line: Sentence
    events: tuple[Event, ...]


def _telling(line: Sentence) -> Telling | None:
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


def _mentions_at(line: Sentence, start: int, end: int) -> list[Mention]:
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
    def borne_out(self) -> bool:
        """One of the events is on the same day in both tellings, and as many people took part but for a few."""
        days = {event.day.edtf for event in self.whole.events}
        shared = any(telling.events[0].day.edtf in days for telling in self.singles)
        people = number(self.attended.value or 0)
        apart = magnitude(people - sum(number(part.value or 0) for part in self.parts))
        return shared and apart <= people * _FEW

    def tells(self, event: Event) -> bool:
        """The event is one of those told twice."""
        return any(event in telling.events for telling in (self.whole, *self.singles))


def _told_again(sentences: Sequence[Sentence], tellings: Sequence[Telling]) -> Iterator[Again]:
    for whole in tellings:
        attended = _attended(whole.line)
        if len(whole.events) < 2 or len(attended) != 1:
            continue
        for block in sorted({each.line.block for each in tellings} - {whole.line.block}):
            singles = tuple(each for each in tellings if each.line.block == block and len(each.events) == 1)
            if len(singles) == len(whole.events) and _match(whole, singles):
                parts = tuple(count for line in _from(sentences, singles) for count in _attended(line))
                if len(parts) >= len(singles):
                    yield Again(whole, singles, attended[0], parts)


def _days(tellings: Sequence[Telling], again: Sequence[Again]) -> Iterator[Candidate]:
    """The same title held once on another day of the same month, told in another paragraph."""
    told: dict[str, list[Event]] = {}
    for telling in tellings:
        for event in telling.events:
            told.setdefault(event.name, []).append(event)
    for events in told.values():
        if len(events) == 2 and events[0].line.block != events[1].line.block:
            first, second = (event.day for event in events)
            if (first.edtf or "")[:7] == (second.edtf or "")[:7]:
                sure = any(each.borne_out for each in again if all(each.tells(event) for event in events))
                yield Candidate(same("dates.event", first, second), frozenset({"event:borne-out"} if sure else set()))


def _attendance(told: Sequence[Again]) -> Iterator[Candidate]:
    """The attendance of several events together against the sessions of another paragraph, one by one."""
    for again in told:
        signs: list[Sign] = ["+"] * len(again.parts)
        features = {"event:borne-out"} if again.borne_out else set()
        yield Candidate(total("sum", "sum.sessions", again.attended, again.parts, signs), frozenset(features))


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


def _from(sentences: Sequence[Sentence], singles: Sequence[Telling]) -> list[Sentence]:
    """The sentences of the sessions' paragraph, from the first session on."""
    block = singles[0].line.block
    lines = [line for line in sentences if line.block == block]
    return lines[lines.index(singles[0].line) :]


def _attended(line: Sentence) -> list[Mention]:
    """How many people a sentence says took part."""
    return [
        figure.mention
        for figure in line.figures
        if figure.unit in ("人", "名", "人次")
        and _ATTENDED.search(figure.gap)
        and re.match(r"(?:參訓|參加|完訓|與會|參與)", figure.behind)
    ]


_NUMBERED = re.compile(rf"{DAY}[^,。;「」{FIGURES}{DAY}]{{0,6}}?((?:第\d+屆)?第\d{{2,}}次[^,。;「」()]{{0,8}}?會議)")


def _meetings(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """A meeting with a number of its own (第216次市政會議) has one day."""
    told: dict[str, Mention] = {}
    for line in sentences:
        for match in _NUMBERED.finditer(line.text):
            (day,) = _mentions_at(line, match.start(), match.start() + 1)
            first = told.setdefault(match[1], day)
            if first is not day and all(_ONE_DAY.fullmatch(each.edtf or "") for each in (first, day)):
                yield Candidate(same("dates.meeting", first, day), frozenset())
