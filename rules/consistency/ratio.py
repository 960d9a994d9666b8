"""A printed rate against its numerator and denominator.

應進用64人，已進用210人，進用比率達328%; 會員17.9萬人，其中縣市政府13.5萬人，占75%; 申請36件，核准35件，核准率97.2%;
1,240億元，約占出口總值3,083億元之40.22%; 歲出編列1,006億元。…歲出以教育支出最多，編列381億元，占37.92%.
Rounding and truncating are both right; the relation says which it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ...model import Mention, Relation
from .check import Check
from .context import COUNT, DAY, FIGURES, RATE, WINDOW, Document, Figure, Line
from .interval import stated
from .quota import quotas
from .relation import SURE, number, quotient
from .words import comparable, last

_RATE_WORD = re.compile(r"(?:比率|比例|率|比)[^,;。]{0,6}$")
_SHARE = re.compile(r"^[^,;。]{0,12}[,(]?(?:約|已)?(?:占|佔)(?:率|比|總數|全部)?(?:達|約|為|逾)?$")
_SHARE_OF = re.compile(
    rf"({COUNT})[^,;。{FIGURES}]{{0,14}},?(?:約|已)?(?:占|佔)[^,;。{FIGURES}]{{1,40}}({COUNT})(?:之|的)(?:比率|比例)?(?:達|為|約)?({RATE})"
)
_STEP_RATE = re.compile(r"^[^,;。]{0,10}[,(][^,;。]{0,10}(?:比率|比例|率)(?:已|達|為|約|逾|僅|計)*$")
_STEPS = (
    (r"申請|提出", r"核准|核貸|核定|通過|獲准"),
    (r"報名|應考|到考|參加考試", r"錄取|及格|通過|到考|合格"),
    (r"預算|分配|可支用|編列", r"執行|決算|支用|實支|實現|支出"),
    (r"目標|預定|預計|計畫", r"實際|達成|已完成|完成"),
    (r"受理|收件|陳情", r"結案|辦結|辦畢"),
    (r"抽查|抽驗|檢查|稽查|檢驗", r"合格|不合格|違規|不符"),
    (r"參訓|調訓|受訓", r"完訓|結訓|及格|通過|取得"),
)


def _rate(rule: str, result: Figure, over: Figure, under: Figure) -> Iterator[Relation]:
    relation = rate_of(rule, result.mention, over.mention, under.mention)
    if relation is not None:
        yield relation


def rate_of(
    rule: str, result: Mention, over: Mention, under: Mention, *, confidence: Decimal = SURE
) -> Relation | None:
    """The relation of a rate with its two figures; ``None`` where nothing can be divided."""
    if over.value is None or under.value is None:
        return None
    ratio = (number(over.value), number(under.value))
    share = stated(over).divided_by(stated(under))
    return quotient("ratio", rule, result, (over, under), ratio, share, confidence=confidence)


def gives_rate(figures: Sequence[Mention]) -> bool:
    """The first figure is the rate of the other two, rounded or cut off."""
    relation = rate_of("", *figures)
    return relation is not None and relation.rounding in ("round", "truncate")


def _quota(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for quota in quotas(line.outer):
            for figure in quota.behind:
                if not figure.is_count and _RATE_WORD.search(figure.gap):
                    yield from _rate("ratio.employed-over-required", figure, quota.actual, quota.required)
                    break


def _share(document: Document) -> Iterator[Relation]:
    """占 behind a part: of what, 其中, the total of a list or the topic of the sentence says."""
    for number_of_line, line in enumerate(document.lines):
        outer = line.outer
        figures = outer.figures
        for index, figure in enumerate(figures):
            if index == 0 or outer.text[figure.at] != RATE:
                continue
            part = figures[index - 1]
            if not _SHARE.match(figure.gap) and not _plain_rate(outer, part, figure):
                continue
            whole = _whole(document, number_of_line, outer, index - 1) if part.is_count else None
            if whole is not None:
                yield from _rate("ratio.share", figure, part, whole)


_PLAIN = re.compile(r"^[^,;。]{0,6},(?:所占)?(?:比率|比例|占比)(?:為|達|約)?$")
_SEX = re.compile(r"^(?:其中)?(?:女性|男性|女|男)")


def _plain_rate(line: Line, part: Figure, figure: Figure) -> bool:
    """主管共440人，其中女性226人，比率51.36%: 比率 for 占, where the part is said to be one of a whole."""
    if not _PLAIN.match(figure.gap):
        return False
    clause = re.split(r"[,;]", part.gap)[-1]
    before = line.text[: part.at - len(clause)]
    if "其中" in clause:
        return True
    whole = line.figures[part.index - 1] if part.index else None
    return (
        _SEX.match(clause) is not None
        and before.endswith(",")
        and whole is not None
        and not re.search(r"[男女]", line.clause(whole))
    )


def _whole(document: Document, number_of_line: int, line: Line, part: int) -> Figure | None:
    """What a share is a share of."""
    figures = line.figures
    among = line.text.rfind("其中", max(0, figures[part].at - 400), figures[part].at)
    if among >= 0:
        whole = next((each for each in reversed(line.before(among)) if each.is_count), None)
        if whole is None or not comparable(whole.unit, figures[part].unit):
            return None
        between = line.text[among : figures[part].at]
        # 其中 reaches over the members of its list, each with its share, and no further.
        return whole if re.search(r"[。]|較|另", between) is None else None
    for each in reversed(figures[max(0, part - WINDOW) : part]):
        if (
            each.is_count
            and comparable(each.unit, figures[part].unit)
            and re.search(r"(?:合計|共計|總計|總數|總共|共|計)$", each.gap)
        ):
            return each if _only_shares_between(line, each, figures[part]) else None
    return _topic(document, number_of_line, line, figures[part])


def _only_shares_between(line: Line, whole: Figure, part: Figure) -> bool:
    """Between the total and the part stand other parts, each with its share."""
    between = line.figures[whole.index + 1 : part.index]
    return len(between) % 2 == 0 and all(
        first.unit == part.unit and _SHARE.match(second.gap) is not None
        for first, second in zip(between[::2], between[1::2], strict=True)
    )


_TOPIC = re.compile(
    rf"(?:^|,)(?:而|至於|根據統計)?,?([^,;。、{FIGURES}{DAY}]{{2,8}}?)(?:方面|部分|中)?,?(?:則)?以[^,;。]{{2,24}}(?:最多|最高|為主|居多|居首|最大)"
)


def _topic(document: Document, number_of_line: int, line: Line, part: Figure) -> Figure | None:
    """歲出以…最多，…，占…: the whole is the amount that an earlier sentence gives for 歲出."""
    topic = last(_TOPIC, line.text[max(0, part.at - 400) : part.at])
    if topic is None:
        return None
    named = re.compile(re.escape(topic[1]) + r"(?:編列|預算|總額|總計|合計|共計|共|計|為|數|決算|審定|達)*$")
    for earlier in reversed(document.lines[max(0, number_of_line - 12) : number_of_line]):
        for figure in reversed(earlier.outer.figures):
            if figure.unit == part.unit and named.search(figure.gap):
                return figure
    return None


def _share_of(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        outer = line.outer
        for match in _SHARE_OF.finditer(outer.text):
            part, whole, rate = (outer.figure_at(match.start(n)) for n in (1, 2, 3))
            if comparable(part.unit, whole.unit) and not _ends_a_list(outer, part):
                yield from _rate("ratio.share-of", rate, part, whole)


def _ends_a_list(line: Line, part: Figure) -> bool:
    """甲20位、乙10位,占…: the share may be that of all members."""
    if part.index == 0 or line.figures[part.index - 1].unit != part.unit:
        return False
    return re.match(r"^[^,;。]{0,6}(?:、|及|和|與)[^,;。]{0,20}$", part.gap) is not None


_RESPECTIVELY = re.compile(
    rf"({COUNT})[、及]({COUNT}),?分別(?:占|佔)[^;。{FIGURES}]{{1,40}}({COUNT})[、及]({COUNT})(?:之|的)(?:比率|比例)?({RATE})[、及]({RATE})"
)


def _respectively(document: Document) -> Iterator[Relation]:
    """A、B，分別占C、D之x%、y%."""
    for line in document.lines:
        outer = line.outer
        for match in _RESPECTIVELY.finditer(outer.text):
            first, second, whole, other, rate, last_rate = (outer.figure_at(match.start(n)) for n in range(1, 7))
            if first.unit == whole.unit and second.unit == other.unit:
                yield from _rate("ratio.respectively", rate, first, whole)
                yield from _rate("ratio.respectively", last_rate, second, other)


def _steps(document: Document) -> Iterator[Relation]:
    """Two steps of one procedure that follow each other, and the rate of the second to the first."""
    for line in document.lines:
        for rate in line.outer.figures:
            if rate.is_count or not _STEP_RATE.match(rate.gap):
                continue
            # A third step may stand between (申請, 核准, 駁回, 核准率).
            for under, over in reversed(list(pairwise(line.outer.before(rate.at, 3)))):
                if over.is_count and under.unit == over.unit and _one_procedure(under, over, rate):
                    yield from _rate("ratio.steps", rate, over, under)
                    break


def _one_procedure(under: Figure, over: Figure, rate: Figure) -> bool:
    first, second = (re.split(r"[,;]", figure.gap)[-1] for figure in (under, over))
    if re.search(r"占|較|比(?!率|例)|滿意|成長|增|減", rate.gap) or re.search(r"超|短收|賸餘|節餘|保留|未", second):
        return False
    named = re.search(r"([^,;(]{1,2})(?:貸|成)?(?:比率|比例|率)", rate.gap)
    return any(
        re.search(whole, first)
        and (step := re.search(part, second)) is not None
        and not re.search(part, first)
        and (named is None or named[1][0] == step[0][0])
        for whole, part in _STEPS
    )


CHECKS = (
    Check("ratio.employed-over-required", "a rate of employment against the quota and the number employed", _quota),
    Check("ratio.share", "a share against its part and the whole that the sentence names", _share),
    Check("ratio.share-of", "a share whose whole is printed in it (占…1,000元之5%)", _share_of),
    Check("ratio.respectively", "two shares of two wholes, told in one go", _respectively),
    Check("ratio.steps", "a rate against two steps of one procedure (申請, 核准)", _steps),
)
