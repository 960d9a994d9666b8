"""RULE, EVENT: sentences that a report copies from an earlier one, and a figure or a date in them that differs in one digit.

Much of a report is last year's text. What stands at the same place of the same words is one and the same thing if it
does not move with time: a standard, the day of something past, or a figure in a sentence of which all other figures are as
they were. Figures that do move with time are not held against each other here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ....model import Mention, Relation
from ..error_model import differ_in_one_digit
from ..times import time_of
from .check import AcrossCheck
from .link import LIKELY, relation
from .norms import is_changed, is_norm
from .panel import Panel
from .points import Point

_MASK = "\0"
_BEFORE, _BEHIND = 10, 5
"""Characters on either side that must be the same."""
_WORDS = 9
"""So many of them must be words."""
_WORD = re.compile(r"[一-鿿A-Za-z]")
_SENTENCE = re.compile(r"[。;]")
_PEERS = 2
"""Figures of its sentence that are as they were, without one that moved, tie a figure of any sort."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A figure or a date, and its place in the text."""

    report: int
    sentence: tuple[int, int]
    """Block, and number of the sentence in it."""
    mention: Mention
    key: tuple[str, str]
    """The characters before and behind it."""
    words: str
    """The sentence up to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One place in the texts of two reports."""

    earlier: Slot
    later: Slot

    @property
    def equal(self) -> bool:
        """Written alike."""
        return _written(self.earlier.mention) == _written(self.later.mention)

    @property
    def slipped(self) -> bool:
        """Written alike, but for one digit."""
        return differ_in_one_digit(_written(self.earlier.mention), _written(self.later.mention))


def _copied(panel: Panel) -> Iterator[tuple[Pair, bool]]:
    """The pairs of what must be the same, and whether it is."""
    pairs = tuple(_pairs(panel))
    beside: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for pair in pairs:
        beside[pair.earlier.report, pair.earlier.sentence, pair.later.report, pair.later.sentence].append(pair)
    points = {(point.report, point.mention.start): point for point in panel.points}
    for pair in pairs:
        place = (pair.earlier.report, pair.earlier.sentence, pair.later.report, pair.later.sentence)
        peers = [other for other in beside[place] if other is not pair]
        if _is_fixed(panel, points, pair, peers) and (pair.equal or pair.slipped):
            yield pair, pair.equal


def _standards(panel: Panel) -> Iterator[Relation]:
    return _told(panel, "series.copied", "quantity")


def _dates(panel: Panel) -> Iterator[Relation]:
    return _told(panel, "series.copied-date", "date")


def _told(panel: Panel, rule: str, kind: str) -> Iterator[Relation]:
    for pair, holds in _copied(panel):
        first, second = pair.earlier.mention, pair.later.mention
        if second.kind == kind:
            told = first.edtf or first.text if kind == "date" else str(first.value)
            yield relation(rule, second, [first], ["+"], told, holds, LIKELY)


def _pairs(panel: Panel) -> Iterator[Pair]:
    """Places that stand once in each of two reports."""
    slots: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    for report in range(len(panel.sources)):
        for slot in _slots(panel, report):
            slots[slot.key].append(slot)
    for held in slots.values():
        by_report: dict[int, list[Slot]] = defaultdict(list)
        for slot in held:
            by_report[slot.report].append(slot)
        single = [each[0] for each in by_report.values() if len(each) == 1]
        for earlier, later in pairwise(single):
            if panel.sources[earlier.report].body == panel.sources[later.report].body:
                yield Pair(earlier, later)


def _slots(panel: Panel, report: int) -> Iterator[Slot]:
    blocks = panel.sources[report].extraction.report.blocks
    for block, mentions in panel.mentions_of(report).items():
        text, places = _masked(blocks[block].text, mentions)
        for at, mention in places:
            before, behind = text[max(0, at - _BEFORE) : at], text[at + 1 : at + 1 + _BEHIND]
            if len(_WORD.findall(before + behind)) < _WORDS:
                continue
            start = max((mark.end() for mark in _SENTENCE.finditer(text, 0, at)), default=0)
            sentence = (block, len(_SENTENCE.findall(text, 0, at)))
            yield Slot(report, sentence, mention, (before, behind), text[start:at])


def _masked(text: str, mentions: Sequence[Mention]) -> tuple[str, list[tuple[int, Mention]]]:
    """The text with one sign for each mention, without blanks, and where each of them stands."""
    masked = ""
    places: list[tuple[int, Mention]] = []
    position = 0
    for mention in mentions:
        if mention.block_start >= position:
            masked += _plain(text[position : mention.block_start])
            places.append((len(masked), mention))
            masked += _MASK
            position = mention.block_end
    return masked + _plain(text[position:]), places


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _written(mention: Mention) -> str:
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", mention.text))


def _is_fixed(panel: Panel, points: dict[tuple[int, int], Point], pair: Pair, peers: Sequence[Pair]) -> bool:
    """It does not move with time."""
    moved = [peer for peer in peers if not peer.equal]
    if is_changed(pair.later.words):
        return False
    if "date" in (pair.earlier.mention.kind, pair.later.mention.kind):
        return not moved and any(_is_past(panel, slot) for slot in (pair.earlier, pair.later))
    told = [points.get((slot.report, slot.mention.start)) for slot in (pair.earlier, pair.later)]
    if any(point is not None and is_norm(point) for point in told) and not moved:
        return True
    times = {point.time for point in told if point is not None}
    if len(times) != 1:
        return False  # last year's sentence with this year's figures
    return not moved and len(peers) >= _PEERS


def _is_past(panel: Panel, slot: Slot) -> bool:
    """Dated before the time of its report and the year before that, so that no report tells it as news."""
    time, own = time_of(slot.mention.edtf), panel.sources[slot.report].time
    return time is not None and own is not None and time.last.year < own.first.year - 1


CHECKS = (
    AcrossCheck("series.copied", "a standard in words that are copied from an earlier report", _standards),
    AcrossCheck("series.copied-date", "a past date in words that are copied from an earlier report", _dates),
)
