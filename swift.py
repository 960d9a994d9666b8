"""Frozen dataclasses that are made as fast as those that are not, and whose classes cost little to define.

A frozen dataclass sets each of its attributes past its own lock, by name, which costs five times what a plain one does; a
report makes ten thousands of them. Here an object is of an open class of the same layout while it is filled in, and of
its own, locked one from then on. And what ``dataclasses`` writes and compiles for each class when it is defined, of which
a run needs some hundreds, is here one function for all, or written when the first object is made.

On the ground floor, without any import of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from dataclasses import dataclass as plain
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "replaced"]
_copiers: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}

if TYPE_CHECKING:
    from dataclasses import dataclass
    from dataclasses import replace as replaced
else:

    def dataclass(kind=None, /, **how):
        """As ``dataclasses.dataclass``; what is frozen, has slots and no base is made as this module does it."""
        swift = how.items() >= {"frozen": True, "slots": True}.items() and how.keys() <= {
            "frozen",
            "slots",
            "eq",
            "repr",
        }
        if kind is None:
            return lambda kind: _swift(kind, **how) if swift and kind.__bases__ == (object,) else plain(**how)(kind)
        return plain(kind)

    def replaced(old, /, **changes):
        """As ``dataclasses.replace``, for frozen dataclasses of this module."""
        return _copiers[type(old)](old, changes)


def _swift(kind: type[Any], *, frozen: bool, slots: bool, eq: bool = True, repr: bool = True) -> type[Any]:
    own = kind.__dict__.keys()
    made: type[Any] = plain(init=False, repr=False, eq=False, slots=slots)(kind)
    names = frozenset(each.name for each in fields(made))

    def first(self: Any, *values: Any, **named: Any) -> None:
        init, _copiers[made] = _written(made)
        made.__init__ = init
        init(self, *values, **named)

    def locked(self: Any, name: str, *value: Any) -> None:
        if type(self) is made or name in names:
            raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")
        (object.__setattr__ if value else object.__delattr__)(self, name, *value)

    methods: dict[str, Any] = {"__init__": first, "__setattr__": locked, "__delattr__": locked}
    methods |= {"__getstate__": _state, "__setstate__": _set_state}
    if repr:
        methods["__repr__"] = _shown
    if eq:
        compared = [each.name for each in fields(made) if each.compare]
        key = attrgetter(*compared) if compared else type

        def equal(self: Any, other: Any) -> Any:
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        methods |= {"__eq__": equal, "__hash__": lambda self: hash(key(self))}
    for name, method in methods.items():
        if name not in own or kind.__dict__[name] is None:
            setattr(made, name, method)
    made.__dataclass_params__.frozen = True
    return made


@recursive_repr()
def _shown(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _written(made: type[Any]) -> tuple[Callable[..., None], Callable[[Any, dict[str, Any]], Any]]:
    """What fills in an object of a class, and what copies one with changes."""
    known: dict[str, Any] = {
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
    after = ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
    lines = [
        f"def init(self, {', '.join(taken)}):",
        *("_kind = self.__class__", "_turn(self, _open)", *filled, "self.__class__ = _kind", *after),
        "def copy(old, changes):",
        *("new = _new(_open)", *copied, "for name in changes: setattr(new, name, changes[name])"),
        *("new.__class__ = old.__class__", "return new"),
    ]
    exec("\n".join(line if line.startswith("def ") else f"    {line}" for line in lines), known)
    known["init"].__qualname__ = f"{made.__qualname__}.__init__"
    return known["init"], known["copy"]
