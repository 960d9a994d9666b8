"""Rows of a budget that are printed as lines: this year, last year, how they compare; and the notes that explain a row.

Nothing but blanks parts the figures of such a row. Its notes are numbered; the last one holds all that the others leave
(其他合共), so that their amounts make up the row's own, and their changes its change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ..heads import head_pattern
from .candidate import Candidate
from .column_laws import Sheet, laws
from .cues import direction, says
from .figure import COUNT, Document, Figure, Paragraph
from .law import Sign, total

_ROW = re.compile(f"{COUNT}{{3,}}")
_COMPARED = head_pattern("change-column")
_HEADS = 12
"""So many paragraphs before a row may be its heads."""
_FAR = 40
"""Rows with so many paragraphs between them are of two tables."""
_UNIT = "元"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph that is a row of figures."""

    paragraph: Paragraph
    figures: tuple[Figure, ...]


@dataclass(slots=True)
class _Notes:
    """What the notes of a row tell: amounts, and changes with their signs."""

    amounts: list[Figure] = field(default_factory=list)
    changes: list[tuple[Figure, Sign]] = field(default_factory=list)
    closed: bool = False


def find(document: Document) -> Iterator[Candidate]:
    """The laws of the rows, and what their notes add up to."""
    rows = [row for paragraph in document.paragraphs if (row := _row(paragraph)) is not None]
    for table in _tables(rows):
        yield from _compared(document, table)
    for at, row in enumerate(rows):
        behind = rows[at + 1].paragraph.number if at + 1 < len(rows) else len(document.paragraphs)
        yield from _explained(row, _notes(document, document.paragraphs[row.paragraph.number + 1 : behind]))


def _row(paragraph: Paragraph) -> Row | None:
    run = _ROW.search(paragraph.whole.text)
    if run is None or len(paragraph.figures) != len(run[0]) or len({each.unit for each in paragraph.figures}) > 1:
        return None
    return Row(paragraph, paragraph.figures)


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of as many figures that stand near each other."""
    for _, alike in groupby(rows, key=lambda row: len(row.figures)):
        table: list[Row] = []
        for row in alike:
            if table and row.paragraph.number - table[-1].paragraph.number > _FAR:
                yield table
                table = []
            table.append(row)
        yield table


def _compared(document: Document, table: Sequence[Row]) -> Iterator[Candidate]:
    """Where the heads say so, the last figure is how far the two before it lie apart; else what row after row bears out."""
    first = table[0].paragraph.number
    heads = "".join(each.whole.text for each in document.paragraphs[max(0, first - _HEADS) : first])
    if len(table[0].figures) == 3 and _COMPARED.search(heads):
        ties = [
            total("difference", "difference.table", change.mention, [new.mention, old.mention], ["+", "-"])
            for new, old, change in (row.figures for row in table)
        ]
        if 2 * sum(tie.holds is False for tie in ties) <= len(ties):
            yield from (Candidate(tie, frozenset()) for tie in ties)
        return
    sheet = Sheet(
        [dict(enumerate(figure.mention for figure in row.figures)) for row in table],
        dict.fromkeys(range(len(table[0].figures)), ""),
        heads,
    )
    yield from (Candidate(tie, frozenset()) for tie in laws(sheet))


# --- notes --------------------------------------------------------------------------------------------------------------


def _notes(document: Document, paragraphs: Sequence[Paragraph]) -> _Notes:
    """The figures behind a row, note by note: first its amount, then how it compares with the year before."""
    notes, lead, opened = _Notes(), "", False
    for paragraph in paragraphs:
        if document.block(paragraph).kind in ("item", "heading"):
            lead, opened = "", True
        if notes.closed and opened:
            break
        ends = [0, *(figure.position + 1 for figure in paragraph.figures)]
        for figure, (start, end) in zip(paragraph.figures, pairwise(ends), strict=True):
            lead += paragraph.whole.text[start : end - 1]
            if figure.unit == _UNIT:
                _take(notes, figure, lead, opened=opened)
                lead, opened = "", False
        lead += paragraph.whole.text[ends[-1] :]
    return notes


def _take(notes: _Notes, figure: Figure, lead: str, *, opened: bool) -> None:
    if not opened:
        way = direction(lead) if says("note.compares", lead) else 0
        if way:
            notes.changes.append((figure, "+" if way > 0 else "-"))
        return
    notes.closed = notes.closed or says("note.closing", lead)
    if says("note.gone", lead):
        notes.changes.append((figure, "-"))
        return
    notes.amounts.append(figure)
    if says("note.new", lead):
        notes.changes.append((figure, "+"))


def _explained(row: Row, notes: _Notes) -> Iterator[Candidate]:
    """The amounts of the notes make up the first figure of a row, their changes the last one."""
    if not notes.closed:
        return
    for whole, parts in (
        (row.figures[0], [(each, "+") for each in notes.amounts]),
        (row.figures[-1], notes.changes),
    ):
        if len(parts) > 1:
            signs: list[Sign] = ["-" if sign == "-" else "+" for _, sign in parts]
            terms = [part.mention for part, _ in parts]
            yield Candidate(total("sum", "sum.notes", whole.mention, terms, signs), frozenset())
