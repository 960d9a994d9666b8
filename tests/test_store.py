"""The store gives what an audit from scratch gives, whatever came in and went in which order."""

from __future__ import annotations

import random
from pathlib import Path

import heshu
import pytest
from heshu import pipeline
from heshu.baseline import load
from heshu.cli import app
from heshu.store import Store, ingest
from heshu.store.audits import whole
from heshu.store.incoming import remove
from heshu.store.search import passages_with
from heshu.store.settle import is_settled
from typer.testing import CliRunner

from .stored import CORRECTED_108, LIBRARY, NAMES, YEAR_108, YEAR_109, is_whole, names, paths, store, write

__all__ = ["paths", "store"]

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"


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
