"""The datasets in the tools that they are for: pandas, Polars, DuckDB, SQLite, frictionless, Datasette, spaCy."""

from __future__ import annotations

import itertools
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from urllib.parse import quote

import heshu
import pytest
from heshu.model import Audit
from heshu.output.columns import FACTS, TABLES
from heshu.output.docbin import docbins
from heshu.output.folder import write_folder
from heshu.output.parquet import parquet
from heshu.output.tables import tables

DOCS = Path(heshu.__file__).parent / "docs"


@pytest.fixture(scope="module")
def folder(samples_audit: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("work") / "heshu-audit"
    write_folder(samples_audit, target)
    return target


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / "heshu.sqlite")
    yield connection
    connection.close()


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_the_parquet(folder: Path, samples_audit: Audit, name: str) -> None:
    pandas = pytest.importorskip("pandas")
    assert len(pandas.read_parquet(folder / f"{name}.parquet")) == len(tables(samples_audit).rows(name))


@pytest.mark.parametrize("name", TABLES)
def test_polars_reads_the_parquet(folder: Path, samples_audit: Audit, name: str) -> None:
    polars = pytest.importorskip("polars")
    assert len(polars.read_parquet(folder / f"{name}.parquet")) == len(tables(samples_audit).rows(name))


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_the_parquet(folder: Path, samples_audit: Audit, name: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    ((count,),) = duckdb.sql(f"SELECT count(*) FROM '{folder / name}.parquet'").fetchall()
    assert count == len(tables(samples_audit).rows(name))


def test_parquet_is_typed_and_exact(folder: Path, samples_audit: Audit) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = pq.read_table(folder / "facts.parquet")
    assert pa.types.is_decimal128(read.schema.field("value").type)
    assert pa.types.is_date32(read.schema.field("period_start").type)
    assert pa.types.is_dictionary(read.schema.field("unit").type)
    assert read.schema.field("start").type == pa.int64()
    stated = [fact.mention.value for fact in samples_audit.facts]
    assert read["value"].to_pylist() == [None if isinstance(value, Fraction) else value for value in stated]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("1/3", None, id="a fraction"),
        pytest.param("4262058114", Decimal("4262058114"), id="large"),
        pytest.param("0.125", Decimal("0.125"), id="small"),
        pytest.param("1" + "0" * 60, None, id="more digits than a decimal holds"),
        pytest.param("-12.5", Decimal("-12.5"), id="negative"),
        pytest.param(None, None, id="none"),
    ],
)
def test_a_number_in_parquet_has_its_text_beside_it(
    made_audit: Audit, tmp_path: Path, written: str | None, value: Decimal | None
) -> None:
    import pyarrow.parquet as pq

    (tmp_path / "facts.parquet").write_bytes(
        b"".join(parquet(FACTS, [{**tables(made_audit).facts[0], "value": written}]))
    )
    row = pq.read_table(tmp_path / "facts.parquet").to_pylist()[0]
    assert (row["value"], row["value_text"]) == (value, written)
    assert row["period_start"] == date(2019, 7, 1)


def test_the_database_holds_together(database: sqlite3.Connection, samples_audit: Audit) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for name in TABLES:
        (count,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()
        assert count == len(tables(samples_audit).rows(name))


def test_full_text_search_finds_passages_and_indicators(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT text FROM passages WHERE rowid IN "
                             "(SELECT rowid FROM passages_fts WHERE passages_fts MATCH '英語檢定')").fetchall()  # fmt: skip
    assert found
    assert all("英語檢定" in text for (text,) in found)
    (indicator,) = database.execute(
        "SELECT indicator FROM facts WHERE length(indicator) BETWEEN 4 AND 10 AND indicator NOT LIKE '%(%'"
    ).fetchone()
    hits = database.execute(
        "SELECT indicator FROM indicators WHERE indicator_id IN (SELECT rowid FROM indicators_fts WHERE indicators_fts MATCH ?)",
        [f'"{indicator}"'],
    )
    assert (indicator,) in hits.fetchall()


def test_a_fact_stands_in_its_passage(database: sqlite3.Connection, samples_audit: Audit) -> None:
    texts = {report.id: report.text for report in samples_audit.reports}
    query = 'SELECT f.report_id, f."start", f."end", p."start", p."end", f.text FROM facts f JOIN passages p USING (passage_id)'
    rows = database.execute(query).fetchall()
    assert len(rows) == len(samples_audit.facts)
    for report, start, end, first, last, text in rows:
        assert first <= start < end <= last
        assert texts[report][start:end] == text


@pytest.mark.parametrize("view", ["findings_with_passages", "facts_with_passages", "series_panel", "coverage"])
def test_a_view_shows_something(database: sqlite3.Connection, view: str) -> None:
    assert database.execute(f"SELECT * FROM {view}").fetchone()


def test_the_panel_tells_the_change_from_period_to_period(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT indicator, category, agency, unit, role, value, change FROM series_panel"
    ).fetchall()
    assert rows[0][-1] is None
    for before, after in itertools.pairwise(rows):
        if before[:5] == after[:5]:
            assert after[-1] == pytest.approx(after[-2] - before[-2])


def test_the_data_package_is_valid(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_the_data_package_stays_valid_whatever_a_report_says(made_audit: Audit, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_folder(made_audit, tmp_path, formats=["csv"], csv_bom=True)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_the_data_package_describes_every_column(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    told = {each["name"]: [field["name"] for field in each["schema"]["fields"]] for each in package["resources"]}
    assert told == {name: list(table.names) for name, table in TABLES.items()}
    assert package["licenses"]
    assert len(package["sources"]) == 5


def test_datasette_shows_the_tables(folder: Path) -> None:
    pytest.importorskip("datasette")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(folder / "heshu.sqlite"), "-m",
               str(folder / "metadata.json"), "--host", "127.0.0.1", "--port", str(port)]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        front = _page(port, "/", wait=60)
        assert "heshu" in front
        findings = _page(port, "/heshu/findings_with_passages")
        assert "contradiction" in findings
        assert "facet-severity" in findings
        assert "facet-role" in _page(port, "/heshu/facts")
        for table in ("passages", "facts", "indicators"):
            found = _page(port, f"/heshu/{table}?_search={quote('退休')}")
            assert re.search(r"[1-9]\d* rows?\s+where", found), table
            assert "退休" in re.sub(r"<input[^>]*>", "", found)
        for asked in ("英語檢定", "3,407人", "3407", "退休人數(半年)", "「退休」"):
            assert "Invalid SQL" not in _page(port, f"/heshu/passages?_search={quote(asked)}")
        assert "英語檢定" in _page(port, f"/heshu/passages?_search={quote('英語檢定 3,407人')}").split("<tbody>")[1]
        assert "change" in _page(port, "/heshu/series_panel")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _page(port: int, path: str, wait: float = 0) -> str:
    """A page of the server on this machine, which may take a while to start."""
    until = time.monotonic() + wait
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
                return answer.read().decode("utf-8")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_spacy_reads_the_documents(folder: Path, samples_audit: Audit) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    docs = list(DocBin().from_disk(folder / "facts.spacy").get_docs(spacy.blank("zh").vocab))
    assert [doc.text for doc in docs] == [report.text for report in samples_audit.reports]
    for doc, extraction in zip(docs, samples_audit.extractions, strict=True):
        spans = {(span.start_char, span.end_char, span.label_): span for span in doc.spans["heshu"]}
        for mention in extraction.mentions:
            label = "QUANTITY" if mention.kind == "quantity" else "DATE"
            assert (mention.start, mention.end, label) in spans
    first = docs[0].spans["heshu"][0]
    assert first._.heshu["text"] == first.text


def test_annotations_point_at_their_characters(folder: Path, samples_audit: Audit) -> None:
    collection = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    mentions = [mention for each in samples_audit.extractions for mention in each.mentions]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["total"] == len(items) == len(mentions)
    assert len({item["id"] for item in items}) == len(items)
    texts = {report.name: report.text for report in samples_audit.reports}
    for item, mention in zip(items, mentions, strict=True):
        position, quotation = item["target"]["selector"]
        text = texts[mention.report]
        assert text[position["start"] : position["end"]] == quotation["exact"]
        assert text[: position["start"]].endswith(quotation["prefix"])
        assert text[position["end"] :].startswith(quotation["suffix"])


@pytest.mark.skipif(not DOCS.exists(), reason="an installed package has no docs beside it")
@pytest.mark.parametrize("number", range(5))
def test_every_snippet_of_the_tools_page_runs(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DOCS / "tools.md").read_text(encoding="utf-8")
    snippets = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(snippets) == 5
    for library in re.findall(r"^import (polars|duckdb)", snippets[number], re.MULTILINE):
        pytest.importorskip(library)
    monkeypatch.chdir(folder.parent)
    exec(compile(snippets[number], f"tools.md, snippet {number + 1}", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_long_texts_are_parted_into_several_documents(samples_audit: Audit) -> None:
    spacy = pytest.importorskip("spacy")
    (whole,) = docbins(samples_audit)
    parts = list(docbins(samples_audit, most=10_000))
    assert [name for name, _ in parts] == ["facts.spacy", *(f"facts.{at}.spacy" for at in range(2, len(parts) + 1))]
    names = [
        [doc.user_data["report"] for doc in spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab)]
        for data in (whole[1], *(data for _, data in parts))
    ]
    assert len(parts) > 1
    assert (
        [name for part in names[1:] for name in part]
        == names[0]
        == [each.report.name for each in samples_audit.extractions]
    )
