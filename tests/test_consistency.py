"""What a report ties together, beside the examples of the constructions, and how it is told.

In the examples ``[…]`` marks a quantity and ``{…}`` a date, so that these tests read the grammar of the sentences and
not the extraction. An expectation reads like the arithmetic: ``sum 41人 = 20人 + 21人``; ``✗`` stands behind a tie
whose figures do not agree.
"""

import re
from decimal import Decimal
from random import Random

import pytest
from heshu.corpus.read import read_text
from heshu.model import Mention, Relation, Report
from heshu.rules.consistency import relate
from heshu.rules.consistency.constructions import constructions, find
from heshu.rules.consistency.findings import findings_of
from heshu.rules.consistency.masking import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_MARKED = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}")
_READING = re.compile(r"(-?[\d,.]+)([億萬])?(?:([\d,]+)萬)?(餘)?(?:[(（](\d+)[)）])?(.*)")
_SCALE = {"億": 10**8, "萬": 10**4, None: 1}


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where the marked mentions stand."""
    plain, spans, position = "", [], 0
    for mark in _MARKED.finditer(text):
        plain += text[position : mark.start()]
        content = mark[1] if mark[1] is not None else mark[2]
        spans.append((len(plain), len(plain) + len(content), "quantity" if mark[1] is not None else "date"))
        plain += content
        position = mark.end()
    return plain + text[position:], spans


def mention_of(text: str, start: int, end: int, kind: str, place: tuple[int, int], before: str) -> Mention:
    """A mention with a plain reading of its figure."""
    if kind == "date":
        return Mention("t", "date", start, end, text, place[0], place[1], place[1] + end - start, "test", edtf=text)
    reading = _READING.fullmatch(text)
    assert reading is not None
    digits = reading[1].replace(",", "")
    value = Decimal(digits) * _SCALE[reading[2]] + Decimal((reading[3] or "0").replace(",", "")) * 10**4
    decimals = len(digits.partition(".")[2])
    step = Decimal(10**4) if reading[3] else Decimal(_SCALE[reading[2]]).scaleb(-decimals)
    bound = "more_than" if reading[4] or before.endswith("逾") else "about" if before.endswith(("約", "近")) else None
    return Mention(
        "t", "quantity", start, end, text, place[0], place[1], place[1] + end - start, "test", value, None, reading[6],
        step, bound, Decimal(reading[5]) if reading[5] else None, 2 if before.endswith("各") else None,
    )  # fmt: skip


def read_marked(text: str) -> tuple[Report, list[Mention]]:
    """A report of a marked text, and its mentions."""
    plain, spans = marked(text)
    report = read_text(plain, "t")
    places = {
        offset: (number, index)
        for number, block in enumerate(report.blocks)
        for index, offset in enumerate(block.offsets)
        if block.text[index] not in "\t\n"
    }
    mentions = [
        mention_of(plain[start:end], start, end, kind, places[start], plain[:start]) for start, end, kind in spans
    ]
    return report, mentions


def ties(text: str) -> tuple[Relation, ...]:
    """The relations of a marked text."""
    return relate(*read_marked(text))


ARITHMETIC = frozenset({"sum", "ratio", "difference", "change", "growth", "same", "dates"})


def sums(text: str) -> tuple[Relation, ...]:
    """The relations that reckon or tell a thing twice; bounds and counts have tests of their own."""
    return tuple(relation for relation in ties(text) if relation.kind in ARITHMETIC)


def told(relation: Relation) -> str:
    """A relation as arithmetic."""
    terms = " ".join(f"{sign} {term.text}" for sign, term in zip(relation.signs, relation.terms, strict=True))
    ending = {True: "", False: " ✗", None: " ?"}[relation.holds]
    return f"{relation.kind} {relation.result.text} = {terms.removeprefix('+ ')}{ending}"


def test_a_heading_and_its_body() -> None:
    text = "1.超額進用身心障礙人員[72人]\n本府應進用身心障礙人員[100人]，已進用[170人]，超額進用[70人]。\n"
    assert [told(relation) for relation in sums(text)] == [
        "difference 70人 = 170人 - 100人",
        "same 70人 = 72人 ✗",
    ]


def test_a_list_that_is_pointed_back_to() -> None:
    text = "修正工務局、農業局及勞工局等[3機關]編制表\n配合改制，上開[4機關]移撥員額。\n"
    assert [told(relation) for relation in sums(text)] == ["same 4機關 = 3機關 ✗"]


def test_a_numbered_meeting_has_one_day() -> None:
    text = "業於{2019-07-03}第216次市政會議中表揚。\n收錄{2019-07-13}第216次市政會議之照片。\n"
    assert [told(relation) for relation in sums(text)] == ["dates 2019-07-13 = 2019-07-03 ✗"]


@pytest.mark.parametrize(
    ("attended", "severity"),
    [
        pytest.param("137人", "contradiction", id="as many people but for one"),
        pytest.param("167人", "suspicious", id="many more people"),
    ],
)
def test_an_event_that_is_told_twice(attended: str, severity: str) -> None:
    text = (
        "(1)主管班\n{2024-09-30}辦理「智慧工具入門研習班」[1班]，計有[60人]參訓。另於{2024-09-27}辦理「智慧實務應用班」"
        "[1班]，計有[78人]參訓。\n(2)綜合\n{2024-09-23}及{2024-09-30}分別辦理「智慧實務應用班(一)」及"
        f"「智慧工具入門說明(一)」，計有[{attended}]參訓。\n"
    )
    relations = sums(text)
    assert [told(relation) for relation in relations] == [
        "dates 2024-09-23 = 2024-09-27 ✗",
        f"sum {attended} = 60人 + 78人 ✗",
    ]
    assert {finding.severity for finding in findings_of(relations)} == {severity}


def test_findings_with_one_root_are_one_finding() -> None:
    text = "科目\t本年度\t上年度\t增減\n甲項\t[42]\t[40]\t[2]\n乙項\t[51]\t[54]\t[-3]\n合計\t[93]\t[99]\t[-1]\n"
    (finding,) = findings_of(sums(text))
    assert "如「99」改為 94即相符" in finding.message_zh
    assert "With 94 in place of “99”" in finding.message_en


def test_rounding_is_told() -> None:
    rounded, truncated = (
        ties("應進用[59人]，已進用[208人]，比例[353%]。"),
        ties("應進用[59人]，已進用[208人]，比例[352%]。"),
    )
    assert [relation.rounding for relation in (*rounded, *truncated)] == ["round", "truncate"]


TIED = [text for each in constructions().values() for text, _ in each.examples if "[" in text and "\t" not in text]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.sampled_from(TIED), st.randoms(use_true_random=False))
def test_constructions_do_not_depend_on_digits(text: str, random: Random) -> None:
    """Whatever the digits, the words of a construction tie the same figures; what is made of it depends on them."""

    def other_digits(mark: re.Match[str]) -> str:
        return re.sub(r"\d", lambda _: str(random.randint(1, 9)), mark[0]) if mark[1] else mark[0]

    def shape(text: str) -> set[object]:
        found = find(read(*read_marked(text)))
        return {(c.relation.rule, c.relation.result.start, *(t.start for t in c.relation.terms)) for c in found}

    assert shape(_MARKED.sub(other_digits, text)) == shape(text)


@given(
    st.text(alphabet="其中共計合占較增減由修正為，、；。（）()人元% 及「」等[]", max_size=60).map(
        lambda s: s.replace("[", "").replace("]", "")
    ),
    st.integers(1, 3),
)
def test_no_text_breaks_the_checks(text: str, every: int) -> None:
    pieces = "[5人]".join(text[start : start + every] for start in range(0, len(text), every))
    for relation in ties(pieces + "完"):
        assert relation.holds in (True, False, None)


def test_a_finding_shows_its_arithmetic() -> None:
    (finding,) = findings_of(ties("計有[41人](男性[20人]、女性[22人])參加。"))
    assert (finding.code, finding.severity) == ("SUM", "contradiction")
    assert "20人 + 22人 = 42" in finding.message_zh
    assert "20人 + 22人 = 42" in finding.message_en
    assert [mention.text for mention in finding.mentions] == ["41人", "20人", "22人"]
