"""Marks of headings and list items, and the levels that they stand for in this report."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

_PLAIN = "一二三四五六七八九十"
_FORMAL = "壹貳參叁肆伍陸柒捌玖拾"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_VALUES = {char: value for chars in (_PLAIN, "壹貳參肆伍陸柒捌玖拾") for value, char in enumerate(chars, 1)} | {"叁": 3}

_MARK = re.compile(
    rf"""
    (?P<chapter>第(?:[{_PLAIN}]{{1,3}}|\d{{1,2}})[章篇])(?=\S)
  | (?P<formal>[{_FORMAL}]{{1,3}}[、.])
  | (?P<plain>[{_PLAIN}]{{1,3}}[、.])
  | (?P<plain_brackets>\([{_PLAIN}]{{1,3}}\)、?)
  | (?P<digit_point>\d{{1,2}}\.(?!\d)|\d{{1,2}}\.(?=\d{{2,3}}年))
  | (?P<digit_comma>\d{{1,2}}、)
  | (?P<digit_brackets>\(\d{{1,2}}\)、?)(?!年)
  | (?P<digit_half>\d{{1,2}}\))
  | (?P<stem>[{_STEMS}]、|\([{_STEMS}]\))
  | (?P<circled>[{_CIRCLED}])
  | (?P<letter_point>[A-Z][.、](?![A-Za-z]))
  | (?P<letter_brackets>\([A-Z]\))
  | (?P<bullet>[•●◎■□◆◇►▪➢➤✓☆★※]|[-*–](?=\s?[^\s\d*–.-])|[·‧○](?=[^\s{_PLAIN}\d○〇年月日]))
  | (?P<private>[\ue000-\uf8ff]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its style, its number if it has one, and its text."""

    style: str
    text: str
    number: int | None

    @property
    def first(self) -> bool:
        """Whether it opens a list, or may do so."""
        return self.number is None or self.number == 1


def mark_of(text: str) -> Mark | None:
    """The mark that a cleaned line begins with. Years, decimals and counts are none."""
    found = _MARK.match(text)
    if found is None or found.lastgroup is None:
        return None
    style, mark = found.lastgroup, found.group()
    if style == "bullet":
        return Mark(f"bullet {mark}", mark, None)
    if style == "private":
        # Symbol fonts keep a family of numbered signs side by side.
        return Mark(f"private {ord(mark[0]) >> 8}", mark, None)
    return Mark(style, mark, _number(style, mark.strip("()、.第章篇")))


def _number(style: str, body: str) -> int | None:
    if body.isdecimal():
        return int(body)
    if style == "circled":
        return _CIRCLED.index(body) + 1
    if style == "stem":
        return _STEMS.index(body) + 1
    if style.startswith("letter"):
        return ord(body) - ord("A") + 1
    return _chinese(body)


def _chinese(body: str) -> int | None:
    """The number of a mark in Chinese numerals up to 99: 十一, 二十, 貳拾捌."""
    tens, units, seen_ten = 0, 0, False
    for char in body:
        value = _VALUES.get(char, 0)
        if value == 10:
            if seen_ten:
                return None
            tens, units, seen_ten = units or 1, 0, True
        elif units:
            return None
        else:
            units = value
    return tens * 10 + units


_COUNTED_ON = re.compile(rf"(?:[{_PLAIN}\d]{{1,3}})(?:[、年月日級季期屆次類班]|至|及|或|-|~)")


def is_doubtful(mark: Mark, rest: str) -> bool:
    """Whether the mark may as well be a number of the running sentence: 1、2月; 一、二級機關; (12)人."""
    if mark.style in ("digit_comma", "plain", "formal"):
        return bool(_COUNTED_ON.match(rest))
    if mark.style in ("digit_point", "digit_brackets", "digit_half", "plain_brackets", "letter_brackets"):
        return bool(re.match(r"[人名位項件場班家個組案年月日,、。;:)」』次%]", rest)) or not rest
    return mark.style.startswith("bullet") and mark.text in "-*–·‧○"


_RANK = {
    style: rank
    for rank, style in enumerate(
        [
            "chapter",
            "formal",
            "plain",
            "plain_brackets",
            "digit_comma",
            "digit_point",
            "digit_brackets",
            "digit_half",
            "stem",
            "letter_point",
            "letter_brackets",
            "circled",
        ]
    )
}
"""The customary order; it decides only where the report itself does not."""


_DEEPEST = 10
"""No report nests deeper; several reports in one file would, level upon level."""

CAPTION = "caption"
"""Style of the line that names a table."""


@dataclass(slots=True)
class Outline:
    """The headings that are open at a point of the report, outermost first, one style a level."""

    styles: list[str] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    above: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of styles of which the first was seen to hold the second."""

    def enter(self, mark: Mark) -> int:
        """Open a mark: close what it ends, and say its level."""
        depth = self._depth(mark)
        for outer in self.styles[:depth]:
            if (mark.style, outer) not in self.above:
                self.above.add((outer, mark.style))
        del self.styles[depth:], self.numbers[depth:], self.titles[depth:]
        self.styles.append(mark.style)
        self.numbers.append(mark.number)
        self.titles.append("")
        return depth + 1

    def name(self, title: str) -> None:
        """Say what the innermost open mark is the heading of."""
        if self.titles:
            self.titles[-1] = title

    def close(self) -> None:
        """Close all that is open."""
        del self.styles[:], self.numbers[:], self.titles[:]

    def leave_caption(self) -> None:
        """Close the caption of a table, whose reach ends with the table."""
        if self.styles and self.styles[-1] == CAPTION:
            del self.styles[-1], self.numbers[-1], self.titles[-1]

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that are open."""
        return tuple(title for title in self.titles if title)

    @property
    def path_above(self) -> tuple[str, ...]:
        """The headings above the innermost mark."""
        return tuple(title for title in self.titles[:-1] if title)

    def expects(self, mark: Mark) -> bool:
        """Whether the number goes on in an open list, or opens one."""
        if mark.first:
            return True
        return any(
            style == mark.style and number is not None and mark.number == number + 1
            for style, number in zip(self.styles, self.numbers, strict=True)
        )

    def _depth(self, mark: Mark) -> int:
        """How many open marks stay open."""
        same = [depth for depth, style in enumerate(self.styles) if style == mark.style]
        for depth in reversed(same):
            number = self.numbers[depth]
            if mark.number is None or number is None or mark.number == number + 1:
                return depth
        if same:
            depth = same[-1]
            # A list that starts anew below a heading of higher rank is a list of that heading.
            inside = self.styles[depth + 1 :] if len(self.styles) < _DEEPEST else []
            if mark.first and any(_outranks(inner, mark.style) for inner in inside):
                return len(self.styles)
            return depth
        for depth, open_style in enumerate(self.styles):
            if (mark.style, open_style) in self.above or (not mark.first and _outranks(mark.style, open_style)):
                return depth
        return len(self.styles)


def outermost(styles: Collection[str]) -> str:
    """The style that custom sets above the others."""
    return min(styles, key=lambda style: _RANK.get(style, len(_RANK)))


def _outranks(style: str, other: str) -> bool:
    """Whether custom sets one style above the other."""
    return style in _RANK and other in _RANK and _RANK[style] < _RANK[other]
