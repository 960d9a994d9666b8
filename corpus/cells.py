"""Tables that came out as one cell a line, each cell opened by a tab, as word processors write them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .lines import Line
from .tables import EMPTY, Piece, Region, merged, table

_NUMBER = re.compile(r"[-+△▲(]?\d[\d,]*(?:\.\d+)?%?\)?")
_NUMBER_WITH_UNIT = re.compile(rf"(?:{_NUMBER.pattern})(?:\s?(?![年月日])[㐀-鿿]{{1,3}})?")
_MOST_COLUMNS = 12
_LONGEST_HEAD = 20
_SHARE = 0.7


@dataclass(slots=True)
class _Cell:
    start: int
    after_gap: bool
    """An empty line stands before it."""
    lines: list[int] = field(default_factory=list)
    numeric: bool = False


def cell_tables(text: str, lines: Sequence[Line]) -> list[Region]:
    """Tables whose figures come back every so many cells."""
    if "\n\t" not in text:
        return []
    regions = _regions(lines, _cells(text, lines, _NUMBER))
    taken = {number for region in regions for number in range(region.first, region.last)}
    # Only where a table of bare figures does not show itself may its figures carry their units.
    for region in _regions(lines, _cells(text, lines, _NUMBER_WITH_UNIT)):
        if taken.isdisjoint(range(region.first, region.last)):
            regions.append(region)
    return sorted(regions, key=_first)


def _first(region: Region) -> int:
    return region.first


def _regions(lines: Sequence[Line], cells: Sequence[_Cell]) -> list[Region]:
    regions: list[Region] = []
    floor = 0
    for first, behind in _clusters(cells):
        if first < floor:
            continue
        region = _region(lines, cells, first, behind, floor)
        if region is not None:
            regions.append(region[0])
            floor = region[1]
    return regions


def _cells(text: str, lines: Sequence[Line], figure: re.Pattern[str]) -> list[_Cell]:
    starts = [line.start for line in lines]
    cells: list[_Cell] = []
    at = 0
    for piece_of in text.split("\n"):
        if piece_of.startswith("\t"):
            cells.append(_Cell(at, at >= 2 and text[at - 2] == "\n"))
        at += len(piece_of) + 1
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        first = bisect_left(starts, cell.start)
        behind = bisect_left(starts, following.start) if following else len(lines)
        cell.lines = list(range(first, behind))
        cell.numeric = 0 < behind - first <= 20 and all(figure.fullmatch(lines[number].text) for number in cell.lines)
    return cells


def _clusters(cells: Sequence[_Cell]) -> Iterator[tuple[int, int]]:
    """Stretches of cells in which a figure comes at least every so many cells."""
    figures = [at for at, cell in enumerate(cells) if cell.numeric]
    begin = 0
    for at in range(1, len(figures) + 1):
        if at == len(figures) or figures[at] - figures[at - 1] > _MOST_COLUMNS:
            if at - begin >= 2:
                yield figures[begin], figures[at - 1] + 1
            begin = at


def _region(
    lines: Sequence[Line], cells: Sequence[_Cell], first: int, behind: int, floor: int
) -> tuple[Region, int] | None:
    columns = _columns(cells, first, behind)
    if columns is None:
        return None
    start = _row_start(cells, first, behind, columns, floor)
    if start is None:
        return None
    stop = start + -(-(behind - start) // columns) * columns
    if stop > len(cells):
        return None
    heads = 0
    while heads < 3 and _is_head(lines, cells, start - columns, start, floor):
        start -= columns
        heads += 1
    rows = [[_piece(lines, cell) for cell in cells[at : at + columns]] for at in range(start, stop, columns)]
    # What stands behind the last cell belongs to the text again.
    last = cells[stop - 1]
    kept = _first_paragraph(lines, last.lines)
    rows[-1] = [*rows[-1][:-1], _piece(lines, _Cell(last.start, False, kept))]
    used = [number for cell in cells[start : stop - 1] for number in cell.lines] + kept
    return Region(used[0], used[-1] + 1, table(rows, heads, lines[used[0]].page)), stop


def _columns(cells: Sequence[_Cell], first: int, behind: int) -> int | None:
    """After how many cells the pattern of figures comes again."""
    for columns in range(2, _MOST_COLUMNS + 1):
        if behind - first <= columns:
            return None
        kinds = [cells[first + at : behind : columns] for at in range(columns)]
        shares = [sum(cell.numeric for cell in kind) / len(kind) for kind in kinds]
        if all(share == 0 or share >= _SHARE for share in shares) and any(share == 0 for share in shares):
            return columns
    return None


def _row_start(cells: Sequence[_Cell], first: int, behind: int, columns: int, floor: int) -> int | None:
    """Where the row of the first figure begins: at a cell that is never empty, best of all behind an empty line."""
    best: tuple[int, int] | None = None
    for back in range(1, columns):
        start = first - back
        if start < floor:
            break
        heads = cells[start:behind:columns]
        if all(cell.lines and not cell.numeric for cell in heads):
            score = (sum(cell.after_gap for cell in heads), back)
            best = max(best, score) if best is not None else score
    return None if best is None else first - best[1]


def _is_head(lines: Sequence[Line], cells: Sequence[_Cell], start: int, stop: int, floor: int) -> bool:
    row = cells[start:stop] if start >= floor else []
    return any(cell.lines for cell in row) and all(
        not cell.numeric and sum(len(lines[number].text) for number in cell.lines) <= _LONGEST_HEAD for cell in row
    )


def _piece(lines: Sequence[Line], cell: _Cell) -> Piece:
    return merged(Piece(lines[number].text, lines[number].offsets) for number in cell.lines) if cell.lines else EMPTY


def _first_paragraph(lines: Sequence[Line], numbers: Sequence[int]) -> list[int]:
    kept = list(numbers[:1])
    for number in numbers[1:]:
        # Behind a figure the text may go on without an empty line.
        if lines[number].gap or _NUMBER_WITH_UNIT.fullmatch(lines[kept[-1]].text):
            break
        kept.append(number)
    return kept
