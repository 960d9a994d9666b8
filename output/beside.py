"""Two reports side by side in full: what is new, gone and changed, and in each passage the words and figures that differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ..model import AlignedFigure, AlignedPassage, Alignment, Mention, Report
from .passages import legible

Kind = Literal["figure", "wording", "new", "gone", "same"]
KINDS: tuple[Kind, ...] = ("figure", "wording", "new", "gone", "same")
_WORD = re.compile(r"\d[\d,.]*|[A-Za-z]+|\s+|.", re.DOTALL)
_LONG = 3_000
"""Of longer passages (tables) only the figures are marked; comparing all their words takes too long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; of a figure that differs also where it starts in its report."""

    text: str
    mark: Literal["", "word", "figure"] = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A passage of one of two reports."""

    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together; of what is new or gone, one side is missing."""

    kind: Kind
    earlier: Side | None
    later: Side | None


@dataclass(frozen=True, slots=True)
class Beside:
    """Two reports side by side, in the order of the later one; what is gone stands where it stood."""

    earlier: Report
    later: Report
    pairs: tuple[Pair, ...]
    counts: Mapping[str, int]
    """How many passages there are of each kind, and ``figures`` that differ."""


def beside(earlier: Report, later: Report, alignment: Alignment) -> Beside:
    """Two reports side by side."""
    figures: dict[tuple[int | None, int | None], list[AlignedFigure]] = defaultdict(list)
    for pair in alignment.figures:
        if differs(pair):
            figures[pair.earlier.block, pair.later.block].append(pair)
    pairs = []
    for passage in _in_order(alignment.passages):
        pairs.append(_pair(earlier, later, passage, figures[passage.earlier, passage.later]))
    counts = {kind: sum(pair.kind == kind for pair in pairs) for kind in KINDS}
    return Beside(earlier, later, tuple(pairs), counts | {"figures": sum(map(len, figures.values()))})


def differs(pair: AlignedFigure) -> bool:
    """Two figures in one place do not say the same; 本期 is 本期, whichever half-year it means."""
    one, other = pair.earlier, pair.later
    return one.text != other.text and (one.value, one.value_max, one.edtf) != (other.value, other.value_max, other.edtf)


def _in_order(passages: Iterable[AlignedPassage]) -> Iterator[AlignedPassage]:
    """By their place in the later report; what is gone behind what stood before it in the earlier one."""
    known = [(each.earlier, each) for each in passages if each.earlier is not None]
    kept = sorted((was, each.later) for was, each in known if each.later is not None)
    places = [was for was, _ in kept]

    def place(each: AlignedPassage) -> tuple[int, int, int]:
        if each.later is not None:
            return each.later, 0, each.earlier or 0
        assert each.earlier is not None
        at = bisect_left(places, each.earlier)
        return (kept[at - 1][1] if at else -1), 1, each.earlier

    yield from sorted(passages, key=place)


def _pair(earlier: Report, later: Report, passage: AlignedPassage, figures: Sequence[AlignedFigure]) -> Pair:
    was, now = passage.earlier, passage.later
    if was is None or now is None:
        kind: Kind = "new" if was is None else "gone"
        return Pair(kind, *(None if at is None else _side(report, at, _tokens(report.blocks[at].text, ())) for report, at in ((earlier, was), (later, now))))  # fmt: skip
    texts = earlier.blocks[was].text, later.blocks[now].text
    tokens = (
        _tokens(texts[0], [pair.earlier for pair in figures]),
        _tokens(texts[1], [pair.later for pair in figures]),
    )
    one, other = _marked(*tokens) if max(map(len, texts)) <= _LONG else tokens
    kind = "figure" if figures else "same" if legible(texts[0]) == legible(texts[1]) else "wording"
    return Pair(kind, _side(earlier, was, one), _side(later, now, other))


_Token = tuple[str, Literal["", "word", "figure"], int | None]


def _tokens(text: str, figures: Iterable[Mention]) -> list[_Token]:
    """A text in words, the figures that differ each in one."""
    found: list[_Token] = []
    at = 0
    for mention in sorted(figures, key=lambda each: each.block_start):
        if mention.block_start < at:
            continue
        found += [(word, "", None) for word in _WORD.findall(text[at : mention.block_start])]
        found.append((text[mention.block_start : mention.block_end], "figure", mention.start))
        at = mention.block_end
    return [*found, *((word, "", None) for word in _WORD.findall(text[at:]))]


def _marked(one: Sequence[_Token], other: Sequence[_Token]) -> tuple[list[_Token], list[_Token]]:
    """The same, with the words marked that the other text does not have."""
    first, second = (
        [f"\0{mark}" if mark else "" if text.isspace() else text for text, mark, _ in side] for side in (one, other)
    )
    sides: tuple[list[_Token], list[_Token]] = ([], [])
    for kind, low, high, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for found, tokens in ((sides[0], one[low:high]), (sides[1], other[start:end])):
            found += [(text, mark or ("" if kind == "equal" else "word"), at) for text, mark, at in tokens]
    return sides


def _side(report: Report, place: int, tokens: Iterable[_Token]) -> Side:
    pieces: list[Piece] = []
    for text, mark, start in tokens:
        if pieces and mark == pieces[-1].mark != "figure":
            pieces[-1] = Piece(pieces[-1].text + text, mark)
        else:
            pieces.append(Piece(text, mark, start))
    return Side(report.line(report.blocks[place].start), tuple(Piece(legible(piece.text), piece.mark, piece.start) for piece in pieces))  # fmt: skip
