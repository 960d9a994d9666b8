"""Evidence on the time of which a report speaks: a date in its place, what a record takes from it, what all counts for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

import regex

from ...model import Block, Period
from ...rules.own_time import MARGIN, DateKind, Evidence, Place, all_evidence
from .anchors import Anchored
from .calendar import whole_months
from .resolve import Resolved, resolve
from .scope import Scope, Words

T = TypeVar("T")

_SEEN = 60
"""Characters on each side of a date that may be evidence."""
_SENTENCE = regex.compile(r"[。;!?\n]")
_REACH = 240
"""Characters on each side of a date that its sentence may reach."""


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A date that tells its year, with its place."""

    place: frozenset[Place]
    text: str
    date: Resolved
    block: Block | None = None

    @property
    def words(self) -> Words | None:
        """Where it stands in the report."""
        phrase = self.anchor.phrase
        return Words.of(self.block, phrase.start, phrase.end) if self.block else None

    @property
    def anchor(self) -> Anchored:
        """The date with its relation to what is told."""
        return self.date.anchor

    @property
    def period(self) -> Period:
        """The time that it tells."""
        return self.date.period

    @property
    def sentence(self) -> str:
        """The sentence in which it stands, as far as words can matter."""
        phrase = self.anchor.phrase
        before = _SENTENCE.split(self.text[max(0, phrase.start - _REACH) : phrase.start])[-1]
        behind = _SENTENCE.split(self.text[phrase.end : phrase.end + _REACH], maxsplit=1)[0]
        return f"{before}{self.text[phrase.start : phrase.end]}{behind}"


@dataclass
class Scores(Generic[T]):
    """What speaks for each candidate."""

    counts: dict[tuple[str, T], Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def add(self, record: str, candidate: T, times: Fraction | int = 1) -> None:
        """Count evidence for a candidate, up to its most."""
        most = all_evidence()[record].most
        self.counts[record, candidate] = max(
            -Fraction(most), min(Fraction(most), self.counts[record, candidate] + times)
        )

    def points(self, record: str, candidate: T) -> Fraction:
        """What a record counts for."""
        return all_evidence()[record].weight * self.counts[record, candidate]

    def best(self) -> tuple[T, str, Fraction] | None:
        """The candidate that leads by the margin, what speaks for it most, and all that it counts for."""
        totals: dict[T, Fraction] = defaultdict(Fraction)
        for record, candidate in self.counts:
            totals[candidate] += self.points(record, candidate)
        ranked = sorted(totals.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0) < MARGIN:
            return None
        winner, total = ranked[0]
        chief = max(
            (record for record, one in self.counts if one == winner), key=lambda each: self.points(each, winner)
        )
        return winner, chief, total


def fits(record: Evidence, told: ToldDate) -> bool:
    """Whether a record takes this date for its evidence, its place aside."""
    if not _is(told, record.date):
        return False
    phrase = told.anchor.phrase
    before = told.text[max(0, phrase.start - _SEEN) : phrase.start]
    before = before if phrase.start <= _SEEN else f"字{before}"
    behind = told.text[phrase.end : phrase.end + _SEEN]
    behind = behind if len(told.text) <= phrase.end + _SEEN else f"{behind}字"
    return record.fits(before, told.text[phrase.start : phrase.end], behind, told.text)


def explicit_dates(text: str) -> Iterable[Resolved]:
    """The dates of a text that tell their year themselves."""
    for found in resolve(text, Scope()):
        if found.phrase.stated_year is not None and not found.period.is_open:
            yield found


def _is(told: ToldDate, kind: DateKind) -> bool:
    period, rule = told.period, told.anchor.phrase.rule
    if kind == "any":
        return True
    if rule in ("date.event_year", "date.decade"):
        return False
    if kind == "months":
        return whole_months(period) is not None
    if period.is_span:
        return False
    return period.grain == kind or (kind == "point" and period.grain in ("day", "month"))


def odds(inside: int, count: int) -> Fraction:
    """How much likelier dates are of which so many lie in one half, if they tell of it; half of that, as they hang together."""
    share = min(max(Fraction(inside, count), Fraction(1, 10)), Fraction(9, 10))
    return Fraction(round(count * (math.log(2 * share) if share > Fraction(1, 2) else -1)), 2)


def likelihood(record: Evidence, candidate: int, years: list[int]) -> Fraction:
    """How well years that are written go with a candidate, held against chance; of many, as of the most that count."""
    shares = [record.shares[max(-4, min(4, year - candidate)) + 4] for year in years]
    mean = sum(math.log(len(record.shares) * share) for share in shares) / len(shares)
    return Fraction(round(100 * mean * min(len(shares), record.most)), 100)
