"""Two reports of one body, side by side: which paragraph became which, and which figure stands in whose place.

Consecutive reports are edited copies. Paragraphs (and tables) are known by their words, with figures and dates left out:
pairs of characters, the more telling the fewer paragraphs hold them; an inverted index finds what shares rare ones, so that
cost grows with the text. Figures of two paragraphs that belong together are known by the words around them, in order first;
what was moved is found behind that. A figure whose paragraph was broken up or written anew is looked for by its own words, and
leads to what stands beside it. Cells of tables are known by their row and column. All of it is one to one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ....model import AlignedFigure, AlignedPassage, Alignment
from .sides import Passage, Side, rarity
from .spots import Spot, Words, likeness

_MOST_HELD = 40
"""A pair of characters that more passages hold leads to no candidates; it still counts in their likeness."""
_LEAST_PASSAGE = 0.3
_LEAST_FIGURE = 0.28
_LEAST_MOVED = 0.62
_ONE_DAY, _ONE_VALUE = 0.1, 0.1
_LEAST_STRAY, _CLEAR = 0.3, 0.5
"""How alike the words around two figures must be, anywhere in the reports, and how much less those around any other."""
_LEAST_HEAD = 0.5
"""How alike the heads of two cells of one row must be that are of two times."""
_SPLIT = 0.75
"""So much of a passage must stand in another that has its partner already, to be taken for a piece of it."""
_HEADING, _PLACE = 0.06, 0.04
"""What the same heading adds to the likeness of two passages, and the same place in the report."""


def align(earlier: Side, later: Side) -> Alignment:
    """The two reports side by side; what other reports hold has no part in it."""
    telling = rarity((earlier, later))
    pairs = sorted(_passages(earlier, later, telling), key=lambda pair: (pair[1].block, pair[0].block))
    figures: list[AlignedFigure] = []
    done: tuple[set[int], set[int]] = (set(), set())

    def take(found: Iterable[AlignedFigure]) -> None:
        for pair in found:
            if pair.earlier.start not in done[0] and pair.later.start not in done[1]:
                done[0].add(pair.earlier.start)
                done[1].add(pair.later.start)
                figures.append(pair)

    # Of a passage that was split, each figure goes with the piece that holds it best.
    for first, second, _ in sorted(pairs, key=lambda pair: -pair[2]):
        one, other = earlier.spots(first.block), later.spots(second.block)
        take(_cells(one, other, telling) if _is_table(earlier, first) else _in_place(one, other, telling))
    strays = list(_strays(_left(earlier, done[0]), _left(later, done[1]), telling))
    take(strays)
    for was, now in sorted({(pair.earlier.block, pair.later.block) for pair in strays}):
        left = [spot for spot in earlier.spots(was) if spot.mention.start not in done[0]]
        take(_in_place(left, [spot for spot in later.spots(now) if spot.mention.start not in done[1]], telling))
    passages = [AlignedPassage(first.block, second.block, likeness) for first, second, likeness in pairs]
    known = {each.earlier for each in passages}, {each.later for each in passages}
    passages += [AlignedPassage(each.block, None, 0.0) for each in earlier.passages if each.block not in known[0]]
    passages += [AlignedPassage(None, each.block, 0.0) for each in later.passages if each.block not in known[1]]
    return Alignment(
        earlier.name, later.name, tuple(passages), tuple(sorted(figures, key=lambda pair: pair.later.start))
    )


# --- passages ---------------------------------------------------------------------------------------------------------


def _passages(earlier: Side, later: Side, telling: Words) -> Iterator[tuple[Passage, Passage, float]]:
    """Passages that belong together, the likest first; then pieces of what was split or put together."""
    scored = sorted(_candidates(earlier, later, telling), key=lambda pair: (-pair[2], pair[1].block, pair[0].block))
    firsts: set[int] = set()
    seconds: set[int] = set()
    for first, second, alike in scored:
        if first.block not in firsts and second.block not in seconds and alike >= _LEAST_PASSAGE:
            firsts.add(first.block)
            seconds.add(second.block)
            yield first, second, alike
    for first, second, _ in scored:
        if first.block in firsts and second.block in seconds:
            continue
        piece = second if first.block in firsts else first
        contained = _mass(first.words & second.words, telling) / max(_mass(piece.words, telling), 1e-9)
        if contained >= _SPLIT and piece.figures and len(piece.words) >= _SHORT:
            firsts.add(first.block)
            seconds.add(second.block)
            yield first, second, contained * _SPLIT


_SHORT = 12
"""Pieces of fewer pairs of characters are found anywhere."""


def _candidates(earlier: Side, later: Side, telling: Words) -> Iterator[tuple[Passage, Passage, float]]:
    holding: dict[str, list[int]] = defaultdict(list)
    for place, passage in enumerate(earlier.passages):
        for pair in passage.words:
            holding[pair].append(place)
    masses = [_mass(passage.words, telling) for passage in earlier.passages]
    for second in later.passages:
        shared: dict[int, float] = defaultdict(float)
        for pair in second.words:
            places = holding.get(pair, ())
            if len(places) <= _MOST_HELD:
                weight = telling.get(pair, 0.0)
                for place in places:
                    shared[place] += weight * weight
        mass = _mass(second.words, telling)
        for place, weight in shared.items():
            first = earlier.passages[place]
            if weight * 4 < min(masses[place], mass) * 0.5 or _is_table(earlier, first) != _is_table(later, second):
                continue
            whole = _mass(first.words & second.words, telling)
            likeness = whole / math.sqrt(masses[place] * mass)
            if likeness >= _LEAST_PASSAGE / 2:
                same = _HEADING if first.heading and first.heading == second.heading else 0.0
                yield first, second, likeness + same + _PLACE * (1 - abs(first.place - second.place))


def _is_table(side: Side, passage: Passage) -> bool:
    return side.block(passage.block).kind == "table"


def _mass(words: Iterable[str], telling: Words) -> float:
    return sum(telling.get(pair, 0.0) ** 2 for pair in words)


# --- figures ----------------------------------------------------------------------------------------------------------


def _in_place(one: Sequence[Spot], other: Sequence[Spot], telling: Words) -> list[AlignedFigure]:
    """The figures of two passages that stand in each other's place."""
    if not one or not other:
        return []
    scores = [[likeness(left, right, telling) for right in other] for left in one]
    pairs = _in_order([[_sure(left, right, score) for right, score in zip(other, row, strict=True)] for left, row in zip(one, scores, strict=True)])  # fmt: skip
    done = {left for left, _ in pairs}, {right for _, right in pairs}
    moved = sorted(
        (
            (scores[left][right], left, right)
            for left in range(len(one)) if left not in done[0]
            for right in range(len(other)) if right not in done[1] and scores[left][right] >= _LEAST_MOVED
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )  # fmt: skip
    for _, left, right in moved:
        if left not in done[0] and right not in done[1]:
            done[0].add(left)
            done[1].add(right)
            pairs.append((left, right))
    return [AlignedFigure(one[left].mention, other[right].mention, scores[left][right]) for left, right in pairs]


def _sure(one: Spot, other: Spot, alike: float) -> float:
    """How alike the words are, and more where both figures are told of one day, or with one value: of several figures in the
    same words these are one."""
    if not alike:
        return 0.0
    same = one.mention.value is not None and one.mention.value == other.mention.value
    return alike + _ONE_DAY * (one.period == other.period != "") + _ONE_VALUE * same


def _in_order(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs, none of which crosses another, whose likeness is the most in all."""
    rows, columns = len(scores), len(scores[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for left in range(rows - 1, -1, -1):
        for right in range(columns - 1, -1, -1):
            score = scores[left][right]
            paired = best[left + 1][right + 1] + (score if score >= _LEAST_FIGURE else -1.0)
            best[left][right] = max(paired, best[left + 1][right], best[left][right + 1])
    found, left, right = [], 0, 0
    while left < rows and right < columns:
        score = scores[left][right]
        if score >= _LEAST_FIGURE and best[left][right] == best[left + 1][right + 1] + score:
            found.append((left, right))
            left, right = left + 1, right + 1
        elif best[left][right] == best[left + 1][right]:
            left += 1
        else:
            right += 1
    return found


def _left(side: Side, done: set[int]) -> list[Spot]:
    """The quantities of running text that have no partner."""
    spots = (spot for passage in side.passages if not _is_table(side, passage) for spot in side.spots(passage.block))
    return [spot for spot in spots if spot.mention.kind == "quantity" and spot.mention.start not in done]


def _strays(one: Sequence[Spot], other: Sequence[Spot], telling: Words) -> Iterator[AlignedFigure]:
    """Figures whose words are each other's likest by far."""
    there, back = _likest(other, one, telling), _likest(one, other, telling)
    for place, (alike, second, best) in there.items():
        _, also, now = back.get(best, (0.0, 0.0, -1))
        if now == place and alike >= _LEAST_STRAY and max(second, also) <= alike * _CLEAR:
            yield AlignedFigure(one[best].mention, other[place].mention, alike)


def _likest(spots: Sequence[Spot], among: Sequence[Spot], telling: Words) -> dict[int, tuple[float, float, int]]:
    """Of each figure how alike the likest and the next of the others are, and which one is the likest; all by their places."""
    holding: dict[str, list[int]] = defaultdict(list)
    for place, spot in enumerate(among):
        for pair, weight in spot.words.items():
            if weight >= _CLAUSE:
                holding[pair].append(place)
    found = {}
    for place, spot in enumerate(spots):
        shared: dict[int, float] = defaultdict(float)
        for pair, weight in spot.words.items():
            held = holding.get(pair, ()) if weight >= _CLAUSE else ()
            for other in held if len(held) <= _MOST_HELD else ():
                shared[other] += weight * telling.get(pair, 0.0)
        first = sorted(shared, key=lambda other: (-shared[other], other))[:_TRIED]
        scored = sorted(
            ((likeness(spot, among[other], telling), other) for other in first), key=lambda each: (-each[0], each[1])
        )
        if scored and scored[0][0]:
            found[place] = (scored[0][0], scored[1][0] if len(scored) > 1 else 0.0, scored[0][1])
    return found


_CLAUSE, _TRIED = 0.2, 6
"""Words of a figure's own clause lead to others, of which so many are looked at."""


def _cells(one: Sequence[Spot], other: Sequence[Spot], telling: Words) -> list[AlignedFigure]:
    """Cells of rows of one name: of one time where the columns tell one, else under one head."""
    by_row: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in one:
        by_row[spot.row, spot.sort].append(spot)
    scored = []
    for place, right in enumerate(other):
        for left in by_row.get((right.row, right.sort), ()):
            head = likeness(left, right, telling) if left.words or right.words else 1.0
            same = left.period == right.period and left.period != ""
            scored.append((head * 0.4 + 0.6 * same, max(head, head * 0.4 + 0.6 * same), place, left, right))
    scored.sort(key=lambda each: (-each[0], each[2], each[3].mention.start))
    done: set[int] = set()
    found = []
    for _, alike, _, left, right in scored:
        if alike < _LEAST_HEAD or left.mention.start in done or -right.mention.start - 1 in done:
            continue
        done |= {left.mention.start, -right.mention.start - 1}
        found.append(AlignedFigure(left.mention, right.mention, alike))
    return found
