"""Level or flow: whether a figure holds as of a day, or over a span."""

from __future__ import annotations

import re

from ..rules.periods import Nature, NatureRule, nature_rules
from .context import BlockView, Figure, figures

_FLOW_KINDS = frozenset({"sessions", "attendances", "weight", "volume", "length"})
_FLOW_UNITS = frozenset({"件", "件次", "案", "筆", "篇", "對"})
_LEVEL_UNITS = frozenset({"門", "席", "座", "板", "床", "個", "種", "站", "家", "區塊"})
_DONE_KINDS = frozenset({"area", "percent"})
_DONE_UNITS = frozenset({"公頃", "株", "項"})
"""What is completed or won over, one after the other: a level only where the day is stated up to which it is counted."""
_LISTED = re.compile(r"[、及與和][^,;。▣▢]{0,16}")
_CLAUSE = re.compile(r"[,。;:][^,。;:]*\Z")


def nature_of(figure: Figure, previous: Nature | None, *, listed: bool = False) -> Nature:
    """Whether a figure is a level, a flow, or a running total.

    ``previous`` is what the figure before it was, ``listed`` whether the two stand in one list and count in one unit.
    """
    rule = nature_rule_of(figure)
    if rule is not None:
        return rule.reading
    if listed and previous is not None:
        return previous
    kind = figure.kind
    if kind in _FLOW_KINDS or figure.unit in _FLOW_UNITS:
        return "flow"
    if figure.unit in _LEVEL_UNITS or kind == "bodies":
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
    return "done" if kind in _DONE_KINDS or figure.unit in _DONE_UNITS else "flow"


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
        previous = result[figure.number] = nature_of(figure, previous, listed=listed)
        before = figure
    return result


def nature_rule_of(figure: Figure) -> NatureRule | None:
    """The first rule whose words stand around the figure."""
    before = figure.plain_before
    clause = _CLAUSE.search(before)
    near = before[clause.start() :] if clause else before
    after = figure.after
    return next((rule for rule in nature_rules() if rule.fits(near, after, before)), None)
