"""A total and its parts, in whatever words: 竊盜1,846件之中，住宅竊盜96件、汽車竊盜38件…; 男警3,098人，餘614人為女警，合3,712人.

The parts are figures of one row that follow the total or come before it. Which of them, the words and the arithmetic say
together: the looser the words, the rarer the sum must be. What does not add up is told only where the words leave no
other list, and where one digit would mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from ....model import Relation
from ..check import Check
from ..context import DAY, FIGURES, Document
from ..relation import LIKELY, amount, total
from ..words import label, of_one_stage, whole_classification
from .changes import MOVED
from .evidence import rarity
from .passage import Passage, Row, Told, passages

_LONG = 3
_AHEAD = 12
_CLAUSE = 40
_SKIPPED = 6
"""So many figures may stand between a total and its list."""
CERTAIN, SURE, WELL, LOOSELY, MIXED, BY_CHANCE = 1, 2, 8, 20, 21, 400
"""How rare a sum must be, from words that announce it to none at all; mixed are the outcomes of several steps."""
Lists = Callable[["Told", Sequence["Told"]], Iterator[tuple["Told", ...]]]

_INTRO = re.compile(
    r"^.{0,2}中(?=[,屬有計含])|其中|內有|含|包括|涵蓋|計|即|分為|分別|分成|區分|細分|依|按|之中|[:,(]|以.{1,12}[分別]"
)
_TOTAL = re.compile(
    r"(?:合計|共計|總計|併計|合共|總共|加總|總和|累計|合|總[^,;。]{0,10}|全[^,;。]{0,6}[數額量])[^,;。]{0,8}$"
)
_PERHAPS = re.compile(r"(?:共|計|達|已有|目前有|增為|成為|為|等)(?:有|為|達|約|已達)?$")
_CLASSES = re.compile(r"(?:依|按|以)[^,;。:]{1,10}(?:區分|分類|分|別)[^,;。:]{0,4}[,:]?[^,;。:]{0,8}$")
_REST_OF_ALL = re.compile(r"^(?:其他|其餘)")
_CLOSING = re.compile(r"^[^,;。]{0,6},(?:總共|一共|總計|合計|共計|共|計)$")
_TIGHT = re.compile(r"^[^,;。]{0,8}(?:\([^()]*\))?(?:、|及|和|與|以及|暨)[^,;。]{0,40}$")
_CLASSIFIED = re.compile(
    r"[。;](?:如|若|倘|其)?(?:按|依|就|以)[^,;。]{2,12}(?:區?分|觀察|情形|別|而?言|來看|統計),?[^,;。]{0,10}$"
)
_ADDED = re.compile(r"^(?:連同|加上|加計|併同|另|以及|含)")
_SOME_OF_THEM = re.compile(
    r"[兩二三四五](?:者|項|類|種|區|處|班|款|級|大)|前[二兩三四五六]|併計|合計|合占|共占|累計占|以上|以下|未滿|加計|加總|合共"
)
_HOW_MANY = re.compile(r"([兩二三四五])(?:者|項|類|種|區|處|班|款|級|大)")
_JOINED = re.compile(r"合|併|加|共|總")
_SORTS = frozenset({"類", "項", "種", "區", "處", "班", "款", "級", "者"})
_MOST_JOINED = 6
_NUMBERS = {"兩": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_NO_PART = re.compile(
    r"較|(?<![占佔])比(?!率|例|重|照|賽|鄰)|上期|去年|上年|前年|同期|目標|每|平均|占|佔|預計|預定|累計|上限|至少|(?<![適反供因對相響效])應(?![付收計用變徵發]|出席|到|考|試)|累積"
    r"|^原(?:有|訂|定|列|編|計畫|本|先|為|編制|預算)?[^籍住鄉料則因]{0,6}$"
)
_IN_TURN = re.compile(r"依序|依次|分別|各")
_COMPARED = re.compile(r"(?:並|亦|且)?(?:與|較|比(?!率|例|重))")
_NEW_LEVEL = re.compile(r"(?:修正|修編|調整|變更|增加?|減少?|提高|擴充|縮減|降低?|成長)(?:為|至|到)$")
_REST = re.compile(r"(?:其餘|餘)[^,;。]{0,10}$")
_LISTED = re.compile(rf"^[^,;。{FIGURES}{DAY}]{{0,8}}(?:、|及|和|與|以及|暨)[^,;。]{{0,40}}$|^,?(?:及|和|與|以及|暨)")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that the text gives it, in their order."""

    total: Told
    parts: tuple[Told, ...]


def _totals(document: Document) -> Iterator[Relation]:
    for passage, row, figure in candidates(document):
        together = _some_ahead(passage, row, figure)
        taken = {part for each in together for part in each.parts}
        others = [each for each in told_sums(passage, row, figure) if not taken & set(each.parts)]
        yield from (as_sum("sum.reckoned", each) for each in (*together, *others))


def told_sums(passage: Passage, row: Row, figure: Told) -> list[Sum]:
    """The readings that add up and that could hardly do so by chance: one total may be parted by sex and by age."""
    found: list[Sum] = []
    for parts, strength in readings(passage, row, figure, _adding_up):
        if _rare(figure, parts) >= strength and not any(set(parts) & set(other.parts) for other in found):
            found.append(Sum(figure, parts))
    return found


def candidates(document: Document) -> Iterator[tuple[Passage, Row, Told]]:
    """What may be a total: counts that are no standard and no new level, and shares of several members together."""
    for passage in passages(document):
        for row in passage.rows.values():
            for figure in row.figures:
                counts = figure.is_count or (figure.is_rate and _takes_together(passage, figure))
                plain = (
                    figure.role != "rule"
                    and not _NEW_LEVEL.search(figure.before)
                    and not _COMPARED.match(figure.clause)
                )
                if counts and figure.mention.value and plain:
                    yield passage, row, figure


def as_sum(rule: str, found: Sum) -> Relation:
    """The relation of a total and its parts."""
    parts = [part.mention for part in found.parts]
    return total("sum", rule, found.total.mention, parts, ["+"] * len(parts), confidence=LIKELY)


def readings(passage: Passage, row: Row, figure: Told, lists: Lists) -> Iterator[tuple[tuple[Told, ...], int]]:
    """The lists behind a total and before it, each with how rare it must be by its words."""
    yield from _behind(passage, row, figure, lists)
    yield from _ahead(passage, row, figure, lists)


def _behind(passage: Passage, row: Row, figure: Told, lists: Lists) -> Iterator[tuple[tuple[Told, ...], int]]:
    """The parts that follow a total."""
    stream = [each for each in row.behind(figure) if _is_part(each, figure)]
    for skipped in range(min(_SKIPPED, len(stream))):
        for parts in lists(figure, stream[skipped:]):
            if _interrupted(row, parts):
                continue
            first, lead = parts[0], passage.between(figure, parts[0])
            intro = _INTRO.search(lead) is not None
            begun = linked(passage, stream[skipped - 1] if skipped else figure, first)
            if begun and (skipped or not intro):
                continue  # the list has begun before
            if _apart(passage, parts) or _goes_on(passage, stream, skipped + len(parts)):
                strength = BY_CHANCE
            elif not _of_one_kind(parts):
                strength = MIXED if (skipped == 0 and "。" not in lead) or _named(figure, lead) else BY_CHANCE
            elif skipped == 0 and _is_whole_list(passage, lead, parts):
                strength = CERTAIN
            elif skipped == 0 and "。" not in lead:
                strength = SURE if intro else WELL
            else:
                strength = WELL if _named(figure, lead) or _CLASSIFIED.search(lead) else BY_CHANCE
            yield parts, strength


def _ahead(passage: Passage, row: Row, figure: Told, lists: Lists) -> Iterator[tuple[tuple[Told, ...], int]]:
    """The parts that come before a total."""
    stream = [each for each in row.ahead(figure) if _is_part(each, figure)][::-1]
    for skipped in range(min(3, len(stream))):
        for backwards in lists(figure, stream[skipped:]):
            parts = backwards[::-1]
            if _interrupted(row, parts):
                continue
            earlier = stream[skipped + len(parts)] if skipped + len(parts) < len(stream) else None
            if _apart(passage, parts) or (earlier is not None and linked(passage, earlier, parts[0])):
                strength = BY_CHANCE
            elif not _of_one_kind(parts):
                strength = MIXED if skipped == 0 and _TOTAL.search(figure.before) else BY_CHANCE
            elif skipped == 0 and _CLOSING.match(passage.between(parts[-1], figure)) and _is_tight(passage, parts):
                strength = CERTAIN
            elif skipped == 0 and _TOTAL.search(figure.before):
                strength = SURE
            elif skipped == 0 and (
                _PERHAPS.search(figure.before) or _ADDED.search(parts[-1].clause) or _is_long(passage, parts)
            ):
                strength = WELL
            elif skipped == 0 and "。" not in passage.between(parts[-1], figure):
                strength = LOOSELY
            else:
                strength = BY_CHANCE
            yield parts, strength


def _is_whole_list(passage: Passage, lead: str, parts: Sequence[Told]) -> bool:
    """以類型區分，農地33處、工廠15處、其他4處: classes of one sort, down to the rest or to the last one."""
    last = passage.between(parts[-2], parts[-1])
    closed = _REST_OF_ALL.search(parts[-1].before) or re.search(r"[及和與暨]", last)
    return _CLASSES.search(lead) is not None and closed is not None and _is_tight(passage, parts)


def _is_long(passage: Passage, parts: Sequence[Told]) -> bool:
    return len(parts) >= _LONG and _is_tight(passage, parts)


def _is_tight(passage: Passage, parts: Sequence[Told]) -> bool:
    return all(_TIGHT.match(passage.between(first, second)) for first, second in pairwise(parts))


def _some_ahead(passage: Passage, row: Row, figure: Told) -> list[Sum]:
    """Neighbours in a list before, that 前兩項, 兩者 or 以上 takes together; else two figures that stand apart."""
    if not _takes_together(passage, figure):
        return []
    many = _how_many(passage, figure)
    stream = [each for each in row.ahead(figure) if _is_part(each, figure, share=figure.is_rate)][-_AHEAD:]
    for start in range(len(stream)):
        for parts in _adding_up(figure, stream[start:]):
            if _rare(figure, parts) / (start + 1) >= SURE and many in (None, len(parts)):
                return [Sum(figure, parts)]
    pairs = list(combinations(stream, 2)) if many in (None, 2) else []
    fitting = [pair for pair in pairs if next(_adding_up(figure, pair), None) is not None]
    return [Sum(figure, pair) for pair in fitting[:1] if len(fitting) == 1 and _rare(figure, pair) / len(pairs) >= WELL]


def _takes_together(passage: Passage, figure: Told) -> bool:
    """三者併計563億元，占74.76%: the words may stand one clause before."""
    if figure.is_count and _SOME_OF_THEM.search(figure.clause):
        return True
    ahead = re.split("[。;]", passage.text[max(0, figure.at - _CLAUSE) : figure.at])[-1]
    return (figure.is_rate and _SOME_OF_THEM.search(ahead) is not None) or _how_many(passage, figure) is not None


def _how_many(passage: Passage, figure: Told) -> int | None:
    """How many the text takes together, where it says so: 三者, or a figure of its own (兩類合併計算)."""
    ahead = re.split("[。;]", passage.text[max(0, figure.at - _CLAUSE) : figure.at])[-1]
    if (told := _HOW_MANY.search(ahead)) is not None:
        return _NUMBERS[told[1]]
    before = passage.figures[figure.place - 1] if figure.place else None
    if before is None or before.unit not in _SORTS or "。" in passage.between(before, figure):
        return None
    together = _JOINED.match(before.behind) is not None and 2 <= (before.mention.value or 0) <= _MOST_JOINED
    return int(before.mention.value or 0) if together else None


def _is_part(figure: Told, whole: Told, *, share: bool = False) -> bool:
    if figure.mention.value is None or figure.mention.value < 0 or figure.mention.value_max is not None:
        return False
    if (figure.role == "rule") != (whole.role == "rule") or figure.role == "former":
        return False
    if share:
        return True
    if _COMPARED.match(figure.clause) or figure.behind.startswith("者"):
        return False  # 與上期之167個相較; 罰3,000元者3件
    rest = _REST.search(figure.before) or _REST.search(whole.before)
    if not rest and bool(MOVED.search(figure.before)) != bool(MOVED.search(whole.before)):
        return False
    return _NO_PART.search(figure.before) is None


def _adding_up(figure: Told, stream: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    """The first figures of a row that make up the total."""
    goal = amount(figure.mention)
    summed = Fraction(0)
    for count, part in enumerate(stream, start=1):
        summed += amount(part.mention)
        if count >= 2 and abs(summed - goal) <= goal / 20:
            parts = stream[:count]
            if total("sum", "", figure.mention, [each.mention for each in parts], ["+"] * count).holds:
                yield tuple(parts)
                return
        if summed > goal * 2:
            return


def _of_one_kind(parts: Sequence[Told]) -> bool:
    """No step of a procedure among others, unless both outcomes of one step are told; 依序為86人、124人及75人 share a label."""
    labels = [label(part.before) for part in parts]
    in_turn = _IN_TURN.search(parts[0].before) is not None and not any(labels[1:])
    return in_turn or of_one_stage(labels) or whole_classification(labels)


def _rare(figure: Told, parts: Sequence[Told]) -> Fraction:
    """A sum runs past its goal in steps as large as its parts, and rounded parts leave room for chance."""
    slack = sum((Fraction(each.mention.step or 1) for each in (figure, *parts)), Fraction(0))
    exact = slack <= 1 + len(parts)
    values = rarity(figure.mention)
    return (values if exact else min(values, 2 * amount(figure.mention) / slack)) / len(parts)


def closes(figure: Told) -> bool:
    """Its words call it a total."""
    return _TOTAL.search(figure.before) is not None


def linked(passage: Passage, first: Told, second: Told) -> bool:
    """Two members of one list."""
    return _LISTED.match(passage.between(first, second)) is not None


def _goes_on(passage: Passage, stream: Sequence[Told], end: int) -> bool:
    """The list has another member behind the parts."""
    return end < len(stream) and linked(passage, stream[end - 1], stream[end])


def _interrupted(row: Row, parts: Sequence[Told]) -> bool:
    """Among the parts stand others of their sort that are none."""
    return len(row.like(parts[0], parts[0].place, parts[-1].place + 1)) > len(parts)


def _apart(passage: Passage, parts: Sequence[Told]) -> bool:
    """Some parts stand in one sentence and some in another."""
    ends = ["。" in passage.between(first, second) for first, second in pairwise(parts)]
    return any(ends) and not all(ends)


def _named(figure: Told, lead: str) -> bool:
    """The words before the first part take up what the total counts."""
    words = re.split(r"[。;]", lead)[-1]
    name = re.sub(r"(?:本期|目前|計有?|共有?|為|者|人數|總數|[數計共])", "", figure.before)[-6:]
    return any(name[at : at + 2] in words for at in range(len(name) - 1))


CHECKS = (Check("sum.reckoned", "a total and figures beside it that make it up", _totals),)
