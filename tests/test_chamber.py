"""Findings as documents for the chamber: a written question and a letter, as DOCX, ODT and PDF."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import heshu
import pytest
from heshu.cli import app
from heshu.output.chamber import Particulars, by_weight, case, chosen, letter, numeral, question, written
from heshu.output.document import text
from heshu.output.records import Record
from heshu.output.tables import Tables, tables
from heshu.store import Store
from heshu.store.decisions import decide
from typer.testing import CliRunner

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
TOLD = Particulars(sender="林示範", council="青嵐市議會", day="2024-12-06", by="2024-12-20")


@cache
def found() -> Tables:
    return tables(heshu.audit(SAMPLES))


def of(code: str, line: int) -> Record:
    """The finding of a check at a line."""
    (one,) = (each for each in found().findings if each["code"] == code and each["line"] == line)
    return one


SINGLES = of("SUM", 99)


def reports() -> dict[str, Record]:
    return {str(each["report"]): each for each in found().reports}


@pytest.mark.parametrize(
    ("code", "line", "headline", "arithmetic", "should"),
    [
        ("SUM", 99, "「326人」與各項合計不符", "165人 + 163人 = 328人，所載為 326人，相差 2人。",
         "「326人」改為 328人，或「165人」改為 163人，或「163人」改為 161人，即相符。"),
        ("PRODUCT", 59, "「2萬8,000元」與單位數額不符", "4對 × 6,000元 = 2萬4,000元，所載為 2萬8,000元。",
         "「2萬8,000元」改為 2萬4,000元，即相符。"),
        ("DATE", 133, "曆法上並無「111年11月31日」這一天", "", ""),
        ("FORMER", 90, "所引原值「16,500元」與先前報告所載「16,000元」不同", "相差 500元。",
         "「16,500元」改為 1萬6,000元，或「16,000元」改為 1萬6,500元，即相符。"),
        ("COUNT", 28, "所載為「5機關」，實際列出 4機關", "列出者為修正經濟局、勞動局、農漁局、研考會。",
         "「5機關」改為 4機關，即相符。"),
        ("SAME-DATE", 143, "同一事項前後日期不同", "前為「108年7月3日」，後為「108年7月13日」。",
         "「108年7月13日」改為 108年7月3日，或「108年7月3日」改為 108年7月13日，即相符。"),
    ],
)  # fmt: skip
def test_a_finding_says_what_is_wrong_how_it_is_computed_and_what_it_should_be(
    code: str, line: int, headline: str, arithmetic: str, should: str
) -> None:
    one = case(of(code, line), reports())
    assert (one.headline, one.arithmetic, one.should) == (headline, arithmetic, should)


def test_a_quotation_says_where_it_stands_and_marks_the_figures() -> None:
    one = case(SINGLES, reports())
    assert one.source == "《青嵐市政府人事處108年度施政成果》（108-achievements.txt）"
    ((place, runs),) = one.quotes
    assert place == "第 99 行"
    assert [run.text for run in runs if run.strong] == ["326人", "165人", "163人"]
    assert "".join(run.text for run in runs).strip("「」") in (SAMPLES / "108-achievements.txt").read_text("utf-8")


def test_a_page_is_told_where_the_report_has_pages() -> None:
    passage = {**SINGLES["passages"][0], "page": 7}  # type: ignore[index]
    ((place, _),) = case({**SINGLES, "passages": [passage]}, reports()).quotes
    assert place == "第 7 頁"


@pytest.mark.parametrize(
    ("encoding", "place"),
    [("utf-8", "第 99 行"), ("big5", "第 99 行"), ("docx", "第 99 段"), ("odt", "第 99 段"), ("xlsx", "第 99 列")],
)
def test_a_place_is_told_by_what_one_sees_of_the_file(encoding: str, place: str) -> None:
    known = {name: {**row, "encoding": encoding} for name, row in reports().items()}
    ((told, _),) = case(SINGLES, known).quotes
    assert told == place


def test_quotation_marks_within_a_quotation_are_the_inner_ones() -> None:
    quote = "".join(run.text for _, runs in case(of("SAME-DATE", 143), reports()).quotes for run in runs)
    assert "收錄" in quote
    assert "『城市楷模』" in quote


def test_the_rows_of_a_table_are_quoted_row_by_row() -> None:
    ((_, runs),) = case(of("SUM", 126), reports()).quotes
    rows = "".join(run.text for run in runs).strip("「」").split("\n")
    assert rows[0] == "科目 ｜ 本年度 ｜ 上年度 ｜ 增減"
    assert rows[-1].startswith("合計 ｜ 74,042 ｜ 72,952")


def test_a_question_names_who_is_asked_by_whom_when_and_on_what() -> None:
    told = text(question([SINGLES], found().reports, TOLD))
    for line in (
        "青嵐市議會議員書面質詢", "質詢對象：青嵐市政府人事處", "質詢人：林示範", "質詢日期：中華民國113年12月6日",
        "事由：《青嵐市政府人事處108年度施政成果》所載數字不符，請查明更正",
        "一、「326人」與各項合計不符", "以上各項，請於113年12月20日前以書面答覆。",
    ):  # fmt: skip
        assert line in told


def test_a_letter_has_the_parts_of_an_official_letter_in_their_order() -> None:
    told = text(letter([SINGLES, of("FORMER", 90)], found().reports, TOLD))
    parts = ["林示範　函", "受文者：青嵐市政府人事處", "發文日期：", "發文字號：", "速別：", "密等", "附件：", "主旨：", "說明：",
             "（一）「326人」", "（二）所引原值", "正本：青嵐市政府人事處", "副本："]  # fmt: skip
    places = [told.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "計 2 處，請於113年12月20日前查明更正或說明，請查照。" in told


def test_what_is_not_told_is_left_free() -> None:
    told = text(question([SINGLES], found().reports))
    assert "中華民國　　年　　月　　日" in told
    assert "依限以書面答覆" in told


def test_findings_are_chosen_by_id_by_the_beginning_of_it_and_by_number() -> None:
    numbered = by_weight(found().findings)
    identity = str(SINGLES["finding_id"])
    assert chosen(found().findings, [identity, "2"]) == (SINGLES, numbered[1])
    assert chosen(found().findings, [identity[:-3], identity]) == (SINGLES,)
    assert {one["severity"] for one in chosen(found().findings, [])} == {"contradiction"}
    for unknown in ("999", "SUM-", "nothing"):
        with pytest.raises(KeyError):
            chosen(found().findings, [unknown])


@pytest.mark.parametrize(
    ("number", "told"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十")]
)
def test_lists_are_numbered_in_chinese(number: int, told: str) -> None:
    assert numeral(number) == told


@pytest.mark.parametrize("form", ["question", "letter"])
def test_a_word_document_holds_all_of_it(form: str) -> None:
    import docx

    made = docx.Document(io.BytesIO(written(form, "docx", [SINGLES], found().reports, TOLD)))
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    paragraphs = [*made.paragraphs, *(each for cell in cells for each in cell.paragraphs)]
    assert [run.text for each in paragraphs for run in each.runs if run.underline] == ["326人", "165人", "163人"]
    told = "\n".join(each.text for each in paragraphs)
    assert "165人 + 163人 = 328人" in told
    assert {"question": "書面質詢", "letter": "主旨："}[form] in told


@pytest.mark.parametrize("form", ["question", "letter"])
def test_an_open_document_holds_all_of_it(form: str) -> None:
    from odf import teletype
    from odf.opendocument import load

    made = load(io.BytesIO(written(form, "odt", [SINGLES], found().reports, TOLD)))
    told = teletype.extractText(made.text)
    assert "165人 + 163人 = 328人" in told
    assert "第 99 行" in told


@pytest.mark.parametrize("form", ["question", "letter"])
def test_a_pdf_holds_all_of_it(form: str) -> None:
    import pypdfium2

    made = pypdfium2.PdfDocument(written(form, "pdf", [SINGLES], found().reports, TOLD))
    told = "".join(page.get_textpage().get_text_range() for page in made)
    assert "165人 + 163人 = 328人" in told
    assert "與各項合計不符" in told


def test_a_pdf_looks_the_same_on_every_machine() -> None:
    """Every face in it is embedded, and what the face has not is told by a square."""
    from heshu.output.document import Document, Grid, plain
    from heshu.output.document_pdf import pdf
    from pdfminer.pdftypes import resolve1
    from pdfplumber import open as opened

    made = pdf(
        Document(
            "題",
            "旨",
            (plain("臺北市議員：堃、喆、㈠、々、≦，計1,250人"), plain("𪚥"), Grid((("出處", (plain("報告"),)),))),
        )
    )
    with opened(io.BytesIO(made)) as file:
        (page,) = file.pages
        fonts = [resolve1(each) for each in resolve1(page.page_obj.resources["Font"]).values()]
        assert all("FontFile2" in resolve1(each["FontDescriptor"]) for each in fonts)
        told = page.extract_text()
    assert "臺北市議員：堃、喆、㈠、々、≦，計1,250人" in told and "□" in told
    assert len(made) < 60_000


@pytest.mark.parametrize("format", ["docx", "odt", "pdf", "txt"])
def test_the_same_findings_give_the_same_bytes(format: str) -> None:
    first = written("letter", format, [SINGLES], found().reports, TOLD)
    written("question", format, found().findings, found().reports, TOLD)  # whatever was written in between
    assert written("letter", format, [SINGLES], found().reports, TOLD) == first


def test_what_a_report_says_is_markup_nowhere() -> None:
    hostile = {**SINGLES, "message_zh": "「<b>1人</b>」&amp;與各項不符：<script>]]>"}
    for form in ("question", "letter"):
        assert "<script>" in written(form, "txt", [hostile], found().reports).decode()
        for format in ("docx", "odt", "pdf"):
            assert written(form, format, [hostile], found().reports)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an audit in heshu-audit/."""
    (tmp_path / "reports").mkdir()
    shutil.copy(SAMPLES / "108-achievements.txt", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["audit", "reports", "--formats", "jsonl"])
    return tmp_path / "heshu-audit"


def test_the_command_writes_what_is_asked_for(folder: Path) -> None:
    first, second, *_ = (json.loads(line) for line in (folder / "findings.jsonl").read_text("utf-8").splitlines())
    chosen_ = f"{second['finding_id']},{first['finding_id']}"
    result = CliRunner().invoke(app, ["export", "--as", "letter", "--format", "txt", "--findings", chosen_, "-o", "a.txt", "--by", "113年12月20日"])  # fmt: skip
    assert result.exit_code == 0, result.output
    told = Path("a.txt").read_text("utf-8")
    assert told.index(second["message_zh"][:6]) < told.index(first["message_zh"][:6])
    assert "113年12月20日前" in told


@pytest.mark.parametrize("number", [1, 3])
def test_the_numbers_on_the_terminal_are_those_of_the_page_and_of_an_export(folder: Path, number: int) -> None:
    told = CliRunner().invoke(app, ["audit", "reports", "--formats", "jsonl,html"]).stdout
    begins = re.search(rf"^ *{number} (.{{8}})", told, re.MULTILINE)
    assert begins
    CliRunner().invoke(app, ["export", "--format", "txt", "--findings", str(number), "-o", "one.txt"])
    assert begins[1][:5] in Path("one.txt").read_text("utf-8").replace("『", "「")
    page = (folder / "audit.html").read_text("utf-8")
    question = re.search(r'id="question">(.*?)</script>', page, re.DOTALL)
    assert question
    assert json.loads(question[1])["cases"][number - 1].splitlines()[0] in Path("one.txt").read_text("utf-8")


def test_the_command_takes_a_store_without_what_was_dismissed_there(folder: Path) -> None:
    CliRunner().invoke(app, ["ingest", "reports", "--store", "kept.heshu"])
    with Store.open("kept.heshu") as store:
        (first,), (second,) = store.rows("SELECT finding_id FROM open_findings LIMIT 2")
        decide(store, first, "dismissed", "已查明")
    result = CliRunner().invoke(app, ["export", "kept.heshu", "--format", "txt", "--findings", second, "-o", "one.txt"])
    assert (result.exit_code, "108-achievements.txt" in Path("one.txt").read_text("utf-8")) == (0, True)
    result = CliRunner().invoke(app, ["export", "kept.heshu", "--findings", first])
    assert (result.exit_code, first in result.stderr) == (2, True)


def test_the_command_takes_the_file_of_the_findings_as_well(folder: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(folder / "findings.jsonl")])
    assert result.exit_code == 0, result.output
    assert Path("heshu-question.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "findings.jsonl"),
        (["heshu-audit", "--findings", "777"], "777"),
        (["heshu-audit", "--by", "soon"], "soon"),
        (["reports/108-achievements.txt"], "108-achievements.txt"),
    ],
)
def test_a_mistake_is_told_in_one_line(folder: Path, arguments: list[str], said: str) -> None:
    for language in ("zh-TW", "en"):
        result = CliRunner().invoke(app, ["export", *arguments, "--lang", language])
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
        assert said in result.stderr


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_libreoffice_opens_it(tmp_path: Path, format: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    file = tmp_path / f"question.{format}"
    file.write_bytes(written("question", format, [SINGLES, of("FORMER", 90)], found().reports, TOLD))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
               "--outdir", str(tmp_path), str(file)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = (tmp_path / "question.txt").read_text("utf-8")
    for line in (
        "青嵐市議會議員書面質詢",
        "一、「326人」與各項合計不符",
        "165人 + 163人 = 328人",
        "請於113年12月20日前以書面答覆",
    ):
        assert line in told
