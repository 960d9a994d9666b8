"""The text of a report as the checks read it: masked, and parted into paragraphs, lines and brackets.

Every mention is replaced by one private character that says what sort it is and nothing of its digits, so that no
check can be led by numbers that happen to fit. White space goes, full-width punctuation becomes ASCII, quoted titles
lose their punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ...model import Fact, Mention, Report
from ..units import PERCENTAGES
from .figure import (
    COUNT,
    DAY,
    FIGURES,
    INNER,
    LONGEST,
    MILLION,
    POINT,
    RATE,
    Bracket,
    Document,
    Figure,
    Line,
    Paragraph,
    by_sort,
    sort_of,
)
from .interval import grain
from .numbers import number

_HALF_WIDTH = str.maketrans("，；（）：﹪％！？!?\n", ",;():%%。。。。。")
_DROPPED = re.compile(r"[^\S\n]+|[\ue000-\uf8ff]")
_TOUCHED = re.compile(r"[\s\ue000-\uf8ff，；（）：﹪％！？!?]")
_QUOTED = re.compile(r"[「『《【][^「」『』《》【】]*[」』》】]")
_INNER_PUNCTUATION = re.compile(r"[。:()]")
_INNER_MARK = re.compile(r"[,;、]")
_BRACKET = re.compile(r"[()]")
_MARK = re.compile(rf"[,;、。:(){FIGURES}{DAY}]")
_CLAUSE_END = re.compile(r"[,;。:]")
_MENTION = re.compile(rf"[{COUNT}-{DAY}]")
_MENTIONS = frozenset(FIGURES + DAY)
_CLAUSE_ENDS = frozenset(",;。:")


def read(
    report: Report, mentions: Sequence[Mention], issued: str | None = None, facts: Iterable[Fact] = ()
) -> Document:
    """Mask the report's blocks, tables and page furniture aside."""
    by_block: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_block.setdefault(mention.block, []).append(mention)
    known = {fact.mention.start: fact for fact in facts}
    paragraphs: list[Paragraph] = []
    for index, found in sorted(by_block.items()):
        block = report.blocks[index]
        if block.kind not in ("table", "residue"):
            text, kept = mask(block.text, found, len(block.marker))
            if kept:
                paragraphs.append(_paragraph(index, len(paragraphs), text, kept, known))
    return Document(report, tuple(mentions), tuple(paragraphs), issued, known, by_sort(paragraphs))


def mask(text: str, mentions: Sequence[Mention], skip: int = 0) -> tuple[str, list[Mention]]:
    """The text with one character for each mention, and the mentions that these stand for, in order."""
    pieces: list[str] = []
    kept: list[Mention] = []
    position = skip
    for mention in sorted(mentions, key=lambda each: (each.block_start, -each.block_end)):
        if mention.block_start < position or mention.unit == "大":
            # 六大產業 is a name with a number, which parts no list.
            continue
        pieces.append(_plain(text[position : mention.block_start]))
        pieces.append(_sort(mention))
        kept.append(mention)
        position = mention.block_end
    pieces.append(_plain(text[position:]))
    return _QUOTED.sub(_title, "".join(pieces)), kept


def _plain(text: str) -> str:
    """White space and private characters out, punctuation to ASCII."""
    return _DROPPED.sub("", text).translate(_HALF_WIDTH) if _TOUCHED.search(text) else text


def _sort(mention: Mention) -> str:
    if mention.kind == "date":
        return DAY
    if mention.unit in PERCENTAGES:
        return RATE
    return POINT if mention.unit == "百分點" else COUNT


def _title(quoted: re.Match[str]) -> str:
    """A quoted title without its punctuation; quoted speech, which has figures and clauses, as it stands."""
    if re.search(r"[\ue000-\ue003].*[,。;]|[,。;].*[\ue000-\ue003]", quoted[0]):
        return quoted[0]
    return _INNER_PUNCTUATION.sub("", _INNER_MARK.sub(INNER, quoted[0]))


def _paragraph(block: int, number: int, text: str, mentions: Sequence[Mention], facts: Mapping[int, Fact]) -> Paragraph:
    """The whole, what stands outside of the brackets, and what each of them holds."""
    spans = groups(text)
    places = [found.start() for found in _MENTION.finditer(text)]
    opened = [start for start, _ in spans]
    rows = [bisect_left(opened, at) for at in places]
    row_of = [row if row and at < spans[row - 1][1] else 0 for row, at in zip(rows, places, strict=True)]
    counted = [place for place, mention in zip(places, mentions, strict=True) if mention.kind == "quantity"]
    order = {place: number for number, place in enumerate(counted)}

    def line(row: int, keep: Iterable[tuple[int, int]], lead: str = "") -> Line:
        pieces = list(keep)
        held = [(at, m) for at, m, r in zip(places, mentions, row_of, strict=True) if r == row or row < 0]
        return _line(block, row, "".join(text[start:end] for start, end in pieces), held, order, facts, lead)

    whole = line(-1, [(0, len(text))])
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    outer = line(0, zip(ends, starts, strict=True)) if spans else whole
    if not spans:
        return Paragraph(block, number, whole, whole, (), whole.figures)
    brackets = []
    for row, (start, end) in enumerate(spans, 1):
        last = bisect_left(outer.figures, start, key=_position)
        owner = outer.figures[last - 1] if last else None
        noun = ""
        if owner is not None and start - owner.position <= LONGEST:
            noun = "".join(
                text[max(a, owner.position + 1) : b]
                for a, b in zip(ends[max(0, row - 4) : row], starts[max(0, row - 4) : row], strict=True)
                if b > owner.position
            )
        lead = _CLAUSE_END.split(text[max(0, start - LONGEST) : start])[-1]
        brackets.append(Bracket(start, line(row, [(start + 1, end - 1)], lead), owner, noun))
    every = sorted([*outer.figures, *(each for bracket in brackets for each in bracket.line.figures)], key=_position)
    return Paragraph(block, number, whole, outer, tuple(brackets), tuple(every))


def _position(figure: Figure) -> int:
    return figure.position


def _line(
    block: int,
    row: int,
    text: str,
    held: Sequence[tuple[int, Mention]],
    order: Mapping[int, int],
    facts: Mapping[int, Fact],
    lead: str = "",
) -> Line:
    """A line with its figures; ``lead`` is the clause that a bracket explains, and which its first clause goes on."""
    figures: list[Figure] = []
    dates: list[tuple[int, Mention]] = []
    numbered = iter(held)
    marks = [found.start() for found in _MARK.finditer(text)]
    start = last = 0  # behind the last figure or full stop, and behind the last mark
    begun = -1
    for at, following in pairwise([*marks, len(text)]):
        character, before = text[at], text[max(last, at - LONGEST) : at]
        last = at + 1
        if character in _CLAUSE_ENDS:
            begun = at + 1
        if character == "。":
            start = at + 1
        if character not in _MENTIONS:
            continue
        position, mention = next(numbered)
        if character == DAY:
            dates.append((at, mention))
            continue
        reach = at - LONGEST
        clause = text[begun:at] if begun > reach and begun >= 0 else lead + text[max(0, reach) : at]
        unit = mention.unit or ""
        sort = sort_of(unit)
        figures.append(
            Figure(
                mention, at, text[start:at], len(figures), order[position], max(row, 0), position, before,
                text[at + 1 : min(following, at + 1 + LONGEST)], clause, facts.get(mention.start), *_scaled(mention),
                unit, sort[0], sort,
            )
        )  # fmt: skip
        start = at + 1
    return Line(block, text, tuple(mention for _, mention in held), tuple(figures), tuple(dates))


def _scaled(mention: Mention) -> tuple[int, int]:
    """The amount of a figure and how exact it is, in millionths."""
    units = int(number(mention.value or 0) * (mention.distributed or 1) * MILLION)
    if mention.bound is None and mention.step == 1:
        return units, 0
    place = grain(mention) if mention.bound is not None else number(mention.step or 1)
    return units, int(place * MILLION)


def groups(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets that are closed begin and end."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, bracket.end()))
    return found
