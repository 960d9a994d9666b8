"""One thing told twice in a report: in a summary and in its section, in a table and in the text.

The words around both and the figures say it together: the longer a figure that comes again, the fewer words must be the
same. Words are pairs of characters, and the fewer paragraphs hold a pair, the more it says. Where two long figures of much
the same words differ in one digit, one of them is a slip of the pen, unless both are borne out by what else the report tells.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Fact, Mention, Report
from ..units import unit_table
from .candidate import Candidate
from .error_model import masks, swaps, written
from .figure import Document
from .law import same
from .named_whole import pairs_of
from .numbers import magnitude, number
from .times import is_dated, time_told

_ALIKE = (0.5, 0.3, 0.15, 0.05)
"""How alike the words must be, where the figures agree: of one, two, three and more digits."""
_SLIP, _LEAST = 0.3, 4
"""And where one digit parts them; shorter figures are within a digit of many others."""
_LEAD = 3
"""So many digits at the least must be the same where one of two figures was rounded."""
_MOST = 40
"""So many earlier figures of one value, as 1人 may have, are looked at, the last ones."""
_BEFORE, _BEHIND = 40, 12
"""Characters before and behind a figure that describe it."""
_MUCH = 0.5
_MARK = re.compile(r"[\d,，、:：()（）]")
_END = re.compile(r"[。；;]")


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A figure with the words around it."""

    mention: Mention
    fact: Fact
    kind: str
    """What its unit measures; figures of two kinds are never one."""
    digits: str
    words: frozenset[str]
    label: frozenset[str]
    """The words right before it; none where another figure stands there."""

    @property
    def rounded(self) -> tuple[str, str, int]:
        """Its first digits and how large it is: 219.83億元 is 219億8,300萬4千元, cut off; a short one is like no other."""
        value = number(self.mention.value or 0)
        lead = self.digits[:_LEAD] if len(self.digits) >= _LEAD else self.digits + "."
        return self.kind, lead, len(str(magnitude(value.numerator // value.denominator)))

    @property
    def telling_digits(self) -> int:
        """How many digits it has, without zeros at its end if it is long."""
        return len(self.digits.rstrip("0") if len(self.digits) > _LEAD else self.digits)


def find(document: Document) -> Iterator[Candidate]:
    """Figures that are told again elsewhere, and long ones that differ from another telling in one digit."""
    tellings = [_told(document.report, mention, fact) for mention, fact in _numbers(document)]
    rarity = _rarity(tellings)
    equal: dict[tuple[str, object], list[Telling]] = defaultdict(list)
    rounded: dict[tuple[str, str, int], list[Telling]] = defaultdict(list)
    near: dict[tuple[str, object, str], list[Telling]] = defaultdict(list)
    for later in tellings:
        again = equal[later.kind, later.mention.value]
        alike = rounded[later.rounded]
        others = again[-_MOST:] or [each for each in alike[-_MOST:] if each.mention.step != later.mention.step]
        twin = _likest(document.report, later, others, rarity)
        size = later.telling_digits
        if twin is not None and _alike(twin, later, rarity) >= _ALIKE[min(size, len(_ALIKE)) - 1]:
            relation = same("same.retold", twin.mention, later.mention)
            if relation.holds:  # bounds of two ranges (40歲以上, 未滿40歲) are no retelling
                few = magnitude(number(later.mention.value or 0)) < 100  # too many things number two
                yield Candidate(relation, frozenset({"same:short"} if few else set()))
        again.append(later)
        alike.append(later)
        if size >= _LEAST and later.mention.bound is None:
            step = later.mention.step
            others = [
                each
                for digits in (*masks(later.digits), *swaps(later.digits))
                for each in near[later.kind, step, digits]
            ]
            if twin is None:
                yield from _slip(document.report, later, others[-_MOST:], rarity)
            for digits in (*masks(later.digits), later.digits):
                near[later.kind, step, digits].append(later)


def _slip(report: Report, later: Telling, others: Sequence[Telling], rarity: dict[str, float]) -> Iterator[Candidate]:
    """Told in much the same words of one time, in another passage, and by no other member of one list."""
    first = _likest(report, later, [each for each in others if _may_slip(report, each, later)], rarity)
    if first is not None and (alike := _alike(first, later, rarity)) >= _SLIP:
        features = {f"same:{min(later.telling_digits, 7)}-digits"}
        if alike >= _MUCH:
            features.add("same:words-alike")
        if is_dated(first.fact) and is_dated(later.fact):
            features.add("same:one-time")
        if first.fact.indicator == later.fact.indicator:
            features.add("same:one-name")
        yield Candidate(same("same.slip", first.mention, later.mention), frozenset(features), 5 * _MOST)


def _may_slip(report: Report, one: Telling, other: Telling) -> bool:
    first, second = (report.blocks[each.mention.block] for each in (one, other))
    listed = first.kind == second.kind and (
        first.kind == "table" or (first.kind == "item" and first.path == second.path)
    )
    named = bool(one.label & other.label)
    return named and first is not second and not listed and time_told(one.fact) == time_told(other.fact)


def _likest(report: Report, later: Telling, others: Sequence[Telling], rarity: dict[str, float]) -> Telling | None:
    """The figure that is told in the likest words, in another sentence."""
    fitting = (each for each in others if _apart(report, each.mention, later.mention) and _may_be_one(each, later))
    return max(fitting, key=lambda each: _alike(each, later, rarity), default=None)


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Their roles leave it open that they are one thing."""
    return ("delta" in (one.fact.role, other.fact.role)) is (one.fact.role == other.fact.role == "delta")


def _apart(report: Report, one: Mention, other: Mention) -> bool:
    """Not in one sentence, nor in one table."""
    block = report.blocks[one.block]
    between = block.text[one.block_end : other.block_start]
    return one.block != other.block or (block.kind != "table" and _END.search(between) is not None)


# --- the words around a figure ----------------------------------------------------------------------------------------


def _numbers(document: Document) -> Iterator[tuple[Mention, Fact]]:
    """Single numbers that are no zero and are written to their last place."""
    for mention in sorted(document.mentions, key=lambda each: each.start):
        fact = document.facts.get(mention.start)
        single = mention.value and mention.value_max is None and not mention.distributed
        if fact is not None and single and written(mention):
            yield mention, fact


def _told(report: Report, mention: Mention, fact: Fact) -> Telling:
    block = report.blocks[mention.block]
    before = _END.split(block.text[max(0, mention.block_start - _BEFORE) : mention.block_start])[-1]
    behind = _END.split(block.text[mention.block_end : mention.block_end + _BEHIND])[0]
    words = [fact.indicator, fact.category or "", *block.path[-1:]]
    if block.kind != "table":
        words += [before, behind]
    kind = unit_table().kind(mention.unit)
    known = mention.unit or "" if kind is None or kind == "money" else kind
    return Telling(mention, fact, known, written(mention), pairs_of(",".join(words)), pairs_of(_MARK.split(before)[-1]))


def _rarity(tellings: Sequence[Telling]) -> dict[str, float]:
    """How much a pair of characters says: the fewer paragraphs hold it beside a figure, the more."""
    held = Counter(pair for pair, _ in {(pair, each.mention.block) for each in tellings for pair in each.words})
    blocks = len({each.mention.block for each in tellings})
    return {pair: math.log((blocks + 1) / count) for pair, count in held.items()}


def _alike(one: Telling, other: Telling, rarity: dict[str, float]) -> float:
    """From 0, nothing in common, to 1, the same words."""
    shared = sum(rarity[pair] for pair in one.words & other.words)
    whole = sum(rarity[pair] for pair in one.words) + sum(rarity[pair] for pair in other.words)
    return 2 * shared / whole if whole else 0.0
