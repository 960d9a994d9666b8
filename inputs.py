"""What is handed in to be read: files, folders of them, texts at hand; each with the name that it goes by."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .model import Given, Problem, Report

if TYPE_CHECKING:
    from .rules.registry import RuleSet


@dataclass(frozen=True, slots=True)
class Handed:
    """A report whose bytes are at hand, as from standard input."""

    data: bytes
    name: str
    path: str | None = None
    """Where they come from, if they come from a file."""


Source = str | os.PathLike[str] | Report | Handed
Times = Mapping[str, Given]
"""Of what time reports speak, by their names; ``EVERY`` for all that are not named."""
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Task:
    """One input: where it is (or the report itself), and the name that it goes by."""

    source: Path | Report | Handed
    name: str
    relate: bool
    rules: RuleSet | None = None
    """The rules to go by; None: ours alone."""
    given: Given | None = None
    """Of what time it speaks, where somebody said so."""


def files(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """The report files under files and folders, each with a name of its own, and what could not be read there."""
    from .corpus.collect import collect, names

    found, problems = collect(map(Path, paths))
    return list(zip(found, names(found), strict=True)), problems


def handed(path: Path, name: str) -> Handed | Problem:
    """A file with its bytes, or what is wrong with it."""
    from .corpus.collect import problem
    from .corpus.decode import UnreadableReport
    from .corpus.read import bytes_of, printable

    try:
        return Handed(bytes_of(path), printable(name), printable(str(path)))
    except UnreadableReport as error:
        return problem(error)


def tasks_of(
    sources: Iterable[Source], relate: bool, rules: RuleSet | None, given: Times | None = None
) -> tuple[list[Task], list[Problem]]:
    """What there is to do, in an order of its own, and what is wrong with the sources themselves."""
    at_hand: list[Report | Handed] = []
    paths: list[Path] = []
    for source in sources:
        if isinstance(source, Report | Handed):
            at_hand.append(source)
        else:
            paths.append(Path(source))
    named: list[tuple[Path | Report | Handed, str]] = [(one, one.name) for one in at_hand]
    found, problems = files(paths)
    named += found
    taken: set[str] = set()
    tasks = [Task(source, _untaken(name, taken), relate, rules) for source, name in named]
    if given is not None:
        tasks = [replace(task, given=given.get(task.name) or given.get(EVERY)) for task in tasks]
    return tasks, problems


def _untaken(name: str, taken: set[str]) -> str:
    """The name, with a number where another report goes by it: texts at hand, names whose bytes are no text."""
    number = 1
    own = name
    while own in taken:
        number += 1
        own = f"{name} ({number})"
    taken.add(own)
    return own


def path_of(source: Path | Report | Handed) -> str:
    """Where a source is, or its name, in characters that can be written out."""
    from .corpus.read import printable

    if isinstance(source, Path):
        return printable(str(source))
    return source.path or source.name
