"""Periods: the time that a value speaks of, from the sentence outward."""

from __future__ import annotations

import re

import heshu
import pytest
from heshu.corpus import read_text
from heshu.extract.facts import facts_of
from heshu.rules.periods import nature_rules_of
from heshu.rules.registry import active

from .marked import Own, marked
from .marked import own as made_own

PLAIN = str.maketrans("", "", "〈〉〔〕【】")
YEAR = made_own("2021", None, 2021)
HALF = made_own("2021-07/2021-12", None, 2021)
PRESS = made_own("2021-05-06", "2021-05-06", 2021, press=True)


def periods(*blocks: str, own: Own = YEAR, title: str = "青嵐市政府人事處110年度工作報告") -> list[str | None]:
    made = marked(*blocks, title=title)
    return [
        fact.period and fact.period.edtf
        for fact in facts_of(made.report, made.mentions, own)
        if fact.mention in made.wanted
    ]


SENTENCES: dict[str, tuple[str, str | None]] = {
    "standing rule": ("每人最高補助【5,000元】。", None),
    "term of a rule": ("自〈110年1月至111年12月〉止,最高貸款【80萬元】。", "2021-01/2022-12"),
    "due by a day": ("於〈110年3月4日〉前繳交至少【2篇】報告。", "2021-03-04"),
    "quota": ("截至〈110年12月〉止,應進用原住民【6人】。", "2021-12"),
    "quota, undated": ("應進用原住民【6人】。", "2021-12"),
    "year": ("〈109年〉辦理研習【3場】。", "2020"),
    "next date takes over": ("〈109年〉辦理〔3場〕,〈110年〉辦理【4場】。", "2021"),
    "bracket governs the bracket": ("參訓〔30人〕(〈109年〉【20人】)。", "2020"),
    "behind a bracket": ("〈110年〉參訓〔30人〕(〈109年〉〔20人〕),結訓【9人】。", "2021"),
    "part in a bracket": ("〈109年〉參訓〔30人〕(男性【20人】)。", "2020"),
    "day of an event": ("於〈110年5月6日〉辦理研習【1場】,計〔30人〕參訓。", "2021-05-06"),
    "next sentence on the event": ("於〈110年5月6日〉辦理研習。課後滿意度達【93%】。", "2021-05-06"),
    "several days": ("於〈110年5月6日〉及〈110年7月8日〉辦理研習,計【30人】參訓。", "2021-05-06/2021-07-08"),
    "several days behind": (
        "〈110年〉辦理【2班】,分別於〈110年5月6日〉及〈110年7月8日〉辦理。",
        "2021-05-06/2021-07-08",
    ),
    "each its own": (
        "〈110年5月6日〉及〈110年7月8日〉辦理研習,滿意度分別為〔93%〕及【97%】。",
        "2021-07-08",
    ),
    "year in a plan's title": ("依〈112年〉性平實施計畫辦理研習【3場】。", "2021"),
    "compared year": ("〈110年〉退休〔30人〕,較〈109年〉增加【6人】。", "2021"),
    "old figure compared": ("〈110年〉參訓〔30人〕,比〈109年〉【24人】為多。", "2020"),
    "old figures in a list": ("破獲率〔92%〕,較〈109年〉發生〔126件〕、破獲率【91%】,減少〔5件〕。", "2020"),
    "the change behind them": ("〈110年〉發生〔121件〕,較〈109年〉發生〔126件〕、破獲率〔91%〕,減少【5件】。", "2021"),
    "on the way": ("從〈107年〉的〔30隻〕成長至〈110年〉的〔60隻〕,累計增加【30隻】。", "2018/2021"),
    "level as of": ("截至〈110年10月〉止,特約店家共計【30家】。", "2021-10"),
    "flow up to": ("截至〈110年10月〉止,辦理研習【30場次】。", "2021-01/2021-10"),
    "flow up to a day": ("截至〈110年10月5日〉止,辦理研習【30場次】。", "2021-01-01/2021-10-05"),
    "flow with its start": ("自〈98年〉開辦至〈110年10月〉止,受理【30件】。", "2009/2021-10"),
    "running total": ("截至〈110年10月〉止,瀏覽人次累計達【3,000人次】。", "2021-10"),
    "now": ("自〈99年〉上線,目前已有【30個】機關導入使用。", "2021-12"),
    "now of another clause": ("於〈110年5月6日〉導入現行國際指南之搜救知識,結訓【30人】。", "2021-05-06"),
    "now of a rule": ("為配合現行獎助辦法,〈109年〉受理【30件】。", "2020"),
    "now of the figure": ("〈109年〉受理〔30件〕,現行員額【9人】。", "2021-12"),
    "not now": ("〈109年〉呈現已完訓【30人】之成果。", "2020"),
    "now in a closed bracket": ("〈109年〉新增〔4家〕掛牌(合計現有〔18家〕)、【2家】上櫃。", "2020"),
    "now within a span": ("〈110年8月至111年1月〉目前收托【48名】。", "2021-08/2022-01"),
    "span goes on behind a semicolon": (
        "〈110年1月至10月〉女性首長〔30人〕;各區女性主管計【40人】。",
        "2021-01/2021-10",
    ),
    "years told of debts": ("經分析〈106年至110年〉債務,【5年】期以下債務〔4億元〕。", None),
    "undated flow": ("辦理研習【3場】。", "2021"),
    "undated level": ("輔導成立【20個】員工社團。", "2021-12"),
    "effective day behind": ("編制員額修正為【30人】,自〈110年8月1日〉生效。", "2021-08-01"),
    "posts in force on a day": (
        "原編制員額〔30人〕,減列〔2人〕,修正後為【28人】,於〈111年1月1日〉實施。",
        "2022-01-01",
    ),
    "old posts": ("原編制員額【30人】,修正為〔32人〕,自〈110年8月1日〉生效。", "2021-08-01"),
    "old value": ("〈110年〉每場參加〔30人〕(原【20人】)。", "2021"),
    "planned for": ("總經費【6億元】,預計於〈113年〉完工。", "2024"),
    "planned without a date": ("未來可收購青果,年處理量上看【800公噸】。", None),
    "account of its year": ("歲入決算審定【90億元】,較〈109年度〉增加〔2億元〕。", "2021"),
    "rest of an account": ("資本收入(包括收回投資)〔5億元〕,資本支出〔9億元〕,短絀【4億元】。", "2021"),
    "debt left": ("債務未償餘額【5億元】。", "2021-12"),
    "running total, undated": ("累計出租【120戶】。", "2021-12"),
    "completed up to": ("截至〈110年10月〉止,已完成【23公頃】造林。", "2021-10"),
    "completed, undated": ("輔導茶園【16公頃】。", "2021"),
    "growth against a month": ("〈110年1月〉出口〔30億元〕,較〈109年1月〉衰退【4%】。", "2021-01"),
    "each of two compared years": (
        "〈110年〉舉債〔20億元〕,較〈108年〉及〈109年〉各為【45億元】及〔48億元〕減少。",
        "2019",
    ),
    "second of two compared years": (
        "〈110年〉舉債〔20億元〕,較〈108年〉及〈109年〉各為〔45億元〕及【48億元】減少。",
        "2020",
    ),
    "two years, two figures": ("〈109年〉及〈110年〉成長率達【10.7%】、〔4.0%〕。", "2020"),
    "second of two years": ("〈109年〉及〈110年〉成長率達〔10.7%〕、【4.0%】。", "2021"),
    "year into which money goes": ("〈110年〉未執行數〔9億元〕,全數轉入〈111年〉執行(其中經濟部門【2億元】)。", "2021"),
    "years to come": ("未來【10年】(〈111年至120年〉)到期債務〔33億元〕。", "2022/2031"),
    "year that tells why": ("〈110年〉收入雖因〈109年〉景氣復甦而增加,達【30億元】。", "2021"),
    "day of publication": ("占主計單位〈111年2月22日〉公布之毛額比率【34%】。", "2021"),
    "years in a bracket": ("近〔5年度〕(〈106年至110年〉)共計舉債【35億元】。", "2017/2021"),
    "old end of a way": ("〈100年至110年〉間稅收由【80億元】增加至〔90億元〕。", "2011"),
    "new end of a way": ("〈100年至110年〉間稅收由〔80億元〕增加至【90億元】。", "2021"),
    "old peak": ("截至〈110年6月〉止,逾放比率已自〈91年4月〉〔11%〕之高峰降低至【0.9%】。", "2021-06"),
    "money asked for": ("社會局擬具「〈108年度〉托老計畫」,經費新臺幣【45萬元】辦理墊付,請審議案。", "2019"),
    "term of a deposit": ("〈110年〉調升【30天】及〔91天〕期存單利率。", None),
    "days in a bracket behind": ("辦理研習【2期】(〈110年5月6日〉及〈110年7月8日〉)。", "2021-05-06/2021-07-08"),
    "what goes on behind them": ("辦理研習〔2期〕(〈110年5月6日〉),計【30人】參訓。", "2021-05-06"),
    "day behind an event's name": ("辦理「青嵐班」(〈110年5月6日〉),計【30人】參訓。", "2021-05-06"),
    "up to a month, in a bracket behind": ("計收件【95件】(累計至〈110年6月〉)。", "2021-01/2021-06"),
    "year of a label": ("第1梯次(〈108年〉)核定〔6所〕、第2梯次(〈109年〉)核定【4所】。", "2020"),
    "start to come": ("〈112年3月〉起每日往返【8班次】。", "2023-03"),
    "in force since, up to": ("制度自〈98年〉實施以來,截至〈110年6月〉止,受理【30件】。", "2009/2021-06"),
    "carried out until": ("計畫執行至〈110年6月〉,受理【30件】。", "2021-01/2021-06"),
    "day of a decision, next sentence": ("計畫經〈110年5月6日〉會議通過。內容包括【6項】建設。", "2021"),
    "planned day, next sentence": ("預於〈112年〉編列預算;另檢討營區【8處】。", "2021"),
    "plan with a figure of its own behind": ("總經費【6億元】,〈110年〉預算為〔2億元〕。", None),
    "months that name things": ("〈110年1月〉寒害、〈110年3月〉豪雨及〈110年6月〉風災救助【30件】。", "2021"),
    "month that names no thing": ("〈110年3月〉進、出口成長【3%】。", "2021-03"),
    "year of an old peak in a bracket": ("〈110年〉清運量較歷史最高(〈87年〉)減少【52%】。", "2021"),
    "in force since, up to, in one clause": ("自〈98年2月〉實施至〈110年6月〉承保【30件】。", "2009-02/2021-06"),
    "change that is only planned": ("〈109年〉辦理宣導。預計新增用地【3公頃】。", None),
    "bodies that were formed": ("各校共籌組【30個】團隊。", "2021-12"),
    "deed to bodies": ("補助【10個】演藝團隊。", "2021"),
    "deed to bodies, up to": ("截至〈110年6月〉止,補助【10個】演藝團隊。", "2021-06"),
    "deed of others": ("共有〔9校〕【12隊】參賽。", "2021"),
    "what was set up": ("補助設置據點【10個】。", "2021-12"),
    "N years from": ("自〈110年〉起分〔3年〕調訓【280名】人員,並將在〈112年〉前完成。", "2021/2023"),
}


@pytest.mark.parametrize(("text", "period"), SENTENCES.values(), ids=SENTENCES)
def test_sentence(text: str, period: str | None) -> None:
    assert periods(text) == [period]


BLOCKS: dict[str, tuple[list[str], Own, str | None]] = {
    "introduction": (["〈109年〉執行成果如下:", "-辦理宣導【3場】。"], YEAR, "2020"),
    "list is over": (["〈109年〉執行成果如下:", "-辦理宣導〔3場〕。", "辦理研習【2場】。"], YEAR, "2021"),
    "caption before introduction": (
        ["〈109年1月至10月〉分發人數如下:", "#〈108年〉各項考試分發人數一覽表", "|合計【30人】"],
        YEAR,
        "2019",
    ),
    "work to come": (["#未來工作重點", "合作辦理【3場】研習。"], YEAR, None),
    "work to come, dated": (["#未來工作重點", "於〈111年〉合作辦理【3場】研習。"], YEAR, "2022"),
    "heading": (["#推動情形(〈109年8月至110年1月〉)", "辦理研習【3場】。"], YEAR, "2020-08/2021-01"),
    "figure in a heading": (["#辦理實務班【1期】", "於〈110年5月6日〉辦理。"], YEAR, "2021-05-06"),
    "half a year": (["辦理研習【3場】。"], HALF, "2021-07/2021-12"),
    "level at the end of the half": (["輔導成立【20個】員工社團。"], HALF, "2021-12"),
    "press release": (["辦理研習【3場】。"], PRESS, "2021-05-06"),
}


@pytest.mark.parametrize(("blocks", "own", "period"), BLOCKS.values(), ids=BLOCKS)
def test_block(blocks: list[str], own: Own, period: str | None) -> None:
    assert periods(*blocks, own=own) == [period]


FESTIVE: dict[str, tuple[str, list[str]]] = {
    "each its day": (
        "分別為小年夜【5人次】、除夕【6人次】、初一【7人次】。",
        ["2021-02-10", "2021-02-11", "2021-02-12"],
    ),
    "from one to another": ("春節期間小年夜到年初五計【30人次】。", ["2021-02-10/2021-02-16"]),
    "two together": ("除夕人少,初二及初三計【30人次】。", ["2021-02-13/2021-02-14"]),
    "what goes on is of all of them": (
        "自小年夜到年初五計〔30人次〕,初二及初三〔9人次〕;住宿率【9成】。",
        ["2021-02-10/2021-02-16"],
    ),
    "no holiday here": ("最初三處設【5人】。", ["2021"]),
}


@pytest.mark.parametrize(("text", "found"), FESTIVE.values(), ids=FESTIVE)
def test_days_of_the_new_year(text: str, found: list[str]) -> None:
    assert periods(text) == found


def test_a_press_release_on_the_new_year_is_of_its_days() -> None:
    text = "109年青嵐市春節期間旅遊概況,自小年夜到年初五共計64萬人次。\n\n青嵐市政府今(4)日公布。前三大景點計9萬人次。\n\n發布日期:109年2月4日"
    facts = heshu.extract(read_text(text)).facts
    assert {fact.period and fact.period.edtf for fact in facts} == {"2020-01-23/2020-01-29"}


def test_budget_is_of_its_fiscal_year() -> None:
    title = "白沙市111年度總預算案說明"
    own = made_own("2022", "2021-08-28", 2021)
    assert periods("道路養護經費【3億元】。", own=own, title=title) == ["2022"]


EXAMPLES = [(rule, text, reading) for rule in nature_rules_of(active()) for text, reading in rule.examples]
NEVER = [(rule, text) for rule in nature_rules_of(active()) for text in rule.never]


def _around(text: str) -> tuple[str, str]:
    before, _, after = text.partition("【")
    masked = re.sub(r"〔[^〕]*〕", "▣", before), re.sub(r"〔[^〕]*〕", "▣", after.partition("】")[2])
    return re.sub(r"〈[^〉]*〉", "▢", masked[0]), masked[1]


@pytest.mark.parametrize(("rule", "text", "reading"), EXAMPLES, ids=[f"{r.id}: {t}" for r, t, _ in EXAMPLES])
def test_nature_rule_reads_its_example(rule: object, text: str, reading: str) -> None:
    assert rule.fits(*_around(text))  # type: ignore[attr-defined]
    assert rule.reading == reading  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rule", "text"), NEVER, ids=[f"{r.id}: {t}" for r, t in NEVER])
def test_nature_rule_leaves_its_counter_example(rule: object, text: str) -> None:
    assert not rule.fits(*_around(text))  # type: ignore[attr-defined]


# --- where it is told -------------------------------------------------------------------------------------------------

SOURCES: dict[str, tuple[str, str]] = {
    "the date of the sentence": ("109年辦理研習3場。", "109年"),
    "the day up to which is counted": ("截至110年10月底止,特約店家共計30家。", "110年10月底"),
    "the date of the sentence before": ("於110年5月6日辦理研習。計30人參加。", "110年5月6日"),
    "the title": ("辦理研習3場。", "110年度"),
}


@pytest.mark.parametrize(("sentence", "words"), SOURCES.values(), ids=SOURCES)
def test_a_period_leads_back_to_the_words_that_gave_it(sentence: str, words: str) -> None:
    report = heshu.read_text(f"青嵐市政府人事處110年度工作報告\n\n一、培訓\n{sentence}")
    (trace,) = (trace for trace in heshu.extract(report).facts[-1].trace if trace.field == "period")
    assert trace.source is not None
    assert report.text[slice(*trace.source)] == words
