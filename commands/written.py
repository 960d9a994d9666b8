"""What an audit has written, read again: the rows of its findings and of its reports."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..model import Audit, Finding, Suppressed
from ..notation import Both
from .options import Lang, refuse

if TYPE_CHECKING:
    from ..output.records import Record

_NO_AUDIT = Both(
    "{}：不是查核結果的資料夾，找不到 {}；請先執行 heshu audit 報告資料夾",
    "{}: no folder of an audit, {} is missing; run heshu audit REPORTS first",
)
_BROKEN = Both("{}：第 {} 行不是查核結果", "{}: line {} is not what an audit writes")


def rows(source: Path, lang: Lang) -> tuple[list[Record], list[Record]]:
    """The findings and the reports of an audit folder, of the folder of a findings.jsonl, or of a store, what was accepted
    or dismissed there left out; mistakes end the command."""
    if _is_store(source):
        from ..store.audits import records_of
        from .ingest import opened

        with opened(source, lang) as store:
            named = [row["finding_id"] for row in store.rows("SELECT finding_id FROM open_findings")]
            return records_of(store, named), [dict(row) for row in store.rows("SELECT * FROM current_reports")]
    found = findings_file(source)
    return read(found, source, "passages", lang), read(found.with_name("reports.jsonl"), source, "title", lang)


def _is_store(source: Path) -> bool:
    if not source.is_file():
        return False
    with source.open("rb") as file:
        return file.read(6) == b"SQLite"


def findings_file(source: Path) -> Path:
    """The file of the findings in what a user names."""
    return source if source.is_file() else source / "findings.jsonl"


def read(path: Path, source: Path, needed: str, lang: Lang) -> list[Record]:
    """The rows of a file, each of which has the column ``needed``."""
    if not path.is_file():
        refuse(_NO_AUDIT.of(lang.value).format(source, path.name))
    found: list[Record] = []
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or needed not in row:
            refuse(_BROKEN.of(lang.value).format(path, number))
        found.append(row)
    return found


Known = Counter[tuple[str, tuple[str, ...]]]
"""How often a finding was seen before, by its check and the characters of its figures, whatever the report is called."""


def known_before(base: Path, lang: Lang) -> Known:
    """The findings of an earlier audit, those that were left out then with them."""
    file = findings_file(base)
    told = read(file, base, "mentions", lang)
    left = file.with_name("suppressed.jsonl")
    if left.is_file():
        told += read(left, base, "mentions", lang)
    return Counter(_recorded(row) for row in told)


def only_new(found: Audit, known: Known, base: Path) -> Audit:
    """The audit with the findings alone that an earlier one did not have, one for one."""
    waiting = known.copy()
    kept: list[Finding] = []
    left = list(found.suppressed)
    for finding in found.findings:
        key = (finding.code, tuple(sorted(mention.text for mention in finding.mentions)))
        if waiting[key] > 0:
            waiting[key] -= 1
            left.append(Suppressed(finding, "before", f"--diff {base}"))
        else:
            kept.append(finding)
    return replace(found, findings=tuple(kept), suppressed=tuple(left))


def _recorded(row: Record) -> tuple[str, tuple[str, ...]]:
    mentions = row["mentions"] if isinstance(row["mentions"], list) else []
    return str(row.get("code")), tuple(sorted(str(each.get("text")) for each in mentions if isinstance(each, dict)))
