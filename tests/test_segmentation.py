"""Words around figures: a table of segmentations made by hand, noun phrases, and where the cache lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import heshu
import jieba
import pytest
from heshu.extract import segmentation
from heshu.extract.segmentation import (
    BORDER,
    LEFT_OUT,
    MENTION,
    SIGN,
    Borders,
    class_of,
    own_words,
    tokens,
    uncounted,
    word_begins,
    words,
)
from heshu.rules.registry import OURS
from hypothesis import given
from hypothesis import strategies as st

SEGMENTED = """
青嵐市 政府 人事處
進用 身心障礙 人員
應 進用 原住民
月退休金 發放 人數
公務人員 退休 資遣 撫卹
薦任 第九職等 科長
特約商店 數量
平均 完訓率 達
業已 辦理 完竣
編制員額 修正為
約聘僱 人員 酬金
女性 首長 及 副首長
任一 性別 比例
參訓 人次
截至 年底 止
超額進用 人員
本府 所屬 機關 學校
訓練 班期 數
英語 檢定 通過 比例
員工協助方案 個別 諮商
未婚聯誼 活動
退休 公教人員 年節 慰問金
三節 慰問 對象
健康檢查 補助費
模範公務人員 選拔
市政 會議 表揚
終身學習 時數
數位學習 課程
性別平等 委員會
應聘任 委員
急難貸款 件數
委託 辦理 採購
行政中立 訓練
考試 分發 人員
占 預算員額 比率
生活津貼 給付
子女教育補助 金額
兼任 人事 管理員
增置 護理師 編制
減列 書記 員額
移撥 駐衛警察
國民中小學 教師
區公所 里幹事
戶政事務所 整併
衛生所 醫師
消防局 分隊長
警察局 派出所 所長
捷運工程局 副局長
社會局 社工師
交通局 停車場 車位
垃圾 清運量
低收入戶 家庭 扶助
長期照顧 服務 人數
獨居老人 關懷 訪視
公共托育 家園
新住民 語文 學習
稅課收入 預算數
歲入 歲出 差短
統籌分配稅款 獲配 數
一般性補助款 收入
債務 還本 支出
中央 計畫型 補助款
公共工程 發包 預算
都市更新 案件
污水 下水道 用戶 接管率
道路 養護 面積
公園 綠地 面積
觀光 遊客 人次
圖書館 借閱 冊數
志工 服務 時數
就業 服務 求職 登記
勞工 權益 保障
職業 災害 發生率
食品 稽查 件數
登革熱 病媒蚊 密度
流感 疫苗 接種率
交通事故 死亡 人數
監視器 妥善率
查獲 毒品 案件
農損 天然災害 救助金
學生 營養午餐 補助
幼兒園 招收 名額
社會住宅 完工 戶數
平均 滿意度 達
較 去年 同期 增加
較 上期 減少
每人 每年 最高 補助
達成率 百分之百
共計 完成 初審
預計 明年 完工 啟用
"""
"""Phrases as they stand around figures, cut by hand; these were looked at when our own words were written."""

UNSEEN = """
防疫 旅館 房間數
動物 收容 數量
零售 市場 攤位
河川 整治 長度
公立 幼兒園 增班
照護 機構 床位
勞檢 場次 達
山坡地 違規 案件
納稅 義務人 申報
文化 資產 修復 經費
學童 視力 不良率
青年 創業 貸款
運動中心 使用 人次
果菜 批發 市場 交易量
消費 爭議 申訴
國際 航線 旅客
再生能源 裝置 容量
災害 潛勢 地區 居民
地政 電子 謄本 核發
海洋 廢棄物 清除 量
"""
"""Phrases of other departments, cut by hand after our own words had been written."""

KNOWN_GAPS = {
    "青嵐市政府人事處": "the name of a town that no dictionary can hold",
    "薦任第九職等科長": "a number is a word of its own",
    "訓練班期數": "訓練班 and 期數 are words as well",
    "應聘任委員": "應 and 聘任 may stand apart as well",
    "文化資產修復經費": "文化資產 is a term of our own",
    "青年創業貸款": "青年創業 is a term of its own in the dictionary",
    "運動中心使用人次": "運動中心 is in no dictionary",
    "再生能源裝置容量": "再生能源 is in no dictionary",
}
ROWS = [row.split() for row in (SEGMENTED + UNSEEN).split("\n") if row]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, marks=pytest.mark.xfail(reason=KNOWN_GAPS["".join(row)]) if "".join(row) in KNOWN_GAPS else ()
        )
        for row in ROWS
    ],
    ids=["".join(row) for row in ROWS],
)
def test_cut(row: list[str]) -> None:
    assert words("".join(row)) == row


@given(st.text(max_size=60) | st.text("身心障礙人員計有409人(男性205人)，完訓率98.5%。\n", max_size=60))
def test_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


BORDERS = [
    ("人力計畫", "人", False),
    ("人參加研習", "人", True),
    ("名單身同仁", "名", True),
    ("名單公告", "名", False),
    ("員工協助", "員", False),
    ("處理中", "處", False),
    ("處所", "處", False),
    ("次會議", "次", True),
    ("項目標", "項", True),
    ("項目", "項", False),
    ("戶外活動", "戶", False),
    ("所學校", "所", True),
    ("所有權", "所", False),
    ("台灣", "台", False),
    ("期間", "期", False),
    ("對象", "對", False),
    ("組隊伍參賽", "組", True),
    ("場地", "場", False),
    ("件", "件", True),
]


@pytest.mark.parametrize(("text", "word", "ends"), BORDERS, ids=[f"{word} in {text}" for text, word, _ in BORDERS])
def test_a_measure_word_ends_at_a_border_of_words(text: str, word: str, ends: bool) -> None:
    assert (Borders(f"3{text}").loss(1, 1 + len(word)) < BORDER) == ends


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("促進兩岸交流", "兩岸"),
        ("完成三讀程序", "三讀"),
        ("三項計畫", ""),
        ("修繕四處橋梁", ""),
        ("達八成以上", ""),
        ("一般行政", "一般"),
    ],
)
def test_a_word_that_holds_a_numeral_may_count_nothing(text: str, word: str) -> None:
    at = next(place for place, sign in enumerate(text) if sign in "一兩三四八")
    found = uncounted(text, at)
    assert (text[slice(*found)] if found else "") == word


@pytest.mark.parametrize(
    ("text", "word", "begins"),
    [
        ("高原地區", "原", False),
        ("即將辦理", "將", False),
        ("將辦理", "將", True),
        ("特別預算", "預算", True),
        ("原住民", "原住民", True),
    ],
)
def test_a_cue_begins_where_a_word_does(text: str, word: str, begins: bool) -> None:
    assert word_begins("由" + text, 1 + text.index(word)) == begins


@pytest.mark.parametrize(
    ("word", "kind"),
    [("公務人員", "n"), ("發放", "v"), ("補助", "g"), ("增置", "v"), ("逾", "v"), ("公頃", "m"), ("以上", "f"), ("約", "d"), ("畝地", "m")],
)  # fmt: skip
def test_a_word_has_a_class(word: str, kind: str) -> None:
    assert class_of(word) == kind


def test_figures_dates_and_signs_are_no_words() -> None:
    assert [(word, kind) for word, _, _, kind in tokens("▢計▣,")] == [
        ("▢", MENTION), ("計", "n"), ("▣", MENTION), (",", SIGN)
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["公務人員", "身心障礙", "退休金", "薦任", "完訓率", "里幹事"])
def test_a_word_of_the_trade_is_in_the_dictionary(word: str) -> None:
    assert class_of(word) is not None


@pytest.mark.parametrize("word", ["", "身心障碍", "青嵐市", "務人", "公務人", "A"])
def test_what_is_no_word_is_not(word: str) -> None:
    assert class_of(word) is None


def test_our_own_words_are_cut_whole() -> None:
    assert [word for word, kind in own_words() if kind != LEFT_OUT and words(word) != [word]] == []


CUT = "from heshu.extract.segmentation import words; print(words('身心障礙人員'))"


def cut_with(cache: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HESHU_CACHE": str(cache), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-c", CUT], env=environment, capture_output=True, encoding="utf-8")


def test_the_cache_lies_in_a_folder_of_our_own(tmp_path: Path) -> None:
    for _ in range(2):
        done = cut_with(tmp_path / "new")
        assert (done.stdout.strip(), done.stderr) == ("['身心障礙', '人員']", "")
    (kept,) = (tmp_path / "new").glob("words-*")
    kept.write_bytes(b"broken")
    assert cut_with(tmp_path / "new").stdout.strip() == "['身心障礙', '人員']"


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = cut_with(tmp_path / "file")
    assert (done.stdout.strip(), done.stderr) == ("['身心障礙', '人員']", "")


def test_nothing_is_loaded_before_it_is_used() -> None:
    code = "from heshu.extract import segmentation; print(segmentation._lexicon.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "0"


@pytest.fixture(scope="module")
def jieba_itself() -> jieba.Tokenizer:
    """jieba over our dictionary."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, _, tokenizer.total = segmentation._lexicon(OURS)
    tokenizer.initialized = True
    return tokenizer


@given(st.text(alphabet="二十五年度計畫補助人次預算〇㐀龥鿦🙂abZ9 .%-+\r\n\t,、。「", max_size=24))
def test_words_are_those_of_jieba(jieba_itself: jieba.Tokenizer, text: str) -> None:
    assert segmentation.words(text) == jieba_itself.lcut(text, HMM=False)


def test_words_of_whole_reports_are_those_of_jieba(jieba_itself: jieba.Tokenizer) -> None:
    for sample in sorted(Path(heshu.__path__[0], "corpus", "samples").glob("*.txt")):
        text = sample.read_text(encoding="utf-8")
        assert segmentation.words(text) == jieba_itself.lcut(text, HMM=False)
