"""Which of several readings of one figure stands: each tie once, and none broken that another reading bears out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from ...model import Mention, Relation
from .relation import LIKELY, Sign, adds_up, how_rounded
from .slips import mendable

Place = tuple[int, int]
_SUMS = frozenset({"sum", "difference", "change"})
_DISTANCES = frozenset({"difference", "change"})
_RATES = frozenset({"ratio", "growth"})
_MOST_TURNED = 8
_SMALL = 30
"""Small numbers add up in some way more often than not."""
_SLIP = ".slip"
"""What is only told because one digit parts it: a figure that anything else bears out is none."""
_ONE_BASE = "mean.one-base"
_PAIR = 2
_FAR = Fraction(3, 10)
_EXACT = _SUMS | {"ratio"}


def settled(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations without those that say less, or the same in other words, than one that was found before them.

    A change or a distance that no single digit would mend may have been reckoned from other levels: it is not called sure.
    """
    known = [relation for relation in _whole(list(_apart(relations))) if _is_credible(relation)]
    for relation in _telling(_not_refuted(known)):
        doubtful = relation.holds is False and relation.kind in _SUMS and not _is_mendable(relation)
        yield replace(relation, confidence=min(relation.confidence, LIKELY)) if doubtful else relation


def place(mention: Mention) -> Place:
    """Where a figure stands in its report."""
    return (mention.start, mention.end)


def places(relation: Relation) -> frozenset[Place]:
    """Where the figures of a relation stand."""
    return frozenset(map(place, (relation.result, *relation.terms)))


def _family(relation: Relation) -> str:
    if relation.kind in _SUMS:
        return "sums"
    return "rates" if relation.kind in _RATES else relation.kind


def _apart(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Each tie once: the same figures, and for one result the same parts, are reckoned in one way."""
    told: set[tuple[object, ...]] = set()
    taken: dict[tuple[str, Place], list[Relation]] = defaultdict(list)
    for relation in relations:
        family, result = _family(relation), place(relation.result)
        exact = family in ("sums", "rates")
        key: tuple[object, ...] = (relation.kind, result, places(relation))
        if exact or relation.kind == "product":
            # 156場, each 56人次, 8,736人次 in all: the average and the product are one tie.
            key = (family if exact else "rates", places(relation))
        if key in told:
            continue
        told.add(key)
        if exact and any(_says_more(other, relation) for other in taken[family, result]):
            continue
        taken[family, result].append(relation)
        yield relation


def _says_more(first: Relation, second: Relation) -> bool:
    """Both hold and give one figure from some of the same: the first found is the better reading."""
    return bool(first.holds and second.holds) and bool(set(map(place, first.terms)) & set(map(place, second.terms)))


def _whole(relations: Sequence[Relation]) -> Iterator[Relation]:
    """All but ties that are a piece of another one that holds: 64 − 18 of 1 + 64 − 47 = 18."""
    holding: dict[Place, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.holds and _family(relation) == "sums":
            for spot in places(relation):
                holding[spot].append(relation)
    for relation in relations:
        figures = places(relation)
        larger = (other for spot in figures for other in holding.get(spot, ()) if other is not relation)
        if _family(relation) != "sums" or not any(figures < places(other) for other in larger):
            yield relation


def _is_credible(relation: Relation) -> bool:
    """What is far from its figures was not miscalculated but reckoned from others, unless a digit is wrong."""
    if relation.holds is not False or "(" in relation.stated:
        return True
    if relation.kind in _SUMS:
        return (not _is_far(relation) or _is_mendable(relation)) and not _is_flow(relation)
    if _family(relation) != "rates" or len(relation.terms) != _PAIR or not _is_far(relation):
        return True
    if relation.kind == "growth":
        return mendable([relation.result, *relation.terms], _is_growth)
    quotient = _quotient([relation.result, *relation.terms])
    if not quotient:  # no digit of nought makes it anything
        return False
    factor = Fraction(relation.computed) / quotient
    return mendable([relation.result, *relation.terms], lambda each: _is_rate(each, factor))


def _is_flow(relation: Relation) -> bool:
    """With one or two of its figures taken off it holds, 4,862件，購藏26件、捐贈61件，註銷3件: the words were read the wrong way."""
    if relation.kind != "sum" or len(relation.terms) > _MOST_TURNED or abs(Fraction(relation.stated)) < _SMALL:
        return False
    figures, signs = [relation.result, *relation.terms], relation.signs
    for count in (1, 2):
        for turned in combinations(range(len(signs)), count):
            ways = [_other(sign) if at in turned else sign for at, sign in enumerate(signs)]
            if count < len(signs) and adds_up(figures, ways):
                return True
    return False


def _other(sign: Sign) -> Sign:
    return "-" if sign == "+" else "+"


def _is_mendable(relation: Relation) -> bool:
    figures = [relation.result, *relation.terms]
    return mendable(figures, lambda each: adds_up(each, relation.signs))


def _is_far(relation: Relation) -> bool:
    stated, computed = (abs(Fraction(number)) for number in (relation.stated, relation.computed))
    return abs(stated - computed) > _FAR * max(stated, computed)


def _quotient(figures: Sequence[Mention]) -> Fraction:
    return Fraction(figures[1].value or 0) / Fraction(figures[2].value or 1)


def _is_growth(figures: Sequence[Mention]) -> bool:
    """The rate of a level and its change, or of two levels."""
    level, other = (abs(Fraction(figure.value or 0)) for figure in figures[1:])
    moved = ((other, level - other), (other, level + other), (abs(level - other), other))
    return any(base > 0 and _is_rounded(change / base * 100, figures[0]) for change, base in moved)


def _is_rounded(share: Fraction, rate: Mention) -> bool:
    return how_rounded(share, abs(Fraction(rate.value or 0)), Fraction(rate.step or 1)) != "neither"


def _is_rate(figures: Sequence[Mention], factor: Fraction) -> bool:
    if not figures[2].value:
        return False
    return _is_rounded(abs(_quotient(figures) * factor), figures[0])


def _not_refuted(relations: Sequence[Relation]) -> Iterator[Relation]:
    """All but broken ties in which all figures but one agree in another reading that holds.

    天然災害18件，較去年同期1,517件減少89件: what fell by 89 is another figure, told before.
    """
    holding: dict[Place, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.holds and _family(relation) in ("sums", "rates"):
            for spot in places(relation):
                holding[spot].append(relation)
    based = {place(each.result) for each in relations if each.kind == "ratio"}
    for relation in relations:
        if relation.rule == _ONE_BASE and any(place(term) in based for term in (relation.result, *relation.terms)):
            continue  # the base itself is known
        if relation.holds is False and (
            any(_refutes(other, relation) for other in _near(holding, relation)) or _both_borne_out(holding, relation)
        ):
            continue
        yield relation


def _both_borne_out(holding: Mapping[Place, Sequence[Relation]], relation: Relation) -> bool:
    """Two figures that are told in the same words, and either is right: they tell of two things."""
    return relation.rule == "same.slip" and all(spot in holding for spot in places(relation))


def _near(holding: dict[Place, list[Relation]], relation: Relation) -> Iterator[Relation]:
    for spot in places(relation):
        yield from holding.get(spot, ())


def _refutes(holds: Relation, broken: Relation) -> bool:
    if _family(holds) != _family(broken):
        return False
    if _family(broken) == "rates" or broken.rule.endswith(_SLIP):
        if place(holds.result) == place(broken.result):
            return True
        # A list that holds another list and its total counts the same twice; and the list of another total is not this one's.
        return places(holds) < places(broken) or set(map(place, holds.terms)) == set(map(place, broken.terms))
    shared = places(holds) & places(broken)
    return len(shared) >= max(2, len(places(broken)) - 1) or places(broken) < places(holds)


def _telling(relations: Iterable[Relation]) -> Iterator[Relation]:
    """All relations but those of a part and its whole that an exact tie of the same two figures says more about."""
    known = tuple(relations)
    tied: dict[Place, set[int]] = defaultdict(set)
    for number, relation in enumerate(known):
        if relation.kind in _EXACT:
            for spot in places(relation):
                tied[spot].add(number)
    for relation in known:
        ties = [tied.get(spot, set()) for spot in places(relation)]
        if relation.kind != "part_of" or not set.intersection(*ties):
            yield relation
