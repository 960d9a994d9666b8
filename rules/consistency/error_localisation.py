"""What lies behind broken relations: which figure, changed to what, would mend them, and what bears the others out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ...model import Mend, Mention, Relation
from .law import show
from .numbers import number

Place = tuple[str, int, int]
_SUMS = frozenset({"sum", "difference", "change"})
_DERIVED = frozenset({"ratio", "growth", "product", "count", "duration"})
_SUMS_ACROSS = frozenset({"series.prior", "series.halves"})
_TWINS = frozenset(
    {
        "series.slip",
        "series.edition",
        "dates.meeting",
        "dates.event",
        "series.restated",
        "series.retold",
        "series.former",
        "series.standard",
        "series.event",
        "series.dated",
        "series.copied",
        "series.copied-date",
    }
)
_MOST_BEARING = 6


@dataclass(frozen=True, slots=True)
class Root:
    """A broken relation with those that one and the same change would mend, and the changes that would."""

    relation: Relation
    kin: tuple[Relation, ...]
    mends: tuple[Mend, ...]
    sure: bool
    """The first change is the one to make: it mends several relations, or all other figures are borne out."""
    bearing: tuple[Relation, ...]


def place(mention: Mention) -> Place:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def roots(broken: Sequence[Relation], beside: Iterable[Relation], holding: Iterable[Relation]) -> Iterator[Root]:
    """One root for the broken relations that one change of one figure would mend; in their order.

    ``beside`` are broken relations that are told elsewhere, unless they share a root with one of these.
    """
    every = [*broken, *beside]
    cures: dict[tuple[Place, str], list[int]] = defaultdict(list)
    possible = [list(mends(relation)) for relation in every]
    for at, changes in enumerate(possible):
        for mend in changes:
            cures[place(mend.figure), mend.value].append(at)
    borne_out: dict[Place, list[Relation]] = defaultdict(list)
    for relation in holding:
        for mention in members(relation):
            borne_out[place(mention)].append(relation)
    told: set[int] = set()
    for at, relation in enumerate(broken):
        if at in told:
            continue
        shared = [
            (mend, kin)
            for mend in possible[at]
            if (kin := [other for other in cures[place(mend.figure), mend.value] if other != at and other not in told])
        ]
        kin = max((kin for _, kin in shared), key=len, default=[])
        told.update((at, *kin))
        first = next((mend for mend, others in shared if others is kin), None)
        open_figures = [mend for mend in possible[at] if place(mend.figure) not in borne_out]
        ordered = [*([first] if first else []), *open_figures, *possible[at]]
        bearing = {id(each): each for mention in members(relation) for each in borne_out.get(place(mention), ())}
        yield Root(
            relation,
            tuple(every[other] for other in kin),
            tuple(dict.fromkeys(ordered)),
            first is not None or len(open_figures) == 1,
            tuple(bearing.values())[:_MOST_BEARING],
        )


def members(relation: Relation) -> tuple[Mention, ...]:
    """The figures of a relation, the result first."""
    return (relation.result, *relation.terms)


def mends(relation: Relation) -> Iterator[Mend]:
    """What each figure of a broken relation would have to be if all others are right."""
    if "(" in relation.stated:
        return
    if relation.kind in _SUMS or relation.rule in _SUMS_ACROSS:
        yield from _of_sum(relation)
    elif _are_twins(relation):
        other = relation.terms[0]
        yield Mend(relation.result, _value(other))
        yield Mend(other, _value(relation.result))
    elif relation.kind in _DERIVED:
        value = _rounded(relation)
        if value is not None:
            yield Mend(relation.result, value)


def _are_twins(relation: Relation) -> bool:
    """Two tellings of one thing: either may be right."""
    return len(relation.terms) == 1 and (relation.kind == "same" or relation.rule in _TWINS)


def _of_sum(relation: Relation) -> Iterator[Mend]:
    lacking = number(relation.computed) - number(relation.stated)
    changes = [(relation.result, number(relation.computed))]
    for sign, term in zip(relation.signs, relation.terms, strict=True):
        if term.value is not None and not term.distributed and term != relation.result:
            changes.append((term, number(term.value) - (lacking if sign == "+" else -lacking)))
    for figure, value in changes:
        if value >= 0:
            yield Mend(figure, show(value))


def _value(mention: Mention) -> str:
    if mention.kind == "date":
        return mention.edtf or mention.text
    return show(mention.value or 0)


def _rounded(relation: Relation) -> str | None:
    """The computed value at the place to which the result was printed."""
    step = Decimal(relation.result.step or 1)
    try:
        return show(
            Decimal(relation.computed).quantize(step, ROUND_HALF_UP) if step <= 1 else Decimal(relation.computed)
        )
    except ArithmeticError:
        return None
