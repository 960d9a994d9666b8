"""The figures of all reports, side by side: for each body, indicator and category, what was reported of which time.

Reports are of one body where they name the same government. One that names none is taken for a report of the body of
the others, if these agree on one; else it is compared with nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ....model import Alignment, Extraction, Mention
from ...indicators import indicators
from ..error_model import masks
from ..times import Time, time_of
from .alignment import align
from .points import GOVERNMENT, Key, Point, Source, dates_before, points_of
from .sides import Side, rarity
from .spots import likeness
from .values import digits_of

if TYPE_CHECKING:
    from .kin import Kin

_YEAR = re.compile(r"(?<!\d)(\d{2,3})年度?")
_SENTENCE = re.compile(r"[。;]")
_BESIDE = 3
_NOTHING: Mapping[Key, Sequence[Point]] = {}


class Panel:
    """All figures by key, the reports in the order of time."""

    def __init__(
        self, extractions: Sequence[Extraction], kin: Kin, on_that_day: Mapping[Key, Sequence[Point]] = _NOTHING
    ) -> None:
        """``kin`` tells which of them are aligned; ``on_that_day``: what other reports of the same day as the last one tell
        of well-known indicators."""
        self._kin = kin
        self.on_that_day = on_that_day
        self.sources = in_time(extractions, kin.bodies)
        self.sides = [Side(source.extraction) for source in self.sources]
        self._telling: dict[tuple[int, int], dict[str, float]] = {}
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
        """Figures of well-known indicators, in the order of the reports and of the text: the second key."""
        found: dict[Key, list[Point]] = defaultdict(list)
        for point in self.points:
            if point.registered and point.explicit:
                found[point.key].append(point)
        return found

    @cached_property
    def of_report(self) -> dict[int, list[Point]]:
        """The figures of each report, in the order of the text."""
        found: dict[int, list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.report].append(point)
        return found

    @cached_property
    def by_value(self) -> dict[tuple[int, str, object], list[Point]]:
        """The figures by report, kind of unit and value."""
        found: dict[tuple[int, str, object], list[Point]] = defaultdict(list)
        for point in self.points:
            found[point.report, point.kind, point.mention.value].append(point)
        return found

    @cached_property
    def by_mask(self) -> dict[tuple[int, str, str], list[Point]]:
        """The figures by report, kind of unit and digits, one of these left open."""
        found: dict[tuple[int, str, str], list[Point]] = defaultdict(list)
        for point in self.points:
            for mask in masks(digits_of(point)):
                found[point.report, point.kind, mask].append(point)
        return found

    @cached_property
    def by_time(self) -> dict[tuple[int, str, date], list[Point]]:
        """The figures by report, kind of unit and the last day of their time."""
        found: dict[tuple[int, str, date], list[Point]] = defaultdict(list)
        for point in self.points:
            if point.time is not None:
                found[point.report, point.kind, point.time.last].append(point)
        return found

    def likeness(self, earlier: Point, later: Point) -> float:
        """How alike the words around figures of two reports are, from 0 to 1."""
        pair = (earlier.report, later.report)
        telling = self._telling.get(pair)
        if telling is None:
            telling = self._telling[pair] = rarity((self.sides[pair[0]], self.sides[pair[1]]))
        one, other = (self.sides[each.report].spot(each.mention) for each in (earlier, later))
        return likeness(one, other, telling) if one is not None and other is not None else 0.0

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
    def alignments(self) -> dict[tuple[int, int], Alignment]:
        """Each report beside the earlier ones that it was edited from; by their places, the earlier first."""
        return {
            (self.place[earlier], self.place[later]): align(
                self.sides[self.place[earlier]], self.sides[self.place[later]]
            )
            for later, before in self._kin.before.items()
            for earlier in before
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
    def passages(self) -> dict[tuple[int, int, int], dict[int, float]]:
        """The blocks of another report that a block became or was, with their likeness: by its report, its place, and the
        other report."""
        found: dict[tuple[int, int, int], dict[int, float]] = defaultdict(dict)
        for (earlier, later), alignment in self.alignments.items():
            for pair in alignment.passages:
                if pair.earlier is not None and pair.later is not None:
                    found[earlier, pair.earlier, later][pair.later] = pair.likeness
                    found[later, pair.later, earlier][pair.earlier] = pair.likeness
        return dict(found)

    @cached_property
    def by_start(self) -> dict[tuple[int, int], Point]:
        """The figures by report and place in its text."""
        return {(point.report, point.mention.start): point for point in self.points}

    @cached_property
    def place(self) -> dict[str, int]:
        """Each report's place in the order of time, by its name."""
        return {source.extraction.report.name: place for place, source in enumerate(self.sources)}

    @cached_property
    def before(self) -> dict[int, list[int]]:
        """The reports that each one was edited from, the nearest in time first."""
        found: dict[int, list[int]] = defaultdict(list)
        for earlier, later in self.alignments:
            found[later].append(earlier)
        return {later: sorted(places, reverse=True) for later, places in found.items()}

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

    def name(self, report: int) -> str:
        """The name of a report."""
        return self.sources[report].extraction.report.name

    def sentence_of(self, point: Point) -> list[Point]:
        """The figures of the sentence in which one stands, in the order of the text."""
        text = self.text(point.report, point.mention.block)
        held = self.in_block(point.report, point.mention.block)
        return [each for each in held if "。" not in text[slice(*_span_between(each.mention, point.mention))]]

    def text(self, report: int, block: int) -> str:
        """The text of a passage."""
        return self.sources[report].extraction.report.blocks[block].text

    def sentence(self, report: int, mention: Mention) -> tuple[int, int]:
        """The block of a figure or date, and which of its sentences holds it."""
        text = self.text(report, mention.block)
        return mention.block, len(_SENTENCE.findall(text, 0, mention.block_start))

    def tells_day(self, report: int, day: Mention) -> bool:
        """A report tells of that day, too."""
        return day.edtf in self._days[report]

    @cached_property
    def _days(self) -> list[frozenset[str | None]]:
        return [frozenset(each.edtf for held in dates.values() for each in held) for dates in self._dates]

    def is_cell(self, point: Point) -> bool:
        """It stands in a table."""
        return self.source(point).extraction.report.blocks[point.mention.block].kind == "table"

    def source(self, point: Point) -> Source:
        """The report in which a figure stands."""
        return self.sources[point.report]


def _span_between(first: Mention, second: Mention) -> tuple[int, int]:
    low, high = sorted((first, second), key=lambda mention: mention.block_start)
    return low.block_end, high.block_start


def in_time(extractions: Sequence[Extraction], bodies: Mapping[str, str]) -> tuple[Source, ...]:
    """The reports, oldest first; those that do not tell their time behind the others. ``bodies``: whose each is, by its name."""
    sources = [
        Source(
            extraction,
            bodies[extraction.report.name],
            time_of(extraction.period) or _titled(extraction),
            spoken_of(extraction),
        )
        for extraction in extractions
    ]
    return tuple(sorted(sources, key=lambda each: (each.spoken or date.max, each.extraction.report.name)))


def bodies_of(named: Sequence[tuple[str | None, str]]) -> list[str]:
    """Whose report each is, by the government that it names, if it names one, and its id."""
    known = {name for name, _ in named if name is not None}
    fallback = known.pop() if len(known) == 1 else ("" if not known else None)
    return [name if name is not None else fallback if fallback is not None else f"? {id_}" for name, id_ in named]


def spoken_of(extraction: Extraction) -> date | None:
    """The day on which a report speaks: its issue, else the end of its period."""
    time, issued = time_of(extraction.period) or _titled(extraction), time_of(extraction.issued)
    return issued.last if issued else time.last if time else None


def _titled(extraction: Extraction) -> Time | None:
    """The year that the title names, where nothing else tells the time of a report."""
    year = _YEAR.search(extraction.report.title)
    return time_of(str(int(year[1]) + 1911)) if year else None


def government_of(extraction: Extraction) -> str | None:
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
