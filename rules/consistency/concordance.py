"""Broken ties that one change of one figure would mend bear each other out: by chance they would ask for two values.

A total that its parts by sex and its parts by age both give otherwise, in the same way, is wrong; each of the two readings
alone might be no tie at all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ...model import Mend, Relation
from .error_localisation import agrees, members, mends, place
from .evidence import Verdict, rarity

_LEAST = -9.0
"""Odds from which a broken reading is heard as a witness. From -6 on, two of 121 planted digits fewer are noticed; down to
here nothing else is told in 1.7 million characters of reports."""
_MOST = 5.0
"""What another witness can add at the most: figures may be near each other for reasons of their own."""
_KINDS = frozenset({"sum", "difference", "change", "ratio", "growth"})


def borne_out(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, those of broken ties that agree on a change with what that adds to them."""
    asked: dict[tuple[object, str], list[tuple[int, Mend]]] = defaultdict(list)
    readings: dict[object, int] = defaultdict(int)
    for at, verdict in enumerate(verdicts):
        relation = verdict.candidate.relation
        if relation.holds is False and relation.kind in _KINDS and verdict.odds > _LEAST:
            for mend in mends(relation):
                asked[place(mend.figure), mend.value].append((at, mend))
                readings[place(mend.figure)] += 1
    _hear_rates(verdicts, asked)
    added: dict[int, float] = {}
    for (where, _), told in asked.items():
        for at, mend in told if len(told) > 1 else ():
            if any(
                _apart(verdicts[at].candidate.relation, verdicts[other].candidate.relation, mend) for other, _ in told
            ):
                says = math.log(max(1.0, float(rarity(mend.figure)) / readings[where]))
                added[at] = max(added.get(at, 0.0), min(_MOST, says))
    return [
        replace(each, arithmetic=each.arithmetic + added[at]) if at in added else each
        for at, each in enumerate(verdicts)
    ]


def _hear_rates(verdicts: Sequence[Verdict], asked: dict[tuple[object, str], list[tuple[int, Mend]]]) -> None:
    """A rate asks for nothing of its terms, but would be right with what a sum asks for one of them."""
    rates: dict[object, list[int]] = defaultdict(list)
    for at, verdict in enumerate(verdicts):
        relation = verdict.candidate.relation
        if relation.holds is False and relation.kind in ("ratio", "growth") and verdict.odds > _LEAST:
            for term in relation.terms:
                rates[place(term)].append(at)
    for (where, _), told in asked.items():
        mend = told[0][1]
        told += [(at, mend) for at in rates.get(where, ()) if agrees(verdicts[at].candidate.relation, mend)]


def _apart(one: Relation, other: Relation, mend: Mend) -> bool:
    """They share no figure but the one that would change."""
    shared = {place(each) for each in members(one)} & {place(each) for each in members(other)}
    return one is not other and shared == {place(mend.figure)}
