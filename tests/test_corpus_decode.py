"""Bytes become text in whatever encoding a report comes; what cannot be read says so."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from heshu.corpus import UnreadableReport, collect, read
from heshu.corpus.decode import decode
from heshu.corpus.kinds import KINDS
from hypothesis import given
from hypothesis import strategies as st

TEXT = "青嵐市政府人事處業務報告\r\n一、參訓 1,234 人，比率 56.7％。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", id="utf-8-bom"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16-be"),
        pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16-le-without-mark"),
        pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16-be-without-mark"),
        pytest.param(TEXT.encode("cp950"), "cp950", id="big5"),
    ],
)
def test_text_is_read_as_it_was_written(data: bytes, encoding: str) -> None:
    decoded = decode(data, "report.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \r\n\t\n", "empty", id="blank"),
        pytest.param(codecs.BOM_UTF8, "empty", id="only-a-mark"),
        pytest.param(b"%PDF-1.7\n1 0 obj", "binary", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00", "archive", id="zip"),
        pytest.param(bytes(range(256)) * 4, "binary", id="all-bytes"),
        pytest.param(b"abc\x00def", "binary", id="nul"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "undecodable", id="half-a-character"),
        pytest.param(b"\xff\xfd\xfc\x80\x81" * 9, "undecodable", id="no-encoding"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        decode(data, "report.txt")
    assert caught.value.code == code
    assert caught.value.path == "report.txt"
    assert "report.txt" in str(caught.value)
    assert caught.value.message_zh
    assert caught.value.message_en


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reading(data: bytes) -> None:
    try:
        assert decode(data, "report.txt").text.strip()
    except UnreadableReport as error:
        assert error.code in ("empty", "binary", "undecodable", *(kind.code for kind in KINDS))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="nowhere") as caught:
        read(tmp_path / "nowhere.txt")
    assert caught.value.code == "missing"


def test_a_report_keeps_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "報告.txt"
    path.write_bytes(codecs.BOM_UTF8 + TEXT.encode())
    report = read(path)
    assert report.text == TEXT
    assert (report.name, report.path, len(report.id)) == ("報告.txt", str(path), 16)
    assert report.title == "青嵐市政府人事處業務報告"


def test_collect_finds_reports_and_names_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "void").mkdir()
    for name in ("b.txt", "in/a.txt", "README.md", ".hidden.txt", "in/picture.png"):
        (tmp_path / name).write_text("一、前言", encoding="utf-8")
    files, problems = collect([tmp_path, tmp_path / "b.txt", tmp_path / "void", tmp_path / "lost.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in files] == ["b.txt", "in/a.txt", "in/picture.png"]
    assert [(Path(problem.path).name, problem.code) for problem in problems] == [
        ("lost.txt", "missing"),
        ("void", "no-reports"),
    ]
