"""What was read in a report as bytes, and back again, as it was: objects that were one stay one.

Pickled, for that is what keeps identity and is read fast, but with nothing that a foreign file could make use of: the nouns of
``model`` and exact numbers are all that is ever made of it. What the nouns were like is told beside it (``MODEL``), so that
nothing is read into other fields than it was written from.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from .. import model, period, pipeline, places

_OURS = {
    (module.__name__, name): value
    for module in (model, period, places)
    for name, value in vars(module).items()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
} | {(pipeline.__name__, "Outcome"): pipeline.Outcome}


def _shape() -> str:
    told = (f"{name}({', '.join(each.name for each in fields(kind))})" for (_, name), kind in sorted(_OURS.items()))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


MODEL = _shape()
"""What the nouns are like: the names of their fields."""


class DamagedError(ValueError):
    """Bytes that are no packed reading."""


class _Unpickler(pickle.Unpickler):
    """Makes the nouns and exact numbers, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _OURS:
            return _OURS[module, name]
        if (module, name) in (("decimal", "Decimal"), ("fractions", "Fraction"), ("datetime", "date")):
            return super().find_class(module, name)
        raise DamagedError(f"{module}.{name}")


def packed(value: object) -> tuple[str, bytes]:
    """The bytes of a value, with their SHA-256."""
    data = zlib.compress(pickle.dumps(value, 5), 6)
    return hashlib.sha256(data).hexdigest(), data


@lru_cache(maxsize=64)
def _made(sha256: str, data: bytes) -> Any:
    """Kept for a while: a page of findings asks for the same readings again and again, and they are frozen."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedError("sha256")
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except DamagedError:
        raise
    except Exception as error:
        raise DamagedError(str(error)) from error


def unpacked(data: bytes, sha256: str) -> Any:
    """The value again; raises ``DamagedError``."""
    return _made(sha256, data)
