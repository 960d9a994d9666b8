"""The words of all output, in both languages: one term for one thing. ``docs/terms.md`` tells which, and which not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..notation import Both

if TYPE_CHECKING:
    from ..model import Bound, RelationKind, Role, Rounding, Severity
    from .counts import Standing


class Gravity(NamedTuple):
    """How a severity is told, and how it looks where it goes."""

    label: Both
    heading: Both
    """Above a list of findings."""
    hint: Both
    style: str
    """On the terminal."""
    shade: str
    """In the workbook."""
    sarif: Literal["error", "warning", "note"]
    github: Literal["error", "warning", "notice"]


SEVERITIES: dict[Severity, Gravity] = {
    "contradiction": Gravity(
        Both("矛盾", "contradiction"), Both("矛盾", "Contradictions"),
        Both("報告所載數字彼此不符。", "The reports' own figures disagree."),
        "bold red", "#F8D7DA", "error", "error",
    ),
    "revision": Gravity(
        Both("修正", "revision"), Both("事後修正", "Revisions"),
        Both("已結束期間的數字，後來的報告改列他數而未說明。", "A figure of a time that was over, restated later without a word."),
        "bold magenta", "#E7DDF3", "warning", "warning",
    ),
    "suspicious": Gravity(
        Both("可疑", "suspicious"), Both("可疑", "Suspicious"),
        Both("未必有誤，宜請說明。", "Not surely wrong, but worth a question."),
        "bold yellow", "#FFF3CD", "warning", "warning",
    ),
    "note": Gravity(
        Both("附註", "note"), Both("附註", "Notes"),
        Both("尾數處理方式不一、單位混用等。", "Rounded in another manner, units mixed."),
        "bold cyan", "#D9ECF5", "note", "notice",
    ),
}  # fmt: skip
"""The gravest first. Whatever lists, orders or colours severities goes by this table."""


class State(NamedTuple):
    """What became of a figure: told by a mark and a word, never by colour alone."""

    name: Standing | Literal["unread"]
    mark: str
    label: Both
    hint: Both
    style: str
    """On the terminal."""


STATES = (
    State("confirmed", "✓", Both("核算相符", "confirmed"), Both("與其他數字相符", "agrees with other figures"), "green"),
    State("contradicted", "✗", Both("互相矛盾", "contradicted"), Both("列於矛盾之中", "part of a contradiction"), "red"),
    State("suspicious", "?", Both("可疑", "suspicious"), Both("宜請說明", "worth a question"), "yellow"),
    State("undecided", "≈", Both("無法判定", "undecided"),
          Both("有關係，但寫法不足以判定", "tied, but not stated exactly enough"), "yellow"),
    State("untied", "", Both("無從核對", "untied"), Both("沒有可對照的數字", "nothing to check against"), "dim"),
    State("unread", "!", Both("未能判讀", "unread"), Both("沒有規則可判讀", "no rule understood it"), "yellow"),
)  # fmt: skip

KINDS: dict[RelationKind, Both] = {
    "sum": Both("合計", "sum"),
    "ratio": Both("比率", "rate"),
    "difference": Both("相差", "difference"),
    "change": Both("增減前後", "level and changes"),
    "growth": Both("增減率", "growth"),
    "same": Both("同一事項", "same thing"),
    "dates": Both("日期", "dates"),
    "count": Both("項數", "count"),
    "duration": Both("期間長短", "duration"),
    "part_of": Both("部分與全體", "part of a whole"),
    "threshold": Both("門檻", "threshold"),
    "mean": Both("平均", "mean"),
    "product": Both("乘積", "product"),
    "series": Both("跨報告", "across reports"),
}

ROLES: dict[Role, Both] = {
    "actual": Both("實際", "actual"),
    "delta": Both("增減", "change"),
    "rate": Both("比率", "rate"),
    "target": Both("目標", "target"),
    "rule": Both("規定", "standard"),
    "former": Both("原值", "former"),
}

BOUNDS: dict[Bound, Both] = {
    "at_least": Both("至少", "at least"),
    "at_most": Both("至多", "at most"),
    "more_than": Both("逾", "more than"),
    "less_than": Both("未滿", "less than"),
    "about": Both("約", "about"),
}

ROUNDINGS: dict[Rounding, Both] = {
    "round": Both("四捨五入", "rounded"),
    "truncate": Both("捨去", "cut off"),
    "neither": Both("兩者皆非", "neither"),
}

CODES: dict[str, Both] = {
    str(code): words
    for code, words in (
        *((name, gravity.label) for name, gravity in SEVERITIES.items()),
        *KINDS.items(),
        *ROLES.items(),
        *BOUNDS.items(),
        *ROUNDINGS.items(),
    )
}
"""Every code that data goes by, in words."""

DETAIL = {
    "value": Both("數值", "Value"),
    "role": Both("性質", "Role"),
    "period": Both("期間", "Period"),
    "indicator": Both("指標", "Indicator"),
    "agency": Both("機關", "Agency"),
    "rule": Both("判讀規則", "Read by"),
    "confidence": Both("可信度", "Confidence"),
    "relations": Both("關係", "Relations"),
    "stated": Both("所載", "stated"),
    "computed": Both("核算", "computed"),
    "holds": Both("相符", "agrees"),
    "fails": Both("不符", "does not agree"),
    "open": Both("無法判定", "undecided"),
    "finding": Both("發現", "Finding"),
    "date": Both("日期", "Date"),
    "close": Both("關閉", "Close"),
    "copied": Both("已複製", "Copied"),
    "shown": Both("顯示 {n} 項，共 {all} 項", "{n} of {all} shown"),
    "elsewhere": Both("另見", "see"),
    "picked": Both("已選取 {n} 項", "{n} picked"),
    "hits": Both("{n} 處，見於 {all} 份報告", "{n} places in {all} reports"),
    "first": Both("；列出前 {n} 處", "; the first {n} are listed"),
    "searching": Both("搜尋中…", "searching…"),
    "line": Both("第 {n} 行", "line {n}"),
}
"""What the script of the audit page says."""
