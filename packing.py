"""What was read in a report as bytes, and back again, as it was: objects that were one stay one.

Pickled, for that is what keeps identity and is read fast, but with nothing that a foreign file could make use of: frozen
nouns of ours and exact numbers are all that is ever made of it.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

_NOUNS = frozenset(f"{__package__}.{name}" for name in ("model", "period", "places", "pipeline", "sharded"))
_EXACT = frozenset({("decimal", "Decimal"), ("fractions", "Fraction"), ("datetime", "date")})


class DamagedError(ValueError):
    """Bytes that are no packed noun."""


class _Unpickler(pickle.Unpickler):
    """Makes the nouns and exact numbers, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _EXACT:
            return super().find_class(module, name)
        kind = getattr(import_module(module), name, None) if module in _NOUNS else None
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module:
            return kind
        raise DamagedError(f"{module}.{name}")


class _Pickler(pickle.Pickler):
    """Takes a noun for its class and its values: read several times as fast as what dataclasses do by themselves."""

    def reducer_override(self, value: object) -> Any:
        kind: Any = type(value)
        names = _fields(kind)
        return NotImplemented if names is None else (kind, tuple(getattr(value, name) for name in names))


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def packed(value: object) -> bytes:
    """The bytes of nouns, tuples of them, and numbers."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=5).dump(value)
    return buffer.getvalue()


def unpacked(data: bytes) -> Any:
    """What ``packed`` was given; raises ``DamagedError`` where that is no noun of ours."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except DamagedError:
        raise
    except Exception as error:  # damaged bytes fail in many ways
        raise DamagedError(type(error).__name__) from error
