"""The column heads above a table that came out as lines: words of one line or of several, over one column or more.

Where the lines keep the look of the page, a head stands over its columns. Where they do not, the heads are counted: one
for each column, or as many groups of the same names as the line above has heads. What fits no way is no head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from .fold import width as page_width
from .lines import Line
from .paragraphs import ends_sentence
from .row_cells import CutLine, Span, at_blanks, cut, words_of
from .tables import EMPTY, Piece, Row, counts_years, is_half_name, is_unit_line, names_ordinals

_NOTES = frozenset(("備註", "備考", "附註", "說明"))
_TOTALS = frozenset(("合計", "總計", "小計", "共計")) | _NOTES
_UNIT = re.compile(r"\((?:單位:)?(?:[%‰]|[^()\d]{1,6})\)")
_SET_WIDE = frozenset(
    ("項目", "科目", "金額", "數額", "合計", "總計", "小計", "備註", "備考", "說明", "年度", "名稱", "類別", "機關")
)
"""Words of two characters that heads set with a gap between them."""
_NUMBERLESS = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))?[^\d,:、]{1,12}")
_HEADER_LINES = 40
_MOST_HEAD_LINES = 4
_MOST_REPEATED = 6
_LONGEST_NAME = 16
_PLAIN_NUMBER = re.compile(r"[-+(]?\d[\d,.]*\)?")
_MOST_STACKED = 8
_LONGEST_STACKED = 4
"""So many characters may stand alone on a line of a head that takes several."""
_LEAST_ROWS = 2
"""Rows that must stand under each other before their place on the page says anything."""

Columns = Callable[[str], int]
Covers = dict[tuple[int, int], int]
"""Row and column of a head, and how many columns it covers."""


@dataclass(frozen=True, slots=True)
class ColumnHeads:
    """Rows of heads, the outermost first, how many columns each of their cells covers, and the first line of them."""

    rows: tuple[Row, ...] = ()
    covers: Mapping[tuple[int, int], int] = field(default_factory=dict)
    top: int = 0


def column_heads(
    text: str, lines: Sequence[Line], first: int, floor: int, width: int, body: Sequence[CutLine]
) -> ColumnHeads:
    """The heads above ``lines[first]``, not above ``lines[floor]``, for a table of ``width`` columns.

    ``body`` holds the rows that stand on one line each.
    """
    group = first - 1 if first > floor and _names_a_group(lines[first - 1]) else first
    placed = _by_place(text, lines, first, floor, width, body)
    if placed is not None:
        return ColumnHeads(tuple(placed[0]), placed[1], placed[2])
    above, tops = _head_lines(text, lines, group, floor)
    for count in range(len(above), 0, -1):  # the more lines of heads are understood, the better
        found = _by_count(above[:count], width)
        if found is not None:
            rows, covers = found
            under = [[Piece(lines[group].text, lines[group].offsets), *[EMPTY] * (width - 1)]] if group < first else []
            return ColumnHeads((*rows, *under), covers, tops[count - 1])
    rows, top = _broken_head(text, lines, first, floor, width)
    return ColumnHeads(tuple(rows), {}, top)


def _names_a_group(line: Line) -> bool:
    """Whether a line between the heads and the rows may name the rows below it, or end the head of their names."""
    alone = len(at_blanks(line)) == 1 and not line.residue
    return alone and _NUMBERLESS.fullmatch(line.text) is not None and not ends_sentence(line.text)


def _head_lines(text: str, lines: Sequence[Line], first: int, floor: int) -> tuple[list[list[CutLine]], list[int]]:
    """The lines of words above a table, the nearest first, each with the ways to cut it; and where each stands."""
    found: list[list[CutLine]] = []
    tops: list[int] = []
    at = first - 1
    while at >= floor and len(found) < _MOST_HEAD_LINES:
        line = lines[at]
        if line.residue or is_unit_line(line.text):
            break
        ways = [way for way in words_of(text, line) if len(way.cells) >= 2 and _names_columns(line, way.cells)]
        if not ways:
            break
        found.append(ways)
        tops.append(at)
        at -= 1
    return found, tops


def _names_columns(line: Line, cells: Sequence[Piece]) -> bool:
    years = counts_years([cell.text for cell in cells if cell.is_figure])
    return (
        (years or not any(cell.is_figure and not cell.is_time for cell in cells))
        and not ends_sentence(line.text)
        and "," not in line.text
        and max(len(cell.text) for cell in cells) <= _LONGEST_NAME
    )


# --- by count -----------------------------------------------------------------------------------------------------------


def _by_count(above: Sequence[Sequence[CutLine]], width: int) -> tuple[list[list[Piece]], Covers] | None:
    """A head for every column in the nearest line; farther ones have as many, or one for each group of the same names."""
    leaves = _one_each(above[0], width)
    if leaves is None:
        return None
    rows, covers = [leaves], dict[int, dict[int, int]]()
    for ways in above[1:]:
        row = _one_each(ways, width)
        groups = None if row is not None else _over_groups(ways, rows[-1])
        if row is None and groups is None:
            return None
        if groups is not None:
            row, covers[len(rows)] = groups
        rows.append(row or [])
    last = len(rows) - 1
    return rows[::-1], {(last - at, column): span for at, found in covers.items() for column, span in found.items()}


def _one_each(ways: Sequence[CutLine], width: int) -> list[Piece] | None:
    if all(names_ordinals(piece.text) for piece in ways[-1].cells):  # 款 項 目 節 名稱及編號 are all of the row's name
        return [together(ways[-1].cells), *[EMPTY] * (width - 1)]
    for pieces in _readings(ways):
        if len(pieces) == width + 1:
            pieces = _one_less(pieces)
        if len(pieces) in (width, width - 1):
            return [EMPTY] * (width - len(pieces)) + list(pieces)
    cells = ways[0].cells
    if "\t" in ways[0].line.raw.strip() and len(cells) <= width:
        return [*cells, *[EMPTY] * (width - len(cells))]
    return None


def _one_less(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The heads without that of a column in which nothing stands: of notes at the end, of running numbers before the names."""
    if pieces[-1].text in _NOTES:
        return pieces[:-1]
    return pieces[1:] if names_ordinals(pieces[0].text) else pieces


def _over_groups(ways: Sequence[CutLine], below: Sequence[Piece]) -> tuple[list[Piece], dict[int, int]] | None:
    """Heads over equal groups of columns, behind the names of the rows: 本年度, 上年度 over 金額, 百分比, 金額, 百分比."""
    names = [piece.text for piece in below[1:]]
    for pieces in _readings(ways):
        for lead in (1, 0):  # the names of the rows may have a head of their own
            groups = len(pieces) - lead
            size = len(names) // groups if groups > 1 and len(names) % groups == 0 else 0
            if size > 1 and len(set(names[::size])) == 1 and len(set(names[:size])) == size:
                row = [pieces[0] if lead else EMPTY, *[EMPTY] * len(names)]
                for number, piece in enumerate(pieces[lead:]):
                    row[1 + number * size] = piece
                return row, {1 + number * size: size for number in range(groups)}
    return None


def _readings(ways: Sequence[CutLine]) -> Iterator[Sequence[Piece]]:
    """The words of a line in each way it may be cut."""
    for way in ways:
        yield _wide_words(way).cells


# --- by place -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stack:
    """Words that stand above each other, from the nearest to the table up, and how far they reach."""

    words: list[Piece]
    left: int
    right: int


def _by_place(
    text: str, lines: Sequence[Line], first: int, floor: int, width: int, body: Sequence[CutLine]
) -> tuple[list[list[Piece]], Covers, int] | None:
    """The words that stand above each other are one head; a word over several of them is the head of a group.

    As many heads as columns are taken one for one: converters do not set them right over their figures. Otherwise each
    has to stand over one column.
    """
    if len(body) < _LEAST_ROWS or not _keeps_the_page(body):
        return None
    for columns in (page_width, len):  # some converters count a Chinese character as one column
        rows = [_on_page(text, row, columns) for row in body]
        ranges = [(min(row[at][0] for row in rows), max(row[at][1] for row in rows)) for at in range(width)]
        stacks, groups, top = _stacks(text, lines, first, floor, width, columns)
        order = _columns_of(stacks, ranges) if all(left[1] <= right[0] for left, right in pairwise(ranges)) else None
        if order is None:
            continue
        leaves, over, covers = [EMPTY] * width, [EMPTY] * width, Covers()
        for column, stack in zip(order, stacks, strict=True):
            leaves[column] = together(stack.words[::-1])
        if not all(leaf.text for leaf in leaves[1:]):
            continue
        for piece, members in groups:
            under = sorted(order[stacks.index(stack)] for stack in members)
            over[under[0]] = together([over[under[0]], piece]) if over[under[0]].text else piece
            covers[0, under[0]] = under[-1] - under[0] + 1
        return ([over, leaves], covers, top) if groups else ([leaves], {}, top)
    return None


def _stacks(
    text: str, lines: Sequence[Line], first: int, floor: int, width: int, columns: Columns
) -> tuple[list[_Stack], list[tuple[Piece, list[_Stack]]], int]:
    """The heads from left to right, the words over several of them with those, and the first line of all."""
    stacks: list[_Stack] = []
    groups: list[tuple[Piece, list[_Stack]]] = []
    at = first
    while at > floor and first - at < _MOST_STACKED and _may_be_head(lines[at - 1], width):
        at -= 1
        words = _wide_words(cut(text, lines[at], at_blanks(lines[at])))
        here: list[_Stack] = []
        for piece, (left, right) in zip(words.cells, _on_page(text, words, columns), strict=True):
            under = [stack for stack in stacks if left < stack.right and stack.left < right]
            if len(under) > 1:
                groups.append((piece, _with_the_next(under, stacks, left, right)))
            elif under:
                under[0].words.append(piece)
                under[0].left, under[0].right = min(left, under[0].left), max(right, under[0].right)
            else:
                here.append(_Stack([piece], left, right))
        stacks = sorted([*stacks, *here], key=_left)
    return stacks, groups, at


def _with_the_next(under: list[_Stack], stacks: Sequence[_Stack], left: int, right: int) -> list[_Stack]:
    """A word centred over three heads need not reach over the last: one no farther behind it than it is wide."""
    behind = next((stack for stack in stacks if stack.left >= right), None)
    return [*under, behind] if behind is not None and behind.left - right <= right - left else under


def _keeps_the_page(body: Sequence[CutLine]) -> bool:
    """Whether blanks set the cells under each other; the same few between all cells only part them."""
    between = [row.line.raw[left[1] : right[0]] for row in body for left, right in pairwise(row.spans)]
    return all(gap.strip(" ") == "" for gap in between) and len({len(gap) for gap in between}) > 1


def _columns_of(stacks: Sequence[_Stack], ranges: Sequence[Span]) -> list[int] | None:
    """The column of each head."""
    width = len(ranges)
    if len(stacks) in (width, width - 1):
        return list(range(width - len(stacks), width))
    over = [
        [at for at, (left, right) in enumerate(ranges) if stack.left < right and left < stack.right] for stack in stacks
    ]
    order = [at for columns in over for at in columns]
    return (
        order if len(order) == len(stacks) == len(set(order)) and all(len(columns) == 1 for columns in over) else None
    )


def _wide_words(words: CutLine) -> CutLine:
    """The words of a line, those put together that are set wide: 項　目, and units with what they measure: 完成率 (%)."""
    cells: list[Piece] = []
    spans: list[Span] = []
    for piece, span in zip(words.cells, words.spans, strict=True):
        if cells and (cells[-1].text + piece.text in _SET_WIDE or _UNIT.fullmatch(piece.text)):
            cells[-1], spans[-1] = together([cells[-1], piece]), (spans[-1][0], span[1])
        else:
            cells.append(piece)
            spans.append(span)
    return CutLine(words.line, tuple(cells), tuple(spans))


def _left(stack: _Stack) -> int:
    return stack.left


def _on_page(text: str, row: CutLine, columns: Columns) -> list[Span]:
    """From where to where each cell of a line reaches on the page."""
    places = row.line.raw_offsets
    found: list[Span] = []
    for start, stop in row.spans:
        left = columns(text[places[0] : places[start]])
        found.append((left, left + columns(text[places[start] : places[stop - 1] + 1]) if stop > start else left))
    return found


def _may_be_head(line: Line, width: int) -> bool:
    words = line.raw.split()
    return (
        not line.residue
        and not is_unit_line(line.text)
        and not ends_sentence(line.text)
        and len(words) <= width + len(_SET_WIDE)
        and max(map(len, words)) <= _LONGEST_NAME
        and not any(_PLAIN_NUMBER.fullmatch(word) for word in words)
        and (len(words) > 1 or len(words[0]) <= _LONGEST_STACKED)
    )


# --- one word a line ----------------------------------------------------------------------------------------------------


def _broken_head(text: str, lines: Sequence[Line], first: int, floor: int, width: int) -> tuple[list[list[Piece]], int]:
    """Words broken over several lines, one or a few on each."""
    top = first
    while top > floor and first - top < _HEADER_LINES and _is_scrap(lines[top - 1]):
        top -= 1
    words = [piece for line in lines[top:first] for piece in cut(text, line, at_blanks(line)).cells]
    if width < 3 or len(words) < width - 1:
        return [], first
    if len(words) in (width, width - 1):
        return [[EMPTY] * (width - len(words)) + words], top
    for row in (_in_pairs(words, width), _by_repeats(words, width)):
        if row is not None:
            return [row], top
    return [], first


def _is_scrap(line: Line) -> bool:
    """A few characters on a line, as column heads come out."""
    return is_half_name(line) and "、" not in line.text


def together(words: Sequence[Piece]) -> Piece:
    """Words that are one."""
    return Piece("".join(word.text for word in words), [offset for word in words for offset in word.offsets])


def _in_pairs(words: Sequence[Piece], width: int) -> list[Piece] | None:
    """Every column head was broken in two, totals aside."""
    whole = [word for word in words if word.text in _TOTALS]
    if len(words) - len(whole) != 2 * (width - len(whole)):
        return None
    row: list[Piece] = []
    at = 0
    while at < len(words):
        step = 1 if words[at].text in _TOTALS else 2
        row.append(together(words[at : at + step]))
        at += step
    return row if len(row) == width else None


def _by_repeats(words: Sequence[Piece], width: int) -> list[Piece] | None:
    """A word that comes again is the second half of some heads or the first of others; only one reading may fit."""
    times = Counter(word.text for word in words if word.text not in _TOTALS)
    repeated = sorted(text for text, count in times.items() if count > 1)
    if not 0 < len(repeated) <= _MOST_REPEATED:
        return None
    found: dict[tuple[str, ...], list[Piece]] = {}
    for first in (1, 2):
        for sides in product((True, False), repeat=len(repeated)):
            tails = {text for text, tail in zip(repeated, sides, strict=True) if tail}
            row = [together(words[:first]), *_attached(words[first:], tails, set(repeated) - tails)]
            if len(row) == width:
                found[tuple(cell.text for cell in row)] = row
    return next(iter(found.values())) if len(found) == 1 else None


def _attached(words: Sequence[Piece], tails: set[str], heads: set[str]) -> list[Piece]:
    """Tails go to the word before them, heads to the word behind."""
    groups: list[list[Piece]] = []
    for word in words:
        last = groups[-1] if groups else []
        free = len(last) == 1 and last[0].text not in _TOTALS and word.text not in _TOTALS
        if free and (last[0].text in heads) != (word.text in tails):
            last.append(word)
        else:
            groups.append([word])
    return [together(group) for group in groups]
