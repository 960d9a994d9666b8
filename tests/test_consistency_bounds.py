"""Parts and wholes, goals, products, whole people, and what is only worth a note."""

from __future__ import annotations

import pytest
from heshu.model import Relation
from heshu.rules.consistency.findings import findings_of

from .test_consistency import ties

KINDS = frozenset({"part_of", "threshold", "product", "mean"})


def bounds(text: str) -> list[str]:
    return [_told(relation) for relation in ties(text) if relation.kind in KINDS]


def _told(relation: Relation) -> str:
    sign = {True: "", False: " ✗", None: " ?"}[relation.holds]
    doubt = " ~" if relation.holds is False and findings_of([relation])[0].severity != "contradiction" else ""
    return f"{relation.kind} {relation.result.text}: {relation.computed}{sign}{doubt}"


TOLD = [
    ("among", "輔導[157家]，其中[60家]獲准進駐。", ["part_of 60家: ≤ 157"]),
    ("among, above", "完訓[16人]，其中取得操作證[19人]。", ["part_of 19人: ≤ 16 ✗"]),
    ("rounded", "會員[17.9萬人]，其中縣市人員[13.5萬人]。", ["part_of 13.5萬人: ≤ 179000"]),
    ("steps", "完訓[96人]，取得證照[71人]。", ["part_of 71人: ≤ 96"]),
    ("steps, above", "完訓[71人]，取得證照[96人]。", ["part_of 96人: ≤ 71 ✗ ~"]),
    (
        "more who finished than who enrolled",
        "計[233人次]選課、完成學習[252人次]、時數[363小時]。",
        ["part_of 252人次: ≤ 233 ✗ ~"],
    ),
    ("people among attendances", "計[968人次]選課、認證人數[868人]。", ["part_of 868人: ≤ 968"]),
    ("a share above all", "任一性別達標準者占[108.3%]，將於改聘時檢討。", ["part_of 108.3%: ≤ 100 ✗"]),
    ("goal reached", "比率[51.56%]，已達[33%]之目標。", ["threshold 51.56%: ≥ 33"]),
    ("goal not reached", "比率為[48.6%]，已達成[50%]之目標。", ["threshold 48.6%: ≥ 50 ✗"]),
    ("above", "主管中女性占[25%]，高於[25%]之目標。", ["threshold 25%: > 25 ✗"]),
    ("as many", "完成[40件]，達成[40件]之年度目標。", ["threshold 40件: ≥ 40"]),
    (
        "quota met",
        "應進用[59人]，已進用[208人]，超額進用。",
        ["threshold 208人: > 59"],
    ),
    ("quota not met", "應進用[59人]，已進用[58人]，足額進用。", ["threshold 58人: ≥ 59 ✗"]),
    ("so much each", "致贈[4對]禮券，每對[6,000元]，共計[24,000元]。", ["product 24,000元: 24000"]),
    ("so much each, broken", "致贈[4對]禮券，每對[6,000元]，共計[28,000元]。", ["product 28,000元: 24000 ✗"]),
    ("people each are a question", "主管班[3班]，每班[40人]，預計[110人]。", ["product 110人: 120 ✗ ~"]),
    ("the total before", "訓練[5天]計[30小時]，每天[6小時]。", ["product 30小時: 30"]),
    (
        "told first",
        "慰問金每人[2,000元]，中秋節發放[412人]，發放金額[824,000元]；春節發放[406人]，發放金額[812,000元]。",
        ["product 824,000元: 824000", "product 812,000元: 812000"],
    ),
    ("ceiling", "補助[26人]，每人最高[3,000元]，共計[5萬元]。", ["mean 5萬元: ≤ 78000"]),
    ("above the ceiling", "補助[26人]，每人最高[3,000元]，共計[9萬元]。", ["mean 9萬元: ≤ 78000 ✗ ~"]),
    ("nobody's percentage", "參訓[31人]，及格率[93.7%]。", ["mean 93.7%: 93.55 ✗ ~"]),
    (
        "a part and its whole at rates of two bases",
        "完訓[757人]，完訓率[43%]；其中[486人]完成實體課程，完訓率達[23.3%]。",
        ["mean 23.3%: 27.61 ✗ ~", "part_of 486人: ≤ 757"],
    ),
    (
        "a part and its whole at rates of one base",
        "完訓[757人]，完訓率[43%]；其中[486人]完成實體課程，完訓率達[27.6%]。",
        ["part_of 486人: ≤ 757"],
    ),
    (
        "a part and its whole at two sorts of rate",
        "完訓[757人]，完訓率[43%]；其中[486人]完成實體課程，滿意度達[93.3%]。",
        ["part_of 486人: ≤ 757"],
    ),
    ("two wholes", "甲區[3人]占[30%]、乙區[5人]占[20%]。", ["mean 20%: 50 ✗ ~"]),
]

NOT_TOLD = [
    ("somebody's percentage", "參訓[31人]，及格率[93.55%]。"),
    ("satisfaction is no share of people", "參訓[31人]，滿意度[93.7%]。"),
    ("one whole", "甲區[3人]占[30%]、乙區[5人]占[50%]。"),
    ("a net change", "增加[22人]，其中增置[30人]，減列[8人]。"),
    ("a running total", "本期[22人]，其中累計[30人]。"),
    ("another unit", "辦理[3場]，其中[60人]獲獎。"),
    ("more than the quota is a rate", "應進用[59人]，比例達[352%]。"),
    ("debt against income", "債務占生產毛額達[120%]。"),
    ("a rate of execution", "執行率達[120%]。"),
    ("no claim", "比率[48.6%]，較[50%]之目標為低。"),
    ("not reached", "比率[48.6%]，未達[50%]之目標。"),
    ("each of another", "補助[26人]，每場[3,000元]，共計[9萬元]。"),
    ("certificates of others", "完訓[71人]，另輔導取得證照[96人]。"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, want, id=name) for name, text, want in TOLD])
def test_told(text: str, expected: list[str]) -> None:
    assert sorted(bounds(text)) == sorted(expected)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOT_TOLD])
def test_not_told(text: str) -> None:
    assert bounds(text) == []


def test_people_and_visits_in_one_sum_are_a_note() -> None:
    (finding,) = findings_of(
        ties("甲班[20人]、乙班[21人次]，合計[41人次]。") + ties("計有[41人次](男性[20人]、女性[21人])參加。")
    )
    assert (finding.code, finding.severity) == ("UNIT", "note")


def test_the_only_rate_that_is_truncated_is_a_note() -> None:
    rounded = "應進用[59人]，已進用[208人]，比例達[353%]。" * 3
    truncated = "應進用[59人]，已進用[208人]，比例達[352%]。"
    (finding,) = findings_of(ties(rounded + truncated))
    assert (finding.code, finding.severity) == ("ROUNDING", "note")
    assert finding.mentions[0].text == "352%"


def test_a_part_that_a_sum_holds_is_told_once() -> None:
    assert [relation.kind for relation in ties("計[30人]，其中男性[12人]、女性[18人]。")] == ["sum"]
