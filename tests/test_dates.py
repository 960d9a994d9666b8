"""Dates: how they are written, where their spans end, what they mean in their context, and what is none."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import heshu
import pytest
from heshu.corpus.read import read, read_text
from heshu.extract.mentions import read_mentions
from heshu.extract.time.calendar import MINGUO_EPOCH, is_possible
from heshu.extract.time.dates import DateReading, read_dates
from heshu.extract.time.own import own_time
from heshu.extract.time.resolve import resolve
from heshu.extract.time.scope import Own, Scope
from heshu.model import Block, Report
from hypothesis import given, settings
from hypothesis import strategies as st

from .marked import own

YEARLY = own("2021", "2021-08-05", 2021)
"""A report on 2021 that speaks on 5 August 2021."""
ACROSS = own("2022-09/2023-02", "2023-04-20", 2023)
"""A report from September to February."""
HALF = own("2010-01/2010-06", None, 2010)

Readings = list[tuple[str, str]]


def told(text: str, frame: Own = YEARLY) -> Readings:
    return [(text[date.phrase.start : date.phrase.end], date.period.edtf) for date in resolve(text, Scope(frame))]


def report(*texts: str, kind: str = "paragraph", path: tuple[str, ...] = ()) -> Report:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(kind, text, tuple(range(at, at + len(text))), path=path))  # type: ignore[arg-type]
        at += len(text) + 1
    return Report("0" * 16, "made-up.txt", "", "\n".join(texts), tuple(blocks))


# --- spans ------------------------------------------------------------------------------------------------------

SPANS = [
    ("截至110年6月底止累計5件", ["110年6月底"]),
    ("110年12月底價調查", ["110年12月"]),
    ("110年12月底定期盤點", ["110年12月底"]),
    ("110年5月初審通過", ["110年5月"]),
    ("於110年5月3日開工,月底完成", ["110年5月3日", "月底"]),
    ("110年1/2月及11/12月", ["110年1", "2月", "11", "12月"]),
    ("自110年3月1日起迄今", ["110年3月1日"]),
    ("於110年5月間完成", ["110年5月"]),
    ("110年7月以前", ["110年7月"]),
    ("中華民國一○八年十二月三十一日", ["中華民國一○八年十二月三十一日"]),
    ("110年3月2日起至5月9日止", ["110年3月2日起至5月9日"]),
    ("於110年5月6日至7日舉行", ["110年5月6日至7日"]),
    ("自95年開辦至110年6月底止", ["95年", "110年6月底"]),
    ("110年自2月1日起至6月底辦理", ["110年", "2月1日起至6月底"]),
    ("9月26日(星期一)及27日(星期二)", ["9月26日", "27日"]),
    ("10月5日(二)至7日(四)", ["10月5日(二)至7日"]),
    ("去(109)年同期", ["去(109)年同期"]),
    ("本(110)年1-6月", ["本(110)年1-6月"]),
    ("109~112年中程計畫", ["109~112年"]),
    ("3月中旬、6月中央補助", ["3月中旬", "6月"]),
    ("110年初步估算", ["110年"]),
    ("108年度中秋節", ["108年度中秋節"]),
    ("98年年度決算", ["98年年度"]),
    ("1.108年度計畫", ["108年度"]),
    ("預期目標本年度增加,本年度資金需求", ["本年度", "本年度"]),
    ("110年11月18日及25日假青嵐醫院辦理", ["110年11月18日", "25日"]),
    ("今年終於完成、去年金額、今年度期初", ["今年", "去年", "今年度"]),
    ("3月2日(青嵐)、4日(白沙)及9日(霧川)", ["3月2日", "4日", "9日"]),
    ("大會11至22日開議,連續3日晚間", ["11至22日"]),
    ("於110年5月6日至7日舉行,於T+2日上午交付", ["110年5月6日至7日"]),
    ("12月17、18、21及26日辦理", ["12月17", "18", "21", "26日"]),
]


@pytest.mark.parametrize(("text", "spans"), SPANS, ids=[text for text, _ in SPANS])
def test_span(text: str, spans: list[str]) -> None:
    assert [span for span, _ in told(text)] == spans


def test_a_block_without_a_numeral_has_its_dates() -> None:
    extraction = heshu.extract(read_text("青嵐市110年度報告\n\n本年度與上年度之比較如下。"))
    assert [mention.edtf for mention in extraction.mentions] == ["2021", "2021", "2020"]


# --- what is no date --------------------------------------------------------------------------------------------

NO_DATES = [
    "每年1月1日至6月30日受理,每年5月及11月評選,每月10日發放,每季第1個月公告",
    "當年度預算、同日辦理、以前年度、近年、近3年、歷年、連續5年、前3年、次年度",
    "3年內完成,為期2年,一年期課程,滿三年者,三年一次",
    "建校60年校慶、成立100週年、百年老店、60年老屋、65年以上、屋齡70年",
    "最長還款年限20年,委外20年並得續約10年,任職滿40年",
    "長照十年計畫、十年洪水頻率、約達三十五年至四十年",
    "0206地震、921震災、COVID-19、ISO 27001、CNS 14532-2020規範",
    "電話02-2345-6789,專線1999,24小時服務,9時至9時39分",
    "教育訓練3日、公假5日、15日內改善、限30日前、60日曆天、一日體驗",
    "正月初五、農曆八月十五日、春節期間、三節",
    "計2020人、面積2025平方公尺、2,019件、第2024次",
    "推動淨零2050政策、「2050淨零路徑」講座",
    "第108年、年終獎金、年度終了、歲末年初",
    "日前、目前、上次會期、近幾十年來、年中無休",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert told(text) == []


# --- resolution -------------------------------------------------------------------------------------------------

RESOLVED: list[tuple[str, Own, str, list[str]]] = [
    ("last year's report", own("2019", None, 2019), "訓期自6月24日至7月19日,截至12月止", ["2019-06-24/2019-07-19", "2019-12"]),
    ("period across the year, autumn", ACROSS, "10月24日辦理研習", ["2022-10-24"]),
    ("period across the year, winter", ACROSS, "1月5日辦理研習", ["2023-01-05"]),
    ("period across the year, going on", ACROSS, "於12月3日開班,1月5日結訓", ["2022-12-03", "2023-01-05"]),
    ("period across the year, half and end", ACROSS, "下半年起配對,年底完成,第1季檢討", ["2022-07/2022-12", "2022-12", "2023-01/2023-03"]),
    ("period across the year, written", ACROSS, "於111年12月12日至1月5日辦理", ["2022-12-12/2023-01-05"]),
    ("nearest governing date", YEARLY, "於109年3月5日訂定,4月6日公布", ["2020-03-05", "2020-04-06"]),
    ("an as-of date is this report's", YEARLY, "自107年起開辦,截至6月底止計5件", ["2018", "2021-06"]),
    ("compared years do not govern", YEARLY, "較109年12月底增加3件,6月底計8件", ["2020-12", "2021-06"]),
    ("quoted years do not govern", YEARLY, "依「109年精進計畫」,於9月10日辦理", ["2020", "2021-09-10"]),
    ("brackets govern inside themselves", YEARLY, "計5件(109年2件,其中3月1件),4月再增2件", ["2020", "2020-03", "2021-04"]),
    ("an event's year does not govern", YEARLY, "2019青嵐蘭展後,8月續辦", ["2019", "2021-08"]),
    ("first and second half go together", YEARLY, "上半年延續109年度動能,惟下半年趨緩", ["2021-01/2021-06", "2020", "2021-07/2021-12"]),
    ("split list over years", YEARLY, "於110年9月及111年1、2月辦理", ["2021-09", "2022-01", "2022-02"]),
    ("same year", YEARLY, "於109年4月12日及同年9月18日", ["2020-04-12", "2020-09-18"]),
    ("that year", YEARLY, "依111年度施政綱要編訂該年度計畫", ["2022", "2022"]),
    ("this year in another report", HALF, "本年5月、7月分別辦理,截至本年6月底止", ["2010-05", "2010-07", "2010-06"]),
    ("own period", HALF, "本期辦理5場", ["2010-01/2010-06"]),
    ("period before", HALF, "較上期增加5場", ["2009-07/2009-12"]),
    ("same period of own period", HALF, "本期8件,較98年同期增加", ["2010-01/2010-06", "2009-01/2009-06"]),
    ("same period of an as-of flow", HALF, "截至本年6月底止,較去年同期成長", ["2010-06", "2009-01/2009-06"]),
    ("same period, base year in brackets", HALF, "本年上半年指數(以95年為100),較98年同期減少", ["2010-01/2010-06", "2006", "2009-01/2009-06"]),
    ("last month of the month compared", HALF, "3月份計8件,較上月增加", ["2010-03", "2010-02"]),
    ("a bracket decides behind 至", HALF, "執行至今(99)年5月底", ["2010-05"]),
    ("a fiscal year of 18 months", HALF, "本(八十八年下半年及八十九)年度決算,88年下半年及89年度預算", ["1999-07/2000-12", "1999-07/1999-12", "2000"]),
    ("last year of the year compared", own("2020-08-28", "2020-08-28", 2020), "110年度編列5億元,較去年增加", ["2021", "2020"]),
    ("last year of the period", own("2024-07/2024-12", None, 2024), "113年下半年計5人,較去年增加", ["2024-07/2024-12", "2023"]),
    ("a list that is compared", own("2011", None, 2011), "本年度舉借2億元,較98及99年度減少。較上年度增加", ["2011", "2009", "2010", "2010"]),
    ("unknown month", own("2021", None, 2021), "市長今(5)日表示", ["2021-XX-05"]),
    ("month from the dates around", own("2021", None, 2021), "自3月1日施行,市長今(5)日表示", ["2021-03-01", "2021-03-05"]),
    ("no frame, nothing to go by: the year stays open", own(None, None, None), "本年6月底、5月6日、去年", ["XXXX-06", "XXXX-05-06", "XXXX"]),
    ("a day that the month does not have is none", YEARLY, "於2月27日、28日及29日辦理", ["2021-02-27", "2021-02-28"]),
    ("no frame, but a year", own(None, None, None), "於89年10月27日宣布,11月1日施行", ["2000-10-27", "2000-11-01"]),
    ("a range whose end tells the year", own("2010", None, 2010), "12月5日至109年1月3日", ["2019-12-05/2020-01-03"]),
    ("leap day without its year", YEARLY, "於2月29日辦理", ["XXXX-02-29"]),
    ("leap day", YEARLY, "109年2月29日、110年2月29日", ["2020-02-29", "2021-02-29"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "text", "values"), [case[1:] for case in RESOLVED], ids=[case[0] for case in RESOLVED]
)
def test_resolution(frame: Own, text: str, values: list[str]) -> None:
    assert [value for _, value in told(text, frame)] == values


def test_a_heading_gives_its_period() -> None:
    made = report("10月3日辦理研習", path=("貳、辦理情形(108年9月至109年2月)", "一、培訓"))
    assert [reading.period.edtf for reading in read_dates(made, YEARLY)] == ["2019-10-03"]


def test_a_quoted_year_in_a_heading_gives_none() -> None:
    made = report("定於9月26日審查", path=("三、審議「111年度青嵐市總預算案」",))
    assert [reading.period.edtf for reading in read_dates(made, YEARLY)] == ["2021-09-26"]


def test_a_bound_in_a_heading_gives_none() -> None:
    report = read_text("青嵐市110年度報告\n\n一、創業貸款(109年以前為100萬元)\n\n110年核貸129件;其中下半年71件。")
    frame = own("2021", None, 2021)
    assert [date.period.edtf for date in read_dates(report, frame)][-1] == "2021-07/2021-12"


def test_a_paragraph_does_not_go_on_from_what_the_one_before_compares_with() -> None:
    report = read_text("青嵐市110年度報告\n\n1.檢查341場次,較109年364場次減少。\n\n2.全年開辦66班,下半年35班。")
    frame = own("2021", None, 2021)
    assert [date.period.edtf for date in read_dates(report, frame)][-2:] == ["2021", "2021-07/2021-12"]


def test_a_whole_year_is_the_report_s_own() -> None:
    """Unless its own sentence names another one, and not a year to come."""
    report = read_text(
        "青嵐市110年度報告\n\n1.自96年起辦理。\n\n2.自113年起調高(107年7月31日以前為3千元)。全年發放66人。\n\n3.109年辦理3場,全年計42人。"
    )
    frame = own("2021", None, 2021)
    assert [date.period.edtf for date in read_dates(report, frame)][-3:] == ["2021", "2020", "2020"]


def test_page_furniture_is_not_read() -> None:
    assert read_dates(report("110年8月5日", kind="residue"), YEARLY) == []


def test_a_date_that_a_page_foot_cuts_ends_before_the_cut() -> None:
    source, joined = "於110年8\n- 12 -\n月5日施行", "於110年8月5日施行"
    cut = source.index("\n")
    offsets = (*range(cut), *range(source.index("月"), len(source)))
    made = Report("0" * 16, "made-up.txt", "", source, (Block("paragraph", joined, offsets),))
    (date,) = (mention for mention in read_mentions(made, YEARLY)[0] if mention.kind == "date")
    assert (date.text, date.edtf) == ("110年8", "2021-08-05")


def test_impossible_days_are_kept_and_flagged() -> None:
    readings = read_dates(report("於110年2月30日及110年2月28日辦理"), YEARLY)
    assert [(reading.period.edtf, not is_possible(reading.period)) for reading in readings] == [
        ("2021-02-30", True),
        ("2021-02-28", False),
    ]


# --- properties -------------------------------------------------------------------------------------------------

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    text += "零" if hundreds and rest and not tens else ""
    text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十" if tens else ""
    return text + (DIGITS[ones] if ones else "")


def short_tens(number: int) -> str:
    return chinese(number).replace("二十", "廿").replace("三十", "卅")


NOTATIONS = {
    "digits": lambda y, m, d: f"民國{y}年{m}月{d}日",
    "full": lambda y, m, d: f"中華民國{y}年{m:02d}月{d:02d}日",
    "chinese": lambda y, m, d: f"民國{chinese(y)}年{chinese(m)}月{chinese(d)}日",
    "short tens": lambda y, m, d: f"民國{chinese(y)}年{chinese(m)}月{short_tens(d)}日",
    "positional": lambda y, m, d: f"民國{''.join(DIGITS[int(c)] for c in str(y))}年{chinese(m)}月{chinese(d)}日",
    "gregorian": lambda y, m, d: f"西元{y + 1911}年{m}月{d}日",
}
BARE = {
    "digits": lambda y, m, d: f"{y}年{m}月{d}日",
    "points": lambda y, m, d: f"{y}.{m:02d}.{d:02d}",
    "slashes": lambda y, m, d: f"{y}/{m}/{d}",
    "compact": lambda y, m, d: f"日期:{y:03d}{m:02d}{d:02d}",
    "chinese": lambda y, m, d: f"{chinese(y)}年{chinese(m)}月{chinese(d)}日",
    "iso": lambda y, m, d: f"{y + 1911}-{m:02d}-{d:02d}",
}
MINGUO_DAYS = st.dates(date(1912, 1, 1), date(2111, 12, 31))
RECENT_DAYS = st.dates(date(1971, 1, 1), date(2061, 12, 31))


@pytest.mark.parametrize("notation", NOTATIONS)
@given(day=MINGUO_DAYS)
def test_every_minguo_day_reads_back(notation: str, day: date) -> None:
    text = NOTATIONS[notation](day.year - MINGUO_EPOCH, day.month, day.day)
    assert told(f"於{text}施行") == [(text, day.isoformat())]


@pytest.mark.parametrize("notation", BARE)
@given(day=RECENT_DAYS)
def test_days_without_an_era_read_back(notation: str, day: date) -> None:
    text = BARE[notation](day.year - MINGUO_EPOCH, day.month, day.day)
    assert told(f"{text}起") == [(text.removeprefix("日期:"), day.isoformat())]


@given(MINGUO_DAYS, MINGUO_DAYS, st.sampled_from(["至", "起至", "迄", "~", "-", "到"]))
def test_ranges_read_back(first: date, last: date, mark: str) -> None:
    text = mark.join(NOTATIONS["digits"](day.year - MINGUO_EPOCH, day.month, day.day) for day in (first, last))
    assert told(f"自{text}止") == [
        (text, first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}")
    ]


# What reports put right behind a date, among it words that begin with what could be the end of the date's own word.
BEHIND = [
    "假市民會館辦理", "於會館辦理", "在會館辦理", "起辦理", "中小企業貸款", "中央補助款", "中心啟用", "中低收入戶", "資金需求", "資訊系統", "資產總額",
    "資本支出", "資深志工表揚", "金額", "金融機構", "內部稽核", "內政部補助", "新增3案", "新聞局辦理", "新建工程", "報名人數", "報告", "常態編班", "常務會議",
    "夜間巡查", "代表會", "代辦", "期末餘額", "級距調整", "級別", "老人福利", "來臺旅客", "來信", "限制", "限額", "輕軌", "紀念活動", "半數", "多元就業",
    "餘額", "餘款", "後續", "次要", "次數", "之預算", "歷史建築", "目標", "終身學習", "末端", "度假村", "學生", "日照中心", "日間", "定期檢修",
    "盤點", "全市", "共計", "達成", "經費", "國中", "高中", "總決算", "第1期", "施政", "一般", "三節", "大型", "小型", "及格", "與會", "和平",
    "止", "計畫",
]  # fmt: skip
BEFORE = [
    ("111年", "2022"), ("111年度", "2022"), ("本年", "2021"), ("本年度", "2021"), ("去年", "2020"), ("111學年度", "2022-08/2023-07"),
    ("111年12月", "2022-12"), ("111年6月18日", "2022-06-18"), ("111年第2季", "2022-04/2022-06"), ("111年上半年", "2022-01/2022-06"),
    ("111年底", "2022-12"), ("108至110年", "2019/2021"), ("111年1至6月", "2022-01/2022-06"), ("今(110)年", "2021"), ("全年度", "2021"),
    ("108(2019)年", "2019"), ("110-1學期", "2021-08/2022-01"), ("首季", "2021-01/2021-03"), ("民國101年全年", "2012"),
]  # fmt: skip


@given(st.sampled_from(BEFORE), st.sampled_from(BEHIND), st.sampled_from(["本市於", "青嵐住宅基金", "依據", ""]))
def test_what_stands_behind_a_date_does_not_hide_it(date_told: tuple[str, str], behind: str, lead: str) -> None:
    assert told(f"{lead}{date_told[0]}{behind}")[:1] == [date_told]


@given(st.sampled_from(BEHIND))
def test_what_stands_behind_a_list_of_days_does_not_hide_its_last(behind: str) -> None:
    days = [("11月18日", "2021-11-18"), ("25日", "2021-11-25")]
    assert told(f"11月18日及25日{behind}") == days


PIECES = st.sampled_from(
    [*"年月日至、及-~()「」。,;:./0123456789一二十廿卅百○本今去同上下前後第季期底初半學度每較比自於止起民國中旬份元", "\n", "\t", "110年", "2020", "同期", "民國", "12月", "5日", "計5人", "中華民國"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from([YEARLY, ACROSS, HALF, own(None, None, None)]))
def test_any_text_is_read_in_order_without_overlaps(text: str, frame: Own) -> None:
    readings = read_dates(report(text), frame)
    at = 0
    for reading in readings:
        assert at <= reading.start < reading.end <= len(text)
        at = reading.end


@given(st.text(max_size=80))
def test_any_characters_are_survived(text: str) -> None:
    assert all(isinstance(reading, DateReading) for reading in read_dates(report(text), YEARLY))
    assert isinstance(own_time(report(text)), Own)


@pytest.mark.parametrize(
    "piece",
    ["1、", "一", "110年", "1-", "本", "(", "「", "3月5日、", "108.1.", "較去年同期", "民國", "5日及", "12月至"],
)
def test_time_grows_in_line_with_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        made = report(piece * times)
        start = time.process_time()
        read_dates(made, YEARLY)
        return time.process_time() - start

    seconds(100)
    short, long = seconds(1_000), seconds(8_000)
    assert long < max(0.3, short * 40)


@given(
    st.lists(
        st.sampled_from(["於110年5月6日訂定,6月7日公布。", "截至110年6月底止計5件。", "較109年同期增加。"]),
        min_size=1,
        max_size=5,
    )
)
def test_in_pieces_or_as_a_whole(sentences: list[str]) -> None:
    """Sentences that tell their year read the same whether they stand in one block or in several."""
    explicit = [sentence for sentence in sentences if "同期" not in sentence]
    apart = [reading.period.edtf for reading in read_dates(report(*explicit), YEARLY)] if explicit else []
    assert [value for _, value in told("".join(explicit))] == apart


# --- real reports -----------------------------------------------------------------------------------------------

SHARED = Path(heshu.__file__).resolve().parent.parent / "shared"


def test_layout_leads_back_to_the_source() -> None:
    text = "一、辦理情形\n自１０８年１０月\n１日起施行，計 5 人。"
    made = read_text(text)
    (reading,) = read_dates(made, YEARLY)
    block = made.blocks[reading.block]
    start, end = block.offsets[reading.start], block.offsets[reading.end - 1] + 1
    assert (reading.period.edtf, text[start:end]) == ("2019-10-01", "１０８年１０月\n１日")


@pytest.mark.parametrize("stem", ["000_eceff42bd947081e", "003_73fa6a17b10f0f75", "d03", "d16", "d19"])
def test_annotated_report(stem: str) -> None:
    source, notes = SHARED / "reports" / f"{stem}.txt", SHARED / "gold" / f"{stem}.mentions.jsonl"
    if not (source.exists() and notes.exists()):
        pytest.skip(f"the annotated report {stem} is not here")
    made = read(source)
    found = set()
    for reading in read_dates(made, own_time(made)):
        block = made.blocks[reading.block]
        found.add((block.offsets[reading.start], block.offsets[reading.end - 1] + 1, reading.period.edtf))
    mentions = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = {(note["start"], note["end"], note["edtf"]) for note in mentions if note["type"] == "date"}
    assert 2 * len(found & wanted) >= 0.995 * (len(found) + len(wanted))


def test_a_range_of_days_has_one_month() -> None:
    assert told("於110年5月6日至7日舉行") == [("110年5月6日至7日", "2021-05-06/2021-05-07")]
