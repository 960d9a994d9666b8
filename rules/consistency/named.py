"""Which earlier figure a phrase names: 前述未償債務餘額 is the 未償債務餘額實際數 that was told before.

Such phrases shorten what they take up (近5年度舉借總數 for 近5年度…借款共計舉債), so a figure is named where every
character of the phrase that says something stands in the words of the figure's own clause. The nearest such figure wins.
"""

from __future__ import annotations

import re

from .context import COUNT, DAY, WINDOW, Document, Figure, Line

_EMPTY = re.compile(r"前述|上述|前開|上開|上項|前揭|總數|總額|全部|行政院|主計總處|[之的其該總數年度金約共計所各本]")
_LEAST = 4
_LINES_BACK = 6


def named(document: Document, position: int, line: Line, end: int, phrase: str, unit: str) -> Figure | None:
    """The figure of this unit that the phrase in front of ``end`` names, in this sentence or this paragraph.

    ``position`` is the place of the line among the document's lines; ``line`` may be that line or one that it was
    read as, with or without brackets.
    """
    told = frozenset(_EMPTY.sub("", phrase).replace(DAY, "")) - set("(),;、")
    if len(told) < _LEAST:
        return None
    for figure in reversed(line.before(end, WINDOW)):
        if _names(line, figure, told, unit):
            return figure
    block = document.lines[position].block
    for earlier in reversed(document.lines[max(0, position - _LINES_BACK) : position]):
        if earlier.block == block:
            for figure in reversed(earlier.figures):
                if _names(earlier, figure, told, unit):
                    return figure
    return None


def _names(line: Line, figure: Figure, told: frozenset[str], unit: str) -> bool:
    if figure.unit != unit or line.text[figure.at] != COUNT:
        return False
    words = re.split(r"[,;:]", line.clause(figure))[-1]
    return told <= frozenset(words) and re.match(r"^[^(]*(?:較|比(?!率|例|重))", words) is None
