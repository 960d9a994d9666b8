"""When a report speaks and of what time: from its title, first lines, headings, sentences and file name."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.extract.time.own import own_time

Told = tuple[str | None, str | None, int | None]
"""Period, day of issue, own year."""

CASES: list[tuple[str, str, str, Told]] = [
    (
        "a yearly report",
        "a.txt",
        "青嵐市政府人事處108年度施政績效成果報告\n\n一、組織\n本年度辦理5場,107年辦理3場,自108年10月1日施行。",
        ("2019", None, 2019),
    ),
    (
        "a half-yearly report, told in its title",
        "a.txt",
        "青嵐市政府人事處113年下半年工作報告\n\n一、組織\n本年度辦理5場。",
        ("2024-07/2024-12", None, 2024),
    ),
    (
        "a report to the council: day of issue, period in a heading",
        "a.txt",
        "青嵐市政府人事處業務報告\n\n日期:112年4月20日\n\n報告人:處長林青\n\n壹、前言\n\n各位先進好。\n\n貳、業務推動情形(111年9月至112年2月)\n\n一、培訓\n\n10月24日辦理研習,計5人,今年續辦。",
        ("2022-09/2023-02", "2023-04-20", 2023),
    ),
    (
        "a press release speaks of its day",
        "a.txt",
        "發稿單位:主計處\n發稿時間:109年8月28日 09:00\n青嵐市110年度總預算案已籌編完竣,較去年增加3億元。",
        ("2021", "2020-08-28", 2020),
    ),
    (
        "a press release with a day of news",
        "a.txt",
        "青嵐市政府新聞稿\n發布日期:114年12月18日\n2025年青嵐農業成果豐碩,今年參加4場食品展。",
        ("2025-12-18", "2025-12-18", 2025),
    ),
    (
        "a bulletin speaks of the day that its headline states",
        "a.txt",
        "嵐州統計通報\n114年第5週\n114年2月1日\n\n113年底登記車輛數6.2萬輛,較112年底增加2%\n\n一、車種:汽車4萬1,000輛居第1。",
        ("2024-12", "2025-02-01", 2025),
    ),
    (
        "a bulletin whose issuer, day and headline share a line",
        "a.txt",
        "青嵐統計通報\n114年第5週\n青嵐府統計處114年2月1日113年底車輛數6.2萬輛,較112年底增加2%\n\n一、車種:汽車4萬1,000輛居第1。",
        ("2024-12", "2025-02-01", 2025),
    ),
    (
        "a title that ends in its day",
        "a.txt",
        "白沙鄉鄉政說明會  112年1月11日\n\n壹、財政\n公庫盈餘約13億元。",
        ("2023-01-11", "2023-01-11", 2023),
    ),
    (
        "a title that ends in its month",
        "a.txt",
        "青嵐市議會定期會教育局業務報告(112年10月)\n\n一、112學年度計有國中62校。\n\n二、通學步道109-112年完成56校,113年目標80校。",
        ("2023-10", "2023-10", 2023),
    ),
    (
        "a title that states the month it covers",
        "a.txt",
        "青嵐市交通局114年5月份業務概況\n\n壹、公車\n\n一、5月份載客3萬人次,較上月增加4%。\n\n二、本月新增2輛。\n\n貳、停車\n\n一、使用率55%。",
        ("2025-05", None, 2025),
    ),
    (
        "a title that names its month",
        "a.txt",
        "青嵐市警察局一一四年十二月份治安會報書面報告\n\n一、成效\n十一月份攔阻116件,今年一至十一月計2,854件。",
        ("2025-12", "2025-12", 2025),
    ),
    (
        "a news item with the day of its agency",
        "a.txt",
        "人口數23萬人\n\n【2009年6月8日訊】(青嵐社記者林山白沙8日電)截至5月底計23萬人,較去年同月增加。",
        ("2009-06-08", "2009-06-08", 2009),
    ),
    (
        "the days of a session",
        "a.txt",
        "霧川鄉民代表會議事錄\n\n會議期間:民國99年5月7日~5月18日\n\n林代表山:今年編列30萬元,請課長說明。\n\n課長:謝謝代表。\n\n林代表山:好,請坐。",
        ("2010-05-07/2010-05-18", "2010-05-07/2010-05-18", 2010),
    ),
    (
        "the letter with which an answer was sent",
        "a.txt",
        "(青嵐府函 中華民國105年4月8日府專字第105001號)\n林議員就停車問題所提質詢,查復如下:\n一、今年增設3處。",
        ("2016-04-08", "2016-04-08", 2016),
    ),
    (
        "the time with which an analysis begins",
        "a.txt",
        "霧川縣政府性別統計分析\n\n108年底公務人員計3,210人,較99年底增加5人。女性占47%。",
        ("2019-12", None, None),
    ),
    (
        "what the sentences say again and again",
        "a.txt",
        "一、培訓\n113年7月至12月計開辦58班。\n二、員額\n自113年10月1日生效。\n三、福利\n113年7月至12月計5場,113年7月至12月計3件,較去年增加。",
        ("2024-07/2024-12", None, 2024),
    ),
    (
        "the business that is reported on",
        "a.txt",
        "青嵐市議會第3屆定期大會\n\n勞動局業務報告\n\n日期:110年9月8日\n\n欣逢貴會開議,得以列席報告本局110年1月至6月業務推動情形。\n\n一、求職\n110年上半年12,206人,較109年同期減少;推介8,119人,較109年同期減少;諮詢301人,較109年同期減少,比109年同期少。",
        ("2021-01/2021-06", "2021-09-08", 2021),
    ),
    (
        "the year that is missing between past and plan",
        "a.txt",
        "一、進用\n自98年6月1日起鬆綁,98年11月4日審查,本年5月13日審竣,本年6月1日協商,本年7月報院。\n"
        "截至本年6月底止,計5人。截至本年6月底止,計3人。截至本年6月底止,辦理8場。\n二、待遇\n98年度基期偏低,規劃100年度待遇,101年1月1日施行。",
        ("2010-01/2010-06", None, 2010),
    ),
    (
        "this year, defined in brackets",
        "a.txt",
        "主席、各位委員。貴會審議青嵐市100年度(以下簡稱本年度)總決算,本年度歲入16億元,101年4月發布之資料顯示,101年、102年、101年均成長。",
        ("2011", None, 2011),
    ),
    (
        "a budget whose pages repeat the year",
        "a.txt",
        "青嵐市總預算案\n歲出機關別預算表\n中華民國113年度\n本年度編列5,000元,較上年度增加300元。",
        ("2024", None, 2024),
    ),
    (
        "minutes with a time of meeting",
        "a.txt",
        "會議議事錄\n青嵐市議會第7屆第8會期會議議事錄\n時間 中華民國100年3月8日(星期二)下午2時起\n地點 本會議場\n討論「101年度總預算案」,99年度決算,101年度預算書,101年度預算書。",
        ("2011-03-08", "2011-03-08", 2011),
    ),
    (
        "minutes whose time stands behind a number",
        "a.txt",
        "青嵐市都市設計審議會98年度第3次會議紀錄\n\n壹、時間:98年10月29日(四)上午9時\n\n貳、地點:會議室\n\n參、討論\n\n一、96年度核定3案,97年度核定5案,97年度撤案2案。",
        ("2009-10-29", "2009-10-29", 2009),
    ),
    (
        "what is said in a chamber is said on that day, whatever it is said of",
        "a.txt",
        "青嵐市議會定期會工務部門業務報告及質詢\n\n112年10月11日\n\n主席林山議員:請工務局長報告。\n\n"
        "工務局陳青局長:本期修繕5處。\n\n王川議員:112年7月、8月、9月都在修,今年112年7月至9月修了幾處?\n\n"
        "工務局陳青局長:112年7月至9月修3處,112年7月至9月。\n\n王川議員:112年12月能完工嗎?",
        ("2023-10-11", "2023-10-11", 2023),
    ),
    ("the file's name", "青嵐-99-農業.txt", "一、農業\n\n本年上半年計收5公噸。", ("2010", None, 2010)),
    ("the file's name in words", "青嵐市113年上半年報告.txt", "一、農業\n\n計收5公噸。", ("2024-01/2024-06", None, 2024)),
    ("the years that most dates name", "a.txt", "於民國八十九年十月廿七日宣布。\n十一月一日豪雨。八十九年九月起試辦。", (None, None, 2000)),
    ("a number in the file's name, of which the text says nothing", "提案-99-彙編.txt", "一、農業\n\n計收5公噸。", (None, None, 2010)),
    ("a date line at the end", "a.txt", "青嵐市政府民政局工作報告\n\n一、辦理情形\n\n計5案。\n\n中華民國110年9月", ("2021-09", "2021-09", 2021)),
    ("a section's heading is no title", "a.txt", "青嵐市政府交通局工作報告\n\n一、107年度停車場評鑑\n\n108年新建5處,108年增設3處,108年改善2處。", (None, None, 2019)),
    ("a day of something else", "a.txt", "青嵐市110年度講習簡章\n\n報名日期:109年12月3日\n\n計5班。", ("2021", None, 2021)),
    ("no clue", "a.txt", "計有5人參加。", (None, None, None)),
    ("nothing", "a.txt", "", (None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_own_time(name: str, text: str, told: Told) -> None:
    own = own_time(read_text(text, name))
    assert (own.period and own.period.edtf, own.issued and own.issued.edtf, own.year) == told


# --- what is not told well enough stays open, and may be given ---------------------------------------------------------

OPEN = "一、培訓\n\n本年5月6日辦理研習3場,計有88人參加。"


def test_without_a_margin_the_year_stays_open() -> None:
    extraction = heshu.extract(read_text(OPEN))
    assert extraction.year_open
    assert [mention.edtf for mention in extraction.mentions if mention.kind == "date"] == ["XXXX-05-06"]
    assert {fact.period for fact in extraction.facts} == {None}


def test_an_open_year_is_told_as_a_problem() -> None:
    (problem,) = heshu.audit(heshu.read_text(OPEN)).problems
    assert problem.code == "year-open"
    assert "--period" in problem.message_zh
    assert "--issued" in problem.message_en


@pytest.mark.parametrize(
    ("given", "day", "told"),
    [
        ({"period": "113年上半年"}, "2024-05-06", "2024-01/2024-06"),
        ({"period": "２０２４"}, "2024-05-06", "2024"),
        ({"issued": "113年12月6日"}, "2024-05-06", "2024-12-06"),
        ({"issued": "2024-12-06"}, "2024-05-06", "2024-12-06"),
        ({"period": "111年9月至112年2月", "issued": "112年4月20日"}, "2023-05-06", "2022-09/2023-02"),
    ],
)
def test_whoever_knows_the_time_may_give_it(given: dict[str, str], day: str, told: str) -> None:
    extraction = heshu.extract(heshu.read_text(OPEN, **given))
    assert not extraction.year_open
    assert [mention.edtf for mention in extraction.mentions if mention.kind == "date"] == [day]
    assert extraction.period is not None
    assert extraction.period.edtf == told


@pytest.mark.parametrize("text", ["", "去年", "113年及114年", "2024-13x", "6月"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=""):
        heshu.read_text(OPEN, period=text)


def test_what_is_given_goes_before_what_the_text_says() -> None:
    text = "青嵐市政府人事處108年度施政績效成果報告\n\n一、組織\n本年度辦理5場。"
    extraction = heshu.extract(heshu.read_text(text, period="109年"))
    assert [fact.period and fact.period.edtf for fact in extraction.facts] == ["2020"]
