"""EVENT: one meeting or event, dated differently in two reports.

A meeting with a number has one day in its year. A titled event may have several sessions: that each report knows but one,
and they differ within a month, is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ....model import Mention, Relation
from ..times import day_of
from .check import AcrossCheck
from .link import LIKELY, SURE, relation
from .panel import Panel

_NUMBERED = re.compile(r"[^,。;「」()、]{0,6}?((?:第\d+屆)?第\d{2,}次[^,。;「」()、]{0,8}?會議)")
_TITLED = re.compile(r"[^,。;「」()、]{0,10}(?:辦理|舉辦|開辦|召開|舉行)[^,。;「」()]{0,8}「([^「」]{6,40})」")
_REACH = 60


Key = tuple[str, str]


def _events(panel: Panel, later: int) -> Iterator[Relation]:
    now = _told(panel, later)
    told: set[Key] = set()
    for earlier in panel.before.get(later, ()):
        then = _told(panel, earlier)
        for key in now.keys() & then.keys() - told:
            first, second = then[key], now[key]
            told.add(key)
            if len({each.edtf for each in first}) == 1 == len({each.edtf for each in second}):
                yield _dated(first[0], second[0], SURE if key[0] == "meeting" else LIKELY)


def _told(panel: Panel, report: int) -> dict[Key, list[Mention]]:
    """The days of a report by the meeting (and year) or titled event (and month) that is named behind them."""
    found: dict[Key, list[Mention]] = defaultdict(list)
    for block, mentions in panel.mentions_of(report).items():
        text = panel.text(report, block)
        for mention in mentions:
            day = day_of(mention.edtf) if mention.kind == "date" else None
            if day is None:
                continue
            behind = text[mention.block_end : mention.block_end + _REACH]
            if (numbered := _NUMBERED.match(behind)) is not None:
                found["meeting", f"{day:%Y} {numbered[1]}"].append(mention)
            elif (titled := _TITLED.match(behind)) is not None:
                found["event", f"{day:%Y-%m} {titled[1]}"].append(mention)
    return found


def _dated(first: Mention, second: Mention, confidence: Decimal) -> Relation:
    return relation("series.event", second, [first], ["+"], first.edtf or "", first.edtf == second.edtf, confidence)


CHECKS = (AcrossCheck("series.event", "the day of one meeting or event in two reports", _events),)
