"""Mentions as W3C Web Annotations (JSON-LD), one a line: each targets its characters by position and by quotation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote

from ..model import Audit, Fact, Mention, Report
from .counts import place
from .datasets import json_line
from .passages import legible
from .records import Record, fact_id, fact_record, mention_record

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 16
"""Characters of the text before and behind that tell one quotation from another."""


def web_annotations(audit: Audit, total: int) -> Iterator[str]:
    """All mentions of all reports, ``total`` of them, as one collection; one annotation a line, so that a difference
    between two runs is read at a glance."""
    page: Record = {"type": "AnnotationPage", "startIndex": 0, "items": []}
    collection: Record = {"@context": _CONTEXT, "type": "AnnotationCollection", "label": "heshu", "total": total}
    opening, closing = json.dumps({**collection, "first": page}, ensure_ascii=False).split("[]")
    yield f"{opening}["
    between = "\n"
    for item in _items(audit):
        yield between + json_line(item).rstrip("\n")
        between = ",\n"
    yield ("\n" if total else "") + f"]{closing}\n"


def _items(audit: Audit) -> Iterator[Record]:
    for extraction in audit.extractions:
        facts = {place(fact.mention): fact for fact in extraction.facts}
        for mention in extraction.mentions:
            fact = facts.get(place(mention))
            reading = {key: value for key, value in mention_record(mention).items() if key not in ("start", "end")}
            if fact is not None:
                record = fact_record(extraction, fact)
                keys = ("agency", "indicator", "category", "role", "sign", "period")
                reading |= {"fact_id": record["fact_id"], **{key: record[key] for key in keys}}
            yield _annotation(extraction.report, mention, fact, reading)


def _annotation(report: Report, mention: Mention, fact: Fact | None, reading: Record) -> Record:
    text, start, end = report.text, mention.start, mention.end
    identity = fact_id(report.id, fact) if fact else f"{report.id}-{start}-{end}"
    described = mention.edtf if mention.kind == "date" else legible(mention.text)
    if fact is not None:
        described = " ".join(
            part for part in (fact.indicator, fact.category, str(reading["value"]), mention.unit) if part
        )
    return {
        "id": f"urn:heshu:{identity}:{mention.kind}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mention.kind},
            {"type": "TextualBody", "purpose": "describing", "value": described, "language": "zh-TW"},
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "application/json",
                "value": json.dumps(reading, ensure_ascii=False),
            },
        ],
        "target": {
            "source": quote(PurePath(report.path or report.name).as_posix()),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _AROUND) : start],
                    "suffix": text[end : end + _AROUND],
                },
            ],
        },
    }
