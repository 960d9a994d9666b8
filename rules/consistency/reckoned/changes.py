"""A change, its level and the level it is reckoned from: 較之上期9,027件少了413件，降幅4.58%; 由5,230瓩提高為6,480瓩，增加1,250瓩.

The former level is the figure that the text compares with; the present one was told before it, or behind. A rate of
change is reckoned from the two levels, or from one of them and the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from ....model import Mention, Relation
from ..check import Check
from ..context import DAY, FIGURES, Document
from ..interval import stated
from ..relation import LIKELY, Sign, number, quotient, total
from .evidence import rarity
from .passage import Passage, Told, alike, earlier, passages

_MOVED = (
    "(?<!新)增(?![值能額])|減|成長|衰退|下降|上升|降低|提高|提升|多出|多了|少了|超出|高出|短少|短缺|相差|差距|差額|差(?![旅勤異])|(?<!許)多(?![元功媒樣媽])|(?<![兒青幼])少(?![年女子])|低於|高於|"
    "回升|擴增|縮減|調高|調降|調升|攀升|下滑|落後|領先|不足|尚缺|缺|追加|上漲|下跌|漲|跌|進步|退步|改善|拉升|拉近|降(?!雨)|升(?![學旗等官任遷])|擴|"
    "超[收徵支出額過]|溢[價收]|短[收徵]|不敷|節省|節餘|結餘|差短|短絀|落差|舉債空間|減債"
)
MOVED = re.compile(rf"(?:{_MOVED})(?![^,;。]*[為至到]$)[^,;。]{{0,4}}$|(?:差距|差額|落差|相差|差異)[為達約]+$")
"""Words before a figure that tell of a change or a distance."""
_LEFT = r"(?:尚有|尚餘|其餘|剩餘|賸餘|餘|未[^,;。]{1,4})$"
CHANGE = re.compile(rf"{MOVED.pattern}|{_LEFT}")
"""Or of what is left."""
_RATE_OF_CHANGE = re.compile(
    r"(?:(?<!新)增|減|成長|衰退|上升|下降|降|升|提高|提升|漲|跌|擴增|縮減|下滑|攀升|改善幅|增長|萎縮|回升)[^,;。]{0,6}$|幅[^,;。]{0,4}$|[+-]$"
)
FORMER = re.compile(r"較|(?<![占佔])比(?!率|例|重)|上期|去年|上年|前年|同期|前期|原|由|從|自|現行|(?<!參)與")
_GOAL = re.compile(r"目標|標準|規定|法定|上限|下限|門檻|限額|預定|預算|分配數|優於|[高低]於|高出|未達")
_REST = re.compile(r"尚|缺|餘|仍|未|剩|落後|短少|不足|駁回|撤回|扣除|淨")
_BEHIND_COMPARED = re.compile(r"^[^,;。]{0,4}(?:相較|相比|比較)")
_VERB = re.compile(rf"[^,;。、:()至到為及和與或{FIGURES}{DAY}]{{1,5}}")
_NEAR = 6
_FAR = 24
"""So many figures are looked at where the levels stand in other paragraphs."""
_SAID, _LOOSE, _UNSAID, _RATE = 2, 20, 200, 8
"""How rare a change must be: where the text compares, where it does not, with no word at all, and a rate of change."""


@lru_cache(maxsize=2)
def moves(document: Document) -> tuple[Relation, ...]:
    """Changes over time, and distances."""
    found = (_move(document, passage, figure) for passage, figure in figures(document) if not figure.is_rate)
    return tuple(relation for relation in found if relation is not None)


def _move(document: Document, passage: Passage, figure: Told) -> Relation | None:
    relation = None
    if is_told_as_change(passage, figure):
        relation = _change(passage, figure) or _from_earlier(document, passage, figure)
    return relation or _of_other_passages(document, passage, figure)


def _changes(document: Document) -> Iterator[Relation]:
    return (relation for relation in moves(document) if relation.kind == "change")


def _distances(document: Document) -> Iterator[Relation]:
    return (relation for relation in moves(document) if relation.kind == "difference")


@lru_cache(maxsize=2)
def growths(document: Document) -> tuple[Relation, ...]:
    """Rates of change."""
    rates = ((passage, figure) for passage, figure in figures(document) if figure.is_rate)
    found = (_growth(passage, figure) for passage, figure in rates if is_rate_of_change(passage, figure))
    return tuple(relation for relation in found if relation is not None)


def _growths(document: Document) -> Iterator[Relation]:
    yield from growths(document)


def figures(document: Document) -> Iterator[tuple[Passage, Told]]:
    """All figures but standards."""
    for passage in passages(document):
        for figure in passage.figures:
            if figure.mention.value and figure.role != "rule":
                yield passage, figure


def is_rate_of_change(passage: Passage, rate: Told) -> bool:
    """成長4.2%, and 減少281戶(2.78%): a rate in brackets right behind a change."""
    if _RATE_OF_CHANGE.search(rate.before):
        return True
    if not rate.row or not rate.place:
        return False
    last = passage.figures[rate.place - 1]
    behind = re.match(r"^[^,;。()]{0,6}\([-+]?$", passage.between(last, rate)) is not None
    return behind and last.is_count and CHANGE.search(last.before) is not None


# --- a change -----------------------------------------------------------------------------------------------------


def _change(passage: Passage, change: Told) -> Relation | None:
    for tried, (new, old, said) in enumerate(pairs_of_levels(passage, change), start=1):
        relation = between(passage, new, old, change)
        if relation.holds and rarity(change.mention) / tried >= (_SAID if said else _LOOSE):
            return relation
    return None


def pairs_of_levels(passage: Passage, change: Told) -> Iterator[tuple[Told, Told, bool]]:
    """What a change may lie between, the later level first; and whether the words say so. The likeliest pair first."""
    levels = _levels(passage, change)
    pairs = sorted(combinations(range(len(levels)), 2), key=sum)
    for place, (one, other) in enumerate(pairs):
        new, old = _new_and_old(passage, levels[one], levels[other])
        rest = place == 0 and _is_rest(passage, new, old, change)
        yield new, old, _is_former(passage, old) or _is_goal(old) or rest


def _is_goal(level: Told) -> bool:
    """The text holds a figure against this one."""
    return _GOAL.search(level.clause) is not None or _GOAL.match(level.behind) is not None


def _is_rest(passage: Passage, later: Told, first: Told, rest: Told) -> bool:
    """預算員額138人，現有131人，尚有缺額7人: what is left of the first of two figures of its sentence by the second."""
    high, low = sorted((later, first), key=lambda each: each.at)
    in_order = low.at < rest.at and (high.mention.value or 0) >= (low.mention.value or 0)
    return in_order and _REST.search(rest.before) is not None and "。" not in passage.between(high, rest)


def _from_earlier(document: Document, passage: Passage, change: Told) -> Relation | None:
    """戶數較111年底之10,105戶減少281戶: the level of today was told in a paragraph before."""
    level = next((each for each in _levels(passage, change) if each.place == change.place - 1), None)
    if level is None or not _is_former(passage, level) or change.mention.bound is not None:
        return None
    for tried, new in enumerate(earlier(document, passage, change, _FAR), start=1):
        relation = between(passage, new, level, change)
        if relation.holds and rarity(change.mention) / tried >= _LOOSE:
            return relation
    return None


def _of_other_passages(document: Document, passage: Passage, change: Told) -> Relation | None:
    """A change so rare that its levels are known wherever they stand before it; of a rarer one, whatever its words."""
    least = _FAR**2 * (_LOOSE if CHANGE.search(change.before) else _UNSAID)
    if (
        change.unit == "百分點"
        or (change.mention.value or 0) <= 0
        or rarity(change.mention) < least
        or change.mention.bound is not None
    ):
        return None
    here = [each for each in reversed(passage.figures[: change.place]) if alike(each, change)]
    near = [each for each in (*here, *earlier(document, passage, change, _FAR)) if (each.mention.value or 0) > 0][:_FAR]
    by_value = {number(each.mention.value or 0): each for each in reversed(near)}
    size = number(change.mention.value or 0)
    for high in near:
        low = by_value.get(number(high.mention.value or 0) - size)
        if low is not None and low is not high:
            terms = [high.mention, low.mention]
            return total("difference", "difference.reckoned", change.mention, terms, ["+", "-"], confidence=LIKELY)
    return None


def _levels(passage: Passage, change: Told) -> list[Told]:
    """What the change may lie between: the nearest figures before it, the one behind, and the topic of the sentence."""
    points = change.unit == "百分點"

    def fits(each: Told) -> bool:
        return each.mention.value is not None and (each.is_rate if points else alike(each, change))

    before = [each for each in passage.figures[: change.place] if fits(each)]
    behind = [each for each in passage.figures[change.place + 1 : change.place + 4] if fits(each)][:1]
    near = before[-_NEAR:]
    return [*near[::-1], *behind, *_topics(passage, before[:-_NEAR], change)]


def _topics(passage: Passage, farther: list[Told], change: Told) -> list[Told]:
    """The first figure of the sentence, which a list may part from what is said of it."""
    in_sentence = [each for each in farther if "。" not in passage.between(each, change)]
    return in_sentence[:1]


def is_told_as_change(passage: Passage, figure: Told) -> bool:
    """Its words, or the level that is compared with right before it, say that it is a change or a distance."""
    return CHANGE.search(figure.before) is not None or _follows_former(passage, figure)


def _follows_former(passage: Passage, figure: Told) -> bool:
    """較底價5億5,230萬元溢價9,543萬元: whatever verb stands between the level that is compared with and the figure."""
    last = passage.figures[figure.place - 1] if figure.place else None
    if last is None or last.row != figure.row or not _is_former(passage, last):
        return False
    return _VERB.fullmatch(passage.between(last, figure)) is not None


def _is_former(passage: Passage, level: Told) -> bool:
    """The text compares with this level."""
    return FORMER.search(level.clause) is not None or _BEHIND_COMPARED.match(level.behind) is not None


def _new_and_old(passage: Passage, first: Told, second: Told) -> tuple[Told, Told]:
    """Which of two levels is the one that the text compares with; else the farther one."""
    marks = [_is_former(passage, each) for each in (first, second)]
    return (second, first) if marks == [True, False] else (first, second)


def between(passage: Passage, new: Told, old: Told, change: Told, confidence: Decimal = LIKELY) -> Relation:
    """A change over time, where the text compares; else the distance of two figures."""
    rises = (new.mention.value or 0) >= (old.mention.value or 0)
    if change.unit == "百分點" or not _is_former(passage, old):
        high, low = (new, old) if rises else (old, new)
        terms = [high.mention, low.mention]
        return total("difference", "difference.reckoned", change.mention, terms, ["+", "-"], confidence=confidence)
    sign: Sign = "+" if rises else "-"
    terms = [old.mention, change.mention]
    return total("change", "change.reckoned", new.mention, terms, ["+", sign], confidence=confidence)


# --- a rate of change ---------------------------------------------------------------------------------------------


def _growth(passage: Passage, rate: Told) -> Relation | None:
    before = [each for each in passage.figures[: rate.place] if each.is_count and each.mention.value]
    behind = [each for each in passage.figures[rate.place + 1 : rate.place + 3] if each.is_count and each.mention.value]
    counts = [*before[-_NEAR:][::-1], *behind[:1], *_topics(passage, before[:-_NEAR], rate)]
    pairs = [(counts[a], counts[b]) for a, b in sorted(combinations(range(len(counts)), 2), key=sum)]
    alike_pairs = [pair for pair in pairs if alike(*pair)]
    for reckon in (_of_change, _of_levels):
        for tried, (first, second) in enumerate(alike_pairs, start=1):
            relation = reckon(passage, rate, first, second)
            if relation is not None and rarity(rate.mention) / tried >= _RATE:
                return relation
    return None


def _of_change(passage: Passage, rate: Told, first: Told, second: Told) -> Relation | None:
    """The rate from the new level and the change."""
    for change, level in ((first, second), (second, first)):
        if not CHANGE.search(change.before) or _is_former(passage, level) or CHANGE.search(level.before):
            continue
        ways: tuple[Sign, Sign] = ("+", "-")
        for sign in ways:
            moved, now = stated(change.mention), stated(level.mention)
            size, reached = number(change.mention.value or 0), number(level.mention.value or 0)
            base = reached - size if sign == "+" else reached + size
            share = moved.divided_by(now - moved if sign == "+" else now + moved)
            found = quotient(
                "growth", "growth.reckoned", rate.mention, (level.mention, change.mention), (size, base), share,
                signs=("+", sign), confidence=LIKELY,
            )  # fmt: skip
            if _fits(found, rate.mention):
                return found
    return None


def _of_levels(passage: Passage, rate: Told, first: Told, second: Told) -> Relation | None:
    """The rate from the two levels."""
    new, old = _new_and_old(passage, first, second)
    for now, then in ((new, old), (old, new)):
        base = number(then.mention.value or 0)
        moved = number(now.mention.value or 0) - base
        gap = stated(now.mention) - stated(then.mention) if moved > 0 else stated(then.mention) - stated(now.mention)
        if base <= 0 or moved == 0:
            continue
        found = quotient(
            "growth", "growth.reckoned", rate.mention, (now.mention, then.mention), (abs(moved), base),
            gap.divided_by(stated(then.mention)), signs=("+", "-"), confidence=LIKELY,
        )  # fmt: skip
        if _fits(found, rate.mention):
            return found
    return None


def _fits(found: Relation | None, rate: Mention) -> bool:
    return found is not None and bool(found.holds) and (found.rounding != "neither" or rate.bound is not None)


CHECKS = (
    Check("change.reckoned", "a change against the levels that the text compares", _changes),
    Check("difference.reckoned", "how far two figures before it lie apart", _distances),
    Check("growth.reckoned", "a rate of change against the levels beside it", _growths),
)
