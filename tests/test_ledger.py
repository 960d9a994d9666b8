"""The ledger: a number is read whole or not at all, and every numeral character stands in exactly one entry."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import cn2an
import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.extract import extract
from heshu.extract.numbers.numerals import read_numeral
from heshu.extract.numbers.spans import NUMERAL_RUNS
from hypothesis import given
from hypothesis import strategies as st

SUITES = Path(heshu.__file__).parent.parent / "shared" / "peer-suites"
CASES = [
    json.loads(line)["input"]
    for path in (sorted(SUITES.glob("*.jsonl")) if SUITES.is_dir() else [])
    for line in path.read_text(encoding="utf-8").splitlines()
]


def entries_by_character(text: str) -> dict[int, int]:
    """How many entries each numeral character of a text stands in."""
    report = read_text(text)
    told = Counter(at for entry in extract(report).ledger for at in range(entry.start, entry.end))
    return {
        block.offsets[found.start() + at]: told[block.offsets[found.start() + at]]
        for block in report.blocks
        for found in NUMERAL_RUNS.finditer(block.text)
        for at, char in enumerate(found.group())
        if char not in ",."
    }


@pytest.mark.skipif(not CASES, reason="the test cases of other libraries are not beside the checkout")
def test_every_numeral_of_other_libraries_cases_stands_in_one_entry() -> None:
    wrong = {text: found for text in CASES if set((found := entries_by_character(text)).values()) - {1}}
    assert wrong == {}


@given(
    st.text(
        alphabet="0123456789,.，一二兩三十百千萬億兆○零壹參陸伍仟半餘多數負-分之成年月日人元、至()（）２３๓",
        max_size=40,
    )
)
def test_every_numeral_of_any_text_stands_in_one_entry(text: str) -> None:
    assert set(entries_by_character(text).values()) <= {1}


# What is no number as a whole gives no quantity, and all of it is listed.
TORN = {
    "計3萬5人": "3萬5",
    "共7兆4〇元": "7兆4〇",
    "編列一千五萬元": "一千五萬",
    "計三十二十五人": "三十二十五",
    "計12345678901234567890123456789012345678901234567890123456789012人": "1234567890" * 6 + "12",
}


@pytest.mark.parametrize(("text", "run"), TORN.items(), ids=TORN)
def test_a_number_that_is_none_as_a_whole_is_unread_as_a_whole(text: str, run: str) -> None:
    extraction = extract(read_text(text))
    assert extraction.mentions == ()
    assert [entry.text for entry in extraction.unread] == [run]


@pytest.mark.parametrize("text", ["計82，225元", "計５，000元整，共3，456人"])
def test_a_wide_comma_that_could_part_a_list_or_thousands_is_left_open(text: str) -> None:
    extraction = extract(read_text(text))
    assert [m.text for m in extraction.mentions] in ([], ["５，000元"])
    assert extraction.unread


@pytest.mark.parametrize("text", ["共๓人", "計١٢٣件"])
def test_digits_of_other_scripts_are_listed(text: str) -> None:
    extraction = extract(read_text(text))
    assert [mention.text for mention in extraction.mentions] == []
    assert len(extraction.unread) == 1


# --- one number in every notation -------------------------------------------------------------------------------------
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")


def chinese(number: int) -> str:
    return str(cn2an.an2cn(str(number))).replace("万", "萬").replace("亿", "億")


def by_powers(number: int) -> str:
    """5300 as 5千3百."""
    written, gap = "", False
    for power, name in ((10**8, "億"), (10**4, "萬")):
        count, number = divmod(number, power)
        if count:
            written, gap = written + by_powers(count) + name, False
        else:
            gap = bool(written)
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count, number = divmod(number, power)
        if count:
            written, gap = f"{written}{'零' if gap and written else ''}{count}{name}", False
        else:
            gap = bool(written)
    return written


NOTATIONS = {
    "digits": str,
    "thousands marks": lambda n: f"{n:,}",
    "full-width": lambda n: str(n).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "digits by powers": by_powers,
    "Chinese": chinese,
    "formal": lambda n: chinese(n).translate(FORMAL),
    "in 萬": lambda n: f"{Decimal(n) / 10000:f}萬",
}


@pytest.mark.parametrize("notation", NOTATIONS)
@given(number=st.integers(21, 10**8 - 1) | st.integers(1, 9999).map(lambda n: n * 100))
def test_a_number_reads_alike_in_every_notation(notation: str, number: int) -> None:
    written = NOTATIONS[notation](number)
    [mention] = extract(read_text(f"計{written}元。")).mentions
    assert (mention.value, mention.unit) == (number, "元"), written


@given(st.integers(1, 10**12))
def test_chinese_numerals_are_read_as_cn2an_writes_them(number: int) -> None:
    assert read_numeral(chinese(number)).value == number


# --- no finding rests on what was not read ----------------------------------------------------------------------------
SUMS = {
    "總經費計1億2千3百萬元(中央補助1億元、本市自籌2千3百萬元)。": [],
    "總經費計1億2千9百萬元(中央補助1億零1百萬元、本市自籌2千3百萬元)。": ["SUM"],
    "共計90人(男性60人、女性30人)。": [],
    "共計95人(男性60人、女性30人)。": ["SUM"],
    "共計95人(男性60人、女性3萬5人、其他30人)。": [],
}


@pytest.mark.parametrize(("text", "codes"), SUMS.items(), ids=SUMS)
def test_no_finding_rests_on_an_unread_number(text: str, codes: list[str]) -> None:
    audit = heshu.audit(read_text(text))
    assert [finding.code for finding in audit.findings] == codes


# --- what no reader sees, and thin blanks -----------------------------------------------------------------------------
UNSEEN = {
    "zero-width blank": "計1\u200b2人。",
    "soft hyphen": "計1\u00ad2人。",
    "byte order mark": "計1\ufeff2人。",
    "no-break blank before the unit": "計12\u00a0人。",
    "line break": "計1\u20602人。",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_no_reader_sees_vanishes_from_a_number_and_stays_in_its_offsets(text: str) -> None:
    [mention] = extract(read_text(text)).mentions
    assert (mention.value, mention.unit) == (12, "人")
    assert text[mention.start : mention.end] == mention.text == text[1:-1]


@pytest.mark.parametrize("blank", ["\u2009", "\u202f", "\u2007", "\u00a0"], ids=ascii)
def test_thin_blanks_part_thousands(blank: str) -> None:
    [mention] = extract(read_text(f"計1{blank}234{blank}567元。")).mentions
    assert mention.value == 1234567


def test_blanks_that_could_part_two_numbers_leave_them_open() -> None:
    extraction = extract(read_text("計1 234 567元。"))
    assert extraction.mentions == ()
    assert [entry.text for entry in extraction.unread] == ["1", "234", "567"]


@pytest.mark.parametrize("text", ["較上年度之二兆二千億元增加", "其中之三十二億元", "分之二百元"])
def test_a_word_before_a_number_takes_nothing_of_it(text: str) -> None:
    spans = [m.text for m in extract(read_text(text)).mentions if m.kind == "quantity"]
    assert spans in ([], ["二兆二千億元"], ["三十二億元"], ["二百元"])
