"""Whether some report tells that a value was changed into another one."""

from __future__ import annotations

from .norms import is_changed
from .panel import Panel
from .points import Point


def is_told_as_changed(panel: Panel, earlier: Point, later: Point) -> bool:
    """One of the reports tells the old value as such right beside the new one: 原10,000元, 由10,000元調整為12,000元.

    Or one that lies between them tells, in the passage that the later figure's own was before, that it was changed to this value.
    """
    reports = [place for place in (later.report, *panel.before.get(later.report, ())) if place >= earlier.report]
    told = any(
        (each.role == "former" or is_changed(beside.before))
        for report in reports
        for each in panel.by_value.get((report, earlier.kind, earlier.mention.value), ())
        if each is not earlier or each.role != "former"
        for beside in panel.beside(each)
        if beside.kind == later.kind and beside.mention.value == later.mention.value
    )
    return told or any(
        is_changed(each.before)
        and each.mention.block in panel.passages.get((later.report, later.mention.block, report), ())
        for report in reports
        if earlier.report < report < later.report
        for each in panel.by_value.get((report, later.kind, later.mention.value), ())
    )
