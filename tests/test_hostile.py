"""Files that are broken, locked or made to harm: refused with file and limit named, or read within bounds; the others are done."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import heshu
import pytest
from heshu import apart
from heshu.corpus import UnreadableReport, read, worker
from heshu.corpus.parsed import Parsed, UnreadableFile
from heshu.corpus.read import read_bytes

from .made import Pdf, docx, odt, odt_paragraph, word_paragraph, word_table, xls, xlsx, zipped

ROWS = [["區別", "人數"], ["東溪區", 12], ["西溪區", 9]]
CELLS = [[str(cell) for cell in row] for row in ROWS]


def pdf() -> bytes:
    made = Pdf()
    made.lines(72, 100, ["計有409人參加。", "另有12場次。"])
    return made.data()


FILES: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: docx(word_paragraph("計有409人參加。") + word_table(CELLS)),
    "a.odt": lambda: odt(odt_paragraph("計有409人參加。")),
    "a.xlsx": lambda: xlsx(ROWS),
    "a.xls": lambda: xls(ROWS),
    "a.pdf": pdf,
    "a.html": lambda: "<html><body><p>計有409人參加。</p><table><tr><td>區別<td>9</table>".encode("cp950"),
}


def refused(data: bytes, suffix: str) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, f"file{suffix}", suffix=suffix)
    assert f"file{suffix}" in str(caught.value)
    return caught.value


def test_an_archive_that_unpacks_to_far_more_is_refused_from_its_list() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/document.xml", "<a/>")
        with written.open("word/media/x.bin", "w", force_zip64=True) as part:
            for _ in range(250):
                part.write(bytes(1_000_000))
    error = refused(data.getvalue(), ".docx")
    assert error.code == "too-large"
    assert "250000000" in error.message_en


def test_an_archive_that_lies_about_its_sizes_gives_no_more_than_it_told() -> None:
    data = bytearray(docx(word_paragraph("計有409人參加。" * 1000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(data), ".docx").code in ("too-large", "damaged")


def test_entities_of_its_own_are_not_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    assert refused(zipped({"word/document.xml": bomb}), ".docx").code == "damaged"


def test_nothing_outside_is_read() -> None:
    entity = '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'
    assert refused(zipped({"word/document.xml": entity}), ".docx").code == "damaged"
    page = b'<html><body><p>9</p><iframe src="file:///etc/passwd"></iframe><img src="http://localhost:1/x.png"></body></html>'
    assert read_bytes(page, "a.html", suffix=".html").text == "9\n"


def test_absurd_spans_cost_nothing() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + word_paragraph("區別") + "</w:tc>"
    report = read_bytes(docx(f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>"), "a.docx")
    assert len(report.text) < 10_000


def test_more_pages_than_any_report_has_are_refused_by_number() -> None:
    made = Pdf()
    for _ in range(3_001):
        made.page()
    error = refused(made.data(), ".pdf")
    assert (error.code, error.detail) == ("too-large", "3001 > 3000 pages")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_known_by_its_content_whatever_it_is_called(name: str) -> None:
    suffix = Path(name).suffix
    for other in (".txt", ".pdf", ".docx", ".xls", ""):
        assert read_bytes(FILES[name](), f"file{other}", suffix=other).encoding == suffix[1:]


def test_a_text_that_is_called_a_workbook_is_a_text() -> None:
    data = "區別\t人數\n東溪區\t12\n西溪區\t9\n".encode("cp950")
    report = read_bytes(data, "t.xls", suffix=".xls")
    assert [block.kind for block in report.blocks if block.kind != "residue"] == ["table"]


@pytest.mark.parametrize("name", FILES)
def test_truncated_files_are_read_or_refused(name: str) -> None:
    data = FILES[name]()
    for share in range(1, 10):
        with_reason(data[: len(data) * share // 10], Path(name).suffix)


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    whole = FILES[name]()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with_reason(bytes(data), Path(name).suffix)


def with_reason(data: bytes, suffix: str) -> None:
    try:
        read_bytes(data, "file", suffix=suffix)
    except UnreadableReport as error:
        assert error.message_zh
        assert error.message_en


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_a_line_of_a_million_characters_is_read(suffix: str) -> None:
    text = "計有1,234人參加，" * 100_000
    data = docx(word_paragraph(text)) if suffix == ".docx" else text.encode()
    if suffix == ".html":
        data = b"<html><body><p>" + data + b"</p>"
    assert len(read_bytes(data, "long", suffix=suffix).text) >= 1_000_000


def test_a_parser_that_takes_too_long_is_ended_and_the_next_file_is_read() -> None:
    with pytest.raises(UnreadableFile) as caught:
        worker.parse("html", b"<html><p>" + b"<b>9</b>" * 200_000, seconds=0.01)
    assert (caught.value.code, caught.value.detail) == ("too-slow", "0.01 s")
    assert isinstance(worker.parse("html", FILES["a.html"]()), Parsed)


def test_a_parser_that_dies_takes_only_its_file_along() -> None:
    worker.parse("html", FILES["a.html"]())
    running = apart._worker
    assert running is not None
    running.process.kill()
    running.process.wait()
    assert isinstance(worker.parse("html", FILES["a.html"]()), Parsed)


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    for name, make in FILES.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "bad.docx").write_bytes(FILES["a.docx"]()[:200])
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.warns(heshu.UnreadableWarning):
        audit = heshu.audit(tmp_path)
    assert [report.name for report in audit.reports] == sorted(FILES)
    assert [(Path(problem.path).name, problem.code) for problem in audit.problems] == [
        ("bad.docx", "damaged"),
        ("bad.pdf", "damaged"),
    ]


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.txt").write_text("計有409人參加。" * 100, encoding="utf-8")
    monkeypatch.setattr(sys.modules["heshu.corpus.read"], "MOST_BYTES", 100)
    with pytest.raises(UnreadableReport) as caught:
        read(tmp_path / "big.txt")
    assert caught.value.code == "too-large"
