"""Error localisation: the fewest changed figures that make all ties which share figures agree (Fellegi and Holt 1976).

A tie that is broken is mended by one of its figures. The broken ties of a report are parted into those that share figures;
of each part the smallest set of changes is sought that mends them all, by branch and bound. A change that would break a
tie that holds costs as much as another one, since a figure of that tie would have to change, too. Each change that is
needed is one root, and one finding. Among covers of one size the one goes first whose changes are errors that people make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ...model import Mend, Mention, Relation
from .error_model import one_error, powers, written
from .evidence import law_of
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
        "series.copied",
        "series.copied-date",
    }
)
_MOST_BEARING = 6
_LARGEST = 12
"""Of more broken ties that share figures than that, the ones that are met first are mended first."""


@dataclass(frozen=True, slots=True)
class Root:
    """A broken relation with those that one and the same change would mend, and the changes that would."""

    relation: Relation
    kin: tuple[Relation, ...]
    mends: tuple[Mend, ...]
    sure: bool
    """There is one change to make: it mends several relations, or all other figures are borne out."""
    bearing: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A figure and the value that it would have, with the broken ties that this mends."""

    mend: Mend
    cures: frozenset[int]
    cost: int
    """One, and one more for each tie that it would break."""
    slip: bool
    """One of the errors that people make would lead from the one value to the other."""


def place(mention: Mention) -> Place:
    """Where a mention stands."""
    return (mention.report, mention.start, mention.end)


def roots(broken: Sequence[Relation], beside: Iterable[Relation], holding: Iterable[Relation]) -> Iterator[Root]:
    """One root for the broken relations that one change of one figure would mend; in their order.

    ``beside`` are broken relations that are told elsewhere, unless they share a root with one of these.
    """
    every = [*broken, *beside]
    borne_out: dict[Place, list[Relation]] = defaultdict(list)
    for relation in holding:
        for mention in members(relation):
            borne_out[place(mention)].append(relation)
    cured = {at: change for part in _parts(every) for at, change in _mended(every, part, borne_out).items()}
    told: set[int] = set()
    for at, relation in enumerate(broken):
        if at in told:
            continue
        first = cured.get(at)
        kin = sorted(other for other in first.cures if other != at and cured.get(other) is first) if first else []
        told.update((at, *kin))
        possible = list(mends(relation))
        open_figures = [mend for mend in possible if place(mend.figure) not in borne_out]
        ordered = [*([first.mend] if first and (kin or first.slip) else []), *open_figures, *possible]
        sure = bool(kin) or len(open_figures) == 1
        bearing = {id(each): each for mention in members(relation) for each in borne_out.get(place(mention), ())}
        yield Root(
            relation,
            tuple(every[other] for other in kin),
            tuple(dict.fromkeys(ordered))[: 1 if sure else None],
            sure,
            tuple(bearing.values())[:_MOST_BEARING],
        )


def _parts(every: Sequence[Relation]) -> Iterator[list[int]]:
    """The broken ties, parted into those that share figures."""
    by_place: dict[Place, list[int]] = defaultdict(list)
    for at, relation in enumerate(every):
        for mention in members(relation):
            by_place[place(mention)].append(at)
    seen: set[int] = set()
    for first in range(len(every)):
        if first in seen:
            continue
        part, open_ = [], [first]
        seen.add(first)
        while open_:
            at = open_.pop()
            part.append(at)
            for mention in members(every[at]):
                new = [other for other in by_place[place(mention)] if other not in seen]
                seen.update(new)
                open_ += new
        yield sorted(part)


def _mended(
    every: Sequence[Relation], part: Sequence[int], borne_out: Mapping[Place, Sequence[Relation]]
) -> dict[int, _Change]:
    """Which change mends each tie of a part, where all of them are mended by the fewest."""
    changes = sorted(_changes(every, part, borne_out), key=_preferred)
    by_tie: dict[int, list[_Change]] = {at: [each for each in changes if at in each.cures] for at in part}
    found: dict[int, _Change] = {}
    for start in range(0, len(part), _LARGEST):
        ties = [at for at in part[start : start + _LARGEST] if by_tie[at]]
        for change in _cover(frozenset(ties), by_tie):
            for at in change.cures:
                found.setdefault(at, change)
    return found


def _preferred(change: _Change) -> tuple[int, bool, int]:
    return (change.cost, not change.slip, -len(change.cures))


def _cover(ties: frozenset[int], by_tie: Mapping[int, Sequence[_Change]]) -> tuple[_Change, ...]:
    """The cheapest changes that mend all ties: branch and bound, the tie with the fewest ways first."""
    best: tuple[int, tuple[_Change, ...]] | None = None

    def search(left: frozenset[int], chosen: tuple[_Change, ...], cost: int) -> None:
        nonlocal best
        if best is not None and cost + bool(left) >= best[0]:
            return
        if not left:
            best = (cost, chosen)
            return
        hardest = min(left, key=lambda at: (len(by_tie[at]), at))
        for change in by_tie[hardest]:
            search(left - change.cures, (*chosen, change), cost + change.cost)

    search(ties, (), 0)
    return best[1] if best is not None else ()


def _changes(
    every: Sequence[Relation], part: Sequence[int], borne_out: Mapping[Place, Sequence[Relation]]
) -> Iterator[_Change]:
    """The changes that mend at least one of the ties, each with all that it mends and breaks."""
    ties: dict[Place, list[int]] = defaultdict(list)
    for at in part:
        for mention in members(every[at]):
            if at not in ties[place(mention)]:
                ties[place(mention)].append(at)
    proposed: dict[tuple[Place, str], tuple[Mend, set[int]]] = {}
    for at in part:
        for mend in mends(every[at]):
            proposed.setdefault((place(mend.figure), mend.value), (mend, set()))[1].add(at)
    for (where, _), (mend, cures) in proposed.items():
        cures |= {at for at in ties[where] if at not in cures and agrees(every[at], mend)}
        breaks = sum(_breaks(relation, mend) for relation in borne_out.get(where, ()))
        yield _Change(mend, frozenset(cures), 1 + breaks, _is_slip(mend))


def agrees(relation: Relation, mend: Mend) -> bool:
    """The law of a tie holds with the changed figure."""
    law = law_of(relation)
    value = _number(mend)
    if law is None or value is None:
        return False
    return law(
        [replace(each, value=value) if place(each) == place(mend.figure) else each for each in members(relation)]
    )


def _breaks(relation: Relation, mend: Mend) -> bool:
    """A tie that holds to the last digit holds no longer."""
    law = law_of(relation)
    if law is None or _number(mend) is None or not law(list(members(relation))):
        return False
    return not agrees(relation, mend)


def _is_slip(mend: Mend) -> bool:
    value = _number(mend)
    if value is None or mend.figure.kind == "date" or mend.figure.value is None:
        return False
    return any(each.value == value for each in powers(mend.figure)) or one_error(
        written(mend.figure), written(replace(mend.figure, value=value))
    )


def _number(mend: Mend) -> Decimal | None:
    try:
        return Decimal(mend.value) if mend.figure.kind == "quantity" else None
    except ArithmeticError:
        return None


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
        yield from _by_a_power(relation)
        value = _rounded(relation)
        if value is not None:
            yield Mend(relation.result, value)


def _by_a_power(relation: Relation) -> Iterator[Mend]:
    """A term that lacks a power word, or has one too many (12兆5,413元), with which the rate would be right."""
    for term in relation.terms if relation.kind in ("ratio", "growth") else ():
        for other in powers(term):
            mend = Mend(term, show(other.value or 0))
            if agrees(relation, mend):
                yield mend
                return


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
