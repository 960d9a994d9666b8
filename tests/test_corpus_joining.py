"""What page ends, furniture and narrow columns cut is whole again; what was apart stays apart."""

from __future__ import annotations

import pytest
from heshu.corpus import read_text
from heshu.corpus.fold import fold, width
from heshu.corpus.lines import is_spaced


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("日 期：1 1 2 年 4 月 2 6 日", ["日期:112年4月26日"], id="spaced-line"),
        pytest.param("會議日期：1 1 2 年 4 月 1 9 日", ["會議日期:112年4月19日"], id="spaced-date"),
        pytest.param("計 12 人參加", ["計12人參加"], id="blanks-around-digits"),
        pytest.param("參加 Open Data 競賽", ["參加Open Data競賽"], id="latin-words-keep-their-blank"),
        pytest.param("數值 12 34", ["數值12 34"], id="figures-keep-their-blank"),
        pytest.param("ＡＢ（１２）％", ["AB(12)%"], id="full-width"),
        pytest.param("㈡辦理 5 場", ["(二)辦理5場"], id="one-character-mark"),
        pytest.param("[bookmark: _Hlk123]2.辦理訓練", ["[bookmark: _Hlk123]", "2.辦理訓練"], id="bookmark"),
        pytest.param("(3)\n辦理日語班", ["(3)辦理日語班"], id="lone-mark"),
    ],
)
def test_cleaning(text: str, wanted: list[str]) -> None:
    assert [block.text for block in read_text(text).blocks] == wanted


LONG = "為強化本市各機關同仁之專業知能，青嵐市政府持續辦理各項訓練課程並檢討其成效，"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(f"{LONG * 3}自106年8月\n\n19日施行。", 1, id="cut-in-a-date"),
        pytest.param(f"{LONG * 3}計有125人（公\n\n務人員25人、教職員100人）。", 1, id="cut-in-a-bracket"),
        pytest.param(f"{LONG * 3}成效良好。\n\n另辦理參訪活動。", 2, id="two-paragraphs"),
        pytest.param(f"2.為應業務需要，成立長期照顧中心\n{LONG * 3}成效良好。", 2, id="heading-and-text"),
        pytest.param(f"{LONG * 3}計有\n\n- 12 -\n\n35人參加。", 2, id="page-number-between"),
    ],
)
def test_joining(text: str, wanted: int) -> None:
    assert len(read_text(text).blocks) == wanted


RAGGED = "青嵐市立圖書館辦理閱讀推廣活動及館藏資料整理，持續充實\n設備，成效良好。"


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        pytest.param("1.本期受理急難案件186件，事由為罹患重病無力負擔", "者87件、意外事故致家庭生活陷於困境者99件，均已依規定結案。", 1, id="a figure ends a clause"),
        pytest.param("1.鼓勵市民走入圖書館，培養終身閱讀習慣，各分館於每週", "末辦理說故事活動及親子共讀活動，成效良好。", 1, id="clauses"),
        pytest.param("1.鼓勵市民走入圖書館，培養終身閱讀習慣之計畫", "各分館於週末辦理說故事活動及親子共讀，成效良好。", 2, id="a title with a comma"),
    ],
)  # fmt: skip
def test_a_ragged_margin(first: str, second: str, wanted: int) -> None:
    """Lines of so many characters, whatever their width: the first is no heading where it tells figures or clauses."""
    text = "\n".join([RAGGED, "（一）辦理情形", first, second, "（二）未來規劃", RAGGED])
    joined = [block for block in read_text(text).blocks if first[2:12].replace("，", ",") in block.text]
    assert len(joined) == 1
    assert (second[-6:].replace("，", ",") in joined[0].text) == (wanted == 1)


def test_a_page_number_does_not_cut_a_sentence() -> None:
    lines = [
        "青嵐市政府為強化各機關同仁專業知能，辦",
        "理訓練並檢討成效，計有",
        "12",
        "三十五人參加，成效良好，將持續推動辦理",
    ]
    blocks = read_text("\n\n".join([*lines, "各項訓練。"])).blocks
    assert [block.kind for block in blocks].count("residue") == 1
    assert any(block.text.endswith("各項訓練。") for block in blocks)


LONG_LINE = "為使青嵐市各機關同仁熟悉圖表判讀與資料整理，"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        pytest.param("本所於111年12", "月13日、112年2月23日辦理研習班2期，計43人完訓。", id="half a month"),
        pytest.param("本所於111年12月", "13日及20日辦理研習班2期，計43人完訓。", id="month and day"),
        pytest.param("本所於111年12月1", "3日辦理研習班1期，計43人完訓。", id="half a day"),
        pytest.param("本所於111年12月5、1", "2、19及26日辦理，計43人完訓。", id="half a day in a list"),
        pytest.param("本所於111年12月", "5、12、19及26日辦理，計43人完訓。", id="a list of days like a mark"),
        pytest.param(
            "111年市府各機關女性首長51人、副首", "長18人、主任及專員計49人，合計118人。", id="a word like a unit"
        ),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["", "with an empty line"])
def test_a_line_goes_on_whatever_the_next_one_begins_with(before: str, behind: str, between: str) -> None:
    second = f"並結合實務案例加以演練，強化跨單位之橫向聯繫與{before}"
    first = next((LONG_LINE * 4)[:length] for length in range(80) if width((LONG_LINE * 4)[:length]) > width(second))
    assert [block.text[-6:] for block in read_text(between.join([first, second, behind])).blocks] == [
        fold(behind)[0][-6:]
    ]


def test_a_chronicle_keeps_its_months_apart() -> None:
    text = "大事紀\n106年12月\n5日 舉行市政會議，通過年度計畫。\n107年1月\n3日 舉行新春團拜，市長致詞。\n"
    assert [block.text for block in read_text(text).blocks][1::2] == ["106年12月", "107年1月"]


def test_folding_keeps_what_means_something() -> None:
    assert fold("、。「」『』①²Ⅲ・")[0] == "、。「」『』①²Ⅲ・"
    assert fold("，（）：；％～　－")[0] == ",():;%~ -"
    assert list(fold("甲㈠乙", 5)[1]) == [5, 6, 6, 6, 7]


@pytest.mark.parametrize(
    ("line", "spaced"), [("日 期 ： 1 1 2 年", True), ("合計 1 2 3 4 5", False), ("曹 爾 忠", False)]
)
def test_spaced_lines(line: str, spaced: bool) -> None:
    assert is_spaced(fold(line)[0]) is spaced


ROWS = [
    ("01", "32010", "1,642", "2,820", "-1,178", "本年度編列汰換攝影機及除濕機，共"),
    ("", "其他設備", "", "", "", "計1,642,000元。"),
    ("02", "32011", "3,900", "3,800", "100", "本年度與上年度之比較如下："),
    ("", "新聞發布", "", "", "", "1.配合姊妹市交流，增加旅費50,000"),
    ("", "", "", "", "", "元。"),
    ("", "", "", "", "", "2.其他經費增加50,000元。"),
    ("", "", "", "", "", "3.以上均依實際需要核實編列。"),
]


def test_a_column_of_remarks_is_read_by_itself() -> None:
    lines = ["".join(cell.ljust(10) for cell in row[:5]).ljust(56) + row[5] for row in ROWS]
    texts = [block.text for block in read_text("\n".join(lines)).blocks]
    assert texts == [
        "01 32010 1,642 2,820 -1,178",
        "其他設備",
        "本年度編列汰換攝影機及除濕機,共計1,642,000元。",
        "02 32011 3,900 3,800 100",
        "新聞發布",
        "本年度與上年度之比較如下:",
        "1.配合姊妹市交流,增加旅費50,000元。",
        "2.其他經費增加50,000元。",
        "3.以上均依實際需要核實編列。",
    ]


def test_right_aligned_lines_are_no_column_of_remarks() -> None:
    lines = [
        "　　青嵐市政府112年度歲出預算編列38億4,620萬元，經常門占12億1,870萬元，其餘為資本門。",
        f"{'':40}（單位：千元）",
        "　　青嵐市路燈現有42,618盞，其中LED燈40,913盞，其餘傳統燈具於113年汰換。",
        f"{'':40}（單位：人次）",
        "　　青嵐市立圖書館各分館入館人次985萬2,580人次，平均每日2萬6,993人次。",
        f"{'':40}（單位：公里）",
    ]
    texts = [block.text for block in read_text("\n\n".join(lines)).blocks]
    assert [text for text in texts if "單位" not in text] == [fold(line.strip())[0] for line in lines[::2]]


def test_running_heads_do_not_cut_a_sentence() -> None:
    head = "白沙市總預算案\n歲出機關別預算表\n"
    text = f"{head}{LONG * 3}計有（含職員\n\x0c{head}12人）35人。\n\x0c{head}三、另辦理參訪。\n"
    blocks = read_text(text).blocks
    assert [block.kind for block in blocks].count("residue") == 4
    assert any(block.text.endswith("計有(含職員12人)35人。") for block in blocks)
    assert [block.page for block in blocks if block.marker] == [3]
