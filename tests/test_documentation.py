"""The documentation keeps its word: every command and option is told, and every snippet runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import heshu
import pytest
import typer
from heshu.cli import app
from heshu.commands.rulebook import all_rules
from heshu.output.records import FACT_COLUMNS, RELATION_COLUMNS
from typer.testing import CliRunner

ROOT = Path(heshu.__file__).parent
READMES = ("README.md", "README.zh-TW.md")
EXTENDED = ("unit", "mark", "words", "role", "nature", "agency", "indicator", "category", "phrase", "atom")

pytestmark = pytest.mark.skipif(
    not (ROOT / "README.md").exists(), reason="an installed package has no README beside it"
)


PAGES = ("audit", "checks", "commands", "data", "formats", "limits", "python", "rules")
"""The pages in docs/ that there are in each language."""


def pages(name: str) -> list[Path]:
    """A README and the pages of its language; the others are in both."""
    suffix = name.removeprefix("README")
    return [ROOT / name, *(ROOT / "docs" / f"{page}{suffix}" for page in PAGES)] if name in READMES else [ROOT / name]


def read(name: str) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages(name))


def snippets(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(name), re.DOTALL | re.MULTILINE)


def options() -> list[tuple[str, str]]:
    """Every command with each of its options."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return [
        (name, option)
        for name, command in sorted(commands.items())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("-")
    ]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample reports in reports/, and what an audit of them has written in heshu-audit/."""
    folder = tmp_path_factory.mktemp("audited")
    (folder / "reports").mkdir()
    for sample in (ROOT / "corpus" / "samples").glob("*.txt"):
        shutil.copy(sample, folder / "reports")
    told = [
        "audit",
        str(folder / "reports"),
        "-o",
        str(folder / "heshu-audit"),
        "--formats",
        "jsonl",
        "--fail-on",
        "never",
    ]
    assert CliRunner().invoke(app, told).exit_code == 0
    return folder


@pytest.fixture
def reports(audited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the sample reports in reports/ and their audit beside."""
    shutil.copytree(audited, tmp_path, dirs_exist_ok=True)
    (tmp_path / "my-rules").mkdir()
    (told,) = snippets("README.md", "toml")
    (tmp_path / "my-rules" / "library.toml").write_text(told, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "reports"


@pytest.mark.parametrize("name", READMES)
def test_every_link_between_the_pages_leads_somewhere(name: str) -> None:
    for page in pages(name):
        text = page.read_text(encoding="utf-8")
        targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
        assert [target for target in targets if not (page.parent / target).exists()] == [], page.name
    for linked in pages(name)[1:]:
        assert f"docs/{linked.name}" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", (*PAGES, "tools"))
def test_both_languages_show_the_same(page: str) -> None:
    """The same examples, tables and parts; what is in quotation marks and in code is told in each."""
    english, chinese = ((ROOT / "docs" / f"{page}{end}").read_text(encoding="utf-8") for end in (".md", ".zh-TW.md"))
    for pattern in (r"^#+ ", r"^```", r"^\|", r"^heshu .*$"):
        told = [re.findall(pattern, text, re.MULTILINE) for text in (english, chinese)]
        assert len(told[0]) == len(told[1]), pattern


def test_the_way_in_comes_first() -> None:
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 140
        order = [
            text.index(part)
            for part in ("![", 'uv tool install ".[app]"', "winget install", "heshu open", "make audit")
        ]
        assert order == sorted(order)


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize(("command", "option"), options())
def test_every_command_and_option_is_told(name: str, command: str, option: str) -> None:
    assert f"`{command}`" in read(name)
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", read(name))


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("number", range(6))
def test_every_python_snippet_runs(reports: Path, name: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = snippets(name, "python")
    assert len(found) == 6
    exec(compile(found[number], f"{name}, snippet {number + 1}", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", READMES)
def test_every_command_line_runs(reports: Path, name: str) -> None:
    lines = [line for snippet in snippets(name, "sh") for line in snippet.splitlines()]
    assert len(lines) >= 8
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "heshu"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code in (0, 1), f"{line}\n{result.output}"


@pytest.mark.parametrize("name", READMES)
def test_the_json_shown_has_the_keys_that_are_written(reports: Path, name: str) -> None:
    quantity, date, relation = (json.loads(line) for snippet in snippets(name, "json") for line in snippet.splitlines())
    result = CliRunner().invoke(app, ["mentions", "reports/108-achievements.txt"])
    written = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(quantity) == list(next(record for record in written if record["type"] == "quantity"))
    assert list(date) == list(next(record for record in written if record["type"] == "date"))
    assert tuple(relation) == RELATION_COLUMNS


@pytest.mark.parametrize("name", READMES)
def test_the_columns_of_the_facts_are_told(name: str) -> None:
    assert " ".join(FACT_COLUMNS) in " ".join(read(name).split())


@pytest.mark.parametrize("name", READMES)
def test_the_finding_told_is_the_one_that_is_found(reports: Path, name: str) -> None:
    quoted = re.search(r"^> (.*)$", read(name), re.MULTILINE)
    assert quoted
    sentence = quoted[1].replace("**", "")
    text = (reports / "108-achievements.txt").read_bytes().decode("utf-8")
    assert sentence in text
    found = [finding for finding in heshu.audit(reports).findings if finding.severity == "contradiction"]
    start = text.index(sentence)
    shown = [
        {mention.text for mention in finding.mentions}
        for finding in found
        if all(start <= mention.start < start + len(sentence) for mention in finding.mentions)
    ]
    assert {"326人", "165人", "163人"} in shown


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-TW.md", "zh-TW")])
def test_the_words_of_the_finding_are_those_of_the_terminal(reports: Path, name: str, language: str) -> None:
    (block,) = snippets(name, "text")
    output = CliRunner().invoke(app, ["audit", "reports/108-achievements.txt", "--lang", language]).stdout
    assert "".join(block.split()) in "".join(output.split())


def test_every_make_target_that_is_told_is_there() -> None:
    told = {target for name in READMES for target in re.findall(r"(?:`|^ +)make ([a-z-]+)", read(name), re.MULTILINE)}
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert told
    assert told <= targets


@pytest.mark.parametrize("name", READMES)
def test_the_rules_told_are_read_as_is_told(reports: Path, name: str) -> None:
    assert snippets(name, "toml") == snippets("README.md", "toml")
    assert CliRunner().invoke(app, ["rules", "test", "my-rules"]).exit_code == 0
    (told,) = (line for snippet in snippets(name, "sh") for line in snippet.splitlines() if "rules explain" in line)
    shown = CliRunner().invoke(app, shlex.split(told)[1:]).stdout
    assert "mark.project-code" in shown
    assert "1250 冊次 [實際]" in shown
    fields = {field for rule in all_rules() for field, _ in rule.fields if rule.kind in EXTENDED}
    assert {field for field in fields if f"`{field}`" not in read(name)} == set()
