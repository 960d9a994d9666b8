"""Page furniture: lone page numbers, bookmarks, running heads. It holds nothing to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .lines import Line

_PAGE = re.compile(
    r"[-–—~]\s?\d{1,4}\s?[-–—~]|第\d{1,4}頁(?:[,/]?共\d{1,4}頁)?|[Pp]age\s?\d{1,4}|\d{1,4}\s?/\s?\d{1,4}頁?"
)
_LONE = re.compile(r"\d{1,4}")
_HEAD_LINES = 6
_PROSE_COLUMNS = 16
_TERMINAL = "。!?;:」』)"


def marked_residue(lines: list[Line]) -> list[Line]:
    """The same lines, with those that are page furniture marked."""
    lone = [at for at, line in enumerate(lines) if not line.residue and _LONE.fullmatch(line.text)]
    counted = _counting(lines, lone)
    return [replace(line, residue=True) if _is_residue(lines, at, counted) else line for at, line in enumerate(lines)]


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with those marked that come again at the top of every page."""
    tops = [at for at, line in enumerate(lines) if line.leads_page]
    if not tops:
        return list(lines)
    seen = {line.text for line in lines[: min(tops[0], _HEAD_LINES)]}
    repeated: set[int] = set()
    for top, next_top in pairwise([*tops, len(lines)]):
        running = True
        for at in range(top, min(top + _HEAD_LINES, next_top)):
            running = running and lines[at].text in seen and not any(char in lines[at].text for char in "。;")
            if running:
                repeated.add(at)
            seen.add(lines[at].text)
    return [replace(line, residue=True) if at in repeated else line for at, line in enumerate(lines)]


def _is_residue(lines: Sequence[Line], at: int, counted: frozenset[int]) -> bool:
    line = lines[at]
    if line.residue or _PAGE.fullmatch(line.text) or at in counted:
        return True
    return _LONE.fullmatch(line.text) is not None and _stands_alone(lines, at)


def _counting(lines: Sequence[Line], lone: Sequence[int]) -> frozenset[int]:
    """Lone numbers that count on from page to page, each with text between."""
    counted: set[int] = set()
    for before, after in pairwise(lone):
        number, following = int(lines[before].text), int(lines[after].text)
        if following == number + 1 and after - before > 8:
            counted |= {before, after}
    return frozenset(counted)


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """A lone number at the end of the report, at a form feed, or amid running text; a cell has cells beside it."""
    line = lines[at]
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    if (line.leads_page or (after is not None and after.leads_page)) and len(line.text) <= 4:
        return True
    if before is None:
        return after is not None and after.width >= _PROSE_COLUMNS and not _LONE.fullmatch(after.text)
    if before.width < _PROSE_COLUMNS:
        return False
    if after is None:
        return before.text[-1] in _TERMINAL
    return (
        after.width >= _PROSE_COLUMNS
        and line.gap + after.gap > 0
        and (before.text[-1] not in _TERMINAL or before.text[-1] == "。")
        and any(char in before.text for char in "，,。、;")
    )
