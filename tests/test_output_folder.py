"""The folder: its files, the same bytes every time, and what it costs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import heshu
import pytest
from heshu.model import WRITTEN, Audit
from heshu.output.folder import contents, readme, write_folder
from heshu.output.formats import FORMATS

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
NAMES = [
    "README.txt", "annotations.jsonld", "audit.html", "audit.sarif", "audit.xlsx", "datapackage.json",
    "facts.csv", "facts.jsonl", "facts.parquet", "facts.spacy", "findings.csv", "findings.jsonl", "findings.parquet",
    "heshu.sqlite", "mentions.jsonl", "metadata.json", "relations.csv", "relations.jsonl", "relations.parquet",
    "reports.csv", "reports.jsonl", "reports.parquet", "series.csv", "series.jsonl", "series.parquet",
]  # fmt: skip

_WRITE = """
import sys, heshu, pathlib
from heshu.output.folder import write_folder
write_folder(heshu.audit("reports", jobs=int(sys.argv[2])), pathlib.Path(sys.argv[1]))
"""


def test_the_folder_holds_these_files(samples_audit: Audit, tmp_path: Path) -> None:
    files = write_folder(samples_audit, tmp_path / "deep" / "out")
    assert sorted(file.name for file in files) == sorted(NAMES)
    assert sorted(path.name for path in (tmp_path / "deep" / "out").iterdir()) == sorted([WRITTEN, *NAMES])


@pytest.mark.parametrize(
    ("format", "names"),
    [
        ("html", ["audit.html"]),
        ("xlsx", ["audit.xlsx"]),
        ("sarif", ["audit.sarif"]),
        ("sqlite", ["heshu.sqlite", "metadata.json"]),
        ("spacy", ["facts.spacy"]),
        ("jsonld", ["annotations.jsonld"]),
    ],
)
def test_a_format_by_itself(made_audit: Audit, format: str, names: list[str]) -> None:
    assert [name for name, _ in contents(made_audit, formats=[format])] == [*names, "README.txt"]


def test_a_format_that_is_not_known_is_an_error(made_audit: Audit) -> None:
    with pytest.raises(ValueError, match="docx"):
        list(contents(made_audit, formats=["docx"]))


def test_an_audit_without_reports_makes_every_file(made_audit: Audit) -> None:
    empty = Audit((), (), (), ())
    assert sorted(name for name, _ in contents(empty)) == sorted(NAMES)


def test_the_readme_tells_every_file_in_both_languages() -> None:
    text = readme(NAMES)
    assert all(text.count(f" {name}") >= 2 for name in NAMES if name != "README.txt")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """In processes of their own, with other hashes, in another second, on two workers."""
    shutil.copytree(SAMPLES, tmp_path / "reports", ignore=shutil.ignore_patterns("*.py", "*.json", "__pycache__"))
    for seed, (name, jobs) in enumerate([("one", "1"), ("two", "2")], start=1):
        environment = {"PYTHONHASHSEED": str(seed), "TZ": "Asia/Taipei" if seed == 1 else "UTC"}
        subprocess.run([sys.executable, "-c", _WRITE, name, jobs], cwd=tmp_path, env=environment, check=True)
        time.sleep(2.1 if seed == 1 else 0)  # the clock of a ZIP archive counts in steps of two seconds
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_writing_all_files_is_quick(samples_audit: Audit) -> None:
    list(contents(samples_audit))  # the imports
    start = time.process_time()
    list(contents(samples_audit))
    assert time.process_time() - start < 3


def test_a_mark_for_excel_on_request(made_audit: Audit) -> None:
    for name, content in contents(made_audit, formats=["csv"], csv_bom=True):
        data = content if isinstance(content, bytes) else b"".join(content)
        assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv")


def test_nothing_heavy_is_imported_for_what_is_not_written() -> None:
    code = (
        "import sys, heshu.output.folder; "
        "print([name for name in ('pyarrow', 'xlsxwriter', 'spacy', 'sqlite3', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_format_is_told_by_the_command() -> None:
    from heshu.cli import app
    from typer.testing import CliRunner

    assert ",".join(FORMATS) in "".join(CliRunner().invoke(app, ["audit", "--help"], terminal_width=400).stdout.split())
