"""Records, tables and lines: the public contract, key by key."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from heshu.model import Audit
from heshu.output.datasets import json_line, table
from heshu.output.folder import write_folder
from heshu.output.frames import facts_frame
from heshu.output.records import FACT_COLUMNS, fact_record, mention_record, number, relation_record
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(Decimal("4262058114"), "4262058114", id="whole"),
        pytest.param(Decimal("5E+8"), "500000000", id="no exponent, large"),
        pytest.param(Decimal("1E-7"), "0.0000001", id="no exponent, small"),
        pytest.param(Decimal("-12.34"), "-12.34", id="negative"),
        pytest.param(Fraction(1, 3), "1/3", id="fraction"),
        pytest.param(None, None, id="none"),
    ],
)
def test_numbers_are_written_out(value: Decimal | Fraction | None, written: str | None) -> None:
    assert number(value) == written


def test_a_quantity_has_the_keys_of_the_contract_in_order(made_audit: Audit) -> None:
    record = mention_record(made_audit.extractions[0].mentions[0])
    assert list(record) == [
        "report", "type", "start", "end", "text", "value", "value_max", "unit", "bound", "paren", "distributed",
    ]  # fmt: skip
    assert record["value"] == "409"
    assert record["type"] == "quantity"


def test_a_date_has_the_keys_of_the_contract_in_order(made_audit: Audit) -> None:
    record = mention_record(made_audit.extractions[0].mentions[-1])
    assert record == {
        "report": "青嵐市108下.txt",
        "type": "date",
        "start": 45,
        "end": 54,
        "text": "108年10月1日",
        "edtf": "2019-10-01",
    }


def test_a_relation_begins_with_the_keys_of_the_contract(made_audit: Audit) -> None:
    record = relation_record(made_audit.relations[0])
    assert list(record)[:8] == ["report", "kind", "holds", "stated", "computed", "result", "terms", "signs"]
    assert record["holds"] is False
    assert record["signs"] == ["+", "+"]


def test_facts_have_the_columns_of_the_contract(made_audit: Audit) -> None:
    (extraction,) = made_audit.extractions
    rows = [fact_record(extraction, fact) for fact in extraction.facts]
    assert all(tuple(row) == FACT_COLUMNS for row in rows)
    assert " ".join(FACT_COLUMNS) == (
        "fact_id report_id report agency section indicator category value value_max unit bound role state sign period "
        "period_start period_end as_of text start end page rule confidence"
    )


def test_a_fact_id_is_made_of_report_and_place(made_audit: Audit) -> None:
    (extraction,) = made_audit.extractions
    ids = [fact_record(extraction, fact)["fact_id"] for fact in extraction.facts]
    assert ids[0] == "0123456789abcdef-11-15"
    assert len(set(ids)) == len(ids)


def test_the_frame_has_exact_numbers_and_days(made_audit: Audit) -> None:
    frame = facts_frame(made_audit)
    assert tuple(frame.columns) == FACT_COLUMNS
    assert frame["value"].iloc[0] == Decimal(409)
    assert frame[frame["unit"] == "人"]["value"].sum() == Decimal(817)
    assert frame["period_end"].iloc[0].isoformat() == "2019-12-31T00:00:00"


def test_an_empty_frame_has_the_columns(made_audit: Audit) -> None:
    empty = Audit((), (), (), ())
    assert tuple(facts_frame(empty).columns) == FACT_COLUMNS


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        pytest.param("=SUM(A1:A9)", "'=SUM(A1:A9)", id="equals"),
        pytest.param("+cmd", "'+cmd", id="plus"),
        pytest.param("-12人", "'-12人", id="minus with a unit"),
        pytest.param("@user", "'@user", id="at"),
        pytest.param("\tx", "'\tx", id="tab"),
        pytest.param("＝1", "'＝1", id="full width"),
        pytest.param("-12.34", "-12.34", id="a number stays a number"),
        pytest.param("+5", "+5", id="a signed number stays a number"),
        pytest.param("-", "-", id="a sign by itself is no formula"),
        pytest.param("人次", "人次", id="text"),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    rows = list(csv.reader(io.StringIO(table([{"a": text}], ["a"]))))
    assert rows == [["a"], [cell]]


@given(st.text())
def test_a_record_is_one_line_to_every_reader(text: str) -> None:
    line = json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}


@given(st.text())
def test_a_table_gives_back_what_went_in(text: str) -> None:
    cell = list(csv.reader(io.StringIO(table([{"a": text, "b": "x"}], ["a", "b"]), newline="")))[1][0]
    assert cell in (text, f"'{text}")


def test_a_finding_quotes_its_passages(made_audit: Audit, tmp_path: Path) -> None:
    write_folder(made_audit, tmp_path, formats=["jsonl"])
    finding = json.loads((tmp_path / "findings.jsonl").read_text(encoding="utf-8"))
    assert (finding["stated"], finding["computed"], finding["difference"]) == ("409", "408", "+1")
    assert finding["passages"][0]["line"] == 2
    assert "男性205人、女性203人" in finding["passages"][0]["text"]
