"""Level or flow: what speaks for a figure holding as of a day, or over a span. What it is, is decided with its time."""

from __future__ import annotations

import re

from ..rules.dating import Cues
from ..rules.periods import NatureRule, nature_told
from .context import BlockView, Figure, figures

_LISTED = re.compile(r"[、及與和][^,;。▣▢]{0,16}")
_STOP = re.compile(r"[,。;:()]")
_CLAUSE = re.compile(r"[,。;:][^,。;:]*\Z")


def cues_of(view: BlockView) -> dict[int, Cues]:
    """What speaks for level or flow with every quantity of a block, by its place among the marks."""
    result: dict[int, Cues] = {}
    told, said = Cues(), ""
    """What was said of the figure before, or of one that it hangs together with."""
    before: Figure | None = None
    for figure in figures(view):
        hangs = _hangs(before, figure) if before is not None else ""
        rule = nature_rule_of(figure)
        if rule is not None:
            told = Cues(figure.kind, figure.unit, rule.reading, rule.id)
        elif hangs == "listed":
            told = told._replace(unit=figure.unit)
        else:
            told = Cues(figure.kind, figure.unit, before=f"{hangs} {said}" if hangs and said else "")
        said = told.said or (said if hangs else "")
        result[figure.number], before = told, figure
    return result


def _hangs(before: Figure, figure: Figure) -> str:
    """How a figure hangs together with the one before: in one list, in one clause, in one sentence."""
    if before.mark.sentence != figure.mark.sentence:
        return ""
    text, start, end = figure.view.text, before.mark.at + 1, figure.mark.at
    if before.unit == figure.unit and _LISTED.fullmatch(text, start, end):
        return "listed"
    return "behind" if _STOP.search(text, start, end) else "joined"


def nature_rule_of(figure: Figure) -> NatureRule | None:
    """The first rule whose words stand around the figure."""
    before = figure.plain_before
    clause = _CLAUSE.search(before)
    near = before[clause.start() :] if clause else before
    return nature_told(near, before, figure.after)
