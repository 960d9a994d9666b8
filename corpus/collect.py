"""Paths become files: folders are searched, and what in them cannot be read is named.

Left alone without a word: hidden files and folders, what editors and systems leave behind, READMEs, and what an earlier
run has written.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..model import WRITTEN, Problem
from .decode import UnreadableReport
from .read import SUFFIXES, irregular, printable, reader_of

_OWN_HEADS = (
    b"fact_id,report_id,",
    b"report_id,report,title,",
    b"relation_id,report,",
    b"finding_id,report,",
    b"indicator,category,agency,",
    b"report,type,start,end,text",
    b"report,kind,holds,",
)
"""How the tables begin that are written here."""
_LEFTOVERS = frozenset(("thumbs.db", "desktop.ini", "__pycache__", "__macosx"))
_LEFTOVER_STARTS = (".", "~$", "~lock.")
_LEFTOVER_ENDS = ("~", ".tmp", ".temp", ".bak", ".swp", ".crdownload", ".part", ".py", ".pyc",
                  ".heshu", ".heshu-wal", ".heshu-shm")  # fmt: skip
_LOOK = 1 << 16
"""So many bytes at either end of a file tell its kind."""
_NOT_FOUND = (errno.ENOENT, errno.ENOTDIR)


def collect(paths: Iterable[Path | str]) -> tuple[list[Path], list[Problem]]:
    """The report files under the given files and folders, in order, and what could not be read there.

    The same file by two ways is one file.
    """
    files: dict[str, Path] = {}
    errors: dict[str, UnreadableReport] = {}
    for path in map(Path, paths):
        for found in _found(path):
            if isinstance(found, UnreadableReport):
                errors[found.path] = found
            else:
                real = os.path.realpath(found)
                files[real] = min(found, files.get(real, found))
    return sorted(files.values()), [problem(errors[name]) for name in sorted(errors)]


def problem(error: UnreadableReport) -> Problem:
    """The entry in the result for an input that could not be read."""
    return Problem(printable(error.path), error.code, error.message_zh, error.message_en)


def names(paths: Sequence[Path]) -> list[str]:
    """A name for each file: its own, with as many of its folders as it takes to tell it from the others."""
    parts = [tuple(printable(part) for part in path.absolute().parts) for path in paths]
    depth = [1] * len(paths)
    while True:
        found = ["/".join(own[-length:]) for own, length in zip(parts, depth, strict=True)]
        shared = {name for name, times in Counter(found).items() if times > 1}
        longer = [
            length + (name in shared and length < len(own))
            for own, length, name in zip(parts, depth, found, strict=True)
        ]
        if longer == depth:
            return found
        depth = longer


Found = Path | UnreadableReport


def _found(path: Path) -> Iterator[Found]:
    """What a path that was named leads to."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - one call for a path of any kind
    except (OSError, ValueError) as error:
        yield UnreadableReport(str(path), _code(path, error))
        return
    code = irregular(mode)
    if code != "not-a-file":
        yield path if code is None else UnreadableReport(str(path), code)
        return
    found = list(_in_folder(path))
    yield from found
    if all(isinstance(one, UnreadableReport) and one.path != str(path) for one in found):
        yield UnreadableReport(str(path), "no-reports")


def _code(path: Path, error: Exception) -> str:
    """Why a path cannot even be looked at."""
    reason = error.errno if isinstance(error, OSError) else errno.ENOENT
    if reason == errno.ELOOP:
        return "link-loop"
    if reason in _NOT_FOUND:
        return "broken-link" if isinstance(error, OSError) and path.is_symlink() else "missing"
    return "no-access"


def _in_folder(top: Path) -> Iterator[Found]:
    """Reports below a folder, and what cannot be read there. A folder that two links lead to is searched once."""
    waiting = [top]
    seen: set[str] = set()
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            yield UnreadableReport(str(folder), "folder-no-access")
            continue
        own = written(folder)
        for path in inside:
            if path.name in own or _is_left_alone(path):
                continue
            try:
                code = irregular(os.stat(path).st_mode)  # noqa: PTH116
            except OSError as error:
                code = _code(path, error)
            if code == "not-a-file":
                waiting.append(path)
            else:
                yield from _one(path, code)


def _is_left_alone(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith(_LEFTOVER_STARTS) or name.endswith(_LEFTOVER_ENDS) or name in _LEFTOVERS


def _one(path: Path, code: str | None) -> Iterator[Found]:
    """A report, or why it is none; nothing for a README, or a table that was written here."""
    if path.stem.upper().startswith("README"):
        return
    if code is not None:
        yield UnreadableReport(str(path), code)
        return
    try:
        data = _ends(path)
    except OSError:
        yield UnreadableReport(str(path), "no-access")
        return
    suffix = path.suffix.lower()
    if suffix in SUFFIXES and data.strip():
        if suffix != ".csv" or not data.removeprefix(b"\xef\xbb\xbf").startswith(_OWN_HEADS):
            yield path
        return
    reader, code = reader_of(data, suffix) if data.strip() else ("", "empty")
    if reader:
        yield path
    else:
        yield UnreadableReport(str(path), code or ("binary" if b"\0" in data else "unknown-type"))


def _ends(path: Path) -> bytes:
    """The beginning and the end of a file, where its kind is told."""
    with path.open("rb") as file:
        data = file.read(_LOOK)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(len(data), size - _LOOK))
        return data + file.read()


def written(folder: Path) -> frozenset[str]:
    """The files and folders that an earlier run has written into a folder."""
    try:
        listed = (folder / WRITTEN).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line.partition("  ")[2].split("/")[0] for line in listed)
