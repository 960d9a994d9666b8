"""Lines become blocks: nothing is lost, offsets lead back, what was wrapped is whole again."""

from __future__ import annotations

import time
from pathlib import Path

import heshu
import pytest
from heshu.corpus import read, read_text
from heshu.corpus.fold import fold_char, is_blank, width
from heshu.model import Report
from hypothesis import assume, given, settings
from hypothesis import strategies as st

REPORTS = Path(heshu.__file__).parent.parent / "shared"


def real_reports() -> list[Path]:
    return [*sorted(REPORTS.glob("reports/*.txt")), *sorted(REPORTS.glob("more-reports/*.txt"))]


def assert_nothing_lost(report: Report) -> None:
    owners: dict[int, int] = {}
    for number, block in enumerate(report.blocks):
        assert len(block.text) == len(block.offsets)
        for offset in set(block.offsets):
            if not is_blank(report.text[offset]):
                assert owners.setdefault(offset, number) == number, (offset, report.text[offset])
    lost = [at for at, char in enumerate(report.text) if not is_blank(char) and at not in owners]
    assert not lost, report.text[max(lost[0] - 10, 0) : lost[0] + 10]


def assert_offsets_lead_back(report: Report) -> None:
    for block in report.blocks:
        assert block.text.startswith(block.marker)
        separators = "\t\n " if block.kind == "table" else ""
        for char, offset in zip(block.text, block.offsets, strict=True):
            if char in separators:
                continue
            source = fold_char(report.text[offset])
            assert char in source or (char == " " and is_blank(report.text[offset])) or report.text[offset] == "&", (
                char,
                source,
            )
        if block.kind != "table":
            assert list(block.offsets) == sorted(block.offsets)
        for cell in block.cells:
            assert 0 <= cell.start < cell.end <= len(block.text)
            assert "\t" not in block.text[cell.start : cell.end]


@pytest.mark.skipif(not real_reports(), reason="no folder of real reports beside the package")
@pytest.mark.parametrize("path", real_reports(), ids=lambda path: path.stem)
def test_real_reports_keep_every_character(path: Path) -> None:
    report = read(path)
    assert_nothing_lost(report)
    assert_offsets_lead_back(report)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_crashes_the_layout(text: str) -> None:
    report = read_text(text)
    assert_nothing_lost(report)
    assert_offsets_lead_back(report)


ODD = st.sampled_from(
    [
        *"一二三壹貳12345.、(（)）%，。；：「」人元年月日 \t\n|-*",
        "\r\n",
        "\n\n",
        "㈠",
        "①",
        "\uf0b7",
        "\x0c",
        "\ufeff",
        "\t甲\n\t12\n",
        "a b",
        "  ",
        *["<table><tr><td>", "</td></tr></table>", "&nbsp;", '","', "[bookmark: _Hlk1]", "單位：千元", "合計 12 34\n"],
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ODD, max_size=120).map("".join))
def test_no_odd_report_crashes_the_layout(text: str) -> None:
    report = read_text(text)
    assert_nothing_lost(report)
    assert_offsets_lead_back(report)


# Paragraphs with marks, wrapped in any manner, read the same.

WORDS = st.sampled_from(
    [
        "辦理",
        "市政",
        "研習",
        "推動",
        "各機關",
        "同仁",
        "參加",
        "完成",
        "服務",
        "計1,234人",
        "共25場次",
        "達97.5%",
        "自110年3月12日起",
        "，",
        "、",
        "及",
        "「海岸巡查」",
        "（含學校）",
        "12日",
        "5千元",
        "於1、2月分別",
        "一、二級機關",
        "編制588（12）人",
    ]
)
SENTENCES = st.lists(WORDS, min_size=3, max_size=14).map(lambda words: "白沙市" + "".join(words) + "辦竣。")
HEADS = st.sampled_from(["前言", "訓練進修", "強化組織功能，合理配置人力", "福利"])


@st.composite
def paragraphs(draw: st.DrawFn) -> list[str]:
    found: list[str] = []
    for mark in ("一、", "二、", "三、")[: draw(st.integers(1, 3))]:
        found.append(mark + draw(HEADS))
        found.extend(
            f"（{'一二三四'[number]}）" + "".join(draw(st.lists(SENTENCES, min_size=1, max_size=3)))
            for number in range(draw(st.integers(1, 4)))
        )
    return found


def wrapped(paragraph: str, column: int) -> list[str]:
    lines, line = [], ""
    for char in paragraph:
        if width(line + char) > column:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def set_with(found: list[str], column: int, between_lines: str, between_chars: str) -> str:
    lines = [
        line
        for paragraph in found
        for line in wrapped(between_chars.join(paragraph) if between_chars else paragraph, column)
    ]
    return between_lines.join(line.strip() for line in lines) + "\n"


@settings(max_examples=200, deadline=None)
@given(paragraphs(), st.integers(16, 90), st.sampled_from(["\n", "\n\n", "  \n\n", "\r\n"]), st.sampled_from(["", " "]))
def test_rewrapping_changes_no_block(found: list[str], column: int, between_lines: str, between_chars: str) -> None:
    plain = [block.text for block in read_text("\n".join(found)).blocks]
    # Where most lines happen to end with a sentence, nothing tells that they were wrapped.
    inner = [line for paragraph in found for line in wrapped(between_chars.join(paragraph), column)[:-1]]
    assume(sum(not line.rstrip().endswith("。") for line in inner) * 2 >= len(inner))
    again = [block.text for block in read_text(set_with(found, column, between_lines, between_chars)).blocks]
    assert again == plain


def test_a_megabyte_is_laid_out_in_well_under_two_seconds() -> None:
    line = "（一）青嵐市政府辦理公務人力訓練 12 場次，共計 1,234 人參加，較上年同期增加 5.6%，\n成效良好。\n"
    text = line * (1_000_000 // len(line.encode()))
    begin = time.process_time()
    read_text(text)
    assert time.process_time() - begin < 4  # machines under load are slower


@pytest.mark.parametrize(
    "text",
    [
        "|" * 50_000,
        "(" * 50_000,
        "<" * 50_000,
        "<table>" * 9_000,
        "一" * 50_000,
        " 1" * 30_000,
        "1\n" * 20_000,
        '"' * 50_000,
        ",," * 20_000,
        "\t1\n\n" * 9_000,
        "&a" * 20_000,
        "a,\n" * 20_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_repeated_characters_take_linear_time(text: str) -> None:
    begin = time.process_time()
    read_text(text)
    assert time.process_time() - begin < 3
