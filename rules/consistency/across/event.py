"""EVENT: one meeting or event, dated differently in two reports.

A meeting with a number has one day in its year. A titled event may have several sessions: that each report knows but one,
and they differ within a month, is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ....model import Mention, Relation
from ..days import day_of
from .check import AcrossCheck
from .link import LIKELY, SURE, relation
from .panel import Panel

_NUMBERED = re.compile(r"[^,。;「」()、]{0,6}?((?:第\d+屆)?第\d{2,}次[^,。;「」()、]{0,8}?會議)")
_TITLED = re.compile(r"[^,。;「」()、]{0,10}(?:辦理|舉辦|開辦|召開|舉行)[^,。;「」()]{0,8}「([^「」]{6,40})」")
_REACH = 60


def _events(panel: Panel) -> Iterator[Relation]:
    told: dict[tuple[str, str, str], dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    sure: set[tuple[str, str, str]] = set()
    for place, source in enumerate(panel.sources):
        blocks = source.extraction.report.blocks
        for mention in source.extraction.mentions:
            day = day_of(mention.edtf or "") if mention.kind == "date" else None
            if day is None:
                continue
            behind = blocks[mention.block].text[mention.block_end : mention.block_end + _REACH]
            numbered, titled = _NUMBERED.match(behind), _TITLED.match(behind)
            if numbered is not None:
                key = (source.body, numbered[1], f"{day:%Y}")
                sure.add(key)
            elif titled is not None:
                key = (source.body, titled[1], f"{day:%Y-%m}")
            else:
                continue
            told[key][place].append(mention)
    for key, reports in told.items():
        days = [mentions for _, mentions in sorted(reports.items())]
        for first, second in pairwise(days):
            if len({each.edtf for each in first}) == 1 == len({each.edtf for each in second}):
                yield _dated(first[0], second[0], SURE if key in sure else LIKELY)


def _dated(first: Mention, second: Mention, confidence: Decimal) -> Relation:
    return relation("series.event", second, [first], ["+"], first.edtf or "", first.edtf == second.edtf, confidence)


CHECKS = (AcrossCheck("series.event", "the day of one meeting or event in two reports", _events),)
