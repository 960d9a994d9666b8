"""What the folder's files are, for other programs: a Data Package (Frictionless, version 2) and Datasette's metadata."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from .columns import TABLES, Column, Table, Type
from .records import Record
from .tables import Tables

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = {
    "name": "other-pd",
    "title": "Public domain: facts, and quotations from official documents (Copyright Act of Taiwan, Article 9)",
    "path": "https://law.moj.gov.tw/ENG/LawClass/LawAll.aspx?pcode=J0070017",
}
"""Of what is in the files: the tables are figures and quotations from public reports."""
TITLE = "核數：市政報告中的數字 · heshu: figures in city reports"
DESCRIPTION = (
    "由市政報告讀出的數字、數字之間的算術關係，以及不符之處。 "
    "Figures read from city reports, the arithmetic between them, and what does not add up."
)

_NUMBER = r"[+-]?\d+(\.\d+)?(/\d+)?"
_TYPES: dict[Type, str] = {"integer": "integer", "decimal": "number", "boolean": "boolean", "date": "date"}
_LISTS = ("texts", "mentions", "passages")
"""What a cell of a CSV file holds as one text, empty where there is none."""
_MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


def data_package(tables: Tables, formats: Collection[str]) -> str:
    """The descriptor of the tables: as CSV with their schemas, and where else the same rows stand."""
    return _json(
        {
            "$schema": SCHEMA,
            "name": "heshu-audit",
            "id": _identity(tables),
            "title": TITLE,
            "description": DESCRIPTION,
            "licenses": [LICENCE],
            "sources": [
                {"title": str(row["title"] or row["report"]), "path": _source(row)}
                for row in tables.reports
                if row["characters"]
            ],
            "resources": [_resource(table, formats) for table in TABLES.values()],
        }
    )


def datasette_metadata() -> str:
    """Titles, descriptions and facets for ``datasette heshu.sqlite -m metadata.json``."""
    tables: dict[str, Record] = {}
    for table in TABLES.values():
        tables[table.name] = {
            "title": f"{table.title} {table.name}",
            "description": f"{table.zh} · {table.en}",
            "columns": {column.name: f"{column.zh} · {column.en}" for column in table.columns},
        }
    tables["reports"] |= {"facets": ["agency"], "sort": "report", "label_column": "report"}
    tables["facts"] |= {"facets": ["role", "unit", "agency", "report"], "label_column": "indicator", "size": 50,
                        "fts_table": "facts_fts"}  # fmt: skip
    tables["relations"] |= {"facets": ["kind", "holds", "report"], "label_column": "rule"}
    tables["findings"] |= {"facets": ["severity", "code", "report"], "label_column": "message_zh"}
    tables["series"] |= {"facets": ["role", "unit", "agency"], "label_column": "indicator"}
    tables |= {
        "passages": {
            "title": "段落 passages",
            "description": "報告的段落，可全文檢索（每詞一至十字） · the reports in passages; searched by words of one to ten characters",
            "facets": ["report", "kind"],
            "fts_table": "passages_fts",
        },
        "indicators": {
            "title": "指標 indicators",
            "description": "所有指標及其期數 · every indicator and how often it is told",
            "facets": ["unit"],
            "sort_desc": "periods",
            "label_column": "indicator",
            "fts_table": "indicators_fts",
            "fts_pk": "indicator_id",
        },
        "findings_with_passages": {
            "title": "發現與原文 findings with their passages",
            "facets": ["severity", "code", "report"],
        },
        "facts_with_passages": {"title": "事實與原文 facts with their passages", "facets": ["role", "unit", "report"]},
        "series_panel": {
            "title": "跨期數列 series over periods",
            "description": "有兩期以上的指標及其增減 · indicators with two periods or more, and their changes",
            "facets": ["unit", "role", "agency"],
        },
        "coverage": {"title": "判讀比例 how much was read"},
        "relation_facts": {"title": "關係所涉事實 facts of the relations", "hidden": True},
        "finding_facts": {"title": "發現所涉事實 facts of the findings", "hidden": True},
        "finding_passages": {"title": "發現所引原文 passages of the findings", "hidden": True},
    }
    head = {"title": TITLE, "description": DESCRIPTION, "license": LICENCE["title"], "license_url": LICENCE["path"]}
    return _json({**head, "databases": {"heshu": {"title": TITLE, "tables": tables}}})


def _resource(table: Table, formats: Collection[str]) -> Record:
    others = [
        {"path": f"{table.name}.{each}", "mediatype": _MEDIA[each]} for each in ("jsonl", "parquet") if each in formats
    ]
    if "sqlite" in formats:
        others.append({"path": f"heshu.sqlite#{table.name}", "mediatype": "application/vnd.sqlite3"})
    return {
        "name": table.name,
        "title": f"{table.title} {table.name}",
        "description": f"{table.zh} · {table.en}",
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
        **({"alternatives": others} if others else {}),
    }


def _schema(table: Table) -> Record:
    schema: Record = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": [table.key],
        "missingValues": [""],
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [column]}} for column, other in table.refers
        ]
    return schema


def _field(column: Column) -> Record:
    field: Record = {
        "name": column.name,
        "title": column.title,
        "type": _TYPES.get(column.type, "string"),
        "description": f"{column.zh} · {column.en}",
    }
    constraints: Record = {}
    if column.required and column.type not in _LISTS:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.type == "exact":
        constraints["pattern"] = _NUMBER
    if column.type == "decimal":
        constraints |= {"minimum": 0, "maximum": 1}
    if constraints:
        field["constraints"] = constraints
    if column.type in _LISTS:
        field["description"] = f"{field['description']} (parted by ' | ')"
    return field


def _identity(tables: Tables) -> str:
    """Made of the reports: the same reports, the same id."""
    told = " ".join(str(row["report_id"]) for row in tables.reports)
    return f"urn:heshu:{hashlib.sha256(told.encode('ascii', 'replace')).hexdigest()[:16]}"


def _source(row: Record) -> str:
    """The file's name: where it lay on somebody's disk is nobody else's business, and no path that a reader has."""
    return str(row["report"]).lstrip("/.")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
