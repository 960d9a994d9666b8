"""A finding keeps its id, and what was decided of it, from run to run and from version to version."""

from __future__ import annotations

from pathlib import Path

import pytest
from heshu import pipeline
from heshu.baseline import accepted, dump, load
from heshu.store import Store, StoreError, ingest
from heshu.store.audits import findings_of, of_findings, of_report, whole
from heshu.store.decisions import baseline_of, decide
from heshu.store.incoming import remove

from .stored import CORRECTED_108, FULL_ROW, paths, store, write

__all__ = ["paths", "store"]


def test_a_finding_has_one_id_from_run_to_run(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    with Store.open(tmp_path / "other.heshu", create=True) as other:
        for path in reversed(paths):
            ingest(other, [path])
        assert [tuple(row) for row in store.rows(FULL_ROW)] == [tuple(row) for row in other.rows(FULL_ROW)]


def test_a_decision_survives_the_next_version_of_the_report(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    before = next(row for row in store.rows(FULL_ROW) if "409" in row["message_zh"])
    decide(store, before["finding_id"], "dismissed", "含講師1人")
    ingest(store, write(tmp_path / "later", {"108.txt": "（更正版）\n" + CORRECTED_108}))
    after = next(row for row in store.rows(FULL_ROW) if "409" in row["message_zh"])
    assert after["finding_id"] == before["finding_id"]
    audit = whole(store)
    assert [each.reason for each in audit.suppressed] == ["含講師1人"]
    assert all("409" not in finding.message_zh for finding in audit.findings)


def test_a_decision_waits_for_a_finding_that_is_gone(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    name = next(row["finding_id"] for row in store.rows(FULL_ROW) if "409" in row["message_zh"])
    decide(store, name, "accepted")
    remove(store, "108.txt")
    ingest(store, paths)
    assert store.rows("SELECT decision FROM findings_with_decisions WHERE finding_id = ?", (name,))[0][0] == "accepted"


def test_decisions_go_out_as_a_baseline(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    found = [row["finding_id"] for row in store.rows(FULL_ROW)]
    decide(store, found[0], "dismissed", "已查明")
    decide(store, found[1], "asked")
    file = tmp_path / "baseline.toml"
    file.write_text(dump(baseline_of(store)), encoding="utf-8")
    audit = pipeline.audit(paths)
    left, unused = accepted(audit, load(file))
    assert len(left.findings) == len(audit.findings) - 1
    assert [each.reason for each in left.suppressed] == ["已查明"]
    assert unused == ()


def test_a_decision_is_taken_back(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    name = store.rows(FULL_ROW)[0]["finding_id"]
    decide(store, name, "accepted")
    decide(store, name, None)
    assert baseline_of(store) == ()
    with pytest.raises(StoreError, match="no such finding"):
        decide(store, "SUM-none", "accepted")


def test_a_part_is_as_in_the_whole(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    every = {named.finding_id: named.finding for named in findings_of(store)}
    _, some = of_findings(store, [*every][:2])
    assert {named.finding_id: named.finding for named in some} == {name: every[name] for name in [*every][:2]}
    for member in store.members():
        audit, found = of_report(store, member.report_id)
        assert [report.name for report in audit.reports] == [member.report]
        assert all(member.report in {mention.report for mention in each.finding.mentions} for each in found)


def test_a_run_tells_what_it_changed(store: Store, paths: list[Path]) -> None:
    ingest(store, paths[:1])
    ingest(store, paths[1:])
    last = store.rows("SELECT max(run_id) FROM runs")[0][0]
    changed = store.rows("SELECT change, after FROM changes WHERE run_id = ? AND what = 'finding'", (last,))
    assert {row["change"] for row in changed} == {"new"}
    assert all("409" not in row["after"] for row in changed)
    assert any("326" in row["after"] for row in changed)
