"""The whole that a share's own words name: 占全體長者之四成; or the topic: 歲出以教育支出最多，編列381億元，占37.9%."""

from __future__ import annotations

import re

from .changes import is_former
from .figure import DAY, FIGURES, Figure, Paragraph

YEARS = frozenset({"年", "年度", "個月", "歲", "月"})
"""Units of terms and ages, which are no part of anything."""
_NAME = re.compile(
    rf"(?:[占佔](?!比)|[為是]|達(?!成)|^[及與和](?=前|上)|接近|相當於?)(?P<name>[^,;。:、占佔{FIGURES}{DAY}]{{2,16}}?)(?:之|的)?(?:比率|比例|比重)?"
    r"(?:大?約|逾|將?近|高?達|為|超過|僅|恰|已){0,6}$"
)
_TOPIC = re.compile(
    rf"(?:^|[,。])(?:而|至於|根據統計)?,?([^,;。、{FIGURES}{DAY}]{{2,8}}?)(?:方面|部分|中)?,?(?:則)?以[^,;。]{{2,24}}(?:最多|最高|為主|居多|居首|最大)"
)
_SAYS_NO_MORE = re.compile(r"[,(]?(?:大?約|即|則|各)*[占佔](?:約|了)?")
_REACH = 400
_EMPTY = re.compile(r"全體|全部|全般|全市|整體|本市|本局|本府|所有|總|該|當年度|年度|之|的|數")
_OVERLAP = 0.33


def named_whole(paragraph: Paragraph, rate: Figure) -> frozenset[str]:
    """The words of a share that name its whole: 占全體長者之四成; or the topic: 歲出以教育支出最多，編列381億元，占37.9%."""
    name = _NAME.search(_lead(paragraph, rate))
    if name is not None:
        return pairs_of(_EMPTY.sub("", name["name"]))
    if _SAYS_NO_MORE.fullmatch(rate.gap) and (before := _share_before(paragraph, rate)) is not None:
        return named_whole(paragraph, before)
    topic = None
    if rate.has("share.of") and re.fullmatch(r"[,(]?約?[占佔]", rate.gap):
        line = paragraph.line_of(rate)
        for topic in _TOPIC.finditer(line.text[max(0, rate.at - _REACH) : rate.at]):  # noqa: B007
            pass
    return pairs_of(topic[1]) if topic is not None else frozenset()


def _share_before(paragraph: Paragraph, rate: Figure) -> Figure | None:
    """甲2億元，占總經費之七成，以及乙1億元，約占三成: the share of the member before, with one figure between."""
    row = paragraph.figures[max(0, rate.place - 2) : rate.place]
    if len(row) < 2 or not row[0].is_rate or not row[1].is_count or not paragraph.one_sentence(row[0], rate):
        return None
    return row[0] if row[0].has("share.of") or "占" in row[0].gap else None


def _lead(paragraph: Paragraph, rate: Figure) -> str:
    """The words before a rate in its clause; terms of years are words of a name (占前3年平均所得之比率)."""
    line = paragraph.line_of(rate)
    start = rate.at - len(rate.clause)
    held = [each for each in line.figures[max(0, rate.index - 3) : rate.index] if each.at >= start]
    if not held or held[-1].unit not in YEARS:
        return rate.before
    words = [line.text[held[-1].at + 1 : rate.at]]
    if len(held) > 1:
        words.insert(0, line.text[held[-2].at + 1 : held[-1].at])
    else:
        words.insert(0, line.text[max(0, start) : held[-1].at])
    return "".join(words)


def is_told_in(words: frozenset[str], figure: Figure, share: float = _OVERLAP) -> bool:
    """At least a third of the pairs of characters stand around the figure, and nothing is compared with it in brackets."""
    if figure.row and is_former(figure):
        return False
    told = pairs_of(figure.clause[-24:] + "," + figure.behind[:12])
    return len(words & told) >= share * len(words)


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring characters of a text that are words."""
    runs = re.split(rf"[,;。:、()「」{FIGURES}{DAY}\d]", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
