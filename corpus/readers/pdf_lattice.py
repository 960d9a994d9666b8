"""Tables whose cells are drawn: level and upright lines that cross make a lattice, its meshes are cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .pdf_page import MOST_RULES, Rule

_NEAR = 2.5
"""Lines so near each other (in points) are one."""
_REACH = 3.5
"""So far a line may end before the one that it meets."""
_LEAST_CELL = 4.0
_LEAST_LEVELS = 3
_MOST_MESHES = 60_000


@dataclass(slots=True)
class Mesh:
    """A cell of a lattice: its first row and column, how many it covers, and its sides."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Lattice:
    """A table that is drawn: where it stands, and its cells."""

    left: float
    bottom: float
    right: float
    top: float
    edges: tuple[float, ...]
    """Places of its upright lines, from the left."""
    levels: tuple[float, ...]
    """Heights of its level lines, from below."""
    meshes: list[Mesh] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """Collinear rules as one: its place, and the stretches that are drawn."""

    at: float
    spans: list[tuple[float, float]]

    def covers(self, start: float, end: float) -> bool:
        """Whether the line is drawn along nearly all of a stretch."""
        drawn = 0.0
        for begin, stop in self.spans:
            if begin < end and start < stop:
                drawn += min(end, stop) - max(start, begin)
        return drawn >= 0.8 * (end - start) - _NEAR


def lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """The lattices of a page, from above."""
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    level, upright = _merged(rule for rule in rules if rule.level), _merged(rule for rule in rules if not rule.level)
    found = []
    upright = [*upright, *_open_sides(level, upright)]
    for levels, uprights in _connected([*level, *_open_ends(level, upright)], upright):
        lattice = _lattice(levels, uprights)
        if lattice is not None:
            found.append(lattice)
    return sorted(_outermost(found), key=lambda each: -each.top)


def _merged(rules: Iterable[Rule]) -> list[_Line]:
    """Rules on one line are one line, with the stretches that are drawn of it."""
    lines: list[_Line] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1].at <= _NEAR:
            lines[-1].spans.append((rule.start, rule.end))
        else:
            lines.append(_Line(rule.at, [(rule.start, rule.end)]))
    for line in lines:
        joined: list[tuple[float, float]] = []
        for start, end in sorted(line.spans):
            if joined and start <= joined[-1][1] + _NEAR:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        line.spans = joined
    return lines


def _open_sides(level: Sequence[_Line], upright: Sequence[_Line]) -> list[_Line]:
    """The sides of tables that are drawn without them: where level lines begin or end at one place.

    Three of them will do, or two that upright lines between them meet, as the lines above and below a row of heads.
    """
    sides: list[_Line] = []
    stretches = [(start, end, line.at) for line in level for start, end in line.spans]
    alike: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for start, end, at in stretches:
        alike.setdefault((round(start / _REACH), round(end / _REACH)), []).append((start, end, at))
    for group in alike.values():
        if len(group) < 2:
            continue
        left, right, _ = group[0]
        heights = [at for _, _, at in group]
        low, high = min(heights), max(heights)
        inside = [
            span
            for line in upright
            if left < line.at < right
            for span in line.spans
            if span[0] < high and span[1] > low
        ]
        meeting = [span for span in inside if span[0] <= low + _REACH and span[1] >= high - _REACH]
        if not inside or (len(group) < _LEAST_LEVELS and len(meeting) < _LEAST_LEVELS - 1):
            continue
        below = min([low, *(span[0] for span in meeting)])
        for side in (left, right):
            if not any(abs(line.at - side) <= _REACH for line in upright):
                sides.append(_Line(side, [(below, high)]))
    return sides


def _open_ends(level: Sequence[_Line], upright: Sequence[_Line]) -> list[_Line]:
    """The lower ends of tables that go on overleaf: upright lines, side by side, that end at one height without a line."""
    ends: list[_Line] = []
    falling = sorted((span[0], line.at, span[1]) for line in upright for span in line.spans)
    at = 0
    while at < len(falling):
        behind = at
        while behind < len(falling) and falling[behind][0] - falling[at][0] <= _REACH:
            behind += 1
        group = falling[at:behind]
        height, left, right = falling[at][0], min(line[1] for line in group), max(line[1] for line in group)
        top = min(line[2] for line in group)
        closed = any(abs(line.at - height) <= _REACH and line.covers(left, right) for line in level)
        hung = any(height < line.at <= top + _REACH and line.covers(left, right) for line in level)
        if len(group) >= _LEAST_LEVELS and hung and not closed:
            ends.append(_Line(height, [(left, right)]))
        at = behind
    return ends


def _connected(level: Sequence[_Line], upright: Sequence[_Line]) -> Iterable[tuple[list[_Line], list[_Line]]]:
    """Lines that cross or meet belong together, each stretch of a line by itself."""
    levels = [_Line(line.at, [span]) for line in level for span in line.spans]
    uprights = [_Line(line.at, [span]) for line in upright for span in line.spans]
    parent = list(range(len(levels) + len(uprights)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for number, one in enumerate(levels):
        start, end = one.spans[0]
        for other_number, other in enumerate(uprights):
            low, high = other.spans[0]
            if start - _REACH <= other.at <= end + _REACH and low - _REACH <= one.at <= high + _REACH:
                parent[root(number)] = root(len(levels) + other_number)
    groups: defaultdict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for number, one in enumerate(levels):
        groups[root(number)][0].append(one)
    for number, one in enumerate(uprights):
        groups[root(len(levels) + number)][1].append(one)
    return list(groups.values())


def _lattice(level: Sequence[_Line], upright: Sequence[_Line]) -> Lattice | None:
    rows = _regrouped(level)
    columns = _regrouped(upright)
    if len(rows) < 2 or len(columns) < 2 or len(rows) * len(columns) > _MOST_MESHES:
        return None
    rows.reverse()  # from above
    edges = tuple(line.at for line in columns)
    levels = tuple(line.at for line in reversed(rows))
    lattice = Lattice(edges[0], levels[0], edges[-1], levels[-1], edges, levels)
    lattice.meshes = _meshes(rows, columns)
    return lattice if len(lattice.meshes) > 1 else None


def _regrouped(lines: Sequence[_Line]) -> list[_Line]:
    grouped: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.at):
        if grouped and line.at - grouped[-1].at <= _LEAST_CELL:
            grouped[-1].spans.extend(line.spans)
        else:
            grouped.append(_Line(line.at, list(line.spans)))
    return grouped


def _meshes(rows: Sequence[_Line], columns: Sequence[_Line]) -> list[Mesh]:
    """The cells: neighbouring meshes between which no line is drawn are one cell, if together they are a rectangle."""
    meshes: list[Mesh] = []
    taken: set[tuple[int, int]] = set()
    height, width = len(rows) - 1, len(columns) - 1
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < width and (row, right) not in taken and not _parted(columns[right], rows[row], rows[row + 1]):
                right += 1
            under = row + 1
            while under < height and all(
                (under, each) not in taken and not _parted_level(rows[under], columns[each], columns[each + 1])
                for each in range(column, right)
            ) and not any(_parted(columns[each], rows[under], rows[under + 1]) for each in range(column + 1, right)):  # fmt: skip
                under += 1
            taken.update((down, each) for down in range(row, under) for each in range(column, right))
            meshes.append(
                Mesh(
                    row,
                    column,
                    under - row,
                    right - column,
                    columns[column].at,
                    rows[under].at,
                    columns[right].at,
                    rows[row].at,
                )
            )
    return meshes


def _parted(upright: _Line, above: _Line, below: _Line) -> bool:
    return upright.covers(below.at + _NEAR, above.at - _NEAR)


def _parted_level(level: _Line, left: _Line, right: _Line) -> bool:
    return level.covers(left.at + _NEAR, right.at - _NEAR)


def _outermost(found: Sequence[Lattice]) -> list[Lattice]:
    """A lattice within a mesh of another is drawn inside a cell: the outer one holds its text."""
    return [
        one
        for one in found
        if not any(
            other is not one
            and other.left - 1 <= one.left
            and one.right <= other.right + 1
            and other.bottom - 1 <= one.bottom
            and one.top <= other.top + 1
            and len(other.meshes) >= len(one.meshes)
            for other in found
        )
    ]
