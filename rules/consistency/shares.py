"""Shares in a table: beside each amount its share of the whole of its column, 100% beside the whole itself.

Which row is the whole is read off the shares: it is the last one before a row that has 100%, or the next one behind it.
That the column is of such shares is read off, too, whatever its head says: nearly all of its rows have to keep to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...model import Mention, Relation
from ..heads import head_pattern
from .candidate import Candidate
from .column_laws import entry_of, kept_by_most
from .figure import Document
from .law import rate_of
from .numbers import magnitude, number
from .tables import Grid, grids

_SHARE = head_pattern("share-column")


def find(document: Document) -> Iterator[Candidate]:
    """The shares of all tables that tell them beside the amounts."""
    for grid in grids(document):
        columns = grid.filled()
        for column, before in zip(columns[1:], columns, strict=False):
            amounts = any(each.unit != "%" for row in grid.data_rows() for each in grid.held(row, before))
            if amounts and not _SHARE.search(grid.title(before)):
                ties = (tie for tie in _ties(grid, column, before) if tie is not None and not _is_adjusted(tie))
                found = kept_by_most(list(ties))
                yield from (Candidate(relation, frozenset()) for relation in found)


def _ties(grid: Grid, column: int, amounts: int) -> Iterator[Relation | None]:
    """Each share against its amount and the whole."""
    rows = [
        (share, amount)
        for row in grid.data_rows()
        if (share := entry_of(grid, row, column)) is not None and (amount := entry_of(grid, row, amounts)) is not None
    ]
    for at, (share, amount) in enumerate(rows):
        whole = _whole(rows, at)
        if share.unit == "%" and share.value != 100 and whole is not None and whole.unit == amount.unit:
            yield rate_of("ratio.table-share", share, amount, whole)


def _is_adjusted(tie: Relation) -> bool:
    """Whether a share misses by less than two of its last places: shares are adjusted so that they add up to 100."""
    share, step = tie.result.value, tie.result.step
    over, under = (term.value for term in tie.terms)
    if tie.holds is not False or share is None or step is None or over is None or not under:
        return False
    return magnitude(number(share) - Fraction(number(over)) * 100 / number(under)) < 2 * number(step)


def _whole(rows: Sequence[tuple[Mention, Mention]], at: int) -> Mention | None:
    """The amount of the nearest row with 100%, above or, where there is none, below."""
    for share, amount in (*rows[:at][::-1], *rows[at + 1 :]):
        if share.value == 100:
            return amount
    return None
