"""Automatic numbers of OpenDocument: lists, lists in lists, and numbered headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .archive import attribute, local, whole_number
from .counting import mark

_MOST = 9999
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Level:
    first: str
    """The first mark of the style: 1, 一, 壹; empty where the level shows none."""
    prefix: str
    suffix: str
    start: int
    shown: int
    """How many levels the mark shows: 1.2.3."""
    bullet: bool


_NONE = _Level("", "", "", 1, 1, False)


@dataclass(slots=True)
class _Open:
    style: str
    number: int | None = None
    started: bool = False


@dataclass(slots=True)
class Lists:
    """The list styles of a document and the lists that are open."""

    content: etree._Element
    styles: etree._Element | None
    _styles: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _outline: dict[int, _Level] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _last: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last number of each style and depth, for lists that go on."""
    _by_id: dict[str, str] = field(default_factory=dict)
    _headings: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in (self.styles, self.content):
            for each in root.iter() if root is not None else ():
                name = local(each)
                if name == "list-style":
                    self._styles[attribute(each, "name") or ""] = _levels(each)
                elif name == "outline-style":
                    self._outline = _levels(each)

    def enter(self, element: etree._Element) -> None:
        """Open a list."""
        style = attribute(element, "style-name") or (self._open[-1].style if self._open else "")
        entered = _Open(style)
        identity = attribute(element, "id")
        continued = attribute(element, "continue-list")
        if attribute(element, "continue-numbering") == "true" or (continued and continued in self._by_id):
            entered.number = self._last.get((style, len(self._open) + 1))
        if identity:
            self._by_id[identity] = style
        self._open.append(entered)

    def leave(self) -> None:
        """Close the innermost list."""
        left = self._open.pop()
        if left.number is not None:
            self._last[left.style, len(self._open) + 1] = left.number

    def count(self, item: etree._Element) -> None:
        """Go on to the next item of the innermost list."""
        here = self._open[-1]
        start = attribute(item, "start-value")
        level = self._level(len(self._open))
        if start is not None:
            here.number = whole_number(start, 1, _MOST)
        else:
            here.number = level.start if here.number is None else min(here.number + 1, _MOST)

    def mark(self) -> str:
        """The mark of the item that is open."""
        depth = len(self._open)
        numbers = {place: opened.number or 1 for place, opened in enumerate(self._open, start=1)}
        return _shown(self._styles.get(self._open[-1].style, {}), depth, numbers)

    def heading(self, element: etree._Element, level: int) -> str:
        """The mark of a heading that is numbered by the outline and stands in no list."""
        if (
            level not in self._outline
            or not self._outline[level].first
            or attribute(element, "is-list-header") == "true"
        ):
            return ""
        before = self._headings.get(level)
        self._headings[level] = self._outline[level].start if before is None else min(before + 1, _MOST)
        for deeper in [each for each in self._headings if each > level]:
            del self._headings[deeper]
        return _shown(self._outline, level, self._headings)

    def _level(self, depth: int) -> _Level:
        return self._styles.get(self._open[-1].style, {}).get(depth, _NONE)


def _levels(style: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in style:
        name = local(each)
        if name in ("list-level-style-number", "outline-level-style"):
            levels[whole_number(attribute(each, "level"), 1, _DEEPEST)] = _Level(
                (attribute(each, "num-format") or "").strip(),
                attribute(each, "num-prefix") or "",
                attribute(each, "num-suffix") or "",
                whole_number(attribute(each, "start-value"), 1, _MOST),
                whole_number(attribute(each, "display-levels"), 1, _DEEPEST),
                False,
            )
        elif name == "list-level-style-bullet":
            levels[whole_number(attribute(each, "level"), 1, _DEEPEST)] = _Level("", "", "", 1, 1, True)
    return levels


def _shown(levels: dict[int, _Level], depth: int, numbers: dict[int, int]) -> str:
    level = levels.get(depth, _NONE)
    if level.bullet:
        return "•"
    if not level.first:
        return ""
    from_depth = max(depth - level.shown + 1, 1)
    parts = [
        mark(levels.get(place, _NONE).first or "1", numbers.get(place, 1)) for place in range(from_depth, depth + 1)
    ]
    return level.prefix + ".".join(parts) + level.suffix
