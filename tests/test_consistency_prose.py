"""Ties that the prose of auditors and ministries makes: wholes told by name, what is added, distances, averages."""

from __future__ import annotations

import pytest

from .test_consistency import ties, told

TIED = [
    (
        "a whole in brackets behind its name",
        "未償餘額[460億元]，占公布之前[3年]平均所得([1,330億元])之比率[34.59%]。",
        ["ratio 34.59% = 460億元 + 1,330億元"],
    ),
    (
        "its share, past a comparison",
        "借款餘額[460億元]，較{上年度}[440億元]增加[20億元]，且其占平均生產總值([1,000億元])之比率[46%]。",
        ["change 460億元 = 440億元 + 20億元", "ratio 46% = 460億元 + 1,000億元"],
    ),
    (
        "a whole that a phrase takes up",
        "全市借款餘額實際數[460億元]。其中短期者計[92億元]，占前述借款餘額之比率達[20%]。",
        ["ratio 20% = 92億元 + 460億元"],
    ),
    (
        "two wholes",
        "前{2020}年度平均稅收([200億元])。債務計[50億元]，分別占公布之生產總值([1,000億元])之[5%]及前年度平均稅收之[25%]。",
        ["ratio 5% = 50億元 + 1,000億元", "ratio 25% = 50億元 + 200億元"],
    ),
    (
        "a rate by the words of its numerator",
        "招標案件計[200件]，提供線上投標數計[190件]，提供線上投標之案件比例為[95%]。",
        ["ratio 95% = 190件 + 200件"],
    ),
    ("times", "由{110年}之[40億元]增加至{112年}之[120億元]，約增[3倍]。", ["ratio 3倍 = 120億元 + 40億元"]),
    (
        "times as an increase",
        "由{110年}之[40億元]增加至{112年}之[120億元]，增加[2倍]。",
        ["ratio 2倍 = 120億元 + 40億元"],
    ),
    ("times, neither", "由{110年}之[40億元]增加至{112年}之[120億元]，增加[5倍]。", ["ratio 5倍 = 120億元 + 40億元 ✗"]),
    ("no increase", "由{110年}之[40億元]增加至{112年}之[120億元]，達[5倍]。", ["ratio 5倍 = 120億元 + 40億元 ✗"]),
    ("times of another", "平均每戶[6.3公頃]，較全市平均[2.1公頃]高出約[3倍]。", ["ratio 3倍 = 6.3公頃 + 2.1公頃"]),
    ("average", "補助[26人]，經費[910元]，平均每人[35元]。", ["ratio 35元 = 910元 + 26人"]),
    ("average, broken", "補助[26人]，經費[910元]，平均每人[53元]。", ["ratio 53元 = 910元 + 26人 ✗"]),
    ("average that was rounded", "補助[26人]，經費[912元]，平均每人[35元]。", ["ratio 35元 = 912元 + 26人"]),
    (
        "added to what was told",
        "上年度借款餘額[460億元]。上項借款餘額，加計保留數[13億元]，合計為[473億元]。",
        ["sum 473億元 = 460億元 + 13億元"],
    ),
    (
        "added under a condition",
        "甲債務[40億元]，加計保留數[5億元]，合計[45億元]；若依另一定義，加計短期債務[3億元]，及基金債務[2億元]，則債務總計[50億元]。",
        ["sum 45億元 = 40億元 + 5億元", "sum 50億元 = 45億元 + 3億元 + 2億元"],
    ),
    ("distance", "收費[30元]，與鄰市[20元]，相距[10元]。", ["difference 10元 = 30元 - 20元"]),
    ("between loss and gain", "虧損[32億元]，與預算盈餘[10億元]，相距[42億元]。", ["sum 42億元 = 32億元 + 10億元"]),
    ("need", "資金需求[7億元]，惟僅流入[4億元]，形成資金缺口[3億元]。", ["difference 3億元 = 7億元 - 4億元"]),
    (
        "not done",
        "預算[1億元]，連同保留數[9億元]，合計待執行數[10億元]，實際執行數[4億元]，未執行數[6億元]。",
        ["difference 6億元 = 10億元 - 4億元", "sum 10億元 = 1億元 + 9億元"],
    ),
    (
        "all of it in brackets",
        "未執行數[9億元]，全數保留轉入下年度(包含教育局[4億元]、工務局[3億元]、水利局[2億元])。",
        ["sum 9億元 = 4億元 + 3億元 + 2億元"],
    ),
    (
        "covered",
        "經常收入[16億元]，經常支出[14億元]，收支相抵，計賸餘[2億元]；資本收支短絀[5億元]，經以賸餘支應後，歲入歲出差短[3億元]。",
        ["difference 2億元 = 16億元 - 14億元", "difference 3億元 = 5億元 - 2億元"],
    ),
    (
        "receipts without a subject of their own",
        "歲入未編列預算，決算審定[1億元]；歲出決算審定[15億元]，審定歲入歲出差短[14億元]。",
        ["difference 14億元 = 15億元 - 1億元"],
    ),
]

SAMES = [
    ("a rate of one year", "{2011}經濟成長率[4.03%]。全市{2011}經濟成長率達[4.05%]。", ["same 4.05% = 4.03% ✗"]),
    ("years in step", "{2010}經濟成長率[10.7%]。{2010}及{2011}經濟成長率達[10.7%]、[4%]。", ["same 10.7% = 10.7%"]),
    ("a long name", "{2012}須由該基金負擔之月退休撫卹支出達[41億元]。{2012}月退休撫卹支出，高達[41億元]。", []),
    (
        "a long name that is the same",
        "{2012}須負擔員工月退休撫卹金等支出達[41億元]。{2012}依規定須負擔員工月退休撫卹金等支出，高達[41億元]。",
        ["same 41億元 = 41億元"],
    ),
    ("another year", "{2011}經濟成長率[4.03%]。{2012}經濟成長率[3.03%]。", []),
    (
        "goals reached in the order in which they were set",
        "涵蓋率至少達[50%]，其中實體課程應達[15%]。全員完訓，業達成涵蓋率至少達[50%]之目標，另業達成編制員額[25%]之目標。",
        ["same 50% = 50%", "same 25% = 15% ✗"],
    ),
    ("phases pointed back to", "培訓分[4階段]，全程參與[3階段]者發給證書。", ["same 3階段 = 4階段 ✗"]),
    ("people of different courses", "{2012}參訓人數[30人]。{2012}參訓人數[20人]。", []),
]

NOTHING = [
    ("a name that nothing bears", "補助[26人]，占全市登記團體會員總數之[20%]。"),
    ("each of several is no total", "補助[26人]，每人[30元]，平均每場[5人]。"),
    ("a rise without levels", "業務量較{上年度}增加[3倍]。"),
    ("gap without a need", "流入[4億元]，缺口[3億元]。"),
    ("no condition, nothing told before", "加計保留數[13億元]，合計[473億元]。"),
    ("not the same verb", "列管[30件]，已完成[20件]，未結案[15件]。"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, ties_, id=name) for name, text, ties_ in TIED])
def test_tied(text: str, expected: list[str]) -> None:
    assert sorted(told(relation) for relation in ties(text)) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, ties_, id=name) for name, text, ties_ in SAMES])
def test_told_twice(text: str, expected: list[str]) -> None:
    assert [told(relation) for relation in ties(text) if relation.kind == "same"] == expected


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOTHING])
def test_not_tied(text: str) -> None:
    assert [told(relation) for relation in ties(text)] == []


TABLE = "類別\t班數\t參訓人次\n甲類\t[2]\t[40]\n乙類\t[3]\t[61]\n合計\t[5]\t[101]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("全年計[5班]，參訓人次共計[101人次]。\n\n", ["same 5 = 5班", "same 101 = 101人次"], id="both"),
        pytest.param("全年參訓人次共計[110人次]。\n\n", ["same 101 = 110人次 ✗"], id="another total"),
        pytest.param("其中計[30人次]獲獎。\n\n", [], id="a part"),
        pytest.param("甲地計[40人次]，乙地計[61人次]。\n\n", [], id="two that may be meant"),
        pytest.param("較上年計[90人次]為多。\n\n", [], id="compared"),
    ],
)
def test_a_total_above_a_table(text: str, expected: list[str]) -> None:
    assert [told(relation) for relation in ties(text + TABLE) if relation.kind == "same"] == expected
