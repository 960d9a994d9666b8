"""One thing told twice, where the text itself says so.

A heading whose words the first sentence below it takes up (超額進用…702人 … 超額進用702人; 基礎班6期 … 基礎班6期);
a number that points back to the list it was counted in (…等5機關 … 上開5機關); a goal and the report that it was reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Relation
from .check import Check
from .context import Document, Figure, Line
from .relation import same
from .words import common_ending, label

_BACK = re.compile(r"(?:上開|前開|上述|前述|前揭|上揭|該等)$")
_LISTED = re.compile(r"等$")
_REACHED = re.compile(r"(?:達成|達到)[^,;。]{6,}$")
_LEAST_WORDS = 5


def _heading(document: Document) -> Iterator[Relation]:
    """A heading and the first sentence below it that takes up the same words."""
    for position, line in enumerate(document.lines):
        if document.block(line).kind != "heading" and not _like_heading(document, line):
            continue
        below = [other for other in document.lines[position + 1 : position + 6] if other.block == line.block + 1]
        pairs = [(figure, _taken_up(figure, below)) for figure in line.outer.figures]
        long = any(
            match is not None and len(label(figure.gap, keep_verb=True)) >= _LEAST_WORDS for figure, match in pairs
        )
        for figure, match in pairs:
            # Few words alone (進階班2期) identify nothing; beside a longer match of the same heading they do.
            if match is not None and long:
                yield same("same.heading", figure.mention, match.mention)


def _like_heading(document: Document, line: Line) -> bool:
    """A short list item without a full stop opens what follows, as a heading does."""
    block = document.block(line)
    return block.kind == "item" and len(block.text) <= 40 and not re.search(r"[。；;]", block.text)


def _taken_up(figure: Figure, below: list[Line]) -> Figure | None:
    """The only figure below with the same unit and the same words right before it."""
    words = label(figure.gap, keep_verb=True)
    verb = re.match(r"超額進用|超額|足額進用", words)
    found: list[Figure] = []
    for line in below:
        for other in line.outer.figures:
            if other.unit != figure.unit:
                continue
            others = label(other.gap, keep_verb=True)
            if (verb is not None and others.startswith(verb[0])) or (
                len(words) >= _LEAST_WORDS and others.endswith(words)
            ):
                found.append(other)
    short = not found and 2 <= len(words) < _LEAST_WORDS
    if short:
        found = [
            other
            for line in below
            for other in line.outer.figures
            if other.unit == figure.unit and label(other.gap, keep_verb=True) == words
        ]
    return found[0] if len(found) == 1 else None


def _pointing_back(document: Document) -> Iterator[Relation]:
    """上開5機關: the list was counted as 等5機關 right before."""
    for position, line in enumerate(document.lines):
        for figure in line.outer.figures:
            if not _BACK.search(figure.gap):
                continue
            for earlier in reversed(document.lines[max(0, position - 3) : position + 1]):
                listed = [
                    each for each in earlier.outer.figures if _LISTED.search(each.gap) and each.unit == figure.unit
                ]
                if earlier is line:
                    listed = [each for each in listed if each.at < figure.at]
                if listed:
                    yield same("same.pointing-back", listed[-1].mention, figure.mention)
                    break


def _goal(document: Document) -> Iterator[Relation]:
    """A goal, and the same goal in the words 達成…之目標 of the same paragraph."""
    for position, line in enumerate(document.lines):
        outer = line.outer
        for figure in outer.figures:
            if not _REACHED.search(figure.gap) or not outer.text.startswith("之目標", figure.at + 1):
                continue
            for earlier in document.lines[max(0, position - 4) : position]:
                if earlier.block != line.block:
                    continue
                for other in earlier.outer.figures:
                    shared = common_ending([figure.gap, other.gap])
                    if other.unit == figure.unit and len(shared) >= _LEAST_WORDS + 1:
                        yield same("same.goal", other.mention, figure.mention)


CHECKS = (
    Check("same.heading", "a figure in a heading and in the first sentence below it", _heading),
    Check("same.pointing-back", "a counted list and the number that points back to it", _pointing_back),
    Check("same.goal", "a goal and the report that it was reached", _goal),
)
