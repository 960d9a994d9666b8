"""Readers of file formats: one file each, with one function ``read(data: bytes) -> Parsed``.

Which reader a file is for is told by its content (``corpus.kinds``). Readers of others are found by the entry point group
``heshu.readers``: an object with ``recognises(data: bytes) -> bool`` and ``read(data: bytes) -> Parsed``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol

from ..parsed import Parsed

GROUP = "heshu.readers"


class Reader(Protocol):
    """What reads one format."""

    def read(self, data: bytes) -> Parsed:
        """All that the file holds; raises ``UnreadableFile`` where it cannot be read."""
        ...


class ForeignReader(Reader, Protocol):
    """A reader of somebody else's."""

    def recognises(self, data: bytes) -> bool:
        """Whether a file is of its format, by its content."""
        ...


def reader(name: str) -> Reader:
    """The reader of that name: one of ours, or an entry point."""
    if name.startswith(f"{GROUP}:"):
        found: Reader = foreign()[name]
        return found
    return import_module(f"{__name__}.{name}")


@cache
def foreign() -> dict[str, ForeignReader]:
    """The readers that others have installed, by name."""
    from importlib.metadata import entry_points

    return {f"{GROUP}:{point.name}": point.load() for point in entry_points(group=GROUP)}


def foreign_reader(data: bytes) -> str | None:
    """The name of the installed reader that recognises a file; None where none does."""
    return next((name for name, found in sorted(foreign().items()) if found.recognises(data)), None)
