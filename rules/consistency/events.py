"""One event told twice: the same titled class or numbered meeting on another day, and its attendance against its sessions'.

The titles are those in 「」; an ordinal behind a title ((一)) is no part of its name. Whether two tellings mean one
event the text does not say outright, so what does not agree is a question to the author; it is a contradiction where
a summary and a paragraph of its own tell the same events, one of them on the same day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ...model import Mention
from .candidate import Candidate
from .figure import DAY, FIGURES, Document, Figure, Paragraph
from .law import same, total

_TITLE = re.compile(rf"「([^「」{FIGURES}{DAY}]{{4,40}})」(?P<next>(?:[、及和與]|以及)?)")
_HELD = re.compile(
    rf"(?<!{DAY})(?<!{DAY}[、及和,])(?P<days>(?:{DAY}[、及和,]?)++)(?:[^,;。「{DAY}]{{0,24}})?(?:分別)?(?:辦理|舉辦|開辦|召開)(?=(?:[^,;。「]{{0,8}})「)"
)
_MEETING = re.compile(rf"{DAY}[^,。;「」{FIGURES}{DAY}]{{0,6}}?((?:第\d+屆)?第\d{{2,}}次[^,。;「」()]{{0,8}}?會議)")
_ATTENDED = re.compile(r"(?:計有?|共有?|共計)$")
_BY_WHOM = re.compile(r"參訓|參加|完訓|與會|參與")
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]{1,8}[)]?$")
_ONE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PEOPLE = frozenset({"人", "名", "人次"})
_NEAR = 20
"""A share of the people by which two tellings of the same events may lie apart."""
_LEAST_SHARED = 6
"""So much of their names must two events of one day share to be one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of titled events: the title and the day of each, and how many people took part."""

    block: int
    events: tuple[tuple[str, Mention], ...]
    attended: tuple[Figure, ...]


def find(document: Document) -> Iterator[Candidate]:
    """Events and meetings that are told twice, and the attendance of several."""
    tellings, meetings = list[Telling](), dict[str, Mention]()
    for paragraph in document.paragraphs:
        if "「" in paragraph.whole.text:
            tellings += _tellings(paragraph)
        days = dict(paragraph.whole.dates)
        for match in _MEETING.finditer(paragraph.whole.text):
            day = days[match.start()]
            first = meetings.setdefault(match[1], day)
            if first is not day and _are_days(first, day):
                yield Candidate(same("dates.meeting", first, day), frozenset())
    again = list(_told_again(tellings))
    sure = set[str]()
    for whole, own in again:
        people, parts = whole.attended[0], [each for telling in own for each in telling.attended]
        near = abs(people.units - sum(part.units for part in parts)) <= people.units // _NEAR
        relation = total("sum", "sum.sessions", people.mention, [each.mention for each in parts], ["+"] * len(parts))
        yield Candidate(relation, frozenset({"event:borne-out"} if near else set()))
        sure |= {name for name, _ in whole.events if near}
    yield from _on_two_days(tellings, sure)


def _are_days(*days: Mention) -> bool:
    return all(_ONE_DAY.fullmatch(day.edtf or "") for day in days)


def _tellings(paragraph: Paragraph) -> Iterator[Telling]:
    """Every sentence with titles, one day for each; what no sentence with titles is, tells of the one before."""
    line, days, events = paragraph.whole, dict(paragraph.whole.dates), tuple[tuple[str, Mention], ...]()
    attended = list[Figure]()
    for sentence in re.finditer(r"[^。]+", line.text):
        found = _events(sentence[0], {at - sentence.start(): day for at, day in days.items()})
        if found:
            if events:
                yield Telling(paragraph.block, events, tuple(attended))
            events, attended = found, []
        attended += [
            each
            for each in paragraph.outer.figures
            if sentence.start() <= each.position < sentence.end()
            and each.unit in _PEOPLE
            and _ATTENDED.search(each.gap)
            and _BY_WHOM.match(each.behind)
        ]
    if events:
        yield Telling(paragraph.block, events, tuple(attended))


def _events(text: str, days: dict[int, Mention]) -> tuple[tuple[str, Mention], ...]:
    """The titles that a sentence tells as held, each with its day, where there are as many days as titles."""
    held = list(_HELD.finditer(text))
    if len(held) != 1:
        return ()
    told = [days[at] for at in range(*held[0].span("days")) if text[at] == DAY]
    titles = list[str]()
    for title in _TITLE.finditer(text, held[0].end()):
        titles.append(_ORDINAL.sub("", title[1]))
        if not text.startswith("「", title.end()):
            break
    return tuple(zip(titles, told, strict=True)) if len(titles) == len(told) and _are_days(*told) else ()


def _told_again(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, list[Telling]]]:
    """Several events of one sentence, and the sentences of another paragraph that tell each of them by itself."""
    for whole in tellings:
        if len(whole.events) < 2 or len(whole.attended) != 1:
            continue
        for block in sorted({each.block for each in tellings} - {whole.block}):
            own = [each for each in tellings if each.block == block and len(each.events) == 1]
            if len(own) == len(whole.events) and _match(whole, own) and all(each.attended for each in own):
                yield whole, own


def _match(whole: Telling, own: Sequence[Telling]) -> bool:
    """Every event has its telling, one of them with the same name and one on the same day."""
    pairs = [
        (name == other, day.edtf == other_day.edtf, _shared(name, other))
        for name, day in whole.events
        for ((other, other_day),) in (telling.events for telling in own)
    ]
    met = sum(named or (on_day and shared >= _LEAST_SHARED) for named, on_day, shared in pairs)
    return met == len(own) and any(named for named, _, _ in pairs) and any(on_day for _, on_day, _ in pairs)


def _shared(first: str, second: str) -> int:
    """How many characters two names begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _on_two_days(tellings: Sequence[Telling], sure: Collection[str]) -> Iterator[Candidate]:
    """The same title held once on another day of the same month, told in another paragraph."""
    told: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for telling in tellings:
        for name, day in telling.events:
            told[name].append((telling.block, day))
    for name, held in told.items():
        if len(held) == 2 and held[0][0] != held[1][0]:
            (_, first), (_, second) = held
            if (first.edtf or "")[:7] == (second.edtf or "")[:7]:
                features = {"event:borne-out"} if name in sure else set()
                yield Candidate(same("dates.event", first, second), frozenset(features))
