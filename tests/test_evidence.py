"""Two witnesses are heard apart: words and layout, and arithmetic; and what both say of a report is settled together."""

from __future__ import annotations

import pytest
from heshu.corpus.read import read_text
from heshu.model import Relation
from heshu.pipeline import extract
from heshu.rules.consistency import candidates, relate
from heshu.rules.consistency.evidence import slips, weigh
from heshu.rules.consistency.findings import findings_of
from heshu.rules.consistency.masking import read


def relations(text: str) -> tuple[Relation, ...]:
    extraction = extract(read_text(text, "t"))
    return relate(
        extraction.report,
        extraction.mentions,
        extraction.facts,
        issued=extraction.issued.edtf if extraction.issued else None,
    )


def broken(text: str) -> list[str]:
    return [f"{each.rule} {each.result.text}" for each in relations(text) if each.holds is False]


RIGHT = [
    pytest.param("活動逾3,000人(男性1,600人、女性1,500人)參加。", id="more than a round number"),
    pytest.param("補助經費逾500萬元(甲區300萬元、乙區230萬元)。", id="more than a round amount"),
    pytest.param("全年不到100人(男性50人、女性45人)參加。", id="less than a round number"),
    pytest.param("兩檔基金淨值分別為58億4,500餘萬元及29億6,600餘萬元，合計88億1,200餘萬元。", id="remainders add up"),
    pytest.param("救護1,430次，較上年同期1,455次減少25次，降低1.7%。", id="what fell was more before"),
    pytest.param("水位一度達16.69公尺，比警戒水位12公尺高出5公尺。", id="a whole number among decimals was rounded"),
    pytest.param(
        "日圓匯率報31.030元，較年初之31.840元升值0.810元或2.61%。", id="a currency may be reckoned from either level"
    ),
    pytest.param("列管工廠6,341家，應申報2,753家，申報率已達97%。", id="a duty is no part"),
    pytest.param("基金規模自3月2兆1,510億元擴充為9月2兆2,305億元，平均年增率7.46%。", id="a rate over a year"),
    pytest.param("放款3兆1,204億元(較上季增加1,530億元)，占全體43.50%。", id="a change in a bracket is no part"),
    pytest.param("選出35件得獎作品(金獎1件、銀獎3件、銅獎3件)。", id="prizes that are named are some of all"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_open_is_not_told(text: str) -> None:
    assert broken(text) == []


WRONG = [
    pytest.param("受理食品2萬0,301件、藥品1萬0,416件、器材2萬1,706件、其他商品5,436件，總計5萬7,881件。", "sum.ahead 5萬7,881件", id="a near miss"),
    pytest.param("經核准取得計24件、未核准20件、審核中6件，共計48件。", "sum.ahead 48件", id="what is, what is not, and what is open"),
    pytest.param("應進用1,815人(山區1,058人，非山區582人)。", "sum.bracket 1,815人", id="a class and the rest"),
    pytest.param("查扣1,652.4公斤，較上年同期1,635.2公斤，減少17.2公斤。", "change.compared 1,652.4公斤", id="a rise that is told as a fall"),
    pytest.param("產值為11兆2,484億元，較96年11兆5,178元，減少2.34%。", "growth.levels 2.34%", id="a power word that was lost"),
    pytest.param("排放粉塵2萬6,831噸，削減量1萬3,702噸，削減率49%。", "ratio.share 49%", id="a rate named by the verb of its part"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_told_though_no_digit_mends_it(text: str, told: str) -> None:
    assert broken(text) == [told]


def test_words_say_the_same_whatever_the_digits() -> None:
    def said(text: str) -> float:
        extraction = extract(read_text(text, "t"))
        found = candidates(read(extraction.report, extraction.mentions))
        return max(weigh(each).words for each in found if each.relation.kind == "sum")

    assert said("計有41人(男性20人、女性21人)參加。") == said("計有87人(男性34人、女性12人)參加。")


def test_a_small_agreement_says_less_than_a_large_one() -> None:
    def odds(text: str) -> float:
        extraction = extract(read_text(text, "t"))
        found = candidates(read(extraction.report, extraction.mentions))
        return max(weigh(each).arithmetic for each in found if each.relation.kind == "sum" and each.holds)

    assert odds("計有41人(男性20人、女性21人)。") < odds("計有4,103人(男性2,002人、女性2,101人)。")


def test_a_finding_says_how_likely_it_is() -> None:
    (sure,) = findings_of(relations("計有4,103人(男性2,002人、女性2,111人)參加。"))
    assert sure.severity == "contradiction"
    assert sure.confidence >= sure.relation.confidence  # type: ignore[union-attr]


def test_parts_that_are_numbered_in_a_row_leave_nothing_out() -> None:
    def severities(text: str) -> list[str]:
        return [each.severity for each in findings_of(relations(text))]

    assert severities("園區進駐業者共40家(第1期10家、第2期16家、第3期4家)。") == ["contradiction"]
    assert severities("園區進駐業者共40家(第1期10家、第3期16家、第5期4家)。") != ["contradiction"]


def test_another_reading_that_holds_takes_a_broken_one_away() -> None:
    text = "天然災害18件，另有火災1,517件，較上年同期1,606件減少89件。"
    assert broken(text) == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        pytest.param("計有4,103人(男性2,002人、女性2,111人)。", True, id="one digit"),
        pytest.param("計有4,103人(男性2,002人、女性2,999人)。", False, id="no single error"),
    ],
)
def test_an_error_that_people_make(text: str, known: bool) -> None:
    extraction = extract(read_text(text, "t"))
    found = candidates(read(extraction.report, extraction.mentions))
    relation = next(each.relation for each in found if each.relation.rule == "sum.bracket")
    assert (slips(relation) is not None) is known
