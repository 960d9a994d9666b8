"""What a figure claims: when the report speaks, and whether the figure is final, still running, planned or a forecast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..model import Block, Fact, Period, Report, State
from ..rules.states import state_told

_SENTENCE = re.compile(r"[。;](?=[^。;]*$)")
_REACH = 90
_MONTH = 31
_INTRODUCES = 3
"""So many blocks before a table may introduce it."""
_TITLE = 60


def claimed(report: Report, facts: Sequence[Fact], period: Period | None, issued: Period | None) -> tuple[Fact, ...]:
    """The facts with their state and the day on which the report speaks; ``period`` and ``issued`` are the report's."""
    as_of = issued.edtf if issued else period.end.edtf if period else None
    told = issued or period
    spoken = told.last if told else None
    return tuple(replace(fact, as_of=as_of, state=_state(report, fact, spoken)) for fact in facts)


def _state(report: Report, fact: Fact, spoken: date | None) -> State | None:
    if fact.role in ("rule", "former"):
        return "standard"
    block = report.blocks[fact.mention.block]
    told = state_told(_before(block, fact), _heading(report, fact))
    if told is not None:
        return told.state
    if fact.role == "target":
        return "plan"
    if fact.period is None:
        return None
    first, last = fact.period.first, fact.period.last
    if first is None or last is None:
        return None
    if spoken is not None and last > spoken:
        return "running"
    return "level" if (last - first).days < _MONTH and fact.role == "actual" else "final"


def _before(block: Block, fact: Fact) -> str:
    """The words of its sentence up to the figure; of a cell there are none."""
    if block.kind == "table":
        return ""
    start = fact.mention.block_start
    ahead = block.text[max(0, start - _REACH) : start]
    stop = _SENTENCE.search(ahead)
    return ahead[stop.end() :] if stop else ahead


def _heading(report: Report, fact: Fact) -> str:
    """What stands over a cell: the heading, the lines that introduce the table, the head of its column."""
    place = fact.mention.block
    block = report.blocks[place]
    above = block.path[-1] if block.path else ""
    if block.kind != "table":
        return ""
    lines = [each.text for each in report.blocks[max(0, place - _INTRODUCES) : place] if len(each.text) <= _TITLE]
    return "#".join([above, *lines, fact.indicator])
