"""The store keeps every report whole, gives what an audit from scratch gives, and forgets no decision."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import signal
import sqlite3
import time
import zlib
from hashlib import sha256
from pathlib import Path

import heshu
import pytest
from heshu import pipeline
from heshu.baseline import accepted, dump, load
from heshu.cli import app
from heshu.packing import DamagedError
from heshu.store import Store, StoreError, ingest, packing, schema
from heshu.store import rulesprint as printing
from heshu.store.audits import findings_of, of_findings, of_report, whole
from heshu.store.decisions import baseline_of, decide
from heshu.store.incoming import remove
from heshu.store.rules import keep_rules
from heshu.store.search import facts_with, passages_with
from heshu.store.settle import is_settled
from heshu.store.upgrade import stale, upgrade
from heshu.store.verify import faults, remarks
from typer.testing import CliRunner

from .stored import CORRECTED_108, LIBRARY, NAMES, YEAR_108, YEAR_109, write

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
FULL_ROW = (
    "SELECT finding_id, code, severity, message_zh, message_en, stated, computed FROM findings ORDER BY finding_id"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = Store.open(tmp_path / "kept.heshu", create=True)
    yield kept
    kept.close()


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return write(tmp_path / "reports")


def names(store: Store) -> list[str]:
    return [each.report for each in store.members()]


def is_whole(store: Store) -> bool:
    return list(faults(store)) == []


# --- one report after the other is all reports at once


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)], ids=str)
def test_one_report_after_the_other_gives_what_all_at_once_give(store: Store, order: tuple[int, ...]) -> None:
    samples = sorted(SAMPLES.glob("*.txt"))
    for each in order:
        ingest(store, [samples[each]])
    assert whole(store) == pipeline.audit(samples)
    assert is_whole(store)


def test_what_went_leaves_no_trace_in_the_findings(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    remove(store, "109.txt")
    assert whole(store) == pipeline.audit([paths[0], paths[2]])
    assert is_whole(store) and is_settled(store)
    assert not passages_with(store, "371")[1]


def test_the_tables_hold_what_the_audit_holds(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    audit = pipeline.audit(paths)
    assert store.rows("SELECT count(*) FROM current_facts")[0][0] == len(audit.facts)
    assert store.rows("SELECT count(*) FROM relations")[0][0] == len(audit.relations)
    messages = [row[0] for row in store.rows("SELECT message_zh FROM findings")]
    assert sorted(messages) == sorted(finding.message_zh for finding in audit.findings)
    assert any("409" in message for message in messages)


# --- which report is which


def test_a_report_is_known_by_its_bytes(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths[:1])
    (other,) = write(tmp_path / "elsewhere", {"copy.txt": YEAR_108})
    (told,) = ingest(store, [other])
    assert (told.became, told.name) == ("known", "108.txt")
    assert names(store) == ["108.txt"]


def test_a_corrected_version_supersedes_and_both_stay(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths[:1])
    (corrected,) = write(tmp_path / "later", {"108.txt": CORRECTED_108})
    (told,) = ingest(store, [corrected])
    assert (told.became, told.supersedes, told.differences) == ("version", "108.txt", 1)
    assert names(store) == ["108.txt"]
    assert store.rows("SELECT count(*) FROM reports")[0][0] == 2
    (row,) = store.rows("SELECT kind, earlier_text, later_text FROM differences")
    assert tuple(row) == ("figure", "8場次", "7場次")
    assert whole(store) == pipeline.audit([corrected])
    remove(store, "108.txt")
    assert whole(store) == pipeline.audit(paths[:1])
    assert is_whole(store)


def test_a_corrected_version_is_known_under_another_name(store: Store, tmp_path: Path) -> None:
    first, second = write(tmp_path, {"report.txt": YEAR_108 * 3, "report-corrected.txt": YEAR_108 * 2 + CORRECTED_108})
    ingest(store, [first])
    (told,) = ingest(store, [second])
    assert (told.became, told.supersedes) == ("version", "report.txt")


@pytest.mark.parametrize("text", [YEAR_109, LIBRARY], ids=["another year", "another office"])
def test_another_report_of_the_same_name_is_a_report_of_its_own(store: Store, tmp_path: Path, text: str) -> None:
    (first,) = write(tmp_path / "a", {"report.txt": YEAR_108})
    (second,) = write(tmp_path / "b", {"report.txt": text})
    ingest(store, [first])
    (told,) = ingest(store, [second])
    assert told.became == "new"
    assert names(store) == ["b/report.txt", "report.txt"]
    assert is_whole(store)


def test_what_cannot_be_read_stops_nothing(store: Store, paths: list[Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    told = ingest(store, [empty, *paths, tmp_path / "missing.txt"])
    assert sorted(each.became for each in told) == ["failed", "failed", "new", "new", "new"]
    assert names(store) == sorted(NAMES)


# --- findings and decisions


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


# --- rules that change


def test_an_upgrade_reads_again_and_tells_what_is_different(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    assert not stale(store)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.toml").write_text(
        '[[mark]]\nid = "mark.own-seats"\nwhy = "numbers of seats"\npattern = "編制員額為[\\\\d,]+人"\n'
        'examples = ["編制員額為【1,250】人"]\n',
        encoding="utf-8",
    )
    try:
        keep_rules(store, rules)
    except Exception as error:  # the rule's own form is tested elsewhere
        pytest.fail(str(error))
    assert [row["report"] for row in stale(store)] == ["108.txt", "109.txt", "library.txt"]
    assert next(remark.en for remark in remarks(store)).startswith("3 reports were read by another version")
    done = upgrade(store)
    assert (done.reports, [name for name, _ in done.differing]) == (3, ["108.txt", "109.txt"])
    gone = store.rows("SELECT report, before FROM changes WHERE run_id = ? AND what = 'fact'", (done.run_id,))
    assert any("1250" in row["before"] for row in gone)
    assert whole(store) == pipeline.audit(paths, rules=pipeline.load_rules(rules))
    assert is_whole(store) and not stale(store)


def test_an_upgrade_by_other_code_changes_nothing_where_nothing_is_read_differently(
    store: Store, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(store, paths)
    before = [tuple(row) for row in store.rows(FULL_ROW)]
    monkeypatch.setattr(printing, "_ours", lambda: b"other code")
    assert len(stale(store)) == 3
    done = upgrade(store)
    assert (done.reports, done.differing, done.failed) == (3, (), ())
    assert [tuple(row) for row in store.rows(FULL_ROW)] == before
    assert is_whole(store)


def test_nouns_of_another_shape_are_read_again(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    with store.writing() as connection:
        connection.execute("UPDATE readings SET model = 'older'")
    with pytest.raises(StoreError, match="upgrade"):
        whole(store)
    upgrade(store)
    assert whole(store) == pipeline.audit(paths)


# --- search


@pytest.mark.parametrize(
    ("wanted", "reports"),
    [
        ("退休", {"108.txt", "109.txt"}),
        ("休", {"108.txt", "109.txt"}),
        ("館", {"library.txt"}),
        ("圖書3,200冊", {"library.txt"}),
        ("3200", {"library.txt"}),
        ("320", set()),
        ("員工 1,262", {"109.txt"}),
        ("１，２５０", {"108.txt"}),
        ("休退", set()),
        ("", set()),
        ('"', set()),
        ("AND", set()),
    ],
)
def test_any_word_or_figure_is_found(store: Store, paths: list[Path], wanted: str, reports: set[str]) -> None:
    ingest(store, paths)
    hits, count = passages_with(store, wanted)
    found = {hit.report for hit in hits}
    if wanted == "員工 1,262":
        assert found == set()  # they stand in two paragraphs
    else:
        assert found == reports
    assert count == len(hits)


@pytest.mark.parametrize(("wanted", "text"), [("362", "362人"), ("3,200冊", "3,200冊"), ("退休", "362人"), ("%", None)])
def test_a_fact_is_found_by_its_value_and_its_indicator(
    store: Store, paths: list[Path], wanted: str, text: str | None
) -> None:
    ingest(store, paths)
    found = {hit.text for hit in facts_with(store, wanted)}
    assert text in found if text else not found


def test_a_version_that_is_superseded_is_not_found(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    ingest(store, write(tmp_path / "later", {"108.txt": CORRECTED_108}))
    assert passages_with(store, "8場次")[1] == 0
    assert passages_with(store, "7場次")[1] == 1


# --- what may happen to a file


def _bring_in(path: Path, reports: list[Path]) -> None:
    with Store.open(path, create=True) as kept:
        ingest(kept, reports)


def test_two_programs_at_once_both_succeed(tmp_path: Path, paths: list[Path]) -> None:
    path = tmp_path / "shared.heshu"
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=_bring_in, args=(path, part)) for part in (paths[:2], paths[1:])]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [each.exitcode for each in both] == [0, 0]
    with Store.open(path) as kept:
        assert whole(kept) == pipeline.audit(paths)
        assert is_whole(kept) and is_settled(kept)


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.25, 0.5])
def test_killed_at_any_moment_every_report_is_whole_or_not_there(
    tmp_path: Path, paths: list[Path], moment: float
) -> None:
    path = tmp_path / "killed.heshu"
    child = multiprocessing.get_context("fork").Process(target=_bring_in, args=(path, paths))
    child.start()
    time.sleep(moment)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    with Store.open(path, create=True) as kept:
        assert is_whole(kept)
        ingest(kept, paths)
        assert whole(kept) == pipeline.audit(paths)


def test_a_full_disk_takes_nothing_that_was_written(store: Store, paths: list[Path]) -> None:
    ingest(store, paths[:1])
    store.connection.execute(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0] + 2}")
    with pytest.raises(StoreError, match="the disk is full"):
        ingest(store, paths)
    assert is_whole(store)
    assert names(store) == ["108.txt"]


def test_a_store_that_may_not_be_written_to_is_read(
    tmp_path: Path, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.heshu"
    _bring_in(path, paths[:1])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path) as kept:
        assert is_whole(kept)
        assert len(whole(kept).findings) == len(pipeline.audit(paths[:1]).findings)
        with pytest.raises(StoreError, match="cannot be written"):
            ingest(kept, paths)


def _text(path: Path) -> None:
    path.write_text("no database")


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE own (a)")
    connection.close()


def _newer(path: Path) -> None:
    Store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()


def _torn(path: Path) -> None:
    Store.open(path, create=True).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 4000 + data[4100:])


@pytest.mark.parametrize(
    ("made", "code"),
    [(_text, "foreign"), (_foreign, "foreign"), (_newer, "newer"), (_torn, "damaged"), (None, "missing")],
)
def test_a_file_that_is_no_store_is_told_in_words(tmp_path: Path, made: object, code: str) -> None:
    path = tmp_path / "some.heshu"
    if made is not None:
        made(path)  # type: ignore[operator]
    with pytest.raises(StoreError) as raised:
        Store.open(path)
    assert raised.value.code == code
    result = CliRunner().invoke(app, ["store", "list", "--store", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert raised.value.words.zh in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE readings SET data = x'00'", "what was read in it is not whole"),
        ("UPDATE sources SET size = size + 1", "the bytes of its file are not whole"),
        ("DELETE FROM texts", "its text is not whole"),
        ("DELETE FROM facts WHERE rowid = (SELECT min(rowid) FROM facts)", "its facts are not all there"),
    ],
)
def test_what_is_not_whole_is_told(store: Store, paths: list[Path], change: str, told: str) -> None:
    ingest(store, paths[:1])
    packing.unpacked.cache_clear()
    with store.writing() as connection:
        connection.execute(change)
    assert [fault.en for fault in faults(store)] == [f"108.txt: {told}"]


def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.heshu"
    connection = sqlite3.connect(path)
    connection.executescript(schema.MIGRATIONS[0])
    connection.executescript(f"PRAGMA user_version = 1; PRAGMA application_id = {schema.APPLICATION_ID};")
    connection.execute("INSERT INTO runs (at, what, version) VALUES ('2026-01-01T00:00:00Z', 'ingest', '0')")
    connection.commit()
    connection.close()
    with Store.open(path) as kept:
        assert schema.version_of(kept.connection) == schema.VERSION
        assert kept.rows("SELECT count(*) FROM runs")[0][0] == 1
        assert kept.rows("SELECT count(*) FROM corrections")[0][0] == 0


def test_nothing_but_nouns_is_made_of_what_a_store_keeps() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    data = zlib.compress(pickle.dumps(Evil()))
    with pytest.raises(DamagedError, match="system"):
        packing.unpacked(data, sha256(data).hexdigest())


# --- the command line


def test_the_command_line_ingests_lists_shows_and_exports(tmp_path: Path, paths: list[Path]) -> None:
    store = str(tmp_path / "kept.heshu")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--store", store, "--lang", "en"])
        assert result.exit_code == 0, result.output
        return result.stdout

    told = run("ingest", *map(str, paths))
    assert "new: 108.txt" in told and "3 reports" in told
    assert "in the store already: 108.txt" in run("ingest", str(paths[0]))
    assert run("store", "list").count("\n") == 3
    run("ingest", *map(str, write(tmp_path / "later", {"108.txt": CORRECTED_108})))
    assert "superseded by 108.txt" in run("store", "list", "--all")
    assert "figure changed: 8場次 → 7場次" in run("store", "show", "108.txt")
    assert "the store is whole: 4 reports" in run("store", "verify")
    assert "0 reports read again" in run("store", "upgrade")
    run("store", "export", "-o", str(tmp_path / "out"))
    assert (tmp_path / "out" / "audit.html").exists()
    run("store", "export", "--baseline", str(tmp_path / "b.toml"))
    assert load(tmp_path / "b.toml") == ()
    assert "in force again: 108.txt" in run("store", "remove", "108.txt")


# --- what one more report touches


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """Reports of two offices of one city, and of another city, over three years each."""
    texts = {}
    for city in ("青嵐", "白汀"):
        for year in (108, 109, 110):
            for name, text in (("staff", YEAR_109), ("library", LIBRARY)):
                told = text.replace("青嵐", city).replace("110年", f"{year}年").replace("109年", f"{year}年")
                told = told.replace("108年", f"{year - 1}年").replace("420人", f"{420 + year}人")
                texts[f"{city}-{name}-{year}.txt"] = told
    return write(tmp_path / "many", texts)


def test_one_more_report_touches_its_own_group_alone(
    store: Store, many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(store, many[:-1])
    worked: list[set[str]] = []
    join = pipeline.join

    def joined(outcomes: list[pipeline.Outcome], **more: object) -> object:
        worked.append({each.extraction.report.name for each in outcomes if each.extraction})
        return join(outcomes, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "join", joined)
    ingest(store, many[-1:])
    ((touched,),) = [worked]
    assert touched < {path.name for path in many}
    assert many[-1].name in touched
    assert all(name.startswith("白汀") for name in touched)


@pytest.mark.parametrize("seed", range(4))
def test_groups_come_to_what_an_audit_of_all_comes_to(store: Store, many: list[Path], seed: int) -> None:
    shuffled = random.Random(seed).sample(many, len(many))
    for path in shuffled:
        ingest(store, [path])
    assert len(store.rows("SELECT group_id FROM groups")) > 1
    assert whole(store) == pipeline.audit(many)
    remove(store, shuffled[0].name)
    assert whole(store) == pipeline.audit(shuffled[1:])
    assert is_whole(store) and is_settled(store)


def test_series_are_the_same_whatever_the_order_in_which_reports_came(tmp_path: Path) -> None:
    paths, told = write(tmp_path / "reports"), []
    for number, parts in enumerate(([paths], [[path] for path in reversed(paths)])):
        with Store.open(tmp_path / f"{number}.heshu", create=True) as kept:
            for part in parts:
                ingest(kept, part)
            columns = "series_id, indicator, agency, unit, reports, periods, restated, fact_id, position"
            query = f"SELECT {columns} FROM series JOIN series_facts USING (series_id) ORDER BY 1, position"
            told.append([tuple(row) for row in kept.rows(query)])
    assert told[0] == told[1] != []
