"""What was read in a report as the store keeps it: packed nouns, compressed, with their SHA-256.

What the nouns were like is told beside it (``MODEL``), so that nothing is read into other fields than it was written from.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from .. import model, packing, period, pipeline, places
from ..packing import DamagedError

_NOUNS = (*(vars(module) for module in (model, period, places)), {"Outcome": pipeline.Outcome})


def _shape() -> str:
    kinds = {name: value for known in _NOUNS for name, value in known.items() if isinstance(value, type)}
    told = (
        f"{name}({', '.join(each.name for each in fields(kind))})"
        for name, kind in sorted(kinds.items())
        if is_dataclass(kind)
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


MODEL = _shape()
"""What the nouns are like: the names of their fields."""


def packed(value: object) -> tuple[str, bytes]:
    """The bytes of a value, with their SHA-256."""
    data = zlib.compress(packing.packed(value), 6)
    return hashlib.sha256(data).hexdigest(), data


@lru_cache(maxsize=64)
def unpacked(data: bytes, sha256: str) -> Any:
    """The value again; raises ``DamagedError``. Kept for a while, for pages ask for the same readings again and again."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedError("sha256")
    try:
        return packing.unpacked(zlib.decompress(data))
    except zlib.error as error:
        raise DamagedError(str(error)) from error
