"""The sample reports: the list of what is planted in them is exact, and the audit finds that and nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import heshu
import pytest
from heshu.model import Audit, Finding, Mention, Relation

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in sorted(SAMPLES.glob("*.txt"))}
LISTED = json.loads(Path(__file__).with_name("planted.json").read_text(encoding="utf-8"))
PLANTED: list[dict[str, Any]] = LISTED["planted"]
HOLDING: list[dict[str, Any]] = LISTED["holding"]
KINDS = {
    *("sum", "ratio", "difference", "change", "growth", "same", "dates", "count"),
    *("duration", "part_of", "threshold", "mean", "product", "series"),
}

NOT_YET = {}
"""What a later check must find: the reason why today's do not. An entry goes when its check comes."""

RECALL = {
    "sum": 0.92,
    "ratio": 1.0,
    "difference": 1.0,
    "change": 1.0,
    "growth": 1.0,
    "count": 1.0,
    "duration": 1.0,
    "threshold": 0.75,
    "product": 0.55,
    "mean": 1.0,
    "part_of": 1.0,
    "same": 0.35,
}
"""Per kind, the share of the holding relations that the audit must confirm. It rises as checks come, and never falls."""

Span = tuple[str, int, int]


def span(figure: dict[str, Any]) -> Span:
    return figure["report"], figure["start"], figure["end"]


def figures(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["result"], *entry["terms"]]


def mention_span(mention: Mention) -> Span:
    return mention.report, mention.start, mention.end


def overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def touches(spans: Iterable[Span], place: Span) -> bool:
    return any(overlap(one, place) for one in spans)


def shown(finding: Finding) -> list[Span]:
    """Every place that a finding points at."""
    related = (finding.relation.result, *finding.relation.terms) if finding.relation else ()
    return [mention_span(mention) for mention in (*finding.mentions, *related)]


def tied(relation: Relation) -> list[Span]:
    return [mention_span(mention) for mention in (relation.result, *relation.terms)]


def tells(finding: Finding, entry: dict[str, Any]) -> bool:
    """The finding shows the figure that is wrong, and one of those that prove it."""
    spans = shown(finding)
    proof = [span(figure) for figure in entry["terms"]]
    return touches(spans, span(entry["result"])) and (not proof or any(touches(spans, place) for place in proof))


def confirms(relation: Relation, entry: dict[str, Any]) -> bool:
    """The relation ties the same figures as the entry and holds, whichever of them it takes for the result."""
    places = [span(figure) for figure in figures(entry)]
    spans = tied(relation)
    return (
        relation.holds is True
        and len(spans) == len(places)
        and all(touches(spans, place) for place in places)
        and all(touches(places, place) for place in spans)
    )


def contradictions(audit: Audit) -> list[Finding]:
    return [finding for finding in audit.findings if finding.severity == "contradiction"]


@pytest.fixture(scope="module")
def audit() -> Audit:
    return heshu.audit(SAMPLES)


def test_there_are_five_reports() -> None:
    assert len(TEXTS) == 5


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_holds_at_least_sixty_figures(name: str) -> None:
    unit = "人|元|場|班|期|天|日|%|％|‰|個|家|件|小時|門|次|歲|名|對|區|科|案|所|週|篇|張"
    counted = re.findall(rf"[0-9０-９][0-9０-９,.億萬千 ]*(?:[(（]\d+[)）])?\s*(?:{unit})", TEXTS[name])
    dates = re.findall(r"月\s*[0-9]+\s*日", TEXTS[name])
    cells = re.findall(r"\t△?[\d,]+(?=[\t\n])", TEXTS[name])
    assert len(counted) - len(dates) + len(cells) >= 60


def test_enough_is_planted_inside_and_across_reports() -> None:
    assert len(PLANTED) >= 14
    assert sum(entry["across"] for entry in PLANTED) >= 4
    assert len(HOLDING) >= 40


def test_ids_are_unique() -> None:
    assert not [name for name, times in Counter(entry["id"] for entry in PLANTED + HOLDING).items() if times > 1]


@pytest.mark.parametrize("entry", PLANTED + HOLDING, ids=lambda entry: entry["id"])
def test_offsets_quote_what_the_list_says(entry: dict[str, Any]) -> None:
    for figure in figures(entry):
        text, start, end = TEXTS[figure["report"]], figure["start"], figure["end"]
        assert text[start:end] == figure["text"]
        anchor = figure["before"] + figure["text"]
        assert text.count(anchor) == 1, f"{anchor!r} does not lead to one place"
        assert text.index(anchor) + len(figure["before"]) == start


@pytest.mark.parametrize("entry", PLANTED + HOLDING, ids=lambda entry: entry["id"])
def test_entries_have_one_shape(entry: dict[str, Any]) -> None:
    assert entry["kind"] in KINDS
    assert entry["holds"] == (entry in HOLDING)
    assert entry["reports"] == sorted({figure["report"] for figure in figures(entry)})
    assert entry["across"] == (len(entry["reports"]) > 1)
    assert set(entry["reports"]) <= set(TEXTS)
    if entry in PLANTED:
        assert entry["zh"].endswith("。")
        assert entry["en"].endswith(".")


def test_nothing_waits_that_is_not_planted() -> None:
    assert set(NOT_YET) <= {entry["id"] for entry in PLANTED}


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            entry,
            id=entry["id"],
            marks=pytest.mark.xfail(strict=True, reason=NOT_YET[entry["id"]]) if entry["id"] in NOT_YET else (),
        )
        for entry in PLANTED
    ],
)
def test_the_audit_finds_the_contradiction(audit: Audit, entry: dict[str, Any]) -> None:
    found = [finding for finding in audit.findings if finding.severity in ("contradiction", "revision")]
    assert any(tells(finding, entry) for finding in found), entry["en"]


def test_the_audit_calls_nothing_else_a_contradiction(audit: Audit) -> None:
    places = [span(entry["result"]) for entry in PLANTED]
    wrong = [
        finding.message_en
        for finding in contradictions(audit)
        if not any(touches(shown(finding), place) for place in places)
    ]
    assert wrong == []


def test_no_relation_is_broken_but_the_planted_ones(audit: Audit) -> None:
    places = [span(entry["result"]) for entry in PLANTED]
    broken = [
        f"{relation.result.report}: {relation.rule} {relation.result.text!r} {[t.text for t in relation.terms]}"
        for relation in audit.relations
        if relation.holds is False and not any(touches(tied(relation), place) for place in places)
    ]
    assert broken == []


@pytest.mark.parametrize("kind", RECALL)
def test_the_audit_confirms_what_holds(audit: Audit, kind: str) -> None:
    entries = [entry for entry in HOLDING if entry["kind"] == kind]
    missed = [entry for entry in entries if not any(confirms(relation, entry) for relation in audit.relations)]
    names = "; ".join(f"{entry['id']}: {entry['arithmetic']}" for entry in missed)
    assert len(entries) - len(missed) >= RECALL[kind] * len(entries), f"missed {names}"


def test_every_report_is_read_without_a_problem(audit: Audit) -> None:
    assert audit.problems == ()
    assert {report.name for report in audit.reports} == set(TEXTS)
