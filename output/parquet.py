"""Tables as Parquet, typed: numbers as decimals, days as dates, texts of few values as dictionaries."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .columns import Column, Table
from .records import Record

if TYPE_CHECKING:
    import pyarrow as pa

_PRECISION = 38
"""The most digits that a 128-bit decimal holds."""
_MENTION = ("report", "type", "start", "end", "text", "value", "unit", "edtf")
_PASSAGE = ("report", "line", "page", "start", "end", "text")
_INTEGERS = {"start", "end", "line", "page"}


def parquet(table: Table, rows: Iterable[Record]) -> bytes:
    """The rows of a table as one Parquet file.

    Beside each exact number stands a column ``…_text`` with the number as written out: a fraction has nothing else.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    listed = list(rows)  # they may be made anew whenever they are gone through
    names, arrays = [], []
    for column in table.columns:
        values = [row.get(column.name) for row in listed]
        names.append(column.name)
        arrays.append(_array(column, values))
        if column.type == "exact":
            names.append(f"{column.name}_text")
            arrays.append(pa.array(values, pa.string()))
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=names), buffer, compression="zstd")
    return buffer.getvalue()


def _array(column: Column, values: Sequence[object]) -> pa.Array:
    import pyarrow as pa

    match column.type:
        case "category":
            return pa.array(values, pa.string()).dictionary_encode()
        case "integer":
            return pa.array(values, pa.int64())
        case "boolean":
            return pa.array(values, pa.bool_())
        case "date":
            return pa.array([date.fromisoformat(str(each)) if each else None for each in values], pa.date32())
        case "decimal" | "exact":
            return _decimals(values)
        case "texts":
            return pa.array(values, pa.list_(pa.string()))
        case "mention":
            return pa.array([_only(each, _MENTION) for each in values], _struct(_MENTION))
        case "mentions":
            return pa.array([_each(listed, _MENTION) for listed in values], pa.list_(_struct(_MENTION)))
        case "passages":
            return pa.array([_each(listed, _PASSAGE) for listed in values], pa.list_(_struct(_PASSAGE)))
        case "text":
            return pa.array(values, pa.string())


def _decimals(values: Iterable[object]) -> pa.Array:
    """Decimals with as many places as the longest needs; a fraction, or what does not fit, is empty."""
    import pyarrow as pa

    numbers = [Decimal(str(each)) if each is not None and "/" not in str(each) else None for each in values]
    known = [each for each in numbers if each is not None]
    scale = min(max((_places(each) for each in known), default=0), _PRECISION - 1)
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
