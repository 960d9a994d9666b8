"""What a shard is: a batch of inputs, known by what they are, and the Parquet file that keeps what came of it.

A shard is done when its file stands under its name: it is written beside and moved there in one step, so that a file is
whole or not there. Whoever does a shard again writes the same bytes. The name is made of the inputs and of all else that
the outcome depends on; an input that has changed makes another shard.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import pyarrow.parquet as pq

T = TypeVar("T")

SIZE = 16
"""Inputs of a shard: few enough that little is lost with one, many enough that a file is no burden."""
_SUFFIX = ".parquet"
_OPEN = 64
"""Files that are kept open."""

Row = Mapping[str, bytes | str | int | None]


@dataclass(frozen=True, slots=True)
class Shard(Generic[T]):
    """A batch of inputs."""

    key: str
    inputs: tuple[T, ...]

    def pieces(self) -> Iterator[Shard[T]]:
        """Its inputs one by one, each a shard of its own."""
        for number, one in enumerate(self.inputs):
            yield Shard(f"{self.key}-{number}", (one,))


def shards(
    inputs: Sequence[T], identity: Callable[[T], str], context: str = "", size: int = SIZE
) -> Iterator[Shard[T]]:
    """The inputs in batches, in their order. ``identity``: what an input is; ``context``: what else counts."""
    for at in range(0, len(inputs), size):
        batch = tuple(inputs[at : at + size])
        told = "\0".join([context, *map(identity, batch)])
        yield Shard(hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24], batch)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder that holds the files of shards."""

    folder: Path

    def path(self, key: str) -> Path:
        """The file of a shard."""
        return self.folder / f"{key}{_SUFFIX}"

    def holds(self, key: str) -> bool:
        """The shard is done."""
        return self.path(key).is_file()

    def put(self, key: str, rows: Sequence[Row]) -> None:
        """Keep the rows of a shard, all with the same columns; each is a row group, to be read by itself."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.folder.mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist([dict(row) for row in rows])
        unfinished = self.folder / f".{key}.{os.getpid()}.tmp"
        pq.write_table(table, unfinished, compression="zstd", row_group_size=1, write_statistics=False)
        unfinished.replace(self.path(key))

    def get(self, key: str, row: int, column: str) -> bytes:
        """One cell."""
        found: bytes = _opened(self.path(key)).read_row_group(row, [column], use_threads=False).column(0)[0].as_py()
        return found

    def column(self, key: str, column: str) -> list[bytes]:
        """One column, row by row."""
        found: list[bytes] = _opened(self.path(key)).read([column], use_threads=False).column(0).to_pylist()
        return found


@lru_cache(maxsize=_OPEN)
def _opened(path: Path) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    # Without threads: processes that are forked from one that has them wait for locks that nobody holds.
    return pq.ParquetFile(path, pre_buffer=False)
