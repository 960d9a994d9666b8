"""Announced numbers against what is listed: bodies, titles, dates, numbered items."""

from __future__ import annotations

import pytest
from heshu.model import Relation
from heshu.rules.consistency.findings import findings_of

from .test_consistency import ties


def counts(text: str) -> list[str]:
    """What is counted, as ``5機關: 4 ✗``; ``~`` where a broken tie is only a question."""
    return [_told(relation) for relation in ties(text) if relation.kind == "count"]


def _told(relation: Relation) -> str:
    sign = {True: "", False: " ✗", None: " ?"}[relation.holds]
    doubt = " ~" if relation.holds is False and findings_of([relation])[0].severity != "contradiction" else ""
    return f"{relation.result.text}: {relation.computed}{sign}{doubt}"


COUNTED = [
    ("bodies", "修正經濟局、勞動局、農漁局及研考會等[4機關]編制表。", ["4機關: 4"]),
    ("one body lacks", "修正經濟局、勞動局、農漁局及研考會等[5機關]編制表。", ["5機關: 4 ✗"]),
    ("one body too many", "修正經濟局、勞動局、農漁局及研考會等[3機關]編制表。", ["3機關: 4 ✗ ~"]),
    ("two bodies", "由文化局及教育局等[2個]機關辦理。", ["2個: 2"]),
    ("without a joining word", "開放東區、西區、南區等[3區]。", ["3區: 3"]),
    ("titles", "開辦「領導」、「管理」、「政策」等[3類]課程。", ["3類: 3"]),
    ("two names in one title", "推動「人文、藝術」、「管理」及「政策」等[4類]課程。", ["4類: 3 ?"]),
    ("two classes in one bracket", "開辦烘焙班、插花班、中階主廚(A、B)班及素食班等[5班]。", ["5班: 4 ?"]),
    ("a mark inside a title", "開辦「人文、藝術及自然」及「管理」等[2類]課程。", ["2類: 2"]),
    ("titles without 等", "辦理「開卷有益」及「漫讀青嵐」[2場]活動。", ["2場: 2"]),
    ("a name that may hold 及", "綜合科、人力科、待遇及退撫等[3科]。", ["3科: 4 ?"]),
    ("a name that may hold 及, not the last", "待遇及退撫科、綜合科及人力科等[4科]。", ["4科: 3 ?"]),
    ("others are one member", "分為訓練、發展、研習及其他等[3類]。", ["3類: 3"]),
    ("persons", "表揚科長林某及股長陳某等[2員]。", ["2員: 2"]),
    ("days in a row", "{2019-04-09}、{2019-04-11}及{2019-04-16}共[3天]，於人力所上課。", ["3天: 3"]),
    ("one day lacks", "{2019-04-09}、{2019-04-11}及{2019-04-16}共[4天]，於人力所上課。", ["4天: 3 ✗"]),
    ("days of ranges", "{2019-04-09/2019-04-10}及{2019-04-16}共[3天]。", ["3天: 3"]),
    ("sessions", "於{2019-04-09}及{2019-04-11}辦理[2場次]。", ["2場次: 2"]),
    (
        "dates behind",
        "規劃[3場次]，分別於{2022-09-03/2022-09-04}、{2022-09-24}及{2022-10-15}辦理。",
        ["3場次: 3"],
    ),
    (
        "each date with its own event",
        "{2024-08-17}辦理理財講座、{2024-09-21}辦理健行及{2024-10-19}辦理會員大會，共[3場]活動。",
        ["3場: 3"],
    ),
    (
        "an excerpt leaves its list open",
        "培訓分[3階段]，全程參與者發給證書。\n(1)基礎課程：上課。\n…\n(2)參訪：前往。\n",
        [],
    ),
    ("numbered below", "培訓分[3階段]，全程參與者發給證書。\n(1)基礎課程：上課。\n(2)參訪：前往。\n", ["3階段: 2 ✗ ~"]),
    (
        "numbered below, all there",
        "培訓分[2階段]，全程參與者發給證書。\n(1)基礎課程：上課。\n(2)參訪：前往。\n",
        ["2階段: 2"],
    ),
]

NOT_COUNTED = [
    ("titles that may be examples", "開辦「領導」、「管理」及「政策」等[4類]課程。"),
    ("several sessions of one title", "辦理「開卷有益」及「漫讀青嵐」[5場]活動。"),
    ("two sessions on a day", "於{2019-04-09}及{2019-04-11}辦理[4場次]。"),
    ("what is counted is counted again", "以英文週報、法文電子報及日文雜誌等[2種]語文之[3種]期刊。"),
    ("an open list", "計有文化局、教育局等[182個]機關導入。"),
    ("an open list with a joining word", "由文化局、教育局及社會局等[20個]機關參加。"),
    ("another list before", "由工務局、水利局會同文化局、教育局及社會局等[3機關]辦理。"),
    ("whole groups", "由各區公所、教育局及文化局等[5機關]辦理。"),
    ("more than", "舉辦高普考、地方特考及警察特考等[10餘項]考試。"),
    ("one example", "核定隊員林某等[10人]當選。"),
    ("sessions together", "「甲」及「乙」等各類訓練共[6場次]。"),
    ("money", "補助教育局、文化局及社會局等[3億元]。"),
    ("parts with figures", "增置主任[2人]、副主任[4人]及組長[1人]等[7人]。"),
    ("each", "於{2019-07-17}及{2019-11-06}開課，每期各[5天]。"),
    ("years", "於{2019}及{2020}辦理[5場次]。"),
    ("a day in between", "於{2019-04-09}開幕、{2019-04-11}閉幕，參加[30人]。"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, told, id=name) for name, text, told in COUNTED])
def test_counted(text: str, expected: list[str]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOT_COUNTED])
def test_not_counted(text: str) -> None:
    assert counts(text) == []


def test_a_finding_names_what_is_listed() -> None:
    (finding,) = findings_of(ties("經濟局、勞動局、農漁局及研考會等[5機關]。"))
    assert (finding.code, finding.severity) == ("COUNT", "contradiction")
    assert "經濟局、勞動局、農漁局、研考會" in finding.message_zh
    assert "4" in finding.message_en
