"""Lines of a report, each cleaned of blanks that mean nothing, with the way back to its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .fold import fold_stretch, width

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]\n]{0,80}\]")
_TOKEN = re.compile(r"\S+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")

_SPACED_DATE = re.compile(r"(?<![\d.,] )(?<!\S)\d(?: \d){1,2}(?= ?[年月日])|(?<=[:：年月])\d(?: \d){1,2}(?= ?[年月日])")
_COLUMN_GAP = 2
_FIRST_UNIT = re.compile(r"[A-Za-z0-9.,%+/-]{1,12}|.[、。，,；;：:）)」』！!？?]{0,3}")
_WIDEST_UNIT = 12

Offsets = Sequence[int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty. ``raw`` is folded only; ``text`` is cleaned as well, ``offsets`` go with ``text``."""

    start: int
    raw: str
    raw_offsets: Offsets
    text: str
    offsets: Offsets
    width: int
    """Columns up to its last character, the indent included."""
    unit: int
    """Columns of what cannot be parted from its first character: a word, a closing bracket."""
    indent: int
    gap: int
    """Empty lines before it."""
    page: int | None
    leads_page: bool
    """A form feed stands before it."""
    residue: bool = False
    spaced: bool = False
    """The whole report has a blank between all characters."""
    apart: bool = False
    """It begins a cell or a column, and is never joined to the line before."""


def split(text: str, start: int, end: int, first_page: int | None) -> Iterator[tuple[int, int, int, int | None, bool]]:
    """The lines between two offsets: start, end, empty lines before, page, whether a page begins."""
    gap, page, leads = 0, first_page, False
    at = start
    while at <= end:
        found = _LINE_END.search(text, at, end)
        stop = found.start() if found else end
        if text[at:stop].strip():
            yield at, stop, gap, page, leads
            gap, leads = 0, False
        else:
            gap += 1
        if found is None:
            return
        if found.group() == "\x0c":
            leads = True
            page = None if page is None else page + 1
        at = found.end()


def lines_of(text: str, start: int, end: int, spaced: bool, page: int | None) -> Iterator[Line]:
    """The cleaned lines between two offsets; bookmarks of a word processor become residue lines of their own."""
    for at, stop, gap, on_page, leads in split(text, start, end, page):
        for piece_start, piece_stop, residue in _without_bookmarks(text, at, stop):
            line = make_line(text, piece_start, piece_stop, spaced, gap, on_page, leads, residue)
            if line is not None:
                yield line
                leads = False


def _without_bookmarks(text: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    if text.find("[bookmark", start, stop) < 0:
        yield start, stop, False
        return
    at = start
    for found in _BOOKMARK.finditer(text, start, stop):
        yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    yield at, stop, False


def make_line(
    text: str, start: int, stop: int, spaced: bool, gap: int, page: int | None, leads: bool, residue: bool = False
) -> Line | None:
    """Fold and clean one stretch of a line; None if it holds no ink."""
    raw, raw_offsets = fold_stretch(text, start, stop)
    stripped = raw.rstrip()
    body = stripped.lstrip()
    if not body:
        return None
    indent = len(stripped) - len(body)
    cleaned, offsets = clean(text, raw, raw_offsets, spaced or is_spaced(body))
    # Converters put a blank between Chinese and Latin where the page has a gap half as wide.
    columns = width(text[start:stop].rstrip().expandtabs(4))
    columns += 1 if spaced else (len(cleaned) - len(body)) // 2
    return Line(
        start,
        raw,
        raw_offsets,
        cleaned,
        offsets,
        columns,
        _unit(text[start:stop].lstrip(), spaced),
        indent,
        gap,
        page,
        leads,
        residue,
        spaced,
    )


def _unit(body: str, spaced: bool) -> int:
    found = None if spaced else _FIRST_UNIT.match(body)
    return min(width(found.group()), _WIDEST_UNIT) if found else width(body[:1]) + 1


def clean(text: str, raw: str, raw_offsets: Offsets, spaced: bool) -> tuple[str, Offsets]:
    """Drop the blanks of a folded line, but keep one between two Latin or digit tokens."""
    tokens = [found.span() for found in _TOKEN.finditer(raw)]
    if not tokens:
        return "", ()
    if len(tokens) == 1:
        first, behind = tokens[0]
        return raw[first:behind], raw_offsets[first:behind]
    dates = [found.span() for found in _SPACED_DATE.finditer(raw)]
    pieces: list[str] = []
    offsets: list[int] = []
    previous = -1
    for first, behind in tokens:
        in_date = any(start < first < stop for start, stop in dates) if dates else False
        if previous >= 0 and not in_date and not (spaced and first - previous == 1):
            before, after = text[raw_offsets[previous - 1]], text[raw_offsets[first]]
            # A wide gap behind a figure parts columns; what follows is not its unit.
            apart = first - previous > _COLUMN_GAP and before.isdigit()
            if is_narrow(before) and (is_narrow(after) or apart):
                pieces.append(" ")
                offsets.append(raw_offsets[previous])
        pieces.append(raw[first:behind])
        offsets.extend(raw_offsets[first:behind])
        previous = behind
    return "".join(pieces), offsets


def is_narrow(char: str) -> bool:
    """Latin letters, digits and their punctuation as they stand in the report; of full-width ones the digits alone."""
    return "!" <= char <= "~" or "\u00a1" <= char <= "\u024f" or "０" <= char <= "９"


def is_spaced(body: str) -> bool:
    """Whether a blank stands between nearly all characters of a line, so that only wide gaps are real."""
    tokens = body.split()
    singles = [token for token in tokens if len(token) == 1]
    if len(singles) < 5 or len(singles) * 4 < len(tokens) * 3:
        return False
    ink = sum(map(len, tokens))
    alone = len(_IDEOGRAPH.findall("".join(singles)))
    return len(singles) * 10 >= ink * 6 and alone * 10 >= len(singles) * 3 and alone >= 3


def is_spaced_throughout(text: str) -> bool:
    """Whether the whole report was set with a blank between all characters."""
    spaced = plain = 0
    for line in text.split("\n"):
        tokens = line.split()
        ink = sum(map(len, tokens))
        if ink >= 4:
            if ink <= len(tokens) * 1.2:
                spaced += ink
            else:
                plain += ink
    return spaced > plain * 3
