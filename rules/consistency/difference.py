"""A printed difference against the two figures that it parts.

應進用59人，已進用208人，…超額進用149人; 33.02%，較…規定18%，超出15.02%; 歲入…，歲出…，歲入歲出差短…; 收支相抵，淨收入….
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Relation
from .check import Check
from .context import DAY, Document, Figure
from .quota import quotas
from .relation import total
from .words import clause_words

_EXCESS = re.compile(r"(?:超額|超出|超過|溢|多)[^,;]{0,12}$")
_LACK = re.compile(r"(?:尚缺|不足|尚差|尚需|尚須|尚未|短缺|未達)[^,;]{0,20}$")
_NORM = re.compile(r"(?:規定|所訂|所定|訂定|標準|門檻|法定比率|法定比例|下限|上限)[^,;]{0,8}$")
_ABOVE = re.compile(r"^[^,;。]{0,6},?(?:高出|超出|超過|高於|高|多|增加)(?:約)?$")
_BELOW = re.compile(r"^[^,;。]{0,6},?(?:低於|低|少|不足|相差|落後)(?:約)?$")
_COMPARED = re.compile(r"^[^,;。]{0,14},?(?:並|已|且)?(?:較|比)([^,;。]*)$")


def _quota(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for quota in quotas(line.outer):
            for figure in quota.behind:
                if figure.unit != quota.actual.unit:
                    continue
                if _EXCESS.search(figure.gap):
                    yield _gap("difference.quota", figure, quota.actual, quota.required)
                    break
                if _LACK.search(figure.gap):
                    yield _gap("difference.quota", figure, quota.required, quota.actual)
                    break


def _gap(rule: str, result: Figure, minuend: Figure, subtrahend: Figure, *, norm: bool = False) -> Relation:
    norms = frozenset({subtrahend.mention}) if norm else frozenset()
    return total("difference", rule, result.mention, [minuend.mention, subtrahend.mention], ["+", "-"], norms=norms)


def _compared(document: Document) -> Iterator[Relation]:
    """A，較規定B，高出C: the norm is no former level, which would be a change."""
    for line in document.lines:
        figures = line.outer.figures
        for level, other, result in zip(figures, figures[1:], figures[2:], strict=False):
            comparison = _COMPARED.match(other.gap)
            if comparison is None or not _like(level, other, result):
                continue
            norm = _NORM.search(comparison[1]) is not None
            if (DAY in comparison[1] and not norm) or re.search(r"去年|上年|同期|上期|前期", comparison[1]):
                continue
            if _ABOVE.match(result.gap):
                yield _gap("difference.compared", result, level, other, norm=norm)
            elif _BELOW.match(result.gap):
                yield _gap("difference.compared", result, other, level, norm=norm)


def _like(level: Figure, other: Figure, result: Figure) -> bool:
    """Three figures of one unit; percentages may differ by points."""
    if level.is_count:
        return level.unit == other.unit == result.unit
    return not other.is_count and not result.is_count and level.unit == other.unit


_PART_DONE = re.compile(r"其中已(?P<verb>[^,;、。]{2})[^,;]*$")


def _remaining(document: Document) -> Iterator[Relation]:
    """應聘任者甲個，其中已符合者乙個，尚未符合者丙個."""
    for line in document.lines:
        figures = line.outer.figures
        for index, figure in enumerate(figures[1:], 1):
            done = _PART_DONE.search(figure.gap)
            whole = figures[index - 1]
            if done is None or whole.unit != figure.unit:
                continue
            left = re.compile(rf"(?:尚未|未){re.escape(done['verb'])}[^,;]*$")
            for other in figures[index + 1 :]:
                if other.unit == whole.unit and left.search(other.gap):
                    yield _gap("difference.remaining", other, whole, figure)
                    break


_DISTANCE = re.compile(r"^[^,;。]{0,10},?(?:兩者|二者)?(?:相距|相差|差距)(?:達|為|約)?$")
_BESIDE = re.compile(r"^[^,;。]{0,10},(?:與|較|和)[^,;。]+$")
_LOSS = re.compile(r"虧損|短絀|淨損|逆差|赤字")
_GAIN = re.compile(r"盈餘|賸餘|純益|淨利|順差")


def _distance(document: Document) -> Iterator[Relation]:
    """A，與乙B，相距C: between a loss and a gain lies their sum."""
    for line in document.lines:
        figures = line.outer.figures
        for first, second, result in zip(figures, figures[1:], figures[2:], strict=False):
            if not first.is_count or not first.unit == second.unit == result.unit:
                continue
            if not _DISTANCE.match(result.gap) or not _BESIDE.match(second.gap):
                continue
            words = [clause_words(figure.gap) for figure in (first, second)]
            if any(_LOSS.search(a) and _GAIN.search(b) for a, b in (words, reversed(words))):
                terms = [first.mention, second.mention]
                yield total("sum", "sum.distance", result.mention, terms, ["+", "+"])
            elif (first.mention.value or 0) >= (second.mention.value or 0):
                yield _gap("difference.distance", result, first, second)
            else:
                yield _gap("difference.distance", result, second, first)


_COVERED = re.compile(r"(?:賸餘|盈餘|結餘|純益)[^,;。]{0,6}(?:支應|彌補|填補|抵充|挹注)後,[^,;。]*$")


def _covered(document: Document) -> Iterator[Relation]:
    """賸餘A；…短絀B，經以賸餘支應後，差短C."""
    for line in document.lines:
        figures = line.outer.figures
        for index, result in enumerate(figures[2:], 2):
            lack = figures[index - 1]
            if not _COVERED.search(result.gap) or not _SHORT.search(result.gap) or not _SHORT.search(lack.gap):
                continue
            surplus = next((each for each in reversed(line.outer.before(lack.at)) if _OVER.search(each.gap)), None)
            if surplus is not None and surplus.unit == lack.unit == result.unit:
                yield _gap("difference.covered", result, lack, surplus)


_NEED = re.compile(r"(?:需求|所需|需要|需|應有)[^,;。]{0,8}$")
_LACKING = re.compile(r"^[^,;。]{0,10},?[^,;。]{0,8}(?:缺口|不足|短缺|尚缺)(?:數|金額|為|達|約|計)*$")


def _shortfall(document: Document) -> Iterator[Relation]:
    """資金需求A，僅流入B，缺口C."""
    for line in document.lines:
        figures = line.outer.figures
        for need, had, result in zip(figures, figures[1:], figures[2:], strict=False):
            if (
                need.is_count
                and need.unit == had.unit == result.unit
                and _NEED.search(clause_words(need.gap))
                and re.match(r"^[^,;。]{0,10},[^,;。]*(?:僅|只|已|有|產生|收|編列)[^,;。]*$", had.gap)
                and _LACKING.match(result.gap)
            ):
                yield _gap("difference.shortfall", result, need, had)


_DONE = re.compile(r"(?:實際|已)(?P<verb>[^,;、。實際已]{2})[^,;]{0,6}$")


def _not_done(document: Document) -> Iterator[Relation]:
    """合計待執行數A，實際執行數B，未執行數C: the verb of the whole is taken up twice."""
    for line in document.lines:
        figures = line.outer.figures
        for whole, done, left in zip(figures, figures[1:], figures[2:], strict=False):
            verb = _DONE.search(clause_words(done.gap))
            if verb is None or not whole.is_count or not whole.unit == done.unit == left.unit:
                continue
            word = re.escape(verb["verb"])
            if re.search(rf"(?:待|應){word}", clause_words(whole.gap)) and re.search(
                rf"(?:尚未|未|待){word}[^,;]{{0,6}}$", clause_words(left.gap)
            ):
                yield _gap("difference.not-done", left, whole, done)


_IN = re.compile(r"(歲入|收入|營收)[^,;。]{0,12}$")
_OUT = re.compile(r"(歲出|支出|成本費用)[^,;。]{0,12}$")
_SHORT = re.compile(r"(?:差短|短絀|虧損|淨損|淨支出|不足|赤字)[^,;。]{0,6}$")
_OVER = re.compile(r"(?:賸餘|餘絀|純益|淨利|盈餘|淨收入|結餘|剩餘)[^,;。]{0,6}$")
_BALANCE = re.compile(r"歲入歲出|收支|相抵|純益|淨利|淨收入|餘絀|賸餘|差短|短絀|淨損")


def _balance(document: Document) -> Iterator[Relation]:
    """Receipts and expenditure, and what is left or lacking; changes against the budget between them do not count."""
    receipts: Figure | None = None
    expenditure: Figure | None = None
    block = -1
    for line in document.lines:
        outer = line.outer
        if line.block != block or not outer.text.startswith("收支"):
            # 收支相抵 at the head of a sentence settles what the sentence before it told.
            receipts = expenditure = None
        block = line.block
        for figure in outer.figures:
            words = _topic(figure)
            if receipts and expenditure and _is_balance(figure, receipts, expenditure):
                if _SHORT.search(figure.gap):
                    yield _gap("difference.balance", figure, expenditure, receipts)
                elif _OVER.search(figure.gap):
                    yield _gap("difference.balance", figure, receipts, expenditure)
                receipts = expenditure = None
            elif not figure.is_count or re.search(r"較|比|增|減|占|其中|差短|賸餘|預算增", words):
                continue
            elif _IN.search(words):
                receipts, expenditure = figure, None
            elif _OUT.search(words) and receipts is not None:
                expenditure = figure


_VERBS_ONLY = re.compile(r"^(?:決算|審定|核定|編列|實際|數|為|計|共|約|達|執行)+$")


def _topic(figure: Figure) -> str:
    """The figure's clause; where it has no subject (歲入未編列預算，決算審定1億元), the one before as well."""
    words = _clause(figure)
    if not _VERBS_ONLY.match(words):
        return words
    clauses = re.split(r"[,，]", re.split(r"[;:]", figure.gap)[-1])
    subject = re.match(r"(?:歲入|歲出|收入|支出)", clauses[-2]) if len(clauses) > 1 else None
    return subject[0] + words if subject else words


def _clause(figure: Figure) -> str:
    return clause_words(figure.gap).replace(DAY, "")


def _is_balance(figure: Figure, receipts: Figure, expenditure: Figure) -> bool:
    if not figure.unit == receipts.unit == expenditure.unit:
        return False
    if re.search(r"較|比|增加|減少|加計|特別", _clause(figure)):
        return False
    return _BALANCE.search(figure.gap[-24:]) is not None


CHECKS = (
    Check("difference.quota", "an excess or a lack against the quota and the actual number", _quota),
    Check("difference.compared", "how far a figure lies above or below another one that the sentence names", _compared),
    Check("difference.remaining", "what is left against the whole and the part that is done", _remaining),
    Check("difference.distance", "how far two figures lie apart", _distance),
    Check("difference.covered", "what is lacking after a surplus has been used", _covered),
    Check("difference.shortfall", "what is lacking of a need", _shortfall),
    Check("difference.not-done", "what is not done against what was to be done and what is done", _not_done),
    Check("difference.balance", "what receipts and expenditure leave", _balance),
)
