"""A level before, what was changed, and the level after.

增置2人，總員額由586(4)人修正為588(4)人; 原編制262人，經由移撥8人，修編後為270人; 從1,839隻成長至2,439隻，累計增加600隻;
減列甲10人、乙5人，改增置丙15人，總數維持194人 (the changes cancel out)
Numbers in brackets (posts held concurrently) are reckoned likewise. A move (移撥) counts only where the words say which way it went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...model import Mention, Relation
from .check import Check
from .context import DAY, WINDOW, Document, Figure, Line
from .relation import Sign, total
from .words import clause_words, direction, last

_FROM = re.compile(r"(?:由|從|自)(?:原本|原有|原來|原)?[^,;。由從自]{0,24}$")
_TO = re.compile(
    rf"^[^,;。]{{0,10}},?[^,;。]{{0,8}}(?:修正為|調整為|修編為|變更為|增加為|增為|減為|縮為|降為|提高為|成長為|成長至|增加至|增至|減至|減少至|降至|下滑至|上升至|升至|提高至|擴大至|擴增為|縮減為|縮減至|減少為|調降為|調升為|調高為|變為|降低至|提升至|提升為|達到)(?:{DAY}的?)?(?:約)?$"
)
_BEFORE = re.compile(
    r"(?:修編前|修正前|調整前|改制前)[^,;。]{0,24}$|(?<![修還])原(?:有|列|定|訂|計畫|編|編制|編制員額|本)[^,;。]{0,12}$"
)
_AFTER = re.compile(r"(?:修編後|修正後|調整後|改制後|變更後|增置後|移撥後)[^,;。]{0,24}$")
_KEPT = re.compile(r"(?:維持|仍為|不變,?(?:維持)?)(?:為)?$")
_CHANGE = re.compile(
    r"^[^,;。]{0,8},?(?:總計|累計|合計|共計|共|計|大幅|大量|淨|約|實際|已|逐年|一共|等於|等同|相當於|再|差短)*"
    r"(?:增加|減少|成長|增置|減列|提高|降低|下降|上升|縮減|增|減)(?:約|了|達|為|近|逾)?$"
)
_VERB = re.compile(
    r"(?:改增置|增置|增設|移入|撥入|移出|撥出|追加|增列|新增|擴編|增加|再提高|提高|改置|減列|減少|裁減|刪減|精簡|縮減|裁撤)(?!為|至|到|之|的)|(?:經由|自|由)[^,;。]{1,16}移撥|移撥(?:至|予|給)?"
)
_GOAL = re.compile(r"目標|標準|上限")
_LOOSE = frozenset({"增加", "減少", "提高", "再提高", "縮減", "新增"})
"""Verbs that may well speak of something else than the posts whose number follows."""
_NESTED = re.compile(rf"其中(?:{_VERB.pattern})")
_TOTAL = re.compile(r"(?:合計|共計|總計|共|計|等)$")
_LINK = re.compile(r"^[^,;、]{0,10}(?:、|及|和|與|以及)[^,;]{0,40}$")


@dataclass(frozen=True, slots=True)
class Delta:
    """One change of a level."""

    figure: Figure
    sign: Sign
    concurrent: bool


def _levels(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        outer = line.outer
        figures = outer.figures
        for index, (before, after) in enumerate(pairwise(figures)):
            if before.unit != after.unit or not _FROM.search(outer.clause(before)) or not _TO.match(after.gap):
                continue
            following = _following(outer, index + 1)
            deltas = [following] if following else _preceding(figures[max(0, index - WINDOW) : index], before)
            way = direction(after.gap)
            if deltas and way and all((delta.sign == "+") != (way > 0) for delta in deltas):
                continue  # 較112年減少7人，惟詐欺由135人增為141人: the change of something else
            yield from _change("change.from-to", before, after, deltas)


def _following(line: Line, index: int) -> Delta | None:
    """從甲縮為乙，減少丙: the change told behind the levels."""
    figures = line.figures
    if index + 1 >= len(figures):
        return None
    after, figure = figures[index], figures[index + 1]
    unit = after.unit if after.is_count else "百分點"
    if figure.unit != unit or not _CHANGE.match(figure.gap):
        return None
    way = direction(figure.gap)
    return Delta(figure, "+" if way > 0 else "-", False) if way else None


def _preceding(figures: Sequence[Figure], level: Figure) -> list[Delta] | None:
    """The changes told before the levels; ``None`` where one of them goes nobody knows which way."""
    deltas: list[Delta] = []
    run = 0
    sign: Sign | None = None
    inside = nested = False
    for figure in figures:
        verb = last(_VERB, figure.gap)
        if "其中" in figure.gap:
            inside, nested = True, _NESTED.search(figure.gap) is not None
        elif inside and verb is not None and re.search(r"[,;]", figure.gap[: verb.start()]):
            # 其中增置…，另減列…: both verbs belong to 其中; 其中甲3人，另減列…: the second is a change of its own.
            inside = nested and "另" in figure.gap
        if _TO.match(figure.gap):
            # Another level's own change has been told.
            deltas.clear()
            sign = None
            continue
        if inside or figure.unit != (level.unit if level.is_count else "百分點"):
            continue
        if verb is not None and verb[0] in _LOOSE and not _right_before(figure, level):
            sign = None
            continue
        if verb is not None:
            sign = _way(verb[0])
            if sign is None:
                return None
            run = len(deltas)
        elif sign is not None and _TOTAL.search(figure.gap) and len(deltas) > run:
            # 減列甲3人、乙3人，共計6人: the total stands for its parts.
            del deltas[run:]
        elif sign is None or not _LINK.match(figure.gap):
            # Another amount has been told: what changed before it changed that one.
            deltas.clear()
            sign = None
            continue
        concurrent = "兼任" in clause_words(figure.gap) and figure.mention.paren is None
        deltas.append(Delta(figure, sign, concurrent))
    return deltas


def _right_before(figure: Figure, level: Figure) -> bool:
    """Only one comma parts a change and the level that it changed, which is no goal."""
    if _GOAL.search(level.gap):
        return False
    return figure.index + 1 == level.index and re.match(r"^[^,;]{0,10},[^,;]*$", level.gap) is not None


def _way(verb: str) -> Sign | None:
    if "移撥" in verb:
        if verb.startswith(("經由", "自", "由")):
            return "+"
        return "-" if len(verb) > 2 else None
    return "+" if direction(verb) > 0 else "-"


def _change(rule: str, before: Figure, after: Figure, deltas: Sequence[Delta] | None) -> Iterator[Relation]:
    if not deltas:
        return
    levels_with_brackets = before.mention.paren is not None or after.mention.paren is not None
    beside: frozenset[Mention] = frozenset()
    if levels_with_brackets:
        beside = frozenset(delta.figure.mention for delta in deltas if delta.concurrent)
    elif any(delta.concurrent for delta in deltas):
        return
    terms = [before.mention, *(delta.figure.mention for delta in deltas)]
    signs: list[Sign] = ["+", *(delta.sign for delta in deltas)]
    yield total("change", rule, after.mention, terms, signs, concurrent=beside)


def _before_after(document: Document) -> Iterator[Relation]:
    """原…人，…移撥…人，修編後…人, and 減列…，修編前…，修編後…."""
    for line in document.lines:
        figures = line.outer.figures
        before: int | None = None
        for index, figure in enumerate(figures):
            clause = line.outer.clause(figure)
            if _BEFORE.search(clause):
                before = index
            elif (
                before is not None
                and (_AFTER.search(clause) or _TO.match(figure.gap))
                and figures[before].unit == figure.unit
            ):
                level = figures[before]
                deltas = _preceding(figures[before + 1 : index], level) or _preceding(
                    figures[max(0, before - WINDOW) : before], level
                )
                yield from _change("change.before-after", level, figure, deltas)
                before = None


def _cancelling(document: Document) -> Iterator[Relation]:
    """The changes leave the total where it was."""
    for line in document.lines:
        figures = line.outer.figures
        for index, figure in enumerate(figures):
            if not _KEPT.search(figure.gap):
                continue
            deltas = _preceding(figures[max(0, index - WINDOW) : index], figure)
            if deltas and {delta.sign for delta in deltas} == {"+", "-"}:
                yield from _change("change.kept", figure, figure, deltas)


def _increments(document: Document) -> Iterator[Relation]:
    """109年度增加甲，110年度再增加乙，累計增加丙: increments that follow each other, and their sum."""
    for line in document.lines:
        figures = line.outer.figures
        run: list[Figure] = []
        for figure in figures:
            ends = bool(run) and figure.unit == run[-1].unit
            if (
                len(run) >= 2
                and ends
                and re.search(
                    r"(?:累計|合計|共計?|總計|等同|總共|已)[^;。]*(?:增加|提高|減少|增|減)(?:了|達)?$", figure.gap
                )
            ):
                yield total("sum", "sum.increments", figure.mention, [each.mention for each in run], ["+"] * len(run))
                run = []
            elif (
                ends
                and re.search(r"再(?:增加|提高|增|追加|減少|加碼)(?:了)?$", figure.gap)
                and direction(figure.gap) == direction(run[-1].gap)
            ):
                run.append(figure)
            else:
                run = [figure] if re.search(r"(?:增加|提高|減少)(?:了)?$", figure.gap) else []


_FORMER = re.compile(
    rf"^[^,;。()]{{0,16}},?(?:並|亦|約)?(?:較|比)(?![^(]*(?:增|減))[^,;。()]*(?:{DAY}|去年|上年|同期|上期|前期)[^,;。()]*\(?$"
)
_CHANGED_BY = re.compile(
    r"^\)?[^,;。]{0,8},?[^,;。]{0,8}?(?:增加|減少|成長|提高|降低|下降|上升|增|減)(?:約|了|達|為|近|逾)?$"
)


@dataclass(frozen=True, slots=True)
class Since:
    """A level, what it was before, and how it changed."""

    line: Line
    level: Figure
    former: Figure
    change: Figure
    sign: Sign

    def tie(self, level: Figure) -> Relation:
        """The change against the former level and that one."""
        return total("change", "change.former", level.mention, [self.former.mention, self.change.mention], ["+", self.sign])  # fmt: skip


def changes_since(document: Document) -> Iterator[Since]:
    """A，較去年底之B增加C."""
    for line in document.lines:
        figures = line.figures
        for level, former, result in zip(figures, figures[1:], figures[2:], strict=False):
            if not level.unit == former.unit == result.unit or not level.is_count:
                continue
            way = direction(result.gap)
            if way and _FORMER.match(former.gap) and _CHANGED_BY.match(result.gap):
                yield Since(line, level, former, result, "+" if way > 0 else "-")


def _against_former(document: Document) -> Iterator[Relation]:
    for since in changes_since(document):
        yield since.tie(since.level)


CHECKS = (
    Check("change.from-to", "a level that went from one figure to another, with the change", _levels),
    Check("change.before-after", "a level before and after, with the changes", _before_after),
    Check("change.former", "a new level against the former one and the change, all three printed", _against_former),
    Check("change.kept", "changes that leave a level where it was", _cancelling),
    Check("sum.increments", "increments that follow each other, and their sum", _increments),
)
