"""One thing told twice, where the text itself says so.

A heading whose words the first sentence below it takes up (超額進用…702人 … 超額進用702人; 基礎班6期 … 基礎班6期);
a number that points back to the list it was counted in (…等5機關 … 上開5機關); a list of names with their figures in a summary
and again in its section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from .candidate import Candidate
from .cues import label
from .evidence import rarity
from .figure import Document, Figure, Paragraph, sort_of
from .law import same

_BACK = re.compile(r"(?:上開|前開|上述|前述|前揭|上揭|該等|全程參與|全程參加)$")
_LISTED = re.compile(r"(?:等|分|分為|分成)$")
_LEAST_WORDS = 5


def find(document: Document) -> Iterator[Candidate]:
    """Retellings that the text itself announces."""
    yield from _heading(document)
    yield from _pointing_back(document)
    yield from _lists(document)


def _label(figure: Figure) -> str:
    """The words before a figure, with their verb."""
    return re.sub(r"[\ue000-\uf8ff]", "", re.split(r"[,;、:()]|(?<=.)及(?=[^及]*$)", figure.gap)[-1])


def _heading(document: Document) -> Iterator[Candidate]:
    """A heading and the first sentence below it that takes up the same words."""
    for position, paragraph in enumerate(document.paragraphs):
        if document.block(paragraph).kind != "heading" and not _like_heading(document, paragraph):
            continue
        below = [each for each in document.paragraphs[position + 1 : position + 2] if each.block == paragraph.block + 1]
        pairs = [(figure, _taken_up(figure, below)) for figure in paragraph.outer.figures]
        long = any(match is not None and len(_label(figure)) >= _LEAST_WORDS for figure, match in pairs)
        for figure, match in pairs:
            # Few words alone (進階班2期) identify nothing; beside a longer match of the same heading they do.
            if match is not None and long:
                yield Candidate(same("same.heading", figure.mention, match.mention), frozenset())


def _like_heading(document: Document, paragraph: Paragraph) -> bool:
    """A short list item without a full stop opens what follows, as a heading does; not the next item of its own list."""
    block = document.block(paragraph)
    following = document.report.blocks[paragraph.block + 1 : paragraph.block + 2]
    sibling = any(each.kind == "item" and each.level <= block.level for each in following)
    short = len(block.text) <= 40 and not re.search(r"[。；;]", block.text)
    return block.kind == "item" and short and not sibling


def _taken_up(figure: Figure, below: list[Paragraph]) -> Figure | None:
    """The only figure below with the same unit and the same words right before it."""
    words = _label(figure)
    verb = re.match(r"超額進用|超額|足額進用", words)
    found: list[Figure] = []
    for paragraph in below:
        for other in paragraph.outer.figures:
            if other.unit != figure.unit:
                continue
            others = _label(other)
            if (verb is not None and others.startswith(verb[0])) or (
                len(words) >= _LEAST_WORDS and others.endswith(words)
            ):
                found.append(other)
    short = not found and 2 <= len(words) < _LEAST_WORDS
    if short:
        found = [
            other
            for paragraph in below
            for other in paragraph.outer.figures
            if other.unit == figure.unit and _label(other) == words
        ]
    return found[0] if len(found) == 1 else None


def _pointing_back(document: Document) -> Iterator[Candidate]:
    """上開5機關: the list was counted as 等5機關 right before."""
    for position, paragraph in enumerate(document.paragraphs):
        for figure in paragraph.outer.figures:
            if not _BACK.search(figure.gap):
                continue
            for earlier in reversed(document.paragraphs[max(0, position - 2) : position + 1]):
                listed = [
                    each
                    for each in earlier.outer.figures
                    if _LISTED.search(each.gap)
                    and each.unit == figure.unit
                    and (earlier is not paragraph or each.at < figure.at)
                ]
                if listed:
                    yield Candidate(same("same.pointing-back", listed[-1].mention, figure.mention), frozenset())
                    break


# --- a list that is told again ---

_SAID_OF = re.compile(r"[,;。、:「」『』《》()]|(?:分別是|為|依序為|其中|以及|包括)")
_LEAST_NAME, _LONG_NAME = 3, 20
"""So many characters are a name, and so many before a bracket are looked at for one."""
_LEAST_LISTED, _MOST_PLACES = 3, 8
"""So many names must two passages share; a name that more passages hold tells nothing."""
_RARE = 1000
"""How rare the figures that agree must be together."""


def _lists(document: Document) -> Iterator[Candidate]:
    """甲宮（100萬人次）、乙廟（99萬人次）、丙園（4.6萬人次）, in a summary and again in its section: names with their figures."""
    named: dict[tuple[str, tuple[bool, str]], list[tuple[int, Figure]]] = defaultdict(list)
    for paragraph in document.paragraphs:
        for figure in paragraph.figures:
            if figure.mention.value and figure.mention.value_max is None:
                name = _name_of(paragraph, figure)
                if len(name) >= _LEAST_NAME:
                    named[name, sort_of(figure.unit)].append((paragraph.number, figure))
    pairs: dict[tuple[int, int], list[tuple[Figure, Figure]]] = defaultdict(list)
    for places in named.values():
        if len(places) <= _MOST_PLACES:
            for (one, first), (other, second) in combinations(places, 2):
                if one != other:
                    pairs[one, other].append((first, second))
    for shared in pairs.values():
        if len(shared) >= _LEAST_LISTED:
            yield from _list_told_again(shared)


def _name_of(paragraph: Paragraph, figure: Figure) -> str:
    """The name right before a figure, or before the bracket in which it stands first."""
    if not figure.row:
        told = label(_SAID_OF.split(figure.before)[-1])
        before = paragraph.outer.last(figure)
        if told or before is None or paragraph.outer.between(before, figure):
            return told
        return label(_SAID_OF.split(before.before)[-1])  # 水道園7天4.6萬人次
    bracket = paragraph.brackets[figure.row - 1]
    if figure.index or bracket.line.text[: figure.at].strip("約近逾"):
        return ""
    words = paragraph.whole.text[max(0, bracket.start - _LONG_NAME) : bracket.start]
    return re.split(r"[\ue000-\uf8ff]", _SAID_OF.split(words)[-1])[-1]


def _list_told_again(shared: Sequence[tuple[Figure, Figure]]) -> Iterator[Candidate]:
    told = [
        (one, same("same.listed", one.mention, other.mention))
        for one, other in shared
        if one.dated is None or other.dated is None or one.dated.overlaps(other.dated)
    ]
    agreeing = [one for one, relation in told if relation.holds]
    weight = 1
    for one in agreeing:
        weight *= int(rarity(one.mention))
    few = len(told) - len(agreeing) <= max(1, len(told) // 3)
    if len(agreeing) >= _LEAST_LISTED - 1 and few and weight >= _RARE:
        yield from (Candidate(relation, frozenset()) for _, relation in told)
