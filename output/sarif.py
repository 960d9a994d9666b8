"""Findings for pipelines: SARIF 2.1.0, and the annotations that GitHub's workflows read from the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from urllib.parse import quote

from ..fingerprints import fingerprint
from ..lookup import ByName, Reports
from ..model import Audit, Finding, Mention, Report, Severity, Suppressed
from ..notation import Both, Language
from .passages import legible, passages, printable
from .records import Record
from .tables import finding_ids
from .words import SEVERITIES

OTHER = Both("數字應彼此相符。", "Figures must agree with each other.")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


INFORMATION = "https://pypi.org/project/heshu/"
_SUPPRESSED = {"baseline": "external", "comment": "inSource"}
"""What was left out and is told all the same, and where that was decided."""
Checks = Mapping[str, tuple[Severity, Both]]
"""The checks by their codes: the gravest severity that their findings may have, and what each looks at."""


def sarif(audit: Audit, version: str, checks: Checks = MappingProxyType({})) -> str:
    """The findings as one SARIF log; those that were accepted before are told as suppressed.

    ``checks``: what the documentation says of each; the level of a rule is that of its gravest severity.
    """
    reports, order = Reports(audit), ByName(audit).places
    accepted = [each for each in audit.suppressed if each.by in _SUPPRESSED]
    told = [*audit.findings, *(each.finding for each in accepted)]
    left: list[Suppressed | None] = [*[None] * len(audit.findings), *accepted]
    rules = _rules(told, checks)
    codes = [rule["id"] for rule in rules]
    results = []
    for finding, identity, why in zip(told, finding_ids(told), left, strict=True):
        result = _result(finding, reports, order)
        if why is not None:
            kind = _SUPPRESSED[why.by]
            result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": printable(why.reason)}]
        results.append({"ruleId": finding.code, "ruleIndex": codes.index(finding.code), **result})
        results[-1]["properties"] = {"findingId": identity, **_properties(finding)}
    run: Record = {
        "tool": {
            "driver": {
                "name": "heshu",
                "semanticVersion": version,
                "informationUri": INFORMATION,
                "shortDescription": {"text": "核對市政報告中的數字 · Checks the numbers in city reports"},
                "rules": rules,
            }
        },
        "language": "zh-TW",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(extraction.report) for extraction in audit.extractions],
        "invocations": [_invocation(audit)],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def github_annotations(audit: Audit, language: Language = "zh-TW") -> Iterator[str]:
    """One workflow command a finding: a runner shows it at its line."""
    reports = Reports(audit)
    for finding in audit.findings:
        message = printable(finding.message_zh if language == "zh-TW" else finding.message_en)
        where: list[tuple[str, object]] = [("title", f"heshu {finding.code}")]
        first = next((each for each in finding.mentions if each.report in reports), None)
        if first is not None:
            report = reports[first.report]
            region = _region(report, first)
            where = [("file", _path(report)), ("line", region["startLine"]), ("endLine", region["endLine"]), *where]
            if region["startLine"] == region["endLine"]:
                where += [("col", region["startColumn"]), ("endColumn", region["endColumn"])]
        fields = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in where)
        yield f"::{SEVERITIES[finding.severity].github} {fields}::{_escaped(message)}"


def _rules(findings: Iterable[Finding], checks: Checks) -> list[Record]:
    """The checks that found something, by code."""
    known = dict(checks)
    for finding in findings:
        known.setdefault(finding.code, (finding.severity, OTHER))
    found = sorted({finding.code for finding in findings})
    return [
        {
            "id": code,
            "shortDescription": {"text": told.zh},
            "fullDescription": {"text": f"{told.zh} {told.en}"},
            "help": {"text": f"{told.en} {told.zh} heshu checks show {code}"},
            "helpUri": INFORMATION,
            "defaultConfiguration": {"level": SEVERITIES[severity].sarif},
            "properties": {"tags": ["numbers"]},
        }
        for code in found
        for severity, told in (known[code],)
    ]


def _result(finding: Finding, reports: Mapping[str, Report], order: Mapping[str, int]) -> Record:
    shown = [mention for mention in finding.mentions if mention.report in reports]
    record: Record = {
        "level": SEVERITIES[finding.severity].sarif,
        "message": {"text": printable(finding.message_zh)},
        "locations": [_location(reports, order, mention) for mention in shown[:1]],
        "partialFingerprints": {"heshuFigures/v2": fingerprint(finding)},
    }
    if len(shown) > 1:
        record["relatedLocations"] = [
            {"id": number, "message": {"text": legible(mention.text)}, **_location(reports, order, mention)}
            for number, mention in enumerate(shown[1:], start=1)
        ]
    return record


def _properties(finding: Finding) -> Record:
    relation = finding.relation
    properties: Record = {"messageEn": printable(finding.message_en), "confidence": format(finding.confidence, "f")}
    if relation is not None:
        properties |= {"kind": relation.kind, "stated": relation.stated, "computed": relation.computed}
    return properties


def _location(reports: Mapping[str, Report], order: Mapping[str, int], mention: Mention) -> Record:
    report = reports[mention.report]
    place: Record = {"artifactLocation": {**_address(report), "index": order[report.name]}}
    place["region"] = {
        **_region(report, mention),
        "charOffset": mention.start,
        "charLength": mention.end - mention.start,
        "snippet": {"text": report.text[mention.start : mention.end]},
    }
    quoted = passages([mention], reports)
    if quoted:
        start, end = quoted[0].start, quoted[0].end
        place["contextRegion"] = {
            **_span(report, start, end),
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": report.text[start:end]},
        }
    return {"physicalLocation": place}


def _region(report: Report, mention: Mention) -> dict[str, int]:
    return _span(report, mention.start, mention.end)


def _span(report: Report, start: int, end: int) -> dict[str, int]:
    """Lines and columns from 1; the last column is the one behind the last character."""
    return {
        "startLine": report.line(start),
        "startColumn": start - report.text.rfind("\n", 0, start),
        "endLine": report.line(end),
        "endColumn": end - report.text.rfind("\n", 0, end),
    }


def _artifact(report: Report) -> Record:
    return {
        "location": _address(report),
        "encoding": report.encoding.upper(),
        "mimeType": "text/plain",
        "properties": {"reportId": report.id, "title": legible(report.title)},
    }


def _invocation(audit: Audit) -> Record:
    """Whether all was read, and what was not."""
    record: Record = {"executionSuccessful": True}
    if audit.problems:
        record["toolExecutionNotifications"] = [
            {
                "level": "warning",
                "descriptor": {"id": problem.code},
                "message": {"text": printable(f"{problem.path}: {problem.message_zh}")},
            }
            for problem in audit.problems
        ]
    return record


def _path(report: Report) -> str:
    """The report's path with forward slashes: below the working folder, if it is there."""
    path = PurePath(report.path or report.name)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix()


def _address(report: Report) -> dict[str, str]:
    path = _path(report)
    if PurePath(path).is_absolute():
        return {"uri": f"file://{'' if path.startswith('/') else '/'}{quote(path, safe='/:')}"}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _escaped(text: str, more: str = "") -> str:
    """Text as workflow commands want it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
