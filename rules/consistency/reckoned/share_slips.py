"""A rate that no pair of figures gives, and the pair that one digit parts from it: 報考1,842人，通過1,119人，通過率66.7%.

Of the pairs that the rate may be reckoned from, the one is told that could least be parted by a single digit by chance, if
its words say that it is the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ....model import Mention, Relation
from ..check import Check
from ..context import Document
from ..ratio import gives_rate, rate_of
from ..relation import LIKELY
from ..slips import mendable, written
from .evidence import rarity
from .passage import Passage, Told
from .shares import CUE, denominators, names, numerators, rates, shares

_NAMED, _SAID, _BESIDE = 1, 4, 60
"""How much it must say: of the pair whose verb the rate takes up, of the nearest one, of any other."""


def _slips(document: Document) -> Iterator[Relation]:
    known = {relation.result.start for relation in shares(document)}
    for passage, rate in rates(document):
        if rate.mention.bound is None and rate.mention.start not in known:
            relation = _slipped(passage, rate)
            if relation is not None:
                yield relation


def _slipped(passage: Passage, rate: Told) -> Relation | None:
    best, found = Fraction(1), None
    tried = 0
    for over, plain in numerators(passage, rate):
        for place, under in enumerate(denominators(passage, rate, over)):
            if "。" in passage.between(*sorted((under, rate), key=lambda each: each.at)):
                continue
            tried += 1
            figures = [rate.mention, over.mention, under.mention]
            weight = _telling(figures) / tried / _asked(over, under, rate, nearest=plain and place == 0)
            bounded = over.mention.bound is not None or under.mention.bound is not None
            if {over.role, under.role} & {"rule", "former"}:
                continue
            one_time = len({each.dated for each in (rate, over, under) if each.dated is not None}) < 2
            if (
                weight >= best
                and one_time
                and not bounded
                and not gives_rate(figures)
                and mendable(figures, gives_rate)
            ):
                best = weight
                found = rate_of("ratio.slip", rate.mention, over.mention, under.mention, confidence=LIKELY)
    return found if found is not None and not found.holds else None


def _telling(figures: Sequence[Mention]) -> Fraction:
    """How many values the rate might have had for each that one digit of the three makes it."""
    return rarity(figures[0]) / (9 * sum(len(written(figure)) for figure in figures))


def _asked(over: Told, under: Told, rate: Told, *, nearest: bool) -> int:
    if names(over, rate) and not names(under, rate):
        return _NAMED
    return _SAID if nearest and CUE.search(rate.before) is not None else _BESIDE


CHECKS = (Check("ratio.slip", "a rate and the two figures that its words name, which one digit parts", _slips),)
