"""Facts: every quantity with its role, period, agency, indicator and place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..model import Fact, Mention, Report
from .context import BlockView, figures, views
from .periods import Own, PeriodReading, Periods, span_of
from .roles import RoleReading, document_of, roles_of


def facts_of(report: Report, mentions: Sequence[Mention], frame: Own) -> tuple[Fact, ...]:
    """One fact for each quantity, in the order of the text."""
    seen = views(report, mentions)
    document = document_of(report)
    periods = Periods(report, seen, span_of(report, frame), document)
    facts: list[Fact] = []
    for view in seen.values():
        roles = roles_of(view, document)
        times = periods.of(view, roles)
        facts.extend(_fact(view, number, roles[number], times[number]) for number in roles)
    return tuple(facts)


def _fact(view: BlockView, number: int, role: RoleReading, time: PeriodReading) -> Fact:
    figure = next(f for f in figures(view) if f.number == number)
    return Fact(
        mention=figure.mention,
        agency=None,
        section=view.block.path,
        indicator="",
        category=None,
        role=role.role,
        sign=role.sign,
        period=time.period,
        rule=f"role:{role.rule} period:{time.rule}",
        confidence=Decimal("0.9"),
        page=view.block.page,
    )
