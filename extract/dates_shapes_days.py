"""The shapes of days and months, the longer before the shorter."""

from __future__ import annotations

from ..rules.calendar import pattern_of
from .dates_atoms import (
    ANY_NUMBER,
    CN,
    DAY,
    DAY_NUMBER,
    EDGE,
    LEFT,
    LIST,
    MONTH,
    MONTH_NUMBER,
    MONTH_TAIL,
    RANGE,
    WEEKDAY,
    YEAR,
    not_inside,
)
from .dates_shape import Shape

_SEP = rf"(?P<sep>{LIST}|{RANGE})"
_SEP_OR_SLASH = rf"(?P<sep>{LIST}|{RANGE}|/)"
_DAY_WORD = rf"遊(?![覽行客])|{pattern_of('days.behind_listed')}"
"""Behind 日 in a list of days: 二日遊, 5日內."""

DAYS: tuple[Shape, ...] = (
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
)

BARE_DAYS: tuple[Shape, ...] = (
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
)
"""Days that a list goes on with; they are tried last."""
