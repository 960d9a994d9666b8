"""Which rules and which code read a report: whatever differs in them may read it differently."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent.parent
_ROOMS = ("corpus", "extract", "rules")
_FILES = ("model.py", "period.py", "places.py", "pipeline.py")
_LEFT = ("samples", "__pycache__")


@cache
def _ours() -> bytes:
    digest = hashlib.sha256()
    paths = [_HERE / name for name in _FILES]
    for room in _ROOMS:
        paths += (each for each in (_HERE / room).rglob("*") if each.is_file() and not set(each.parts) & set(_LEFT))
    for path in sorted(paths):
        digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def rulesprint(own: tuple[tuple[str, str], ...] = ()) -> str:
    """16 hexadecimal digits for our reading and the rule files of the user's (path and text)."""
    digest = hashlib.sha256(_ours())
    for _, text in own:
        digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
