"""The period of a figure: the time that its value speaks of, chosen among all that could date it by all that speaks for it.

What could date it is in ``candidates``; what each feature weighs, in ``rules/dating.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model import Mention, Period, Report
from ...rules.dating import Asked, Told, because, weight
from ...rules.periods import Nature
from ...rules.reach import reach
from ..context import BlockView, Figure, figures
from ..documents import document_of, document_of_part
from ..roles import RoleReading
from .candidates import Candidate, Candidates
from .reach import of_old_value
from .scope import Own, Words

_FORESEEN = reach("foreseen")
_TERMS = frozenset({"deposit", "product.term"})
"""Rules of terms that name a class of product: it may be on offer for a time, but the years told of it are not its."""
Roles = Mapping[int, RoleReading]


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """A period, None for a standing rule, the record that gave it, and the date that it was taken from."""

    period: Period | None
    record: str
    source: Mention | Words | None = None
    because: tuple[str, ...] = ()
    """The features that weighed most for it."""


class Periods:
    """Reads the periods of a report's figures."""

    def __init__(self, report: Report, views: Mapping[int, BlockView], own: Own) -> None:
        self._own = own
        self._whole = document_of(report)
        self._candidates = Candidates(report, views, own)
        self._around: dict[tuple[int, Asked], tuple[float, Candidate]] = {}
        """What is best of what stands around a sentence of the block at hand."""

    def of(self, view: BlockView, roles: Roles, natures: Mapping[int, Nature]) -> dict[int, PeriodReading]:
        """The period of every quantity of a block, by its place among the marks."""
        self._around.clear()
        found = figures(view)
        chosen: dict[int, Candidate] = {}
        asked = {one.number: self._asked(one, roles[one.number], natures[one.number]) for one in found}
        for figure in found:
            chosen[figure.number] = self._choose(figure, asked[figure.number], roles, chosen)
        for place, figure in enumerate(found):
            if roles[figure.number].role == "former":
                new = _replacing(figure, found[place + 1 :], roles, chosen)
                chosen[figure.number] = self._choose(figure, asked[figure.number], roles, chosen, new)
        return {
            number: PeriodReading(one.period, one.told.record, one.source, because(asked[number], one.told))
            for number, one in chosen.items()
        }

    def is_past(self, figure: Figure) -> bool:
        """Whether a figure's sentence tells it of a time that began before the report's own, or ended before its day."""
        anchor = self._candidates.governing(figure)
        if anchor is None or of_old_value(figure.view.text, anchor):
            return False
        told, own, issued = anchor.period, self._own.period, self._own.issued
        began = own is not None and told.first is not None and own.first is not None and told.first < own.first
        return began or (
            issued is not None and told.last is not None and issued.first is not None and told.last < issued.first
        )

    def _asked(self, figure: Figure, role: RoleReading, nature: Nature) -> Asked:
        """What is asked of the candidates: the time of a rule, of a quota, of a plan, or of what is told."""
        if role.role == "rule":
            task = "quota" if role.rule.startswith("quota") else "terms" if role.rule in _TERMS else "rule"
        elif role.rule.startswith("requested"):
            task = "request"
        elif role.role == "target" or (role.role == "delta" and _FORESEEN.search(figure.before)):
            section = document_of_part(self._whole, figure.view.block.path)
            if section == "budget" and self._whole != "budget":
                return Asked("told", nature, role.role)  # of the year that its chapter names
            is_budget = section == "budget" or (section == "plan" and self._whole in ("budget", "plan"))
            task = "budget" if is_budget else "plan"
        else:
            return Asked("told", nature, role.role)
        return Asked(task, "", "")

    def _choose(
        self,
        figure: Figure,
        asked: Asked,
        roles: Roles,
        chosen: Mapping[int, Candidate],
        new: Candidate | None = None,
    ) -> Candidate:
        above = chosen.get(figure.whole) if figure.whole is not None else None
        best = _heaviest(asked, self._candidates.near(figure, asked, roles[figure.number], above, new))
        key = (figure.mark.sentence, asked)
        if (other := self._around.get(key)) is None:
            around = self._candidates.around(figure.view, figure.mark.sentence)
            other = self._around[key] = _heaviest(asked, around)
        return max(best, other, key=lambda one: one[0])[1]


def _heaviest(asked: Asked, candidates: Iterable[Candidate]) -> tuple[float, Candidate]:
    """The candidate for which most speaks, the first of equals, and how much."""
    most, best = -math.inf, Candidate(Told("none"), None)
    for one in candidates:
        if (said := weight(asked, one.told)) > most:
            most, best = said, one
    return most, best


def _replacing(
    figure: Figure, later: tuple[Figure, ...], roles: Roles, chosen: Mapping[int, Candidate]
) -> Candidate | None:
    """What was read for the value that replaces an old one; for the change, where no new one is given."""
    if figure.whole is not None:
        return chosen[figure.whole]
    same = [one for one in later if one.mark.sentence == figure.mark.sentence and one.unit == figure.unit]
    for wanted in (("actual", "target", "rate", "rule"), ("delta",)):
        for other in same:
            if roles[other.number].role in wanted:
                return chosen[other.number]
    return None
