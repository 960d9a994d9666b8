"""Shares in a table: beside each amount its share of the whole of its column, 100% beside the whole itself.

Which row is the whole is read off the shares: it is the last one before a row that has 100%, or the next one behind it.
That the column is of such shares is read off, too: nearly all of its rows have to keep to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Mention, Relation
from ..heads import head_pattern
from .candidate import Candidate
from .column_laws import entry_of, kept_by_most
from .figure import Document
from .law import rate_of
from .tables import Grid, grids

_SHARE = head_pattern("share-column")


def find(document: Document) -> Iterator[Candidate]:
    """The shares of all tables that tell them beside the amounts."""
    for grid in grids(document):
        columns = grid.filled()
        for column, before in zip(columns[1:], columns, strict=False):
            if _SHARE.search(grid.title(column)) and not _SHARE.search(grid.title(before)):
                found = kept_by_most([tie for tie in _ties(grid, column, before) if tie is not None])
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


def _whole(rows: Sequence[tuple[Mention, Mention]], at: int) -> Mention | None:
    """The amount of the nearest row with 100%, above or, where there is none, below."""
    for share, amount in (*rows[:at][::-1], *rows[at + 1 :]):
        if share.value == 100:
            return amount
    return None
