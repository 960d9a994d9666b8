"""How a line is cut into the cells of a row: at bars, tabs, wide gaps or blanks, or at the commas of a file of values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .headings import mark_of
from .lines import Line, is_spaced
from .paragraphs import ends_sentence
from .tables import EMPTY, Piece, is_bare_year, piece

_BAR_RULE = re.compile(r"[|\s:+=-]+")
_GAP = re.compile(r"\s*[\t\u3000]\s*|\s{2,}")
"""An ideographic blank is as wide as a character: it parts cells."""
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"[-+△▲(]?\d[\d,]*(?:\.\d+)?[%‰]?\)?|[-–—─]")
_UNIT = re.compile(r"[㐀-鿿]{1,3}")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^,]*)')
_RUNNING = re.compile(r"\d{1,3}")
_AGE = re.compile(r"\d{1,2}歲")
"""The first half of 65歲以上, which heads a column."""
_WORD = re.compile(r"[㐀-鿿A-Za-z]")

Span = tuple[int, int]
"""From where to where a cell stands in the raw line."""


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line that was cut into cells."""

    line: Line
    cells: tuple[Piece, ...]
    spans: tuple[Span, ...]


def cut(text: str, line: Line, spans: list[Span]) -> CutLine:
    """The line with its cells at these places."""
    return CutLine(line, tuple(piece(text, line, *span) for span in spans), tuple(spans))


def row_of(text: str, line: Line) -> CutLine | None:
    """The cells of a line, if it may be a row of figures."""
    if line.residue:
        return None
    raw = line.raw
    if raw.count("|") >= 2:
        return _bar_row(text, line)
    if ('","' in raw or ",," in raw) and (printed := _as_printed(text, line)) is not None:
        return cut(text, line, _fields(printed))
    body = raw.strip()
    tabs = body.count("\t")
    if line.spaced or is_spaced(body) or (tabs < 2 and ends_sentence(line.text)):
        return None
    if tabs:
        cells = cut(text, line, at_tabs(line))
        return cells if _has_figures(cells) else None
    if _GAP.search(_with_wide_blanks(text, line).strip()):
        cells = cut(text, line, _at_gaps(text, line))
        if _has_figures(cells):
            return cells
    return _blank_row(text, line)


def words_of(text: str, line: Line) -> list[CutLine]:
    """The ways in which a line may be cut into heads: at its tabs, or at its wide gaps, or at all its blanks."""
    if "\t" in line.raw.strip():
        return [cut(text, line, at_tabs(line))]
    ways = [_at_gaps(text, line), at_blanks(line)]
    return [cut(text, line, spans) for spans in (ways if ways[0] != ways[1] else ways[:1])]


def at_tabs(line: Line) -> list[Span]:
    """The cells between tabs, those too that are empty."""
    spans: list[Span] = []
    at = 0
    for part in line.raw.split("\t"):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    return spans


def at_blanks(line: Line) -> list[Span]:
    """Each word of a line."""
    return [found.span() for found in _TOKEN.finditer(line.raw)]


def _at_gaps(text: str, line: Line) -> list[Span]:
    raw = _with_wide_blanks(text, line)
    end = len(raw.rstrip())
    at = len(raw) - len(raw.lstrip())
    spans: list[Span] = []
    for gap in _GAP.finditer(raw, at, end):
        spans += _numbers_apart(raw, at, gap.start())
        at = gap.end()
    return [*spans, *_numbers_apart(raw, at, end)]


def _numbers_apart(raw: str, start: int, end: int) -> list[Span]:
    """Numbers that fill their columns so far that a single blank parts them: 268,929 284,299."""
    parts = [found.span() for found in _TOKEN.finditer(raw, start, end)]
    return parts if len(parts) > 1 and all(_NUMBER.fullmatch(raw, *part) for part in parts) else [(start, end)]


def _with_wide_blanks(text: str, line: Line) -> str:
    """The folded line, its ideographic blanks kept."""
    if "\u3000" not in text[line.raw_offsets[0] : line.raw_offsets[-1] + 1]:
        return line.raw
    signs = zip(line.raw, line.raw_offsets, strict=True)
    return "".join("\u3000" if sign == " " and text[at] == "\u3000" else sign for sign, at in signs)


def _bar_row(text: str, line: Line) -> CutLine:
    if _BAR_RULE.fullmatch(line.raw):
        empty = max(line.raw.strip().strip("|").count("|") + 1, 1)
        return CutLine(line, (EMPTY,) * empty, ((0, 0),) * empty)
    stripped = line.raw.strip()
    first = line.raw.index(stripped)
    behind = first + len(stripped)
    first += stripped.startswith("|")
    behind -= stripped.endswith("|") and behind > first
    spans: list[Span] = []
    for part in line.raw[first:behind].split("|"):
        spans.append((first, first + len(part)))
        first += len(part) + 1
    return cut(text, line, spans)


def _as_printed(text: str, line: Line) -> str | None:
    """The line before folding, if its commas are those of a file of comma-separated values."""
    first, last = line.raw_offsets[0], line.raw_offsets[-1]
    printed = text[first : last + 1]
    return printed if len(printed) == len(line.raw) and ('","' in printed or ",," in printed) else None


def _fields(raw: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    while at <= len(raw):
        found = _FIELD.match(raw, at)
        if found is None:
            break
        group = 1 if found.group(1) is not None else 2
        spans.append(found.span(group))
        at = found.end()
        comma = raw.find(",", at)
        if comma < 0:
            break
        at = comma + 1
    return spans


def leads_with_running_number(cells: tuple[Piece, ...]) -> bool:
    """Whether a row begins with a running number and its name: 7, 一般行政, 32,000."""
    return len(cells) > 2 and _RUNNING.fullmatch(cells[0].text) is not None and _names(cells[1])


def _names(cell: Piece) -> bool:
    return not cell.is_figure and not cell.is_time and _WORD.search(cell.text) is not None


def _has_figures(row: CutLine) -> bool:
    """A name or a time first, or nothing, and a figure behind; a year may lack its 年, and a number may run before the name."""
    cells = row.cells
    named = len(cells) >= 2 and (
        not cells[0].is_figure
        or cells[0].is_time
        or (len(cells) > 2 and is_bare_year(cells[0].text))
        or leads_with_running_number(cells)
    )
    return named and any(cell.is_figure and not cell.is_time and not _AGE.fullmatch(cell.text) for cell in cells[1:])


def _blank_row(text: str, line: Line) -> CutLine | None:
    """A label and at least two figures, parted by single blanks."""
    tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(line.raw)]
    running = len(tokens) > 3 and _RUNNING.fullmatch(tokens[0][2]) is not None and not _NUMBER.fullmatch(tokens[1][2])
    lead = int(running)
    first = next((at for at in range(lead, len(tokens)) if _NUMBER.fullmatch(tokens[at][2])), len(tokens))
    if first == 0 and len(tokens) > 2 and is_bare_year(tokens[0][2]):
        first = 1  # kept only below a head that says so
    if not 1 <= first - lead <= 4 or len(tokens) - first < 2 + lead:
        return None
    label = line.raw[tokens[lead][0] : tokens[first - 1][1]]
    if any(char in label for char in ",。;:、「」") or (mark_of(line.text) is not None and len(tokens) - first < 3):
        return None
    spans = [*(token[:2] for token in tokens[:lead]), (tokens[lead][0], tokens[first - 1][1])]
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
    return cut(text, line, spans) if len(spans) >= 3 else None
