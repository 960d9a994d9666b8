"""The role of a figure: what happened, a change, a rate, a plan, a standing rule, or a value that was replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..model import Role
from ..rules.documents import Document
from ..rules.roles import RoleRule, called
from .context import BlockView, Figure, figures, kind_of
from .segmentation import word_begins
from .tables import heads_of, is_change_row

_AMONG = re.compile(r"(?:其中|內含|含|包括|包含|分別為|另|另外)[^,;。▣]{0,24}\Z")


@dataclass(frozen=True, slots=True)
class RoleReading:
    """A role, and the rule that gave it."""

    role: Role
    sign: Literal["+", "-"] | None
    rule: str
    cue: tuple[int, int] | None = None
    """Where its cue word stands, in the masked text of the block."""


_TARGET_HEAD = re.compile(r"預算|預計|預定|目標|概算")
_OUTTURN_HEAD = re.compile(r"執行|決算|實際|實績|達成|占|率|百分比|%")
"""執行數占預算數百分比: no goal."""
_MEAN_HEAD = re.compile(r"平均|中位數")
_CHANGE_HEAD = re.compile(r"增減(?!率|百分|幅|%|\(%)")
_TARGET = RoleReading("target", None, "table-head")
_ACTUAL = RoleReading("actual", None, "actual")


def roles_of(view: BlockView, document: Document, is_past: Callable[[Figure], bool]) -> dict[int, RoleReading]:
    """The role of every quantity of a block, by its place among the marks.

    ``is_past`` tells whether its sentence tells a figure of a time before that of the report.
    """
    result: dict[int, RoleReading] = {}
    sentence = -1
    rules: tuple[RoleRule, ...] = ()
    for figure in figures(view):
        if figure.mark.sentence != sentence:
            sentence = figure.mark.sentence
            rules = tuple(called(figure.sentence.text, view.introduction, document))
        reading = _reading(figure, rules, is_past)
        if reading is _ACTUAL or reading.rule == "age":
            reading = _of_column(figure) or _of_whole(figure, result) or reading
        result[figure.number] = reading
    return result


def _reading(figure: Figure, rules: Iterable[RoleRule], is_past: Callable[[Figure], bool]) -> RoleReading:
    kind = figure.kind
    before = figure.plain_before
    after = figure.after
    for rule in rules:
        if rule.kinds and kind not in rule.kinds:
            continue
        if rule.ranged and figure.mention.value_max is None:
            continue
        if rule.past and not is_past(figure):
            continue
        if rule.fits(before, after, figure.view.introduction, word_begins):
            return RoleReading(rule.role, rule.sign, rule.id, _cue(figure, rule))
    return _ACTUAL


def _cue(figure: Figure, rule: RoleRule) -> tuple[int, int] | None:
    """The cue word of a rule that stands nearest before the figure, else nearest behind it."""
    text, at = figure.view.text, figure.mark.at
    before = [(text.rfind(cue, figure.since, at), cue) for cue in rule.cues]
    start, cue = max(before, default=(-1, ""))
    if start < 0:
        behind = [(place, cue) for cue in rule.cues if (place := text.find(cue, at, figure.sentence.end)) >= 0]
        start, cue = min(behind, default=(-1, ""))
    return (start, start + len(cue)) if start >= 0 else None


def _of_column(figure: Figure) -> RoleReading | None:
    """A column that is headed as a budget or a goal holds targets; one that is headed as a change, or a row, changes."""
    if not figure.view.block.cells:
        return None
    head = heads_of(figure)[1]
    changes = _CHANGE_HEAD.search(head) is not None and figure.kind != "age"
    if (changes or is_change_row(figure)) and figure.kind != "percent" and figure.mention.value is not None:
        return RoleReading("delta", "-" if figure.mention.value < 0 else "+", "table-head")
    if figure.kind == "age":
        return _ACTUAL if _MEAN_HEAD.search(head) else None
    return _TARGET if _TARGET_HEAD.search(head) and not _OUTTURN_HEAD.search(head) else None


def _of_whole(figure: Figure, known: dict[int, RoleReading]) -> RoleReading | None:
    """Parts take the role of their whole: figures in a bracket, and those behind 其中."""
    whole = figure.whole
    if whole is None and _AMONG.search(figure.before):
        whole = figure.number - 1
        marks = figure.view.marks
        while whole >= 0 and marks[whole].mention.kind != "quantity":
            whole -= 1
        if whole < 0 or marks[whole].sentence != figure.mark.sentence:
            return None
        if kind_of(marks[whole].mention.unit or "") != figure.kind:
            return None
    if whole is None or whole not in known:
        return None
    above = known[whole]
    if above.role in ("actual", "rate"):
        return None
    return RoleReading(above.role, above.sign, f"{above.rule}>part", above.cue)
