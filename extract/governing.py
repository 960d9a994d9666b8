"""Which dates rule the figures of a sentence, and in what manner: as a day of an event, a cut-off, a start, a norm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .context import BlockView, Mark

Manner = Literal["plain", "as-of", "start", "effective", "deadline", "enacted", "compared", "title"]

_TITLE = re.compile(
    r"[^,。;:▣▢「」()辦規訂推執提計共為於經原]{0,14}?"
    r"(?:計[畫劃](?!內)|方案|要點|辦法|特考|高考|普考|特種考試|條例|施政綱要|白皮書)"
)
_COMPARED = re.compile(r"(?:較|比|與|相較於|相較|比較|對照|於較)\Z")
_OLD_FIGURE = re.compile(r"(?:[及與和、]▢)*[底初]?(?:同期)?(?:的|之)?[^,。;:▣▢增減成高低衰升降跌漲縮擴]{0,10}▣")
_CAUSE = re.compile(r"(?:因|受|承|隨|隨著|延續|鑑於|轉入|有別於|不同於)\Z")
"""A year behind these tells why, or whereto, and of nothing that is counted."""
_AS_OF = re.compile(r"(?:截至|截止|統計至|累計至|計至|結算至|迄)\Z")
_UNTIL = re.compile(r"(?:(?:^|[,。;:(])(?:迄)?至|自▢[^▢。;]{0,16}至)\Z")
_UNTIL_BARE = re.compile(r"至\Z")
_STOP = re.compile(r"(?:[底份]|日)?(?:為)?止")
_START = re.compile(r"(?:以來|以降|起(?!迄)|施行以來)")
_OPENED = re.compile(r"(?:開辦|開始|上線|成立|開業|推動|推出|發行|啟用|創立|創辦|開站|首辦)")
_FROM = re.compile(r"(?:自|從|由)\Z")
_EFFECTIVE = re.compile(r"(?:起)?(?:施行|生效|實施(?!計)|成立)")
_IN_FORCE = re.compile(r"(?:起)?(?:施行|生效|實施)(?=[,。;)]|\Z)")
_ON = re.compile(r"[於自在]\Z")
_DEADLINE = re.compile(r"(?:底)?(?:以前|之前|前(?![往後置來述揭端導瞻進開期三項次]))")
_ENACTED = re.compile(r"[^,。;▣▢]{0,12}?(?:訂定|訂頒|函頒|修正|發布|公布|公告|頒布|核定函|函釋|廢止)")
_RELATIVE = re.compile(r"[^,。;▣▢]{0,12}?(?:訂定|訂頒|函頒|修正|發布|公布|公告|頒布|核定|施行)[之的](?!.{0,2}日)")
"""A day that only tells when something was published, of which a figure is taken: ▢公布之…."""
_NAMED = re.compile(r"[^,。;:▣▢()於辦、及與]{1,6}[、及與]")
"""A month that only names a thing in a list of things: 1月寒害、3月豪雨及…"""
_SO_MANY = re.compile(r"(?:近|連續|未來|過去|前|最近|這)▣\Z")
_JOINT = re.compile(r"(?:[、及和與,]|以及)(?:於|在)?\Z")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A date, or several that are named in one breath, and how it rules what stands behind it."""

    at: int
    end: int
    """Places, in the masked block, of the first date and behind the last one."""
    manner: Manner
    edtf: str
    """As the date is written; of several, first start and last end."""
    members: tuple[str, ...]
    bracket: int | None
    event: bool
    """It names a day, or a span of days."""


def start_of(edtf: str) -> str:
    """Where a span starts, as written."""
    return edtf.partition("/")[0]


def end_of(edtf: str) -> str:
    """Where a span ends, as written."""
    return edtf.rpartition("/")[2]


def hull(first: str, last: str) -> str:
    """From the start of the one to the end of the other."""
    return first if first == last else f"{start_of(first)}/{end_of(last)}"


def is_day(edtf: str) -> bool:
    """Whether a date is given to the day."""
    return len(start_of(edtf)) == 10


def rulings(view: BlockView, sentence: int) -> tuple[Ruling, ...]:
    """The dates of a sentence, coordinated ones as one, in order."""
    text = view.text
    bounds = view.sentences[sentence]
    result: list[Ruling] = []
    for mark in view.marks:
        if mark.sentence != sentence or mark.mention.kind != "date" or mark.mention.edtf is None:
            continue
        manner = _manner(text, bounds.start, bounds.end, mark)
        edtf = mark.mention.edtf
        if _explains_years(text, mark):
            result.append(Ruling((mark.bracket or 0) - 1, mark.at + 2, "plain", edtf, (edtf,), None, is_day(edtf)))
            continue
        previous = result[-1] if result else None
        if previous is not None and _refined(text, previous, mark):
            result[-1] = Ruling(
                previous.at, mark.at + 2, previous.manner, edtf, (edtf,), previous.bracket, is_day(edtf)
            )
            continue
        if previous is not None and _joined(text, previous, mark, manner, edtf):
            edtfs = (*previous.members, edtf)
            event = previous.event or is_day(edtf)
            whole = hull(previous.edtf, edtf)
            result[-1] = Ruling(previous.at, mark.at + 1, manner, whole, edtfs, mark.bracket, event)
            continue
        result.append(Ruling(mark.at, mark.at + 1, manner, edtf, (edtf,), mark.bracket, is_day(edtf)))
    return tuple(result)


def _explains_years(text: str, mark: Mark) -> bool:
    """A span alone in a bracket says which years are meant, and rules as they do: 近▣(▢)."""
    if mark.bracket is None or mark.bracket != mark.at - 1 or text[mark.at + 1 : mark.at + 2] != ")":
        return False
    return "/" in (mark.mention.edtf or "") and _SO_MANY.search(text[: mark.bracket][-6:]) is not None


def _refined(text: str, previous: Ruling, mark: Mark) -> bool:
    """A bracket that holds a date alone says which part of the date before it is meant: ▢第2期(▢)."""
    if mark.bracket != mark.at - 1 or text[mark.at + 1 : mark.at + 2] != ")":
        return False
    return mark.bracket - previous.end <= 6 and previous.manner == "plain" and not previous.event


def _joined(text: str, previous: Ruling, mark: Mark, manner: Manner, edtf: str) -> bool:
    between = text[previous.end : mark.at]
    if previous.bracket != mark.bracket or not _JOINT.fullmatch(between):
        return False
    if "," in between:
        return False
    return previous.manner == manner == "plain" or (previous.manner == "plain" and manner == "effective")


def _manner(text: str, start: int, end: int, mark: Mark) -> Manner:
    before = text[max(start, mark.at - 24) : mark.at]
    behind = text[mark.at + 1 : min(end, mark.at + 40)]
    if mark.quoted or _TITLE.match(behind):
        return "title"
    if len(start_of(mark.mention.edtf or "")) > 4 and _NAMED.match(behind):
        return "title"
    if _RELATIVE.match(behind) or (len(mark.mention.edtf or "") == 4 and _CAUSE.search(before)):
        return "title"
    if _COMPARED.search(before):
        return "plain" if _OLD_FIGURE.match(behind) else "compared"
    if _AS_OF.search(before) or _UNTIL.search(before) or (_UNTIL_BARE.search(before) and _STOP.match(behind)):
        return "as-of"
    if (_EFFECTIVE.match(behind) and _FROM.search(before)) or (_IN_FORCE.match(behind) and _ON.search(before)):
        return "effective"
    if _DEADLINE.match(behind):
        return "deadline"
    if _START.match(behind) or (_OPENED.match(behind) and _FROM.search(before)):
        return "start"
    if "/" not in (mark.mention.edtf or "") and _FROM.search(before) and re.match(r"[^,。;▢▣]{0,8}至▢", behind):
        return "start"
    if _ENACTED.match(behind):
        return "enacted"
    return "plain"
