"""Averages and multiples: how much for each of several, and how many times one figure is another.

講座156場，參與8,736人次，每場平均56人次; 每10萬人口39.8人; 由40億元增加至120億元，增加2倍.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations, product

from .candidate import Candidate
from .changes import is_former
from .cues import says
from .figure import COUNT, Document, Figure, Paragraph, alike, comparable
from .law import average_of, fits, rate_of
from .numbers import magnitude, number

_NUMERATORS = 8


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of an average or a multiple in running text."""
    for paragraph in document.paragraphs:
        for figure in paragraph.figures:
            if not figure.mention.value:
                continue
            if figure.unit == "倍" and not figure.is_standard:
                yield from _multiples(paragraph, figure)
            elif figure.is_count and (each := _each(paragraph, figure)) is not None:
                yield from _averages(paragraph, figure, each)


# --- multiples --------------------------------------------------------------------------------------------------------


def _multiples(paragraph: Paragraph, times: Figure) -> Iterator[Candidate]:
    """求職42,000人次、求才63,000人次，求供倍數1.5倍; 由40億元增至120億元，增加2倍: of an increase, one less."""
    counts = [each for each in paragraph.before(times, 24) if each.is_count and each.unit != "倍"]
    near = [each for each in counts if each.units > 0][: -_NUMERATORS - 1 : -1]
    grown = re.search(r"增|成長|多|高", times.before) is not None
    tried = 0
    for over, under in permutations(near, 2):
        if not alike(over, under) or over.units <= under.units:
            continue
        tried += 1
        relation = rate_of("ratio.multiple", times.mention, over.mention, under.mention)
        if relation is None:
            continue
        by = number(relation.computed) - 1  # what grew by one grew twofold
        if grown and not fits(relation) and magnitude(by - times.size) <= number(times.mention.step or 1):
            relation = replace(relation, holds=True, rounding="round")
        formal = _from_to(paragraph, under, over, times) or _beside(over, under, times)
        if formal or fits(relation) or relation.rounding == "round":
            features = {"ratio:times-in-order"} if formal else set()
            yield Candidate(relation, frozenset(features), tried)


def _from_to(paragraph: Paragraph, under: Figure, over: Figure, times: Figure) -> bool:
    if not under.row == over.row == times.row:
        return False
    in_row = over.index == under.index + 1 and times.index == over.index + 1
    return in_row and over.has("level.new") and paragraph.one_sentence(under, over, times)


def _beside(over: Figure, under: Figure, times: Figure) -> bool:
    """平均每戶6.3公頃，較全市平均2.1公頃高出3倍."""
    return over.row == under.row == times.row and is_former(under) and times.index == under.index + 1 == over.index + 2


# --- averages ---------------------------------------------------------------------------------------------------------

_EACH = re.compile(
    rf"(?:每|平均(?=一))(?P<times>[一1]?(?:百|千|萬|十萬)|{COUNT})?一?(?P<what>(?:(?!平均)[^,;。:()每均約\d{COUNT}]){{1,8}})?(?:平均)?[^,;。:()]{{0,14}}$"
)
_PER_HEAD = re.compile(r"(?P<what>[人戶班場月年件案校里區隊站車床])均[^,;。:()]{0,8}$")
_TIMES = {"百": 100, "千": 1000, "萬": 10_000, "十萬": 100_000}
_FAR, _NEAR, _WHOLES = 40, 8, 4
"""So many figures before an average are looked at, so many counts of them, and so many wholes."""


@dataclass(frozen=True, slots=True)
class Each:
    """What an average is reckoned for: so many of a thing."""

    what: str
    times: int


def _each(paragraph: Paragraph, figure: Figure) -> Each | None:
    clause = figure.clause
    if (head := _PER_HEAD.search(clause)) is not None:
        return Each(head["what"], 1)
    match = _EACH.search(clause)
    if match is None or not says("average", clause[max(0, match.start() - 4) :]):
        return None
    told = match["times"] or ""
    times = _TIMES.get(told.lstrip("一1"), 1)
    before = paragraph.line_of(figure).last(figure)
    if told == COUNT and before is not None:
        return Each(before.unit + (match["what"] or ""), int(before.size or 1))
    return Each(match["what"] or "", times)


def _averages(paragraph: Paragraph, mean: Figure, each: Each) -> Iterator[Candidate]:
    """The whole and the count before an average, those of its own sentence first."""

    def is_far(figure: Figure) -> bool:
        return not paragraph.one_sentence(figure, mean)

    before = [figure for figure in reversed(paragraph.before(mean, _FAR)) if figure.is_amount]
    wholes = sorted([figure for figure in before if _same_unit(figure, mean)][:_WHOLES], key=is_far)
    counted = [figure for figure in before if counts_each(figure, each.what)][:_NEAR]
    called = "平均" in mean.clause
    if called:  # 3,437公頃（542件），平均每處6.34公頃
        counted += [figure for figure in before[:3] if figure not in counted and not alike(figure, mean)]
    counts = sorted(counted, key=is_far)
    alone = called and [len(held) - sum(map(is_far, held)) for held in (wholes, counts)] == [1, 1]
    pairs = ((whole, count) for whole, count in product(wholes, counts) if count is not whole)
    for tried, (whole, count) in enumerate(pairs, start=1):
        relation = average_of("ratio.average", mean.mention, whole.mention, count.mention, each.times)
        formal = alone and tried == 1
        if relation is not None and (formal or fits(relation)):
            features = {"average:only-pair"} if formal else set()
            if formal and mean.row == whole.row == count.row and max(whole.index, count.index) + 1 == mean.index:
                features.add("average:in-row")
            if not counts_each(count, each.what):
                features.add("average:other-unit")
            yield Candidate(relation, frozenset(features), tried)


def _same_unit(figure: Figure, mean: Figure) -> bool:
    """Also 人次 and 場次 of an average that is told in 次."""
    return comparable(figure.unit, mean.unit) or (mean.unit == "次" and figure.unit.endswith("次"))


def counts_each(figure: Figure, what: str) -> bool:
    """每場 counts 場次, 每名社工 people, 每門課 門."""
    unit = figure.unit
    return bool(what) and (
        what.startswith(unit) or what.endswith(unit) or unit.startswith(what[:2]) or comparable(unit, what[:1])
    )
