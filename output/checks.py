"""What each kind of check looks at, for tools that list rules."""

from __future__ import annotations

from typing import NamedTuple

from ..model import RelationKind


class Check(NamedTuple):
    """A kind of check: a name in CamelCase, and what it says."""

    name: str
    zh: str
    en: str


CHECKS: dict[RelationKind, Check] = {
    "sum": Check("SumOfParts", "合計應等於各項之和。", "A total must be the sum of its parts."),
    "ratio": Check("RateOfFigures", "比率應與所依的數字相符。", "A rate must follow from its figures."),
    "difference": Check(
        "DifferenceOfFigures", "相差數應等於兩數之差。", "A difference must be that of its two figures."
    ),
    "change": Check(
        "LevelAfterChange", "原值加減增減數應等於現值。", "A level and its changes must give the next level."
    ),
    "growth": Check("GrowthRate", "增減率應與現值及增減數相符。", "A growth rate must follow from level and change."),
    "same": Check("ToldTwice", "同一事項的數字應前後一致。", "One thing must be told with one figure."),
    "dates": Check("DateToldTwice", "同一事項的日期應前後一致。", "One event must be told with one date."),
    "count": Check(
        "CountOfItems", "所稱項數應與列出的項目相符。", "An announced number must be that of the items listed."
    ),
    "duration": Check("Duration", "期間長短應與起訖日相符。", "A duration must be that of its first and last day."),
    "part_of": Check("PartOfWhole", "部分不應大於整體。", "A part must not exceed its whole."),
    "threshold": Check("Threshold", "達標與否應與門檻相符。", "What is said to be met must meet its threshold."),
    "mean": Check("Mean", "平均應與總數及個數相符。", "A mean must follow from total and count."),
    "product": Check("Product", "乘積應與各因數相符。", "A product must be that of its factors."),
    "series": Check("AcrossReports", "各期報告所載同一數字應一致。", "Reports must agree on one figure over time."),
}
OTHER = Check("Figures", "數字應彼此相符。", "Figures must agree with each other.")
