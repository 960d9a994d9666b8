"""The figures of all reports, side by side: for each body, indicator and category, what was reported of which time.

Reports are of one body where they name the same government. One that names none is taken for a report of the body of
the others, if these agree on one; else it is compared with nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations

from ....model import Alignment, Extraction, Mention
from ...indicators import indicators
from ..alignment import align
from ..likeness import Likeness
from ..sides import Side
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

    @cached_property
    def alignments(self) -> dict[tuple[int, int], Alignment]:
        """Each report beside the earlier ones that it was edited from; by their places, the earlier first."""
        sides = [Side(source.extraction) for source in self.sources]
        return {
            (earlier, later): align(sides[earlier], sides[later])
            for later in range(len(sides))
            for earlier in forerunners(self.sources, sides, later)
        }

    @cached_property
    def partners(self) -> dict[tuple[int, int, int], tuple[int, float]]:
        """What stands in a figure's place: by its report, its start, and the other report; with the likeness."""
        found: dict[tuple[int, int, int], tuple[int, float]] = {}
        for (earlier, later), alignment in self.alignments.items():
            for pair in alignment.figures:
                found[earlier, pair.earlier.start, later] = (pair.later.start, pair.likeness)
                found[later, pair.later.start, earlier] = (pair.earlier.start, pair.likeness)
        return found

    @cached_property
    def passages(self) -> dict[tuple[int, int, int], set[int]]:
        """The blocks of another report that a block became or was: by its report, its place, and the other report."""
        found: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        for (earlier, later), alignment in self.alignments.items():
            for pair in alignment.passages:
                if pair.earlier is not None and pair.later is not None:
                    found[earlier, pair.earlier, later].add(pair.later)
                    found[later, pair.later, earlier].add(pair.earlier)
        return found

    @cached_property
    def by_start(self) -> dict[tuple[int, int], Point]:
        """The figures by report and place in its text."""
        return {(point.report, point.mention.start): point for point in self.points}

    @cached_property
    def place(self) -> dict[str, int]:
        """Each report's place in the order of time, by its name."""
        return {source.extraction.report.name: place for place, source in enumerate(self.sources)}

    @cached_property
    def near(self) -> dict[int, frozenset[int]]:
        """The reports that each one is compared with: itself, those that it was edited from, those edited from it."""
        found: dict[int, set[int]] = {place: {place} for place in range(len(self.sources))}
        for earlier, later in self.alignments:
            found[earlier].add(later)
            found[later].add(earlier)
        return {place: frozenset(others) for place, others in found.items()}

    def copied(self, reports: Iterable[str]) -> bool:
        """Of any two of the reports one was edited from the other."""
        places = sorted(self.place[name] for name in reports)
        return all(pair in self.alignments for pair in combinations(places, 2))

    def partner(self, point: Point, report: int) -> tuple[Point | None, float]:
        """The figure that stands in the place of another one in a report, and how alike the words around both are."""
        start, likeness = self.partners.get((point.report, point.mention.start, report), (None, 0.0))
        return (None, 0.0) if start is None else (self.by_start.get((report, start)), likeness)

    def mentions_of(self, report: int) -> Mapping[int, Sequence[Mention]]:
        """The figures and dates of a report by block, in the order of the text."""
        return self._mentions[report]

    def dates_before(self, point: Point, most: int = 2) -> list[Mention]:
        """The last dates of its block that stand before a figure, the nearest first."""
        return dates_before(self._dates[point.report], point.mention, most)

    def source(self, point: Point) -> Source:
        """The report in which a figure stands."""
        return self.sources[point.report]


_FORERUNNERS = 3


def forerunners(sources: Sequence[Source], sides: Sequence[Side], later: int) -> list[int]:
    """The earlier reports of its body whose words a report shares most, the nearest in time first."""
    now = sources[later]
    earlier = [
        place
        for place in range(later)
        if (now.spoken is None or sources[place].spoken != now.spoken) and not _are_two(sources[place].body, now.body)
    ]
    shared = {place: _shared(sides[place].sketch, sides[later].sketch) for place in earlier}
    few = len(earlier) <= _FORERUNNERS
    copies = [
        place
        for place in earlier
        if shared[place] >= (_COPIED if sources[place].body == now.body else _SAME_TEXT)
        or (few and sources[place].body == now.body)
    ]
    office = now.extraction.agency
    own = [place for place in copies if office is not None and sources[place].extraction.agency == office]
    # What one office tells of itself is held to what it told before, though another office may use the same words; and
    # the last report before this one is always among those.
    copies = own or copies
    last = own[-1] if own else None
    likest = sorted(copies, key=lambda place: (place != last, -shared[place], -place))[:_FORERUNNERS]
    return sorted(likest, reverse=True)


def _are_two(one: str, other: str) -> bool:
    """Two cities are two bodies, whatever words they share: each tells of its own."""
    return one != other and GOVERNMENT.fullmatch(one) is not None and GOVERNMENT.fullmatch(other) is not None


_COPIED, _SAME_TEXT = 0.04, 0.2
"""How much of the smaller of two reports must stand in the other: of one body, and of bodies that are read as two."""


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


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
