"""One thing told twice in a report: in a summary and in its section, in a table and in the text, rounded and in full.

The words around both and the figures say it together: the longer a figure that comes again, the fewer words must be the
same. Where two of much the same words differ in one digit, one of them is a slip of the pen, unless both are borne out
by what else the report tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ....model import Block, Fact, Mention, Relation
from ...units import unit_table
from ..check import Check
from ..context import Document
from ..interval import stated
from ..likeness import Likeness
from ..relation import LIKELY, how_rounded, same
from ..slips import changed
from ..times import Time, is_dated, time_of

_ALIKE = (0.45, 0.28, 0.15, 0.05)
"""How alike the words must be, where the figures agree: of one, two, three and more digits."""
_END = re.compile(r"[。；;]")
_SHORT = 3
_RANK = 4
"""So many other figures of the report may be told in words that are more alike, where the figure is short."""
_SLIP = {2: (0.6, 0), 3: (0.4, 0), 4: (0.15, 6), 5: (0.1, None)}
"""And where one digit parts them, by digits: how alike the words must be, and how many may be more alike."""
_LONG = max(_SLIP)
_ROUNDED = 2
"""A rounded figure fits more others by chance."""
_EASED = (1.0, 0.6, 0.4)
"""What is left of that, where none, one or more of the figures beside come again."""


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A figure of the report with what is known of it."""

    mention: Mention
    fact: Fact
    kind: str
    digits: str
    """As far as it was written out, without zeros at its end if it is long."""
    report: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called."""
        return (self.fact.indicator, self.fact.category or "")

    @property
    def time(self) -> Time | None:
        """The time it speaks of."""
        return time_of(self.fact.period)

    @property
    def value(self) -> Fraction:
        """What it says, of whatever sign."""
        return abs(Fraction(self.mention.value or 0))


@dataclass(frozen=True, eq=False)
class Tellings:
    """The figures of a report by kind and size, and how alike they are told."""

    blocks: Sequence[Block]
    every: tuple[Telling, ...]
    likeness: Likeness
    by_kind: dict[str, list[Telling]]
    """By their value."""

    def meeting(self, telling: Telling, mention: Mention) -> Iterator[Telling]:
        """What may be the same number as a figure (or as what it would be with another digit), told in another sentence."""
        held = self.by_kind[telling.kind]
        value, step = abs(Fraction(mention.value or 0)), Fraction(mention.step or 1)
        first = bisect_left(held, value - step, key=_value)
        for other in held[first : bisect_right(held, value + step, key=_value)]:
            if self._apart(other.mention, telling.mention) and _is_number(mention, other.mention):
                yield other

    def _apart(self, one: Mention, other: Mention) -> bool:
        """Not in one sentence, nor in one table."""
        if one.block != other.block:
            return True
        first, second = sorted((one, other), key=lambda mention: mention.block_start)
        block = self.blocks[one.block]
        return block.kind != "table" and _END.search(block.text, first.block_end, second.block_start) is not None


def _value(telling: Telling) -> Fraction:
    return telling.value


def _is_number(first: Mention, second: Mention) -> bool:
    """Equal; or the coarser one is the other, rounded or cut off."""
    if abs(Fraction(first.value or 0)) == abs(Fraction(second.value or 0)):
        return True
    coarse, fine = sorted((first, second), key=lambda each: -Fraction(each.step or 1))
    step = Fraction(coarse.step or 1)
    if step == Fraction(fine.step or 1) or coarse.value is None or fine.value is None:
        return False
    return how_rounded(abs(Fraction(fine.value)), abs(Fraction(coarse.value)), step) != "neither" or (
        coarse.bound is not None and stated(coarse).meets(stated(fine))
    )


def _retold(document: Document) -> Iterator[Relation]:
    tellings = _tellings(document)
    for later in tellings.every:
        found = _twin(tellings, later)
        if found is not None:
            told = same("same.retold", found.mention, later.mention, confidence=LIKELY)
            if told.holds:  # bounds of two ranges (40歲以上, 未滿40歲) are no retelling
                yield told


def _twin(tellings: Tellings, later: Telling) -> Telling | None:
    """The earlier figure of the same value that is told in the likest words."""
    earlier = [
        each
        for each in tellings.meeting(later, later.mention)
        if each.mention.start < later.mention.start and _may_be_one(each, later)
    ]
    best = max(earlier, key=lambda each: tellings.likeness.of(later, each), default=None)
    return best if best is not None and _is_twin(tellings, best, later) else None


def _is_twin(tellings: Tellings, one: Telling, other: Telling) -> bool:
    size = min(len(one.digits), len(other.digits))
    alike = tellings.likeness.of(one, other)
    if alike < _ALIKE[min(size, len(_ALIKE)) - 1]:
        return False
    return size >= _SHORT or _rank(tellings, one, other) <= _RANK


def _rank(tellings: Tellings, one: Telling, other: Telling) -> int:
    return tellings.likeness.rank(one, other) + tellings.likeness.rank(other, one)


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Their roles and times leave it open that they are one thing."""
    return ("delta" in (one.fact.role, other.fact.role)) is (one.fact.role == other.fact.role == "delta")


def _slips(document: Document) -> Iterator[Relation]:
    tellings = _tellings(document)
    digests = Digests(tellings, tuple(_retold(document)))
    for later in tellings.every:
        if len(later.digits) < 2 or later.mention.bound is not None or any(_twins(tellings, later)):
            continue
        near = {
            each
            for variant in changed(later.mention)
            for each in tellings.meeting(later, variant)
            if _is_slip(tellings, digests, each, later)
        }
        best = max(near, key=lambda each: tellings.likeness.of(later, each), default=None)
        if best is not None:
            first, second = sorted((best, later), key=lambda each: each.mention.start)
            yield same("same.slip", first.mention, second.mention, confidence=LIKELY)


class Digests:
    """Paragraphs that repeat what others tell: where most figures come again, the rest is likely to, too."""

    def __init__(self, tellings: Tellings, retold: Sequence[Relation]) -> None:
        telling = {each.mention.start for each in tellings.every if len(each.digits) >= _SHORT}
        self._held = Counter(each.mention.block for each in tellings.every if each.mention.start in telling)
        pairs = [(each.terms[0], each.result) for each in retold if each.result.start in telling]
        self._shared = Counter((first.block, second.block) for first, second in pairs)
        again = {(mention.block, mention.start) for pair in pairs for mention in pair}
        self._again = Counter(block for block, _ in again)

    def others(self, one: Telling, other: Telling) -> int:
        """How many other figures bear out that a paragraph repeats another, or that it is a digest."""
        first, second = sorted((one.mention.block, other.mention.block))
        digests = [
            again
            for block in (first, second)
            if 2 * (again := self._again[block]) >= self._held[block] - 1 and again > 1
        ]
        return max([self._shared[first, second], *digests])


def _twins(tellings: Tellings, telling: Telling) -> Iterator[Telling]:
    for each in tellings.meeting(telling, telling.mention):
        if _may_be_one(each, telling) and _is_twin(tellings, each, telling):
            yield each


def _is_slip(tellings: Tellings, digests: Digests, other: Telling, telling: Telling) -> bool:
    """Told in much the same words of one time, by no other member of one list."""
    size = min(len(other.digits), len(telling.digits))
    if size < 2 or other.mention.bound is not None or not _may_be_one(other, telling):
        return False
    if not _of_one_time(other, telling) or _are_siblings(tellings, other, telling):
        return False
    least, rank = _SLIP[min(size, _LONG)]
    if other.mention.block == telling.mention.block and size <= _SHORT:
        return False
    common = digests.others(other, telling) if size >= _SHORT else 0
    least *= _EASED[min(common, len(_EASED) - 1)]
    if other.mention.step != telling.mention.step:
        least *= _ROUNDED
    alike = tellings.likeness.of(other, telling)
    if alike < least or any(twin.mention.block == telling.mention.block for twin in _twins(tellings, other)):
        return False  # the paragraph tells the other figure, too
    return rank is None or common > 0 or _rank(tellings, other, telling) <= rank


def _of_one_time(one: Telling, other: Telling) -> bool:
    """Of a long figure it is enough that both times end on one day, or that one is only that of its section."""
    first, second = one.time, other.time
    if first == second:
        return True
    ends = first is not None and second is not None and first.last == second.last
    open_ended = not (is_dated(one.fact) and is_dated(other.fact))
    return min(len(one.digits), len(other.digits)) > _SHORT and (ends or open_ended)


def _are_siblings(tellings: Tellings, one: Telling, other: Telling) -> bool:
    """Members of one list tell of different things in the same words."""
    first, second = (tellings.blocks[each.mention.block] for each in (one, other))
    return first.kind == second.kind == "item" and first.path == second.path


@lru_cache(maxsize=2)
def _tellings(document: Document) -> Tellings:
    """The figures of a report that are numbers of their own."""
    held: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        held[mention.block].append(mention)
    every = tuple(
        Telling(mention, document.facts[mention.start], _kind(mention.unit), digits)
        for mention in document.mentions
        if mention.start in document.facts and mention.value_max is None and not mention.distributed
        if (digits := _digits(mention))
    )
    by_kind: dict[str, list[Telling]] = defaultdict(list)
    for telling in sorted(every, key=_value):
        by_kind[telling.kind].append(telling)
    likeness = Likeness(every, [document.report], [held])
    return Tellings(document.report.blocks, every, likeness, by_kind)


def _kind(unit: str | None) -> str:
    """Units of one kind can be held against each other; currencies cannot."""
    kind = unit_table().kind(unit)
    return unit or "" if kind is None or kind == "money" else kind


def _digits(mention: Mention) -> str:
    if not mention.value:
        return ""
    places = Fraction(mention.value) / Fraction(mention.step or 1)
    written = str(abs(places.numerator)) if places.denominator == 1 else ""
    return (written.rstrip("0") if len(written) > _SHORT else written) or written


CHECKS = (
    Check("same.retold", "a figure told again elsewhere in the report", _retold),
    Check("same.slip", "a figure told again in the same words, parted by one digit", _slips),
)
