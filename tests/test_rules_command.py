"""``heshu rules`` and ``--rules``: what a person who writes no Python does with rules."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from heshu import audit, pipeline
from heshu.cli import app
from heshu.rules.loader import RuleError
from heshu.rules.registry import RuleSet
from typer.testing import CliRunner, Result

REPORT = (
    "青嵐市立圖書館108年度工作報告\n一、全年借閱1,250冊輪，較三榕街分館多。\n二、辦理五大主題書展，計畫青1024核定。\n"
)
RULES = """# Rules of our library.
[[unit]]
id = "library"
kind = "items"
why = "Volumes of our libraries."
words = ["冊輪"]
examples = { "借閱1,250冊輪" = "1250 冊輪" }
never = ["第3冊"]

[[words]]
id = "streets"
why = "Our streets."
words = ["三榕街"]
examples = ["位於【三榕街】"]
never = ["三棵榕樹"]

[[mark]]
id = "project"
why = "Codes of our projects."
pattern = '(?<=青){D}(?!人)'
examples = ["計畫青【1024】核定"]
never = ["青年20人"]

[[unit]]
id = "great"
disable = true
"""
SLOW = '[[mark]]\nid = "slow"\nwhy = "w"\npattern = \'(?:\\d+)+號\'\nexamples = ["【1號】"]\n'

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder that holds a report and a folder with rules."""
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/library.toml").write_text(RULES, encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return invoke


def mentioned(result: Result) -> dict[str, str]:
    records = [json.loads(line) for line in result.stdout.splitlines()]
    return {record["text"]: record["unit"] for record in records if record["type"] == "quantity"}


# --- runs by rules of one's own ---------------------------------------------------------------------------------------


def test_without_them_ours_alone_count(run: Run) -> None:
    found = mentioned(run("mentions", "report.txt"))
    assert found["1,250冊"] == "冊"
    assert found["五大"] == "大"


def test_rules_of_ones_own_count_with_the_option(run: Run) -> None:
    assert mentioned(run("mentions", "report.txt", "--rules", "mine")) == {"1,250冊輪": "冊輪"}


def test_rules_of_ones_own_count_in_pyproject(run: Run) -> None:
    Path("pyproject.toml").write_text('[tool.heshu]\nrules = "mine"\n', encoding="utf-8")
    assert mentioned(run("mentions", "report.txt")) == {"1,250冊輪": "冊輪"}


def test_a_pyproject_of_others_is_left_alone(run: Run) -> None:
    Path("pyproject.toml").write_text("[tool.other]\nbroken = \n", encoding="utf-8")
    assert run("mentions", "report.txt").exit_code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_process_goes_by_them(run: Run, jobs: str) -> None:
    Path("second.txt").write_text(REPORT.replace("1,250", "2,250"), encoding="utf-8")
    result = run("mentions", "report.txt", "second.txt", "--rules", "mine", "--jobs", jobs)
    assert mentioned(result) == {"1,250冊輪": "冊輪", "2,250冊輪": "冊輪"}


@pytest.mark.parametrize("command", ["audit", "extract", "mentions", "relations"])
def test_every_command_takes_them(run: Run, command: str) -> None:
    assert run(command, "report.txt", "--rules", "mine").exit_code == 0


def test_one_run_leaves_nothing_behind_for_the_next(run: Run) -> None:
    before = run("mentions", "report.txt").stdout
    run("mentions", "report.txt", "--rules", "mine")
    assert run("mentions", "report.txt").stdout == before


def test_the_python_interface_takes_them(run: Run) -> None:
    (extraction,) = audit("report.txt", rules="mine").extractions
    assert [mention.text for mention in extraction.mentions if mention.kind == "quantity"] == ["1,250冊輪"]
    Path("mine/library.toml").write_text("[[unit]]\n", encoding="utf-8")
    with pytest.raises(RuleError):
        audit("report.txt", rules="mine")


@pytest.mark.parametrize("arguments", [("audit", "report.txt"), ("mentions", "report.txt"), ("rules", "list"),
                                       ("rules", "test"), ("rules", "show", "unit.people"), ("rules", "explain", "3人")],
                         ids=" ".join)  # fmt: skip
def test_a_mistake_ends_the_command_with_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    Path("mine/library.toml").write_text(RULES.replace('words = ["冊輪"]', 'words = "冊輪"'), encoding="utf-8")
    result = run(*arguments, "--rules", "mine", "--lang", "en")
    assert result.exit_code == 2
    place = Path("mine/library.toml")
    expected = f"heshu: rule file: {place}, line 6, [[unit]] library, field 'words': expected a list of texts\n"
    assert (result.stdout, result.stderr) == ("", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.heshu]\nrules = 3\n", "pyproject.toml, line 2, [tool.heshu], field 'rules': expected the name"),
        ('[tool.heshu]\nrules = "nowhere"\n', "nowhere: expected a folder"),
        ("[tool.heshu]\nrules = \n", "pyproject.toml: expected TOML"),
    ],
)
def test_a_mistake_in_pyproject_is_told(run: Run, text: str, expected: str) -> None:
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    result = run("mentions", "report.txt")
    assert result.exit_code == 2
    assert expected in result.stderr


def test_a_slow_pattern_is_refused(run: Run) -> None:
    Path("mine/slow.toml").write_text(SLOW, encoding="utf-8")
    result = run("mentions", "report.txt", "--rules", "mine")
    assert result.exit_code == 2
    assert "slow.toml, line 4, [[mark]] slow, field 'pattern'" in result.stderr


def test_a_pattern_that_turns_out_slow_is_a_problem_and_no_hang(run: Run) -> None:
    rules = RuleSet((("slow.toml", SLOW), ("library.toml", RULES)))
    Path("long.txt").write_text(f"青嵐市立圖書館報告\n借閱3冊輪，編號{'1' * 30000}，第1號。\n", encoding="utf-8")
    (outcome,) = pipeline.process(["long.txt"], relate=False, rules=rules)
    (problem,) = outcome.problems
    assert problem.code == "slow-rule"
    assert "slow.toml, [[mark]] slow, pattern" in problem.message_en
    assert outcome.extraction
    assert "3冊輪" in [mention.text for mention in outcome.extraction.mentions]


def test_a_run_by_our_rules_loads_no_more_than_before() -> None:
    code = "import sys, heshu.cli; print([m for m in sys.modules if m.startswith(('heshu.rules.', 'heshu.commands.rulebook', 'regex'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- list, show, test, explain ----------------------------------------------------------------------------------------


def test_list_names_every_rule_and_whose_it_is(run: Run) -> None:
    result = run("rules", "list", "--rules", "mine", "--lang", "en")
    lines = result.stdout.splitlines()
    assert "unit\tunit.library\tVolumes of our libraries.  [yours]" in lines
    assert any(line.startswith("date\tdate.day\t") for line in lines)
    assert not any(line.startswith("unit\tunit.great\t") for line in lines)
    assert result.stderr == "Switched off: unit.great\n"


def test_list_shows_one_kind(run: Run) -> None:
    lines = run("rules", "list", "--kind", "mark").stdout.splitlines()
    assert lines
    assert all(line.startswith("mark\tmark.") for line in lines)


def test_show_tells_all_of_a_rule(run: Run) -> None:
    shown = run("rules", "show", "unit.library", "--rules", "mine", "--lang", "en").stdout
    for part in ("unit.library", "Volumes of our libraries.", "library.toml, line 2 (yours)", "words: 冊輪",
                 "reads: 借閱1,250冊輪 → 1250 冊輪", "never: 第3冊"):  # fmt: skip
        assert part in shown


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("show", "unit.peple"), "no rule is called 'unit.peple'; near it: unit.people"),
        (("show", "zzzz"), "no rule is called 'zzzz'\n"),
        (("list", "--kind", "units"), "no kind is called 'units'; there are: unit, "),
    ],
)
def test_a_name_that_nothing_has_is_told(run: Run, arguments: tuple[str, ...], expected: str) -> None:
    result = run("rules", *arguments, "--lang", "en")
    assert result.exit_code == 2
    assert expected in result.stderr


def test_an_unknown_language_is_told(run: Run) -> None:
    result = run("rules", "list", "--lang", "fr")
    assert result.exit_code == 2
    assert all(language in result.stderr for language in ("zh-TW", "en"))


def test_test_runs_the_examples_of_ours_and_of_ones_own(run: Run) -> None:
    ours, both = run("rules", "test", "--lang", "en"), run("rules", "test", "mine", "--lang", "en")
    assert (ours.exit_code, both.exit_code) == (0, 0)
    # Three rules are added, one of ours is switched off.
    assert int(both.stdout.split()[0]) == int(ours.stdout.split()[0]) + 2


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('= "1250 冊輪"', '= "1251 冊輪"', "unit.library: 借閱1,250冊輪: expected 1251 冊輪, got 1250 冊輪"),
        ('["第3冊"]', '["計3冊輪"]', "unit.library: 計3冊輪: must not be read, got 3 冊輪"),
        ("【1024】", "【10】24", "mark.project: 計畫青【10】24核定: expected 10, got 1024"),
        ('["三棵榕樹"]', '["三榕街口"]', "word.streets: 三榕街口: must not be read, got 三榕街"),
    ],
)
def test_a_failure_names_rule_and_example(run: Run, old: str, new: str, line: str) -> None:
    Path("mine/library.toml").write_text(RULES.replace(old, new), encoding="utf-8")
    result = run("rules", "test", "mine", "--lang", "en")
    failed = [each for each in result.stdout.splitlines() if each.startswith("mine")]
    assert result.exit_code == 1
    assert len(failed) == 1
    assert line in failed[0]


def test_explain_tells_what_reads_what_and_why(run: Run) -> None:
    result = run("rules", "explain", "第3屆計有409人(男性205人、女性203人)參加，甲12", "--lang", "en")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert [row[0] for row in rows if row[1:3] == ["409人", "quantity"]] == ["5–9"]
    text = " ".join(result.stdout.split())
    assert "409人 quantity 409 人 [actual] unit.people Heads: persons" in text
    assert "3 no quantity mark.ordinal Ordinals" in text
    assert "sum.bracket: 409人 ← 205人, 203人: stated 409, computed 408, broken" in text
    assert "Numerals left unread: 12" in text


def test_explain_goes_by_rules_of_ones_own(run: Run) -> None:
    text = " ".join(run("rules", "explain", "借閱1,250冊輪", "--rules", "mine").stdout.split())
    assert "1,250冊輪 數量 1250 冊輪 [實際] unit.library Volumes of our libraries." in text


def test_explain_says_where_there_is_nothing(run: Run) -> None:
    assert run("rules", "explain", "無").stdout == "沒有任何數字。\n"


@pytest.mark.parametrize("command", ["explain", "test"])
def test_a_pattern_that_turns_out_slow_ends_the_command_with_one_line(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "1" * 30000
    slow = RuleSet((("slow.toml", SLOW.replace("【1號】", f"{long}，【1號】")),))
    monkeypatch.setattr(pipeline, "load_rules", lambda folder: slow)
    result = run("rules", command, *([f"編號{long}，第1號"] if command == "explain" else []), "--rules", "mine")
    assert result.exit_code == 2
    assert result.stderr.startswith("heshu: slow.toml, [[mark]] slow, field 'pattern': took more than")
