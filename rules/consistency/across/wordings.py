"""How ties between reports are told, in both languages, by the check that found them."""

from __future__ import annotations

_RESTATED = (
    "RESTATED",
    "同一項目、同一時間，兩份報告所載不同：先前報告為「{first}」，此處為「{result}」，相差 {gap}。",
    "Two reports give one figure of one time differently: first “{first}”, now “{result}”, off by {gap}.",
)

_EVENT = (
    "EVENT",
    "同一活動或事項，兩份報告所載日期不同：先前為「{first}」，此處為「{result}」。",
    "Two reports date one event differently: first “{first}”, now “{result}”.",
)
_COPIED = "同樣的文字，兩份報告所載不同：先前為「{first}」，此處為「{result}」。"
_COPIED_EN = "The same words tell “{first}” in an earlier report, “{result}” here."

WORDINGS: dict[str, tuple[str, str, str]] = {
    "series.restated": _RESTATED,
    "series.retold": _RESTATED,
    "series.former": (
        "FORMER",
        "所引原值「{result}」與先前報告所載「{first}」不同，相差 {gap}。",
        "The old value is quoted as “{result}”; the earlier report gave “{first}”, off by {gap}.",
    ),
    "series.prior": (
        "PRIOR",
        "較前期增減「{result}」與該期報告不符：{arithmetic} = {computed}，相差 {gap}。",
        "The change “{result}” does not follow from what was reported of that time: {arithmetic} = {computed}, "
        "off by {gap}.",
    ),
    "series.cumulative": (
        "CUMULATIVE",
        "累計數變小：先前報告已達「{first}」，此處僅「{result}」。",
        "A running total falls: “{first}” in the earlier report, “{result}” now.",
    ),
    "series.halves": (
        "HALVES",
        "上、下半年合計與全年不符：{arithmetic} = {computed}，所載全年為「{result}」，相差 {gap}。",
        "The halves do not make up the year: {arithmetic} = {computed}, the year is given as “{result}”, off by {gap}.",
    ),
    "series.standard": (
        "RULE",
        "同一標準，兩份報告所引不同：先前為「{first}」，此處為「{result}」，而未說明修正。",
        "Two reports quote one standard differently: first “{first}”, now “{result}”, and no change is told.",
    ),
    "series.copied": ("RULE", _COPIED, _COPIED_EN),
    "series.copied-date": ("EVENT", _COPIED, _COPIED_EN),
    "series.corrected": (
        "CORRECTED",
        "本報告更正先前所載：原為「{first}」，更正為「{result}」。",
        "This report corrects an earlier one: “{first}” becomes “{result}”.",
    ),
    "series.power": (
        "SERIES",
        "「{result}」與前後各期相差約十倍（他期為 {items}），請確認位數。",
        "“{result}” is about ten times off the other periods ({items}): check the number of digits.",
    ),
    "series.digits": (
        "SERIES",
        "「{result}」與他期所載（{items}）相去甚遠，而數字對調後即相近，請確認。",
        "“{result}” is far from the other periods ({items}) and close to them with two digits swapped: check it.",
    ),
    "series.unchanged": (
        "SERIES",
        "「{result}」與前一份報告完全相同，而同處其他數字均已變動，請確認是否沿用舊數。",
        "“{result}” is just what the report before said, while all figures around it have changed: was it carried over?",
    ),
    "series.event": _EVENT,
    "series.dated": _EVENT,
}
"""By rule: code, and the words; the fields are filled in by ``findings``."""
