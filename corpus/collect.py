"""Paths become files: folders are searched, what cannot be a report is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Problem
from .decode import UnreadableReport
from .read import READERS


def collect(paths: Iterable[Path | str]) -> tuple[list[Path], list[Problem]]:
    """The report files under the given files and folders, each once, and the paths that gave none."""
    files: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not path.exists():
            problems.append(problem(UnreadableReport(str(path), "missing")))
        elif path.is_dir():
            found = list(_reports_in(path))
            if not found:
                problems.append(problem(UnreadableReport(str(path), "no-reports")))
            files.update(dict.fromkeys(found))
        else:
            files[path] = None
    return list(files), problems


def problem(error: UnreadableReport) -> Problem:
    """The entry in the result for an input that could not be read."""
    return Problem(error.path, error.code, error.message_zh, error.message_en)


def _reports_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or path.stem.upper().startswith("README"):
            continue
        if path.suffix.lower() in READERS and path.is_file():
            yield path
