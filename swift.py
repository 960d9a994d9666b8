"""Frozen dataclasses that are made as fast as those that are not. On the ground floor, without any import of ours.

A frozen dataclass sets each of its attributes past its own lock, by name, which costs five times what a plain one does;
a report makes ten thousands of them. Here an object is of an open class of the same layout while it is filled in, and
of its own, locked one from then on.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["replaced", "swift"]
_T = TypeVar("_T")

if TYPE_CHECKING:
    from dataclasses import replace as replaced
else:

    def replaced(made, /, **changes):
        """As ``dataclasses.replace``, for what ``swift`` decorates."""
        return _replacers[type(made)](made, changes)


_replacers: dict[type, Any] = {}


def swift(made: type[_T]) -> type[_T]:
    """Decorates a dataclass with ``frozen=True, slots=True`` that nothing derives from."""
    known: dict[str, Any] = {
        "_made": made,
        "_open": type(made.__name__, (), {"__slots__": made.__slots__}),  # type: ignore[attr-defined]
        "_turn": object.__dict__["__class__"].__set__,
        "_missing": MISSING,
        "_new": object.__new__,
    }
    taken, filled = [], []
    for each in fields(made):  # type: ignore[arg-type]
        name, default = each.name, f"default_{each.name}"
        if each.default_factory is not MISSING:
            known[default] = each.default_factory
            filled.append(f"self.{name} = {default}() if {name} is _missing else {name}")
            taken.append(f"{name}=_missing")
        else:
            known[default] = each.default
            filled.append(f"self.{name} = {name}")
            taken.append(name if each.default is MISSING else f"{name}={default}")
    body = "\n    ".join(["_turn(self, _open)", *filled, "self.__class__ = _made"])
    copied = "; ".join(f"made.{each.name} = old.{each.name}" for each in fields(made))  # type: ignore[arg-type]
    exec(
        f"def replaced(old, changes):\n    made = _new(_open); {copied}\n"
        "    for name in changes: setattr(made, name, changes[name])\n"
        "    made.__class__ = _made\n    return made",
        known,
    )
    _replacers[made] = known["replaced"]
    exec(f"def __init__(self, {', '.join(taken)}):\n    {body}", known)
    init = known["__init__"]
    init.__qualname__, init.__module__ = f"{made.__qualname__}.__init__", made.__module__
    init.__annotations__ = made.__init__.__annotations__
    made.__init__ = init  # type: ignore[method-assign]
    return made
