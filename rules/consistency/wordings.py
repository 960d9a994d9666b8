"""How broken relations are told, in both languages: by the rule that found them, or else by their kind."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Relation
from .agreement import by_rule


@dataclass(frozen=True, slots=True)
class Wording:
    """How a broken relation is told; the fields are filled in by ``findings``."""

    code: str
    zh: str
    en: str


_BY_KIND: dict[str, Wording] = {
    "sum": Wording(
        "SUM",
        "「{result}」與各項合計不符：{arithmetic} = {computed}，所載為 {stated}，相差 {gap}。",
        "“{result}” is not the sum of its parts: {arithmetic} = {computed}, stated {stated}, off by {gap}.",
    ),
    "ratio": Wording(
        "RATE",
        "「{result}」與所據數字不符：{first} ÷ {second} = {computed}，所載為 {stated}。",
        "“{result}” does not follow from its figures: {first} / {second} = {computed}, stated {stated}.",
    ),
    "difference": Wording(
        "DIFF",
        "「{result}」與兩數之差不符：{arithmetic} = {computed}，所載為 {stated}，相差 {gap}。",
        "“{result}” is not the difference: {arithmetic} = {computed}, stated {stated}, off by {gap}.",
    ),
    "change": Wording(
        "LEVEL",
        "增減前後數不符：{arithmetic} = {computed}，所載增減後為 {stated}，相差 {gap}。",
        "Level and changes do not agree: {arithmetic} = {computed}, stated afterwards {stated}, off by {gap}.",
    ),
    "growth": Wording(
        "GROWTH",
        "增減率「{result}」與增減數不符：現為 {first}、增減 {second}，應為 {computed}，所載為 {stated}。",
        "The rate “{result}” does not follow from level {first} and change {second}: {computed}, stated {stated}.",
    ),
    "same": Wording(
        "SAME",
        "同一事項前後數字不同：前為「{first}」，後為「{result}」。",
        "One thing is told with two figures: first “{first}”, then “{result}”.",
    ),
    "dates": Wording(
        "SAME-DATE",
        "同一事項前後日期不同：前為「{first}」，後為「{result}」。",
        "One event is told with two dates: first “{first}”, then “{result}”.",
    ),
    "count": Wording(
        "COUNT",
        "所載為「{result}」，實際列出 {computed}（{items}）。",
        "The text says “{result}”, but lists {number} ({items}).",
    ),
    "duration": Wording(
        "DURATION",
        "「{first}」與所載「{result}」不符：依起訖日核算為 {computed}。",
        "“{first}” does not last “{result}”: it comes to {computed}.",
    ),
    "part_of": Wording(
        "PART",
        "部分大於全體：「{result}」超過「{first}」。",
        "A part is larger than its whole: “{result}” against “{first}”.",
    ),
    "threshold": Wording(
        "THRESHOLD",
        "所載「{result}」與所稱之「{first}」不符（應 {computed}）。",
        "“{result}” does not bear out what is said of “{first}” (it would take {computed}).",
    ),
    "product": Wording(
        "PRODUCT",
        "「{result}」與單位數額不符：{factors} = {computed}，所載為 {stated}。",
        "“{result}” is not the product: {factors} = {computed}, stated {stated}.",
    ),
    "mean": Wording(
        "MEAN",
        "「{result}」無法由 {first} 與「{second}」得出（應為 {computed}）。",
        "No “{second}” for each of {first} makes “{result}” (it would be {computed}).",
    ),
}

_ONE_BASE = Wording(
    "RATE-BASE",
    "兩項占比所據總數不一：由「{second}」占「{third}」推算，「{first}」應占 {computed}，所載為「{result}」。",
    "Two shares imply two wholes: going by “{second}” with “{third}”, “{first}” would be {computed}, not “{result}”.",
)

_BY_RULE: dict[str, Wording] = {
    "dates.impossible": Wording(
        "DATE", "曆法上並無「{result}」這一天。", "“{result}” is a day that does not exist ({stated})."
    ),
    "dates.backwards": Wording(
        "DATE",
        "期間「{result}」前後顛倒：起於 {stated}，迄於 {computed}。",
        "“{result}” ends before it begins: from {stated} to {computed}.",
    ),
    "dates.weekday": Wording(
        "DATE",
        "「{result}」為星期{computed}，所載為星期{stated}。",
        "“{result}” is a {computed}, the text says {stated}.",
    ),
    "dates.after-issue": Wording(
        "DATE",
        "「{result}」晚於報告日期（{computed}），卻稱已辦理。",
        "“{result}” lies after the report's own date ({computed}) and is told as done.",
    ),
    "part_of.steps": Wording(
        "PART",
        "後一步驟的「{result}」多於前一步驟的「{first}」，除非另含前期人數，應不大於 {first}。",
        "“{result}” took a later step than “{first}”, which is fewer: only if some of them are of an earlier time.",
    ),
    "part_of.share": Wording(
        "PART", "占比「{result}」超過 100%。", "A share of “{result}” is more than all of its whole."
    ),
    "mean.whole-people": Wording(
        "GRIM",
        "「{first}」之「{result}」無法由整數人數得出，最接近者為 {computed}。",
        "No whole number among “{first}” gives “{result}”; the nearest is {computed}.",
    ),
    "mean.one-base": _ONE_BASE,
    "mean.one-rate": _ONE_BASE,
}

UNIT = Wording(
    "UNIT",
    "同一合計中「人」與「人次」並用：{arithmetic}，合計「{result}」。",
    "People (人) and attendances (人次) are added up together: {arithmetic}, total “{result}”.",
)
ROUNDING = Wording(
    "ROUNDING",
    "「{result}」之尾數處理方式與本報告他處不同：{quotient} = {computed}。",
    "“{result}” is rounded otherwise than elsewhere in this report: {quotient} = {computed}.",
)


def wording_of(relation: Relation) -> Wording | None:
    """How a broken relation is told; ``None`` for a kind that is told elsewhere."""
    if (across := by_rule().get(relation.rule)) is not None:
        return Wording(across.code, across.zh, across.en)
    return _BY_RULE.get(relation.rule) or _BY_KIND.get(relation.kind)


def code_of(rule: str) -> str | None:
    """The code of what a construction finds, by its id."""
    if (across := by_rule().get(rule)) is not None:
        return across.code
    known = _BY_RULE.get(rule) or _BY_KIND.get(rule.partition(".")[0])
    return known.code if known else None
