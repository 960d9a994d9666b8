"""Percentages of people must come from whole people, and two rates of one base must imply one base.

參訓31人，及格率93.55% is 29 of 31; 93.7% is nobody's. Only what cannot be is told, as a question: a rate may have another
base than the text suggests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...model import Mention, Relation
from .candidate import Candidate
from .figure import Document, Figure, Line
from .interval import Interval, stated
from .law import show
from .numbers import Exact, divided, number

_PEOPLE = frozenset({"人", "名", "位", "員"})
_RATE_OF_ALL = re.compile(
    r"^[^,;。]{0,8}[,(](?:其|整體)?(?:及格|合格|通過|到考|完訓|結訓|出席|錄取|取證|得獎)(?:比)?率(?:達|為|約|計)*$"
)
_BASE = re.compile(r"(?:參訓|參加|報名|到考|應考|受訓|調訓|應試)[^,;。]{0,6}$")
_SHARE = re.compile(r"^[,(]?(?:約)?[占佔](?:比|率)?(?:約|達|為)?$")


def find(document: Document) -> Iterator[Candidate]:
    """What no whole number of people gives, and what implies two wholes for one."""
    for paragraph in document.paragraphs:
        yield from _whole_people(paragraph.outer)
        yield from _one_base(paragraph.whole)
        yield from _part_and_whole(paragraph.outer)


def _possible(rate: Mention, base: Exact) -> bool:
    """Some whole number of people gives the rate, rounded or truncated."""
    step = number(rate.step or 1)
    value = number(rate.value or 0)
    low, high = divided((2 * value - step) * base, 200), divided((value + step) * base, 100)
    first = -(-low.numerator // low.denominator)
    return first < high or first == high == 0


def _whole_people(line: Line) -> Iterator[Candidate]:
    if line.figures:
        for base, rate in pairwise(line.figures):
            if base.unit not in _PEOPLE or rate.unit != "%" or base.mention.value is None or rate.mention.value is None:
                continue
            told = _BASE.search(base.gap) or re.match(r"(?:參訓|參加|到考|應考|報名)", base.behind)
            if not told or not _RATE_OF_ALL.match(rate.gap) or base.mention.bound or rate.mention.bound:
                continue
            people = number(base.mention.value)
            if people > 0 and rate.mention.value <= 100 and not _possible(rate.mention, people):
                nearest = _nearest(number(rate.mention.value), people)
                relation = Relation(
                    "mean", rate.mention, (base.mention,), ("+",), show(rate.mention.value), show(nearest, 2), False,
                    "mean.whole-people",
                )  # fmt: skip
                yield Candidate(relation, frozenset())


def _nearest(rate: Exact, people: Exact) -> Exact:
    return divided(round(divided(rate * people, 100)) * 100, people)


def _one_base(line: Line) -> Iterator[Candidate]:
    """甲3人占30%、乙5人占20%: the shares of one list, whose parts and rates must give one whole."""
    run: list[tuple[Figure, Figure]] = []
    if line.figures:
        for part, rate in pairwise(line.figures):
            if rate.unit != "%" or not part.is_count or not _SHARE.match(rate.gap):
                continue
            if run and (
                part.index != run[-1][1].index + 1
                or part.unit != run[-1][0].unit
                or re.search("[;。]", line.text[run[-1][1].at : part.at])
            ):
                run = []
            run.append((part, rate))
            if len(run) > 1:
                yield from _implied("mean.one-base", run[-2], run[-1])


_ONE_RATE = re.compile(r"^[^,;。]{0,8},(?P<rate>[^,;。]{1,6}率)(?:已|約|達|為|計)*$")


def _part_and_whole(line: Line) -> Iterator[Candidate]:
    """完訓750人，完訓率43%；其中480人完成實體課程，完訓率23%: a part and its whole have one base, which neither tells."""
    figures = line.figures
    if figures:
        for whole, rate, part, other in zip(figures, figures[1:], figures[2:], figures[3:], strict=False):
            if rate.unit != "%" or other.unit != "%" or not part.is_count or whole.unit != part.unit:
                continue
            first, second = _ONE_RATE.match(rate.gap), _ONE_RATE.match(other.gap)
            if first and second and first["rate"] == second["rate"] and re.match(r"^[^,;]{0,4}[,;]其中", part.gap):
                yield from _implied("mean.one-rate", (whole, rate), (part, other))


def _implied(rule: str, first: tuple[Figure, Figure], second: tuple[Figure, Figure]) -> Iterator[Candidate]:
    bases = [stated(part.mention).divided_by(_share(rate.mention)) for part, rate in (first, second)]
    if bases[0] is None or bases[1] is None or bases[0].meets(bases[1]):
        return
    (part, rate), (other, other_rate) = first, second
    base = divided(number(part.mention.value or 0) * 100, number(rate.mention.value or 1))
    terms = (other.mention, part.mention, rate.mention)
    computed = divided(number(other.mention.value or 0) * 100, base) if base else 0
    relation = Relation(
        "mean", other_rate.mention, terms, ("+", "+", "+"), show(other_rate.mention.value or 0), show(computed, 2), False,
        rule,
    )  # fmt: skip
    yield Candidate(relation, frozenset())


def _share(rate: Mention) -> Interval:
    step = number(rate.step or 1)
    value = number(rate.value or 0)
    return Interval(divided(2 * value - step, 200), divided(value + step, 100))
