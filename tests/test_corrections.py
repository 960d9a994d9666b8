"""What a person corrects holds, has its consequences at once, and is applied to the next version of the report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from heshu.model import Extraction
from heshu.store import Store, ingest
from heshu.store.across import keep_tied, keep_untied
from heshu.store.audits import whole
from heshu.store.corrections import (
    CorrectionError,
    corrections_of,
    keep_missed,
    keep_no_tie,
    keep_reading,
    keep_tie,
    take_back,
)
from heshu.store.incoming import remove
from heshu.store.settle import is_settled
from heshu.store.upgrade import reread, upgrade
from heshu.store.verify import faults

from .stored import CORRECTED_108, YEAR_108, YEAR_109, write

PARTS = "青嵐市立體育場110年工作報告\n甲館到場1,200人次。\n乙館到場800人次。\n全年到場2,100人次。\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = Store.open(tmp_path / "kept.heshu", create=True)
    ingest(kept, write(tmp_path / "reports", {"108.txt": YEAR_108, "parts.txt": PARTS}))
    yield kept
    assert list(faults(kept)) == []
    kept.close()


def reading(store: Store, name: str) -> Extraction:
    (member,) = (each for each in store.members() if each.report == name)
    found = store.reading(member.report_id).extraction
    assert found is not None
    return found


def start(store: Store, name: str, text: str) -> int:
    return next(each.start for each in reading(store, name).mentions if each.text == text)


def said(store: Store, name: str, text: str, **fields: str) -> None:
    place = start(store, name, text)
    reread(
        store, reading(store, name).report.id, lambda connection, found: keep_reading(connection, found, place, fields)
    )


def tied(store: Store, name: str, kind: str, texts: list[str], signs: list[str]) -> None:
    starts = [start(store, name, text) for text in texts]
    reread(
        store,
        reading(store, name).report.id,
        lambda connection, found: keep_tie(connection, found, kind, starts, signs),
    )


def messages(store: Store) -> list[str]:
    return [finding.message_zh for finding in whole(store).findings]


def test_a_value_that_is_corrected_is_what_is_checked(store: Store) -> None:
    assert any("409" in message for message in messages(store))
    said(store, "108.txt", "409人", value="408")
    assert messages(store) == []
    assert store.rows("SELECT value FROM facts WHERE text = '409人'")[0][0] == 408
    change = store.rows("SELECT change, before FROM changes WHERE what = 'finding' ORDER BY run_id DESC LIMIT 1")[0]
    assert (change["change"], "409" in change["before"]) == ("gone", True)


@pytest.mark.parametrize(
    ("field", "told", "column", "kept"),
    [
        ("unit", "戶", "unit", "戶"),
        ("role", "target", "role", "target"),
        ("period", "107年", "period", "2018"),
        ("indicator", "自願退休人數", "indicator", "自願退休人數"),
        ("value", "1,362", "value", 1362),
    ],
)
def test_every_field_can_be_corrected(store: Store, field: str, told: str, column: str, kept: object) -> None:
    said(store, "108.txt", "362人", **{field: told})
    row = store.rows(f"SELECT {column}, rule FROM facts WHERE text = '362人'")[0]
    assert row[0] == kept
    assert "hand" in row[1]


def test_what_is_no_quantity_is_none(store: Store) -> None:
    said(store, "108.txt", "409人")
    found = reading(store, "108.txt")
    assert "409人" not in [mention.text for mention in found.mentions]
    assert [entry.fate for entry in found.ledger if entry.text == "409"] == ["recognised"]
    assert messages(store) == []


@pytest.mark.parametrize(
    ("fields", "wrong"), [({"value": "many"}, "value"), ({"role": "none"}, "role"), ({"period": "someday"}, "period")]
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store: Store, fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(CorrectionError, match=wrong):
        said(store, "108.txt", "362人", **fields)
    assert corrections_of(store, "108.txt") == ()
    assert store.rows("SELECT count(*) FROM runs")[0][0] == 1


def test_a_tie_by_hand_is_checked(store: Store) -> None:
    assert not any("2,100" in message for message in messages(store))
    tied(store, "parts.txt", "sum", ["2,100人次", "1,200人次", "800人次"], ["+", "+"])
    (message,) = (message for message in messages(store) if "2,100" in message)
    assert "2,000" in message
    (relation,) = (each for each in whole(store).relations if each.rule == "sum.hand")
    assert (relation.holds, relation.computed) == (False, "2000")


@pytest.mark.parametrize(
    ("kind", "texts", "signs"),
    [
        ("sum", ["2,100人次"], []),
        ("same", ["2,100人次", "1,200人次", "800人次"], ["+", "+"]),
        ("ratio", ["2,100人次", "1,200人次"], ["+"]),
        ("other", ["2,100人次", "1,200人次"], ["+"]),
        ("sum", ["2,100人次", "2,100人次"], ["+"]),
    ],
)
def test_a_tie_without_its_figures_is_refused(store: Store, kind: str, texts: list[str], signs: list[str]) -> None:
    with pytest.raises(CorrectionError, match="figures"):
        tied(store, "parts.txt", kind, texts, signs)


def test_a_tie_that_is_none_is_taken_away(store: Store) -> None:
    (relation,) = (each for each in whole(store).relations if each.holds is False and each.kind == "sum")
    starts = [relation.result.start, *(term.start for term in relation.terms)]
    reread(
        store,
        reading(store, "108.txt").report.id,
        lambda connection, found: keep_no_tie(connection, found, relation.rule, starts),
    )
    assert messages(store) == []


def test_a_tie_between_reports_is_taken_away_and_stays_so(store: Store, tmp_path: Path) -> None:
    ingest(store, write(tmp_path / "more", {"109.txt": YEAR_109}))
    relation = next(
        each
        for each in whole(store).relations
        if each.holds is False and {each.result.report, *(term.report for term in each.terms)} == {"108.txt", "109.txt"}
    )
    told = next(each.message_zh for each in whole(store).findings if each.relation == relation)
    own = reading(store, "109.txt")
    before = messages(store)
    figures = [(reading(store, each.report), each.start) for each in (relation.result, *relation.terms)]
    reread(store, own.report.id, lambda connection, found: keep_untied(connection, relation.rule, found, figures))

    def gone() -> None:
        assert told not in messages(store)
        texts = [relation.result.text, *(term.text for term in relation.terms)]
        assert texts not in [[each.result.text, *(term.text for term in each.terms)] for each in whole(store).relations]

    gone()
    ingest(store, write(tmp_path / "later", {"109.txt": YEAR_109 + "附註：無。\n"}))
    gone()
    with store.writing() as connection:
        connection.execute("UPDATE reports SET rules = 'other'")
    upgrade(store)
    gone()
    (kept,) = corrections_of(store, "109.txt")
    reread(
        store,
        reading(store, "109.txt").report.id,
        lambda connection, _: take_back(connection, kept.correction_id) and None,
    )
    assert sorted(messages(store)) == sorted(before)


def across(store: Store, kind: str, figures: list[tuple[str, str]], signs: list[str]) -> None:
    """Tie figures, each told by its report and its characters."""
    places = [(reading(store, name), start(store, name, text)) for name, text in figures]
    own = reading(store, figures[0][0])
    reread(store, own.report.id, lambda connection, found: keep_tied(connection, kind, found, places, signs))


CITY = "白汀市政府教育局110年工作報告\n壹、體育\n體育場全年到場2,150人次。\n"


def test_a_tie_between_reports_is_made_and_holds_for_later_versions(store: Store, tmp_path: Path) -> None:
    """Between reports that nothing else is held against each other in."""
    ingest(store, write(tmp_path / "more", {"city.txt": CITY}))
    across(store, "same", [("parts.txt", "2,100人次"), ("city.txt", "2,150人次")], ["+"])
    across(store, "sum", [("city.txt", "2,150人次"), ("parts.txt", "1,200人次"), ("parts.txt", "800人次")], ["+", "+"])

    def holds() -> None:
        assert any("2,100" in message and "2,150" in message for message in messages(store))
        assert any("1,200人次 + 800人次 = 2,000人次" in message for message in messages(store))
        assert is_settled(store)

    holds()
    ingest(store, write(tmp_path / "later", {"parts.txt": PARTS.replace("工作報告", "工作報告（更正）")}))
    holds()
    with store.writing() as connection:
        connection.execute("UPDATE reports SET rules = 'other'")
    upgrade(store)
    holds()
    remove(store, "city.txt")
    assert not any("2,150" in message for message in messages(store))
    ingest(store, write(tmp_path / "again", {"city.txt": CITY}))
    holds()


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("same", [("parts.txt", "2,100人次"), ("parts.txt", "1,200人次")]),
        ("ratio", [("parts.txt", "2,100人次"), ("108.txt", "362人")]),
        ("other", [("parts.txt", "2,100人次"), ("108.txt", "362人")]),
    ],
)
def test_a_tie_between_reports_without_its_figures_is_refused(
    store: Store, kind: str, figures: list[tuple[str, str]]
) -> None:
    with pytest.raises(CorrectionError, match="figures"):
        across(store, kind, figures, ["+"])


def test_corrections_hold_for_the_next_version_and_after_an_upgrade(store: Store, tmp_path: Path) -> None:
    said(store, "108.txt", "409人", value="408")
    tied(store, "108.txt", "sum", ["1,250人", "362人"], ["+"])
    ingest(store, write(tmp_path / "later", {"108.txt": "更正版\n" + CORRECTED_108}))
    assert not any("409" in message for message in messages(store))
    assert any(each.rule == "sum.hand" for each in whole(store).relations)
    with store.writing() as connection:
        connection.execute("UPDATE reports SET rules = 'other'")
    upgrade(store)
    assert not any("409" in message for message in messages(store))
    assert any(each.rule == "sum.hand" for each in whole(store).relations)


def test_what_was_said_of_a_value_is_void_where_the_value_is_another(store: Store, tmp_path: Path) -> None:
    said(store, "108.txt", "409人", value="408", indicator="參訓人數")
    ingest(store, write(tmp_path / "later", {"108.txt": YEAR_108.replace("409人", "410人")}))
    (fact,) = (each for each in reading(store, "108.txt").facts if each.mention.text == "410人")
    assert (fact.mention.value, fact.indicator) == (Decimal(410), "參訓人數")


def test_a_correction_is_taken_back(store: Store) -> None:
    before = whole(store)
    said(store, "108.txt", "409人", value="408")
    (kept,) = corrections_of(store, "108.txt")
    reread(
        store,
        reading(store, "108.txt").report.id,
        lambda connection, _: take_back(connection, kept.correction_id) and None,
    )
    assert whole(store) == before


MISSED = "青嵐市立體育場110年工作報告\n甲館到場1,200人次，乙館到場捌佰來人次。\n全年到場2,100人次。\n"


def missed(store: Store, name: str, text: str, **fields: str) -> None:
    found = reading(store, name)
    place = found.report.text.index(text)
    reread(
        store,
        found.report.id,
        lambda connection, found: keep_missed(connection, found, place, place + len(text), fields),
    )


def test_a_figure_that_was_not_read_is_one_from_then_on(store: Store, tmp_path: Path) -> None:
    """Through a tie by hand, the next version, and a reading from scratch."""
    ingest(store, write(tmp_path / "missed", {"missed.txt": MISSED}))
    missed(store, "missed.txt", "捌佰來人次", value="800", unit="人次", period="110年")
    tied(store, "missed.txt", "sum", ["2,100人次", "1,200人次", "捌佰來人次"], ["+", "+"])

    def holds() -> None:
        (row,) = store.rows("SELECT value, unit, period, role FROM current_facts WHERE text = '捌佰來人次'")
        assert tuple(row) == (800, "人次", "2021", "actual")
        assert any("2,100" in message and "2,000" in message for message in messages(store))

    holds()
    ingest(store, write(tmp_path / "later", {"missed.txt": MISSED.replace("工作報告", "工作報告（更正）")}))
    holds()
    with store.writing() as connection:
        connection.execute("UPDATE reports SET rules = 'other'")
    upgrade(store)
    holds()


def test_what_was_not_read_is_read_by_itself_where_nothing_is_told(store: Store) -> None:
    missed(store, "parts.txt", "1,200")
    (mention,) = (each for each in reading(store, "parts.txt").mentions if each.text.startswith("1,200"))
    assert (mention.text, mention.value, mention.unit) == ("1,200", Decimal(1200), None)
    with pytest.raises(CorrectionError, match="value"):
        missed(store, "parts.txt", "體育場")


@pytest.mark.parametrize("told", ["107年12月底", "2018-12"])
def test_a_date_is_corrected_and_what_hangs_on_it(store: Store, told: str) -> None:
    said(store, "108.txt", "108年12月底", date=told)
    (mention,) = (each for each in reading(store, "108.txt").mentions if each.text == "108年12月底")
    assert str(mention.edtf).startswith("2018-12")
    assert store.rows("SELECT period FROM facts WHERE text = '1,250人'")[0][0].startswith("2018-12")


@pytest.mark.parametrize(("text", "field"), [("362人", "date"), ("108年12月底", "value")])
def test_a_date_has_no_value_and_a_figure_no_date(store: Store, text: str, field: str) -> None:
    with pytest.raises(CorrectionError):
        said(store, "108.txt", text, **{field: "108"})


def test_a_date_that_was_not_read_is_one_from_then_on(store: Store) -> None:
    missed(store, "108.txt", "壹、員工", date="108年1月5日")
    (mention,) = (each for each in reading(store, "108.txt").mentions if each.text == "壹、員工")
    assert (mention.kind, mention.edtf) == ("date", "2019-01-05")
