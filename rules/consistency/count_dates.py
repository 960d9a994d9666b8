"""An announced number of sessions or days against the dates that are listed for them.

於10月17日及24日辦理2班期; 規劃4場次，分別於9月3日至4日、9月24日及10月15日辦理; 4月9日、11日、16日及23日共4天;
8月17日辦理甲、9月21日辦理乙及10月19日辦理丙，共3場. A day may hold two sessions, and a session may take two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...model import Mention, Relation
from .check import Check
from .context import DAY, FIGURES, Document, Figure
from .dates import dates_in
from .days import span_of
from .relation import LIKELY, SURE, Sign

_SESSIONS = frozenset({"場", "場次", "班", "班期", "班次", "梯次", "梯", "期", "次"})
_DAYS = frozenset({"天", "日"})
_RUN = re.compile(rf"(?:{DAY}(?:[、,]?(?:[及和與]|以及)?(?={DAY})))+{DAY}")
_THEN = re.compile(
    r"^[^;。]{0,24}?(?:辦理|舉辦|開辦|開課|召開|舉行|進行|上課|共|計)[,]?(?:完成)?(?:共計|合計|共|計|各)?$|^,?(?:共計|合計|共|計)?$"
)
_BEFORE = re.compile(r"^[^;。]{0,16}?,?(?:並|業)?(?:分別)(?:於|在|為|自)$")
_TOTAL = re.compile(r"(?:,|^)[^,;。]{0,6}(?:共計|合計|總計|共|計)(?:辦理|舉辦)?$")
_EACH = re.compile(r"每|各|另|第")


def _after_run(document: Document) -> Iterator[Relation]:
    """DAY、DAY及DAY辦理N場次."""
    for line in document.lines:
        text, dates = line.outer.text, dict(dates_in(line.outer))
        for run in _RUN.finditer(text):
            days = [dates[position] for position in range(run.start(), run.end()) if text[position] == DAY]
            figure = next(iter(line.outer.behind(run.end(), 1)), None)
            gap = text[run.end() : figure.at] if figure is not None else DAY
            if figure is not None and DAY not in gap and _THEN.match(gap) and not _EACH.search(gap):
                yield from _judge("count.dates", figure, days)
            before = next(iter(line.outer.before(run.start(), 1)), None)
            if before is not None and _BEFORE.match(text[before.at + 1 : run.start()]):
                yield from _judge("count.dates", before, days)


def _each_told(document: Document) -> Iterator[Relation]:
    """DAY辦理甲、DAY辦理乙及DAY辦理丙，共N場."""
    for line in document.lines:
        outer = line.outer
        dates = dict(dates_in(outer))
        for figure in outer.figures:
            if figure.unit not in _SESSIONS or not _TOTAL.search(figure.gap) or _EACH.search(figure.gap[-8:]):
                continue
            first = figure.at - len(figure.gap)
            told = [(place, dates[place]) for place in range(first, figure.at) if outer.text[place] == DAY]
            linked = all(
                re.fullmatch(rf"[^,;。{FIGURES}{DAY}]{{2,60}}(?:[、,]|以及|[及和與])", outer.text[a + 1 : b])
                for (a, _), (b, _) in pairwise(told)
            )
            if len(told) > 1 and linked:
                yield from _judge("count.dates-each", figure, [day for _, day in told])


def _judge(rule: str, figure: Figure, days: Sequence[Mention]) -> Iterator[Relation]:
    """The number against the dates: sessions against how many there are, days against how long they are."""
    mention = figure.mention
    spans = [span_of(day.edtf or "") for day in days]
    if mention.value is None or mention.bound is not None or any(span is None for span in spans):
        return
    if figure.unit in _DAYS:
        computed, confidence = sum(span.days for span in spans if span is not None), SURE
    elif figure.unit in _SESSIONS:
        computed, confidence = len(days), LIKELY
    else:
        return
    signs: list[Sign] = ["+"] * len(days)
    holds = mention.value == computed
    yield Relation(
        "count", mention, tuple(days), tuple(signs), str(mention.value), str(computed), holds, rule, None, confidence
    )


CHECKS = (
    Check("count.dates", "a number of sessions or days against their dates in a row", _after_run),
    Check("count.dates-each", "a number of sessions against dates that each have their own", _each_told),
)
