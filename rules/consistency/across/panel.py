"""The figures of all reports, side by side: for each body, indicator and category, what was reported of which time.

Reports are of one body where they name the same government. One that names none is taken for a report of the body of
the others, if these agree on one; else it is compared with nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ....model import Extraction, Fact, Mention, Role
from ...agencies import agencies
from ...indicators import Indicator, indicators
from ...units import unit_table
from .times import Time, time_of

if TYPE_CHECKING:
    from .likeness import Likeness

_GOVERNMENT = re.compile(r"[一-鿿]{2,3}[市縣]政府")
_YEAR = re.compile(r"(?<!\d)(\d{2,3})年度?")
_SUFFIX = re.compile(r"(增減率|增減)?(?:\(半年\))?$")
_WHOLE_HOUSE = re.compile(
    r"(?:人事處|主計處|秘書處|研究發展考核委員會|公務人力發展中心|公務人力發展所|人力發展所|行政院)?$"
)
"""Offices that report on the whole government, and the government itself."""
_FAR = frozenset({"own", "own.end", "heading", "paragraph", "below", "now"})
"""Ways of reading a period that do not rest on a date in the sentence itself."""
_CLAUSE = re.compile(r"[。;]")
_NOT_WORDS = re.compile(r"[^一-鿿A-Za-z]|[年月日底]")
_REACH = 60
_BESIDE = 3
WORDS = 8
"""So many characters before a figure tell, if they are the same, that it is the same."""
Nature = Literal["level", "flow", "norm"]


@dataclass(frozen=True, slots=True)
class Key:
    """Whose figure it is and what is measured."""

    body: str
    name: str
    category: str | None
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A figure of one report with its place in the panel."""

    fact: Fact
    key: Key
    report: int
    """Place of the report in the order of time."""
    time: Time | None
    nature: Nature | None
    """What the registry says of the indicator; ``None`` where it is not registered."""
    explicit: bool
    """Its period rests on a date in its own sentence."""
    role: Role
    """The role of the fact; in a plan, what is dated before the plan's own time has happened."""
    before: str
    """The words of its sentence that stand before it, without figures and dates."""
    sentence: str
    paragraph: str
    """The whole block."""

    @property
    def mention(self) -> Mention:
        """The figure itself."""
        return self.fact.mention

    @property
    def registered(self) -> bool:
        """The indicator is a well-known one."""
        return self.nature is not None


@dataclass(frozen=True, slots=True)
class Source:
    """A report of the panel."""

    extraction: Extraction
    body: str
    time: Time | None
    spoken: date | None
    """The day on which it speaks: its issue, else the end of its period."""


class Panel:
    """All figures by key, the reports in the order of time."""

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        self.sources = _in_time(extractions)
        registry = {indicator.name: indicator for indicator in indicators()}
        self._mentions = [_by_block(source.extraction) for source in self.sources]
        self._dates = [
            {block: [each for each in held if each.kind == "date"] for block, held in mentions.items()}
            for mentions in self._mentions
        ]
        self.points = [
            point
            for place, (source, dates) in enumerate(zip(self.sources, self._dates, strict=True))
            for point in _points(place, source, registry, dates)
        ]

    @cached_property
    def by_key(self) -> dict[Key, list[Point]]:
        """Figures that measure one thing, in the order of the reports and of the text."""
        found: dict[Key, list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.key].append(point)
        return found

    def keyed(self) -> Iterator[list[Point]]:
        """Groups of figures of more than one report that measure one thing, by name or else by the words before them."""
        for points in (*self.by_key.values(), *self._by_words()):
            if points[0].report != points[-1].report:
                yield points

    def _by_words(self) -> Iterator[list[Point]]:
        """Figures that go by several names and have the same words before them."""
        found: dict[Key, list[Point]] = defaultdict(list)
        for point in self.points:
            if len(point.before) >= WORDS:
                found[replace(point.key, name=point.before[-WORDS:])].append(point)
        for points in found.values():
            if len({point.key.name for point in points}) > 1:
                # What a well-known name says of its figure does not hold for the others.
                yield [replace(point, nature=None) for point in points]

    @cached_property
    def likeness(self) -> Likeness:
        """How alike the words around any two figures are."""
        from .likeness import Likeness

        return Likeness(self)

    @cached_property
    def _blocks(self) -> dict[tuple[int, int], list[Point]]:
        found: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.report, point.mention.block].append(point)
        return found

    def in_block(self, report: int, block: int) -> list[Point]:
        """The figures of one paragraph, in the order of the text."""
        return self._blocks.get((report, block), [])

    def beside(self, point: Point) -> list[Point]:
        """The figures that stand closely before and behind another one in its sentence."""
        held = self.in_block(point.report, point.mention.block)
        at = next(place for place, each in enumerate(held) if each is point)
        text = self.source(point).extraction.report.blocks[point.mention.block].text
        near = [*held[max(0, at - _BESIDE) : at], *held[at + 1 : at + 1 + _BESIDE]]
        return [each for each in near if "。" not in text[slice(*_span_between(each.mention, point.mention))]]

    @cached_property
    def _kinds(self) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.key.kind].append(point)
        return found

    def of_kind(self, kind: str) -> list[Point]:
        """The figures of all reports that are measured in one kind of unit."""
        return self._kinds.get(kind, [])

    @cached_property
    def _sorts(self) -> dict[tuple[int, str], list[Point]]:
        found: dict[tuple[int, str], list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.report, point.key.kind].append(point)
        return found

    def sort_in(self, report: int, kind: str) -> list[Point]:
        """The figures of one report that are measured in one kind of unit."""
        return self._sorts.get((report, kind), [])

    def mentions_in(self, report: int, block: int) -> list[Mention]:
        """The figures and dates of one paragraph, in the order of the text."""
        return self._mentions[report].get(block, [])

    def dates_before(self, point: Point, most: int = 2) -> list[Mention]:
        """The last dates of its block that stand before a figure, the nearest first."""
        return _dates_before(self._dates[point.report], point.mention, most)

    def source(self, point: Point) -> Source:
        """The report in which a figure stands."""
        return self.sources[point.report]


def _span_between(first: Mention, second: Mention) -> tuple[int, int]:
    low, high = sorted((first, second), key=lambda mention: mention.block_start)
    return low.block_end, high.block_start


def _in_time(extractions: Sequence[Extraction]) -> tuple[Source, ...]:
    """The reports with their bodies, oldest first; those that do not tell their time behind the others."""
    named = [_government_of(extraction) for extraction in extractions]
    known = {name for name in named if name is not None}
    fallback = known.pop() if len(known) == 1 else ("" if not known else None)
    sources = []
    for extraction, name in zip(extractions, named, strict=True):
        time, issued = time_of(extraction.period) or _titled(extraction), time_of(extraction.issued)
        spoken = issued.last if issued else time.last if time else None
        body = name if name is not None else fallback if fallback is not None else f"? {extraction.report.id}"
        sources.append(Source(extraction, body, time, spoken))
    return tuple(sorted(sources, key=lambda each: (each.spoken or date.max, each.extraction.report.name)))


def _titled(extraction: Extraction) -> Time | None:
    """The year that the title names, where nothing else tells the time of a report."""
    year = _YEAR.search(extraction.report.title)
    return time_of(str(int(year[1]) + 1911)) if year else None


def _government_of(extraction: Extraction) -> str | None:
    """The government whose report it is: that of the office that wrote it, else the one that most figures belong to."""
    if extraction.agency:
        match = _GOVERNMENT.match(extraction.agency)
        return match.group() if match else extraction.agency
    found = Counter(
        match.group() if (match := _GOVERNMENT.match(fact.agency)) else "行政院" if fact.agency == "行政院" else None
        for fact in extraction.facts
        if fact.agency
    )
    found.pop(None, None)
    return found.most_common(1)[0][0] if found else None


def _by_block(extraction: Extraction) -> dict[int, list[Mention]]:
    """The mentions of a report by block, in the order of the text."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        found[mention.block].append(mention)
    return found


def _dates_before(dates: dict[int, list[Mention]], mention: Mention, most: int) -> list[Mention]:
    known = dates.get(mention.block, [])
    at = bisect_right(known, mention.block_start, key=lambda each: each.block_start)
    return known[max(0, at - most) : at][::-1]


def _outcome(fact: Fact, source: Source, dates: dict[int, list[Mention]], text: str) -> Time | None:
    """The time of a figure in a plan that is dated before the plan's own time begins: 截至108年12月底止 in a plan of 109."""
    if fact.role != "target" or "plan.document" not in fact.rule or source.time is None:
        return None
    for date_mention in _dates_before(dates, fact.mention, 1):
        between = text[date_mention.block_end : fact.mention.block_start]
        time = time_of(date_mention.edtf)
        if (
            time is not None
            and time.last < source.time.first
            and not _CLAUSE.search(between)
            and not text.endswith("自", 0, date_mention.block_start)
            and len(between) <= _REACH
        ):
            return time
    return None


def _points(
    place: int, source: Source, registry: dict[str, Indicator], dates: dict[int, list[Mention]]
) -> Iterator[Point]:
    blocks = source.extraction.report.blocks
    office = source.extraction.agency or _office_of(source.extraction)
    for fact in source.extraction.facts:
        mention = fact.mention
        if mention.value is None or mention.value_max is not None or mention.distributed:
            continue
        name, known = _named(fact, registry)
        text = blocks[mention.block].text
        start = max(0, mention.block_start - _REACH)
        ahead = _CLAUSE.split(text[start : mention.block_start])[-1]
        behind = _CLAUSE.split(text[mention.block_end : mention.block_end + _REACH])[0]
        outcome = _outcome(fact, source, dates, text)
        role: Role = fact.role if outcome is None else "actual"
        standing = known is not None and role in ("rule", "former", "target") and fact.period is None
        yield Point(
            fact=fact,
            key=Key(
                _body_of(fact, standing, name, office, source.body),
                name,
                fact.category,
                _kind(mention.unit),
            ),
            report=place,
            time=outcome or time_of(fact.period),
            nature=known.nature if known is not None else None,
            explicit=outcome is not None or _period_rule(fact) not in _FAR,
            role=role,
            before=_NOT_WORDS.sub("", ahead),
            sentence=ahead + mention.text + behind,
            paragraph=text,
        )


def _office_of(extraction: Extraction) -> str | None:
    """The office that writes: the one that most figures belong to."""
    found = Counter(fact.agency for fact in extraction.facts)
    return found.most_common(1)[0][0] if found else None


def _body_of(fact: Fact, standing: bool, name: str, office: str | None, government: str) -> str:
    """Whose figure it is. A standard holds for whoever reports it, whatever body the sentence names as its source."""
    if "編制員額" in name:
        return government  # the name tells whose posts they are
    return _body(office if standing else fact.agency or office, government)


def _named(fact: Fact, registry: dict[str, Indicator]) -> tuple[str, Indicator | None]:
    """The indicator without what tells a change or half a year, and its registry entry.

    What stands in brackets behind a well-known figure is a part of it: without a category nobody knows which.
    """
    name = _SUFFIX.sub("", fact.indicator)
    known = registry.get(name)
    loose = fact.category is None and fact.rule.endswith(("name:part", "name:part.other", "name:table"))
    return name, None if loose else known


def _period_rule(fact: Fact) -> str:
    return next((part[7:] for part in fact.rule.split() if part.startswith("period:")), "")


def _body(agency: str | None, government: str) -> str:
    """Whose figure it is: the government where an office speaks for all of it."""
    if agency is None:
        return government
    office = agency.removeprefix(government)
    if _WHOLE_HOUSE.match(office):
        return government
    known = agencies().get(office)
    return office if known is not None and known.level == "central" else government + office


def _kind(unit: str | None) -> str:
    """Units of one kind can be held against each other: 人, 名 and 位, but not 人 and 人次."""
    return unit_table().kind(unit) or unit or ""


def by_report(points: Iterable[Point]) -> dict[int, list[Point]]:
    """The points by report, in the order of time."""
    found: dict[int, list[Point]] = {}
    for point in points:
        found.setdefault(point.report, []).append(point)
    return dict(sorted(found.items()))
