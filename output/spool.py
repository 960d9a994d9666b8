"""The rows of tables on disk, in the order in which they go out, whatever the order in which they come in.

One private SQLite file, which sorts what does not fit into memory. A row is kept as the line of JSON that it is in JSON Lines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import overload

from .records import Record

Key = tuple[str, ...]
"""What the rows of a sorted table go by."""
_KEYS = 8


class Rows(Sequence[Record]):
    """Rows that are read anew whenever they are gone through, so that no table is ever in memory as a whole."""

    def __init__(self, size: int, lines: Callable[[], Iterator[str]]) -> None:
        self._size, self.lines = size, lines
        """Each row as a line of JSON, without its end."""

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Record]:
        return map(json.loads, self.lines())

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        places = range(self._size)[at]
        if isinstance(places, int):
            return next(islice(self, places, None))
        return list(islice(self, places.start, places.stop, places.step))


class Spool:
    """Rows of several tables. ``file``: where they are kept; None: a file of SQLite's own, that nobody sees."""

    def __init__(self, file: Path | None = None) -> None:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink(missing_ok=True)
        import sqlite3

        self._base = sqlite3.connect(file or "", isolation_level=None)
        # What is lost with the process is made anew.
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        keys = ", ".join(f"key{number}" for number in range(_KEYS))
        self._base.execute("CREATE TABLE placed (name, place, lines, PRIMARY KEY (name, place)) WITHOUT ROWID")
        self._base.execute(f"CREATE TABLE sorted ({keys}, line)")
        self._sizes: dict[str, int] = {}

    def put(self, name: str, place: int, lines: Sequence[str]) -> None:
        """Rows of a table that stand together; those of a lower place stand before them."""
        if lines:
            self._base.execute("INSERT INTO placed VALUES (?, ?, ?)", (name, place, "\n".join(lines)))
            self._sizes[name] = self._sizes.get(name, 0) + len(lines)

    def sort(self, rows: Iterable[tuple[Key, str]]) -> None:
        """Rows of the table that goes by its keys."""
        self._base.executemany(
            f"INSERT INTO sorted VALUES ({', '.join('?' * (_KEYS + 1))})", ((*key, line) for key, line in rows)
        )

    def rows(self, name: str) -> Rows:
        """What was put into a table."""

        def lines() -> Iterator[str]:
            for (told,) in self._base.execute("SELECT lines FROM placed WHERE name = ? ORDER BY place", (name,)):
                yield from told.split("\n")

        return Rows(self._sizes.get(name, 0), lines)

    def sorted(self) -> Rows:
        """What was to be sorted, by its keys."""
        order = ", ".join(f"key{number}" for number in range(_KEYS))

        def lines() -> Iterator[str]:
            for (line,) in self._base.execute(f"SELECT line FROM sorted ORDER BY {order}"):
                yield line

        (size,) = self._base.execute("SELECT count(*) FROM sorted").fetchone()
        return Rows(size, lines)
