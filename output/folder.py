"""The folder that an audit leaves behind: every file under its fixed name, each made from the same audit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from ..lookup import ByName
from ..model import Audit
from ..notation import Language
from .columns import TABLES
from .datasets import ended, in_parts, json_line, table_lines
from .formats import FORMATS, ON_REQUEST
from .records import suppressed_record
from .sarif import Checks, sarif
from .tables import Tables, tables
from .whole import Kept, write_files

Content = bytes | Iterable[bytes]
"""A file as a whole, or, where it may be large, in parts."""

_BOM = "\ufeff"
# The second file of those that are parted, and the others behind it: facts.2.spacy.
_NUMBER = re.compile(r"\.\d+(?=\.)")

_FILES = {
    "audit.html": ("查核頁：用瀏覽器開啟，可離線、可寄送", "the audit page: opens in a browser, offline; can be mailed"),
    "audit.xlsx": ("活頁簿：發現、事實、數列與圖表、報告", "the workbook: findings, facts, series with charts, reports"),
    "audit.sarif": ("SARIF 2.1.0：給程式碼平台與編輯器", "SARIF 2.1.0: for code hosts and editors"),
    "facts": ("每個數量及其意義", "every quantity with its meaning"),
    "relations": ("數字之間的算術關係，相符的也列", "the arithmetic between figures, also where it holds"),
    "findings": ("不符的數字，附算式與原文", "what does not add up, with arithmetic and passages"),
    "reports": ("讀入的報告及各報告的統計", "what was read in each report"),
    "series": ("各指標各期的數值，長表", "indicators over periods, in long form"),
    "mentions.jsonl": ("每個數量與日期及其位置", "every quantity and date with its place"),
    "suppressed.jsonl": (
        "略去的發現：未選取、先前查核已列或已列入基準檔，附理由",
        "findings left out: not selected, told by the audit before, or accepted, with the reason",
    ),
    "heshu.sqlite": (
        "SQLite 資料庫，可全文檢索：datasette heshu.sqlite -m metadata.json",
        "all tables in SQLite, with full-text search: datasette heshu.sqlite -m metadata.json",
    ),
    "datapackage.json": ("各 .csv 的欄位說明（Frictionless Data Package）", "the columns of every .csv (Frictionless Data Package)"),
    "metadata.json": ("Datasette 的設定", "settings for Datasette"),
    "facts.spacy": ("spaCy DocBin：報告全文與標記", "spaCy DocBin: the reports with their mentions as spans"),
    "annotations.jsonld": ("W3C 網頁註記：每個數量與日期的位置與判讀", "W3C Web Annotations: every mention with place and reading"),
    "marked": (
        "PDF 報告的副本，發現以註解標示；有註解的頁另存成圖片",
        "copies of the PDF reports with the findings as annotations, and pictures of the pages that have any",
    ),
}  # fmt: skip
"""What each file is for, by its name or what comes before the dot."""


def write_folder(
    audit: Audit,
    folder: Path,
    *,
    formats: Collection[str] = FORMATS,
    csv_bom: bool = False,
    version: str = "0",
    language: Language | None = None,
    speaks: Language = "zh-TW",
    checks: Checks = MappingProxyType({}),
    kept: Kept | None = None,
    rows: Tables | None = None,
) -> tuple[Path, ...]:
    """Write the files of ``formats`` into ``folder``, which is made if need be; returns the files, README.txt last.

    All of them or none: what an earlier run has written there stands until the new files are complete, and then goes.
    A file of the user's that has the name of one of ours is put aside, as README.txt~, and told to ``kept``.
    ``csv_bom``: begin the CSV files with a byte order mark, by which Excel knows UTF-8. ``language``: that in which the
    audit page opens; None: that of the browser. ``speaks``: that of the workbook.
    ``checks``: what the documentation says of each check. ``rows``: the tables of the audit, where they are made already.
    """
    made = contents(
        audit,
        formats=formats,
        csv_bom=csv_bom,
        version=version,
        language=language,
        speaks=speaks,
        checks=checks,
        rows=rows,
    )
    return write_files(folder, made, kept)


def contents(
    audit: Audit,
    *,
    formats: Collection[str] = FORMATS,
    csv_bom: bool = False,
    version: str = "0",
    language: Language | None = None,
    speaks: Language = "zh-TW",
    checks: Checks = MappingProxyType({}),
    rows: Tables | None = None,
) -> Iterator[tuple[str, Content]]:
    """Name and bytes of each file. What needs a heavy library imports it when its file is made."""
    unknown = set(formats) - {*FORMATS, *ON_REQUEST}
    if unknown:
        raise ValueError(f"no such format: {', '.join(sorted(unknown))}")
    names: list[str] = []
    for name, content in _files(audit, rows or tables(audit), formats, csv_bom, version, language, speaks, checks):
        names.append(name)
        yield name, content.encode("utf-8") if isinstance(content, str) else content
    yield "README.txt", readme(names).encode("utf-8")


def readme(names: Collection[str]) -> str:
    """What each file is for, in Chinese and in English."""
    told: dict[str, list[str]] = {}
    for name in names:
        first = name.split("/")[0]
        known = next(
            each for each in (first, _NUMBER.sub("", first), first.split(".")[0]) if each in _FILES or "." not in each
        )
        told.setdefault(known, []).append(f"{first}/" if "/" in name else name)
    lines = ["核數查核結果", ""]
    lines += [f"  {_names(listed)}\n      {_FILES[known][0]}" for known, listed in told.items() if known in _FILES]
    lines += ["", "What heshu found", ""]
    lines += [f"  {_names(listed)}\n      {_FILES[known][1]}" for known, listed in told.items() if known in _FILES]
    return "\n".join(lines) + "\n"


def _names(listed: list[str]) -> str:
    return " ".join(dict.fromkeys(listed))


def _files(
    audit: Audit,
    found: Tables,
    formats: Collection[str],
    csv_bom: bool,
    version: str,
    language: Language | None,
    speaks: Language,
    checks: Checks,
) -> Iterator[tuple[str, str | Content]]:
    pictures: dict[tuple[str, int], str] = {}
    if "pdf" in formats:
        from .marked import copies

        made = copies(audit)
        pictures |= made.pictures
        yield from made.files.items()
    if "html" in formats:
        from .page import NAME, render

        yield NAME, render(audit, language, pictures=pictures, tally=found.tally)
    if "xlsx" in formats:
        from .workbook import workbook

        yield "audit.xlsx", workbook(found, speaks)
    if "sarif" in formats:
        yield "audit.sarif", sarif(audit, version, checks)
    for each in TABLES.values():
        rows = found.rows(each.name)
        if "csv" in formats:
            yield f"{each.name}.csv", in_parts(chain([_BOM] if csv_bom else [], table_lines(rows, each.names)))
        if "jsonl" in formats:
            yield f"{each.name}.jsonl", in_parts(ended(rows.lines()))
        if "parquet" in formats:
            from .parquet import parquet

            yield f"{each.name}.parquet", parquet(each, rows)
    if "jsonl" in formats:
        yield "mentions.jsonl", in_parts(ended(found.mentions.lines()))
        if audit.suppressed:
            extractions = ByName(audit)
            left = (suppressed_record(each, extractions) for each in audit.suppressed)
            yield "suppressed.jsonl", in_parts(map(json_line, left))
    if "sqlite" in formats:
        from .datapackage import datasette_metadata
        from .sqlite import database

        yield "heshu.sqlite", database(audit, found)
        yield "metadata.json", datasette_metadata()
    if "csv" in formats:
        from .datapackage import data_package

        yield "datapackage.json", data_package(found, formats)
    if "spacy" in formats:
        from .docbin import docbins

        yield from docbins(audit)
    if "jsonld" in formats:
        from .annotations import web_annotations

        yield "annotations.jsonld", in_parts(web_annotations(audit, len(found.mentions)))
