"""Rates of change: from the level and the change, from two levels, or as a share of the former level.

較上期9,027件少了413件，降幅4.58%; 由15,600輛降為14,200輛，降幅8.97%. What fell was more before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from .candidate import Candidate
from .changes import around, follow, is_former, is_goal, is_rate_of_change, new_and_old, of_other_name, tells_change
from .cues import direction, label
from .figure import Document, Figure, Paragraph, alike
from .law import fits, growth_between, growth_of, rate_of

_OWN_RATE = re.compile(r"(?:增加?|減少?|降低?|成長|上升|下降|提高|變動|衰退|升|年增|年減)比?率")
_EXCHANGE = re.compile(r"升值|貶值")
"""A currency that rises costs less of another; its rate of change may be told of either level."""
_YEARLY = re.compile(r"年增率|年減率|年率|平均")
"""A rate over a year, which the levels of two other times do not give."""
_DOUBTS = frozenset({"growth:other-rate", "growth:other-name"})


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of a rate of change in running text."""
    for paragraph in document.paragraphs:
        for figure in paragraph.figures:
            if (
                figure.mention.value
                and figure.is_rate
                and not figure.is_standard
                and is_rate_of_change(paragraph, figure)
            ):
                yield from _growths(paragraph, figure)


def _growths(paragraph: Paragraph, rate: Figure) -> Iterator[Candidate]:
    """The rate from the level and the change, from the two levels, or from the change and the former level."""
    counts = around(paragraph, rate, lambda each: each.is_amount)
    tried = 0
    own = _own_change(paragraph, rate)
    level = _level_of(paragraph, own) if own is not None else None
    for one, other in sorted(combinations(range(len(counts)), 2), key=sum):
        first, second = counts[one], counts[other]
        if not alike(first, second):
            continue
        for change, reached in ((first, second), (second, first)):
            told = tells_change(paragraph, reached) and reached is not level  # 賸餘14億元 is a level, too
            if not tells_change(paragraph, change) or told or is_former(reached):
                continue
            tried += 1
            way = direction(change.before) or direction(rate.before) or (-1 if (rate.mention.value or 0) < 0 else 0)
            yield from _of_change(paragraph, rate, reached, change, way, tried, own=own, level=level)
        tried += 1
        yield from _of_levels(paragraph, rate, first, second, tried)
        if not is_former(first) and not is_former(second):
            tried += 1
            yield from _of_levels(paragraph, rate, second, first, tried)
    if own is not None:
        for tried, base in enumerate(_bases(paragraph, own), start=1):
            relation = rate_of("ratio.of-former", rate.mention, own.mention, base.mention)
            if relation is not None and fits(relation):
                yield Candidate(relation, frozenset({"growth:right-behind"}), tried + 1)


def _of_change(
    paragraph: Paragraph,
    rate: Figure,
    reached: Figure,
    change: Figure,
    way: int,
    tried: int,
    *,
    own: Figure | None,
    level: Figure | None,
) -> Iterator[Candidate]:
    ways = (way < 0,) if way else (False, True)
    formal = change is own and reached is level and not _EXCHANGE.search(change.before)
    for falls in ways:
        relation = growth_of("growth.change", rate.mention, reached.mention, change.mention, falls)
        if relation is None or not (formal or fits(relation)):
            continue
        features = set()
        if formal:
            features.add("growth:told-in-order")
        if change is own:
            features.add("growth:right-behind")
        if formal and of_other_name(reached, change):
            features.add("growth:other-name")
        if "率" in rate.before and not _OWN_RATE.search(rate.before):
            features.add("growth:other-rate")  # 破獲率提升5%: what rose is a rate of its own
        if formal and way and change is own and not features & _DOUBTS:
            features.add("growth:plain")
        yield Candidate(relation, frozenset(features), tried)


def _of_levels(paragraph: Paragraph, rate: Figure, first: Figure, second: Figure, tried: int) -> Iterator[Candidate]:
    """機車由15,600輛降為14,200輛，降幅8.97%."""
    if tells_change(paragraph, first) or tells_change(paragraph, second):
        return
    new, old = new_and_old(first, second)
    relation = growth_between("growth.levels", rate.mention, new.mention, old.mention)
    formal = is_former(old) and not is_former(new) and _levels_in_order(paragraph, new, old, rate)
    if relation is not None and (formal or fits(relation)):
        way = direction(rate.before)
        features = {"growth:levels-in-order"} if formal else set()
        if way and (way > 0) != (new.units > old.units) and relation.holds:
            features.add("growth:wrong-way")
        if _YEARLY.search(rate.before):
            features.add("growth:yearly")
        if formal and way and not _YEARLY.search(rate.before) and _is_only_pair(paragraph, new, rate):
            features.add("growth:plain")
        yield Candidate(relation, frozenset(features), tried)


def _is_only_pair(paragraph: Paragraph, new: Figure, rate: Figure) -> bool:
    """The clause in which the level stands tells no other one of its sort, and the rate is that of no other rate."""
    before = paragraph.last(new)
    crowded = before is not None and alike(before, new) and "、" in paragraph.between(before, new)
    return not crowded and ("率" not in rate.before or _OWN_RATE.search(rate.before) is not None)


def _levels_in_order(paragraph: Paragraph, new: Figure, old: Figure, rate: Figure) -> bool:
    """A，較B增加R; A(較B減少R); A，較去年同期(B)減少R."""
    if not paragraph.one_sentence(new, old, rate) or rate.place != max(new.place, old.place) + 1:
        return False
    if new.row == rate.row == old.row:
        return abs(new.index - old.index) == 1 or follow(paragraph.line_of(rate), new, old)
    if old.row == rate.row:
        return paragraph.brackets[old.row - 1].owner is new
    return new.row == rate.row and old.place == new.place + 1


def _own_change(paragraph: Paragraph, rate: Figure) -> Figure | None:
    """The change that stands right before its rate."""
    last = paragraph.last(rate)
    if last is None or not last.is_amount or not tells_change(paragraph, last):
        return None
    between = paragraph.between(last, rate)
    plain = re.fullmatch(r"[^,;。()]{0,6}(?:\([^,;。()]{0,8}|[,或]?[^,;。()]{0,10})", between) is not None
    return last if plain else None


def _level_of(paragraph: Paragraph, change: Figure) -> Figure | None:
    """The figure that changed: what was said to change so much, or the last one before that is no change itself."""
    line = paragraph.line_of(change)
    ahead = [each for each in line.ahead(change.at) if alike(each, change)]
    former = next((each for each in reversed(ahead) if is_former(each) or is_goal(each)), None)
    if former is not None:
        for each in reversed(ahead):
            slack = each.slack + former.slack + change.slack
            if abs(abs(each.units - former.units) - abs(change.units)) <= slack and each is not former:
                return each
    named = label(change.before)
    found = None
    for figure in reversed(line.ahead(change.at)):
        if not figure.is_count or figure.has("change.any") or is_former(figure) or is_goal(figure):
            continue
        if alike(figure, change):
            if found is None:
                found = figure
            elif named and named in figure.before:
                return figure
        elif found is None and figure.unit == change.unit:
            return None
    return found


def _bases(paragraph: Paragraph, change: Figure) -> Sequence[Figure]:
    """What else the rate may be one of: the former levels before the change."""
    line = paragraph.line_of(change)
    exchange = _EXCHANGE.search(change.before) is not None
    near = (each for each in reversed(line.ahead(change.at, 8)) if alike(each, change))
    return [each for each in near if exchange or is_former(each)]
