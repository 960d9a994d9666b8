"""A file becomes a report: one reader a format, then the layout."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from ..model import Report
from .decode import Decoded, UnreadableReport, decode
from .kinds import kind_of
from .layout import layout
from .titles import title_of

Reader = Callable[[bytes, str], Decoded]

READERS: dict[str, Reader] = {
    ".txt": decode,
    ".text": decode,
    ".md": decode,
    ".csv": decode,
    ".tsv": decode,
}
"""How each format becomes text, by suffix. What no reader is made for is told by ``kinds.KINDS``; a file that is of none
of these kinds either is tried as plain text when it is named outright."""

_ID_LENGTH = 16


def read(path: Path | str) -> Report:
    """Read one report; raises ``UnreadableReport`` where the file cannot be read."""
    path = Path(path)
    return read_bytes(_bytes_of(path), printable(path.name), printable(str(path)), path.suffix)


def read_bytes(data: bytes, name: str, path: str | None = None, suffix: str = "") -> Report:
    """Read a report whose bytes are at hand, as from standard input; raises ``UnreadableReport`` as ``read`` does."""
    reader = READERS.get(suffix.lower())
    if reader is None:
        kind = kind_of(data, suffix) if data.strip() else None
        if kind is not None:
            raise UnreadableReport(path or name, kind.code)
        reader = decode
    return _report(reader(data, path or name), data, name, path)


def read_text(text: str, name: str = "text") -> Report:
    """Lay out a text that is at hand, as if it had been read from a UTF-8 file."""
    return _report(Decoded(text, "utf-8"), text.encode("utf-8", "surrogatepass"), name, None)


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


def _bytes_of(path: Path) -> bytes:
    name = printable(str(path))
    try:
        code = irregular(os.stat(path).st_mode)  # noqa: PTH116 - one call for a path of any kind
        if code is not None:
            raise UnreadableReport(name, code)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(name, "missing") from error
    except ValueError as error:  # a zero byte in the path
        raise UnreadableReport(name, "missing") from error
    except OSError as error:
        raise UnreadableReport(name, "no-access") from error


def _report(decoded: Decoded, data: bytes, name: str, path: str | None) -> Report:
    blocks = layout(decoded.text)
    identity = hashlib.sha256(data).hexdigest()[:_ID_LENGTH]
    return Report(identity, name, title_of(blocks), decoded.text, blocks, path, decoded.encoding)
