"""The wiring: one order whatever the input's, the same for any number of processes, and nothing that stops the others."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import heshu
import pytest
from heshu import pipeline
from heshu.corpus.read import read_text
from heshu.model import Audit, Extraction, Report
from heshu.output.counts import STANDINGS
from heshu.output.folder import write_folder
from heshu.output.page import render
from hypothesis import given
from hypothesis import strategies as st

SENTENCES = {
    "a.txt": "青嵐市政府人事處108年度工作報告\n一、計有409人（男性205人、女性203人）參加。\n",
    "b.txt": "青嵐市政府人事處109年度工作報告\n一、辦理研習12場次，計有1,024人次參加。\n",
    "c.txt": "青嵐市政府人事處110年度工作報告\n一、自110年3月1日起，另核發補助費25萬元。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SENTENCES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_reports_by_name(folder: Path) -> None:
    audit = heshu.audit(folder)
    assert [report.name for report in audit.reports] == ["a.txt", "b.txt", "c.txt"]
    assert audit.problems == ()


@pytest.mark.parametrize("jobs", [1, 2, 0])
def test_the_number_of_processes_changes_nothing(folder: Path, jobs: int) -> None:
    assert heshu.audit(folder, jobs=jobs) == heshu.audit(folder)


def test_the_order_of_the_inputs_changes_nothing(folder: Path) -> None:
    paths = [folder / name for name in SENTENCES] + [folder / "missing.txt"]
    wanted = heshu.audit(paths)
    assert len(wanted.problems) == 1
    for order in permutations(paths):
        assert heshu.audit(order) == wanted


def test_reports_that_were_read_already_are_audited_alike(folder: Path) -> None:
    reports = [heshu.read(folder / name) for name in SENTENCES]
    assert heshu.audit(reports) == heshu.audit(folder)
    assert heshu.audit(reports[0]).reports == (reports[0],)


def test_the_facts_come_as_a_frame(folder: Path) -> None:
    frame = heshu.audit(folder).facts_frame()
    assert {"fact_id", "indicator", "value", "period"} <= set(frame.columns)
    assert "409人" in set(frame["text"])


def test_what_is_unexpected_on_one_report_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.extract

    def breaks_on_b(report: Report) -> Extraction:
        if report.name == "b.txt":
            raise RuntimeError("made\nto break")
        return real(report)

    monkeypatch.setattr(pipeline, "extract", breaks_on_b)
    audit = heshu.audit(folder)
    assert [report.name for report in audit.reports] == ["a.txt", "c.txt"]
    (problem,) = audit.problems
    assert (problem.code, Path(problem.path).name) == ("internal", "b.txt")
    assert "RuntimeError: made to break" in problem.message_en


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the patched function reaches other processes by fork alone")
def test_a_process_that_dies_takes_no_other_report_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.extract
    parent = os.getpid()

    def dies_on_b(report: Report) -> Extraction:
        if report.name == "b.txt" and os.getpid() != parent:
            os._exit(3)
        return real(report)

    monkeypatch.setattr(pipeline, "extract", dies_on_b)
    audit = heshu.audit(folder, jobs=2)
    assert [report.name for report in audit.reports] == ["a.txt", "c.txt"]
    assert [problem.code for problem in audit.problems] == ["internal"]


def test_a_report_without_a_number_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("本處賡續推動各項業務。\n", encoding="utf-8")
    audit = heshu.audit(tmp_path)
    assert [problem.code for problem in audit.problems] == ["no-number"]
    assert len(audit.reports) == 1


def test_the_same_file_twice_is_audited_once(folder: Path) -> None:
    (folder / "copy of a.txt").write_bytes((folder / "a.txt").read_bytes())
    audit = heshu.audit([folder, folder / "a.txt"])
    assert [report.name for report in audit.reports] == ["a.txt", "b.txt", "c.txt"]
    assert [(Path(problem.path).name, problem.code) for problem in audit.problems] == [("copy of a.txt", "duplicate")]


@pytest.mark.parametrize("bom", [False, True])
def test_what_an_earlier_run_left_behind_is_no_report(folder: Path, bom: bool) -> None:
    wanted = heshu.audit(folder)
    write_folder(wanted, folder / "heshu-audit", csv_bom=bom)
    assert heshu.audit(folder) == wanted


def test_a_path_that_cannot_even_be_looked_up_is_a_problem(folder: Path) -> None:
    audit = heshu.audit([folder, folder / ("x" * 5000)])
    assert len(audit.reports) == 3
    assert [problem.code for problem in audit.problems] == ["no-access"]


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own elsewhere")
def test_a_link_is_the_file_that_it_leads_to(folder: Path) -> None:
    (folder / "z.txt").symlink_to(folder / "a.txt")
    audit = heshu.audit(folder)
    assert [report.name for report in audit.reports] == ["a.txt", "b.txt", "c.txt"]
    assert audit.problems == ()


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for year, text in (("108", SENTENCES["a.txt"]), ("109", SENTENCES["b.txt"])):
        (tmp_path / year).mkdir()
        (tmp_path / year / "report.txt").write_text(text, encoding="utf-8")
    (tmp_path / "other.txt").write_text(SENTENCES["c.txt"], encoding="utf-8")
    audit = heshu.audit(tmp_path)
    assert [report.name for report in audit.reports] == ["108/report.txt", "109/report.txt", "other.txt"]
    assert {mention.report for each in audit.extractions for mention in each.mentions} == {
        report.name for report in audit.reports
    }


@pytest.mark.skipif(os.name != "posix", reason="only there may a file name hold bytes that are no text")
def test_a_file_name_that_is_no_text_can_be_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb3\xf8.txt")).write_text(SENTENCES["a.txt"], encoding="utf-8")
    audit = heshu.audit(tmp_path)
    assert audit.reports[0].name == "\ufffd\ufffd.txt"
    audit.reports[0].name.encode("utf-8")


def test_the_audit_is_of_the_public_kind(folder: Path) -> None:
    audit = heshu.audit(folder)
    assert isinstance(audit, heshu.Audit)
    assert isinstance(audit, Audit)


CHARACTERS = (
    "0123456789０１２３〇零一二兩三十百千萬億年月日人次元％%.,，、。；（）()至~-─△▲／/：壹一、合計其中男女性\n\r\t 　|"
)


@given(st.text(alphabet=CHARACTERS, max_size=200) | st.text(max_size=200))
def test_nothing_that_a_text_contains_breaks_the_audit(text: str) -> None:
    audit = heshu.audit(read_text(text))
    assert [problem.message_en for problem in audit.problems if problem.code == "internal"] == []
    (extraction,) = audit.extractions
    for mention in extraction.mentions:
        assert extraction.report.text[mention.start : mention.end] == mention.text
    assert audit.facts_frame().shape[0] == len(audit.facts)
    assert render(audit)
    counted = audit.coverage
    quantities = sum(mention.kind == "quantity" for mention in extraction.mentions)
    assert sum(getattr(counted, standing) for standing in STANDINGS) == counted.quantities == quantities
