"""What people decided and corrected in one store is taken up by another, with the same ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from heshu.cli import app
from heshu.store import Store, ingest
from heshu.store.across import keep_tied
from heshu.store.audits import findings_of, whole
from heshu.store.corrections import keep_reading, keep_times
from heshu.store.decisions import decide
from heshu.store.settle import is_settled
from heshu.store.upgrade import reread, stale
from heshu.store.work import WorkError, dump, take_up
from typer.testing import CliRunner

from .stored import YEAR_108, is_whole, paths, store, write

__all__ = ["paths", "store"]

TWICE = (
    "青嵐市立劇場110年工作報告\n壹、演出\n(一)春季觀眾計有409人(男性205人、女性203人)。\n"
    "貳、研習\n(一)教師研習計有409人(男性205人、女性203人)。\n"
)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "other.heshu", create=True) as made:
        yield made


def _worked_on(store: Store, paths: list[Path]) -> dict[str, int]:
    """Decide, correct, tie between reports, and give a time."""
    ingest(store, paths)
    ids = {each.report: each.report_id for each in store.members()}
    readings = {name: store.reading(number).extraction for name, number in ids.items()}
    places = {(name, each.text): each.start for name, made in readings.items() if made for each in made.mentions}
    reread(
        store, ids["108.txt"], lambda connection, made: keep_reading(connection, made, places["108.txt", "362人"], {"value": "326"})
    )  # fmt: skip
    figures = [
        (readings[name], places[name, text]) for name, text in (("library.txt", "960人"), ("108.txt", "1,250人"))
    ]
    reread(store, ids["108.txt"], lambda connection, made: keep_tied(connection, "same", made, figures, ["+"]))
    reread(store, ids["library.txt"], lambda connection, _: keep_times(connection, ids["library.txt"], "109年", ""))
    found = [each.finding_id for each in findings_of(store)]
    decide(store, found[0], "dismissed", "含講師1人")
    decide(store, found[1], "asked")
    return {"decisions": 2, "corrections": 2, "times": 1}


def _told(store: Store) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.rows("SELECT * FROM findings_with_decisions ORDER BY finding_id")]


@pytest.mark.parametrize("moment", ["before", "after", "in-parts"])
def test_another_store_comes_to_the_same(store: Store, other: Store, paths: list[Path], moment: str) -> None:
    """Whether the reports are there already or come later."""
    done = _worked_on(store, paths)
    ingest(other, {"before": [], "after": paths, "in-parts": paths[:1]}[moment])
    taken = take_up(other, dump(store))
    assert {name: getattr(taken, name) for name in done} == done
    ingest(other, paths)
    assert whole(other) == whole(store)
    assert _told(other) == _told(store)
    assert is_whole(other) and is_settled(other) and not stale(other)
    assert json.loads(dump(other)) == json.loads(dump(store))


def test_what_is_here_already_is_taken_up_once(store: Store, paths: list[Path]) -> None:
    _worked_on(store, paths)
    before = whole(store), _told(store)
    taken = take_up(store, dump(store))
    assert (taken.decisions, taken.corrections, taken.times, taken.upgraded.reports) == (0, 0, 0, 0)
    assert (whole(store), _told(store)) == before


def test_a_report_is_known_by_its_bytes_whatever_it_is_called(
    store: Store, other: Store, paths: list[Path], tmp_path: Path
) -> None:
    _worked_on(store, paths)
    renamed = [path.rename(path.with_name(f"renamed-{path.name}")) for path in paths]
    ingest(other, renamed)
    take_up(other, dump(store))
    assert [each.message_zh for each in whole(other).findings] == [each.message_zh for each in whole(store).findings]
    assert len(whole(other).suppressed) == 1


def test_of_two_decisions_on_one_finding_the_later_one_holds(store: Store, other: Store, paths: list[Path]) -> None:
    for kept in (store, other):
        ingest(kept, paths)
    name = next(findings_of(store)).finding_id
    decide(store, name, "dismissed", "已查明")
    decide(other, name, "asked")
    told = json.loads(dump(store))
    for at, wanted in (("2000-01-01T00:00:00Z", "asked"), ("2999-01-01T00:00:00Z", "dismissed")):
        told["decisions"][0]["at"] = at
        take_up(other, json.dumps(told))
        assert other.rows("SELECT decision FROM decisions")[0][0] == wanted


@pytest.mark.parametrize("decided", [False, True])
def test_findings_that_are_told_alike_keep_their_ids(store: Store, other: Store, tmp_path: Path, decided: bool) -> None:
    """Two stores number them as they came; the one that takes up decisions calls them as the file does."""
    first, second = TWICE.split("貳", 1)[0], TWICE.splitlines()[0] + "\n貳" + TWICE.split("貳", 1)[1]
    ingest(store, write(tmp_path / "1", {"second.txt": second}))
    ingest(store, write(tmp_path / "2", {"first.txt": first}))
    ingest(other, write(tmp_path / "1", {"first.txt": first}))
    ingest(other, write(tmp_path / "2", {"second.txt": second}))
    ids = {row["report"]: row["finding_id"] for row in store.rows("SELECT * FROM findings WHERE code = 'SUM'")}
    swapped = {row["report"]: row["finding_id"] for row in other.rows("SELECT * FROM findings WHERE code = 'SUM'")}
    assert swapped == {"first.txt": ids["second.txt"], "second.txt": ids["first.txt"]}
    decide(store, ids["first.txt"], "dismissed", "重複")
    if decided:
        decide(other, swapped["second.txt"], "asked")
    take_up(other, dump(store))
    rows = other.rows(
        "SELECT report, decision, finding_id FROM findings_with_decisions WHERE code = 'SUM' ORDER BY report"
    )
    assert [tuple(row)[:2] for row in rows] == [
        ("first.txt", "dismissed"),
        ("second.txt", "asked" if decided else None),
    ]
    assert rows[0]["finding_id"] == ids["first.txt"]
    assert is_whole(other) and is_settled(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(form="other"),
        lambda told: told.update(decisions={}),
        lambda told: told["decisions"][0].pop("context"),
        lambda told: told["decisions"][0].update(decision="dropped"),
        lambda told: told["corrections"][0]["content"]["set"].update(value="many"),
        lambda told: told["corrections"][0]["content"]["set"].update(other="1"),
        lambda told: told["corrections"][0]["content"]["figure"].pop("kind"),
        lambda told: told["corrections"][1]["content"].update(tie="product"),
        lambda told: told["corrections"][1]["content"]["figures"].pop(),
        lambda told: told["corrections"][1]["content"]["figures"][0].update(start="0"),
        lambda told: told["times"][0].update(given_period="someday"),
        lambda told: told.update(corrections=[None]),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_and_changes_nothing(
    store: Store, other: Store, paths: list[Path], change: object
) -> None:
    _worked_on(store, paths)
    told = json.loads(dump(store))
    change(told)  # type: ignore[operator]
    with pytest.raises(WorkError):
        take_up(other, json.dumps(told))
    assert [other.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("decisions", "corrections", "runs")] == [
        0
    ] * 3


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_what_was_filled_in_in_the_workbook_is_taken_up(
    store: Store, paths: list[Path], tmp_path: Path, lang: str
) -> None:
    """As a spreadsheet saves it, by the id of each finding."""
    openpyxl = pytest.importorskip("openpyxl")
    ingest(store, paths)
    CliRunner().invoke(
        app, ["audit", *map(str, paths), "-o", str(tmp_path / "out"), "--formats", "xlsx", "--lang", lang]
    )
    file = tmp_path / "out" / "audit.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    words = (
        [("不予追究", "含講師1人"), ("已質詢", None)]
        if lang == "zh-TW"
        else [("dismissed", "含講師1人"), ("asked", None)]
    )
    decision = heads.index("處理情形" if lang == "zh-TW" else "decision") + 1
    for row, (word, reason) in enumerate(words, start=2):
        sheet.cell(row, decision).value, sheet.cell(row, decision + 1).value = word, reason
    book.save(file)
    arguments = ["store", "import", str(file), "--store", str(store.path), "--lang", "en"]
    assert "decisions 2; left: 0" in CliRunner().invoke(app, arguments).stdout
    assert "decisions 0; left: 0" in CliRunner().invoke(app, arguments).stdout
    assert [tuple(row) for row in store.rows("SELECT decision, reason FROM decisions ORDER BY decision DESC")] == [
        ("dismissed", "含講師1人"),
        ("asked", ""),
    ]
    sheet.cell(2, decision).value, sheet.cell(3, decision).value = words[0][0], "maybe"
    sheet.cell(2, decision + 1).value = None
    book.save(file)
    assert "decisions 0; left: 2" in CliRunner().invoke(app, arguments).stdout
    sheet.delete_cols(decision)
    book.save(file)
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, "處理情形" in result.stderr) == (2, True)


def test_the_command_line_carries_it_over(store: Store, paths: list[Path], tmp_path: Path) -> None:
    _worked_on(store, paths)
    file, new = tmp_path / "work.json", tmp_path / "new.heshu"
    run = CliRunner().invoke
    assert run(app, ["store", "export", "--store", str(store.path), "--work", str(file)]).stdout == ""
    run(app, ["ingest", *map(str, paths), "--store", str(new)])
    result = run(app, ["store", "import", str(file), "--store", str(new), "--lang", "en"])
    assert result.exit_code == 0
    assert "decisions 2, corrections 2, times of reports 1" in result.stdout
    assert "2 reports read again" in result.stdout
    file.write_text(YEAR_108, encoding="utf-8")
    for wrong, told in ((file, "not what heshu store export --work writes"), (tmp_path / "none", "No such file")):
        result = run(app, ["store", "import", str(wrong), "--store", str(new), "--lang", "en"])
        assert (result.exit_code, told in result.stderr) == (2, True)
