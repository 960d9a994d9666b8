"""Tables come out as rows and columns, whatever the conversion made of them."""

from __future__ import annotations

import pytest
from heshu.corpus import read_text
from heshu.model import Block


def table_of(text: str) -> Block:
    found = [block for block in read_text(text).blocks if block.kind == "table"]
    assert len(found) == 1, [block.text for block in read_text(text).blocks]
    return found[0]


def rows_of(text: str) -> list[list[str]]:
    return [row.split("\t") for row in table_of(text).text.split("\n")]


WANTED = [["類別", "男性", "女性"], ["職員", "12", "34"], ["工友", "5", "6"], ["合計", "17", "40"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("|類別|男性|女性|\n|---|---|---|\n|職員|12|34|\n|工友|5|6|\n|合計|17|40|\n", id="bars"),
        pytest.param("類別\t男性\t女性\n職員\t12\t34\n工友\t5\t6\n合計\t17\t40\n", id="tabs"),
        pytest.param("類別    男性  女性\n職員      12    34\n工友       5     6\n合計      17    40\n", id="gaps"),
        pytest.param("類別 男性 女性\n職員 12 34\n工友 5 6\n合計 17 40\n", id="blanks"),
        pytest.param("類別　男性　女性\n職員　12　34\n工友　5　6\n合計　17　40\n", id="ideographic-blanks"),
        pytest.param("類別\n\n男性\n\n女性\n\n職員 12 34\n\n工友 5 6\n\n合計 17 40\n", id="head-a-word-a-line"),
        pytest.param(
            "\t類別\n\t男性\n\t女性\n\n\t職員\n\t12\n\t34\n\n\t工友\n\t5\n\t6\n\n\t合計\n\t17\n\t40\n", id="cell-a-line"
        ),
        pytest.param(
            '<table border="0"><tr><th>類別</th><th>男&nbsp;性</th><th>女性</th></tr><tr><td>職員<td>12<td>34</tr>'
            "<tr><td><p>工友</p></td><td>5</td><td><font size='2'>6</font></td></tr><tr><td>合計</td><td>17</td><td>40</td></table>",
            id="html",
        ),
        pytest.param('"類別","男性","女性"\n"職員","12","34"\n"工友","5","6"\n"合計","17","40"\n', id="csv"),
    ],
)
def test_rows(text: str) -> None:
    assert rows_of(text) == WANTED


def test_cells_know_their_place_and_heads() -> None:
    block = table_of("單位：千元\n類別\t本期\t上期\n職員\t1,234\t34\n工友\t5\t6\n")
    found = {(cell.row, cell.column): (block.text[cell.start : cell.end], cell.header) for cell in block.cells}
    assert found[(0, 0)] == ("單位:千元", True)
    assert found[(1, 2)] == ("上期", True)
    assert found[(2, 0)] == ("職員", True)
    assert found[(2, 1)] == ("1,234", False)


def test_heads_broken_in_two_are_paired() -> None:
    text = "類別\n\n人數\n\n初等\n\n考試\n\n普通\n\n考試\n\n高考\n\n三級\n\n合計\n\n分發人數 12 77 139 228\n"
    assert rows_of(text)[0] == ["類別人數", "初等考試", "普通考試", "高考三級", "合計"]


def test_heads_of_which_some_are_broken_are_told_by_what_comes_again() -> None:
    head = ["項目", "人數", "高等", "一級", "高等", "二級", "普級", "身障", "特種", "原民", "特種", "總計"]
    text = "\n\n".join(head) + "\n\n錄取人數 2 104 61 9 17 193\n"
    assert rows_of(text)[0] == ["項目人數", "高等一級", "高等二級", "普級", "身障特種", "原民特種", "總計"]


@pytest.mark.parametrize(
    ("head", "heads"),
    [
        ("類別 男性 女性 備註", ["類別", "男性", "女性"]),
        ("項次 類別 男性 女性", ["類別", "男性", "女性"]),
        ("類別 人數 (人) 完成率 (%)", ["類別", "人數(人)", "完成率(%)"]),
        ("男性 女性", ["", "男性", "女性"]),
    ],
)
def test_heads_of_columns_in_which_nothing_stands_are_left_out(head: str, heads: list[str]) -> None:
    assert rows_of(f"{head}\n職員 12 34\n工友 5 6\n合計 17 40\n")[0] == heads


def test_figures_keep_their_units() -> None:
    assert rows_of("方式 陞任 遷調\n府內人員 659 人 933 人\n府外人員 57 人 435 人\n")[1] == [
        "府內人員",
        "659人",
        "933人",
    ]


WITH_UNITS = [["類別", "開班數", "人數"], ["領導", "2班", "40人"], ["管理", "3班", "55人"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("類別\t開班數\t人數\n領導\t2班\t40人\n管理\t3班\t55人\n", id="tabs"),
        pytest.param("\t類別\n\t開班數\n\t人數\n\n\t領導\n\t2班\n\t40人\n\n\t管理\n\t3班\n\t55人\n", id="cell-a-line"),
    ],
)
def test_cells_with_units_are_cells(text: str) -> None:
    assert rows_of(f"青嵐市訓練所辦理情形如下表：\n\n{text}\n以上均已結案，成效良好。\n") == WITH_UNITS


def test_tabs_keep_empty_cells_and_remarks_in_their_place() -> None:
    text = "項目\t經費\t說明\n講師費\t1,200元\t外聘講師。\n場地費\t3萬元\t\n"
    assert rows_of(text)[1:] == [["講師費", "1,200元", "外聘講師。"], ["場地費", "3萬元", ""]]


@pytest.mark.parametrize("text", ["一、\t本年度辦理12場次，計30人參加。", "\t本所於110年5月3日辦理訓練，計40人"])
def test_a_tab_alone_makes_no_table(text: str) -> None:
    assert all(block.kind != "table" for block in read_text(text).blocks)


def test_empty_cells_keep_their_place() -> None:
    text = "\t類\n\t項\n\t金額\n\t備考\n\n\t甲類\n\n\t管理\n\t670\n\t含中心\n\n\t乙類\n\t考核\n\t709\n\t\n\n\t合計\n\t\n\t1,379\n\t\n"
    assert rows_of(text)[1:] == [
        ["甲類", "管理", "670", "含中心"],
        ["乙類", "考核", "709", ""],
        ["合計", "", "1,379", ""],
    ]


def test_spanned_cells_push_the_others() -> None:
    text = "<table><tr><td rowspan=2>項目<td colspan=2>指數</tr><tr><td>本期<td>上期</tr><tr><td>農產<td>90.5<td>91.2</tr></table>"
    assert rows_of(text) == [["項目", "指數", ""], ["", "本期", "上期"], ["農產", "90.5", "91.2"]]


def test_a_lone_figure_is_never_joined() -> None:
    texts = [
        block.text
        for block in read_text("教育訓練研習及各項活動辦理經費\n\n17,523\n\n本項為公務人力中心預算\n\n350\n").blocks
    ]
    assert texts == ["教育訓練研習及各項活動辦理經費", "17,523", "本項為公務人力中心預算", "350"]


@pytest.mark.parametrize("blank", ["\t", "　", " ", "   "], ids=["tab", "ideographic", "blank", "gap"])
@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        pytest.param("年度", "109年", "110年度", id="years"),
        pytest.param("年度", "109", "110", id="years without 年"),
        pytest.param("月份", "1月", "2月", id="months"),
        pytest.param("季別", "第1季", "第2季", id="quarters"),
    ],
)
def test_times_name_rows(blank: str, head: str, first: str, second: str) -> None:
    rows = [[head, "件數", "人數"], [first, "42", "1,180"], [second, "44", "1,233"]]
    block = table_of("\n".join(blank.join(row) for row in rows) + "\n")
    assert [row.split("\t") for row in block.text.split("\n")] == rows
    assert [cell.header for cell in block.cells] == [True] * 3 + [True, False, False] * 2


def test_a_name_may_take_two_lines() -> None:
    text = "類別　員額　現有\n職員　6,842　6,391\n技工、工友\n及駕駛　691　680\n合計　7,533　7,071\n"
    assert rows_of(text) == [
        ["類別", "員額", "現有"], ["職員", "6,842", "6,391"], ["技工、工友及駕駛", "691", "680"], ["合計", "7,533", "7,071"],
    ]  # fmt: skip


def test_numbers_name_rows_only_below_a_head_that_says_so() -> None:
    text = "項次 件數 人數\n109 42 1,180\n110 44 1,233\n"
    assert all(block.kind != "table" for block in read_text(text).blocks)


def test_heads_may_share_columns_and_rows_stand_in_groups() -> None:
    text = (
        "項    目   本 年 度 預 算 數   上 年 度 預 算 數   比較\n"
        "一、經常門   金    額   百分比   金    額   百分比   金    額   增加率\n"
        "二、資本門\n"
        "(一)歲入   1,300   100.00   1,000   100.00   300   30.00\n"
        "1.減資   900   69.23   800   80.00   100   12.50\n"
        "(二)差短   (400)   (600)   200\n"
    )
    assert rows_of(text) == [
        ["項目", "本年度預算數", "", "上年度預算數", "", "比較", ""],
        ["一、經常門", "金額", "百分比", "金額", "百分比", "金額", "增加率"],
        ["二、資本門", "", "", "", "", "", ""],
        ["(一)歲入", "1,300", "100.00", "1,000", "100.00", "300", "30.00"],
        ["1.減資", "900", "69.23", "800", "80.00", "100", "12.50"],
        ["(二)差短", "(400)", "", "(600)", "", "200", ""],
    ]


def test_running_numbers_and_codes_head_their_rows() -> None:
    text = (
        "科　　目   本年度預算數   上年度預算數   前年度決算數\n款   項   名稱及編號\n"
        "5100100000\n2   青嵐委員會   700   650   600\n5100200000\n3   霧川委員會   40   50   60\n"
    )
    assert rows_of(text) == [
        ["", "", "科目", "本年度預算數", "上年度預算數", "前年度決算數"],
        ["", "款項名稱及編號", "", "", "", ""],
        ["5100100000", "2", "青嵐委員會", "700", "650", "600"],
        ["5100200000", "3", "霧川委員會", "40", "50", "60"],
    ]
    assert [cell.header for cell in table_of(text).cells if cell.row > 1 and cell.column < 3] == [True] * 6


def test_running_text_with_figures_is_no_table() -> None:
    text = "本市各機關學校辦理訓練，計 12 班 345 人\n參加，成效良好。\n"
    assert all(block.kind != "table" for block in read_text(text).blocks)


def test_a_caption_is_above_its_table_only() -> None:
    blocks = read_text(
        "白沙市各項考試分發人數一覽表\n類別\t男性\t女性\n職員\t12\t34\n工友\t5\t6\n本市續辦各項訓練。\n"
    ).blocks
    assert [(block.kind, block.path) for block in blocks] == [
        ("heading", ()),
        ("table", ("白沙市各項考試分發人數一覽表",)),
        ("paragraph", ()),
    ]


def heads_of(text: str) -> list[tuple[int, int, int, str]]:
    """Row, column, columns covered, and words of every head above the figures."""
    block = table_of(text)
    body = min(cell.row for cell in block.cells if not cell.header)
    return [
        (cell.row, cell.column, cell.column_span, block.text[cell.start : cell.end])
        for cell in block.cells
        if cell.row < body
    ]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        pytest.param(
            "項　目   本年度預算數   上年度預算數\n一、經常門   金　額   百分比   金　額   百分比\n歲入   2,000   100.00   1,600   100.00\n稅課   1,500   75.00   1,200   75.00\n",
            [(0, 0, 1, "項目"), (0, 1, 2, "本年度預算數"), (0, 3, 2, "上年度預算數"), (1, 0, 1, "一、經常門"), (1, 1, 1, "金額"), (1, 2, 1, "百分比"), (1, 3, 1, "金額"), (1, 4, 1, "百分比")],
            id="over equal groups",
        ),
        pytest.param(
            "項目   本年度   上年度\n科目   預算數   預算數\n歲入   2,000   1,600\n稅課   1,500   1,200\n",
            [(0, 0, 1, "項目"), (0, 1, 1, "本年度"), (0, 2, 1, "上年度"), (1, 0, 1, "科目"), (1, 1, 1, "預算數"), (1, 2, 1, "預算數")],
            id="one below the other",
        ),
        pytest.param(
            "           校數    班級數    學生數(人)        教師數\n                               計     男     女\n"
            "國小         20      400   9,800  5,050  4,750     820\n國中         10      210   5,600  2,900  2,700     510\n",
            [(0, 3, 3, "學生數(人)"), (1, 1, 1, "校數"), (1, 2, 1, "班級數"), (1, 3, 1, "計"), (1, 4, 1, "男"), (1, 5, 1, "女"), (1, 6, 1, "教師數")],
            id="by their place on the page",
        ),
        pytest.param(
            "                              按性別分\n          人口      密度                    性比    65歲\n 年底別\n                   (人/km)   男      女      例     以上\n"
            "109年底  98,450      512   48,900 49,550    98.7   9,100\n110年底  98,120      510   48,650 49,470    98.3   9,300\n",
            [(0, 3, 3, "按性別分"), (1, 0, 1, "年底別"), (1, 1, 1, "人口"), (1, 2, 1, "密度(人/km)"), (1, 3, 1, "男"), (1, 4, 1, "女"), (1, 5, 1, "性比例"), (1, 6, 1, "65歲以上")],
            id="words that take several lines",
        ),
        pytest.param(
            "科　　目   本年度預算數   上年度預算數\n款   項   目   節   名稱及編號\n3100510000\n7   文化局主管   52,300   51,000\n3100510100\n1   一般行政   32,000   31,500\n",
            [(0, 2, 1, "科目"), (0, 3, 1, "本年度預算數"), (0, 4, 1, "上年度預算數"), (1, 1, 1, "款項目節名稱及編號")],
            id="accounts with their numbers",
        ),
        pytest.param(
            "年別   109   110   111\n出生   420   400   380\n死亡   500   510   530\n",
            [(0, 0, 1, "年別"), (0, 1, 1, "109"), (0, 2, 1, "110"), (0, 3, 1, "111")],
            id="years side by side",
        ),
    ],
)  # fmt: skip
def test_heads_of_several_lines_stand_over_their_columns(text: str, heads: list[tuple[int, int, int, str]]) -> None:
    assert heads_of(text) == heads


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("年底別   戶數   人口數\n109   35,120   98,450\n110   35,300   98,120\n", ["109", "110"], id="years below their head"),
        pytest.param("109   35,120   98,450\n110   35,300   98,120\n111   35,510   97,800\n", ["109", "110", "111"], id="years in order"),
        pytest.param("1   一般行政   32,000   31,500\n2   藝文推廣   19,800   19,000\n", ["1", "2"], id="running numbers"),
    ],
)  # fmt: skip
def test_numbers_that_name_rows_are_heads(text: str, first: list[str]) -> None:
    block = table_of(text)
    names = [block.text[cell.start : cell.end] for cell in block.cells if cell.column == 0 and cell.header]
    assert names[-len(first) :] == first


def test_values_between_commas_are_not_taken_for_a_page() -> None:
    text = '"科目","本年度",,"上年度",\n"歲入","1,200",,"900",\n"歲出","80",,"1,100",\n'
    assert rows_of(text)[1] == ["歲入", "1,200", "", "900", ""]


def test_a_row_without_its_shares_has_the_amounts_alone() -> None:
    text = "歲入   2,000   100.00   1,600   100.00\n歲出   2,400   100.00   1,900   100.00\n差短   (400)   (300)\n"
    assert rows_of(text)[2] == ["差短", "(400)", "", "(300)", ""]
