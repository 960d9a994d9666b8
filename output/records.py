"""The nouns as records: plain dictionaries with the keys of the public contract, in its order.

Numbers are strings, written out and exact: "4262058114", "0.25", "1/3". Whatever goes out as JSON or CSV is made here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..model import (
    Extraction,
    Fact,
    Finding,
    LedgerEntry,
    Mention,
    Number,
    Period,
    Problem,
    Relation,
    Report,
    Suppressed,
)
from .columns import REPORTS
from .counts import STANDINGS, Counts
from .passages import legible, passages

Record = dict[str, object]

FACT_COLUMNS = (
    "fact_id",
    "report_id",
    "report",
    "agency",
    "section",
    "indicator",
    "category",
    "value",
    "value_max",
    "unit",
    "bound",
    "role",
    "state",
    "sign",
    "period",
    "period_start",
    "period_end",
    "as_of",
    "text",
    "start",
    "end",
    "page",
    "rule",
    "confidence",
)
"""Columns of the facts table: the public contract."""

MENTION_COLUMNS = (
    "report",
    "type",
    "start",
    "end",
    "text",
    "value",
    "value_max",
    "unit",
    "bound",
    "paren",
    "distributed",
    "edtf",
)
RELATION_COLUMNS = ("report", "kind", "holds", "stated", "computed", "result", "terms", "signs", "rounding", "rule")
UNREAD_COLUMNS = ("report", "type", "line", "start", "end", "text", "context")
_AROUND = 20
"""Characters that are shown on either side of an unread numeral."""


def number(value: Number | None) -> str | None:
    """A number written out: no exponent, fractions as 1/3."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return format(value, "f")


def difference(relation: Relation) -> str | None:
    """Stated less computed, where both are numbers."""
    try:
        gap = Fraction(relation.stated) - Fraction(relation.computed)
    except (ValueError, ZeroDivisionError):
        return None
    try:
        return format(Decimal(relation.stated) - Decimal(relation.computed), "+f")
    except ArithmeticError:
        return f"{'+' if gap > 0 else ''}{gap}"


def mention_record(mention: Mention) -> Record:
    """A quantity or a date with its reading."""
    record: Record = {
        "report": mention.report,
        "type": mention.kind,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
    }
    if mention.kind == "date":
        record["edtf"] = mention.edtf
        return record
    record["value"] = number(mention.value)
    record["value_max"] = number(mention.value_max)
    record["unit"] = mention.unit
    record["bound"] = mention.bound
    record["paren"] = number(mention.paren)
    record["distributed"] = mention.distributed
    return record


def unread_record(report: Report, entry: LedgerEntry) -> Record:
    """A numeral that nothing understood, with its line and the words around it."""
    before, after = report.text[: entry.start][-2 * _AROUND :], report.text[entry.end :][: 2 * _AROUND]
    context = (
        f"{_in_line(before)[-_AROUND:]}【{_in_line(report.text[entry.start : entry.end])}】{_in_line(after)[:_AROUND]}"
    )
    return {
        "report": report.name,
        "type": "unread",
        "line": report.line(entry.start),
        "start": entry.start,
        "end": entry.end,
        "text": entry.text,
        "context": context.strip(),
    }


def _in_line(text: str) -> str:
    """``text`` on one line, each run of blanks and line ends as one blank."""
    return re.sub(r"\s+", " ", text)


def fact_id(report_id: str, fact: Fact) -> str:
    """The same for the same characters of the same file, whatever is read from them."""
    return f"{report_id}-{fact.mention.start}-{fact.mention.end}"


def edtf(period: Period | None) -> str | None:
    """A time as data has it."""
    return None if period is None else period.edtf


def day(told: date | None) -> str | None:
    """A day as ISO 8601."""
    return None if told is None else told.isoformat()


def rule_of(mention: Mention, fact: Fact | None) -> str:
    """The records that read a figure and gave its fields."""
    traced = [f"{trace.field}:{trace.record}" for trace in fact.trace] if fact else []
    return " ".join(part for part in (mention.rule, *traced) if part)


def fact_record(extraction: Extraction, fact: Fact) -> Record:
    """One row of the facts table."""
    mention, report = fact.mention, extraction.report
    return {
        "fact_id": fact_id(report.id, fact),
        "report_id": report.id,
        "report": report.name,
        "agency": fact.agency,
        "section": " > ".join(fact.section) or None,
        "indicator": fact.indicator,
        "category": fact.category,
        "value": number(mention.value),
        "value_max": number(mention.value_max),
        "unit": mention.unit,
        "bound": mention.bound,
        "role": fact.role,
        "state": fact.state,
        "sign": fact.sign,
        "period": edtf(fact.period),
        "period_start": day(fact.period.first if fact.period else None),
        "period_end": day(fact.period.last if fact.period else None),
        "as_of": fact.as_of,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "page": fact.page,
        "rule": rule_of(mention, fact),
        "confidence": number(fact.confidence),
    }


def relation_record(relation: Relation) -> Record:
    """A relation with its mentions, each carrying its own report."""
    return {
        "report": relation.result.report,
        "kind": relation.kind,
        "holds": relation.holds,
        "stated": relation.stated,
        "computed": relation.computed,
        "result": mention_record(relation.result),
        "terms": [mention_record(term) for term in relation.terms],
        "signs": list(relation.signs),
        "rounding": relation.rounding,
        "rule": relation.rule,
    }


def finding_record(finding: Finding, extractions: Mapping[str, Extraction]) -> Record:
    """A finding with its arithmetic and the passages that prove it. ``extractions`` by report name."""
    shown = {each.report: extractions[each.report].report for each in finding.mentions if each.report in extractions}
    relation = finding.relation
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message_zh": finding.message_zh,
        "message_en": finding.message_en,
        "kind": relation.kind if relation else None,
        "stated": relation.stated if relation else None,
        "computed": relation.computed if relation else None,
        "difference": difference(relation) if relation else None,
        "confidence": number(finding.confidence),
        "mends": [f"{legible(mend.figure.text)} → {mend.value}" for mend in finding.mends],
        "bearing": [_in_words(relation) for relation in finding.bearing],
        "mentions": [mention_record(mention) for mention in finding.mentions],
        "passages": [
            {"report": passage.report, "line": passage.line, "page": passage.page, "start": passage.start,
             "end": passage.end, "text": passage.text, "marks": passage.marks}
            for passage in passages(finding.mentions, shown)
        ],
    }  # fmt: skip


def _in_words(relation: Relation) -> str:
    """A tie that holds, in one line: its rule, its result, and its terms."""
    terms = "、".join(legible(term.text) for term in relation.terms)
    return f"{relation.rule}: {legible(relation.result.text)} ← {terms}"


def suppressed_record(suppressed: Suppressed, extractions: Mapping[str, Extraction]) -> Record:
    """A finding that is not shown, and why."""
    return {"by": suppressed.by, "reason": suppressed.reason, **finding_record(suppressed.finding, extractions)}


def report_record(extraction: Extraction, counts: Counts) -> Record:
    """What was read in one report, in figures."""
    report = extraction.report
    return {
        "report_id": report.id,
        "report": report.name,
        "title": report.title,
        "agency": extraction.agency,
        "period": edtf(extraction.period),
        "issued": edtf(extraction.issued),
        "path": report.path,
        "encoding": report.encoding,
        "characters": len(report.text),
        "quantities": counts.quantities,
        "dates": counts.dates,
        "facts": counts.facts,
        "numerals": counts.numerals,
        "unread": counts.unread,
        **{standing: getattr(counts, standing) for standing in STANDINGS},
    }


def unread_report_record(problem: Problem) -> Record:
    """The row of an input that was not read: no figures, and its id is made of where it is."""
    empty: Record = {column.name: 0 if column.type == "integer" else None for column in REPORTS.columns}
    return empty | {
        "report_id": hashlib.sha256(problem.path.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "report": problem.path.rpartition("/")[2] or problem.path,
        "path": problem.path,
        **problem_record(problem),
    }


def problem_record(problem: Problem | None) -> Record:
    """What is wrong with an input, or worth a warning; empty where nothing is."""
    return {
        "problem": problem.code if problem else None,
        "problem_zh": problem.message_zh if problem else None,
        "problem_en": problem.message_en if problem else None,
    }
