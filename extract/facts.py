"""Facts: every quantity with its role, period, agency, indicator and place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..model import Fact, Mention, Report
from .context import Figure, figures, views
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
        facts.extend(_fact(figure, roles[figure.number], times[figure.number]) for figure in figures(view))
    return tuple(facts)


def _fact(figure: Figure, role: RoleReading, time: PeriodReading) -> Fact:
    return Fact(
        mention=figure.mention,
        agency=None,
        section=figure.view.block.path,
        indicator="",
        category=None,
        role=role.role,
        sign=role.sign,
        period=time.period,
        rule=f"role:{role.rule} period:{time.rule}",
        confidence=Decimal("0.9"),
        page=figure.view.block.page,
    )
