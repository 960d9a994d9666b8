"""Quantities of running text: sentence → what is read, span and all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from heshu.extract.claims import Claims
from heshu.extract.numbers.quantities import Reading, read_quantities
from hypothesis import given
from hypothesis import strategies as st


def read(text: str) -> list[Reading]:
    claims = Claims(len(text))
    claims.take_marks(text, strong=True)
    claims.take_marks(text, strong=False)
    claims.note_words(text)
    return read_quantities(text, claims)


def shown(text: str, quantity: Reading) -> str:
    """``span=value[..max] unit[ bound][ (paren)][ ×distributed]``."""
    top = "" if quantity.value_max is None else f"..{quantity.value_max.normalize():f}"
    value = f"{quantity.value.normalize():f}" if hasattr(quantity.value, "normalize") else str(quantity.value)
    extra = f" {quantity.bound}" if quantity.bound else ""
    extra += f" ({quantity.paren})" if quantity.paren is not None else ""
    extra += f" ×{quantity.distributed}" if quantity.distributed else ""
    return f"{text[quantity.start : quantity.end]}={value}{top} {quantity.unit}{extra}"


TABLE: dict[str, list[str]] = {
    # counts and amounts
    "計有409人(男性205人、女性204人)參加": ["409人=409 人", "205人=205 人", "204人=204 人"],
    "發放42億6,205萬8,114元整": ["42億6,205萬8,114元=4262058114 元"],
    "獎金新臺幣30萬元": ["30萬元=300000 元"],
    "總額586(4)人,修正為588(4)人": ["586(4)人=586 人 (4)", "588(4)人=588 人 (4)"],
    "會員17.9萬人,時數854萬小時,文章9萬7千篇": ["17.9萬人=179000 人", "854萬小時=8540000 小時", "9萬7千篇=97000 篇"],
    "出口1,300億1,700萬美元": ["1,300億1,700萬美元=130017000000 美元"],
    "二○兆三、四一二億元": ["二○兆三、四一二億元=20341200000000 元"],
    "付款玖拾伍萬元整": ["玖拾伍萬元=950000 元"],
    "課程210門362小時": ["210門=210 門", "362小時=362 小時"],
    # any mixture of digits, Chinese numerals and powers
    "總經費計1億2千3百萬元(中央1億元、自籌2千3百萬元)": [
        "1億2千3百萬元=123000000 元",
        "1億元=100000000 元",
        "2千3百萬元=23000000 元",
    ],
    "計5千3百元,1萬5千6百人,伍仟3佰元": ["5千3百元=5300 元", "1萬5千6百人=15600 人", "伍仟3佰元=5300 元"],
    "約4點5億元,零點77公里,一億半元": ["4點5億元=450000000 元 about", "零點77公里=0.77 公里", "一億半元=150000000 元"],
    "大年初一167萬人次": ["167萬人次=1670000 人次"],
    # signs
    "成長負3.9%,差短負1,200萬元,餘絀-1,200元": ["負3.9%=-3.9 %", "負1,200萬元=-12000000 元", "-1,200元=-1200 元"],
    "為-2.42‰,變動-0.5個百分點": ["-2.42‰=-2.42 ‰", "-0.5個百分點=-0.5 百分點"],
    "民眾自負3萬元,正負3%": ["3萬元=30000 元", "3%=3 %"],
    "負成長3.5%": ["3.5%=3.5 %"],
    # coins and currencies
    "每件123元4角5分": ["123元4角5分=123.45 元"],
    "新臺幣3,000,NTD 3,000,000,NT$20": ["3,000=3000 元", "3,000,000=3000000 元", "20=20 元"],
    "約US$1,500": ["1,500=1500 美元"],
    "MDMA3,472公克,5℃,3克、4毫克": ["3,472公克=3472 公克", "5℃=5 ℃", "3克=3 克", "4毫克=4 毫克"],
    # bounds
    "約3,000餘人": ["3,000餘人=3000 人 more_than"],
    "貸款507億7,815萬餘元": ["507億7,815萬餘元=50778150000 元 more_than"],
    "等十多項考試": ["十多項=10 項 more_than"],
    "至少2,000人,最高5,000元": ["2,000人=2000 人 at_least", "5,000元=5000 元 at_most"],
    "年滿40歲以上,未滿50歲者": ["40歲=40 歲 at_least", "50歲=50 歲 less_than"],
    "商機突破10億元,逾42場,近3萬人": ["10億元=1000000000 元 more_than", "42場=42 場 more_than", "3萬人=30000 人 about"],
    "執行率不得低於90%,費率不得高於5%": ["90%=90 % at_least", "5%=5 % at_most"],
    "人數不低於20人,低於3班": ["20人=20 人 at_least", "3班=3 班 less_than"],
    "貸款期限最長7年": ["7年=7 年 at_most"],
    # shares
    "滿意度達九成以上": ["九成=90 % at_least"],
    "學員滿意度以八成為目標": ["八成=80 %"],
    "成立後成為第一家": [],
    "占百分之四‧八": ["百分之四‧八=4.8 %"],
    "不得超過總額1/3,或三分之一": ["1/3=1/3 ratio", "三分之一=1/3 ratio"],
    "成長率為-12.34%,△5.2%": ["-12.34%=-12.34 %", "△5.2%=-5.2 %"],
    "增加3.17個百分點": ["3.17個百分點=3.17 百分點"],
    "九折優惠,年息1.07厘,成長2.94倍": ["九折=9 折", "1.07厘=1.07 厘", "2.94倍=2.94 倍"],
    "完訓率達百分百": ["百分百=100 %"],
    "百萬分之五,10萬分之5,三又二分之一": [
        "百萬分之五=1/200000 ratio",
        "10萬分之5=1/20000 ratio",
        "三又二分之一=7/2 ratio",
    ],
    "達0.5%、.5%,約三成半,僅半成,9成5": ["0.5%=0.5 %", ".5%=0.5 %", "三成半=35 % about", "半成=5 %", "9成5=95 %"],
    "百分之三至五,百分之六到百分之七": ["百分之三至五=3..5 %", "百分之六到百分之七=6..7 %"],
    # ranges, alternatives, lists
    "七千到九千億元,經費一千到兩千萬": [
        "七千到九千億元=700000000000..900000000000 元",
        "一千到兩千萬=10000000..20000000 元",
    ],
    "八九億元、二三十人、四五千人": [
        "八九億元=800000000..900000000 元",
        "二三十人=20..30 人",
        "四五千人=4000..5000 人",
    ],
    "三、五百人,七八成": ["三、五百人=300..500 人", "七八成=70..80 %"],
    "一四億元、八九億元": ["一四億元=1400000000 元", "八九億元=8900000000 元"],
    "三十至五十萬元,3至5百萬元": ["三十至五十萬元=300000..500000 元", "3至5百萬元=3000000..5000000 元"],
    "10至20人,5~7天,2-3年": ["10至20人=10..20 人", "5~7天=5..7 天", "2-3年=2..3 年"],
    "每人3,500元至7,900元": ["3,500元至7,900元=3500..7900 元"],
    "介於51.14%至62.14%之間": ["51.14%至62.14%=51.14..62.14 %"],
    "補助3至5萬元": ["3至5萬元=30000..50000 元"],
    "需時2、3個月": ["2、3個月=2..3 個月"],
    "發行30、91及182天期存單": ["30=30 天", "91=91 天", "182天=182 天"],
    # what is counted without a measure word, or with a word between
    "組織發展局等5機關": ["5機關=5 機關"],
    "供23縣市政府運用": ["23縣市=23 縣市"],
    "兩協會共同辦理": ["兩協會=2 協會"],
    "五大核心、兩大作為": ["五大=5 大", "兩大=2 大"],
    "累積950參觀人次、4特殊類別": ["950參觀人次=950 人次", "4特殊類別=4 類別"],
    "於5個工作日內、六個學年度": ["5個=5 個 ", "六個=6 個"],
    "專員及助理員各1人": ["1人=1 人 ×2"],
    "改增置科員13人、專員及助理員各1人": ["13人=13 人", "1人=1 人 ×2"],
    # Chinese numerals: numbers and words
    "每二年一次,一年最多補助3次": ["二年=2 年", "一次=1 次", "一年=1 年", "3次=3 次 at_most"],
    "四項皆通過,三案均核定": ["四項=4 項", "三案=3 案"],
    "授課一個半小時,兩個半月,一年半": ["一個半小時=1.5 小時", "兩個半月=2.5 個月", "一年半=1.5 年"],
    "為期半年,服務兩年半": ["半年=0.5 年", "兩年半=2.5 年"],
    "百萬元獎金,數百人響應": ["百萬元=1000000 元", "數百人=100 人 more_than"],
    # a unit that the text leaves out
    "遊客共計20萬,較上月18萬人次增加": ["20萬=200000 人次", "18萬人次=180000 人次"],
    "所得60萬以下者": ["60萬=600000 元 at_most"],
}


@pytest.mark.parametrize(("text", "wanted"), TABLE.items(), ids=TABLE)
def test_reads(text: str, wanted: list[str]) -> None:
    assert [shown(text, quantity) for quantity in read(text)] == [line.strip() for line in wanted]


NONE = [
    "第4屆第1次定期大會", "第12次、13次會議", "簡任第11-12職等", "一級機關首長", "九職等以上", "七等主管班",
    "三節慰問金", "一次退休金", "統一辦理一般業務", "三讀通過", "兩岸兩性", "五都與六都", "四維路", "推廣5G智慧城市",
    "搭配720度全景影像", "強化1999服務", "通過ISO 27001驗證", "防範COVID-19", "因應0121地震", "PM2.5濃度", "S57公園",
    "下午2時30分至5時58分", "上午9時召開", "電話:(07)123-4567", "字第1080012345號函", "中央路二段16號4樓",
    "測製1/1000地形圖", "研習班(一)(二)", "李○○先生", "長期照顧十年計畫2.0", "單位:千元", "每月1日發放",
    "兩者皆可", "更深一層瞭解", "每一筆資料", "下一個年度", "同一人", "淨零2050",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_holds_no_quantity(text: str) -> None:
    assert [shown(text, quantity) for quantity in read(text)] == []


ALPHABET = "0123456789,.%()-~至、一二三兩十百千萬億餘多半人次元個月年天成折分之各共計約以上第 \t\n"


@given(st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
def test_quantities_are_in_order_and_do_not_overlap(text: str) -> None:
    found = read(text)
    assert all(0 <= quantity.start < quantity.end <= len(text) for quantity in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
