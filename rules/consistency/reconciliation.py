"""Reconciliation: a list or a table, and the total that is told beside it.

依政事別如下: 一、教育支出221億元(37.0%) 二、社福支出118億元(19.8%) …; 營收3,087萬元，其組成如下, and below it five rows with their
shares; shares in a row of one whole that a paragraph before tells. The items are neighbouring paragraphs that begin with
a figure of one unit each, or the cells of a column; their total is the figure of that unit nearest to the list which they
make up, and the rates behind the figures are shares of it.
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
from .law import adds_up, amount, how_rounded, rate_of, total
from .numbers import Exact, divided, number
from .tables import Grid, grids_by_block, is_total

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

    paragraphs: tuple[Paragraph, ...]
    figures: tuple[Figure, ...]


def find(document: Document) -> Iterator[Candidate]:
    """Lists and tables with the totals beside them, and shares with their one whole."""
    yield from _of_items(document)
    yield from _of_tables(document)
    yield from _of_one_base(document)


def _of_items(document: Document) -> Iterator[Candidate]:
    for items in _lists(document):
        whole = _total(document, items)
        if whole is None:
            continue
        parts = [figure.mention for figure in items.figures]
        yield Candidate(total("sum", "sum.items", whole.mention, parts, ["+"] * len(parts)), frozenset())
        for figure, paragraph in zip(items.figures, items.paragraphs, strict=True):
            yield from _share(paragraph, figure, whole)


def _lists(document: Document) -> Iterator[Items]:
    run: list[tuple[Paragraph, Figure]] = []
    for paragraph in document.paragraphs:
        item = _item(document, paragraph)
        if run and (item is None or paragraph.block != run[-1][0].block + 1 or item.unit != run[-1][1].unit):
            yield from _list(run)
            run = []
        if item is not None:
            run.append((paragraph, item))
    yield from _list(run)


def _list(run: Sequence[tuple[Paragraph, Figure]]) -> Iterator[Items]:
    if run and run[0][0].outer.text.endswith(":"):
        run = run[1:]  # it announces the list
    if run and _CLOSES.search(run[-1][1].before):
        run = run[:-1]
    if 2 <= len(run) <= _MOST_ITEMS:
        yield Items(tuple(paragraph for paragraph, _ in run), tuple(figure for _, figure in run))


def _item(document: Document, paragraph: Paragraph) -> Figure | None:
    """The figure of a short paragraph that tells but one amount."""
    first = paragraph.figures[0] if paragraph.figures else None
    if first is None or not first.is_count or not first.mention.value or len(paragraph.outer.text) > _LONGEST_ITEM:
        return None
    others = [each for each in paragraph.figures[1:] if alike(each, first) and each.row == 0]
    return None if others else first


def _total(document: Document, items: Items) -> Figure | None:
    """The figure beside the list that its items make up; where its words announce the list, one digit may part them."""
    known = document.paragraphs
    first, last = items.paragraphs[0].number, items.paragraphs[-1].number
    before = [each for paragraph in known[max(0, first - 6) : first] for each in paragraph.figures][-_NEAR:][::-1]
    behind = [each for paragraph in known[last + 1 : last + 2] for each in paragraph.figures][:2]
    sort = items.figures[0]
    near = [each for each in (*before, *behind) if alike(each, sort) and each.mention.value]
    opening = known[first - 1].outer.text if near and near[0] in before else ""
    return announced_total(near, [figure.mention for figure in items.figures], opening)


def announced_total(near: Sequence[Figure], parts: Sequence[Mention], opening: str) -> Figure | None:
    """The figure that a list makes up; where the text before the list opens it, one digit may part them from the nearest."""
    for tried, each in enumerate(near, start=1):
        relation = total("sum", "", each.mention, parts, ["+"] * len(parts))
        if relation.holds and rarity(each.mention) >= 2 * tried * len(parts):
            return each
    if not near or len(parts) < 3 or not _OPENS.search(opening):
        return None
    nearest = near[0]
    return nearest if rarity(nearest.mention) >= _TELLING and mendable([nearest.mention, *parts], adds_up) else None


def _share(paragraph: Paragraph, figure: Figure, whole: Figure) -> Iterator[Candidate]:
    for rate in paragraph.figures[figure.place + 1 : figure.place + 2]:
        if rate.is_rate:
            relation = rate_of("ratio.items", rate.mention, figure.mention, whole.mention)
            if relation is not None and (relation.rounding != "neither" or rate.mention.bound is None):
                yield Candidate(relation, frozenset())


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
_MANY = 4


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
