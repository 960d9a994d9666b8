"""Reconciliation: a table, and the total that is told beside it; shares in a row, and the one whole that they are of.

營收3,087萬元，其組成如下, and below it five rows with their shares; shares of one whole that a paragraph before tells. The total
of a column is the figure of its unit nearest to the table which its cells make up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ...model import Mention
from .candidate import Candidate
from .changes import is_rate_of_change
from .error_model import mendable
from .evidence import rarity
from .figure import Document, Figure, Paragraph, alike, alike_units
from .law import amount, how_rounded, rate_of, total
from .numbers import Exact, divided, number
from .outline import announced_total
from .tables import Grid, grids_by_block, is_total


def find(document: Document) -> Iterator[Candidate]:
    """Tables with the totals beside them, and shares with their one whole."""
    yield from _of_tables(document)
    yield from _of_one_base(document)


# --- a table and its total ---

_AHEAD, _BEHIND = 12, 6
"""So many figures above and below a table may be its total."""
_LEAST_ROWS = 2
_ENOUGH = 10**4
"""How rare the shares of a column must be together."""

Whole = tuple[Grid, int, Mention, tuple[int, ...]]
"""A table, a column of it, the total of that column, and the rows that make it up."""


def _of_tables(document: Document) -> Iterator[Candidate]:
    for index, grid in grids_by_block(document):
        for (held, column, whole, rows), told in _of_table(document, index, grid):
            if told:
                parts = [held.held(row, column)[0] for row in rows]
                yield Candidate(total("sum", "sum.announced", whole, parts, ["+"] * len(parts)), frozenset())
            for rates in held.filled():
                if rates != column:
                    yield from _kept(held, rates, column, whole, rows)


def _of_table(document: Document, index: int, grid: Grid) -> Iterator[tuple[Whole, bool]]:
    rows = grid.data_rows()
    own = [row for row in rows if is_total(grid.head(row))]
    parts = tuple(row for row in rows if row not in own)
    if len(parts) < _LEAST_ROWS or len(own) > 1:
        return
    for column in grid.filled():
        cells = [grid.held(row, column) for row in parts]
        if any(len(held) != 1 or held[0].unit == "%" for held in cells):
            continue
        figures = [held[0] for held in cells]
        if own:
            if len(grid.held(own[0], column)) == 1:
                yield (grid, column, grid.held(own[0], column)[0], parts), False
        elif len({figure.unit for figure in figures}) == 1:
            whole = announced_total(_near(document, index, figures[0]), figures, _opens(document, index))
            if whole is not None:
                yield (grid, column, whole.mention, parts), True


def _near(document: Document, index: int, cell: Mention) -> list[Figure]:
    """The figures above and below a table that count what the cell does, the nearest first."""
    known = document.paragraphs
    above = [each for paragraph in known if index - 2 <= paragraph.block < index for each in paragraph.figures][
        -_AHEAD:
    ]
    below = [each for paragraph in known if paragraph.block == index + 1 for each in paragraph.figures][:_BEHIND]
    return [each for each in (*above[::-1], *below) if alike_units(each.unit, cell.unit or "") and each.mention.value]


def _opens(document: Document, index: int) -> str:
    """The text that leads to a table."""
    return document.report.blocks[index - 1].text if index else ""


def _kept(grid: Grid, rates: int, column: int, whole: Mention, rows: Sequence[int]) -> Iterator[Candidate]:
    """The shares of one column, if all but one of its rates are the other column's."""
    found = []
    weight: Exact = 1
    for row in rows:
        held = grid.held(row, rates)
        if len(held) != 1 or held[0].unit != "%":
            continue
        relation = rate_of("ratio.announced", held[0], grid.held(row, column)[0], whole)
        if relation is None:
            return
        found.append(relation)
        if relation.holds and relation.rounding != "neither":
            weight *= rarity(held[0])
    broken = sum(not (relation.holds and relation.rounding != "neither") for relation in found)
    if len(found) >= _LEAST_ROWS and weight >= _ENOUGH and broken <= len(found) // 4:
        yield from (Candidate(relation, frozenset()) for relation in found)


# --- shares and their one whole ---

_BETWEEN = re.compile(r"^[^,;。()]{0,4}[,(]?(?:約|各|即)?(?:[占佔][^,;。()]{0,8})?$")
_FAR_WHOLES = 120
"""So many figures of the paragraphs before may be the whole."""
_TELLING_TOGETHER = 10_000
"""How rare the shares must be together, for each figure that was tried."""
_MANY = 3


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the rate that stands right behind it."""

    paragraph: Paragraph
    over: Figure
    rate: Figure


def _of_one_base(document: Document) -> Iterator[Candidate]:
    for shares in _rows(document):
        found = _whole(document, shares)
        if found is not None:
            under, missed = found
            for share in shares:
                relation = rate_of("ratio.base", share.rate.mention, share.over.mention, under.mention)
                if relation is not None and (share is missed or relation.holds):
                    yield Candidate(relation, frozenset())


def _rows(document: Document) -> Iterator[list[Share]]:
    """Shares of the same sort that follow each other, in one paragraph or from item to item."""
    row: list[Share] = []
    for paragraph in document.paragraphs:
        for share in _shares_in(paragraph):
            if row and not _goes_on(row[-1], share):
                yield row
                row = []
            row.append(share)
    if row:
        yield row


def _shares_in(paragraph: Paragraph) -> Iterator[Share]:
    for rate in paragraph.figures:
        if not rate.is_rate or not rate.place or not rate.mention.value or rate.mention.bound is not None:
            continue
        over = paragraph.figures[rate.place - 1]
        close = _BETWEEN.match(paragraph.between(over, rate)) is not None
        if close and over.is_count and over.mention.value and not is_rate_of_change(paragraph, rate):
            yield Share(paragraph, over, rate)


def _goes_on(last: Share, share: Share) -> bool:
    return share.paragraph.number - last.paragraph.number <= 1 and alike(last.over, share.over)


def _whole(document: Document, shares: Sequence[Share]) -> tuple[Figure, Share | None] | None:
    """The figure that all shares are of, or all but one; the nearest before them."""
    if len(shares) < 2:
        return None
    # One of several figures may be wrong and larger than the whole.
    *_, least = sorted(share.over.mention.value or 0 for share in shares)[: -1 if len(shares) >= _MANY else None]
    first = shares[0]
    here = [each for each in reversed(first.paragraph.figures[: first.over.place]) if alike(each, first.over)]
    near = [*here, *document.earlier(first.paragraph, first.over, _FAR_WHOLES)][:_FAR_WHOLES]
    nearest: tuple[Figure, Share] | None = None
    for tried, under in enumerate(near, start=1):
        if (under.mention.value or 0) < least:
            continue
        fitting = [share for share in shares if _fits(share, under.mention)]
        if _rare(fitting) < _TELLING_TOGETHER * tried:
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
    rates = ((divided(amount(share.over.mention) * 100, whole), share.rate.mention) for share in shares)
    return all(how_rounded(part, amount(rate), number(rate.step or 1)) != "neither" for part, rate in rates)


def _rare(shares: Sequence[Share]) -> Exact:
    product: Exact = 1
    for share in islice(shares, 8):
        product *= rarity(share.rate.mention)
    return product


def _fits(share: Share, under: Mention) -> bool:
    return _gives_rate([share.rate.mention, share.over.mention, under])


def _is_slip(missed: Share, under: Figure) -> bool:
    return mendable([missed.rate.mention, missed.over.mention, under.mention], _gives_rate)


def _gives_rate(figures: Sequence[Mention]) -> bool:
    """The first figure is the rate of the other two, rounded or cut off."""
    relation = rate_of("", *figures)
    return relation is not None and relation.rounding in ("round", "truncate")
