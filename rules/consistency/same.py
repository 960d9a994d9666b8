"""One thing told twice, where the text itself says so.

A heading whose words the first sentence below it takes up (超額進用…702人 … 超額進用702人; 基礎班6期 … 基礎班6期);
a number that points back to the list it was counted in (…等5機關 … 上開5機關); a goal and the report that it was reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Mention, Relation
from .check import Check
from .context import DAY, Document, Figure, Line
from .dates import dates_in
from .relation import LIKELY, same
from .words import common_ending, label

_BACK = re.compile(r"(?:上開|前開|上述|前述|前揭|上揭|該等|全程參與|全程參加)$")
_LISTED = re.compile(r"(?:等|分|分為|分成)$")
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


_SET = re.compile(r"(?:至少|應|須|需|目標)(?:達到|達|為)$")


def _told_reached(line: Line, figure: Figure) -> bool:
    """…達成…50%之目標, whatever else the clause counts before it."""
    clause = re.split(r"[,;。]", line.text[: figure.at])[-1]
    return line.text.startswith("之目標", figure.at + 1) and re.search(r"達成|達到", clause) is not None


def _goals_in_order(document: Document) -> Iterator[Relation]:
    """Several goals of one paragraph, and the report in the same order that each was reached."""
    lines_of: dict[int, list[Line]] = {}
    for line in document.lines:
        lines_of.setdefault(line.block, []).append(line)
    for lines in lines_of.values():
        figures = [(line.outer, figure) for line in lines for figure in line.outer.figures if figure.unit == "%"]
        reached = [figure for outer, figure in figures if _told_reached(outer, figure)]
        goals = [figure for outer, figure in figures if _SET.search(figure.gap) and figure not in reached]
        if len(goals) == len(reached) > 1 and goals[-1].mention.start < reached[0].mention.start:
            for goal, told in zip(goals, reached, strict=True):
                if len(common_ending([told.gap, goal.gap])) <= _LEAST_WORDS:  # else the words tie them
                    yield same("same.goals", goal.mention, told.mention, confidence=LIKELY)


_NAMED = re.compile(r"(?:率|總值|總額|餘額|總數|指數|比重|毛額|員額)$")
_LEAD_OUT = re.compile(r"(?:共計|合計|總計|更|計|共|為|達|約|逾|高達|即|僅|,)+$")
_COMPARED = re.compile(r"較|比(?!率|例|重)|增|減|每|各|另|其中|原|預|目標")
_RUN = re.compile(rf"{DAY}(?:[、及和與]{DAY})*")
_LEAST_NAME = 3
_LONG_NAME = 10
"""So many characters right before a figure name what it tells, whatever they are."""


def _dated(document: Document) -> Iterator[Relation]:
    """本年度經濟成長率4.03%, told again in the same words of the same time in a section or in one above it."""
    told: dict[tuple[str, str, str | None], tuple[int, Figure]] = {}
    for line in document.lines:
        for name, day, figure in _tellings(line.outer):
            block, first = told.setdefault((name, figure.unit, day.edtf), (line.block, figure))
            if first is not figure and _one_section(document, block, line.block):
                yield same("same.dated", first.mention, figure.mention, confidence=LIKELY)


def _tellings(line: Line) -> Iterator[tuple[str, Mention, Figure]]:
    """What is told right behind a date: its name, the date and the figure; two of each where both come in step."""
    days = dict(dates_in(line))
    for run in _RUN.finditer(line.text):
        dates = [days[position] for position in range(run.start(), run.end()) if line.text[position] == DAY]
        figures = line.behind(run.end(), len(dates))
        if len(figures) < len(dates):
            return
        words = line.text[run.end() : figures[0].at]
        if DAY in words or _COMPARED.search(words) or re.search(r"[;:()「」『』《》]", words):
            continue
        name = _LEAD_OUT.sub("", words).replace(",", "")
        if len(name) < _LEAST_NAME or not (len(name) >= _LONG_NAME or ("," not in words and _NAMED.search(name))):
            continue
        if all(re.fullmatch(r"[、及和與]", figure.gap) for figure in figures[1:]):
            key = name[-_LONG_NAME:]
            yield from ((key, day, figure) for day, figure in zip(dates, figures, strict=True))


def _one_section(document: Document, first: int, second: int) -> bool:
    """One of the two blocks stands below the headings of the other."""
    one, other = (document.report.blocks[index].path for index in (first, second))
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


CHECKS = (
    Check("same.heading", "a figure in a heading and in the first sentence below it", _heading),
    Check("same.pointing-back", "a counted list and the number that points back to it", _pointing_back),
    Check("same.dated", "a rate or a total of one time, told twice in the same words", _dated),
    Check("same.goal", "a goal and the report that it was reached", _goal),
    Check("same.goals", "several goals and, in the same order, the report that each was reached", _goals_in_order),
)
