"""Which earlier reports a report was edited from: those of its body and time before it that share most of its text.

Each report is known by a sample of the pieces of its text. A piece leads to the last few reports that hold it, so that the
cost of finding them grows with the text, whatever the number of reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Protocol

from .points import GOVERNMENT, Source

MOST = 3
"""So many earlier reports one is aligned with: those of the last two times, and that of a year before."""
_COPIED, _SAME_TEXT = 0.04, 0.2
"""How much of the smaller of two reports must stand in the other: of one body, and of bodies that are read as two."""
_HOLDERS = 6
"""So many reports a piece leads to: a house style that all reports share tells nothing."""
_FAMILY = 0.4
"""Editions of one report share so much of what the likest of them share with it."""
_YEAR = timedelta(days=365)


class Sketched(Protocol):
    """What is known by a sample of the pieces of its text."""

    @property
    def sketch(self) -> frozenset[int]:
        """The sample."""


def forerunners(sources: Sequence[Source], sides: Sequence[Sketched]) -> Iterator[list[int]]:
    """For each report, in the order of time, the places of those that it was edited from, the later first."""
    holders: dict[tuple[str, int], deque[int]] = defaultdict(lambda: deque(maxlen=_HOLDERS))
    of_body: dict[str, list[int]] = defaultdict(list)
    for later, (now, side) in enumerate(zip(sources, sides, strict=True)):
        shared: Counter[int] = Counter()
        # Those of its own office lead back to it whatever the other offices of its body share.
        groups = {now.body, "", f"{now.body} {now.extraction.agency}"}
        for piece in side.sketch:
            shared.update({place for group in groups for place in holders[group, piece]})
        beside = of_body[now.body]
        few = [place for place in beside if _is_before(sources[place], now)]
        likeness = {place: shared[place] / max(min(len(side.sketch), len(sides[place].sketch)), 1) for place in {*shared, *few[-MOST:]}}  # fmt: skip
        yield sorted(_chosen(sources, later, likeness, few), reverse=True)
        for piece in side.sketch:
            for group in groups:
                holders[group, piece].append(later)
        beside.append(later)


def _are_two(one: str, other: str) -> bool:
    """Two cities are two bodies, whatever words they share: each tells of its own."""
    return one != other and GOVERNMENT.fullmatch(one) is not None and GOVERNMENT.fullmatch(other) is not None


def _is_before(source: Source, now: Source) -> bool:
    return now.spoken is None or source.spoken != now.spoken


def _chosen(sources: Sequence[Source], later: int, likeness: dict[int, float], few: Sequence[int]) -> list[int]:
    now = sources[later]
    alike = {
        place: share
        for place, share in likeness.items()
        if _is_before(sources[place], now)
        and not _are_two(sources[place].body, now.body)
        and (
            share >= (_COPIED if sources[place].body == now.body else _SAME_TEXT)
            or (len(few) <= MOST and sources[place].body == now.body)
        )
    }
    # What one office tells of itself is held to what it told before, though another office may use the same words.
    office = now.extraction.agency
    own = [place for place in alike if office is not None and sources[place].extraction.agency == office]
    likest = sorted(own or alike, key=lambda place: (-alike[place], -place))
    family = [place for place in likest if alike[place] >= _FAMILY * alike[likest[0]]]
    family.sort(reverse=True)
    chosen = [*sorted(own, reverse=True)[:1], *family[: MOST - 1]]
    year = [place for place in family[MOST - 1 :] if _is_of_last_year(sources[place], now)]
    return [*dict.fromkeys([*chosen, *year[:1], *likest])][:MOST]


def _is_of_last_year(source: Source, now: Source) -> bool:
    """It speaks about a year before."""
    if source.spoken is None or now.spoken is None:
        return False
    return abs(now.spoken - source.spoken - _YEAR) < _MONTHS


_MONTHS = timedelta(days=60)
