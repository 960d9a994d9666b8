"""Dates that cannot be: a day that no calendar has, a range that runs backwards, a weekday that does not fit.

Also what is reported as done (業於, 已於) on a day after the report's own. Only what is wrong is told of the first two: that
a date exists confirms nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...model import Mention, Relation
from .candidate import Candidate
from .figure import DAY, Document
from .times import day_of, period_of

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(rf"(?P<date>{DAY})(?:[(\[]?(?P<sign>星期|週|周|禮拜)|\((?=.\)))(?P<day>[一二三四五六日天])")
_DONE = re.compile(rf"(?:業已?|已)(?:經)?(?:自|於)?(?P<date>{DAY})(?![^,;。]{{0,20}}(?:將|預定|預計|前完成))")
_OWN_YEAR = re.compile(r"(?<!本)(?<!今)(?<!去)\d年|[一二三四五六七八九〇○]年|\d{4}")


def find(document: Document) -> Iterator[Candidate]:
    """Days that no calendar has, ranges that run backwards, weekdays, and what is done after the report's own day."""
    yield from _impossible(document)
    yield from _backwards(document)
    yield from _weekday(document)
    yield from _after_issue(document)


def _wrong(rule: str, result: Mention, stated: str, computed: str, *features: str) -> Candidate:
    """A date that cannot be."""
    return Candidate(Relation("dates", result, (), (), stated, computed, False, rule), frozenset(features))


def _impossible(document: Document) -> Iterator[Candidate]:
    for mention in document.mentions:
        if _has_no_day(mention):
            yield _wrong("dates.impossible", mention, mention.edtf or "", "")


def _has_no_day(mention: Mention) -> bool:
    """One end of the expression names a day that no calendar has."""
    period = period_of(mention.edtf)
    ends = (period.start, period.end) if period is not None else ()
    return any(None not in (end.year, end.month, end.day) and end.days is None for end in ends)


def _backwards(document: Document) -> Iterator[Candidate]:
    for mention in document.mentions:
        first, _, last = (mention.edtf or "").partition("/")
        shared = min(len(first), len(last))
        if not re.fullmatch(r"[\d-]+/[\d-]+", mention.edtf or "") or last[:shared] >= first[:shared]:
            continue
        if not _has_no_day(mention):
            # 9月至2月 without a second year: the year may have been left out.
            later_month = last[5:7] != first[5:7] and last[:4] == first[:4]
            own = re.search(r"[至到迄~\-－～].*年", mention.text) is not None
            doubt = ["dates:year-left-out"] if later_month and not own else []
            yield _wrong("dates.backwards", mention, first, last, *doubt)


def _found(document: Document, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Mention, date]]:
    """Where a pattern finds a day in the text."""
    for paragraph in document.paragraphs:
        dates = dict(paragraph.whole.dates)
        for match in pattern.finditer(paragraph.whole.text):
            mention = dates[match.start("date")]
            if (day := day_of(mention.edtf)) is not None:
                yield match, mention, day


def _weekday(document: Document) -> Iterator[Candidate]:
    for match, mention, day in _found(document, _WEEKDAY):
        told, computed = match["day"].replace("天", "日"), _WEEKDAYS[day.weekday()]
        # (一) may be an ordinal; a year that is not printed may have been another.
        if told == computed or match["sign"]:
            relation = Relation("dates", mention, (), (), told, computed, told == computed, "dates.weekday")
            own = match["sign"] and _OWN_YEAR.search(mention.text)
            yield Candidate(relation, frozenset() if own else frozenset({"dates:year-left-out"}))


def _after_issue(document: Document) -> Iterator[Candidate]:
    issued = document.issued or ""
    if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", issued):
        for _, mention, _ in _found(document, _DONE):
            if (mention.edtf or "")[: len(issued)] > issued:
                yield _wrong("dates.after-issue", mention, mention.edtf or "", issued)
