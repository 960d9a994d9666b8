"""Which figures of a sentence are tied together, and whether they agree.

In the examples ``[…]`` marks a quantity and ``{…}`` a date, so that these tests read the grammar of the sentences and
not the extraction. An expectation reads like the arithmetic: ``sum 41人 = 20人 + 21人``; ``✗`` stands behind a tie
whose figures do not agree.
"""

import re
from decimal import Decimal

import pytest
from heshu.corpus.read import read_text
from heshu.model import Mention, Relation, Report
from heshu.rules.consistency import BY_WORDS, CHECKS, relate
from heshu.rules.consistency.context import read
from heshu.rules.consistency.findings import findings_of
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


SUMS = [
    ("in brackets", "青嵐市共辦理8場，計有[41人](男性[20人]、女性[21人])參加。", ["sum 41人 = 20人 + 21人"]),
    ("broken", "計有[41人](男性[20人]、女性[22人])參加。", ["sum 41人 = 20人 + 22人 ✗"]),
    ("noun between", "辦理[9項]研究(委託研究[4項]、補助研究[5項])。", ["sum 9項 = 4項 + 5項"]),
    ("labels behind", "辦理[9項]計畫([4案]委外辦理、[5案]自行辦理)。", ["sum 9項 = 4案 + 5案"]),
    ("of which in brackets", "領有[30人](其中公務人員[10人]，教職員[20人])。", ["sum 30人 = 10人 + 20人"]),
    (
        "money",
        "合計[1億2,000萬元](中央補助款[7,000萬元]，市款[5,000萬元])。",
        ["sum 1億2,000萬元 = 7,000萬元 + 5,000萬元"],
    ),
    ("changes", "較{去年}增加[15人](公務人員增[5人]、教職員增[10人])。", ["sum 15人 = 5人 + 10人"]),
    ("against the trend", "較{去年}增加[5人](公務人員增[9人]、教職員減[4人])。", ["sum 5人 = 9人 - 4人"]),
    (
        "reckoned in brackets",
        "僅能再借[18億餘元](預算[1億元]，加計保留[64億元]，減去借款[47億元])。",
        ["sum 18億餘元 = 1億元 + 64億元 - 47億元"],
    ),
    ("closing 共", "提報「甲獎」[24案]及「乙獎」[23案]，共[47案]。", ["sum 47案 = 24案 + 23案"]),
    ("closing 合計", "退休人員[6人]、撫卹人員[3人]，合計[9人]。", ["sum 9人 = 6人 + 3人"]),
    ("closing 等", "增置科長[2人]、股長[4人]及主任[1人]等[7人]。", ["sum 7人 = 2人 + 4人 + 1人"]),
    ("加上", "續約[390家]、加上{108年度}新簽約[10家]，目前合計[400家]。", ["sum 400家 = 390家 + 10家"]),
    ("加計", "差短[63億元]，加計還本[6億元]，合計[69億元]。", ["sum 69億元 = 63億元 + 6億元"]),
    ("clauses", "出口收入為[13億元]，匯入收入為[9億元]，收入共計[22億元]。", ["sum 22億元 = 13億元 + 9億元"]),
    (
        "two measures in step",
        "霧川市退休[2人]、[300萬元]；撫卹[1人]、[100萬元]，合計[3人]、[400萬元]。",
        ["sum 3人 = 2人 + 1人", "sum 400萬元 = 300萬元 + 100萬元"],
    ),
    (
        "posts held concurrently, the word told once",
        "減列主任[3人]、兼任管理員[3人]及會計員[3人]，共計[3(6)人]。",
        ["sum 3(6)人 = 3人 + 3人 + 3人"],
    ),
    (
        "posts held concurrently",
        "減列主任[3人]、兼任管理員及會計員各[3人]，共計[3(6)人]。",
        ["sum 3(6)人 = 3人 + 3人"],
    ),
    ("of which", "共計[30人]，其中公務人員[12人]、教育人員[18人]。", ["sum 30人 = 12人 + 18人"]),
    (
        "of which, interleaved",
        "計[30人]，合計[90萬元]，其中公務人員[12人]，[40萬元]；教職員[18人]，[50萬元]。",
        ["sum 30人 = 12人 + 18人", "sum 90萬元 = 40萬元 + 50萬元"],
    ),
    (
        "of which, net",
        "增置社工人力[5人]，其中增置組長[2人]、督導[4人]，另減列秘書[1人]。",
        ["sum 5人 = 2人 + 4人 - 1人"],
    ),
    ("共計 before parts", "現有[7個]學生團隊，共計室內團隊[4個]、戶外團隊[3個]。", ["sum 7個 = 4個 + 3個"]),
    (
        "members' brackets",
        "辦理「甲班」([2場次]共[40人])、「乙班」([3場次]共[60人])等課程共[5場次]，計[101人次]。",
        ["sum 5場次 = 2場次 + 3場次", "sum 101人次 = 40人 + 60人 ✗"],
    ),
    (
        "increments",
        "{109年度}已增加[2億元]，{110年度}再增加[3億元]，累計增加[5億元]。",
        ["sum 5億元 = 2億元 + 3億元"],
    ),
    (
        "truncated parts",
        "債務[72億餘元](長期債務[33億餘元]、短期債務[38億餘元])。",
        ["sum 72億餘元 = 33億餘元 + 38億餘元"],
    ),
]

RATES = [
    (
        "quota",
        "應進用[59人]，已進用[208人]，超額進用[149人]，進用比例達[352%]。",
        ["difference 149人 = 208人 - 59人", "ratio 352% = 208人 + 59人"],
    ),
    (
        "quota over a semicolon",
        "應進用原住民[68人]；已進用[221人]，進用比例為[326%]。",
        ["ratio 326% = 221人 + 68人 ✗"],
    ),
    (
        "quota of bodies",
        "應依規定聘派者計[103個]，其中已依規定聘派者計[90個]，占[87.4%]，尚未符合規定[13個]。",
        ["ratio 87.4% = 90個 + 103個", "difference 13個 = 103個 - 90個"],
    ),
    ("share of 其中", "會員[17.9萬人]，其中市府[13.5萬人]，占[75%]。", ["ratio 75% = 13.5萬人 + 17.9萬人"]),
    ("share of", "出口[124億元]，約占總值[308億元]之[40.26%]。", ["ratio 40.26% = 124億元 + 308億元"]),
    ("steps", "申請[36戶]，核准[35戶]，核貸比率[97.22%]。", ["ratio 97.22% = 35戶 + 36戶"]),
    (
        "a third step between",
        "申請[250件]，核准[230件]，駁回[20件]，核准率[92%]。",
        ["ratio 92% = 230件 + 250件", "sum 250件 = 230件 + 20件"],
    ),
    (
        "shares of a total",
        "指標合計[20項]，甲等[15項]，占[75%]、乙等[5項]，占[25%]。",
        ["sum 20項 = 15項 + 5項", "ratio 75% = 15項 + 20項", "ratio 25% = 5項 + 20項"],
    ),
    (
        "topic of the sentence",
        "白沙市歲出編列[100億元]。歲出以教育支出最多，編列[38億元]，占[38%]。",
        ["ratio 38% = 38億元 + 100億元"],
    ),
    (
        "rate of a part",
        "一級主管共[440人]，女性計[226人]，比率[51.36%]。",
        ["ratio 51.36% = 226人 + 440人"],
    ),
    (
        "two shares in one go",
        "轉入數[20億元]、[3億元]，分別占保留數[40億元]、[10億元]之[50%]、[30%]。",
        ["ratio 50% = 20億元 + 40億元", "ratio 30% = 3億元 + 10億元"],
    ),
    (
        "growth, twice",
        "人口為[3,400人]，較{去年同月}增加[400人]，增加率為[13.33%]，較{上月}增加[100人]，增加率為[3.03%]。",
        ["growth 13.33% = 3,400人 + 400人", "growth 3.03% = 3,400人 + 100人"],
    ),
    ("growth with 或", "就業人數為[3,400人]，月增[100人]或[3.03%]。", ["growth 3.03% = 3,400人 + 100人"]),
    (
        "growth with the former level",
        "歲出編列[28億元]，較{112年度}之[26億元]，增加[2億元]，約增[7.69%]。",
        ["change 28億元 = 26億元 + 2億元", "growth 7.69% = 28億元 + 2億元"],
    ),
    (
        "decline",
        "發生數為[80件]，較{去年同期}減少[20件]，減幅[20%]。",
        ["growth 20% = 80件 - 20件"],
    ),
    (
        "growth",
        "受理[120件]，較{去年同期}增加[20件](+[20%])。",
        ["growth 20% = 120件 + 20件"],
    ),
]

DIFFERENCES = [
    ("over a norm", "比例達[27.87%]，較規定[18%]，高出[9.87%]。", ["difference 9.87% = 27.87% - 18%"]),
    ("norms are exact", "比例達[27.87%]，較規定[18%]，高出[9.57%]。", ["difference 9.57% = 27.87% - 18% ✗"]),
    (
        "deficit",
        "歲入編列[96億元]，歲出編列[100億元]，歲入歲出差短[4億元]。",
        ["difference 4億元 = 100億元 - 96億元"],
    ),
    (
        "deficit, changes between",
        "歲入審定[96億元]，較預算增加[2億元]；歲出審定[100億元]，較預算減少[3億元]；歲入歲出差短[4億元]。",
        ["difference 4億元 = 100億元 - 96億元"],
    ),
    (
        "surplus",
        "總收入[33億餘元]，總支出[31億餘元]，審定純益[1億餘元]。",
        ["difference 1億餘元 = 33億餘元 - 31億餘元"],
    ),
]

CHANGES = [
    ("from to", "增置組員[2人]，總員額由[86(4)人]，修正為[88(4)人]。", ["change 88(4)人 = 86(4)人 + 2人"]),
    (
        "brackets reckoned",
        "增置組員[2人]，總員額由[86(4)人]修正為[88(5)人]。",
        ["change 88(5)人 = 86(4)人 + 2人 ✗"],
    ),
    (
        "before after",
        "原編制員額[62人]，經由社會局移撥員額[8人]，修編後為[70人]。",
        ["change 70人 = 62人 + 8人"],
    ),
    (
        "summed change",
        "減列主任[3人]、兼任管理員[6人]，共計[3(6)人]，修編前[22(8)人]，修編後[19(2)人]。",
        ["sum 3(6)人 = 3人 + 6人", "change 19(2)人 = 22(8)人 - 3(6)人"],
    ),
    (
        "told behind",
        "從{109年}的[1,839隻]成長至{114年}的[2,439隻]，累計增加[600隻]。",
        ["change 2,439隻 = 1,839隻 + 600隻"],
    ),
    ("loosely stated", "差短從原本逾[65億元]縮為[45億元]，減少[20億元]。", ["change 45億元 = 65億元 - 20億元"]),
    ("a net change and both its ways", "據點較{去年底}淨增[15處](新設[18處]、退場[3處])。", ["sum 15處 = 18處 - 3處"]),
    (
        "a net fall and both its ways",
        "補習班較{去年底}淨減[27家](新立案[38家]、註銷[65家])。",
        ["sum 27家 = - 38家 + 65家"],
    ),
    ("a rise and both its ways", "列管樹木較{上期}增加[1株](新列管[3株]、解列[2株])。", ["sum 1株 = 3株 - 2株"]),
    (
        "posts that were turned into others",
        "增置隊員[46人]，減列技工改置之辦事員[4人]，編制員額由[1,274(6)人]修正為[1,316(6)人]。",
        ["change 1,316(6)人 = 1,274(6)人 + 46人 - 4人"],
    ),
    ("points", "負擔率由[17.3%]下滑至[12.8%]，降低[4.5百分點]。", ["change 12.8% = 17.3% - 4.5百分點"]),
    (
        "cancelling",
        "減列管理員[10人]、技士[3人]，改增置科員[13人]，修正後總數維持[94人]。",
        ["change 94人 = 94人 - 10人 - 3人 + 13人"],
    ),
    ("compared", "持有[36億元]，較{去年底}之[34億元]增加[2億元]。", ["change 36億元 = 34億元 + 2億元"]),
]

NOTHING = [
    ("only some grades", "計[30人]，其中薦任[10人]、簡任[5人]。"),
    ("only some employees", "計[30人]，其中市府員工[10人]、學校員工[5人]。"),
    ("who won had entered", "計[30人]，其中得獎者[3人]、入圍者[5人]。"),
    ("example", "計[30件](如甲類[10件]、乙類[5件])。"),
    ("included", "經費[30萬元](含材料費[10萬元]、工資[5萬元])。"),
    ("level without a change", "利率由[27.95%]增加為[96.46%]，占有率由[72.05%]降為[3.54%]。"),
    ("women of another group", "女性首長計[42人]；女性一級主管計[14人]，比率[51.56%]。"),
    ("whole cost of more than two", "第一期經費[3億元]，第二期經費[5億元]，總經費[20億元]。"),
    ("people and visits", "甲站[12人]、乙站[13人]，合計服務[300人次]。"),
    ("rate of another step", "報名[80人]，到考[70人]，及格率[50%]。"),
    ("growth of something else", "比率由[10%]提高至[15%]，營收成長[20%]。"),
    ("so much for each in a bracket", "票款收入[225萬元](全票[200元]、優待票[100元])。"),
    ("so many at each of several", "辦理[208場](國小每校[2場]、國中每校[1場])。"),
    ("beds of each room", "A棟、每間[2床]，B棟、每間[3床]，共[204床]。"),
    (
        "figures of another bracket",
        "平均每名人員服務[843人]，較{去年底}之[861人](人口[58萬7,104人]、現員[682人])改善。",
    ),
    ("a fall of something else", "嫌疑人減少[7人]，惟詐欺由[135人]增為[141人]。"),
    (
        "an award of more than were added",
        "遴選模範警察，較{去年}增加[2人]，每人獎金[2萬元]，合計[20萬元]。",
    ),
    ("a goal behind a rise", "諮商[89人次]，增加[14人次]，年度目標由[150人次]調整為[165人次]。"),
    ("change of a part", "由[30人]增加至[50人]，男性增加[5人]。"),
    ("loose change", "增加補助[30人]，受益學校[5所]，另編制由[50人]修正為[52人]。"),
    ("another rate behind a change", "受理[120件]，較{去年同期}增加[20件]，達成率[95%]。"),
    ("another rate that rose", "受理[120件]，較{去年同期}增加[20件]，破獲率提升[5%]。"),
    ("one part", "計[30人]，其中[10人]得獎。"),
    ("open list", "計[30件]，其中甲類案件[10件]、乙類案件[5件]等。"),
    ("places are a choice", "計[30件]，其中東區[10件]、西區[5件]。"),
    ("steps are no parts", "計[30人](報名[30人]、錄取[12人])參加。"),
    ("steps are no parts of a total", "報名[50人]、錄取[30人]，計[80人]。"),
    ("other unit", "處理[30筆](面積[12公頃]、價值[5萬元])。"),
    ("running total", "{110年}辦理[3場]、{111年}辦理[4場]，累計[90場]。"),
    ("plan", "甲類[3場]、乙類[4場]，預計[9場]。"),
    ("highest first", "負債[72億元]，其中甲基金債務[26億元]最高、乙基金債務[12億元]。"),
    ("each", "分別辦理[2場]、[3場]，每場[50人]。"),
    ("change without level", "修正編制表，減列員額[2人]，移撥約僱人員[1人]。"),
    ("move of unknown direction", "移撥員額[7人]，總員額由[30人]修正為[37人]。"),
    ("rate without base", "通過檢定[452人]，比例達[27.87%]。"),
    ("satisfaction", "申請[30人]，核准[25人]，滿意度[96%]。"),
    ("comparison with a former level is no norm", "[30人]，較{去年}[20人]為多。"),
    ("rate compared", "比率[48.9%]，較{去年}增加[0.5百分點]。"),
]

TIED = [*SUMS, *RATES, *DIFFERENCES, *CHANGES]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, ties_, id=name) for name, text, ties_ in TIED])
def test_tied(text: str, expected: list[str]) -> None:
    assert sorted(told(relation) for relation in sums(text)) == sorted(expected)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOTHING])
def test_not_tied(text: str) -> None:
    assert [told(relation) for relation in sums(text)] == []


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


TABLES = [
    (
        "total row",
        "類別\t班數\t人數\n甲類\t[2]\t[40]\n乙類\t[3]\t[61]\n合計\t[5]\t[100]\n",
        ["sum 5 = 2 + 3", "sum 100 = 40 + 61 ✗"],
    ),
    (
        "total column",
        "類別\t初等\t普通\t合計\n人數\t[12]\t[77]\t[89]\n另列\t[1]\t[2]\t[4]\n",
        ["sum 89 = 12 + 77", "sum 4 = 1 + 2 ✗"],
    ),
    (
        "changes",
        "科目\t本年度\t上年度\t增減\n甲項\t[42]\t[40]\t[2]\n乙項\t[51]\t[54]\t[-3]\n合計\t[93]\t[94]\t[-1]\n",
        [
            "difference 2 = 42 - 40",
            "difference -3 = 51 - 54",
            "difference -1 = 93 - 94",
            "sum 93 = 42 + 51",
            "sum 94 = 40 + 54",
            "sum -1 = 2 + -3",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, ties_, id=name) for name, text, ties_ in TABLES])
def test_tables(text: str, expected: list[str]) -> None:
    assert sorted(told(relation) for relation in sums(text)) == sorted(expected)


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


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.sampled_from(TIED), st.randoms(use_true_random=False))
def test_ties_do_not_depend_on_digits(example: tuple[str, str, list[str]], random: object) -> None:
    """Whatever the digits, the words alone tie the same figures in the same way; what is made of it depends on them."""
    _, text, _ = example
    changed = _MARKED.sub(
        lambda mark: re.sub(r"\d", lambda _: str(random.randint(1, 9)), mark[0]) if mark[1] else mark[0], text
    )  # type: ignore[attr-defined]

    def shape(text: str) -> list[object]:
        document = read(*read_marked(text))
        found = (relation for check in BY_WORDS for relation in check.find(document))
        return [(r.rule, r.result.start, [t.start for t in r.terms], r.signs) for r in found if r.kind in ARITHMETIC]

    assert shape(changed) == shape(text)


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


def test_checks_have_distinct_ids() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_finding_shows_its_arithmetic() -> None:
    (finding,) = findings_of(ties("計有[41人](男性[20人]、女性[22人])參加。"))
    assert (finding.code, finding.severity) == ("SUM", "contradiction")
    assert "20人 + 22人 = 42" in finding.message_zh
    assert "20人 + 22人 = 42" in finding.message_en
    assert [mention.text for mention in finding.mentions] == ["41人", "20人", "22人"]
