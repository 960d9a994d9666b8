"""The columns are told once, and what is written keeps to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import heshu
import pytest
from heshu.model import Audit
from heshu.output.columns import FACTS, RELATIONS, TABLES
from heshu.output.datasets import table
from heshu.output.dictionary import markdown
from heshu.output.records import FACT_COLUMNS, RELATION_COLUMNS
from heshu.output.tables import tables

DOCS = Path(heshu.__file__).parent / "docs"


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_have_the_columns_that_are_told(made_audit: Audit, name: str) -> None:
    rows = tables(made_audit).rows(name)
    assert rows
    assert {tuple(row) for row in rows} == {TABLES[name].names}


def test_facts_have_the_columns_of_the_contract() -> None:
    assert FACTS.names == FACT_COLUMNS


def test_relations_are_those_of_the_command_with_a_key() -> None:
    assert RELATIONS.names == ("relation_id", *RELATION_COLUMNS)


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_references_lead_somewhere(samples_audit: Audit, name: str) -> None:
    made, told = tables(samples_audit), TABLES[name]
    keys = [row[told.key] for row in made.rows(name)]
    assert len(set(keys)) == len(keys)
    for column, other in told.refers:
        known = {row[TABLES[other].key] for row in made.rows(other)}
        assert {row[column] for row in made.rows(name)} - {None} <= known


@pytest.mark.parametrize("name", TABLES)
def test_what_is_required_is_there_and_values_are_those_told(samples_audit: Audit, name: str) -> None:
    for row in tables(samples_audit).rows(name):
        for column in TABLES[name].columns:
            value = row[column.name]
            assert value is not None or not column.required, column.name
            assert value is None or not column.values or value in column.values, column.name


def test_series_are_signed_and_in_order(samples_audit: Audit) -> None:
    rows = tables(samples_audit).series
    falls = {row["fact_id"] for row in tables(samples_audit).facts if row["sign"] == "-"}
    assert falls
    assert all(str(row["value"]).startswith("-") for row in rows if row["fact_id"] in falls and row["value"] != "0")
    assert [row["indicator"] for row in rows] == sorted(str(row["indicator"]) for row in rows)


def test_a_csv_row_has_a_cell_for_every_column(made_audit: Audit) -> None:
    for name, told in TABLES.items():
        rows = list(csv.reader(io.StringIO(table(tables(made_audit).rows(name), told.names), newline="")))
        assert {len(row) for row in rows} == {len(told.columns)}


@pytest.mark.skipif(not DOCS.exists(), reason="an installed package has no docs beside it")
def test_the_page_of_the_columns_is_made_of_them() -> None:
    told = (DOCS / "columns.md").read_text(encoding="utf-8")
    assert told == markdown(), "make it anew: python -m heshu.output.dictionary > docs/columns.md"
