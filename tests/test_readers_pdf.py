"""PDF: lines become paragraphs, columns and pages one text, tables cells; what is no text is named."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pdfplumber
import pytest
from heshu.corpus.assemble import assemble
from heshu.corpus.parsed import Paragraph, Parsed, Table, UnreadableFile
from heshu.corpus.read import read_bytes
from heshu.corpus.readers import pdf as reader
from heshu.pipeline import extract

from .made import Pdf

LONG = "本府為落實照顧政策自年初起辦理各項服務並督導各區公所依限"
"""A full line of twelve points between 72 and 420."""


def read(made: Pdf) -> Parsed:
    return reader.read(made.data())


def texts(parsed: Parsed, kind: str = "text") -> list[str]:
    return [part.text for part in parsed.elements if isinstance(part, Paragraph) and part.kind == kind]


def grid(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell.text
    width = max(cell.column for cell in table.cells) + 1
    return [[row.get(column, "") for column in range(width)] for _, row in sorted(rows.items())]


def tables(parsed: Parsed) -> list[list[list[str]]]:
    return [grid(part) for part in parsed.elements if isinstance(part, Table)]


def test_a_sentence_over_lines_is_one_paragraph_and_a_short_line_ends_it() -> None:
    made = Pdf()
    made.lines(72, 100, [LONG, LONG[:-3] + "計有1,2", "34人參加。", "一、另案辦理。"])
    assert texts(read(made)) == [LONG + LONG[:-3] + "計有1,234人參加。", "一、另案辦理。"]


def test_a_sentence_over_pages_is_one_paragraph_with_both_pages() -> None:
    made = Pdf()
    for page in (1, 2, 3):
        made.text(72, 30, "青嵐市政府工作報告")
        made.lines(72, 680, [LONG, LONG] if page < 3 else ["全部完成。"])
        made.text(290, 820, f"- {page} -")
        made.page()
    parsed = read(made)
    assert texts(parsed) == [LONG * 4 + "全部完成。"]
    assert texts(parsed, "residue") == [text for page in (1, 2, 3) for text in ("青嵐市政府工作報告", f"- {page} -")]
    places = assemble(parsed).places
    assert places is not None
    start = assemble(parsed).text.index("全部完成")
    assert [box.page for box in places.boxes(start, start + 4)] == [3]


def test_columns_are_read_one_after_the_other() -> None:
    made = Pdf()
    left = ["左欄第一行說明本市辦理，", "左欄第二行說明各區情形，", "左欄第三行說明經費來源，", "左欄第四行說明後續計畫，", "左欄第五行說明檢討方向，", "左欄第六行到此結束。"]  # fmt: skip
    made.text(72, 60, "兩欄文字的報告標題放在整頁上方並且橫跨左右兩個欄位的全部寬度")
    made.lines(72, 100, left)
    made.lines(320, 100, [line.replace("左", "右") for line in left])
    found = "".join(texts(read(made)))
    assert found.index("左欄第六行") < found.index("右欄第一行")


TABLE = [["區別", "男", "女"], ["東溪區", "1,205", "1,163"], ["西溪區", "97", "104"], ["合計", "1,302", "1,267"]]


def drawn(made: Pdf, rows: Sequence[Sequence[str]], top: float = 100) -> None:
    edges = [72, 172, 272, 372]
    made.grid(edges, [top + 24 * number for number in range(len(rows) + 1)])
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            made.text(edges[column] + 6, top + 17 + 24 * number, cell)


def test_a_drawn_table_has_its_cells() -> None:
    made = Pdf()
    made.text(72, 80, "各區參加人數")
    drawn(made, TABLE)
    parsed = read(made)
    assert texts(parsed) == ["各區參加人數"]
    assert tables(parsed) == [TABLE]


def test_another_library_reads_the_same_tables() -> None:
    made = Pdf()
    rows = [["No", "A", "B"], ["x1", "1,205", "1,163"], ["x2", "97", "104"]]  # it does not know the font's characters
    drawn(made, rows)
    drawn(made, rows[:2], 400)
    data = made.data()
    with pdfplumber.open(io.BytesIO(data)) as other:
        assert tables(reader.read(data)) == other.pages[0].extract_tables()


def test_merged_cells_of_a_drawn_table_have_their_spans() -> None:
    made = Pdf()
    edges, levels = [72, 172, 272, 372], [100, 124, 148, 172]
    made.grid(edges, levels[1:])
    for edge in (72, 172, 372):
        made.line(edge, 100, edge, 124)
    made.line(72, 100, 372, 100)
    made.text(180, 117, "人數")
    for column, (head, figure) in enumerate(zip(("區別", "男", "女"), ("東溪區", "5", "7"), strict=True)):
        made.text(edges[column] + 6, 141, head)
        made.text(edges[column] + 6, 165, figure)
    (table,) = (part for part in read(made).elements if isinstance(part, Table))
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells if cell.row == 0] == [
        ("人數", 0, 1, 2)
    ]


def test_a_table_over_pages_is_one_and_its_heads_are_told_once() -> None:
    made = Pdf()
    drawn(made, TABLE[:3], 600)
    made.text(290, 820, "1")
    made.page()
    drawn(made, [TABLE[0], *TABLE[3:]], 60)
    made.text(290, 820, "2")
    parsed = read(made)
    assert tables(parsed) == [TABLE]
    assert isinstance(parsed.elements[0], Table)
    assert parsed.elements[0].cells[-1].page == 2


def test_a_table_without_lines_is_read_by_its_columns() -> None:
    made = Pdf()
    for number, row in enumerate(TABLE):
        for left, cell in zip((72, 200, 300), row, strict=True):
            made.text(left, 100 + 20 * number, cell)
    assert tables(read(made)) == [TABLE]


def test_rows_that_no_lines_part_are_told_by_their_figures() -> None:
    made = Pdf()
    edges = [72, 172, 272, 372]
    made.grid(edges, [100, 124, 200])  # heads, and one mesh below each
    for number, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            made.text(edges[column] + 6, 117 + 24 * number, cell)
    assert tables(read(made)) == [TABLE]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_looked_at(rotation: int) -> None:
    upright = rotation in (0, 180)
    made = Pdf(*((842, 595) if upright else (595, 842)), rotation)  # as stored, the page is 842 points wide
    canvas = made._canvas
    canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (842, 595), 270: (0, 595)}[rotation])
    canvas.rotate(rotation)
    drawn(made, TABLE)
    parsed = read(made)
    assert tables(parsed) == [TABLE]
    left, bottom, right, top = next(box for box in parsed.elements[0].cells[0].boxes if box)  # type: ignore[union-attr]
    assert 0 <= left < right <= 842
    assert 0 <= bottom < top <= 595


@pytest.mark.parametrize("quarter", [90, 270])
def test_a_page_whose_text_lies_on_one_side_is_turned(quarter: int) -> None:
    made = Pdf(595, 842)
    made.text(20, 20, "第3頁")
    made._canvas.translate(*{90: (842, 0), 270: (-247, 842)}[quarter])
    made._canvas.rotate(quarter)
    drawn(made, TABLE)
    assert tables(read(made)) == [TABLE]


def test_a_page_that_is_drawn_letters_and_all_is_named() -> None:
    made = Pdf()
    for number in range(320):
        left, top = 20 + number % 40 * 12, 100 + number // 40 * 14
        made._canvas.circle(left, top, 4)
    made.page()
    made.lines(72, 100, ["計有409人參加。"])
    (gap,) = read_bytes(made.data(), "plan.pdf").gaps
    assert (gap.code, gap.message_zh.partition("，")[0]) == ("pages-without-text", "第 1 頁只有圖片")


def test_raised_figures_are_references_and_no_digits() -> None:
    made = Pdf()
    made.text(72, 100, "員額計26")
    made.text(72 + 4 * 12 - 8, 96, "1", 6)
    made.text(72 + 4 * 12 - 2, 100, "人，均已到職。")
    assert "26¹人" in texts(read(made))[0].replace(" ", "")


def test_small_print_at_the_foot_is_a_note() -> None:
    made = Pdf()
    made.lines(72, 100, [LONG, LONG, "完成。"])
    made.text(72, 760, "註1：含約僱人員3人。", 8)
    assert texts(read(made), "footnote") == ["註1：含約僱人員3人。"]


def test_pages_without_text_are_named_and_the_others_read() -> None:
    made = Pdf()
    made.lines(72, 100, ["計有409人參加。"])
    made.page()
    made.picture(0, 0, 595, 842)
    made.page()
    made.page()  # an empty page holds nothing that could be missed
    report = read_bytes(made.data(), "scan.pdf")
    (gap,) = report.gaps
    assert (gap.code, gap.message_zh.partition("，")[0]) == ("pages-without-text", "第 2 頁只有圖片")


def test_a_text_layer_that_is_garbage_is_named() -> None:
    made = Pdf()
    made._canvas.setFont("Helvetica", 12)
    from heshu.corpus.readers.pdf_text import is_garbled

    assert is_garbled(list("ȐΒȑǵ೯ਢቩፕ۶ᙯ" * 6))
    assert not is_garbled(list("計有409人（男性205人、女性203人）參加，較上年度增加3.5％；其餘詳附表。"))
    assert not is_garbled(list("Total: 1,234 persons (12.5%)"))


def test_lines_set_at_the_right_go_on_in_none() -> None:
    made = Pdf()
    made.text(360, 80, "主計處")
    made.text(324, 98, "113年2月1日")
    made.lines(72, 116, [LONG, "完成。"])
    assert texts(read(made)) == ["主計處", "113年2月1日", LONG + "完成。"]


def test_rare_signs_are_read_at_their_places() -> None:
    made = Pdf()
    made._canvas.setFont("Courier", 12)  # a table of its characters tells that its A is a rare one
    made._canvas.drawString(72, 700, "AB" * 10)
    table = (
        b"begincmap 1 begincodespacerange <00><FF> endcodespacerange 1 beginbfchar <41> <D842DFB7> endbfchar endcmap"
    )
    data = made.data().replace(b"/Subtype /Type1", b"/Subtype /Type1 /ToUnicode 99 0 R")
    stream = b"99 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(table), table)
    (paragraph,) = reader.read(data[: data.index(b"xref\n")] + stream + data[data.index(b"trailer") :]).elements
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "𠮷B" * 10
    lefts = [box[0] for box in paragraph.boxes if box is not None]
    assert lefts == sorted(set(lefts))


def test_locked_broken_and_overlong_files_are_refused() -> None:
    made = Pdf()
    made.lines(72, 100, ["密"])
    made.lock("secret")
    with pytest.raises(UnreadableFile) as caught:
        reader.read(made.data())
    assert caught.value.code == "encrypted"
    with pytest.raises(UnreadableFile) as caught:
        reader.read(b"%PDF-1.7\nnothing")
    assert caught.value.code == "damaged"


def test_each_fact_has_its_page_and_place() -> None:
    made = Pdf()
    made.lines(72, 100, ["壹、訓練成果"])
    made.page()
    made.lines(72, 100, ["本期計有409人參加。"])
    extraction = extract(read_bytes(made.data(), "places.pdf"))
    (fact,) = extraction.facts
    assert fact.page == 2
    places = extraction.report.places
    assert places is not None
    (box,) = places.boxes(fact.mention.start, fact.mention.end)
    assert box.page == 2
    assert 72 < box.left < box.right < 250
    assert 842 - 115 < box.bottom < box.top < 842 - 85


EDGES = (60.0, 90.0, 120.0, 300.0, 390.0, 480.0)


def budget_page(made: Pdf, rows: Sequence[tuple[float, Sequence[str]]], foot: float) -> None:
    """A page of a budget: lines round the heads, upright lines down to the foot, and none below or between the rows."""
    for level in (100.0, 140.0):
        made.line(EDGES[0], level, EDGES[-1], level)
    made.line(EDGES[0], 120, EDGES[3], 120)
    for edge in EDGES[1:-1]:  # the sides are open
        made.line(edge, 120 if edge < EDGES[3] else 100, edge, foot)
    for top, row in [(115.0, ("科", "", "目", "本年度預算數", "上年度預算數")), (135.0, ("款", "項", "名稱及編號", "", "")), *rows]:  # fmt: skip
        for left, text in zip(EDGES, row, strict=False):
            if text:
                made.text(left + 4, top, text, 10)


def test_a_budget_that_goes_on_overleaf_is_one_table() -> None:
    made = Pdf()
    made.text(60, 90, "單位：新臺幣千元", 10)
    first = [
        (160.0, ("", "", "3100000000", "", "")),
        (176.0, ("1", "", "青嵐處主管", "1,383", "1,250")),
        (192.0, ("", "", "3102010000", "", "")),
        (208.0, ("", "1", "青嵐處", "1,137", "1,038")),
    ]
    budget_page(made, first, 700)
    made.page()
    budget_page(made, [(160.0, ("", "2", "榕樹所", "216", "211")), (176.0, ("", "3", "溪口所", "30", "1"))], 700)
    (found,) = tables(read(made))
    assert found == [
        ["科  目", "", "", "本年度預算數", "上年度預算數"],
        ["款", "項", "名稱及編號", "", ""],
        ["", "", "3100000000", "", ""],
        ["1", "", "青嵐處主管", "1,383", "1,250"],
        ["", "", "3102010000", "", ""],
        ["", "1", "青嵐處", "1,137", "1,038"],
        ["", "2", "榕樹所", "216", "211"],
        ["", "3", "溪口所", "30", "1"],
    ]


def test_a_note_beside_the_rows_stays_with_its_row() -> None:
    made = Pdf()
    edges, levels = (60.0, 200.0, 280.0, 500.0), (100.0, 120.0, 260.0)
    made.grid(edges, levels)
    made.lines(64, 115, ["科目"], 10)
    made.text(204, 115, "預算數", 10)
    made.text(284, 115, "說明", 10)
    for top, name, figure in ((140.0, "一般行政", "8,368"), (200.0, "勞工福利", "1,283"), (240.0, "第一預備金", "300")):
        made.text(64, top, name, 10)
        made.text(204, top, figure, 10)
    for top, note in (
        (140.0, "包括人員維持費及一般業務費與各項設備更新所"),
        (154.0, "需經費。"),
        (200.0, "係補助工會。"),
    ):
        made.text(284, top, note, 10)
    (found,) = tables(read(made))
    assert found[1:] == [
        ["一般行政", "8,368", "包括人員維持費及一般業務費與各項設備更新所需經費。"],
        ["勞工福利", "1,283", "係補助工會。"],
        ["第一預備金", "300", ""],
    ]


def test_figures_side_by_side_under_several_heads_are_cells() -> None:
    made = Pdf()
    made.grid((60.0, 160.0, 460.0), (100.0, 120.0, 140.0, 160.0))
    for edge in (260.0, 360.0):  # the heads are parted, the rows are not
        made.line(edge, 100, edge, 120)
    for top, row in ((115, ("年底別", "男性", "女性", "性比例")), (135, ("112年底", "3,284", "3,370", "97.4")), (155, ("113年底", "3,301", "3,399", "97.1"))):  # fmt: skip
        for left, text in zip((64, 164, 264, 364), row, strict=True):
            made.text(left, top, text, 10)
    (found,) = tables(read(made))
    assert found == [
        ["年底別", "男性", "女性", "性比例"],
        ["112年底", "3,284", "3,370", "97.4"],
        ["113年底", "3,301", "3,399", "97.1"],
    ]


def test_dots_of_a_text_make_no_rows() -> None:
    made = Pdf()
    made.grid((60.0, 260.0, 460.0), (100.0, 220.0, 340.0))
    for left in (64, 264):
        made.lines(
            left,
            115,
            ["一、本區建築物之高度應依本要點所定標準", "辦理，並應留設退縮空間。", "…", "…", "二、餘照原條文。"],
            10,
            16,
        )
        made.lines(left, 235, ["三、綠化面積應符合規定。"], 10, 16)
    parsed = read(made)
    assert "一、本區建築物之高度應依本要點所定標準辦理，並應留設退縮空間。" in texts(parsed)


def test_a_page_with_more_characters_than_are_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Pdf()
    made.lines(72, 100, ["計有409人參加，其中男性205人。"])
    monkeypatch.setattr("heshu.corpus.readers.pdf_page.MOST_CHARS", 10)
    assert [(remark.code, remark.pages) for remark in read(made).remarks] == [("cut-off", (1,))]
