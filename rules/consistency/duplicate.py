"""One thing told twice in a report: in a summary and in its section, in a table and in the text, rounded and in full.

The words around both and the figures say it together: the longer a figure that comes again, the fewer words must be the
same. Where two of much the same words differ in one digit, one of them is a slip of the pen, unless both are borne out
by what else the report tells.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from ...model import Relation
from .candidate import Candidate
from .duplicate_index import Telling, Tellings, tellings_of
from .figure import Document
from .law import same
from .numbers import magnitude, number
from .times import is_dated

_ALIKE = (0.5, 0.3, 0.15, 0.05)
"""How alike the words must be, where the figures agree: of one, two, three and more digits."""
_SHORT = 3
_MOST_NEAR = 200
"""A figure is held against so many others at the most, as far as chance goes."""
_MOST = 40
"""So many earlier figures of one value, as 1人 may have, are looked at, the last ones."""
_SLIP = {2: (0.6, 0), 3: (0.4, 0), 4: (0.15, 6), 5: (0.1, None)}
"""And where one digit parts them, by digits: how alike the words must be, and how many may be more alike."""
_LONG = max(_SLIP)
_BY_CHANCE = 6
"""Longer figures are hardly within a digit of each other by chance, whatever stands beside them."""
_ROUNDED = 2
"""A rounded figure fits more others by chance."""
_WORD = re.compile(r"[一-鿿]{2}")
_EASED = (1.0, 0.6, 0.4)
"""What is left of that, where none, one or more of the figures beside come again."""


def find(document: Document) -> Iterator[Candidate]:
    """Figures that are told again elsewhere, and those that differ from another telling in one digit."""
    tellings = tellings_of(document)
    retold = tuple(_retold(tellings))
    yield from (Candidate(relation, frozenset(_named(relation))) for relation in retold)
    yield from _slips(tellings, retold)


def _named(relation: Relation) -> Iterator[str]:
    """A short figure that is told again bears nothing out: too many things number two."""
    if magnitude(number(relation.result.value or 0)) < 100:
        yield "same:short"


def _retold(tellings: Tellings) -> Iterator[Relation]:
    for later in tellings.every:
        found = _twin(tellings, later)
        if found is not None:
            told = same("same.retold", found.mention, later.mention)
            if told.holds:  # bounds of two ranges (40歲以上, 未滿40歲) are no retelling
                yield told


def _twin(tellings: Tellings, later: Telling) -> Telling | None:
    """The earlier figure of the same value that is told in the likest words."""
    told = (each for each in tellings.equal(later) if each.mention.start < later.mention.start)
    earlier = deque((each for each in told if _may_be_one(each, later)), maxlen=_MOST)
    best = max(earlier, key=lambda each: tellings.likeness.of(later, each), default=None)
    return best if best is not None and _is_twin(tellings, best, later) else None


def _is_twin(tellings: Tellings, one: Telling, other: Telling) -> bool:
    size = min(len(one.digits), len(other.digits), len(_ALIKE))
    return tellings.likeness.of(one, other) >= _ALIKE[size - 1]


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Their roles and times leave it open that they are one thing."""
    return ("delta" in (one.fact.role, other.fact.role)) is (one.fact.role == other.fact.role == "delta")


def _slips(tellings: Tellings, retold: Sequence[Relation]) -> Iterator[Candidate]:
    digests = Digests(tellings, retold)
    for later in tellings.every:
        if len(later.digits) < 2 or later.mention.bound is not None or any(_twins(tellings, later)):
            continue
        near = [each for each in tellings.near(later) if _is_slip(tellings, digests, each, later)]
        best = max(near, key=lambda each: tellings.likeness.of(later, each), default=None)
        if best is not None:
            first, second = sorted((best, later), key=lambda each: each.mention.start)
            relation = same("same.slip", first.mention, second.mention)
            features = frozenset(_slip_features(tellings, digests, first, second))
            yield Candidate(relation, features, min(len(tellings.every), _MOST_NEAR))


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
    for each in tellings.equal(telling):
        if _may_be_one(each, telling) and _is_twin(tellings, each, telling):
            yield each


def _is_slip(tellings: Tellings, digests: Digests, other: Telling, telling: Telling) -> bool:
    """Told in much the same words of one time, by no other member of one list."""
    size = min(len(other.digits), len(telling.digits))
    if size < 2 or other.mention.bound is not None or not _may_be_one(other, telling):
        return False
    if other.mention.block == telling.mention.block:
        return False  # the words of one paragraph are alike anyway
    if not _of_one_time(other, telling) or _are_siblings(tellings, other, telling):
        return False
    least, rank = _SLIP[min(size, _LONG)]
    common = digests.others(other, telling) if size >= _SHORT else 0
    least *= _EASED[min(common, len(_EASED) - 1)]
    if other.mention.step != telling.mention.step:
        least *= _ROUNDED
    alike = tellings.likeness.of(other, telling)
    if alike < least or any(twin.mention.block == telling.mention.block for twin in _twins(tellings, other)):
        return False  # that paragraph tells the other figure, too
    if not common and size <= _BY_CHANCE and _stand_apart(tellings, other, telling):
        return False
    if rank is None or common:
        return True
    return tellings.likeness.rank(other, telling, rank) + tellings.likeness.rank(telling, other, rank) <= rank


def _stand_apart(tellings: Tellings, one: Telling, other: Telling) -> bool:
    """42,618人次、246,812千元 and 62,418人次、248,612千元: the figures beside are of one sort, and differ."""
    pairs = [pair for pair in zip(tellings.beside(one), tellings.beside(other), strict=True) if None not in pair]
    alike = [(first, second) for first, second in pairs if first and second and first.kind == second.kind]
    return bool(alike) and all(first.mention.value != second.mention.value for first, second in alike)


def _of_one_time(one: Telling, other: Telling) -> bool:
    """Of a long figure it is enough that both times end on one day, or that one that is only its section's overlaps the other.

    An old value is one of whatever time went before.
    """
    long = min(len(one.digits), len(other.digits)) > _SHORT
    first, second = one.time, other.time
    dated = [is_dated(each.fact) for each in (one, other)]
    if first == second or ("former" in (one.fact.role, other.fact.role) and (long or not any(dated))):
        return True
    ends = first is not None and second is not None and first.last == second.last
    open_ended = not all(dated) and (first is None or second is None or first.overlaps(second))
    return long and (ends or open_ended)


def _are_siblings(tellings: Tellings, one: Telling, other: Telling) -> bool:
    """Members of one list tell of different things in the same words; so do numbers without a word."""
    first, second = (tellings.section(each) for each in (one, other))
    if not all(_WORD.search(block.text) for block in (first, second)):
        return True
    return first.kind == second.kind and (first.kind == "table" or (first.kind == "item" and first.path == second.path))


def _slip_features(tellings: Tellings, digests: Digests, one: Telling, other: Telling) -> Iterator[str]:
    """What speaks for two figures being one thing that was told twice."""
    size = min(len(one.digits), len(other.digits))
    yield f"same:{min(size, 7)}-digits"
    alike = tellings.likeness.of(one, other)
    if alike >= 0.5:
        yield "same:words-alike"
    elif alike < 0.2:
        yield "same:words-differ"
    if digests.others(one, other):
        yield "same:paragraph-retold"
    if one.time == other.time and is_dated(one.fact) and is_dated(other.fact):
        yield "same:one-time"
    if one.fact.indicator == other.fact.indicator:
        yield "same:one-name"
