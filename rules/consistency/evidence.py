"""Two witnesses: how strongly words and layout say that figures are tied, and how likely their arithmetic is.

The first is a sum of weights (``weights.toml``), one for each feature of a candidate, in natural logarithms of odds. The
second compares three ways in which the figures may have come about: the tie is meant and right; it is meant, and someone
made an error; it is not meant, and they agree or miss each other by chance. Chance grows with the readings that
were tried and shrinks with the values that the result might have had instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from ...model import Mention, Relation
from ..loader import own_rules, parse
from .candidate import Candidate
from .error_model import Agrees, May, differ_in_one_digit, mendable, off_by_power, one_error, swaps, telling, written
from .interval import grain
from .law import adds_up, amount, average_of, growth_between, growth_of, lacking, product_of, rate_of
from .numbers import Exact, divided, magnitude, number

FILE = "weights.toml"
_THOUSAND = 1000
_TOLD = 0.5
"""Odds below which no broken tie is told."""
_FEW = 100
"""Small numbers come more often than large ones, and agree with each other by chance."""
_OPEN = 3
"""A figure that is only told about (約, 近, 逾) says so many times less."""
_FLOOR = -8.5
"""Whatever its words, of so many readings that the search comes to one is meant: features that speak against it overlap."""
_RIGHT = 0.97
"""Of the ties that reports mean, so many agree."""
_ERROR = 0.02
"""And so many hold an error."""
_KNOWN = 0.6
"""Of the errors, so many are of the sorts that people make."""
_SUMS = frozenset({"sum", "difference", "change"})
_RATES = {"%": 100, "‰": 1000}
_BLUR = 1e-9
"""Floating point is out by less than this share."""
_NEAR = _SUMS | {"ratio", "growth", "same"}
"""Ties of which it says something how near the figures come to each other."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a feature says for a tie: natural logarithm of odds."""

    id: str
    why: str
    prior: float
    """What the author of the feature held likely."""
    value: float
    """What the annotated texts made of it."""


@cache
def weights() -> dict[str, Weight]:
    """The weights by feature."""
    found = {}
    for entry in parse(FILE, own_rules(FILE), ("weight",)):
        entry.only("id", "why", "prior", "value")
        prior, value = (entry.fields.get(name) for name in ("prior", "value"))
        if not isinstance(prior, (int, float)):
            raise entry.fault("prior", "a number")
        found[entry.id] = Weight(
            entry.id, entry.text("why"), float(prior), float(value) if isinstance(value, (int, float)) else float(prior)
        )
    return found


def words(features: Iterable[str]) -> float:
    """What words and layout say, as logarithm of odds."""
    known = weights()
    return sum(known[feature].value for feature in features)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A candidate with what both witnesses say."""

    candidate: Candidate
    words: float
    arithmetic: float

    @property
    def odds(self) -> float:
        """Logarithm of the odds that the tie is meant."""
        return self.words + self.arithmetic

    @property
    def probability(self) -> float:
        """How likely it is that the tie is meant."""
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, self.odds))))


def weigh(candidate: Candidate) -> Verdict:
    """Hear both witnesses."""
    said = words((candidate.relation.rule, *candidate.features))
    if candidate.holds:
        said = max(said, _FLOOR)
    return Verdict(candidate, said, arithmetic(candidate, said))


def arithmetic(candidate: Candidate, said: float = math.inf) -> float:
    """How much likelier the figures are if the tie is meant than if it is not, beside what the words ``said``."""
    relation = candidate.relation
    if relation.holds is None:
        return 0.0
    chance = min(1.0, candidate.tried / float(values(relation)))
    if relation.holds:
        return math.log(_RIGHT / chance)
    missed = math.log(_ERROR * (1 - _KNOWN) / max(1.0 - chance, 0.05)) + _nearness(relation)
    if said + max(missed, _best_slip(candidate)) < _TOLD:
        return missed  # nobody will hear of it, whatever error would mend it
    slip = slips(relation)
    return missed if slip is None else max(missed, math.log(_ERROR * _KNOWN / min(1.0, candidate.tried / slip)))


def _best_slip(candidate: Candidate) -> float:
    """The most that a known error could speak for a tie."""
    relation = candidate.relation
    most = float(values(relation)) if relation.kind not in ("same", "sum") else 10.0 ** len(written(relation.result))
    return math.log(_ERROR * _KNOWN * max(1.0, most / candidate.tried))


def _nearness(relation: Relation) -> float:
    """Figures of two things seldom come near each other; those of one thing do, though someone erred."""
    if relation.kind not in _NEAR or "(" in relation.stated:
        return 0.0
    told, computed = (magnitude(number(each)) for each in (relation.stated, relation.computed))
    apart = divided(magnitude(told - computed), max(told, computed, Fraction(1, 10**9)))
    return -math.log(min(1.0, max(0.03, 4 * float(apart))))


def rarity(mention: Mention) -> Exact:
    """How many values of its size a figure might have had, written as precisely: 3712 for 3,712; 165 for 16.5%.

    Round thousands count as such: 100,000元 would hardly have been 100,001元.
    """
    places = divided(magnitude(number(mention.value or 0)), number(mention.step or 1))
    while places >= _THOUSAND and places % _THOUSAND == 0:
        places = divided(places, _THOUSAND)
    return max(divided(places, _OPEN) if mention.bound is not None else places, 1)


def values(relation: Relation) -> Exact:
    """How many results would have looked as likely as the one that agrees."""
    result = relation.result
    if relation.kind in _SUMS:
        free = _free(relation)
        return max(1, divided(free, (1 if free > _FEW else 2) * max(1, len(relation.terms) - 1)))
    if relation.kind in ("ratio", "growth") and relation.rounding == "neither":
        # About so many: anything near would have done.
        vague = sum(_vagueness(each) for each in (result, *relation.terms))
        return max(1, divided(min(rarity(result), divided(1, vague) if vague else rarity(result)), 2))
    if relation.kind in ("ratio", "growth", "product"):
        return rarity(result)
    if relation.kind == "same":
        return min(rarity(result), rarity(relation.terms[0]))
    return 2


def _vagueness(mention: Mention) -> Exact:
    """How far a figure may lie from what is printed, as a share of it."""
    place = grain(mention) if mention.bound else number(mention.step or 1)
    return divided(place, magnitude(number(mention.value))) if mention.value else 1


def _free(relation: Relation) -> Exact:
    """A sum runs past its goal in steps as large as its parts, and rounded parts leave room for chance."""
    figures = (relation.result, *relation.terms)
    slack = sum(grain(each) if each.bound else number(each.step or 1) for each in figures)
    free = max(rarity(each) for each in figures) if relation.kind != "sum" else rarity(relation.result)
    if slack <= len(figures):
        return free
    if min(amount(each) for each in relation.terms) <= slack:
        return 1  # 3,400萬 with 1,700餘 more is 3,400萬 whatever the 1,700 are
    largest = max(magnitude(number(each.value or 0)) for each in figures)
    return min(free, divided(2 * largest, slack))


def slips(relation: Relation) -> float | None:
    """Where one known error would mend a broken tie: how rarely it would do so by chance; else None."""
    figures = [relation.result, *relation.terms]
    if relation.kind == "same":
        return _one_digit_apart(relation.result, relation.terms[0])
    agrees = law_of(relation)
    if agrees is None or not all(figure.value for figure in figures) or len(figures) > 24:
        return None
    if _is_turned(relation):
        return float(_free(relation))
    may = _may(relation, figures)
    known = [_power(figures, agrees, may)]
    if _by_one_error(relation) if relation.kind in _SUMS else mendable(figures, agrees, may):
        # Of a rate, each error gives another one, and one in so many of them the one that is told.
        digits = 9 * sum(len(written(figure)) for figure in figures)
        rate = relation.kind in ("ratio", "growth")
        known.append(max(1.0, float(divided(rarity(relation.result), digits) if rate else telling(figures))))
    return max((each for each in known if each is not None), default=None)


def _one_digit_apart(one: Mention, other: Mention) -> float | None:
    """Of so many numbers of that length one is within a digit."""
    first, second = written(one), written(other)
    near = differ_in_one_digit(first, second) or second in swaps(first)
    return 10 ** len(first) / (9 * len(first)) if near else None


def _is_turned(relation: Relation) -> bool:
    """A rise that is told as a fall, or the other way round."""
    if relation.kind != "change" or len(relation.terms) != 2:
        return False
    other: tuple[Literal["+", "-"], ...] = ("+", "+" if relation.signs[1] == "-" else "-")
    return adds_up([relation.result, *relation.terms], other)


def _may(relation: Relation, figures: Sequence[Mention]) -> May | None:
    """For most values of a figure it shows at a glance that they make nothing agree: in a sum, in a rate."""
    if relation.kind in _SUMS:
        needed = [amount(figure) + change for figure, change in lacking(relation)]
        return lambda at, value: value * (figures[at].distributed or 1) == needed[at]
    if relation.kind != "ratio" or (scale := _RATES.get(figures[0].unit or "")) is None:
        return None
    held, step = [float(each.value or 0) for each in figures], 1.01 * float(figures[0].step or 1)

    def near(at: int, value: Exact) -> bool:
        rate, over, under = (abs(float(value) if place == at else one) for place, one in enumerate(held))
        return under > 0 and abs(over * scale / under - rate) <= step + _BLUR * rate

    return near


def _power(figures: Sequence[Mention], agrees: Agrees, may: May | None) -> float | None:
    """Ten thousand times too much is hardly chance, if the digits agree."""
    if max(rarity(figure) for figure in figures) < _THOUSAND or not off_by_power(figures, agrees, may):
        return None
    return float(divided(rarity(figures[0]), 4))


def _by_one_error(relation: Relation) -> bool:
    """One error in one figure of a sum makes up the gap."""
    steps = [number(each.step or 1) for each in (relation.result, *relation.terms)]
    # Where all are written to one place they add up to the unit; else each was rounded by half a place.
    loose = divided(sum(steps), 2) if len(set(steps)) > 1 else 0
    for figure, change in lacking(relation):
        places = divided(change, number(figure.step or 1))
        digits = written(figure)
        if not digits or figure.distributed or magnitude(places - round(places)) * number(figure.step or 1) > loose:
            continue
        needed = int(digits) + round(places) * (1 if (figure.value or 0) >= 0 else -1)
        width = 1 + max(0, -Decimal(figure.step or 1).as_tuple().exponent)  # type: ignore[operator]
        if needed > 0 and one_error(digits.zfill(width), str(needed).zfill(width)):  # 0.6 is written with its zero
            return True
    return False


def law_of(relation: Relation) -> Agrees | None:
    """Whether other values of its figures would agree, strictly."""
    kind, signs = relation.kind, relation.signs
    if "(" in relation.stated:
        return None
    if kind in _SUMS:
        return lambda figures: adds_up(figures, signs)
    if kind == "ratio":
        rate = relation.result
        times = _times(relation)
        if times is None:
            return None
        if rate.unit in _RATES:
            return lambda figures: _strictly(rate_of("", figures[0], figures[1], figures[2]))
        return lambda figures: _strictly(average_of("", figures[0], figures[1], figures[2], times))
    if kind == "growth" and relation.rule in BETWEEN_LEVELS:
        return lambda figures: _strictly(growth_between("", figures[0], figures[1], figures[2]))
    if kind == "growth":
        falls = signs[1] == "-"
        return lambda figures: _strictly(growth_of("", figures[0], figures[1], figures[2], falls))
    if kind == "product":
        return lambda figures: _strictly(product_of("", figures[0], figures[1:]))
    return None


BETWEEN_LEVELS = frozenset({"growth.levels"})
"""Rates of change that are reckoned from two levels."""


def _times(relation: Relation) -> int | None:
    """Of how many things an average is told: 每10萬人."""
    over, under = (number(term.value or 0) for term in relation.terms)
    if not over or not under:
        return None
    scale = divided(number(relation.computed) * under, over)
    return next((times for times in (1, 100, 1000, 10_000, 100_000) if 10 * magnitude(scale - times) < times), None)


def _strictly(relation: Relation | None) -> bool:
    return relation is not None and bool(relation.holds) and relation.rounding != "neither"
