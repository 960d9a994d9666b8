"""Records as JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from .records import Record

_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?)?")
# Spreadsheets take a cell that begins so for a formula; some the full-width forms as well.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
# Line ends to some readers of lines, though not to JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_line(record: Record) -> str:
    """One record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def ended(lines: Iterable[str]) -> Iterator[str]:
    """Lines with their ends."""
    return (line + "\n" for line in lines)


_PART = 1 << 20
"""Bytes, about, of the parts in which a large file is written."""


def in_parts(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as the bytes of a file, some of them at a time."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PART:
            yield "".join(held).encode("utf-8")
            held, size = [], 0
    yield "".join(held).encode("utf-8")


def jsonl(records: Iterable[Record]) -> str:
    """Records as JSON Lines."""
    return "".join(map(json_line, records))


def table(records: Iterable[Record], columns: Sequence[str]) -> str:
    """Records as CSV with a head; no cell is a formula to a spreadsheet."""
    return "".join(table_lines(records, columns))


def table_lines(records: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    """The same, row by row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # a cell with either of these is quoted
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


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
