"""Names that the words around a figure give: what is counted, what was done to it, how it is counted."""

from __future__ import annotations

from pathlib import Path

import heshu
import pytest
from heshu.corpus.read import read
from heshu.extract import extract
from heshu.extract.context import figures, views
from heshu.extract.phrases import Phrase, heading_name, phrase_of
from hypothesis import given
from hypothesis import strategies as st

from .test_indicators import names

CABINET = Path(heshu.__file__).parent.parent / "shared" / "cabinet"

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


PARALLEL = {
    "another year and another body of text around": (
        "〈109年〉查獲違規廣告物【300件】,裁處〔12件〕。",
        "本局持續加強巡查。〈110年〉共查獲違規廣告物【285件】,並裁處〔9件〕。",
    ),
    "another list before": (
        "補助甲、乙及丙等【3所】國民中小學。",
        "補助丁、戊、己、庚等【4所】國民中小學。",
    ),
    "more words of counting": ("漁產品交易金額【3億元】。", "漁產品交易金額合計已高達新臺幣【4億元】。"),
    "a remark": ("救護車出勤【900趟】。", "救護車(含支援車)出勤計【950趟】。"),
}


@pytest.mark.parametrize(("one", "next_year"), PARALLEL.values(), ids=PARALLEL)
def test_the_next_report_gives_the_same_name(one: str, next_year: str) -> None:
    assert names(one) == names(next_year)


@pytest.mark.skipif(not CABINET.is_dir(), reason="the reports are not at hand")
def test_a_sentence_told_again_in_the_next_report_gives_the_same_names() -> None:
    """Where nothing in the sentence itself says of what, the text before does, which may be another one."""
    told: dict[tuple[object, ...], dict[str, list[str]]] = {}
    for path in sorted(CABINET.glob("*.txt")):
        half, department = path.stem[:5], path.stem[6:]
        extraction = extract(read(path))
        facts = {(fact.mention.block, fact.mention.block_start): fact for fact in extraction.facts}
        for view in views(extraction.report, extraction.mentions).values():
            for figure in figures(view):
                fact = facts[figure.mention.block, figure.mention.block_start]
                place = figure.mark.at - figure.sentence.start
                key = (department, view.block.path[-1:], figure.sentence.text, place, figure.unit)
                if view.block.kind != "table" and len(figure.sentence.text) > 12:
                    told.setdefault(key, {}).setdefault(half, []).append(fact.indicator.replace("(半年)", ""))
    again = [
        halves for halves in told.values() if len(halves) > 1 and all(len(found) == 1 for found in halves.values())
    ]
    same = [halves for halves in again if len({found[0] for found in halves.values()}) == 1]
    assert len(again) > 500
    assert len(same) > 0.99 * len(again)


@pytest.mark.parametrize(("sentence", "name"), NAMES.values(), ids=NAMES)
@given(number=st.integers(min_value=2, max_value=10**7))
def test_a_name_does_not_hang_on_the_number(sentence: str, name: str, number: int) -> None:
    import regex

    other = regex.sub(r"(?<=【)[\d,.]+(?=\D)", str(number), sentence)
    assert names(other)[0][0] == name
