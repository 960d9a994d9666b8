"""Tables as Parquet, typed: numbers as decimals, days as dates, texts of few values as dictionaries."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from .columns import Column, Table
from .records import Record

if TYPE_CHECKING:
    import pyarrow as pa
    from _typeshed import ReadableBuffer as Buffer

GROUP = 131_072
"""Rows of a group, which is in memory as a whole while it is written."""
_BATCH = 8_192
_PRECISION = 38
"""The most digits that a 128-bit decimal holds."""
_MENTION = ("report", "type", "start", "end", "text", "value", "unit", "edtf")
_PASSAGE = ("report", "line", "page", "start", "end", "text")
_INTEGERS = {"start", "end", "line", "page"}


class _Sink(io.RawIOBase):
    """What is written goes on to whoever asks for it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Take some bytes."""
        self._held.append(bytes(data))
        self._size += len(self._held[-1])
        return len(self._held[-1])

    def tell(self) -> int:
        """How much was written."""
        return self._size

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = self._held, []
        return b"".join(held)


def parquet(table: Table, rows: Sequence[Record], most: int = GROUP) -> Iterator[bytes]:
    """The rows of a table as the bytes of one Parquet file, in groups of at most so many rows.

    Beside each exact number stands a column ``…_text`` with the number as written out: a fraction has nothing else.
    """
    import pyarrow.parquet as pq

    scales = _scales(table, rows)
    sink = _Sink()
    left = iter(rows)
    group = _group(table, islice(left, most), scales)
    with pq.ParquetWriter(sink, group.schema, compression="zstd") as writer:
        while True:
            writer.write_table(group)
            yield sink.taken()
            group = _group(table, islice(left, most), scales)
            if not group.num_rows:
                break
    yield sink.taken()


def _group(table: Table, rows: Iterator[Record], scales: Mapping[str, int]) -> pa.Table:
    """Some rows in columns, made a few at a time: columns take a tenth of the room."""
    import pyarrow as pa

    parts = []
    while batch := list(islice(rows, _BATCH)):
        parts.append(_columns(table, batch, scales))
    whole = pa.concat_tables(parts or [_columns(table, [], scales)]).combine_chunks()
    for at, column in enumerate(whole.column_names):
        if column in _categories(table):
            whole = whole.set_column(at, column, whole.column(at).combine_chunks().dictionary_encode())
    return whole


def _categories(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if column.type == "category")


def _columns(table: Table, rows: Sequence[Record], scales: Mapping[str, int]) -> pa.Table:
    import pyarrow as pa

    arrays: dict[str, pa.Array] = {}
    for column in table.columns:
        values = [row.get(column.name) for row in rows]
        arrays[column.name] = _array(column, values, scales)
        if column.type == "exact":
            arrays[f"{column.name}_text"] = pa.array(values, pa.string())
    return pa.table(arrays)


def _array(column: Column, values: Sequence[object], scales: Mapping[str, int]) -> pa.Array:
    import pyarrow as pa

    match column.type:
        case "integer":
            return pa.array(values, pa.int64())
        case "boolean":
            return pa.array(values, pa.bool_())
        case "date":
            return pa.array([date.fromisoformat(str(each)) if each else None for each in values], pa.date32())
        case "decimal" | "exact":
            return _decimals(values, scales[column.name])
        case "texts":
            return pa.array(values, pa.list_(pa.string()))
        case "mention":
            return pa.array([_only(each, _MENTION) for each in values], _struct(_MENTION))
        case "mentions":
            return pa.array([_each(listed, _MENTION) for listed in values], pa.list_(_struct(_MENTION)))
        case "passages":
            return pa.array([_each(listed, _PASSAGE) for listed in values], pa.list_(_struct(_PASSAGE)))
        case "text" | "category":
            return pa.array(values, pa.string())


def _scales(table: Table, rows: Iterable[Record]) -> dict[str, int]:
    """Of each column of numbers, the places that the longest needs."""
    most = {column.name: 0 for column in table.columns if column.type in ("decimal", "exact")}
    for row in rows if most else ():
        for name, known in most.items():
            value = row.get(name)
            if value is not None and "/" not in str(value):
                most[name] = max(known, _places(Decimal(str(value))))
    return {name: min(places, _PRECISION - 1) for name, places in most.items()}


def _decimals(values: Iterable[object], scale: int) -> pa.Array:
    """Decimals with so many places; a fraction, or what does not fit, is empty."""
    import pyarrow as pa

    numbers = [Decimal(str(each)) if each is not None and "/" not in str(each) else None for each in values]
    fitting = [each if each is not None and _fits(each, scale) else None for each in numbers]
    return pa.array(fitting, pa.decimal128(_PRECISION, scale))


def _places(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _fits(number: Decimal, scale: int) -> bool:
    return _places(number) <= scale and (number == 0 or number.adjusted() + 1 + scale <= _PRECISION)


def _struct(fields: Iterable[str]) -> pa.DataType:
    import pyarrow as pa

    return pa.struct([(name, pa.int64() if name in _INTEGERS else pa.string()) for name in fields])


def _only(record: object, fields: Iterable[str]) -> Record | None:
    return {name: record.get(name) for name in fields} if isinstance(record, dict) else None


def _each(records: object, fields: Sequence[str]) -> list[Record | None]:
    return [_only(record, fields) for record in records] if isinstance(records, list) else []
