"""Shares in a row and the one whole that they are all of: 教育支出221億元(37.0%), 社福支出118億元(19.8%), … of a total told before.

Each share alone leaves the whole open; together they point to it. A whole that all but one of four or more shares
fit is theirs, too: the one that a digit parts from it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..ratio import gives_rate, rate_of
from ..relation import LIKELY, amount, how_rounded
from ..slips import mendable
from .changes import is_rate_of_change
from .evidence import rarity
from .passage import Passage, Told, alike, earlier, passages

_BETWEEN = re.compile(r"^[^,;。()]{0,4}[,(]?(?:約|各|即)?(?:[占佔][^,;。()]{0,8})?$")
_FAR = 120
"""So many figures of the paragraphs before may be the whole."""
_TELLING = Fraction(10_000)
"""How rare the shares must be together, for each figure that was tried."""
_MANY = 4


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the rate that stands right behind it."""

    passage: Passage
    over: Told
    rate: Told


def _based(document: Document) -> Iterator[Relation]:
    for shares in _rows(document):
        found = _whole(document, shares)
        if found is not None:
            under, missed = found
            for share in shares:
                relation = _relation(share, under)
                if relation is not None and (share is missed or relation.holds):
                    yield relation


def _rows(document: Document) -> Iterator[list[Share]]:
    """Shares of the same sort that follow each other, in one paragraph or from item to item."""
    row: list[Share] = []
    for passage in passages(document):
        for share in _shares(passage):
            if row and not _goes_on(row[-1], share):
                yield row
                row = []
            row.append(share)
    if row:
        yield row


def _shares(passage: Passage) -> Iterator[Share]:
    for rate in passage.figures:
        if not rate.is_rate or not rate.place or not rate.mention.value or rate.mention.bound is not None:
            continue
        over = passage.figures[rate.place - 1]
        close = _BETWEEN.match(passage.between(over, rate)) is not None
        if close and over.is_count and over.mention.value and not is_rate_of_change(passage, rate):
            yield Share(passage, over, rate)


def _goes_on(last: Share, share: Share) -> bool:
    return share.passage.number - last.passage.number <= 1 and alike(last.over, share.over)


def _whole(document: Document, shares: Sequence[Share]) -> tuple[Told, Share | None] | None:
    """The figure that all shares are of, or all but one; the nearest before them."""
    if len(shares) < 2:
        return None
    least = max(share.over.mention.value or 0 for share in shares)
    first = shares[0]
    here = [each for each in reversed(first.passage.figures[: first.over.place]) if alike(each, first.over)]
    near = [*here, *earlier(document, first.passage, first.over, _FAR)][:_FAR]
    nearest: tuple[Told, Share] | None = None
    for tried, under in enumerate(near, start=1):
        if (under.mention.value or 0) < least:
            continue
        fitting = [share for share in shares if _fits(share, under.mention)]
        if _rare(fitting) < _TELLING * tried:
            continue
        if len(fitting) == len(shares):
            return under, None
        missed = next(share for share in shares if share not in fitting)
        if nearest is None and len(fitting) == len(shares) - 1 >= _MANY - 1 and _is_slip(missed, under):
            nearest = under, missed
    return None if nearest is None or _make_up_a_whole(shares) else nearest


def _make_up_a_whole(shares: Sequence[Share]) -> bool:
    """All rates are right of the figures' own sum: the whole is not told, and another figure comes near it."""
    whole = sum(amount(share.over.mention) for share in shares)
    rates = ((amount(share.over.mention) / whole * 100, share.rate.mention) for share in shares)
    return all(how_rounded(part, amount(rate), Fraction(rate.step or 1)) != "neither" for part, rate in rates)


def _rare(shares: Sequence[Share]) -> Fraction:
    product = Fraction(1)
    for share in islice(shares, 8):
        product *= rarity(share.rate.mention)
    return product


def _relation(share: Share, under: Told) -> Relation | None:
    return rate_of("ratio.base", share.rate.mention, share.over.mention, under.mention, confidence=LIKELY)


def _fits(share: Share, under: Mention) -> bool:
    return gives_rate([share.rate.mention, share.over.mention, under])


def _is_slip(missed: Share, under: Told) -> bool:
    return mendable([missed.rate.mention, missed.over.mention, under.mention], gives_rate)


CHECKS = (Check("ratio.base", "shares in a row and the whole that they are all of", _based),)
