"""How many times, and how much on average: 由40億元增加至120億元，約增3倍; 甲6公頃，較乙2公頃高出約3倍; 平均每人3,500元.

增N倍 is written for the quotient as well as for the increase; a figure that either of them gives is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ...model import Mention, Relation
from .check import Check
from .context import DAY, Document, Figure, Line
from .interval import stated
from .relation import LIKELY, number, quotient

_FROM = re.compile(r"(?:由|從|自)[^,;。由從自]{0,24}$")
_TO = re.compile(r"(?:增|減|升|降|成長|擴大|擴增|提高|縮減)[^,;。]{0,2}(?:至|為|到)[^,;。]{0,12}$")
_COMPARED = re.compile(r"^[^,;。]{0,14},?(?:並|已|且)?(?:較|比|為|是)(?!率|例)[^,;。]*$")
_TIMES = re.compile(
    r"^[^,;。]{0,8},?(?:共|計|約|已|大幅|即|等於)*(?P<verb>高出|多出|增加|成長|增為|增|達|為|是)?(?:之|的)?(?:約|了|達|近)*$"
)
_MORE = re.compile(r"增加|成長|增(?!為)|高出|多出")
_EACH = re.compile(r"^[^,;。]{0,8}(?:\([^()]*\))?,平均(?:每[一1]?)(?P<each>[^\d,;。]{1,3})[^,;。]{0,10}$")


def _times(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        figures = line.outer.figures
        for first, second, times in zip(figures, figures[1:], figures[2:], strict=False):
            if times.unit != "倍" or not first.is_count or first.unit != second.unit:
                continue
            verb = _TIMES.match(times.gap)
            if verb is None:
                continue
            if _FROM.search(line.outer.clause(first)) and _TO.search(second.gap):
                yield from _of(times.mention, second.mention, first.mention, verb["verb"] or "")
            elif _COMPARED.match(second.gap):
                yield from _of(times.mention, first.mention, second.mention, verb["verb"] or "")


def _of(times: Mention, over: Mention, under: Mention, verb: str) -> Iterator[Relation]:
    if over.value is None or under.value is None:
        return
    high, low = number(over.value), number(under.value)
    share = stated(over).divided_by(stated(under))
    plain = quotient("ratio", "ratio.times", times, (over, under), (high, low), share)
    if plain is not None and plain.holds is False and _MORE.fullmatch(verb) and high > low:
        rise = (stated(over) - stated(under)).divided_by(stated(under))
        plain = quotient("ratio", "ratio.times", times, (over, under), (high - low, low), rise)
    if plain is not None:
        yield plain


def _average(document: Document) -> Iterator[Relation]:
    """A total, a count, and what comes of them on average: the two figures before 平均每人."""
    for line in document.lines:
        figures = line.outer.figures
        for first, second, mean in zip(figures, figures[1:], figures[2:], strict=False):
            each = _EACH.match(mean.gap)
            if each is None or not _plain(line, first, second):
                continue
            if second.unit == mean.unit != first.unit:
                whole, count = second, first
            elif first.unit == mean.unit != second.unit:
                whole, count = first, second
            else:
                continue
            sure = Decimal(1) if count.unit in (each["each"], each["each"][:1]) else LIKELY
            yield from _mean(mean.mention, whole.mention, count.mention, sure)


def _plain(line: Line, first: Figure, second: Figure) -> bool:
    """Two counts of one clause or of two that follow each other, no changes and no goals."""
    words = re.split(r"[;]", first.gap)[-1] + second.gap
    return (
        first.is_count
        and second.is_count
        and DAY not in second.gap
        and re.search(r"增|減|較|目標|預|其中|另|每", words) is None
    )


def _mean(mean: Mention, whole: Mention, count: Mention, confidence: Decimal) -> Iterator[Relation]:
    if whole.value is None or count.value is None or mean.value is None:
        return
    pair = (number(whole.value), number(count.value))
    share = stated(whole).divided_by(stated(count))
    relation = quotient(
        "ratio", "ratio.average", mean, (whole, count), pair, share, confidence=confidence, step=_place(mean)
    )
    if relation is not None:
        yield relation


def _place(mean: Mention) -> Fraction:
    """An average that ends in zeros may have been rounded there."""
    step = Fraction(mean.step or 1)
    value = Fraction(mean.value or 0)
    while value and step >= 1 and value % (step * 10) == 0:
        step *= 10
    return step


CHECKS = (
    Check("ratio.times", "how many times one figure is another", _times),
    Check("ratio.average", "an average against its total and its count", _average),
)
