"""Totals of tables that are built by levels: what adds up in nearly all of a table is its law, and what breaks it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from heshu.corpus.read import read_bytes
from heshu.model import Relation
from heshu.pipeline import audit

from .made import xls

Rows = list[list[object]]


def sums(rows: Rows, merged: Sequence[tuple[int, int, int, int]] = ()) -> list[Relation]:
    report = read_bytes(xls(rows, merged), "table.xls", suffix=".xls")
    return [relation for relation in audit([report], each=True).relations if relation.rule == "sum.level-law"]


def broken(rows: Rows) -> list[tuple[str, str]]:
    return [(relation.stated, relation.computed) for relation in sums(rows) if relation.holds is False]


DISTRICTS = ("青嵐區", "榕樹區", "溪口區")
AGES = ("0~14歲", "15~64歲", "65歲以上")


def people() -> Rows:
    """Districts, ages and sexes with the totals of each, blank where a label comes again."""
    counts = {
        (district, age, sex): 1000 + 317 * i + 91 * j + 53 * k
        for i, district in enumerate(DISTRICTS)
        for j, age in enumerate(AGES)
        for k, sex in enumerate(("男", "女"))
    }
    rows: Rows = [
        ["113年底各區現住人口", None, None, None],
        ["單位：人", None, None, None],
        ["區別", "年齡別", "性別", "人數"],
    ]
    for district in ("總計", *DISTRICTS):
        for age in ("總計", *AGES):
            for sex in ("計", "男", "女"):
                value = sum(
                    count
                    for (d, a, s), count in counts.items()
                    if district in ("總計", d) and age in ("總計", a) and sex in ("計", s)
                )
                blank = sex != "計"
                rows.append([None if blank or age != "總計" else district, None if blank else age, sex, value])
    return rows


def test_every_label_has_its_totals() -> None:
    rows = people()
    assert broken(rows) == []
    assert len(sums(rows)) == 16 + 12 + 12  # of both sexes, of all ages, of all districts


def test_one_changed_figure_is_told_by_its_totals() -> None:
    rows = people()
    row = next(row for row in rows if row[:3] == [None, None, "女"])
    row[3] = int(str(row[3])) + 10
    assert len(broken(rows)) >= 1


BUDGET: Rows = [
    ["113年度青嵐市總預算", None, None, None, None],
    ["單位：千元", None, None, None, None],
    ["款", "項", "名稱", "本年度預算數", "前年度決算數"],
    [1, None, "民政支出", 5733, 5127],
    [None, 1, "青嵐處", 2411, 2204],
    [None, 2, "榕樹處", 3322, 2922],
    [2, None, "財務支出", 4168, 4025],
    [None, 1, "溪口處", 1935, 1907],
    [None, 2, "山邊處", 2233, 2117],
    [3, None, "教育支出", 8840, 8651],
    [None, 1, "港邊處", 7718, 7533],
    [None, 2, "河邊處", 1122, 1118],
    [4, None, "社福支出", 6653, 6448],
    [None, 1, "湖邊處", 2297, 2246],
    [None, 2, "田邊處", 4356, 4202],
]


def test_a_budget_adds_up_by_its_running_numbers() -> None:
    found = [relation.stated for relation in sums(BUDGET) if relation.holds]
    assert {"5733000", "4168000", "8840000", "6653000"} <= set(found)


def test_settled_accounts_are_rounded_and_no_contradiction() -> None:
    """5,127 for 2,204 + 2,922 is rounding: accounts are settled to the dollar."""
    assert broken(BUDGET) == []


def test_a_wrong_budget_is_none_of_rounding() -> None:
    rows = [list(row) for row in BUDGET]
    rows[3][3] = 5743
    assert len(broken(rows)) == 1


def test_a_group_that_lists_only_some_of_its_parts_says_nothing() -> None:
    rows = [list(row) for row in BUDGET]
    rows[3][3], rows[3][4] = 9733, 9127
    assert broken(rows) == []


def test_heads_over_heads_give_the_totals_of_columns() -> None:
    rows: Rows = [
        ["113年底各區教育程度", None, None, None, None, None, None],
        ["單位：人", None, None, None, None, None, None],
        ["區別", "總計", "識字者", None, None, None, "不識字者"],
        [None, None, "合計", "大學", "高中", "國中", None],
    ]
    for number, name in enumerate(("青嵐區", "榕樹區", "溪口區", "山邊區")):
        parts = [1307 + 211 * number, 2411 + 97 * number, 853 + 61 * number]
        rows.append([name, sum(parts) + 41 + number, sum(parts), *parts, 41 + number])
    found = sums(rows, [(2, 3, 1, 1), (2, 2, 2, 5), (2, 3, 6, 6)])
    assert not [relation for relation in found if relation.holds is False]
    assert sorted(len(relation.terms) for relation in found) == [2] * 4 + [3] * 4
