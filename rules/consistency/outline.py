"""Lists of items and the totals that they make up, level by level: 一、共4,632萬元 over (一)4萬元, (二)5萬元 and (三)4,623萬元.

Items are neighbouring blocks of one level, with what stands below each of them left aside. Each may give several measures,
known by their sort, or by the words right before them (違反14項次、停工5項次); the total of a measure stands in the block
above the items, or before or behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Mention
from .candidate import Candidate
from .cues import label
from .error_model import mendable
from .evidence import rarity
from .figure import Document, Figure, Paragraph, alike
from .law import adds_up, total
from .parts import is_part

_LONGEST_ITEM = 90
_MOST_ITEMS = 24
_ABOVE, _NEAR = 6, 12
"""So many paragraphs above a list, and so many figures of theirs, may hold its total."""
_BEHIND = 2
_TELLING = 20
_NAME = 2
"""So many characters right before a figure name its measure."""
_TOTALS = re.compile(r"合計|總計|共計|總共")
_CLOSES = re.compile(r"(?:合計|總計|共計|小計)$")
_OPENS = re.compile(r"(?:如下|如次|包括|分別|為|計有|下列|明細|分述|:)[^。]{0,8}[:。]?$")


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of each item: what the item begins with, or what all call by one name."""

    name: str
    items: tuple[tuple[Paragraph, Figure], ...]
    everywhere: bool
    """No item lacks it."""


def find(document: Document) -> Iterator[Candidate]:
    """The totals of all lists."""
    for items in _lists(document):
        taken: set[tuple[int, ...]] = set()
        complete = _is_complete(document, items)
        for measure in _measures(items, complete=complete):
            whole = _total(document, items, measure)
            parts = [figure.mention for _, figure in measure.items]
            places = tuple(part.start for part in parts)
            if whole is None or places in taken:
                continue
            taken.add(places)
            yield Candidate(total("sum", "sum.items", whole.mention, parts, ["+"] * len(parts)), frozenset())


def _lists(document: Document) -> Iterator[list[Paragraph]]:
    """Runs of blocks of one level, none of a higher one between."""
    open_: list[list[Paragraph]] = []
    for paragraph in document.paragraphs:
        block = document.block(paragraph)
        while open_ and document.block(open_[-1][-1]).level > block.level:
            yield open_.pop()
        last = document.block(open_[-1][-1]) if open_ else None
        if last is None or last.level < block.level:
            open_.append([paragraph])
        elif last.kind == block.kind and (block.marker or paragraph.block == open_[-1][-1].block + 1):
            open_[-1].append(paragraph)
        else:
            yield open_[-1]
            open_[-1] = [paragraph]
    yield from open_


def _is_complete(document: Document, items: Sequence[Paragraph]) -> bool:
    """No item of the list tells nothing but words."""
    blocks, held = document.report.blocks, {each.block for each in items}
    level = blocks[items[0].block].level
    for step, start in ((1, items[-1].block + 1), (-1, items[0].block - 1)):
        for at in range(start, len(blocks) if step > 0 else -1, step):
            if blocks[at].level < level or not blocks[at].marker:
                break
            if blocks[at].level == level:
                return False
    between = range(items[0].block, items[-1].block)
    return all(at in held for at in between if blocks[at].level == level and blocks[at].marker)


def _measures(items: Sequence[Paragraph], *, complete: bool) -> Iterator[Measure]:
    """What each item gives, the first figure of each first; then what goes by one name in them."""
    marked = [each for each in items if each.figures]
    if marked and marked[0].outer.text.endswith(":"):
        marked = marked[1:]  # it announces the list
    if marked and (first := _first(marked[-1])) is not None and _CLOSES.search(first.before):
        marked = marked[:-1]
    if not 2 <= len(marked) <= _MOST_ITEMS:
        return
    firsts = [(each, figure) for each in marked if (figure := _first(each)) is not None]
    for run in _runs(firsts):
        yield Measure("", tuple(run), complete and len(run) == len(marked))
    named: dict[tuple[str, tuple[bool, str]], dict[int, tuple[Paragraph, Figure]]] = {}
    for paragraph in marked:
        for figure in paragraph.outer.figures:
            name = label(figure.before)[-_NAME:]
            if figure.is_count and figure.mention.value and len(name) == _NAME:
                named.setdefault((name, figure.sort), {}).setdefault(paragraph.number, (paragraph, figure))
    for (name, _), held in named.items():
        if len(held) > 1:
            yield Measure(name, tuple(held.values()), complete and len(held) == len(marked))


def _first(paragraph: Paragraph) -> Figure | None:
    """The amount with which an item begins, if it tells no other of its sort."""
    first = paragraph.outer.figures[0] if paragraph.outer.figures else None
    if first is None or not first.is_count or not first.mention.value or first.at > _LONGEST_ITEM:
        return None
    others = [each for each in paragraph.outer.figures[1:] if alike(each, first)]
    short = len(paragraph.outer.text) <= _LONGEST_ITEM and not others
    return first if short or re.fullmatch(r"[^,;。:]{1,16}:共?計?", paragraph.outer.text[: first.at]) else None


def _runs(firsts: Sequence[tuple[Paragraph, Figure]]) -> Iterator[list[tuple[Paragraph, Figure]]]:
    run: list[tuple[Paragraph, Figure]] = []
    for paragraph, figure in firsts:
        if run and figure.unit != run[-1][1].unit:
            if len(run) > 1:
                yield run
            run = []
        run.append((paragraph, figure))
    if len(run) > 1:
        yield run


def _total(document: Document, items: Sequence[Paragraph], measure: Measure) -> Figure | None:
    """The figure beside the list that its items make up; where its words announce the list, one digit may part them."""
    known = document.paragraphs
    first, last = measure.items[0][0].number, items[-1].number
    above = [each for paragraph in known[max(0, first - _ABOVE) : first] for each in paragraph.figures][::-1]
    behind = [each for paragraph in known[last + 1 : last + 2] for each in paragraph.figures][:_BEHIND]
    parts = [figure for _, figure in measure.items]
    near = [each for each in (*above[:_NEAR], *behind) if alike(each, parts[0]) and each.mention.value]
    near = [each for each in near if all(is_part(part, each) for part in parts)]
    called = [each for each in near if _is_called(measure, each)]
    if called and (measure.everywhere or _adds_up(called[0], parts)):
        return called[0]
    if measure.name:
        return None
    return announced_total(near, [part.mention for part in parts], known[first - 1].outer.text if first else "")


def _is_called(measure: Measure, whole: Figure) -> bool:
    """三家合計違反34項次、停工6項次: called a total, by the name of the measure."""
    called = whole.has("total.word") or _TOTALS.search(whole.clause) is not None
    return bool(measure.name) and called and label(whole.before).endswith(measure.name)


def _adds_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    return adds_up([whole.mention, *(part.mention for part in parts)])


def announced_total(near: Sequence[Figure], parts: Sequence[Mention], opening: str) -> Figure | None:
    """The figure that a list makes up; where the text before the list opens it, one digit may part them from the nearest."""
    for tried, each in enumerate(near, start=1):
        relation = total("sum", "", each.mention, parts, ["+"] * len(parts))
        if relation.holds and rarity(each.mention) >= 2 * tried * len(parts):
            return each
    if not near or len(parts) < 3 or not _OPENS.search(opening):
        return None
    nearest = near[0]
    return nearest if rarity(nearest.mention) >= _TELLING and mendable([nearest.mention, *parts], adds_up) else None
