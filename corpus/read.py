"""A file becomes a report: its content tells its reader; plain text goes to the layout, all else is put together."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from ..model import Block, Report
from .assemble import assemble
from .comments import set_apart
from .decode import UnreadableReport, decode, is_text
from .gaps import gap
from .kinds import KINDS, kind_of, told
from .layout import layout
from .parsed import UnreadableFile
from .readers import foreign_reader
from .readers.delimited import sheet_of
from .titles import title_of
from .worker import parse

_SHEETS = frozenset((".csv", ".tsv"))
_TEXTS = frozenset((".txt", ".text", ".md", ".csv", ".tsv"))
"""Suffixes of plain text. A file of another suffix that no reader is made for is tried as plain text when it is named
outright."""
SUFFIXES = _TEXTS | {suffix for kind in KINDS if kind.reader for suffix in kind.suffixes}
"""What is looked for in a folder."""
MOST_BYTES = 1 << 29
"""No file is read that is larger."""

_ID_LENGTH = 16


def read(path: Path | str) -> Report:
    """Read one report; raises ``UnreadableReport`` where the file cannot be read."""
    path = Path(path)
    return read_bytes(bytes_of(path), printable(path.name), printable(str(path)), path.suffix)


def read_bytes(data: bytes, name: str, path: str | None = None, suffix: str = "") -> Report:
    """Read a report whose bytes are at hand, as from standard input; raises ``UnreadableReport`` as ``read`` does."""
    told_by = path or name
    reader, code = reader_of(data, suffix)
    if reader:
        return _parsed(reader, data, name, path)
    if code:
        raise UnreadableReport(told_by, code)
    decoded = decode(data, told_by)
    sheet = sheet_of(decoded.text, suffix.lower() in _SHEETS)
    if sheet is None:
        return _report(decoded.text, layout(decoded.text), decoded.encoding, data, name, path)
    assembled = assemble(sheet)
    return _report(assembled.text, assembled.blocks, decoded.encoding, data, name, path)


def reader_of(data: bytes, suffix: str) -> tuple[str, str]:
    """The reader that a file is for, and else the code of what it is that nothing reads; both empty for plain text."""
    if not data.strip():
        return "", ""
    foreign = foreign_reader(data)
    if foreign is not None:
        return foreign, ""
    kind = kind_of(data, suffix)
    if kind is None:
        return "", ""
    # What is called a workbook is a text in truth, every so often.
    if kind.reader and not told(data) and kind.code not in ("html", "mail") and is_text(data):
        return "", ""
    return kind.reader, "" if kind.reader else kind.code


def _parsed(reader: str, data: bytes, name: str, path: str | None) -> Report:
    told_by = path or name
    try:
        parsed = parse(reader, data)
    except UnreadableFile as error:
        raise UnreadableReport(told_by, error.code, error.detail) from error
    if not parsed.elements:
        raise UnreadableReport(told_by, parsed.remarks[0].code if parsed.remarks else "empty")
    assembled = assemble(parsed)
    made = _report(assembled.text, assembled.blocks, parsed.format, data, name, path)
    gaps = tuple(gap(told_by, remark) for remark in parsed.remarks)
    return replace(made, places=assembled.places, gaps=gaps)


def read_text(text: str, name: str = "text") -> Report:
    """Lay out a text that is at hand, as if it had been read from a UTF-8 file."""
    return _report(text, layout(text), "utf-8", text.encode("utf-8", "surrogatepass"), name, None)


def printable(part: str) -> str:
    """A file name whose bytes are no text, in characters that can be written out."""
    return part.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def irregular(mode: int) -> str | None:
    """The code of what is no file, by the mode that the system gives; None for a file.

    Such a thing is never opened: a pipe that nobody writes to would be waited for without end.
    """
    told = (
        (stat.S_ISDIR, "not-a-file"),
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISREG, None),
    )
    return next((code for is_one, code in told if is_one(mode)), "device")


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises ``UnreadableReport``."""
    name = printable(str(path))
    try:
        told = os.stat(path)  # noqa: PTH116 - one call for a path of any kind
        code = irregular(told.st_mode)
        if code is not None:
            raise UnreadableReport(name, code)
        if told.st_size > MOST_BYTES:
            raise UnreadableReport(name, "too-large", f"{told.st_size >> 20} > {MOST_BYTES >> 20} MiB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(name, "missing") from error
    except ValueError as error:  # a zero byte in the path
        raise UnreadableReport(name, "missing") from error
    except OSError as error:
        raise UnreadableReport(name, "no-access") from error


def _report(text: str, blocks: tuple[Block, ...], encoding: str, data: bytes, name: str, path: str | None) -> Report:
    identity = hashlib.sha256(data).hexdigest()[:_ID_LENGTH]
    told = set_apart(blocks, text)
    return Report(identity, name, title_of(told), text, told, path, encoding)
