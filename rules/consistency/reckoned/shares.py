"""A rate, its numerator and its denominator, in whatever words: 報考1,842人，通過1,119人，通過率60.7%; 其中12人，即三成.

The numerator is a figure close before the rate, or the one that the rate's own words name. The denominator is a larger
figure of the same sort in its sentence or before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice, permutations

from ....model import Relation
from ..check import Check
from ..context import Document
from ..ratio import rate_of
from ..relation import LIKELY
from ..words import label
from .changes import is_rate_of_change
from .evidence import rarity
from .passage import Passage, Told, alike, earlier, passages

_NO_SHARE = re.compile(
    r"較|(?<![占佔])比(?!率|例|重)|平均|目標|所[訂定]|指標值?|應|至少|須|規定|利率|年息|加碼|折|稅率"
)
_IN_LIST = re.compile(r"^[、及和與至]?$")
_LIST = 40
CUE = re.compile(r"[占佔]|比率|比例|比重|占比|率|即$|\($")
_RATE_WORD = re.compile(r"([^,;。、]{2})率")
_TOTAL = re.compile(r"(?:合計|共計|總計|總數|總共)")
_ALL = 100
_OTHERS = 3
_NUMERATORS = 8
_DENOMINATORS = 10
_FAR = 60
"""So many figures of the paragraphs before may be the whole."""
_ENOUGH = 20
_UNNAMED = 60
_SOME = 5
_LITTLE = 3
"""How rare a rate must be: among all pairs around, a multiple, and for the one that the words name."""


@lru_cache(maxsize=2)
def shares(document: Document) -> tuple[Relation, ...]:
    """The rates that a pair of figures gives."""
    found = (_share(document, passage, figure) for passage, figure in rates(document))
    return tuple(relation for relation in found if relation is not None)


def _shares(document: Document) -> Iterator[Relation]:
    yield from shares(document)


def _times(document: Document) -> Iterator[Relation]:
    """求職42,000人次、求才63,000人次，求供倍數1.5倍: how many times one is the other, of the figures before."""
    for passage in passages(document):
        for figure in passage.figures:
            if figure.unit == "倍" and figure.mention.value and not is_rate_of_change(passage, figure):
                relation = _multiple(passage, figure)
                if relation is not None:
                    yield relation


def _multiple(passage: Passage, times: Told) -> Relation | None:
    counts = [each for each in passage.figures[: times.place] if each.is_count and each.unit != "倍"]
    near = [each for each in counts if each.mention.value][: -_NUMERATORS - 1 : -1]
    pairs = [pair for pair in permutations(near, 2) if alike(*pair) and pair[0] is not pair[1]]
    pairs = [(over, under) for over, under in pairs if (over.mention.value or 0) > (under.mention.value or 0)]
    for tried, (over, under) in enumerate(pairs, start=1):
        relation = rate_of("ratio.multiple", times.mention, over.mention, under.mention, confidence=LIKELY)
        fits = relation is not None and relation.holds and (relation.rounding != "neither" or is_about(relation))
        if fits and rarity(times.mention) / tried >= _SOME:
            return relation
    return None


def rates(document: Document) -> Iterator[tuple[Passage, Told]]:
    """What may be a share: no rate of change, of interest, no goal."""
    for passage in passages(document):
        for figure in passage.figures:
            if _is_share(figure) and not is_rate_of_change(passage, figure):
                yield passage, figure


def _is_share(figure: Told) -> bool:
    if not figure.is_rate or not figure.mention.value:
        return False
    if _NO_SHARE.search(figure.before) or figure.mention.value_max is not None:
        return False
    return _IN_LIST.match(figure.before) is None or _NO_SHARE.search(figure.clause[-_LIST:]) is None


def _share(document: Document, passage: Passage, rate: Told) -> Relation | None:
    """The first pair that gives the rate, from the likeliest on."""
    tried = 0
    for over, plain in numerators(passage, rate):
        for place, under in enumerate(denominators(passage, rate, over)):
            tried += 1
            relation = rate_of("ratio.reckoned", rate.mention, over.mention, under.mention, confidence=LIKELY)
            if relation is None or not relation.holds:
                continue
            if relation.rounding == "neither" and not is_about(relation):
                continue
            said = plain and place == 0 and CUE.search(rate.before) is not None
            if rarity(rate.mention) / tried >= (_LITTLE if said else _ENOUGH):
                return relation
    return _of_two_sorts(passage, rate, tried) or _of_another_passage(document, passage, rate, tried)


def _of_two_sorts(passage: Passage, rate: Told, tried: int) -> Relation | None:
    """稽查3,286家次，告發處分87件，告發率2.65%: the rate is named by its numerator, and the whole counts something else."""
    before = [each for each in passage.figures[: rate.place] if each.is_count and each.mention.value]
    if len(before) < 2 or CUE.search(rate.before) is None:
        return None
    pairs = [(before[-1], under) for under in before[-2 : -2 - _OTHERS : -1]]
    for over, under in [*pairs, (before[-2], before[-1])]:
        if alike(under, over) or _is_money(under) != _is_money(over):
            continue
        tried += 1
        relation = rate_of("ratio.reckoned", rate.mention, over.mention, under.mention, confidence=LIKELY)
        known = relation is not None and relation.rounding in ("round", "truncate")
        named = names(over, rate) or names(under, rate)
        if known and rarity(rate.mention) / tried >= (_ENOUGH if named else _UNNAMED):
            return relation
    return None


def _is_money(figure: Told) -> bool:
    return figure.unit == "元"


def names(over: Told, rate: Told) -> bool:
    """The word before 率 is that of the figure, or its unit (占床率)."""
    word = _RATE_WORD.search(rate.before)
    return word is not None and any(character in over.before + over.unit + over.behind for character in word[1])


def is_about(relation: Relation) -> bool:
    """約三成, 逾三成五: within a place of what is told."""
    rate = relation.result
    place = Fraction(rate.step or 1)
    while Fraction(rate.value or 0) % (place * 10) == 0:
        place *= 10
    return rate.bound is not None and abs(Fraction(relation.computed) - abs(Fraction(rate.value or 0))) <= place


def _of_another_passage(document: Document, passage: Passage, rate: Told, tried: int) -> Relation | None:
    """占歲入52.05%: the whole was told in a paragraph before; as many are tried as the rate's digits allow."""
    over = next((over for over, plain in numerators(passage, rate) if plain), None)
    if over is None or rate.mention.bound is not None or CUE.search(rate.before) is None:
        return None
    most = max(int(rarity(rate.mention) / _ENOUGH) - tried, 0)
    far = earlier(document, passage, over, _FAR)
    larger = (under for under in far if (under.mention.value or 0) >= (over.mention.value or 0))
    for under in islice(larger, most):
        relation = rate_of("ratio.reckoned", rate.mention, over.mention, under.mention, confidence=LIKELY)
        if relation is not None and relation.rounding in ("round", "truncate"):
            return relation
    return None


def numerators(passage: Passage, rate: Told) -> Iterator[tuple[Told, bool]]:
    """The figure that the rate's words name, then those before it, the nearest first; and whether the words say so."""
    before = [each for each in passage.figures[: rate.place] if each.is_count and each.mention.value]
    named = next((each for each in reversed(before) if _is_named(each, rate)), None)
    if named is not None:
        yield named, True
    for place, figure in enumerate(islice(reversed(before), _NUMERATORS)):
        if figure is not named:
            yield figure, place == 0 and named is None


def _is_named(figure: Told, rate: Told) -> bool:
    """兒童少年保護事件284件，…兒童少年保護事件所占比例為19.9%; 已完工1,284間、施工中1,507間，完工率恰為四成."""
    name, word = label(figure.before), _RATE_WORD.search(rate.before)
    return (len(name) >= 2 and name in rate.before) or (word is not None and word[1] in figure.before)


def denominators(passage: Passage, rate: Told, over: Told) -> list[Told]:
    """The larger figures of the same sort before the rate, those before the numerator first; then a total behind.

    Smaller ones where more than all was reached (達成率103.45%).
    """
    size = over.mention.value or 0
    exceeds = (rate.mention.value or 0) > _ALL

    def fits(each: Told) -> bool:
        value = each.mention.value or 0
        return each is not over and alike(each, over) and (value < size if exceeds else value >= size)

    before = [each for each in passage.figures[: rate.place] if fits(each)]
    near = sorted(before, key=lambda each: (each.place > over.place, -each.place))[:_DENOMINATORS]
    behind = (each for each in passage.figures[rate.place + 1 : rate.place + 24] if alike(each, over))
    closing = next((each for each in behind if _TOTAL.search(each.before)), None)
    if closing is not None and fits(closing) and "。" not in passage.between(rate, closing):
        near.append(closing)
    return near


CHECKS = (
    Check("ratio.reckoned", "a rate and the two figures around it that give it", _shares),
    Check("ratio.multiple", "how many times one figure before is another", _times),
)
