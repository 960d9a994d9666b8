"""Marks open headings and items; numbers of the text are no marks; levels follow the report."""

from __future__ import annotations

import pytest
from heshu.corpus import read_text
from heshu.corpus.fold import fold
from heshu.corpus.headings import mark_of


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("壹、前言", "壹、"),
        ("貳拾捌、人事", "貳拾捌、"),
        ("一、前言", "一、"),
        ("十二、其他", "十二、"),
        ("（一）訓練", "(一)"),
        ("㈠訓練", "(一)"),
        ("1.訓練", "1."),
        ("１、訓練", "1、"),
        ("１．訓練", "1."),
        ("2.108年度辦理", "2."),
        ("(1)訓練", "(1)"),
        ("（12）訓練", "(12)"),
        ("甲、總則", "甲、"),
        ("①訓練", "①"),
        ("•訓練", "•"),
        ("-訓練", "-"),
        ("\ue686訓練", "\ue686"),
        ("A.訓練", "A."),
    ],
    ids=lambda value: repr(value),
)
def test_mark(line: str, mark: str) -> None:
    found = mark_of(fold(line)[0])
    assert found is not None
    assert found.text == mark


@pytest.mark.parametrize(
    "line",
    [
        "108年辦理",
        "3.5萬人",
        "1.5倍",
        "1幀",
        "一般業務",
        "12人",
        "-5.6%",
        "二級機關",
        "(男性12人)",
        "1,234人",
        "○年",
        "▲12",
        "（108）年",
        "第3次會議",
        "A公司",
    ],
)
def test_no_mark(line: str) -> None:
    assert mark_of(fold(line)[0]) is None


def outline(text: str) -> list[tuple[str, int, tuple[str, ...], str]]:
    return [(block.kind, block.level, block.path, block.text) for block in read_text(text).blocks]


BODY = "霧川市公所辦理訓練，計有35人參加，成效良好，獲得肯定並持續推動辦理。"


def test_levels_follow_the_order_in_this_report() -> None:
    text = f"一、人事\n（一）訓練：\n１、{BODY}\n２、{BODY}\n（二）考試\n{BODY}\n二、福利\n{BODY}"
    assert [(kind, level, path) for kind, level, path, _ in outline(text)] == [
        ("heading", 1, ()),
        ("heading", 2, ("人事",)),
        ("item", 3, ("人事", "訓練")),
        ("item", 3, ("人事", "訓練")),
        ("heading", 2, ("人事",)),
        ("paragraph", 0, ("人事", "考試")),
        ("heading", 1, ()),
        ("paragraph", 0, ("福利",)),
    ]


def test_levels_are_no_fixed_table() -> None:
    text = f"1.人事\n一、訓練\n{BODY}\n二、考試\n{BODY}\n2.福利\n{BODY}"
    assert [level for kind, level, _, _ in outline(text) if kind == "heading"] == [1, 2, 2, 1]


def test_a_title_with_a_mark_holds_the_chapters() -> None:
    text = f"五、青嵐市政府業務報告\n壹、前言\n{BODY}\n貳、重點\n一、訓練\n{BODY}\n二、考試\n{BODY}\n參、結語\n{BODY}"
    assert [level for kind, level, _, _ in outline(text) if kind == "heading"] == [1, 2, 2, 3, 3, 2]


def test_the_title_has_no_level() -> None:
    blocks = read_text(f"霧川市人事處111年度施政計畫提要\n{BODY}\n一、訓練\n{BODY}").blocks
    assert [(block.kind, block.level, block.path) for block in blocks] == [
        ("heading", 0, ()),
        ("paragraph", 0, ()),
        ("heading", 1, ()),
        ("paragraph", 0, ("訓練",)),
    ]


CONTENTS = "壹、組織\n一、員額\n二、編制\n貳、任用\n一、考試\n參、訓練\n一、班期\n二、數位學習\n肆、退撫\n"
BEHIND = "為使人力精實，青嵐市檢討各機關員額，情形如下。\n1.員額計28人，均已核定。\n2.編制減列6人。\n1.分發38人。\n"


def test_text_behind_contents_that_it_does_not_repeat_stands_under_no_heading() -> None:
    """Two columns of a table, the headings in one: nothing tells which heading the text belongs to."""
    blocks = read_text(f"青嵐市政府108年度成果報告\n\n{CONTENTS}\n{BEHIND}").blocks
    assert [block.path for block in blocks if "。" in block.text] == [()] * 4


def test_text_under_contents_that_it_repeats_stands_under_its_heading() -> None:
    body = BEHIND.replace("為使", "肆、退撫\n一、退休\n為使")
    blocks = read_text(f"青嵐市政府108年度成果報告\n\n{CONTENTS}\n壹、組織\n一、員額\n本年員額計28人。\n{body}").blocks
    assert next(block.path for block in blocks if "。" in block.text) == ("組織", "員額")


def test_private_use_bullets_are_marks() -> None:
    text = f"一、人事\n\ue686訓練\n{BODY}\n\ue687考試\n{BODY}"
    assert [path for _, _, path, _ in outline(text)] == [(), ("人事",), ("人事", "訓練"), ("人事",), ("人事", "考試")]


def test_a_markdown_dash_before_a_mark_is_residue() -> None:
    kinds = [(kind, text) for kind, _, _, text in outline(f"1. 訓練\n\n- (1) 初階班：{BODY}\n - (2) 進階班：{BODY}")]
    assert kinds[1] == ("residue", "-")
    assert kinds[2][1].startswith("(1)初階班")


def test_a_line_without_mark_between_paragraphs_is_a_heading() -> None:
    assert [kind for kind, _, _, _ in outline(f"{BODY * 3}\n\n守護海岸 永續家園\n{BODY * 3}")] == [
        "paragraph",
        "heading",
        "paragraph",
    ]
