"""The figures of all reports, side by side: for each body, indicator and category, what was reported of which time.

Reports are of one body where they name the same government. One that names none is taken for a report of the body of
the others, if these agree on one; else it is compared with nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from ....model import Extraction, Mention
from ...indicators import indicators
from ..likeness import Likeness
from ..times import Time, time_of
from .points import GOVERNMENT, WORDS, Key, Point, Source, dates_before, points_of

_YEAR = re.compile(r"(?<!\d)(\d{2,3})年度?")
_BESIDE = 3


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
            for point in points_of(place, source, registry, dates)
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
        return Likeness(self.points, [source.extraction.report for source in self.sources], self._mentions)

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
            found[point.kind].append(point)
        return found

    def of_kind(self, kind: str) -> list[Point]:
        """The figures of all reports that are measured in one kind of unit."""
        return self._kinds.get(kind, [])

    def mentions_of(self, report: int) -> Mapping[int, Sequence[Mention]]:
        """The figures and dates of a report by block, in the order of the text."""
        return self._mentions[report]

    def dates_before(self, point: Point, most: int = 2) -> list[Mention]:
        """The last dates of its block that stand before a figure, the nearest first."""
        return dates_before(self._dates[point.report], point.mention, most)

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
        match = GOVERNMENT.match(extraction.agency)
        return match.group() if match else extraction.agency
    found = Counter(
        match.group() if (match := GOVERNMENT.match(fact.agency)) else "行政院" if fact.agency == "行政院" else None
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
