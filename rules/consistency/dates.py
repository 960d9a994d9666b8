"""Dates that cannot be: a day that no calendar has, a range that runs backwards, a weekday that does not fit.

Also what is reported as done (業於, 已於) on a day after the report's own. Only what is wrong is told of the first two: that
a date exists confirms nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Mention, Relation
from .candidate import Candidate
from .days import day_of, is_impossible
from .figure import DAY, Document

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(rf"{DAY}[(\[]?(?P<sign>星期|週|周|禮拜)(?P<day>[一二三四五六日天])")
_BARE_WEEKDAY = re.compile(rf"{DAY}\((?P<day>[一二三四五六日])\)")
_DONE = re.compile(rf"(?:業已?|已)(?:經)?(?:自|於)?({DAY})(?![^,;。]{{0,20}}(?:將|預定|預計|前完成))")
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
        if mention.kind == "date" and mention.edtf and is_impossible(mention.edtf):
            yield _wrong("dates.impossible", mention, mention.edtf, "")


def _backwards(document: Document) -> Iterator[Candidate]:
    for mention in document.mentions:
        first, _, last = (mention.edtf or "").partition("/")
        if mention.kind != "date" or not last or is_impossible(mention.edtf or ""):
            continue
        shared = min(len(first), len(last))
        if re.fullmatch(r"[\d-]+", first + last) and last[:shared] < first[:shared]:
            # 9月至2月 without a second year: the year may have been left out.
            later_month = last[5:7] != first[5:7] and last[:4] == first[:4]
            own = re.search(r"[至到迄~\-－～].*年", mention.text) is not None
            doubt = ["dates:year-left-out"] if later_month and not own else []
            yield _wrong("dates.backwards", mention, first, last, *doubt)


def _weekday(document: Document) -> Iterator[Candidate]:
    for paragraph in document.paragraphs:
        line = paragraph.whole
        days = dict(line.dates)
        for pattern, sure in ((_WEEKDAY, True), (_BARE_WEEKDAY, False)):
            for match in pattern.finditer(line.text):
                mention = days[match.start()]
                day = day_of(mention.edtf or "")
                if day is None:
                    continue
                told, computed = match["day"].replace("天", "日"), _WEEKDAYS[day.weekday()]
                # (一) may be an ordinal; a year that is not printed may have been another.
                holds = told == computed
                if holds or sure:
                    relation = Relation("dates", mention, (), (), told, computed, holds, "dates.weekday")
                    own = sure and _OWN_YEAR.search(mention.text)
                    yield Candidate(relation, frozenset() if own else frozenset({"dates:year-left-out"}))


def _after_issue(document: Document) -> Iterator[Candidate]:
    issued = document.issued or ""
    if not re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", issued):
        return
    for paragraph in document.paragraphs:
        line = paragraph.whole
        days = dict(line.dates)
        for match in _DONE.finditer(line.text):
            mention = days[match.start(1)]
            if day_of(mention.edtf or "") is not None and (mention.edtf or "")[: len(issued)] > issued:
                yield _wrong("dates.after-issue", mention, mention.edtf or "", issued)
