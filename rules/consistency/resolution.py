"""All ties of a report settled together: one explanation for a figure, and none broken that another reading bears out.

Readings are heard in the order of their odds. A figure is explained once by each family of laws, though a total may be
parted by sex and by age; a reading that holds takes away every broken one that it explains better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from ...model import Mention, Relation
from .candidate import Candidate
from .concordance import borne_out
from .evidence import Verdict, slips, weigh
from .law import SUSPICIOUS, Sign, adds_up
from .numbers import magnitude, number

Place = tuple[int, int]
_SUMS = frozenset({"sum", "difference", "change"})
_RATES = frozenset({"ratio", "growth"})
_EXACT = _SUMS | {"ratio", "growth"}
_EVEN = 0.0
"""A tie that holds is told where its odds are better than even."""
_PLAIN_SUM = 2.5
"""A sum that bounds leave open, or that rounded figures would meet anyway, is told where the words are plain."""
_SURE = 3.0
"""Or where both witnesses together leave one doubt in twenty."""
_TELLING = 1.2
_MOST_TURNED = 8
_SMALL = 30
"""Small numbers add up in some way more often than not."""
_PLAIN_RATE, _PLAINER = 6.0, 2.0
"""So plain must the words for a broken rate be, and its odds so much better, for one that holds to be chance."""
_FAR = Fraction(3, 10)
_PLAIN, _PLAINEST = 8.0, 10.0
"""Where the words are as plain as that, figures may be as far from each other as they like; or are no flows, whatever fits."""


def settled(candidates: Iterable[Candidate]) -> tuple[Relation, ...]:
    """The ties of a report: those that hold, those that leave it open, and those that are broken with their probability."""
    verdicts = borne_out([weigh(candidate) for candidate in candidates])
    verdicts.sort(key=lambda each: -each.odds)  # what was found first comes first among equals
    held = list(_apart(_holding(verdicts)))
    holding = _whole([each.candidate.relation for each in held])
    odds = {id(each.candidate.relation): each.odds for each in held}
    broken = list(_broken(verdicts, holding, odds))
    rates = {place(each.candidate.relation.result) for each in broken if _family(each.candidate.relation) == "rates"}
    holding = [each for each in holding if _family(each) != "rates" or place(each.result) not in rates]
    told = [*holding, *(replace(v.candidate.relation, confidence=_said(v)) for v in broken)]
    return tuple(_telling(told))


def place(mention: Mention) -> Place:
    """Where a figure stands in its report."""
    return (mention.start, mention.end)


def places(relation: Relation) -> frozenset[Place]:
    """Where the figures of a relation stand."""
    return frozenset(map(place, (relation.result, *relation.terms)))


def _said(verdict: Verdict) -> Decimal:
    return Decimal(round(verdict.probability, 3)).quantize(Decimal("0.001"))


def _family(relation: Relation) -> str:
    if relation.kind in _SUMS:
        return "sums"
    return "rates" if relation.kind in _RATES or relation.kind == "product" else relation.kind


# --- what holds -------------------------------------------------------------------------------------------------------


def _holding(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    for each in verdicts:
        if each.candidate.holds is False or each.odds <= _EVEN:
            continue
        vague = each.candidate.holds is None or each.arithmetic < _TELLING
        if each.candidate.relation.kind not in _SUMS or not vague or each.words > _PLAIN_SUM or each.odds > _SURE:
            yield each


def _apart(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Each tie once: the same figures, and for one result the same parts, are reckoned in one way."""
    told: set[tuple[object, ...]] = set()
    taken: dict[tuple[str, Place], list[frozenset[Place]]] = defaultdict(list)
    for verdict in verdicts:
        relation = verdict.candidate.relation
        family, result = _family(relation), place(relation.result)
        exact = family in ("sums", "rates")
        key: tuple[object, ...] = (family, places(relation)) if exact else (relation.kind, result, places(relation))
        if key in told:
            continue
        told.add(key)
        if exact:
            terms = frozenset(map(place, relation.terms))
            if any(terms & other for other in taken[family, result]) or (family == "rates" and taken[family, result]):
                continue
            taken[family, result].append(terms)
        yield verdict


def _whole(relations: Sequence[Relation]) -> list[Relation]:
    """All but ties that are a piece of another one that holds: 64 − 18 of 1 + 64 − 47 = 18."""
    holding: dict[Place, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.holds and _family(relation) == "sums":
            for spot in places(relation):
                holding[spot].append(relation)
    kept = []
    for relation in relations:
        figures = places(relation)
        larger = (other for spot in figures for other in holding.get(spot, ()) if other is not relation)
        if _family(relation) != "sums" or not any(figures < places(other) for other in larger):
            kept.append(relation)
    return kept


def _telling(relations: Sequence[Relation]) -> Iterator[Relation]:
    """All relations but those of a part and its whole that an exact tie of the same two figures says more about."""
    tied: dict[Place, set[int]] = defaultdict(set)
    for at, relation in enumerate(relations):
        if relation.kind in _EXACT:
            for spot in places(relation):
                tied[spot].add(at)
    for relation in relations:
        ties = [tied.get(spot, set()) for spot in places(relation)]
        if relation.kind != "part_of" or not relation.terms or not set.intersection(*ties):
            yield relation


# --- what does not ----------------------------------------------------------------------------------------------------


def _broken(verdicts: Sequence[Verdict], holding: Sequence[Relation], odds: Mapping[int, float]) -> Iterator[Verdict]:
    """The broken ties that nothing else explains, the likeliest reading of each result."""
    by_place: dict[Place, list[Relation]] = defaultdict(list)
    for relation in holding:
        if relation.holds:
            for spot in places(relation):
                by_place[spot].append(relation)
    taken: dict[tuple[str, Place], Relation] = {}
    seen: set[tuple[str, frozenset[Place]]] = set()
    for verdict in verdicts:
        relation = verdict.candidate.relation
        if relation.holds is not False or Decimal(verdict.probability) < SUSPICIOUS:
            continue
        key, figures = (_family(relation), place(relation.result)), (_family(relation), places(relation))
        if (key in taken and not _agree(taken[key], relation)) or (figures in seen and relation.terms):
            continue
        near = [other for spot in places(relation) for other in by_place.get(spot, ())]
        if any(
            _refutes(other, relation) and not _outdone(verdict, other, odds[id(other)]) for other in near
        ) or not _is_credible(relation, verdict.words):
            continue
        if relation.rule == "same.slip" and all(spot in by_place for spot in places(relation)):
            continue  # either is right: they tell of two things
        taken.setdefault(key, relation)
        seen.add(figures)
        yield verdict


def _agree(one: Relation, other: Relation) -> bool:
    """Two readings of one result give it the same value, from other figures."""
    apart = not set(map(place, one.terms)) & set(map(place, other.terms))
    return one.kind in _SUMS and apart and one.computed == other.computed


def _refutes(holds: Relation, broken: Relation) -> bool:
    """A tie that holds explains the broken one's result, or nearly all of its figures, otherwise."""
    if _family(holds) != _family(broken):
        return False
    if place(holds.result) == place(broken.result):
        return _family(broken) == "rates" or bool(set(map(place, holds.terms)) & set(map(place, broken.terms)))
    if set(map(place, holds.terms)) == set(map(place, broken.terms)):
        return True
    shared = places(holds) & places(broken)
    return len(shared) >= max(2, len(places(broken)) - 1) or places(broken) < places(holds)


def _outdone(broken: Verdict, holds: Relation, odds: float) -> bool:
    """By its words it is a plain rate of two figures; that two others give it, far off, is by so much likelier chance."""
    relation = broken.candidate.relation
    plain = _family(relation) == "rates" and broken.words >= _PLAIN_RATE
    apart = not set(map(place, holds.terms)) & set(map(place, relation.terms))
    return plain and apart and broken.odds > odds + _PLAINER


def _is_credible(relation: Relation, words: float) -> bool:
    """What is far from its figures was not miscalculated but reckoned from others, unless one known error mends it."""
    if "(" in relation.stated:
        return True
    if words >= _PLAIN and not relation.rule.startswith("sum.table"):
        return words >= _PLAINEST or not _is_flow(relation)
    if relation.kind in _SUMS:
        return (not _is_far(relation) or slips(relation) is not None) and not _is_flow(relation)
    if _family(relation) != "rates" or len(relation.terms) < 2 or not _is_far(relation):
        return True
    return slips(relation) is not None


def _is_flow(relation: Relation) -> bool:
    """With one or two of its figures taken off it holds, 4,862件，購藏26件、捐贈61件，註銷3件: the words were read the wrong way."""
    if relation.kind != "sum" or len(relation.terms) > _MOST_TURNED or magnitude(number(relation.stated)) < _SMALL:
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


def _is_far(relation: Relation) -> bool:
    stated, computed = (magnitude(number(each)) for each in (relation.stated, relation.computed))
    return magnitude(stated - computed) > _FAR * max(stated, computed)
