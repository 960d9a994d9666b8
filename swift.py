"""Frozen dataclasses that are made as fast as those that are not. On the ground floor, without any import of ours.

A frozen dataclass sets each of its attributes past its own lock, by name, which costs five times what a plain one does;
a report makes ten thousands of them. Here an object is of an open class of the same layout while it is filled in, and
of its own, locked one from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["replaced", "swift"]
_T = TypeVar("_T")
_copiers: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}

if TYPE_CHECKING:
    from dataclasses import replace as replaced
else:

    def replaced(old, /, **changes):
        """As ``dataclasses.replace``, for what ``swift`` decorates."""
        return _copiers[type(old)](old, changes)


def swift(made: type[_T]) -> type[_T]:
    """Decorates a dataclass with ``frozen=True, slots=True`` that nothing derives from."""
    plain = made.__init__

    def first(self: _T, *values: Any, **named: Any) -> None:
        # Written when the first object is made: most runs need some of these classes alone.
        made.__init__, _copiers[made] = _written(made)  # type: ignore[method-assign]
        made.__init__(self, *values, **named)

    first.__wrapped__ = plain  # type: ignore[attr-defined]
    made.__init__ = first  # type: ignore[method-assign, assignment]
    return made


def _written(made: type[Any]) -> tuple[Callable[..., None], Callable[[Any, dict[str, Any]], Any]]:
    """What fills in an object of a class, and what copies one with changes."""
    known: dict[str, Any] = {
        "_made": made,
        "_open": type(made.__name__, (), {"__slots__": made.__slots__}),
        "_turn": object.__dict__["__class__"].__set__,
        "_new": object.__new__,
        "_missing": MISSING,
    }
    taken, filled, copied = [], [], []
    for each in fields(made):
        name, default = each.name, f"default_{each.name}"
        copied.append(f"new.{name} = old.{name}")
        if each.default_factory is not MISSING:
            known[default] = each.default_factory
            filled.append(f"self.{name} = {default}() if {name} is _missing else {name}")
            taken.append(f"{name}=_missing")
        else:
            known[default] = each.default
            filled.append(f"self.{name} = {name}")
            taken.append(name if each.default is MISSING else f"{name}={default}")
    lines = [
        f"def init(self, {', '.join(taken)}):",
        *("_turn(self, _open)", *filled, "self.__class__ = _made"),
        "def copy(old, changes):",
        *("new = _new(_open)", *copied, "for name in changes: setattr(new, name, changes[name])"),
        *("new.__class__ = _made", "return new"),
    ]
    exec("\n".join(line if line.startswith("def ") else f"    {line}" for line in lines), known)
    known["init"].__qualname__ = f"{made.__qualname__}.__init__"
    return known["init"], known["copy"]
