"""Facts of tables: row and column heads give names, parts and periods."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus import read_text
from heshu.corpus.read import read_bytes
from heshu.extract.facts import facts_of
from heshu.model import Block, Cell, Mention, Report

from .marked import own


def table() -> tuple[Report, list[Mention]]:
    rows = [["項目", "109年", "110年"], ["一、男性", "30", "40"], ["合計", "70", "90"]]
    text, cells, mentions = "", [], []
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            start = len(text)
            text += word + ("\t" if column < 2 else "\n")
            cells.append(Cell(row, column, start, start + len(word), header=row == 0))
            if row and column:
                mentions.append(Mention("t", "quantity", start, start + 2, word, 0, start, start + 2, "t", unit="人"))
            elif column:
                edtf = str(int(word[:3]) + 1911)
                mentions.append(Mention("t", "date", start, start + 4, word, 0, start, start + 4, "t", edtf=edtf))
    block = Block("table", text, tuple(range(len(text))), path=("退休撫卹",), cells=tuple(cells))
    return Report("0" * 16, "t", "青嵐市政府人事處報告", text, (block,)), mentions


def test_column_gives_the_period_and_row_the_part() -> None:
    report, mentions = table()
    facts = facts_of(report, mentions, own())
    assert [(fact.period and fact.period.edtf, fact.category) for fact in facts] == [
        ("2020", "男性"),
        ("2021", "男性"),
        ("2020", None),
        ("2021", None),
    ]
    assert len({fact.indicator for fact in facts}) == 1


def test_a_year_over_a_column_is_a_head_and_a_change_is_of_the_newest_year() -> None:
    text = "青嵐市110年上半年報告\n\n類別\t109年\t110年\t增減數\t增減率(%)\n書籍\t40件\t60件\t20件\t50.0\n唱片\t30件\t24件\t-6件\t-20.0\n"
    found = [
        (fact.mention.text, fact.role, fact.sign, fact.period and fact.period.edtf)
        for fact in heshu.extract(read_text(text)).facts
    ]
    assert found[4:] == [
        ("30件", "actual", None, "2020"),
        ("24件", "actual", None, "2021"),
        ("-6件", "delta", "-", "2021"),
        ("-20.0", "rate", None, "2021"),
    ]


def test_a_row_of_changes_is_of_the_newest_year_and_measured_in_its_own_way() -> None:
    text = (
        "青嵐市統計通報\n\n年底別\t人數(人)\t尚未申報人數\t平均年齡(歲)\n110年底\t6,830\t912\t36.1\n111年底\t6,837\t946\t36.4\n"
        "較110年底增減\t7\t34\t0.3\n較110年底增減(%)\t0.1\t3.7\t0.8\n"
    )
    found = [
        (fact.mention.text, fact.mention.unit, fact.indicator, fact.role, fact.period and fact.period.edtf)
        for fact in heshu.extract(read_text(text)).facts
    ]
    assert found[6:] == [
        ("7", "人", "人數增減", "delta", "2022-12"),
        ("34", "人", "尚未申報人數增減", "delta", "2022-12"),
        ("0.3", "歲", "平均年齡增減", "delta", "2022-12"),
        ("0.1", "%", "人數增減率", "rate", "2022-12"),
        ("3.7", "%", "尚未申報人數增減率", "rate", "2022-12"),
        ("0.8", "%", "平均年齡增減率", "rate", "2022-12"),
    ]


def test_a_share_of_the_budget_is_no_budget() -> None:
    text = "青嵐市110年上半年報告\n\n單位:千元\n項目\t預算數\t執行數\t執行數占預算數百分比(%)\n歲入\t500\t400\t80.0\n歲出\t600\t300\t50.0\n"
    facts = heshu.extract(read_text(text)).facts
    assert [fact.role for fact in facts] == ["target", "actual", "rate"] * 2
    assert {fact.period and fact.period.edtf for fact in facts} == {"2021-01/2021-06"}


SHEETS = {
    "who is denied is told apart": (
        "青嵐市教育程度\n單位：人\n區別\t總計\t識字者\t不識字者\n東溪區\t130\t120\t10\n西溪區\t57\t55\t2\n",
        ["青嵐市教育程度人數", "識字者人數", "不識字者人數"],
    ),
    "by what columns are told apart names nothing": (
        "青嵐市人口\n單位：人\n區別\t總計\t按性別分\t按年齡分\n\t\t男性\t65歲以上\n東溪區\t130\t120\t10\n西溪區\t57\t55\t2\n",
        ["青嵐市人口", "男性人數", "65歲以上人數"],
    ),
    "a total is named by the title": (
        "青嵐市106年度歲出政事別預算總表\n單位：千元\n名稱\t經常門\t資本門\t合計\n教育支出\t130\t20\t150\n文化支出\t120\t110\t230\n",
        ["經常門金額", "資本門金額", "青嵐市歲出政事別預算"],
    ),
    "years alone over the columns": (
        "青嵐市各區結婚對數\n區別\t111年\t112年\n總計\t250\t245\n東溪區\t130\t120\n",
        ["青嵐市各區結婚對數"] * 2,
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_columns_of_a_sheet_have_their_names(name: str) -> None:
    text, told = SHEETS[name]
    assert [
        fact.indicator
        for fact in heshu.extract(read_bytes(text.encode(), "sheet.tsv", suffix=".tsv")).facts[: len(told)]
    ] == told


def test_a_sheet_is_of_the_month_with_which_its_title_ends() -> None:
    text = "青嵐市各區現住人口數 中華民國113年底\n單位：人\n區別\t男\t女\n東溪區\t120\t130\n西溪區\t45\t55\n"
    facts = heshu.extract(read_bytes(text.encode(), "sheet.tsv", suffix=".tsv")).facts
    assert {fact.period and fact.period.edtf for fact in facts} == {"2024-12"}


def test_empty_report_has_no_facts() -> None:
    assert facts_of(read_text("", "empty.txt"), (), own()) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "單位：千人\n項目\t人數\t失業率(%)\n總計\t482\t3.73\n男\t268\t4.10\n",
            [("482", "482000", "人"), ("3.73", "3.73", "%"), ("268", "268000", "人"), ("4.10", "4.10", "%")],
            id="a head that tells of people is in the thousands that stand over the table",
        ),
        pytest.param(
            "單位：百萬元\n項目\t實收數\t達成率(%)\n總計\t857\t91.4\n礦區稅\t─\t─\n貨物稅\t596\t83.6\n",
            [("857", "857000000", "元"), ("91.4", "91.4", "%"), ("596", "596000000", "元"), ("83.6", "83.6", "%")],
            id="a row of dashes is no row of heads",
        ),
        pytest.param(
            "單位：千元\n一般政務\t23,518\t14.20\n教育\t61,947\t37.40\n經濟\t80,169\t48.40\n",
            [("23,518", "23518000", "元"), ("14.20", "14.20", None), ("61,947", "61947000", "元"), ("37.40", "37.40", None), ("80,169", "80169000", "元"), ("48.40", "48.40", None)],
            id="the unit over a table is not that of decimals beside whole numbers",
        ),
        pytest.param(
            "區別\t里數\t床位數\n東區\t12\t240\n西區\t9\t180\n",
            [("12", "12", "里"), ("240", "240", "床位"), ("9", "9", "里"), ("180", "180", "床位")],
            id="the word before 數 is the unit",
        ),
    ],
)  # fmt: skip
def test_units_of_cells(text: str, told: list[tuple[str, str, str | None]]) -> None:
    found = heshu.extract(read_text(f"青嵐市110年上半年報告\n\n{text}")).facts
    assert [(fact.mention.text, str(fact.mention.value), fact.mention.unit) for fact in found] == told


def test_a_head_does_not_repeat_the_unit_in_the_name() -> None:
    text = "青嵐市110年上半年報告\n\n區別\t面積(平方公里)\t人口數(人)\n東區\t5.2\t41,800\n西區\t4.1\t30,900\n"
    assert [fact.indicator for fact in heshu.extract(read_text(text)).facts] == ["面積", "人口數"] * 2


def test_a_title_leaves_its_unit_out_of_the_name() -> None:
    text = "青嵐市勞動力概況（單位：千人）\n　　　總計　男　女\n勞動力　482　268　214\n就業者　464　257　207\n"
    names = {fact.indicator for fact in heshu.extract(read_text(text)).facts}
    assert not any("(" in name for name in names), names
