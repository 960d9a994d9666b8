"""Level or flow: whether a figure holds as of a day, or over a span."""

from __future__ import annotations

import re

from ..rules.periods import Nature, NatureRule, nature_told
from .context import BlockView, Figure, figures

_FLOW_KINDS = frozenset({"sessions", "attendances", "weight", "volume", "length"})
_FLOW_UNITS = frozenset({"件", "件次", "案", "筆", "篇", "對"})
_LEVEL_UNITS = frozenset({"門", "席", "座", "板", "床", "個", "種", "站", "家", "區塊"})
_DONE_KINDS = frozenset({"area", "percent"})
_DONE_UNITS = frozenset({"公頃", "株", "項", "處"})
"""What is completed or won over, one after the other: a level only where the day is stated up to which it is counted."""
_LISTED = re.compile(r"[、及與和][^,;。▣▢]{0,16}")
_STOP = re.compile(r"[,。;:()]")
_CLAUSE = re.compile(r"[,。;:][^,。;:]*\Z")


def nature_of(figure: Figure, previous: Nature | None, *, listed: bool = False, joined: bool = False) -> Nature:
    """Whether a figure is a level, a flow, or a running total.

    ``previous`` is what the figure before it was, ``listed`` whether the two stand in one list and count in one unit,
    ``joined`` whether they stand in one clause.
    """
    rule = nature_rule_of(figure)
    happens = figure.kind in _FLOW_KINDS or figure.unit in _FLOW_UNITS
    stands = figure.unit in _LEVEL_UNITS or figure.kind == "bodies"
    done = figure.kind in _DONE_KINDS or figure.unit in _DONE_UNITS
    if rule is not None:
        if rule.reading != "deed":
            return rule.reading
        return "flow" if happens else "engaged" if stands else "done" if done else "flow"
    if listed and previous is not None:
        return previous
    kind = figure.kind
    if happens:
        return "flow"
    if previous is not None and joined:
        return previous
    if stands:
        return "level"
    if previous is not None and kind in (
        "percent",
        "money",
        "area",
        "time",
        "interest",
        "people",
        "groups",
        "items",
        "points",
    ):
        return previous
    return "done" if done else "flow"


def natures_of(view: BlockView) -> dict[int, Nature]:
    """The nature of every quantity of a block, by its place among the marks."""
    result: dict[int, Nature] = {}
    previous: Nature | None = None
    before: Figure | None = None
    for figure in figures(view):
        if before is None or figure.mark.sentence != before.mark.sentence:
            before, previous = None, None
        listed = (
            before is not None
            and before.unit == figure.unit
            and bool(_LISTED.fullmatch(view.text, before.mark.at + 1, figure.mark.at))
        )
        joined = before is not None and not _STOP.search(view.text, before.mark.at, figure.mark.at)
        previous = result[figure.number] = nature_of(figure, previous, listed=listed, joined=joined)
        before = figure
    return result


def nature_rule_of(figure: Figure) -> NatureRule | None:
    """The first rule whose words stand around the figure."""
    before = figure.plain_before
    clause = _CLAUSE.search(before)
    near = before[clause.start() :] if clause else before
    return nature_told(near, before, figure.after)
