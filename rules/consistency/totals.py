"""Totals and their parts, in whatever words, behind the total or before it.

The parts are figures of one line that follow the total or come before it. Readings are tried from the nearest on. Those
that add up are candidates, and so are those that the words make lists, whether or not they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from .candidate import Candidate
from .cues import direction, label, of_one_kind, one_classification, says
from .error_model import is_one_digit
from .figure import MILLION, WINDOW, Document, Figure, Line, Paragraph, alike, comparable, sort_of
from .group_totals import takes_together
from .parts import (
    is_closed_list,
    is_part,
    labels_of,
    link,
    linked,
    list_features,
    same_verb,
    sign_of,
    signed,
    summed_up,
    takes_up,
)

_SKIPPED = 6
"""So many figures may stand between a total and its list."""
_SKIPPED_BACK = 3
_FAR, _BASES, _MOST_ADDED = 16, 6, 3
"""So many figures may stand between a total and what is added to, so many of them are tried, and so many are added."""
_MOST_ABOVE, _CALLED_ABOVE = 3, 30
"""A list of so many times its total or more is none of it; more where it is called one."""


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of a sum in running text."""
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            for figure in line.figures:
                if _may_be_total(paragraph, figure):
                    yield from _behind(paragraph, line, figure)
                    if not figure.has("level.new"):
                        yield from _ahead(paragraph, line, figure)
                        yield from _added(line, figure)


def _may_be_total(paragraph: Paragraph, figure: Figure) -> bool:
    """A count that is no standard and no new level, or a share of several members together."""
    if figure.mention.value is None or figure.mention.value_max is not None or figure.is_standard:
        return False
    counts = figure.is_count or (figure.is_rate and takes_together(paragraph, figure))
    each = figure.has("each") and not figure.has("each.time")
    return counts and not figure.has("level.beside") and not each


def _stream(figures: Sequence[Figure], whole: Figure) -> list[Figure]:
    """What may be parts of a total: figures of its sort; of visits that are told as people, where there is none, people."""
    found = [each for each in figures if alike(each, whole) and is_part(each, whole)]
    if found or whole.unit != "人次" or not whole.has("total.word"):
        return found
    return [each for each in figures if comparable(each.unit, whole.unit) and is_part(each, whole)]


# --- parts behind a total ---------------------------------------------------------------------------------------------


def _behind(paragraph: Paragraph, line: Line, whole: Figure) -> Iterator[Candidate]:
    stream = _stream(line.figures[whole.index + 1 : whole.index + 1 + WINDOW], whole)
    for skipped in range(min(_SKIPPED, len(stream))):
        first = stream[skipped]
        lead = line.between(whole, first)
        intro = says("part.intro", lead)
        if whole.has("level.new") and not intro:
            continue  # 由40人增至50人: a new level has parts only where they are called so
        begun = linked(line, stream[skipped - 1] if skipped else whole, first)
        if begun and (skipped or not intro):
            continue  # the list has begun before
        compared = skipped > 0 and _only_compared(line.figures[whole.index + 1 : first.index])
        for parts, ends in _prefixes(line, whole, stream[skipped:]):
            features = set(list_features(line, whole, parts, ends))
            if ";" in lead:
                features.add("sum:semicolon")
            if "。" in lead:
                told = "。" + lead.partition("。")[2] if compared else lead
                opened = (compared or skipped == 0) and says("part.opens-sentence", told)
                if not (opened or takes_up(whole, lead)):
                    features.add("sum:another-sentence")
                if skipped == 0 and re.search(
                    r"[。;](?:如|若|倘|其)?(?:按|依|就|以)[^,;。]{2,12}(?:區?分|觀察|情形|別|而?言|來看|統計)", lead
                ):
                    features.add("sum:divided")
            elif skipped == 0 and lead.count(",") + lead.count(";") > 3:
                features.add("sum:far")
            if skipped and not compared:
                features.add("sum:skipped")
            elif "。" not in lead or says("part.named", lead):
                features.add("sum:right-behind")
            if intro:
                features.add("sum:intro")
            if says("part.divided", lead):
                features.add("sum:divided")
            if not skipped and intro and ends and len(parts) > 2 and parts[-1].has("part.rest"):
                features.add("sum:rest-closes")
            if not skipped and same_verb(whole, lead):
                features.add("sum:same-verb")
            if skipped == 0 and ends and says("part.named", lead):
                _add_named(features, whole, parts)
            if _leads_row(line, whole) or (not says("part.intro", lead.strip(",")) and _is_listed(line, whole)):
                features.add("sum:whole-listed")
            yield summed_up("sum.behind", whole, parts, features, tried=skipped + 1)


_KINDS = frozenset({"sum:whole-classification", "sum:one-classification"})
_DOUBTS = frozenset({"sum:stages", "sum:labels-repeat", "sum:interrupted"})
_ALL_TOLD = frozenset({"sum:all-before", "sum:closing"})
_PEOPLE = frozenset({sort_of("人"), sort_of("人次")})
_ENDED = frozenset({"sum:ends-sentence", "sum:one-list", "sum:of-one-kind"})


def _add_named(features: set[str], whole: Figure, parts: Sequence[Figure]) -> None:
    """What it says of parts that the words call such: of one kind they are all; and they are never more than the whole."""
    if features & _KINDS and (len(parts) > 2 or features & {"sum:one-list", "sum:ends-sentence"}):
        features.add("sum:of-one-kind")
    over = sum(part.units - part.slack for part in parts if sign_of(whole, part) == "+") > whole.units + whole.slack
    apart = whole.sort not in _PEOPLE or of_one_kind(labels_of(parts))
    if over and apart and features & _ENDED and not features & _DOUBTS:
        features.add("sum:exceeds")
        features.discard("sum:part-above-whole")


def _only_compared(figures: Sequence[Figure]) -> bool:
    """歲出12億元，較上年度11億元增加1億元，約增9%。其中…: what stands between a total and its parts is held against it."""
    return all(each.is_rate or each.has("level.beside") or direction(each.before) for each in figures)


def _leads_row(line: Line, whole: Figure) -> bool:
    """工資爭議652件最多，其次為資遣費爭議389件: the first member of a row that is told by size."""
    return not whole.has("total.word") and says("part.largest", line.after(whole))


def _is_listed(line: Line, whole: Figure) -> bool:
    """Whether a figure is a member of a row itself: 津貼7億元,挹注基金18億元,利息5億元、準備金11億元."""
    before = line.last(whole)
    return (
        before is not None and alike(before, whole) and not whole.has("total.word") and bool(link(line, before, whole))
    )


def _prefixes(line: Line, whole: Figure, stream: Sequence[Figure]) -> Iterator[tuple[Sequence[Figure], bool]]:
    """The first figures of a row that make up the total, or nearly; and those that the words make one list."""
    return _adding_up(whole, stream, _list_end(line, stream, whole))


def _list_end(line: Line, stream: Sequence[Figure], whole: Figure) -> int:
    """How many figures the words make one list; 0 if not even two, or if they are far more than the total."""
    sort, left = "", _MOST_ABOVE * max(whole.units, MILLION)
    for count, (first, second) in enumerate(pairwise(stream), start=1):
        left -= first.units
        if left < 0:
            return 0
        linking = link(line, first, second)
        if linking == "net" and sort:
            continue
        if count > 1 and sort == "clause" and linking == "tight":
            # 甲2案,乙3案及丙1案: the conjunction closes the list of clauses
            return count + 1 if says("part.last", line.between(first, second)) else count
        if not linking or (sort == "tight" and linking == "clause" and not _goes_on_alike(stream[: count + 1])):
            return count if count > 1 else 0
        sort = sort or linking
    return len(stream) if len(stream) > 1 else 0


def _goes_on_alike(members: Sequence[Figure]) -> bool:
    """甲籍32艘、乙籍69艘,丙籍99艘: behind a comma stands one more of the kind, or whatever is left."""
    return members[-1].has("part.rest") or one_classification([label(each.before) for each in members])


# --- parts before a total ---------------------------------------------------------------------------------------------


def _ahead(paragraph: Paragraph, line: Line, whole: Figure) -> Iterator[Candidate]:
    start = max(0, whole.index - WINDOW)
    stream = _stream(line.figures[start : whole.index], whole)[::-1]
    called = whole.has("total.word") or whole.has("total.perhaps")
    first_of_sort = next((each for each in line.figures if alike(each, whole)), None)
    for skipped in range(min(_SKIPPED_BACK, len(stream))):
        for backwards, ends in _prefixes_back(line, whole, stream[skipped:]):
            parts = backwards[::-1]
            features = set(list_features(line, whole, parts, ends))
            lead = line.between(parts[-1], whole)
            if "。" in lead:
                features.add("sum:another-sentence")
            if skipped:
                features.add("sum:skipped")
            else:
                if parts[0] is first_of_sort and called and not whole.has("total.running"):
                    features.add("sum:all-before")
                if "。" not in lead:
                    features.add("sum:right-ahead")
                if says("total.closing", lead):
                    features.add("sum:closing")
                    if is_closed_list(line, whole, parts, ends):
                        features.add("sum:closed-list")
                        features.discard("sum:part-above-whole")
            if ends and _in_step(line, whole, backwards) == len(parts):
                features.add("sum:in-step")
                features.discard("sum:labels-repeat")
            if whole.has("total.word"):
                features.add("sum:total-word")
                if ends and features >= _ALL_TOLD and not any(part.has("total.word") for part in parts):
                    features.add("sum:all-told")
            elif whole.has("total.perhaps"):
                features.add("sum:perhaps")
            if whole.has("total.running"):
                features.add("sum:running")
            if whole.has("total.not"):
                features.add("sum:plan")
            yield summed_up("sum.ahead", whole, parts, features, tried=skipped + 1)


def _added(line: Line, whole: Figure) -> Iterator[Candidate]:
    """甲40億元，…。加計乙5億元及丙2億元，總計47億元: the last figures before a total are added to one that was told before."""
    stream = [
        each
        for each in line.figures[max(0, whole.index - _FAR) : whole.index]
        if alike(each, whole) and each.mention.value and not each.has("each")
    ][::-1]
    count = next((at for at, each in enumerate(stream[:_MOST_ADDED], 1) if each.has("part.besides")), 0)
    called = whole.has("total.word")
    if not count or not (called or whole.has("total.perhaps")) or whole.has("level.former"):
        return
    added = stream[:count]
    if "。" in line.between(added[-1], whole) or not all(linked(line, b, a) for a, b in pairwise(added)):
        return
    for tried, base in enumerate(stream[count : count + _BASES], start=1):
        parts = [base, *added[::-1]]
        gap = abs(sum(part.units for part in parts) - whole.units)
        right_before = tried == 1 and "。" not in line.between(base, whole)
        if gap <= whole.slack + sum(part.slack for part in parts) or (right_before and called):
            yield signed("sum.added", whole, parts, ["+"] * len(parts), set(), tried)


def _prefixes_back(line: Line, whole: Figure, stream: Sequence[Figure]) -> Iterator[tuple[Sequence[Figure], bool]]:
    """The same, read backwards from the total."""
    most = _CALLED_ABOVE if whole.has("total.word") else _MOST_ABOVE
    ended, sort, left = 0, "", most * max(whole.units, MILLION)
    for count, (second, first) in enumerate(pairwise(stream), start=1):
        left -= second.units
        if left < 0:
            ended = 0
            break
        linking = link(line, first, second)
        if (
            not linking
            or (sort == "tight" and linking == "clause")
            or (sort == "clause" and linking == "tight" and count > 1)
        ):
            break
        sort = sort or linking
        ended = count + 1
    return _adding_up(whole, stream, ended or _in_step(line, whole, stream))


def _in_step(line: Line, whole: Figure, stream: Sequence[Figure]) -> int:
    """第1期自…，經費3億元；第2期自…，經費4億元，總計7億元: how many a sentence tells before its total, each by one name."""
    told = list(takewhile(lambda each: "。" not in line.between(each, whole), stream))
    names = {label(each.before) for each in told}
    called = whole.has("total.word") and not any(each.has("total.word") for each in told)
    return len(told) if called and len(told) > 1 and len(names) == 1 and "" not in names else 0


def _adding_up(whole: Figure, stream: Sequence[Figure], ended: int) -> Iterator[tuple[Sequence[Figure], bool]]:
    """The first figures that make up the total, or nearly, and those of the list that the words end at ``ended``."""
    summed, told = 0, False
    for count, part in enumerate(stream, start=1):
        summed += part.units
        if count < 2:
            continue
        parts = stream[:count]
        gap = abs(summed - whole.units)
        fits = not told and gap <= whole.slack + sum(each.slack for each in parts)
        if fits or count == ended or (not told and ended == 0 and _by_a_digit(gap, whole)):
            yield parts, count == ended
        told = told or fits
        if count >= ended and (told or summed > 2 * max(whole.units, MILLION)):
            return


def _by_a_digit(gap: int, whole: Figure) -> bool:
    """A digit may part figures from a total that is large enough for that to be told."""
    return is_one_digit(gap, MILLION) and gap * 2 < whole.units and whole.units > 20 * MILLION
