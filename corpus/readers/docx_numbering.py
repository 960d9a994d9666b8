"""Styles and automatic numbers of Word: how deep a heading is, and the mark that a list item shows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from .archive import attribute, child, local, whole_number
from .counting import word_mark

_HEADING = re.compile(r"(?:heading|標題)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目錄|table of figures)\s*\d?", re.IGNORECASE)
_PLACE = re.compile(r"%(\d)")
_DEEPEST = 9
_MOST_STYLES = 32
"""A chain of styles based on each other is no longer; one that bites its own tail would be."""
_NO_LIST = ("0", None)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style says."""

    outline: int = 0
    """Depth of a heading, 0 for running text."""
    contents: bool = False
    """It is a line of a table of contents."""
    numbering: etree._Element | None = None


class Styles:
    """The styles of a document, each with what it takes from the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {
            attribute(style, "styleId") or "": style
            for style in (root if root is not None else ())
            if local(style) == "style"
        }
        self._known: dict[str, Style] = {}

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph, with what the paragraph says of itself."""
        named = child(properties, "pStyle")
        style = self._named(attribute(named, "val") or "") if named is not None else Style()
        level = _outline(properties)
        return style if level is None else Style(level, style.contents, style.numbering)

    def _named(self, name: str) -> Style:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Style:
        outline: int | None = None
        contents = False
        numbering = None
        for _ in range(_MOST_STYLES):
            style = self._styles.get(name)
            if style is None:
                break
            title = child(style, "name")
            shown = (attribute(title, "val") if title is not None else None) or name
            contents = contents or _CONTENTS.fullmatch(shown) is not None
            found = _HEADING.fullmatch(shown)
            if outline is None:
                outline = int(found.group(1)) if found else _outline(child(style, "pPr"))
            if numbering is None:
                numbering = child(style, "pPr", "numPr")
            based = child(style, "basedOn")
            name = (attribute(based, "val") or "") if based is not None else ""
        return Style(outline or 0, contents, numbering)


def _outline(properties: etree._Element | None) -> int | None:
    found = child(properties, "outlineLvl")
    if found is None:
        return None
    level = whole_number(attribute(found, "val"), _DEEPEST, _DEEPEST)
    return level + 1 if level < _DEEPEST else 0


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int
    restarts: bool


class Numbering:
    """The lists of a document, each with its counters."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        parts = list(root) if root is not None else []
        abstract = {attribute(part, "abstractNumId"): part for part in parts if local(part) == "abstractNum"}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._family: dict[str, str] = {}
        for part in parts:
            if local(part) == "num":
                number = attribute(part, "numId") or ""
                named = child(part, "abstractNumId")
                family = (attribute(named, "val") or "") if named is not None else ""
                self._family[number] = family
                self._levels[number] = _levels(abstract.get(family), part)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[str] = set()

    def mark(self, properties: etree._Element | None) -> str:
        """The mark of the next paragraph with these properties; empty where it is no list item."""
        own = child(properties, "numPr")
        styled = self._styles.of(properties).numbering
        number = _named(own, "numId") or _named(styled, "numId")
        depth = whole_number(_named(own, "ilvl") or _named(styled, "ilvl"), 0, _DEEPEST - 1)
        levels = self._levels.get(number or "", {})
        if number in _NO_LIST or depth not in levels:
            return ""
        counts = self._counts[self._family[number or ""]]
        if number not in self._started:  # a list of its own that overrides where it starts
            self._started.add(number or "")
            if levels[depth].restarts:
                counts.clear()
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return _shown(levels, depth, counts)


def _named(properties: etree._Element | None, name: str) -> str | None:
    found = child(properties, name)
    return attribute(found, "val") if found is not None else None


def _levels(abstract: etree._Element | None, number: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for part in abstract if abstract is not None else ():
        if local(part) == "lvl":
            levels[whole_number(attribute(part, "ilvl"), 0, _DEEPEST)] = _level(part)
    for part in number:
        if local(part) != "lvlOverride":
            continue
        depth = whole_number(attribute(part, "ilvl"), 0, _DEEPEST)
        replaced, start = child(part, "lvl"), _named(part, "startOverride")
        level = _level(replaced) if replaced is not None else levels.get(depth)
        if level is not None:
            begin = whole_number(start, level.start, 9999) if start is not None else level.start
            levels[depth] = _Level(level.style, level.text, begin, start is not None)
    return levels


def _level(part: etree._Element) -> _Level:
    return _Level(
        _named(part, "numFmt") or "decimal",
        _named(part, "lvlText") or "",
        whole_number(_named(part, "start"), 1, 9999),
        False,
    )


def _shown(levels: dict[int, _Level], depth: int, counts: dict[int, int]) -> str:
    """The text of the level with the numbers of this and the outer levels put in: 第%1章, (%2), %1.%2."""
    level = levels[depth]
    if level.style == "none":
        return ""
    if level.style == "bullet":
        return "•" if level.text else ""

    def number(found: re.Match[str]) -> str:
        place = int(found.group(1)) - 1
        outer = levels.get(place)
        return word_mark(outer.style, counts.get(place, outer.start)) if outer is not None else ""

    return _PLACE.sub(number, level.text)
