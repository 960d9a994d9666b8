"""Characters fold to their ordinary width, each with the way back to its offset.

Full-width forms become ASCII, full-width blanks become blanks, ``㈠`` becomes ``(一)`` with all three characters on
one offset. Characters that no reader sees (soft hyphens, zero-width blanks, byte order marks) vanish, and so do thin
blanks between the thousands of a number. What carries a meaning of its own stays: ``、。「」``, circled digits, superscripts, Roman numerals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_RANGES = ((0x00A0, 0x0100), (0x2000, 0x2070), (0x2E80, 0x2FE0), (0x3000, 0x3040), (0xF900, 0xFB00), (0xFE10, 0xFE70), (0xFF00, 0xFFF0), (0x1D400, 0x1D800))  # fmt: skip
_MEANT = ("<super>", "<sub>", "<circle>", "<fraction>", "<square>")
_RADICALS = dict(
    zip(
        "⺀⺌⺎⺒⺗⺟⺠⺣⺩⺪⺫⺭⺮⺯⺶⺷⺹⺼⺾⻁⻂⻃⻄⻅⻆⻉⻋⻌⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻡⻢⻣⻤⻥⻦⻨⻩⻫⻬⻭⻮⻰⻱⻲",
        "冫小尢巳心母民火王疋目示竹糸羊羊老肉艸虎衣西西见角贝车辶邑長長长门阜雨青韦页风飞食食食首马骨鬼鱼鸟麦黄斉齐歯齿龙龜亀",
        strict=True,
    )
)
"""Radicals that a PDF shows in the place of the characters that look alike, and that have no plain form of their own."""
_STAY = frozenset("、。「」『』…‥")
_PARENTHESISED = [*range(0x2474, 0x249C), *range(0x3220, 0x3244)]
"""⑴ ⒈ ㈠: written as one character, read as three or two."""


def _single() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, behind in _RANGES:
        for code in range(first, behind):
            char = chr(code)
            decomposition = unicodedata.decomposition(char)
            if char in _STAY or not decomposition or decomposition.startswith(_MEANT):
                continue
            plain = unicodedata.normalize("NFKC", char)
            if len(plain) == 1:
                table[code] = plain
    # Invisible characters and control characters are blanks; a tab parts cells, line ends are cut off before.
    for code in (*range(0x09), *range(0x0A, 0x20), *range(0x7F, 0xA0), 0xAD, 0x1680, 0x180E, *range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2070), 0xFEFF):  # fmt: skip
        table[code] = " "
    table.update({ord(radical): plain for radical, plain in _RADICALS.items() if ord(radical) not in table})
    table[0xFF62], table[0xFF63], table[0xFF64], table[0xFF61] = "「", "」", "、", "。"
    return table


_TABLE = _single()
_FOLDING = frozenset(map(chr, _TABLE))
_EXPANDED = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _PARENTHESISED}
_EXPANDABLE = re.compile("[" + "".join(_EXPANDED) + "]")


_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
# 1 234 567: a thin blank parts thousands; a no-break one does so where something is counted right behind.
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[\u2007\u2009\u202f]\d{3})+(?!\d)|(?<!\d)\d{1,3}(?:\u00a0\d{3})+(?=[^\s\d])")


def _vanishing(text: str) -> set[int]:
    """The places of the characters that leave no trace in what is read."""
    found = {match.start() for match in _INVISIBLE.finditer(text)}
    for match in _GROUPED.finditer(text):
        found.update(at for at in range(match.start(), match.end()) if not text[at].isdigit())
    return found


@lru_cache(maxsize=1)
def _even(text: str) -> str | None:
    """A text in which every character folds to one, folded; a whole report costs far less so than its lines do."""
    if _INVISIBLE.search(text) or _EXPANDABLE.search(text) or _GROUPED.search(text):
        return None
    for char in _FOLDING.intersection(text):
        text = text.replace(char, _TABLE[ord(char)])
    return text


def fold_stretch(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """Fold the stretch between two offsets of a report's text; the offsets go with the folded characters."""
    even = _even(text)
    return fold(text[start:end], start) if even is None else (even[start:end], range(start, end))


def fold(text: str, start: int = 0) -> tuple[str, Sequence[int]]:
    """Fold a text that begins at offset ``start`` of its report; the offsets go with the folded characters."""
    folded = text.translate(_TABLE)
    gone = set() if text.isascii() else _vanishing(text)
    if not gone and not _EXPANDABLE.search(folded):
        return folded, range(start, start + len(text))
    pieces: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(folded, start):
        if at - start in gone:
            continue
        plain = _EXPANDED.get(char, char)
        pieces.append(plain)
        offsets.extend([at] * len(plain))
    return "".join(pieces), offsets


def fold_char(char: str) -> str:
    """What one character of the report reads as: mostly one character, ``(一)`` for ``㈠``."""
    return _EXPANDED.get(char, char.translate(_TABLE))


def is_blank(char: str) -> bool:
    """Whether a character leaves no ink: blanks, line ends, control and invisible characters."""
    return char.isspace() or fold_char(char) == " "


_WIDE_FROM = 0x1100
_WIDE_MARKS = frozenset("“”‘’—…·‧－─")


class _Columns(dict[str, int]):
    """Columns of each character, worked out when it is first met."""

    def __missing__(self, char: str) -> int:
        wide = ord(char) >= _WIDE_FROM and unicodedata.east_asian_width(char) in "WFA"
        self[char] = columns = 2 if wide or char in _WIDE_MARKS else 1
        return columns


_COLUMNS = _Columns()


def width(text: str) -> int:
    """Columns that a text takes on a page: two for a Chinese character, one for a Latin one."""
    return len(text) if text.isascii() else sum(map(_COLUMNS.__getitem__, text))
