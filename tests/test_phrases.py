"""Names that the words around a figure give: what is counted, what was done to it, how it is counted."""

from __future__ import annotations

import pytest
from heshu.extract.phrases import Phrase, heading_name, phrase_of
from hypothesis import given
from hypothesis import strategies as st

from .test_indicators import names

PHRASES = [
    ("查獲違規廣告物", Phrase("", "違規廣告物", "查獲")),
    ("月退休金發放人數計", Phrase("", "月退休金發放人數", "")),
    ("全國農會逾放比率已降至", Phrase("", "全國農會逾放比率", "")),
    ("辦理河川巡守研習", Phrase("", "河川巡守研習", "")),
    ("並核發獎勵金新臺幣", Phrase("", "獎勵金", "核發")),
    ("生技廠商申請進駐", Phrase("", "生技廠商", "申請進駐", behind=True)),
    ("共計", Phrase()),
    ("本府", Phrase()),
    ("", Phrase()),
]


@pytest.mark.parametrize(("text", "phrase"), PHRASES, ids=[text for text, _ in PHRASES])
def test_a_phrase_is_a_thing_and_what_was_done_to_it(text: str, phrase: Phrase) -> None:
    assert phrase_of(text) == phrase


NAMES = {
    "verb and thing": ("查獲違規廣告物【300件】。", "違規廣告物查獲件數"),
    "thing and verb": ("違規廣告物查報【300件】。", "違規廣告物查報件數"),
    "holding says nothing": ("辦理防災演練【12場】。", "防災演練場次"),
    "the measure is told": ("漁產品交易金額達【3億元】。", "漁產品交易金額"),
    "the thing stands behind": ("補助【25所】國民中小學。", "國民中小學補助所數"),
    "what they did stands behind": ("共有【9個】社區獲獎。", "社區獲獎數"),
    "the thing was told before": ("舉辦防災演練,計〔12場〕、【850人】參加。", "防災演練參加人數"),
    "one title for all": ("辦理「河川巡守營」,計有【30人】參加。", "河川巡守營參加人數"),
    "a figure between": ("補助〔95所〕學校〔516個〕社團【586個】計畫。", "學校計畫數"),
    "a remark in brackets": ("經濟成長率(折年率)為【2.1%】。", "經濟成長率"),
    "a growth rate": ("漁產品交易金額成長【3%】。", "漁產品交易金額增減率"),
    "own body says nothing": ("本市列管古蹟計【30處】。", "列管古蹟處數"),
}


@pytest.mark.parametrize(("sentence", "name"), NAMES.values(), ids=NAMES)
def test_a_figure_has_a_name(sentence: str, name: str) -> None:
    assert names(sentence)[0][0] == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("推展社區閱讀", "社區閱讀"),
        ("推動執行「青嵐好水計畫」", "青嵐好水計畫"),
        ("水利措施", "水利措施"),
        ("強化服務,提升品質", "品質"),
    ],
)
def test_a_heading_has_a_name(heading: str, name: str) -> None:
    assert heading_name(heading) == name


@pytest.mark.parametrize(("sentence", "name"), NAMES.values(), ids=NAMES)
@given(number=st.integers(min_value=2, max_value=10**7))
def test_a_name_does_not_hang_on_the_number(sentence: str, name: str, number: int) -> None:
    import regex

    other = regex.sub(r"(?<=【)[\d,.]+(?=\D)", str(number), sentence)
    assert names(other)[0][0] == name
