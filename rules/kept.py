"""What is made anew at no cost but time, kept in the user's cache folder: the dictionary, and compiled patterns.

A pattern of the regex module takes half a millisecond to compile, and the rules hold hundreds. It says itself, for
pickling, of what it can be made again at once; that is kept by the pattern's own text, so nothing that is kept can be out
of date. A folder that cannot be read or written to costs time and nothing else.
"""

from __future__ import annotations

import atexit
import copyreg
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import regex

_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def cache_folder() -> Path:
    """The folder for what can be made anew: ``HESHU_CACHE``, or the place of the platform."""
    chosen = os.environ.get("HESHU_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "heshu"


def load(name: str) -> object:
    """What was kept under a name by this version of Python; None where nothing was."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        return marshal.loads((cache_folder() / f"{name}-{_PYTHON}.marshal").read_bytes())
    return None


def keep(name: str, value: object) -> None:
    """Keep a value of plain types for the next run."""
    path = cache_folder() / f"{name}-{_PYTHON}.marshal"
    with suppress(OSError, ValueError):  # not to be written, or not of plain types
        data = marshal.dumps(cast(Any, value))
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent, suffix=".new")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(draft).replace(path)
        finally:  # a disk that is full, a file that another program holds
            Path(draft).unlink(missing_ok=True)


# --- patterns -----------------------------------------------------------------------------------------------------

_PATTERNS = f"patterns-{regex.__version__}"


@cache
def _kept() -> dict[object, tuple[object, ...]]:
    """What is known of patterns from earlier runs."""
    found = load(_PATTERNS)
    return found if isinstance(found, dict) else {}


_used: dict[object, regex.Pattern[str]] = {}


def compiled(raw: str, flags: int = 0) -> regex.Pattern[str]:
    """As ``regex.compile``; raises ``regex.error``."""
    key = (raw, int(flags))
    pattern = _used.get(key)
    if pattern is None:
        pattern = _again(key) or regex.compile(raw, flags, cache_pattern=False)
        if not _used:
            atexit.register(_keep_patterns)
        _used[key] = pattern
    return pattern


def _again(key: object) -> regex.Pattern[str] | None:
    made_of = _kept().get(key)
    if made_of is None:
        return None
    try:
        return _parts(regex.compile(""))[0](*made_of)
    except (TypeError, ValueError, RuntimeError):
        return None


def _parts(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], tuple[object, ...]]:
    """What makes a pattern again, as for pickling: a function and its arguments."""
    reduce = cast("Callable[[object], Any]", copyreg.dispatch_table[regex.Pattern])
    return cast("tuple[Callable[..., regex.Pattern[str]], tuple[object, ...]]", reduce(pattern))


def _keep_patterns() -> None:
    """At the end of a run that had to compile some: all that it used, and what earlier ones did."""
    if not _used.keys() <= _kept().keys():
        made_of = {key: _parts(pattern)[1] for key, pattern in _used.items()}
        keep(_PATTERNS, {**_kept(), **made_of} if len(_kept()) < _MOST else made_of)


_MOST = 4000
"""Patterns of users' rules that changed many times are not kept for ever."""
