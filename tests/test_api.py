"""The library as one types it: what cannot be read is raised or warned of, and what comes back says what it holds."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path

import heshu
import pytest

REPORT = "青嵐市政府人事處110年度工作報告\n一、計有409人(男性205人、女性203人)參加。\n"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("/nope", "missing"),
        ("計有409人(男性205人、女性203人)參加。", "missing"),
        ("計有409人(男性205人、女性203人)參加。" * 99, "no-access"),
        ("a\0b", "missing"),
    ],
)
def test_what_is_no_file_is_raised_and_points_to_read_text(source: str, code: str) -> None:
    with pytest.raises(heshu.UnreadableReport, match="read_text") as caught:
        heshu.audit(source)
    assert isinstance(caught.value, heshu.NothingRead)
    assert caught.value.code == code
    assert len(str(caught.value)) < 400


def test_a_file_that_cannot_be_read_is_raised(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    for source in (tmp_path, tmp_path / "a.pdf", [tmp_path / "a.pdf", tmp_path / "b.txt"]):
        with pytest.raises(heshu.NothingRead, match=r"a\.pdf: damaged"):
            heshu.audit(source)
    with pytest.raises(heshu.UnreadableReport, match="damaged"):
        heshu.read(tmp_path / "a.pdf")


def test_all_problems_come_with_the_exception_and_survive_a_pickle(tmp_path: Path) -> None:
    with pytest.raises(heshu.NothingRead) as caught:
        heshu.audit([tmp_path / "a.txt", tmp_path / "b.txt"])
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert [(Path(problem.path).name, problem.code) for problem in error.problems] == [
            ("a.txt", "missing"),
            ("b.txt", "missing"),
        ]
        assert error.message_zh.startswith("找不到")


def test_no_source_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no report"):
        heshu.audit([])


def test_what_some_inputs_hold_is_audited_and_the_others_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(REPORT, encoding="utf-8")
    for number in range(9):
        (tmp_path / f"{number}.pdf").write_bytes(b"%PDF-1.7")
    with pytest.warns(heshu.UnreadableWarning, match=r"9 not audited: .*0\.pdf: damaged.*and 6 more") as caught:
        audit = heshu.audit(tmp_path)
    assert caught[0].filename == __file__
    assert (len(audit.reports), len(audit.problems)) == (1, 9)


def test_what_keeps_nothing_from_being_audited_is_no_warning(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("本處賡續推動各項業務。\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [problem.code for problem in heshu.audit(tmp_path).problems] == ["no-number"]


def test_a_text_at_hand_is_a_report() -> None:
    report = heshu.read_text(REPORT, name="draft")
    audit = heshu.audit(report)
    assert (report.name, report.text, report.path) == ("draft", REPORT, None)
    assert [finding.code for finding in audit.findings] == ["SUM"]


def test_findings_come_as_a_frame() -> None:
    frame = heshu.audit(heshu.read_text(REPORT, name="draft")).findings_frame()
    (row,) = frame.to_dict("records")
    assert (row["code"], row["severity"], row["report"], row["line"]) == ("SUM", "contradiction", "draft", 2)
    assert (row["stated"], row["computed"], row["mends"] != []) == ("409", "408", True)
    empty = heshu.audit(heshu.read_text("計有409人參加。")).findings_frame()
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0


def test_nothing_shows_a_whole_text() -> None:
    report = heshu.read_text(REPORT * 500, name="draft")
    extraction = heshu.extract(report)
    shown = [repr(report), repr(extraction), repr(heshu.audit(report))]
    assert all(len(text) < 200 for text in shown), shown
    assert "draft" in shown[0]
    assert "1500 mentions" not in shown[2]
    assert shown[2].startswith("<Audit: 1 extractions, ")
    assert "offsets" not in repr(report.blocks[0])


def test_the_documentation_tells_what_an_audit_holds() -> None:
    told = heshu.Audit.__doc__ or ""
    for word in ("findings", "facts", "relations", "reports", "problems", "coverage", "unit", "EDTF"):
        assert word in told
    assert "value" in (heshu.Audit.facts_frame.__doc__ or "")
    assert "UnreadableReport" in (heshu.audit.__doc__ or "")
