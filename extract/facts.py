"""Facts: every quantity with its role, period, agency, indicator and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..model import Fact, Mention, Report, Trace
from ..places import Places
from .agencies import AgencyReading, Bodies, agency_of, bodies_of, body_of
from .budgets import Account, accounts_of, read_account, read_column
from .context import BlockView, Figure, figures, views
from .documents import document_of, document_of_part
from .indicators import Name, Namer
from .natures import natures_of
from .roles import RoleReading, roles_of
from .time.periods import PeriodReading, Periods
from .time.scope import Own

_SURE = Decimal("0.95")
_LIKELY = Decimal("0.85")
_GUESSED = Decimal("0.7")
_FAR_RULES = frozenset({"own", "own.end", "heading", "heading.end", "paragraph", "above", "below"})
"""Records that take a period from outside the sentence."""


def facts_of(report: Report, mentions: Sequence[Mention], own: Own) -> tuple[Fact, ...]:
    """One fact for each quantity, in the order of the text."""
    seen = views(report, mentions)
    document = document_of(report)
    periods = Periods(report, seen, own)
    accounts = accounts_of(report, seen) if document == "budget" else {}
    bodies = bodies_of(report)
    facts: list[Fact] = []
    # The tables behind running text are told of by more than the report's title.
    prose = [at for at, block in enumerate(report.blocks) if block.kind in ("paragraph", "item") and "。" in block.text]
    for view in seen.values():
        roles = roles_of(view, document_of_part(document, view.block.path), periods.is_past)
        if roles:
            account = accounts.get(view.index)
            told = _of_account(view, account, own, bodies) if account is not None else []
            title = "" if prose and view.index >= prose[0] else report.title
            facts.extend(told or _of_block(view, roles, periods, bodies, title))
    return tuple(facts) if report.places is None else tuple(_placed(report.places, fact) for fact in facts)


def _placed(places: Places, fact: Fact) -> Fact:
    """The fact with its page; none is surer than the recogniser of the picture that it was read off."""
    start, end = fact.mention.start, fact.mention.end
    score = Decimal(str(places.confidence(start, end))) if places.recognised else fact.confidence
    return replace(fact, page=places.page(start), confidence=min(fact.confidence, score))


def _of_account(view: BlockView, account: Account, own: Own, bodies: Bodies) -> list[Fact]:
    """The facts of an account's line; none where its columns are not understood."""
    facts = []
    for figure in figures(view):
        reading = read_account(figure, account, own.period)
        if reading is None:
            return []
        facts.append(_fact(figure, reading.role, reading.time, reading.name, agency_of(figure, bodies)))
    return facts


def _of_block(
    view: BlockView, roles: dict[int, RoleReading], periods: Periods, bodies: Bodies, title: str
) -> list[Fact]:
    natures = natures_of(view)
    times = periods.of(view, roles, natures)
    namer = Namer(view, bodies.own, title)
    facts = []
    for figure in figures(view):
        role, time, nature = roles[figure.number], times[figure.number], natures[figure.number]
        name = namer.name(figure, role, nature, time.period, body_of(figure) if "員額" in namer.context else None)
        column = read_column(figure) if view.block.cells else None
        if column is not None:
            role, time, name = column.role, column.time if column.time.period else time, column.name
        facts.append(_fact(figure, role, time, name, agency_of(figure, bodies)))
    return facts


def _fact(figure: Figure, role: RoleReading, time: PeriodReading, name: Name, agency: AgencyReading) -> Fact:
    view, mention = figure.view, figure.mention
    return Fact(
        mention=mention,
        agency=agency.name,
        section=view.block.path,
        indicator=name.indicator,
        category=name.category,
        role=role.role,
        sign=role.sign,
        period=None if time.period is None or time.period.is_open else time.period,
        trace=(
            Trace("unit", mention.rule, (mention.start, mention.end)),
            Trace("role", role.rule, _source(view, role.cue)),
            Trace("period", time.record, (time.source.start, time.source.end) if time.source else None, time.because),
            Trace("indicator", name.rule, _source(view, name.source)),
            *((Trace("category", name.rule, _source(view, name.label)),) if name.category else ()),
            *((Trace("agency", agency.record, _source(view, agency.source)),) if agency.name else ()),
        ),
        confidence=_confidence(role, time, name),
        page=view.block.page,
    )


def _source(view: BlockView, words: tuple[int, int] | None) -> tuple[int, int] | None:
    """The place in the report of words of the masked text; None where they are none of the block's."""
    return view.source(*words) if words is not None else None


def _confidence(role: RoleReading, time: PeriodReading, name: Name) -> Decimal:
    """Less where nothing in the sentence itself tells the period, and where the name is only the words around."""
    if time.record in _FAR_RULES:
        return _GUESSED if name.rule == "phrase" else _LIKELY
    return _LIKELY if name.rule == "phrase" or role.rule == "actual" else _SURE
