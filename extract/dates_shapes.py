"""The shapes of dates: one record each, with what it is for, what it reads and what it must leave alone.

Examples are read in a report on 2021 that speaks on 5 August 2021; a sentence is given with all the dates in it.
Shapes are tried in this order wherever a date may begin, the longer before the shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from ..rules.calendar import pattern_of
from .dates_atoms import (
    ANY_NUMBER,
    CN,
    DAY,
    DAY_NUMBER,
    EDGE,
    GREGORIAN,
    HALF,
    HOLIDAY,
    LEFT,
    LIST,
    MINGUO,
    MONTH,
    MONTH_NUMBER,
    MONTH_TAIL,
    QUARTER_NUMBER,
    RANGE,
    WEEKDAY,
    WHOLE_YEAR,
    YEAR,
    YEAR_UNIT,
    not_inside,
)

Reading = tuple[str, str]
"""The text of a date and its EDTF."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which a date is written."""

    id: str
    purpose: str
    pattern: str
    examples: tuple[tuple[str, tuple[Reading, ...]], ...]
    counter_examples: tuple[str, ...] = ()


_SEP = rf"(?P<sep>{LIST}|{RANGE})"
_SEP_OR_SLASH = rf"(?P<sep>{LIST}|{RANGE}|/)"
_MEMBER_YEAR = rf"(?P<n>{MINGUO}|{GREGORIAN}|[{CN}]{{2,6}})"
_QUARTER = rf"(?P<n>{QUARTER_NUMBER})"
_QUANTITY = rf"(?:\d|{pattern_of('measure.behind')})"
"""Behind four digits these make an amount of them."""
_LOST = rf"{LEFT}(?P<yn>{MINGUO})"
"""A year whose 年 was forgotten; what stands behind it must be no measure word."""
_DAY_WORD = rf"遊(?![覽行客])|{pattern_of('days.behind_listed')}"
"""Behind 日 in a list of days: 二日遊, 5日內."""
_EVENT = r"[\u4e00-\u9fff]"

SHAPES: tuple[Shape, ...] = (
    Shape(
        "date.numeric",
        "digits parted by points, slashes or hyphens, the year first",
        rf"(?<![\dA-Za-z./\-])(?P<era>中華民國|民國)?(?P<yn>\d{{2,4}})(?P<mark>[./\-‧·・])(?P<mn>\d{{1,2}})(?P=mark)(?P<dn>\d{{1,2}})"
        rf"(?:{RANGE}(?P<mn2>\d{{1,2}})(?P=mark)(?P<dn2>\d{{1,2}})(?!\d|[./\-]\d)|(?!\d|(?P=mark)\d|\-\d{{1,3}}(?![\d./\-])))",
        (
            ("資料日期108.10.01,更新於109/3/9。", (("108.10.01", "2019-10-01"), ("109/3/9", "2020-03-09"))),
            ("期程2020-05-06~2020-06-07。", (("2020-05-06~2020-06-07", "2020-05-06/2020-06-07"),)),
            ("展期2021.07.01-07.15止", (("2021.07.01-07.15", "2021-07-01/2021-07-15"),)),
            ("展期110.7.1~7.15止", (("110.7.1~7.15", "2021-07-01/2021-07-15"),)),
        ),
        ("主機位址192.168.10.1。", "電話02-2345-6789轉12。", "比例為12/3/4。", "版本2.10.1上線", "編號108-10-01-3"),
    ),
    Shape(
        "date.compact",
        "seven or eight digits without marks, where a word says that they are a date",
        r"(?<![\dA-Za-z.,\-])(?P<compact>[01]\d{6}|20\d{6})(?![\dA-Za-z.,])",
        (("填表日期:1081001", (("1081001", "2019-10-01"),)),),
        ("案號1081001號", "金額1081001元", "發文日期1081399"),
    ),
    Shape(
        "date.slash",
        "month and day with a slash, known by the weekday behind or by a range up to a day that no fraction has",
        rf"(?<![\d./])(?P<mn>0?[1-9]|1[0-2])/(?P<dn>0?[1-9]|[12]\d|3[01])(?:(?={WEEKDAY})|{RANGE}(?P<mn2>0?[1-9]|1[0-2])/(?P<dn2>1[3-9]|2\d|3[01])(?![\d/]))",
        (
            ("於8/9(一)辦理說明會", (("8/9", "2021-08-09"),)),
            ("展期5/1-5/31", (("5/1-5/31", "2021-05-01/2021-05-31"),)),
        ),
        ("應達2/3以上", "占1/3(約三成)"),
    ),
    Shape(
        "date.days",
        "days that share one 日",
        rf"{YEAR}?{MONTH}(?P<n>{DAY_NUMBER})(?:{_SEP_OR_SLASH}(?P<n>{DAY_NUMBER})){{1,12}}日",
        (
            ("於110年9月15、16日舉行", (("110年9月15", "2021-09-15"), ("16日", "2021-09-16"))),
            ("3月5-7日及12日辦理", (("3月5-7日", "2021-03-05/2021-03-07"), ("12日", "2021-03-12"))),
        ),
    ),
    Shape(
        "date.day",
        "a day with its month, with or without its year",
        rf"(?:{YEAR}?{MONTH}{DAY}|{YEAR}(?P<mn>{ANY_NUMBER})月(?P<dn>{ANY_NUMBER})日)",
        (
            ("自108年10月1日施行", (("108年10月1日", "2019-10-01"),)),
            ("一百零八年十月廿七日核定", (("一百零八年十月廿七日", "2019-10-27"),)),
            ("本年5月3日起至6月底", (("本年5月3日起至6月底", "2021-05-03/2021-06"),)),
            (
                "110年4月8日、10日及15日",
                (("110年4月8日", "2021-04-08"), ("10日", "2021-04-10"), ("15日", "2021-04-15")),
            ),
            ("110年4月12日及同年9月18日", (("110年4月12日", "2021-04-12"), ("同年9月18日", "2021-09-18"))),
            ("4月9日召開,同月30日公告", (("4月9日", "2021-04-09"), ("同月30日", "2021-04-30"))),
            ("上(七)月三日會勘", (("上(七)月三日", "2021-07-03"),)),
            ("於110年2月30日完成", (("110年2月30日", "2021-02-30"),)),
            ("民國前12年3月1日", (("民國前12年3月1日", "1900-03-01"),)),
        ),
        ("每年10月25日辦理", "農曆八月十五日祭典", "每月1日發放"),
    ),
    Shape(
        "date.day.same_month",
        "a day in the month and year just named",
        rf"(?P<yrel>同)(?P<yu>年)(?P<mrel>同月|月){DAY}",
        (("於110年9月3日開班,另於同年月27日結訓", (("110年9月3日", "2021-09-03"), ("同年月27日", "2021-09-27"))),),
        ("同日辦理",),
    ),
    Shape(
        "date.day.lost_sign",
        "a day whose 日 the writer forgot",
        rf"{YEAR}{MONTH}(?P<dn>[12]?\d|3[01])(?=發布|公布|修正|施行|核定|函頒|訂定|召開|生效|舉[行辦])",
        (("民國101年8月17發布預測", (("民國101年8月17", "2012-08-17"),)),),
        (),
    ),
    Shape(
        "date.day.today",
        "this day, its number in brackets",
        rf"(?P<drel>[今本昨明])\((?P<dn>{DAY_NUMBER})\)日",
        (("市長今(5)日出席", (("今(5)日", "2021-08-05"),)),),
        ("今日天氣",),
    ),
    Shape(
        "date.months",
        "months that share one 月",
        rf"{YEAR}?{LEFT}(?P<n>{MONTH_NUMBER}|元)(?:{_SEP_OR_SLASH}(?P<n>{MONTH_NUMBER})){{1,12}}月{MONTH_TAIL}",
        (
            ("110年1至6月計12案", (("110年1至6月", "2021-01/2021-06"),)),
            ("於111年1、2月分別辦理", (("111年1", "2022-01"), ("2月", "2022-02"))),
            ("1-2月低溫", (("1-2月", "2021-01/2021-02"),)),
            ("111年1/2月計收3件", (("111年1", "2022-01"), ("2月", "2022-02"))),
        ),
        ("約2至3個月",),
    ),
    Shape(
        "date.month",
        "a month, with what stands behind it inside its span",
        rf"{YEAR}?{MONTH}{MONTH_TAIL}",
        (
            ("截至110年6月底止", (("110年6月底", "2021-06"),)),
            ("截至12月止", (("12月", "2021-12"),)),
            ("3月中旬開工", (("3月中旬", "2021-03"),)),
            ("九十八年八月份", (("九十八年八月份", "2009-08"),)),
            ("111年9月至112年2月", (("111年9月至112年2月", "2022-09/2023-02"),)),
            ("元月低溫", (("元月", "2021-01"),)),
            ("110年5月刊登廣告", (("110年5月", "2021-05"),)),
            ("110年12月底定期盤點", (("110年12月底", "2021-12"),)),
            ("110年5月初審完畢", (("110年5月", "2021-05"),)),
        ),
        ("為期12個月", "每年5月份繳納", "服務滿30年6月", "滿三個月"),
    ),
    Shape(
        "date.month.relative",
        "this month or the last one, where the report tells its day",
        rf"{not_inside('本', '上')}(?P<mrel>[本上])月(?:{DAY}|(?P<mtail>份?(?:[上中下]旬|{EDGE})|份))?",
        (("本月15日截止", (("本月15日", "2021-08-15"),)), ("上月底完工", (("上月底", "2021-07"),))),
        ("當月薪資", "樣本月報"),
    ),
    Shape(
        "date.month.end",
        "the end of the month just named",
        rf"(?<![每當該同各本上下個次\d{CN}年月翌隔])(?P<mrel>月){pattern_of('edge.end')}",
        (("於110年5月3日開工,月底完成", (("110年5月3日", "2021-05-03"), ("月底", "2021-05"))),),
        ("每月底結算", "當月底前繳納", "月底結清"),
    ),
    Shape(
        "date.term",
        "a school year's term",
        rf"(?:{YEAR}第?(?P<term>[12一二上下])|{LEFT}(?P<yn>{MINGUO})-(?P<term>[12]))學期",
        (
            ("110學年度第2學期開課", (("110學年度第2學期", "2022-02/2022-07"),)),
            ("110-2學期及111-1學期", (("110-2學期", "2022-02/2022-07"), ("111-1學期", "2022-08/2023-01"))),
        ),
        ("每學期初",),
    ),
    Shape(
        "date.quarters",
        "quarters that share one 季, or the first so many",
        rf"(?:{YEAR}?第{_QUARTER}(?:{_SEP}第?{_QUARTER}){{1,4}}季|{YEAR}{_QUARTER}(?:{_SEP}{_QUARTER}){{1,4}}季|(?:{YEAR}|(?<![{CN}\d大]))前(?P<upto>[2-4二三四])季)",
        (
            ("110年第1至3季", (("110年第1至3季", "2021-01/2021-09"),)),
            ("110年前3季", (("110年前3季", "2021-01/2021-09"),)),
            ("前三季出口回升", (("前三季", "2021-01/2021-09"),)),
            ("110年第1及第2季", (("110年第1", "2021-01/2021-03"), ("第2季", "2021-04/2021-06"))),
        ),
        ("每季一次",),
    ),
    Shape(
        "date.quarter",
        "a quarter",
        rf"(?:(?:{YEAR}|{_LOST})?(?:第{_QUARTER}季(?:度)?|(?P<first>首)季)|{YEAR}(?:{_QUARTER}季|Q{_QUARTER}(?![\dA-Za-z])))",
        (
            ("91年第1季", (("91年第1季", "2002-01/2002-03"),)),
            ("第3季出口回升", (("第3季", "2021-07/2021-09"),)),
            ("本年首季出口", (("本年首季", "2021-01/2021-03"),)),
        ),
        ("按季演練",),
    ),
    Shape(
        "date.halves",
        "both halves of a year, which share 半年",
        rf"{YEAR}?(?<![{CN}\d])(?P<n>上)(?P<sep>{LIST})(?P<n>下)半年{pattern_of('half.degree')}?",
        (("110年上、下半年各辦1場", (("110年上", "2021-01/2021-06"), ("下半年", "2021-07/2021-12"))),),
        ("每年上、下半年檢討",),
    ),
    Shape(
        "date.half",
        "half a year",
        rf"(?:{YEAR}(?P<part>{HALF}|[前後]半年)|{_LOST}(?P<part>{HALF})|(?<![\d{CN}年以])(?P<part>{HALF}))",
        (
            ("113年下半年計", (("113年下半年", "2024-07/2024-12"),)),
            ("109下半年計8件", (("109下半年", "2020-07/2020-12"),)),
            ("上半年景氣復甦", (("上半年", "2021-01/2021-06"),)),
        ),
        ("每半年檢討", "半年內完成"),
    ),
    Shape(
        "date.same_period",
        "the same stretch of another year",
        rf"(?:{YEAR}(?P<part>同期)|(?<=[較比])(?P<part>同期)|(?<=^|[,。;:、(])(?P<part>同期)(?=間))",
        (
            (
                "110年上半年12件,較109年同期增加3件",
                (("110年上半年", "2021-01/2021-06"), ("109年同期", "2020-01/2020-06")),
            ),
            (
                "110年7月至12月計有5人,較去年同期減少",
                (("110年7月至12月", "2021-07/2021-12"), ("去年同期", "2020-07/2020-12")),
            ),
            (
                "98至109年收入12億元,同期間支出9億元",
                (("98至109年", "2009/2020"), ("同期", "2009/2020")),
            ),
            (
                "由98年之5億元增至109年之9億元,同期間支出增1倍",
                (("98年", "2009"), ("109年", "2020"), ("同期", "2009/2020")),
            ),
        ),
        ("同期間逐步成長", "與同期學員共勉"),
    ),
    Shape(
        "date.edge",
        "the beginning or the end of a year, or all of it",
        rf"(?:{YEAR}(?P<part>年?{EDGE}|{WHOLE_YEAR}度?|(?<=年)中(?=[,。;、)起前至完]|$))"
        rf"|(?<![\d{CN}年每歲隔跨近逾多半學各屆末])(?P<part>年{pattern_of('edge.end')}|年{pattern_of('edge.begin')})"
        rf"|{_LOST}(?P<part>全年度)|(?<![每各逐歷年])(?P<part>{WHOLE_YEAR}度?))",
        (
            ("至108年底止", (("108年底", "2019-12"),)),
            ("本年初以來", (("本年初", "2021-01"),)),
            ("預計年底完工", (("年底", "2021-12"),)),
            ("本(110)年底", (("本(110)年底", "2021-12"),)),
            ("113全年度共5件", (("113全年度", "2024"),)),
            ("全年度共5件", (("全年度", "2021"),)),
            ("全年經濟成長率", (("全年", "2021"),)),
            ("民國101年全年成長率", (("民國101年全年", "2012"),)),
            ("110年底定期盤點", (("110年底", "2021-12"),)),
            ("110年初中小企業融資", (("110年初", "2021-01"),)),
        ),
        ("每年年底檢討", "年終獎金1.5個月", "歲末年初關懷", "全年無休", "全年齡友善", "全年開放參觀"),
    ),
    Shape(
        "date.holiday",
        "a holiday or season with its year, no finer than the year",
        rf"(?:{YEAR}|(?<![\d.,])(?P<yn>20\d\d))(?P<part>{HOLIDAY})",
        (("108年中秋節起", (("108年中秋節", "2019"),)), ("2018中秋節音樂會", (("2018中秋節", "2018"),))),
        ("春節期間", "三節慰問金"),
    ),
    Shape(
        "date.decade",
        "a decade",
        rf"(?:(?P<era>民國|西元)|{LEFT})(?P<yn>\d{{2,4}}|[{CN}]{{2,4}})(?P<decade>年代(?![表理辦為工收墊管課售行碼]))",
        (
            ("1990年代興建", (("1990年代", "199X"),)),
            ("民國70年代、民國六十年代", (("民國70年代", "1981/1990"), ("民國六十年代", "1971/1980"))),
        ),
        ("新的年代",),
    ),
    Shape(
        "date.years",
        "years that share one 年",
        rf"(?P<era>中華民國|民國|西元|公元)?{LEFT}{_MEMBER_YEAR}(?:{_SEP}{_MEMBER_YEAR}){{1,12}}{YEAR_UNIT}(?!代(?![表理辦為工收墊管課售行碼]))",
        (
            ("106至108年間", (("106至108年", "2017/2019"),)),
            ("97及98年度主要缺失", (("97", "2008"), ("98年度", "2009"))),
            ("民國98至100年度", (("民國98至100年度", "2009/2011"),)),
            ("107-108學年度", (("107-108學年度", "2018-08/2020-07"),)),
        ),
        ("工期2-3年", "年齡60至65歲"),
    ),
    Shape(
        "date.gregorian_years",
        "two bare Gregorian years",
        rf"(?<![\d.,A-Za-z\-])(?P<n>(?:19|20)\d\d)(?P<sep>{RANGE})(?P<n>(?:19|20)\d\d)(?![\d.,]\d|\d|-|{_QUANTITY})",
        (("2020~2022健檢方案", (("2020~2022", "2020/2022"),)),),
        ("電話2019-2025-12", "面積2000-2100公頃"),
    ),
    Shape(
        "date.year",
        "a year",
        rf"{YEAR}",
        (
            ("108年度計畫", (("108年度", "2019"),)),
            ("民國元年設立", (("民國元年", "1912"),)),
            ("二○○八年", (("二○○八年", "2008"),)),
            ("核發68年以前退休人員", (("68年", "1979"),)),
            ("今(110)年與去(109)年", (("今(110)年", "2021"), ("去(109)年", "2020"))),
            ("111學年收托12名", (("111學年", "2022-08/2023-07"),)),
            ("明年啟用,下年度續辦", (("明年", "2022"), ("下年度", "2022"))),
            ("108(2019)年及2020(109)年度", (("108(2019)年", "2019"), ("2020(109)年度", "2020"))),
            ("較上一年度增加", (("上一年度", "2020"),)),
            ("111年資金需求,111年代表會", (("111年", "2022"), ("111年", "2022"))),
            ("本年級距調整,本年資深志工", (("本年", "2021"), ("本年", "2021"))),
            ("110年初步統計", (("110年", "2021"),)),
            ("本學年度起,達115年目標", (("本學年度", "2021-08/2022-07"), ("115年", "2026"))),
        ),
        (
            "建校60年",
            "任職滿40年",
            "委外20年",
            "二年期儲金",
            "近年",
            "以前年度",
            "當年度",
            "說明年度計畫",
            "長照十年計畫",
            "最長6年",
            "第2年",
            "以上年資",
            "屋齡70年",
            "98年度訴字第123號判決",
            "每年5月及11月",
        ),
    ),
    Shape(
        "date.period",
        "the report's own period",
        rf"{not_inside('本')}(?P<part>本期)|(?<=[較比與])(?P<part>上期)",
        (("本期辦理5場", (("本期", "2021"),)),),
        ("資本期滿", "前期工程"),
    ),
    Shape(
        "date.days.bare",
        "days that share one 日 and continue a list of days",
        rf"{LEFT}(?P<n>{DAY_NUMBER})(?:{_SEP}(?P<n>{DAY_NUMBER})){{1,12}}日(?!{_DAY_WORD})",
        (("於10月15日及22、29日辦理", (("10月15日", "2021-10-15"), ("22", "2021-10-22"), ("29日", "2021-10-29"))),),
        ("研習2至3日", "需時5、6日"),
    ),
    Shape(
        "date.day.bare",
        "a day that takes month and year from the day before it in a list",
        rf"{LEFT}{DAY}(?!{_DAY_WORD})",
        (
            ("於3月2日辦理初訓,並於9日結訓", (("3月2日", "2021-03-02"), ("9日", "2021-03-09"))),
            ("11月18日及25日新聞局假會館辦理", (("11月18日", "2021-11-18"), ("25日", "2021-11-25"))),
        ),
        ("給予公假5日", "限10日內完成", "一日體驗營"),
    ),
    Shape(
        "date.event_year",
        "a bare Gregorian year before the name of an event, fair or goal",
        rf"(?<![\d.,A-Za-z%])(?P<event>20\d\d)(?!{_QUANTITY})(?={_EVENT})",
        (("參加「2019青嵐花卉博覽會」", (("2019", "2019"),)), ("達到市府2050淨零目標", (("2050", "2050"),))),
        ("推動淨零2050方案", "「2050淨零」講座", "計2019人", "撥打1999服務專線", "通過ISO 27001:2013認證"),
    ),
)


@cache
def shapes_pattern() -> regex.Pattern[str]:
    """All shapes in one pattern; the name of the group that closed last tells which one matched."""
    return regex.compile("|".join(f"(?:{shape.pattern})(?P<shape{index}>)" for index, shape in enumerate(SHAPES)))
