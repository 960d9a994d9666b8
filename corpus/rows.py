"""Tables that came out as lines: cells parted by bars, tabs, wide gaps or blanks, or by commas between quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product

from .headings import mark_of
from .lines import Line, is_spaced
from .paragraphs import ends_sentence
from .tables import (  # fmt: skip
    EMPTY,
    Piece,
    Region,
    Row,
    is_bare_year,
    is_numbered,
    is_unit_line,
    merged,
    names_rows_by_year,
    piece,
    table,
)

_BAR_RULE = re.compile(r"[|\s:+=-]+")
_GAP = re.compile(r"\s*[\t\u3000]\s*|\s{2,}")
"""An ideographic blank is as wide as a character: it parts cells."""
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"[-+△▲(]?\d[\d,]*(?:\.\d+)?[%‰]?\)?|[-–—─]")
_UNIT = re.compile(r"[㐀-鿿]{1,3}")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^,]*)')
_TOTALS = frozenset(("合計", "總計", "小計", "共計", "備註", "備考", "說明"))
_ACCOUNT_HEADS = re.compile(r"(?:[款項目節]|科目|名稱|及|編號)+")
_CODE = re.compile(r"\d{8,}")
_HEADER_LINES = 40
_GROUP_LINES = 3
"""So many lines may stand between the heads of the columns and the first figures: a group's name, a code."""
_MOST_REPEATED = 6
_LONGEST_NAME = 16
_LONGEST_SCRAP = 9


def line_tables(text: str, lines: Sequence[Line]) -> list[Region]:
    """Runs of lines that are the rows of a table, with their head."""
    regions: list[Region] = []
    parsed = [_row(text, line) for line in lines]
    at, floor = 0, 0
    while at < len(lines):
        row = parsed[at]
        if row is None:
            at += 1
            continue
        rows, behind = _rows_from(lines, parsed, at)
        region = _region(text, lines, parsed, rows, at, behind, floor)
        if region is not None:
            regions.append(region)
            floor = region.last
        at = max(behind, floor)
    return regions


def _rows_from(lines: Sequence[Line], parsed: Sequence[Row | None], at: int) -> tuple[list[Row], int]:
    """The rows of one width from a line on, and where they end. A name may take two lines, its figures on the second."""
    rows: list[Row] = []
    while at < len(lines):
        row, following = parsed[at], parsed[at + 1] if at + 1 < len(lines) else None
        if row is not None and (not rows or len(row) == len(rows[0])):
            rows.append(row)
            at += 1
        elif row is None and rows and following is not None and len(following) == len(rows[0]) and _CODE.fullmatch(lines[at].text):  # fmt: skip
            rows.append(_alone(lines[at], len(rows[0])))
            at += 1
        elif row is None and rows and following is not None and len(following) == len(rows[0]) and _is_half_name(lines[at]):  # fmt: skip
            name = merged([Piece(lines[at].text, lines[at].offsets), following[0]])
            rows.append([name, *following[1:]])
            at += 2
        else:
            break
    return rows, at


def _alone(line: Line, width: int) -> Row:
    """A line as a row of one cell."""
    return [Piece(line.text, line.offsets), *[EMPTY] * (width - 1)]


def _is_half_name(line: Line) -> bool:
    return (
        not line.residue
        and len(line.text) <= _LONGEST_SCRAP
        and not ends_sentence(line.text)
        and mark_of(line.text) is None
        and not any(char.isdigit() or char in ",:" for char in line.text)
    )


def _region(
    text: str, lines: Sequence[Line], parsed: Sequence[Row | None], rows: list[Row], first: int, behind: int, floor: int
) -> Region | None:
    rows = [row for row in rows if any(cell.text for cell in row)]
    if not rows or not any(cell.is_figure for row in rows for cell in row):
        return None
    width = len(rows[0])
    head, top = _head(text, lines, first, floor, width)
    explicit = lines[first].raw.count("|") >= 2
    enough = 1 if head and width >= 4 else 2 if width >= 3 or (head and width == 2) else 3
    if len(rows) < enough and not explicit:
        return None
    told = head and (names_rows_by_year(head[0][0].text) or is_numbered(rows[0]))
    if rows[0][0].is_figure and not rows[0][0].is_time and not told:
        return None
    header_rows = len(head)
    if not head:
        header_rows = next((at for at, row in enumerate(rows) if any(cell.is_figure for cell in row)), 0)
    while len(head) > 1 and behind < len(lines) and (row := _spread(parsed[behind], head[0])) is not None:
        rows.append(row)
        behind += 1
    unit, top = _unit_above(text, lines, top, floor)
    return Region(top, behind, table([*head, *rows], header_rows, lines[first].page, unit))


def _unit_above(text: str, lines: Sequence[Line], top: int, floor: int) -> tuple[Piece | None, int]:
    if top - 1 >= floor and is_unit_line(lines[top - 1].text):
        line = lines[top - 1]
        return Piece(line.text, line.offsets), top - 1
    return None, top


def _row(text: str, line: Line) -> Row | None:
    """The cells of a line, if it may be a row."""
    if line.residue:
        return None
    raw = line.raw
    if raw.count("|") >= 2:
        return _bar_row(text, line)
    if ('","' in raw or ",," in raw) and (printed := _as_printed(text, line)) is not None:
        return _comma_row(text, line, printed)
    body = raw.strip()
    tabs = body.count("\t")
    if line.spaced or is_spaced(body) or (tabs < 2 and ends_sentence(line.text)):
        return None
    if tabs:
        cells = _tab_cells(text, line)
        return cells if _has_figures(cells) else None
    if _GAP.search(_with_wide_blanks(text, line).strip()):
        cells = _gap_cells(text, line)
        if _has_figures(cells):
            return cells
    return _blank_row(text, line)


def _bar_row(text: str, line: Line) -> Row:
    if _BAR_RULE.fullmatch(line.raw):
        return [EMPTY] * max(line.raw.strip().strip("|").count("|") + 1, 1)
    stripped = line.raw.strip()
    first = line.raw.index(stripped)
    behind = first + len(stripped)
    first += stripped.startswith("|")
    behind -= stripped.endswith("|") and behind > first
    cells: list[Piece] = []
    for part in line.raw[first:behind].split("|"):
        cells.append(piece(text, line, first, first + len(part)))
        first += len(part) + 1
    return cells


def _as_printed(text: str, line: Line) -> str | None:
    """The line before folding, if its commas are those of a file of comma-separated values."""
    first, last = line.raw_offsets[0], line.raw_offsets[-1]
    printed = text[first : last + 1]
    return printed if len(printed) == len(line.raw) and ('","' in printed or ",," in printed) else None


def _comma_row(text: str, line: Line, raw: str) -> Row:
    cells: list[Piece] = []
    at = 0
    while at <= len(raw):
        found = _FIELD.match(raw, at)
        if found is None:
            break
        group = 1 if found.group(1) is not None else 2
        cells.append(piece(text, line, *found.span(group)))
        at = found.end()
        comma = raw.find(",", at)
        if comma < 0:
            break
        at = comma + 1
    return cells


def _has_figures(cells: Row) -> bool:
    """A name or a time first, or nothing, and a figure behind; a year may lack its 年."""
    named = len(cells) >= 2 and (not cells[0].is_figure or cells[0].is_time or (len(cells) > 2 and is_bare_year(cells[0].text)))  # fmt: skip
    return (named or is_numbered(cells)) and any(cell.is_figure and not cell.is_time for cell in cells[1:])


def _tab_cells(text: str, line: Line) -> list[Piece]:
    """The cells between tabs, those too that are empty."""
    cells: list[Piece] = []
    at = 0
    for part in line.raw.split("\t"):
        cells.append(piece(text, line, at, at + len(part)))
        at += len(part) + 1
    return cells


def _with_wide_blanks(text: str, line: Line) -> str:
    """The folded line, its ideographic blanks kept."""
    if "\u3000" not in text[line.raw_offsets[0] : line.raw_offsets[-1] + 1]:
        return line.raw
    signs = zip(line.raw, line.raw_offsets, strict=True)
    return "".join("\u3000" if sign == " " and text[at] == "\u3000" else sign for sign, at in signs)


def _gap_cells(text: str, line: Line) -> list[Piece]:
    raw = _with_wide_blanks(text, line)
    end = len(raw.rstrip())
    at = len(raw) - len(raw.lstrip())
    cells: list[Piece] = []
    for gap in _GAP.finditer(raw, at, end):
        cells.append(piece(text, line, at, gap.start()))
        at = gap.end()
    cells.append(piece(text, line, at, end))
    return cells


def _blank_row(text: str, line: Line) -> Row | None:
    """A label and at least two figures, parted by single blanks."""
    tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(line.raw)]
    first = next((at for at, token in enumerate(tokens) if _NUMBER.fullmatch(token[2])), len(tokens))
    if first == 0 and len(tokens) > 2 and is_bare_year(tokens[0][2]):
        first = 1  # kept only below a head that says so
    if not 1 <= first <= 4 or len(tokens) - first < 2:
        return None
    label = line.raw[tokens[0][0] : tokens[first - 1][1]]
    if any(char in label for char in ",。;:、「」") or (mark_of(line.text) is not None and len(tokens) - first < 3):
        return None
    spans = [(tokens[0][0], tokens[first - 1][1])]
    at = first
    while at < len(tokens):
        start, end, token = tokens[at]
        if not _NUMBER.fullmatch(token):
            return None
        if at + 1 < len(tokens) and _UNIT.fullmatch(tokens[at + 1][2]):
            at += 1
            end = tokens[at][1]
        spans.append((start, end))
        at += 1
    return [piece(text, line, *span) for span in spans] if len(spans) >= 3 else None


def _head(text: str, lines: Sequence[Line], first: int, floor: int, width: int) -> tuple[list[Row], int]:
    """The rows of column heads above a table, and where they begin.

    Over the heads may stand some that share columns, below them the name of the first group of rows.
    """
    at = first
    while at > floor and first - at < _GROUP_LINES and _names_a_group(lines[at - 1]):
        at -= 1
    head, top = _column_heads(text, lines, at, floor, width)
    shared = _shared_heads(text, lines[top - 1], head, width) if top > floor else None
    if shared is not None:
        head, top = [shared, *head], top - 1
    elif not head and at < first:
        return _column_heads(text, lines, first, floor, width)
    return [*head, *(_alone(line, width) for line in lines[at:first])] if head else [], top


def _names_a_group(line: Line) -> bool:
    """A code, the heads of the columns that number accounts, or a name with its mark: 二、資本門."""
    text = line.text
    named = mark_of(text) is not None and len(text) <= _LONGEST_SCRAP and not any(char in text for char in "。:, ")
    return not line.residue and bool(named or _CODE.fullmatch(text) or _ACCOUNT_HEADS.fullmatch(text))


def _spread(row: Row | None, shared: Row) -> Row | None:
    """A row with one figure for each of the heads that columns share: a difference, of which no share is told."""
    columns = [at for at, head in enumerate(shared) if head.text]
    if row is None or len(row) != len(columns) or len(columns) == len(shared):
        return None
    cells = dict(zip(columns, row, strict=True))
    return [cells.get(at, EMPTY) for at in range(len(shared))]


def _head_cells(text: str, line: Line) -> list[Piece]:
    """The heads of a line; 金    額, letters set apart, are one word."""
    cells: list[Piece] = []
    letters = 0
    for cell in _gap_cells(text, line):
        letters = letters + 1 if len(cell.text) == 1 and _UNIT.fullmatch(cell.text) else 0
        cells[-1:] = [merged([cells[-1], cell])] if letters > 1 else [*cells[-1:], cell]
    return cells


def _shared_heads(text: str, line: Line, head: Sequence[Row], width: int) -> Row | None:
    """Heads over a column of figures each, or each over the columns below which the same name stands first."""
    cells = _head_cells(text, line)
    if not 3 <= len(cells) < width or not _names_columns(line, cells):
        return None
    row: list[Piece] = [EMPTY] * width
    names = [cell.text for cell in head[0]] if head else []
    starts = (
        [at for at, name in enumerate(names) if at and name == names[1]] if head else range(width)[1 - len(cells) :]
    )
    if len(starts) != len(cells) - 1:
        return None
    for at, cell in zip((0, *starts), cells, strict=True):
        row[at] = cell
    return row


def _column_heads(text: str, lines: Sequence[Line], first: int, floor: int, width: int) -> tuple[list[Row], int]:
    """One line of as many words as columns, or words broken over several lines."""
    if first - 1 >= floor:
        above = lines[first - 1]
        if "\t" in above.raw.strip():
            cells = _tab_cells(text, above)
            if 2 <= len(cells) <= width and _names_columns(above, cells):
                return [cells + [EMPTY] * (width - len(cells))], first - 1
        for cells in (
            _head_cells(text, above),
            [piece(text, above, *found.span()) for found in _TOKEN.finditer(above.raw)],
        ):
            if len(cells) in (width, width - 1) and len(cells) >= 2 and _names_columns(above, cells):
                return [[EMPTY] * (width - len(cells)) + cells], first - 1
    return _broken_head(text, lines, first, floor, width)


def _broken_head(text: str, lines: Sequence[Line], first: int, floor: int, width: int) -> tuple[list[Row], int]:
    top = first
    while top > floor and first - top < _HEADER_LINES and _is_scrap(lines[top - 1]):
        top -= 1
    words = [piece(text, line, *found.span()) for line in lines[top:first] for found in _TOKEN.finditer(line.raw)]
    if width < 3 or len(words) < width - 1:
        return [], first
    if len(words) in (width, width - 1):
        return [[EMPTY] * (width - len(words)) + words], top
    for row in (_in_pairs(words, width), _by_repeats(words, width)):
        if row is not None:
            return [row], top
    return [], first


def _together(words: Sequence[Piece]) -> Piece:
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
        row.append(_together(words[at : at + step]))
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
            row = [_together(words[:first]), *_attached(words[first:], tails, set(repeated) - tails)]
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
    return [_together(group) for group in groups]


def _is_scrap(line: Line) -> bool:
    """A few characters on a line, as column heads come out."""
    return _is_half_name(line) and "、" not in line.text


def _names_columns(line: Line, cells: Sequence[Piece]) -> bool:
    return (
        not any(cell.is_figure and not cell.is_time for cell in cells)
        and not ends_sentence(line.text)
        and "," not in line.text
        and max(len(cell.text) for cell in cells) <= _LONGEST_NAME
    )
