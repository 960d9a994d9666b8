"""A list, one item a paragraph, and the total above or below it: 依政事別如下: 一、教育支出221億元(37.0%) 二、社福支出118億元(19.8%) ….

The items are neighbouring paragraphs that begin with a figure of one unit each. Their total is the figure of that unit
nearest to the list which they make up; the rates behind the figures are shares of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..ratio import rate_of
from ..relation import LIKELY, adds_up, total
from ..slips import mendable
from .evidence import rarity
from .passage import Passage, Told, alike, passages

_LONGEST_ITEM = 90
_MOST_ITEMS = 24
_NEAR = 12
"""So many figures before a list, and a few behind it, may be its total."""
_TELLING = 20
_CLOSES = re.compile(r"(?:合計|總計|共計|小計)$")
_OPENS = re.compile(r"(?:如下|如次|包括|分別|為|計有|下列|明細|分述|:)[^。]{0,8}[:。]?$")


@dataclass(frozen=True, slots=True)
class Items:
    """Neighbouring paragraphs with the figure of each."""

    passages: tuple[Passage, ...]
    figures: tuple[Told, ...]


@lru_cache(maxsize=2)
def _totals(document: Document) -> tuple[tuple[Items, Told], ...]:
    return tuple((items, whole) for items in _lists(document) if (whole := _total(document, items)) is not None)


def _sums(document: Document) -> Iterator[Relation]:
    for items, whole in _totals(document):
        parts = [figure.mention for figure in items.figures]
        yield total("sum", "sum.items", whole.mention, parts, ["+"] * len(parts), confidence=LIKELY)


def _shares(document: Document) -> Iterator[Relation]:
    for items, whole in _totals(document):
        for passage, figure in zip(items.passages, items.figures, strict=True):
            yield from _share(passage, figure, whole)


def _lists(document: Document) -> Iterator[Items]:
    run: list[tuple[Passage, Told]] = []
    for passage in passages(document):
        item = _item(document, passage)
        if run and (item is None or passage.block != run[-1][0].block + 1 or item.unit != run[-1][1].unit):
            yield from _list(run)
            run = []
        if item is not None:
            run.append((passage, item))
    yield from _list(run)


def _list(run: Sequence[tuple[Passage, Told]]) -> Iterator[Items]:
    if run and run[0][0].text.endswith(":"):
        run = run[1:]  # it announces the list
    if run and _CLOSES.search(run[-1][1].before):
        run = run[:-1]
    if 2 <= len(run) <= _MOST_ITEMS:
        yield Items(tuple(passage for passage, _ in run), tuple(figure for _, figure in run))


def _item(document: Document, passage: Passage) -> Told | None:
    """The figure of a short paragraph that tells but one amount."""
    first = passage.figures[0] if passage.figures else None
    if first is None or not first.is_count or not first.mention.value or len(passage.text) > _LONGEST_ITEM:
        return None
    others = [each for each in passage.figures[1:] if alike(each, first) and each.row == 0]
    return None if others else first


def _total(document: Document, items: Items) -> Told | None:
    """The figure beside the list that its items make up; where its words announce the list, one digit may part them."""
    known = passages(document)
    first, last = items.passages[0].number, items.passages[-1].number
    before = [each for passage in known[max(0, first - 6) : first] for each in passage.figures][-_NEAR:][::-1]
    behind = [each for passage in known[last + 1 : last + 2] for each in passage.figures][:2]
    sort = items.figures[0]
    near = [each for each in (*before, *behind) if alike(each, sort) and each.mention.value]
    opening = known[first - 1].text if near and near[0] in before else ""
    return announced_total(near, [figure.mention for figure in items.figures], opening)


def announced_total(near: Sequence[Told], parts: Sequence[Mention], opening: str) -> Told | None:
    """The figure that a list makes up; where the text before the list opens it, one digit may part them from the nearest."""
    for tried, each in enumerate(near, start=1):
        relation = total("sum", "", each.mention, parts, ["+"] * len(parts))
        if relation.holds and rarity(each.mention) / tried / len(parts) >= 2:
            return each
    if not near or len(parts) < 3 or not _OPENS.search(opening):
        return None
    nearest = near[0]
    return nearest if rarity(nearest.mention) >= _TELLING and mendable([nearest.mention, *parts], adds_up) else None


def _share(passage: Passage, figure: Told, whole: Told) -> Iterator[Relation]:
    for rate in passage.figures[figure.place + 1 : figure.place + 2]:
        if rate.is_rate:
            relation = rate_of("ratio.items", rate.mention, figure.mention, whole.mention, confidence=LIKELY)
            if relation is not None and (relation.rounding != "neither" or rate.mention.bound is None):
                yield relation


CHECKS = (
    Check("sum.items", "a list of paragraphs and the total beside it", _sums),
    Check("ratio.items", "the share of each paragraph of a list in the total beside it", _shares),
)
