"""What comes in: whatever is no report is named, with its kind and what to do, and takes no other report along."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import heshu
import pytest
from heshu.cli import app
from heshu.corpus import UnreadableReport, collect, read
from heshu.corpus.kinds import KINDS, kind_of
from heshu.output.folder import contents
from typer.testing import CliRunner

REPORT = "青嵐市政府人事處110年度工作報告\n一、計有409人(男性205人、女性203人)參加。\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="there are no such things elsewhere")


def archive(*names: str, text: str = "x") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written:
        for name in names:
            written.writestr(name, text)
    return data.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


OFFICE = "[Content_Types].xml"
OPENDOCUMENT = "application/vnd.oasis.opendocument."
BY_OFFICE = "damaged" if shutil.which("soffice") else "no-converter"
UNREADABLE = [
    ("report.pdf", b"%PDF-1.7\n1 0 obj", "damaged"),
    ("report.txt", b"%PDF-1.7\n1 0 obj", "damaged"),
    ("report.txt", b"\n\n%PDF-1.4\n", "damaged"),
    ("report.docx", archive(OFFICE, "word/document.xml"), "damaged"),
    ("report.txt", archive(OFFICE, "word/document.xml"), "damaged"),
    ("long.docx", archive(OFFICE, "word/document.xml", text="x" * 200_000), "damaged"),
    ("report.odt", archive("mimetype", text=OPENDOCUMENT + "text"), "damaged"),
    ("table.xlsx", archive(OFFICE, "xl/workbook.xml"), "damaged"),
    ("table.xls", ole("Workbook"), "damaged"),
    ("table.ods", archive("mimetype", text=OPENDOCUMENT + "spreadsheet"), "damaged"),
    ("locked.docx", ole("EncryptedPackage"), "encrypted"),
    ("table.xlsb", archive(OFFICE, "xl/workbook.bin"), BY_OFFICE),
    ("page.mht", b"MIME-Version: 1.0\n\n", "empty"),
    ("slides.pptx", archive(OFFICE, "ppt/presentation.xml"), "damaged"),
    ("slides.ppt", ole("PowerPoint Document"), BY_OFFICE),
    ("slides.odp", archive("mimetype", text=OPENDOCUMENT + "presentation"), "damaged"),
    ("book.epub", archive("mimetype", text="application/epub+zip"), "ebook"),
    ("letter.eml", b"From: a@example.org\n\n", "empty"),
    ("letter.msg", ole("__substg1.0_"), "outlook"),
    ("scan.png", b"\x89PNG\r\n\x1a\n", "no-text"),
    ("scan.jpg", b"\xff\xd8\xff\xe0", "no-text"),
    ("scan.tif", b"II*\0", "no-text"),
    ("film.mp4", b"\0\0\0\x18ftypmp42", "media"),
    ("all.zip", archive("a.txt"), "archive"),
    ("all.7z", b"7z\xbc\xaf\x27\x1c", "archive"),
    ("data.sqlite", b"SQLite format 3\0", "database"),
    ("empty.txt", b"", "empty"),
    ("empty.pdf", b"", "empty"),
    ("thing.bin", b"\0\1\2\3", "binary"),
    ("thing.txt", b"\0\1\2\3", "binary"),
]


@pytest.mark.parametrize(("name", "data", "code"), UNREADABLE)
def test_each_kind_of_file_is_named_and_says_what_to_do(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    with pytest.warns(heshu.UnreadableWarning, match=name):
        audit = heshu.audit(tmp_path)  # found in a folder
    assert [report.name for report in audit.reports] == ["ok.txt"]
    (problem,) = audit.problems
    assert (Path(problem.path).name, problem.code) == (name, code)
    assert "；" in problem.message_zh or "，" in problem.message_zh
    assert ";" in problem.message_en or "," in problem.message_en
    with pytest.raises(UnreadableReport) as caught:
        read(tmp_path / name)  # named outright
    assert caught.value.code == code


def test_a_kind_has_a_reader_or_advice_and_never_both() -> None:
    suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(bool(kind.reader) != bool(kind.zh and kind.en) for kind in KINDS)
    assert all(kind_of(b"", suffix) is not None for suffix in suffixes)


@pytest.mark.parametrize("text", ["一、<html>", "ID3 號", "壹、PDF 檔 %PDF-"])
def test_a_report_may_begin_with_odd_words(text: str) -> None:
    assert kind_of(text.encode(), ".txt") is None


def test_text_of_another_suffix_is_named_in_a_folder_and_read_when_named_outright(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "report.log").write_text(REPORT + "計有1人。", encoding="utf-8")
    audit = heshu.audit(tmp_path)
    assert [(Path(problem.path).name, problem.code) for problem in audit.problems] == [("report.log", "unknown-type")]
    assert [report.name for report in heshu.audit(tmp_path / "report.log").reports] == ["report.log"]


LEFT_ALONE = [".git/config.txt", ".DS_Store", "~$report.docx", ".~lock.report.odt#", "Thumbs.db", "report.txt~", "a.pdf.tmp",
              "__pycache__/a.pyc", "README.md", "README.pdf"]  # fmt: skip


def test_what_editors_and_systems_leave_behind_is_left_alone(tmp_path: Path) -> None:
    for name in ("ok.txt", *LEFT_ALONE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    files, problems = collect([tmp_path])
    assert ([path.name for path in files], problems) == (["ok.txt"], [])


def test_a_table_that_gives_no_fact_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("機關,109年,110年\n人事處,409,512\n", encoding="utf-8")
    audit = heshu.audit(tmp_path)
    assert [problem.code for problem in audit.problems] == ["no-fact"]
    assert len(audit.reports) == 1


@POSIX
def test_links_that_lead_nowhere_are_named_and_loops_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ok.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "beside").symlink_to(tmp_path / "in")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    files, problems = collect([tmp_path])
    assert [path.name for path in files] == ["ok.txt"]
    assert [(Path(problem.path).name, problem.code) for problem in problems] == [
        ("gone.txt", "broken-link"),
        ("loop", "link-loop"),
    ]


@POSIX
@pytest.mark.parametrize("named", [True, False])
def test_pipes_and_sockets_are_named_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    Path("ok.txt").write_text(REPORT, encoding="utf-8")
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        paths = ["ok.txt", "pipe.txt", "socket.txt"] if named else ["."]
        with pytest.warns(heshu.UnreadableWarning):
            audit = heshu.audit(paths)
    assert [(problem.path, problem.code) for problem in audit.problems] == [
        ("pipe.txt", "pipe"),
        ("socket.txt", "socket"),
    ]
    assert len(audit.reports) == 1
    with pytest.raises(UnreadableReport):
        heshu.read("pipe.txt")


@POSIX
def test_a_device_is_named() -> None:
    with pytest.raises(heshu.NothingRead) as caught:
        heshu.audit("/dev/zero")
    assert caught.value.code == "device"


@POSIX
def test_what_is_closed_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "unreadable.txt").write_text(REPORT, encoding="utf-8")
    for name in ("closed", "unreadable.txt"):
        (tmp_path / name).chmod(0)
    try:
        if os.access(tmp_path / "unreadable.txt", os.R_OK):
            pytest.skip("nothing is closed to this user")
        audit = heshu.audit([tmp_path, tmp_path / "unreadable.txt"])
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [(Path(problem.path).name, problem.code) for problem in audit.problems] == [
        ("closed", "folder-no-access"),
        ("unreadable.txt", "no-access"),
    ]


@POSIX
def test_file_names_that_are_no_text_stop_nothing_and_stay_apart(tmp_path: Path) -> None:
    for name, text in ((b"\xb3\xf8\xa7i.txt", REPORT), (b"\xb3\xf8\xa7j.txt", REPORT.replace("203", "204")),
                       (b"\xb3\xf8.pdf", "%PDF-1.4")):  # fmt: skip
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "heshu", "audit", str(tmp_path), "-o", str(tmp_path / "out"), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert (tmp_path / "out" / "audit.html").is_file()
    names = [line.split(",")[1] for line in (tmp_path / "out" / "reports.csv").read_text("utf-8").splitlines()[1:]]
    assert len(set(names)) == 3


def test_reports_of_one_name_stay_apart() -> None:
    audit = heshu.audit([heshu.read_text(REPORT), heshu.read_text(REPORT.replace("203", "204"))], each=True)
    assert [report.name for report in audit.reports] == ["text", "text (2)"]
    assert [finding.mentions[0].report for finding in audit.findings] == ["text"]


def test_problems_stand_in_the_reports_table_and_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "words.txt").write_text("本處賡續推動各項業務。\n", encoding="utf-8")
    with pytest.warns(heshu.UnreadableWarning):
        audit = heshu.audit(tmp_path)
    told = contents(audit, formats=["html", "csv"])
    made = {name: (data if isinstance(data, bytes) else b"".join(data)).decode("utf-8") for name, data in told}
    rows = [line.split(",") for line in made["reports.csv"].splitlines()]
    codes = {row[1]: row[rows[0].index("problem")] for row in rows[1:]}
    assert codes == {"ok.txt": "", "words.txt": "no-number", "b.pdf": "damaged"}
    assert "b.pdf" in made["audit.html"]
    assert "損壞" in made["audit.html"]


def test_many_files_of_one_kind_share_a_line(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    for number in range(9):
        (tmp_path / f"{number}.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    result = CliRunner().invoke(app, ["audit", str(tmp_path), "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
    assert "等 9 個檔案：檔案已損壞" in result.stderr


@pytest.mark.parametrize("command", ["audit", "extract", "mentions", "relations", "series"])
def test_standard_input_is_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, [command, "-"], input=REPORT.encode("cp950"))
    assert result.exit_code == (1 if command == "audit" else 0)
    assert "stdin" in result.stdout or command == "series"


def test_standard_input_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["extract", "-", "--lang", "en"], input=b"%PDF-1.7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "stdin: damaged" in result.stderr
