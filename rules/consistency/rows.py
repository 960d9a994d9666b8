"""What stands beside the figures of a sum, in step with them, is a sum as well.

1,400筆、766公頃，已處理228筆、106公頃，剩餘1,172筆、660公頃: the second measure of each adds up as the first one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model import Relation
from .candidate import Candidate
from .changes import is_rate_of_change
from .evidence import values, weigh
from .figure import Document, Figure, Line, Paragraph, alike
from .law import rate_of
from .parts import adds_up_to_all, signed

_TELLING = 20
"""How many values the total of a sum might have had, for what stands beside it to follow."""


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
            if whole is None or key in told or set(key) & set(_key(relation)) or not _are_in_step(whole, parts, key):
                continue
            told.add(key)
            yield signed("sum.beside", whole, [each for each in parts if each is not None], ["+"] * len(parts), set())


_SHARE = re.compile(r"[,(]?(?:約|各|即)?(?:[占佔][^,;。()、]{0,4})?")
"""What stands between a part and its share of the whole."""


def shares(document: Document, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Where parts make up a whole, the rate right behind each of them is its share: 男性120人(60%)、女性80人(40%).

    And where the rates make a hundred and are the shares of a whole, all but one, the parts should make it up.
    """
    where = {
        figure.mention.start: (paragraph, figure) for paragraph in document.paragraphs for figure in paragraph.figures
    }
    for candidate in found:
        whole, parts = candidate.relation.result, candidate.relation.terms
        if candidate.relation.kind != "sum" or candidate.holds is None or "-" in candidate.relation.signs:
            continue
        rates = [rate for part in parts if (rate := _rate_behind(where.get(part.start))) is not None]
        if len(rates) < len(parts):
            continue
        ties = [rate_of("ratio.of-sum", rate.mention, part, whole) for rate, part in zip(rates, parts, strict=True)]
        right = sum(tie is not None and bool(tie.holds) for tie in ties)
        if candidate.holds and right and weigh(candidate).odds > 0:
            yield from (Candidate(tie, frozenset()) for tie in ties if tie is not None)
        elif not candidate.holds and right == len(parts) - 1 and adds_up_to_all(rates):
            yield replace(candidate, features=candidate.features | {"sum:shares-whole"})


def _rate_behind(place: tuple[Paragraph, Figure] | None) -> Figure | None:
    """The rate right behind a figure, in its clause or in a bracket, that is no rate of change."""
    if place is None:
        return None
    paragraph, figure = place
    rate = paragraph.next(figure)
    if rate is None or not rate.is_rate or not rate.mention.value or is_rate_of_change(paragraph, rate):
        return None
    return rate if _SHARE.fullmatch(paragraph.whole.text[figure.position + 1 : rate.position]) else None


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


def _are_in_step(whole: Figure, parts: Sequence[Figure | None], key: tuple[int, ...]) -> bool:
    """All stand there, are of one sort that is not the sum's own, and may be parts of one whole."""
    if len(set(key)) < len(parts) + 1 or not whole.is_count or whole.mention.value is None:
        return False
    if whole.has("each") or whole.unit in _NO_SUM or "均" in whole.before:
        return False
    return all(part is not None and alike(part, whole) and not part.has("part.never") for part in parts)


_NO_SUM = frozenset({"年", "歲", "個月", "折"})
"""What is told beside an amount and adds up to nothing."""
