"""Rows that prose tells like a table: each item gives the same measures, and each measure has its total.

竊盜842件，破獲811件。其中住宅竊盜38件，破獲37件；汽車竊盜94件，破獲91件…: two columns of one sort, told in turn. And what
stands beside the figures of a sum, in step with them, is a sum as well: 1,400筆、766公頃，已處理228筆、106公頃，剩餘….
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...model import Relation
from .candidate import Candidate
from .cues import common_ending, label
from .evidence import values, weigh
from .figure import Document, Figure, Line, alike
from .parts import is_part, signed

_WIDEST = 4
"""So many measures of one sort may an item give."""
_EARLIER, _LATER = 8, 4
"""So many figures before the rows, and behind them, may be the total of a column."""
_ENDING, _LEAST = 3, 2
"""So many characters at the end of a label make two figures one column, and so many at least."""
_TELLING = 20
"""How many values the total of a sum might have had, for what stands beside it to follow."""


def find(document: Document) -> Iterator[Candidate]:
    """Columns that prose tells in turn, each with its total."""
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            sorts: dict[tuple[bool, str], list[Figure]] = defaultdict(list)
            for figure in line.figures:
                if figure.is_count and figure.mention.value and figure.mention.value_max is None:
                    sorts[figure.sort].append(figure)
            for stream in sorts.values():
                yield from _columns(stream)


def _columns(stream: Sequence[Figure]) -> Iterator[Candidate]:
    for first, width, count in _turns(stream):
        last = first + width * count
        for column in range(width):
            parts = stream[first + column : last : width]
            near = [*stream[max(0, first - _EARLIER) : first][::-1], *stream[last : last + _LATER]]
            yield from _summed(parts, near)


def _turns(stream: Sequence[Figure]) -> Iterator[tuple[int, int, int]]:
    """Where figures take turns: the first of them, how many measures an item gives, and how many items there are."""
    held: dict[str, list[int]] = defaultdict(list)
    for at, figure in enumerate(stream):
        if len(ending := label(figure.before)[-_ENDING:]) >= _LEAST:
            held[ending].append(at)
    told: set[tuple[int, int, int]] = set()
    for places in held.values():
        for first, last, width in _runs(places):
            # The column that was recognised may stand anywhere in its item; as a rule it is the last one.
            turn = (first - width + 1, width, (last - first) // width + 1)
            if turn[0] >= 0 and turn not in told:
                told.add(turn)
                yield turn


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Where places follow each other in equal steps: the first, the last and the step."""
    at = 0
    while at + 1 < len(places):
        step, end = places[at + 1] - places[at], at + 1
        while end + 1 < len(places) and places[end + 1] - places[end] == step:
            end += 1
        if 2 <= step <= _WIDEST:
            yield places[at], places[end], step
            if end > at + 1:  # the totals may be told in turn, too, first or last
                yield places[at + 1], places[end], step
                yield places[at], places[end - 1], step
        at = end


def _summed(parts: Sequence[Figure], near: Sequence[Figure]) -> Iterator[Candidate]:
    summed, slack = sum(part.units for part in parts), sum(part.slack for part in parts)
    for tried, whole in enumerate(near, start=1):
        if not all(alike(part, whole) and is_part(part, whole) for part in parts):
            continue
        formal = tried == 1 and _is_called(parts, whole)
        if abs(summed - whole.units) <= slack + whole.slack or formal:
            features = {"sum:total-word"} if whole.has("total.word") else set()
            if len(parts) == 2 and not features:
                return
            ending = common_ending([label(part.before) for part in parts])[-_LEAST:]
            if len(ending) == _LEAST and ending in whole.before:
                features.add("sum:label-shared")
            if len(parts) > 2:
                features.add("sum:three")
            if formal:
                features.add("sum:column-called")
            yield signed("sum.rows", whole, parts, ["+"] * len(parts), features, tried)
            return


def _is_called(parts: Sequence[Figure], whole: Figure) -> bool:
    """合計機車位1,347格: the total right behind the rows has the whole name that all parts of its column end with."""
    ending = common_ending([label(part.before) for part in parts])
    behind = whole.position > parts[-1].position
    return behind and len(ending) > _LEAST and whole.has("total.word") and label(whole.before) == ending


# --- what stands beside the figures of a sum --------------------------------------------------------------------------


def beside(document: Document, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Where a list adds up, the figures right before or right behind each of its own add up, too."""
    where = {figure.mention.start: (line, figure) for line, figure in _figures(document)}
    sums = [each for each in found if each.relation.kind == "sum" and each.holds]
    told = {_key(each.relation) for each in sums if weigh(each).odds > 0}
    for candidate in sums:
        relation = candidate.relation
        if "-" in relation.signs:
            continue
        places = [where.get(mention.start) for mention in (relation.result, *relation.terms)]
        if len(relation.terms) < 2 or values(relation) < _TELLING * candidate.tried:
            continue
        for step in (1, -1):
            others = [_beside(place, step) for place in places]
            whole, *parts = others
            key = tuple(each.mention.start for each in others if each is not None)
            if whole is None or key in told or not _are_in_step(whole, parts, key, relation.result.start):
                continue
            told.add(key)
            yield signed("sum.beside", whole, [each for each in parts if each is not None], ["+"] * len(parts), set())


def _key(relation: Relation) -> tuple[int, ...]:
    return (relation.result.start, *(term.start for term in relation.terms))


def _figures(document: Document) -> Iterator[tuple[Line, Figure]]:
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            for figure in line.figures:
                yield line, figure


def _beside(place: tuple[Line, Figure] | None, step: int) -> Figure | None:
    """The neighbour of a figure in its own clause, with nothing but a few words between them."""
    if place is None:
        return None
    line, figure = place
    index = figure.index + step
    if not 0 <= index < len(line.figures):
        return None
    other = line.figures[index]
    first, second = (figure, other) if step > 0 else (other, figure)
    between = line.between(first, second)
    return other if len(between) <= _CLOSE and not any(mark in between for mark in "。;") else None


_CLOSE = 8
"""So few characters part two measures of one thing."""


def _are_in_step(whole: Figure, parts: Sequence[Figure | None], key: tuple[int, ...], result: int) -> bool:
    """All stand there, are of one sort that is not the sum's own, and may be parts of one whole."""
    if len(set(key)) < len(parts) + 1 or not whole.is_count or whole.mention.value is None or result in key:
        return False
    if whole.has("each") or whole.unit in _NO_SUM or "均" in whole.before:
        return False
    return all(part is not None and alike(part, whole) and not part.has("part.never") for part in parts)


_NO_SUM = frozenset({"年", "歲", "個月", "折"})
"""What is told beside an amount and adds up to nothing."""
