"""Paths become files: folders are searched, what cannot be a report is named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..model import Problem
from .decode import UnreadableReport
from .read import READERS

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


def collect(paths: Iterable[Path | str]) -> tuple[list[Path], list[Problem]]:
    """The report files under the given files and folders, in order, and what is wrong with the paths themselves.

    The same file by two ways is one file; what an earlier run has left in a folder is no report.
    """
    files: dict[str, Path] = {}
    problems: dict[str, Problem] = {}
    for path in map(Path, paths):
        try:
            found = list(_files(path))
        except UnreadableReport as error:
            problems[error.path] = problem(error)
        except OSError as error:  # a name that is too long, a folder that is closed
            problems[str(path)] = _closed(path, error)
        else:
            for file in found:
                real = os.path.realpath(file)
                files[real] = min(file, files.get(real, file))
    return sorted(files.values()), [problems[name] for name in sorted(problems)]


def problem(error: UnreadableReport) -> Problem:
    """The entry in the result for an input that could not be read."""
    return Problem(error.path, error.code, error.message_zh, error.message_en)


def names(paths: Sequence[Path]) -> list[str]:
    """A name for each file: its own, with as many of its folders as it takes to tell it from the others."""
    parts = [tuple(printable(part) for part in path.absolute().parts) for path in paths]
    depth = [1] * len(paths)
    while True:
        found = ["/".join(own[-length:]) for own, length in zip(parts, depth, strict=True)]
        shared = {name for name in found if found.count(name) > 1} if len(set(found)) < len(found) else set()
        longer = [
            length + (name in shared and length < len(own))
            for own, length, name in zip(parts, depth, found, strict=True)
        ]
        if longer == depth:
            return found
        depth = longer


def printable(part: str) -> str:
    """A file name whose bytes are no text, in characters that can be written out."""
    return part.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise UnreadableReport(str(path), "missing")
    if not path.is_dir():
        yield path
        return
    found = list(_reports_in(path))
    if not found:
        raise UnreadableReport(str(path), "no-reports")
    yield from (file for file in found if not _own_dataset(file))


def _reports_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or path.stem.upper().startswith("README"):
            continue
        if path.suffix.lower() in READERS and path.is_file():
            yield path


def _own_dataset(path: Path) -> bool:
    """What an earlier run has left in the folder is no report."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with path.open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").startswith(_OWN_HEADS)
    except OSError:
        return False


def _closed(path: Path, error: OSError) -> Problem:
    return Problem(
        printable(str(path)),
        "no-access",
        f"無法開啟（{error.strerror}），請檢查路徑與權限",
        f"cannot be opened ({error.strerror}); check the path and its permissions",
    )
