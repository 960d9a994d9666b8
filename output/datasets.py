"""Records as JSON Lines and CSV, and the folder of datasets that an audit leaves behind."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..model import Audit
from .page import pages
from .records import (
    FACT_COLUMNS,
    Record,
    fact_records,
    finding_record,
    mention_record,
    relation_record,
    report_record,
)

_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?)?")
# Spreadsheets take a cell that begins so for a formula; some the full-width forms as well.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
# Line ends to some readers of lines, though not to JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_line(record: Record) -> str:
    """One record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def jsonl(records: Iterable[Record]) -> str:
    """Records as JSON Lines."""
    return "".join(map(json_line, records))


def table(records: Iterable[Record], columns: Sequence[str]) -> str:
    """Records as CSV with a head; no cell is a formula to a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # a cell with either of these is quoted
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
    return buffer.getvalue()


def write_audit(audit: Audit, folder: Path) -> tuple[Path, ...]:
    """Write everything that an audit found into ``folder``, which is made if need be; returns the files."""
    extractions = {extraction.report.name: extraction for extraction in audit.extractions}
    mentions = (mention for extraction in audit.extractions for mention in extraction.mentions)
    facts = list(fact_records(audit))
    contents = {
        **pages(audit),
        "facts.csv": table(facts, FACT_COLUMNS),
        "facts.jsonl": jsonl(facts),
        "findings.jsonl": jsonl(finding_record(finding, extractions) for finding in audit.findings),
        "mentions.jsonl": jsonl(map(mention_record, mentions)),
        "relations.jsonl": jsonl(map(relation_record, audit.relations)),
        "reports.jsonl": jsonl(map(report_record, audit.extractions)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.encode("utf-8"))
    return tuple(folder / name for name in contents)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _text(str(value.get("text", "")))
    if isinstance(value, list):
        return _text(" | ".join(str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in value))
    return _text(str(value))


def _text(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, marked as text; plain numbers and lone signs are none."""
    return f"'{text}" if text.startswith(_FORMULA) and _NUMBER.fullmatch(text) is None else text
