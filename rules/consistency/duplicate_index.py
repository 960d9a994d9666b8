"""The figures of a report by what is written: which of them may be one number, and which would be but for one digit.

Figures are looked up by their digits at each place value to which others of their kind are written, so that 219.83億元
finds 219億8,300萬4千元; and by the same digits with one of them left open. Nothing is tried pair by pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ...model import Block, Fact, Mention
from ..units import unit_table
from .error_model import masks, swaps, written
from .figure import Document
from .likeness import Likeness
from .numbers import divided, magnitude, number
from .times import Time, time_told

_LONG = 3
_LEAST_LONG = 10 ** (_LONG - 1)
"""Digits that were rounded or cut off are told apart from three on."""
_MOST = 40
"""So many figures of one value, as 1人 may have, are looked at, before and behind."""
_NEAR = 16
"""So close a figure stands beside another one."""
_END = re.compile(r"[。；;]")
Key = tuple[str, Decimal, str]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A figure of the report with what is known of it."""

    mention: Mention
    fact: Fact
    kind: str
    digits: str
    """As far as it was written out, without zeros at its end if it is long."""
    time: Time | None
    """The time it speaks of."""
    step: Decimal
    """The place value of its last digit."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called."""
        return (self.fact.indicator, self.fact.category or "")


class Tellings:
    """The figures of one report that are numbers of their own."""

    def __init__(self, blocks: Sequence[Block], every: Sequence[Telling], likeness: Likeness) -> None:
        self.every = tuple(every)
        self.likeness = likeness
        self._blocks = blocks
        steps: dict[str, set[Decimal]] = defaultdict(set)
        for telling in every:
            steps[telling.kind].add(telling.step)
        ordered = {kind: sorted(held) for kind, held in steps.items()}
        self._keys = {telling: _keys(telling, ordered[telling.kind]) for telling in every}
        self._equal: dict[Key, list[Telling]] = defaultdict(list)
        self._open: dict[Key, list[Telling]] = defaultdict(list)
        for telling in every:
            for key in self._keys[telling]:
                kind, step, digits = key
                self._equal[key].append(telling)
                for mask in masks(digits):
                    self._open[kind, step, mask].append(telling)
        self._equals: dict[Telling, tuple[Telling, ...]] = {}

    def equal(self, telling: Telling) -> tuple[Telling, ...]:
        """What may be the same number, told in another sentence."""
        known = self._equals.get(telling)
        if known is None:
            known = self._equals[telling] = tuple(self._found(telling, self._equal, lambda digits: (digits,)))
        return known

    def near(self, telling: Telling) -> Iterator[Telling]:
        """What would be the same number with one digit changed or two neighbours swapped, told in another sentence."""
        yield from self._found(telling, self._open, masks)
        yield from self._found(telling, self._equal, swaps)

    def section(self, telling: Telling) -> Block:
        """The block that a figure stands in."""
        return self._blocks[telling.mention.block]

    @cached_property
    def _in_blocks(self) -> dict[int, list[Telling]]:
        found: dict[int, list[Telling]] = defaultdict(list)
        for telling in sorted(self.every, key=_place):
            found[telling.mention.block].append(telling)
        return found

    def beside(self, telling: Telling) -> tuple[Telling | None, Telling | None]:
        """The figures right before and right behind one, in its paragraph and near."""
        held = self._in_blocks[telling.mention.block]
        at = bisect_left(held, _place(telling), key=_place)
        before = held[at - 1] if at else None
        behind = held[at + 1] if at + 1 < len(held) else None
        if before is not None and telling.mention.block_start - before.mention.block_end > _NEAR:
            before = None
        if behind is not None and behind.mention.block_start - telling.mention.block_end > _NEAR:
            behind = None
        return before, behind

    def _found(
        self, telling: Telling, index: dict[Key, list[Telling]], variants: Callable[[str], Iterable[str]]
    ) -> Iterator[Telling]:
        seen = set()
        for kind, step, digits in self._keys[telling]:
            for variant in variants(digits):
                held: Sequence[Telling] = index.get((kind, step, variant), ())
                if len(held) > _MOST:
                    at = bisect_left(held, telling.mention.start, key=_start)
                    held = held[max(0, at - _MOST) : at + _MOST]
                for other in held:
                    own = step in (telling.step, other.step)
                    if own and other not in seen and self._apart(other.mention, telling.mention):
                        seen.add(other)
                        yield other

    def _apart(self, one: Mention, other: Mention) -> bool:
        """Not in one sentence, nor in one table."""
        if one.block != other.block:
            return True
        first, second = sorted((one, other), key=lambda mention: mention.block_start)
        block = self._blocks[one.block]
        return block.kind != "table" and _END.search(block.text, first.block_end, second.block_start) is not None


def _keys(telling: Telling, steps: Sequence[Decimal]) -> tuple[Key, ...]:
    """What a figure is looked up by: its digits, and these rounded and cut off as others of its kind are.

    ``steps`` are the places to which figures of its kind are written, the finest first.
    """
    kind, value = telling.kind, magnitude(number(telling.mention.value or 0))
    keys = [(kind, telling.step, written(telling.mention))]
    for step in steps[bisect_right(steps, telling.step) :]:
        places = divided(value, number(step))
        halves = 2 * places.numerator, 2 * places.denominator
        cut, rounded = halves[0] // halves[1], (halves[0] + places.denominator) // halves[1]
        if rounded < _LEAST_LONG:
            break  # still coarser places leave fewer digits
        keys += [(kind, step, str(each)) for each in dict.fromkeys((cut, rounded)) if each >= _LEAST_LONG]
    return tuple(keys)


def _start(telling: Telling) -> int:
    return telling.mention.start


def _place(telling: Telling) -> int:
    return telling.mention.block_start


def tellings_of(document: Document) -> Tellings:
    """The figures of a report: single numbers that are no zero and are written to their last place."""
    held: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        held[mention.block].append(mention)
    every = [
        Telling(
            mention, fact, _kind(mention.unit), _telling_digits(mention), time_told(fact), mention.step or Decimal(1)
        )
        for mention in document.mentions
        if (fact := document.facts.get(mention.start)) is not None and _is_number(mention)
    ]
    return Tellings(document.report.blocks, every, Likeness(every, document.report, held))


def _is_number(mention: Mention) -> bool:
    return bool(mention.value) and mention.value_max is None and not mention.distributed and bool(written(mention))


def _telling_digits(mention: Mention) -> str:
    digits = written(mention)
    return digits.rstrip("0") if len(digits) > _LONG else digits


def _kind(unit: str | None) -> str:
    """Units of one kind can be held against each other; currencies cannot."""
    kind = unit_table().kind(unit)
    return unit or "" if kind is None or kind == "money" else kind
