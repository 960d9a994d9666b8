"""The words of the audit page, in both its languages, and how it tells calendar values."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import Bound, RelationKind, Role, Severity
from .passages import printable


class Both(NamedTuple):
    """One text in Traditional Chinese and in English."""

    zh: str
    en: str


class State(NamedTuple):
    """What became of a figure: told by a mark and a word, never by colour alone."""

    name: str
    mark: str
    label: Both
    hint: Both


STATES = (
    State("confirmed", "✓", Both("經算式證實", "confirmed"), Both("與其他數字相符", "agrees with other figures")),
    State("contradicted", "✗", Both("互相矛盾", "contradicted"), Both("牽涉矛盾", "part of a contradiction")),
    State("suspicious", "?", Both("可疑", "suspicious"), Both("值得一問", "worth a question")),
    State("tied", "≈", Both("無法判定", "tied, undecided"), Both("有關聯，寫法不夠精確", "tied, not stated exactly enough")),
    State("untied", "", Both("無從核對", "untied"), Both("沒有可對照的數字", "nothing to check against")),
    State("unread", "!", Both("未讀懂", "unread"), Both("沒有規則讀懂", "no rule understood it")),
)  # fmt: skip

SEVERITIES: dict[Severity, tuple[Both, Both]] = {
    "contradiction": (Both("矛盾", "Contradiction"), Both("報告自己的數字彼此不符。", "The reports' own figures disagree.")),
    "suspicious": (Both("可疑", "Suspicious"), Both("不一定有錯，但值得一問。", "Not surely wrong, but worth a question.")),
    "note": (Both("附註", "Note"), Both("進位方式不同、單位混用等。", "Rounded in another manner, units mixed.")),
}  # fmt: skip

KINDS: dict[RelationKind, Both] = {
    "sum": Both("合計", "sum"),
    "ratio": Both("比率", "rate"),
    "difference": Both("相差", "difference"),
    "change": Both("增減前後", "level and changes"),
    "growth": Both("增減率", "growth"),
    "same": Both("同一事項", "same thing"),
    "dates": Both("同一日期", "same day"),
    "count": Both("項數", "count"),
    "duration": Both("期間長短", "duration"),
    "part_of": Both("部分不逾整體", "part of a whole"),
    "threshold": Both("門檻", "threshold"),
    "mean": Both("平均", "mean"),
    "product": Both("乘積", "product"),
    "series": Both("跨期", "series"),
}

ROLES: dict[Role, Both] = {
    "actual": Both("實際", "actual"),
    "delta": Both("增減", "change"),
    "rate": Both("比率", "rate"),
    "target": Both("目標", "target"),
    "rule": Both("規定", "standard"),
    "former": Both("原數", "former"),
}

BOUNDS: dict[Bound, Both] = {
    "at_least": Both("至少", "at least"),
    "at_most": Both("至多", "at most"),
    "more_than": Both("逾", "more than"),
    "less_than": Both("未滿", "less than"),
    "about": Both("約", "about"),
}

DETAIL = {
    "value": Both("數值", "Value"),
    "role": Both("性質", "Role"),
    "period": Both("期間", "Period"),
    "indicator": Both("指標", "Indicator"),
    "agency": Both("機關", "Agency"),
    "rule": Both("判讀規則", "Read by"),
    "confidence": Both("把握", "Confidence"),
    "relations": Both("關聯", "Relations"),
    "stated": Both("所載", "stated"),
    "computed": Both("算得", "computed"),
    "holds": Both("相符", "agrees"),
    "fails": Both("不符", "does not agree"),
    "open": Both("無法判定", "undecided"),
    "finding": Both("發現", "Finding"),
    "date": Both("日期", "Date"),
    "close": Both("關閉", "Close"),
    "copied": Both("已複製", "Copied"),
    "shown": Both("顯示 {n} 項，共 {all} 項", "{n} of {all} shown"),
    "elsewhere": Both("另見", "see"),
}
"""What the script says."""

_DAY = re.compile(r"(-?\d{4,})(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]*")


def calendar(edtf: str | None) -> Both:
    """A calendar value as people say it: 2019-07/2019-12 is 民國108年7月至12月."""
    if not edtf:
        return Both("", "")
    ends = edtf.split("/")
    matches = [_DAY.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(match or not end for match, end in zip(matches, ends, strict=True)):
        return Both(printable(edtf), printable(edtf))
    told = [_minguo(match) if match else "" for match in matches]
    first = matches[0]
    if len(told) == 2 and first and matches[1] and first[1] == matches[1][1] and matches[1][2]:
        told[1] = told[1].split("年", 1)[1]
    return Both("至".join(told), " – ".join(ends))


def _minguo(match: re.Match[str]) -> str:
    year = int(match[1])
    told = f"{year - 1911}年" if year > 1911 else f"民國前{1912 - year}年"
    if match[2] and match[2] != "XX":
        told += f"{int(match[2])}月"
        if match[3] and match[3] != "XX":
            told += f"{int(match[3])}日"
    return told
