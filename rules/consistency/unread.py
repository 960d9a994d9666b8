"""No finding rests on a number that could not be read, or on what stands beside one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ...model import LedgerEntry, Relation, Report
from .cues import says

_CLAUSE_ENDS = frozenset(",;。、:，；：\n\t")
_LONGEST_CLAUSE = 80


def without_unread(relations: Iterable[Relation], report: Report, unread: Sequence[LedgerEntry]) -> Iterator[Relation]:
    """The relations without the broken ones that an unread number may explain.

    It may where it stands in the clause of one of their figures, or among the figures of one sentence: 甲30人、乙3萬5人,
    共60人 tells nothing, since one of its parts is not known.
    """
    starts = sorted(entry.start for entry in unread if not _is_mark(report.text, entry))
    for relation in relations:
        if relation.holds is not False or not _has_unread(relation, report, starts):
            yield relation


def _is_mark(text: str, entry: LedgerEntry) -> bool:
    """二、第一預備金, 三區合計: the mark of a list, or how many are taken together, is none of the amounts."""
    opens = text[: entry.start].rstrip(" \t\u3000")[-1:] in ("", "\n")
    mark = opens and text[entry.end : entry.end + 1] in ("、", ".", "．")
    return mark or says("total.some", text[entry.start : entry.end + 1])


def _has_unread(relation: Relation, report: Report, starts: Sequence[int]) -> bool:
    members = sorted((mention.block, mention.start, mention.end) for mention in (relation.result, *relation.terms))
    clauses = (_clause(report.text, start, end) for _, start, end in members)
    between = (
        (left_end, right_start)
        for (left, _, left_end), (right, right_start, _) in pairwise(members)
        if left == right and "。" not in report.text[left_end:right_start]
    )
    return any(_reaches(starts, begin, end) for begin, end in (*clauses, *between))


def _reaches(starts: Sequence[int], begin: int, end: int) -> bool:
    at = bisect_left(starts, begin)
    return at < len(starts) and starts[at] < end


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a figure."""
    begin, stop = start, end
    while begin > max(0, start - _LONGEST_CLAUSE) and text[begin - 1] not in _CLAUSE_ENDS:
        begin -= 1
    while stop < min(len(text), end + _LONGEST_CLAUSE) and text[stop] not in _CLAUSE_ENDS:
        stop += 1
    return begin, stop
