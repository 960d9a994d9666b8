"""The cells of a drawn table: what stands in each mesh; where no lines part the rows, the figures themselves do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ..parsed import Element, RawCell, table_of
from .pdf_aligned import entries_of, is_figure
from .pdf_lattice import Lattice, Mesh
from .pdf_lines import FULL, Drafted, TextLine, goes_on, lines_of
from .pdf_page import Char, Piece
from .pdf_paragraphs import paragraph

_BESIDE = 0.75
"""A line so many heights from a row's middle still stands in the row: a name of two lines, its figures half-way."""
_FAR = 1e6
_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[^\W\d_]")
_LEAST_FILLED = 10


@dataclass(slots=True)
class _Held:
    """A mesh and the lines in it."""

    mesh: Mesh
    lines: list[TextLine]


def drawn_table(lattice: Lattice, chars: Sequence[Char], page: int) -> list[Element] | None:
    """The table of a lattice; None where hardly any of its cells holds text, as in a diagram."""
    held = list(_held(lattice, chars, page))
    if len(held) < 2 or len(held) * _LEAST_FILLED < len(lattice.meshes):
        return None
    if not any(_WORD.search(line.text) for each in held for line in each.lines):
        return None
    bands: defaultdict[int, list[_Held]] = defaultdict(list)
    for each in held:
        bands[each.mesh.row].append(each)
    cells: list[RawCell] = []
    first: dict[int, int] = {}
    row = 0
    height = max(mesh.row + mesh.row_span for mesh in lattice.meshes)
    spans: list[tuple[RawCell, int]] = []
    for band in range(height):
        first[band] = row
        places = _rows_within(bands[band])
        for each in bands[band]:
            in_rows = len(places) > 1 and (len(each.lines) > 1 or _holds_figure(each.lines[0]))
            if each.mesh.row_span == 1 and (in_rows or _holds_columns(each)):
                cells.extend(_apart(each, places or [_middle(each.lines[0])], lattice.edges, row))
            else:
                cell = RawCell(row, each.mesh.column, 1, each.mesh.column_span, _contents(each.lines, each.mesh.right))
                cells.append(cell)
                spans.append((cell, band + each.mesh.row_span))
        row += max(len(places), 1)
    first[height] = row
    for cell, behind in spans:
        cell.row_span = max(first[behind] - cell.row, 1)
    return table_of(cells, None, page)


def _held(lattice: Lattice, chars: Sequence[Char], page: int) -> Iterable[_Held]:
    """The meshes that hold something, in their order."""
    rows, columns = len(lattice.levels) - 1, len(lattice.edges) - 1
    meshes = {
        (row, column): mesh
        for mesh in lattice.meshes
        for row in range(mesh.row, mesh.row + mesh.row_span)
        for column in range(mesh.column, mesh.column + mesh.column_span)
    }
    inside: defaultdict[tuple[int, int], list[Char]] = defaultdict(list)
    mesh: Mesh | None = None
    for char in chars:
        across, middle = (char.left + char.right) / 2, (char.bottom + char.top) / 2
        # Most stand in the mesh of the one before.
        if mesh is None or not (mesh.left <= across < mesh.right and mesh.bottom <= middle < mesh.top):
            column = min(max(bisect_right(lattice.edges, across) - 1, 0), columns - 1)
            row = rows - min(max(bisect_right(lattice.levels, middle), 1), rows)
            mesh = meshes.get((row, column))
            if mesh is None:
                continue
            held = inside[mesh.row, mesh.column]
        held.append(char)
    for mesh in lattice.meshes:
        if (mesh.row, mesh.column) in inside:
            yield _Held(mesh, lines_of(inside[mesh.row, mesh.column], page))


def parted(chars: Iterable[Char], box: Lattice) -> tuple[list[Char], list[Char]]:
    """The characters that stand in a box, and the others."""
    inside: list[Char] = []
    outside: list[Char] = []
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    for char in chars:
        held = left <= (char.left + char.right) / 2 <= right and bottom <= (char.bottom + char.top) / 2 <= top
        (inside if held else outside).append(char)
    return inside, outside


def _contents(lines: Sequence[TextLine], right: float) -> list[Element]:
    """The paragraphs of a cell: its own side is the margin."""
    found: list[Drafted] = []
    for line in lines:
        if found and goes_on(found[-1], line):
            found[-1].lines.append(line)
        else:
            found.append(Drafted([line], right - 2))
    return [paragraph(drafted) for drafted in found]


def _away(place: float, line: TextLine, prose: bool) -> float:
    """How far a line is from a row; a note begins beside its row, and goes on below it."""
    below = place - _middle(line)
    if prose:
        return abs(below) if below >= -_BESIDE * line.height else _FAR + abs(below)
    return abs(below)


def _holds_columns(held: _Held) -> bool:
    """Figures side by side in a mesh under several heads: lines part the heads, and none the figures."""
    if held.mesh.column_span < 2 or len(held.lines) > 1:
        return False
    entries = entries_of(held.lines[0])
    figures = sum(map(is_figure, entries))
    worded = any(_HAN.search(entry.text) for entry in entries)
    return len(entries) > 1 and figures * 3 >= len(entries) * 2 and not worded


def _rows_within(band: Sequence[_Held]) -> list[float]:
    """The heights of the rows in a band that no lines part: each has a name at the left and figures behind it.

    A line of the names that stands beside no figures is a row of its own: an account's number, the name of a group. One
    below a name that fills its column goes on with it.
    """
    if len(band) < 2:
        return []
    height = median(line.height for each in band for line in each.lines)
    middles = [_middle(line) for each in band for line in each.lines]
    if max(middles) - min(middles) < 0.5 * height:
        return []
    numbers = sorted(
        (
            (-_middle(line), number)
            for number, each in enumerate(band)
            for line in each.lines
            if any(map(_is_number, entries_of(line)))
        ),
    )
    clusters: list[list[tuple[float, int]]] = []
    for place, number in numbers:
        if clusters and place - clusters[-1][-1][0] < 0.5 * height:
            clusters[-1].append((place, number))
        else:
            clusters.append([(place, number)])
    several = [cluster for cluster in clusters if len({number for _, number in cluster}) > 1]
    kept = several or (clusters if len({number for _, number in numbers}) == 1 else [])
    rows = [-sum(place for place, _ in cluster) / len(cluster) for cluster in kept]
    if len(rows) < 2:
        return []
    names = next((each for each in band if _names_rows(each, rows, height)), None)
    if names is None:
        return []
    for above, line in zip([None, *names.lines], names.lines, strict=False):
        wraps = above is not None and above.right > names.mesh.right - FULL * line.height
        if not wraps and all(abs(_middle(line) - row) >= _BESIDE * height for row in rows):
            rows.append(_middle(line))
    return sorted(rows, reverse=True)


def _names_rows(held: _Held, rows: Sequence[float], height: float) -> bool:
    """Words in nearly all rows, and about as many lines: a note beside the figures has no such rhythm."""
    worded = [line for line in held.lines if _WORD.search(line.text)]
    beside = sum(any(abs(_middle(line) - row) < height for line in worded) for row in rows)
    return beside * 10 >= len(rows) * 8 and len(held.lines) <= 2.5 * len(rows)


def _holds_figure(line: TextLine) -> bool:
    return any(map(is_figure, entries_of(line)))


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2


def _is_number(piece: Piece) -> bool:
    """A figure with digits: dots and dashes of a text make no row."""
    return is_figure(piece) and any(map(str.isdigit, piece.text))


def _apart(held: _Held, places: Sequence[float], edges: Sequence[float], row: int) -> Iterable[RawCell]:
    """The cells of a mesh with several rows; what stands below several column heads belongs to the nearest."""
    found: dict[tuple[int, int], list[TextLine]] = {}
    worded = sum(_HAN.search(line.text) is not None for line in held.lines)
    prose = worded * 2 >= len(held.lines) > len(places)
    for line in held.lines:
        nearest = min(range(len(places)), key=lambda place: _away(places[place], line, prose))
        for piece in entries_of(line):
            column = held.mesh.column
            middle = (piece.left + piece.right) / 2
            while column < held.mesh.column + held.mesh.column_span - 1 and edges[column + 1] < middle:
                column += 1
            found.setdefault((nearest, column), []).append(TextLine([piece], line.page))
    for (place, column), lines in sorted(found.items()):
        yield RawCell(row + place, column, 1, 1, _contents(lines, edges[column + 1]))
