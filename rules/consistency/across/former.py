"""FORMER: an old value quoted now (原18,000元) against what was reported then: what stood in the place of the new value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ....model import Relation
from .check import AcrossCheck
from .link import HINT, LIKELY, SURE, agree, told_again
from .matches import FIRM
from .norms import is_changed
from .panel import Panel
from .points import Point

_LEAST = 0.2
"""How alike the words around an equal value must be."""
_OPEN = ("running", "plan", "forecast")


def _former(panel: Panel, later: int) -> Iterator[Relation]:
    for old in panel.of_report.get(later, ()):
        if old.role != "former" or is_changed(old.before):
            continue  # 由原7,300元提高為7,900元: what it was changed to is no old value
        for report in panel.before.get(later, ()):
            then = _told_then(panel, old, report) or _in_place(panel, old, report)
            if then is not None:
                yield told_again("series.former", then, old, _confidence(panel, old, then))
                break


def _told_then(panel: Panel, old: Point, report: int) -> Point | None:
    """The figure of that value that the other report tells, as an old one or in force, in words like those around it."""
    told = panel.by_value.get((report, old.kind, old.mention.value), ())
    return next((each for each in told if each.role != "delta" and panel.likeness(each, old) >= _LEAST), None)  # fmt: skip


def _in_place(panel: Panel, old: Point, report: int) -> Point | None:
    """What stood in the place of the new value beside the old one, or in that of the old one."""
    new = _owner(panel, old)
    if new is None:
        return None
    for point in (new, old):
        partner, likeness = panel.partner(point, report)
        if partner is not None and likeness >= FIRM:
            known = partner.kind == old.kind and partner.state not in _OPEN and partner.role in ("rule", "actual")
            return partner if known else None
    return None


def _owner(panel: Panel, old: Point) -> Point | None:
    """The new value: the last figure of its unit before the old one, else the first one behind it."""
    beside = [each for each in panel.beside(old) if each.kind == old.kind and each.role not in ("former", "delta")]
    ahead = [each for each in beside if each.mention.start < old.mention.start]
    return ahead[-1] if ahead else beside[0] if beside else None


def _confidence(panel: Panel, old: Point, then: Point) -> Decimal:
    """Between the two reports the figure may have changed, unless a neighbour did not or no report is missing."""
    if agree(old, then) or _is_borne_out(panel, old, then):
        return SURE
    now, before = panel.source(old).time, panel.source(then).time
    return LIKELY if now is not None and before is not None and now.follows(before) else HINT


def _is_borne_out(panel: Panel, old: Point, then: Point) -> bool:
    """單身者(原18,000元)、有眷者(原31,000元): where one of them agrees, the standard had not changed in between."""
    beside = (
        each for each in panel.in_block(old.report, old.mention.block) if each.role == "former" and each is not old
    )
    return any((told := _in_place(panel, each, then.report)) is not None and agree(each, told) for each in beside)


CHECKS = (AcrossCheck("series.former", "an old value quoted now against what was reported then", _former),)
