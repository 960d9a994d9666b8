"""The rows of the tables, from the records that all output is made of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from ..model import Relation, Report
from ..output.passages import legible
from ..output.records import FACT_COLUMNS, Record, relation_record

_EXACT = ("value", "value_max")


def fact_row(record: Record) -> list[object]:
    """A fact; beside each exact number its text, since SQLite keeps no fraction."""
    row: list[object] = []
    for name in FACT_COLUMNS:
        value = record[name]
        if name in _EXACT:
            row += [_number(value), value]
        else:
            row.append(value)
    return row


def _number(value: object) -> object:
    if value is None:
        return None
    exact = Fraction(str(value))
    return int(exact) if exact.denominator == 1 and abs(exact) < 2**63 else float(exact)


def relation_rows(scope: str, relations: Iterable[Relation], ids: Mapping[str, str]) -> Iterator[list[object]]:
    """Ties, within a report (``scope`` is its id) or across (that of the group); ``ids`` of the reports by name."""
    seen: Counter[str] = Counter()
    for relation in relations:
        result, record = relation.result, relation_record(relation)
        name = f"{ids.get(result.report, result.report)}-{result.start}-{result.end}-{relation.kind}"
        seen[name] += 1
        told = [record[each] for each in ("report", "kind", "holds", "stated", "computed")]
        lists = [json.dumps(record[each], ensure_ascii=False) for each in ("result", "terms", "signs")]
        number = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield [scope, number, *told, *lists, record["rounding"], record["rule"]]


def passage_rows(report: Report) -> Iterator[tuple[object, ...]]:
    """The paragraphs, items, headings and tables of a report."""
    for index, block in enumerate(report.blocks):
        if block.kind == "residue":
            continue
        text = block.text if block.kind == "table" else legible(block.text)
        section = " > ".join(block.path) or None
        yield (
            report.id,
            index,
            block.kind,
            section,
            report.line(block.start),
            block.start,
            block.end,
            block.page,
            text,
        )
