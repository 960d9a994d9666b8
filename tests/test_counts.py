"""Every output tells the same counts, since all take them from one function."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import heshu
import pytest
from heshu.model import Audit, Finding, Mention, Relation, Report, Severity, Suppressed
from heshu.notation import Language
from heshu.output.counts import STANDINGS, Counts, tally
from heshu.output.folder import contents
from heshu.output.page import render
from heshu.output.terminal import print_summary
from heshu.output.words import SEVERITIES, STATES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rich.console import Console


def _relation(holds: bool | None, *mentions: Mention) -> Relation:
    return Relation("sum", mentions[0], mentions[1:], ("+",) * (len(mentions) - 1), "", "", holds, "test")


def _finding(severity: Severity, relation: Relation) -> Finding:
    return Finding("SUM", severity, "", "", relation, (relation.result, *relation.terms))


@pytest.mark.parametrize(
    ("holds", "severities", "counted"),
    [
        pytest.param([], [], (0, 0, 0, 0, 4), id="nothing tied"),
        pytest.param([True], [], (3, 0, 0, 0, 1), id="confirmed"),
        pytest.param([None], [], (0, 0, 0, 3, 1), id="not decidable"),
        pytest.param([None, True], [], (3, 0, 0, 0, 1), id="confirmed before undecided"),
        pytest.param([False], [], (0, 0, 0, 3, 1), id="broken, and no finding tells of it"),
        pytest.param([False], ["contradiction"], (0, 3, 0, 0, 1), id="contradicted"),
        pytest.param([False], ["suspicious"], (0, 0, 3, 0, 1), id="suspicious"),
        pytest.param([False], ["note"], (0, 0, 0, 3, 1), id="a note says nothing against a figure"),
        pytest.param([True], ["note"], (3, 0, 0, 0, 1), id="nor against one that agrees"),
        pytest.param([True, False, None], ["contradiction"], (0, 3, 0, 0, 1), id="contradicted before all"),
        pytest.param([True, False], ["suspicious"], (0, 0, 3, 0, 1), id="suspicious before confirmed"),
        pytest.param([False, False], ["suspicious", "contradiction"], (0, 3, 0, 0, 1), id="the gravest"),
    ],
)
def test_each_quantity_counts_once(
    made_audit: Audit, holds: list[bool | None], severities: list[Severity], counted: tuple[int, ...]
) -> None:
    total, men, women, _, day = made_audit.extractions[0].mentions
    relations = tuple(_relation(verdict, total, men, women, day) for verdict in holds)
    broken = [relation for relation in relations if relation.holds is False] or [*relations]
    findings = tuple(_finding(severity, broken[0]) for severity in severities)
    found = tally(replace(made_audit, relations=relations, findings=findings)).total
    assert tuple(getattr(found, standing) for standing in STANDINGS) == counted
    assert (found.numerals, found.recognised, found.unread) == (7, 1, 1)


def test_a_figure_stands_as_before_where_its_finding_is_left_out(made_audit: Audit) -> None:
    left = tuple(Suppressed(finding, "baseline", "looked at") for finding in made_audit.findings)
    accepted = replace(made_audit, findings=(), suppressed=left)
    assert tally(accepted).total == tally(made_audit).total
    assert tally(accepted).findings == {}


# --- what the outputs say --------------------------------------------------------------------------------------------


def _numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?![\d.,]*%)", text)]


def on_terminal(audit: Audit, language: Language) -> dict[str, int]:
    """What the summary says, by the names of the counts."""
    file = io.StringIO()
    print_summary(audit, Console(file=file, width=4000, highlight=False), language)
    text = file.getvalue()
    head = text.splitlines()
    read, numerals, checked = (re.sub(r"\d+[年月]|\d{4}-\d\d", "", line) for line in head[:3])
    told: dict[str, int] = dict(zip(("reports", "quantities", "dates"), _numbers(read), strict=True))
    everything, *parts = _numbers(re.sub(r"\d[\d.]*%", "", numerals))
    told |= {"numerals": everything, "recognised": parts[1], "unread": parts[2]}
    assert parts[0] + parts[1] + parts[2] == everything
    for state in STATES[:-1]:
        label = re.escape(state.label.of(language))
        found = re.search(rf"{label} ([\d,]+) 個|([\d,]+) {label}(?= ·|$)", checked)
        told[state.name] = _numbers(found[0])[0] if found else 0
    for name, gravity in SEVERITIES.items():
        found = re.search(rf"^{gravity.heading.of(language)} ([\d,]+)$", text, re.MULTILINE)
        told[name] = _numbers(found[1])[0] if found else 0
    return told


def on_page(page: str, language: Language) -> dict[str, int]:
    """What the audit page says."""
    kind = "zh" if language == "zh-TW" else "en"
    lead = re.search(rf'<p class="lead">.*?<span class="{kind}">(.*?)</span>', page, re.DOTALL)
    assert lead
    plain = re.sub(r"[（(][^（）()]*[）)]", "", lead[1])
    told: dict[str, int] = dict(zip(("reports", "quantities", "dates"), _numbers(plain), strict=False))
    for state in STATES[:-1]:
        found = re.search(rf'<div class="{state.name}"><dt>.*?</dt><dd><b>([\d,]+)</b>', page)
        assert found
        told[state.name] = _numbers(found[1])[0]
    for name in SEVERITIES:
        told[name] = len(re.findall(rf'<article class="card {name}"', page))
    unread = re.search(r'<h2 id="unread">.*?<span class="count">([\d,]+)</span>', page)
    told["unread"] = _numbers(unread[1])[0] if unread else 0
    first = re.search(r'<h1 id="top"><span class="zh">發現 ([\d,]+) 項矛盾', page)
    assert (_numbers(first[1])[0] if first else 0) == told["contradiction"]
    return told


def in_tables(rows: Sequence[dict[str, object]], findings: Sequence[dict[str, object]]) -> dict[str, int]:
    """What the tables of reports and findings come to."""
    names = ("quantities", "dates", "facts", "numerals", "unread", *STANDINGS)
    told = {name: sum(int(str(row[name])) for row in rows) for name in names}
    severities = [str(row["severity"]) for row in findings]
    read = sum(int(str(row["characters"])) > 0 for row in rows)  # the others could not be read
    return told | {"reports": read} | {name: severities.count(name) for name in SEVERITIES}


def sheet(book: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a sheet, by the names of its columns."""
    head, *rows = load_workbook(io.BytesIO(book), read_only=True)[name].iter_rows(values_only=True)
    names = [str(cell).replace(" ", "_") for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def outputs(audit: Audit) -> dict[str, dict[str, int]]:
    """What each output says."""
    made = contents(audit, formats=("xlsx", "csv", "jsonl", "sqlite", "sarif"), speaks="en")
    files = {name: data if isinstance(data, bytes) else b"".join(data) for name, data in made}
    told = {f"terminal, {language}": on_terminal(audit, language) for language in ("zh-TW", "en")}
    for limit in (10**9, 0):
        page = render(audit, limit=limit)
        told |= {f"page, {limit}, {language}": on_page(page, language) for language in ("zh-TW", "en")}
    told["workbook"] = in_tables(sheet(files["audit.xlsx"], "reports"), sheet(files["audit.xlsx"], "findings"))
    tables = [[*csv.DictReader(io.StringIO(files[f"{name}.csv"].decode()))] for name in ("reports", "findings")]
    told["csv"] = in_tables(*tables)  # type: ignore[arg-type]
    lines = [[*map(json.loads, files[f"{name}.jsonl"].decode().splitlines())] for name in ("reports", "findings")]
    told["jsonl"] = in_tables(*lines)
    base = sqlite3.connect(":memory:")
    base.deserialize(files["heshu.sqlite"])
    base.row_factory = sqlite3.Row
    told["sqlite"] = in_tables(
        *([*map(dict, base.execute(f"SELECT * FROM {name}"))] for name in ("reports", "findings"))
    )
    told["sqlite"]["facts"] = base.execute("SELECT count(*) FROM facts").fetchone()[0]
    results = json.loads(files["audit.sarif"])["runs"][0]["results"]
    levels = [result["level"] for result in results if not result.get("suppressions")]
    alone = Counter(gravity.sarif for gravity in SEVERITIES.values())
    told["sarif"] = {name: levels.count(each.sarif) for name, each in SEVERITIES.items() if alone[each.sarif] == 1}
    return told


def expected(audit: Audit) -> dict[str, int]:
    """The counts, counted."""
    found = tally(audit)
    told = {name: getattr(found.total, name) for name in Counts.__dataclass_fields__}
    return told | {name: found.findings.get(name, 0) for name in SEVERITIES}


def agree(audit: Audit) -> None:
    counted = expected(audit)
    for output, told in outputs(audit).items():
        assert told == {name: counted[name] for name in told}, output


_YEAR = """青嵐市政府人事處{year}年工作報告
一、截至{year}年12月支領月退休金人員共計{total}人(公務人員4,893人、教育人員8,091人)。
二、截至{before}年12月支領月退休金人員共計12,984人。
三、{year}年辦理研習8場次，計有328人(男性165人、女性{women}人)參加，滿意度{rate}%。
四、{year}年進修人員{few}人，其中完成者占33.9%，另核定3案。
五、{year}年現有職員約2百餘人，男性120人、女性90人，合計較上年增加3人。
六、受訓學員7人，合格率為33.9%。
七、志工37人，編號甲-7。
"""


@pytest.fixture(scope="module")
def many() -> Audit:
    """More than a hundred reports of as many years, which contradict themselves and each other now and then."""
    return heshu.audit([_read(year) for year in range(10, 120)])


def _read(year: int) -> Report:
    from heshu.corpus.read import read_text

    figures = {
        "total": f"12,9{84 - year % 4}",
        "women": 163 - year % 3 // 2,
        "rate": 90 + year % 7,
        "few": 7 + year % 5,
    }
    return replace(read_text(_YEAR.format(year=year, before=year - 1, **figures)), name=f"{year}.txt")


def test_all_outputs_say_the_same_of_many_reports(many: Audit) -> None:
    assert len(many.reports) > 100
    assert tally(many).total.contradicted > 0
    assert tally(many).total.suspicious > 0
    agree(many)


def test_all_outputs_say_the_same_of_what_is_left_out(samples_audit: Audit) -> None:
    findings = samples_audit.findings
    left = tuple(Suppressed(finding, "selection", "--select") for finding in findings[::2])
    agree(replace(samples_audit, findings=findings[1::2], suppressed=left))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_all_outputs_say_the_same_of_made_up_audits(made_audit: Audit, data: st.DataObject) -> None:
    """Whatever holds, breaks or is left open, and however gravely it is told."""
    mentions = made_audit.extractions[0].mentions
    pairs = st.lists(st.sampled_from(mentions), min_size=2, max_size=3, unique=True)
    relations = tuple(
        _relation(data.draw(st.sampled_from([True, False, None])), *data.draw(pairs))
        for _ in range(data.draw(st.integers(0, 4)))
    )
    findings = tuple(
        _finding(data.draw(st.sampled_from([*SEVERITIES])), relation) for relation in relations if not relation.holds
    )
    agree(replace(made_audit, relations=relations, findings=findings))


def test_every_report_counts_for_itself(many: Audit) -> None:
    found = tally(many)
    for extraction in many.extractions:
        counts = found.reports[extraction.report.name]
        assert counts.quantities == sum(mention.kind == "quantity" for mention in extraction.mentions)
        assert counts.quantities == sum(getattr(counts, standing) for standing in STANDINGS)
