"""A file becomes a report: one reader a format, then the layout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ..model import Report
from .decode import Decoded, UnreadableReport, decode
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
"""How each format becomes text, by suffix. A file of another suffix that is named outright is tried as plain text."""

_ID_LENGTH = 16


def read(path: Path | str) -> Report:
    """Read one report; raises ``UnreadableReport`` where the file cannot be read."""
    path = Path(path)
    data = _bytes_of(path)
    decoded = READERS.get(path.suffix.lower(), decode)(data, str(path))
    return _report(decoded, data, path.name, str(path))


def read_text(text: str, name: str = "text") -> Report:
    """Lay out a text that is at hand, as if it had been read from a UTF-8 file."""
    return _report(Decoded(text, "utf-8"), text.encode("utf-8", "surrogatepass"), name, None)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(str(path), "missing") from error
    except IsADirectoryError as error:
        raise UnreadableReport(str(path), "not-a-file") from error
    except OSError as error:
        raise UnreadableReport(str(path), "no-access") from error


def _report(decoded: Decoded, data: bytes, name: str, path: str | None) -> Report:
    blocks = layout(decoded.text)
    identity = hashlib.sha256(data).hexdigest()[:_ID_LENGTH]
    return Report(identity, name, title_of(blocks), decoded.text, blocks, path, decoded.encoding)
