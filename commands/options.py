"""What the commands share: their options, the rules of a run, and how they write, complain and end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ..notation import Both

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

    from .. import pipeline
    from ..model import Problem
    from ..rules.registry import RuleSet

BASELINE = Path("heshu-baseline.toml")
"""Where accepted findings stand, if nobody names another file."""
_LONGEST = 40
"""Characters of a report's name beside the bar."""


class Lang(StrEnum):
    """Language of the messages."""

    zh_tw = "zh-TW"
    en = "en"


class Format(StrEnum):
    """How records are written."""

    jsonl = "jsonl"
    csv = "csv"


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH", help="Reports, or folders of reports; - is standard input.", show_default=False, readable=False
    ),  # what cannot be opened is told with the rest, and stops nothing
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR|FILE", help="Write to a file, or into a folder.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the records are written.")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes; 0: one for each processor.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the messages.")]
Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="Folder with rules of your own (*.toml).", show_default=False),
]
Each = Annotated[bool, typer.Option("--each", help="Check every report by itself, nothing across reports.")]

_STDIN = Path("-")
_TOLD = 3
"""So many files of one kind are named on standard error; the page and the reports table name all."""
_PROJECT = Path("pyproject.toml")
_MANY = {Lang.zh_tw: "{} 等 {} 個檔案", Lang.en: "{} … ({} files)"}
_MISTAKE = {Lang.zh_tw: "規則檔有誤", Lang.en: "rule file"}


def rules_of_run(folder: Path | None, lang: Lang) -> RuleSet | None:
    """The rules that a command goes by: ``--rules``, else ``[tool.heshu] rules`` of pyproject.toml, else ours alone.

    A mistake is told on standard error, in one line, and ends the command with status 2.
    """
    if folder is None and not (_PROJECT.is_file() and "tool.heshu" in _PROJECT.read_text("utf-8", errors="replace")):
        return None  # nothing is loaded for a run by our rules alone
    from ..pipeline import load_rules
    from ..rules.loader import RuleError
    from ..rules.userules import configured_folder

    try:
        return load_rules(folder or configured_folder(_PROJECT))
    except RuleError as error:
        refuse(f"{_MISTAKE[lang]}: {error}")


def sources(paths: list[Path]) -> list[pipeline.Source]:
    """What the paths name: files and folders as they are, - for what comes by standard input."""
    named: list[pipeline.Source] = [path for path in paths if path != _STDIN]
    if _STDIN in paths:
        from ..pipeline import Handed

        named.append(Handed(sys.stdin.buffer.read(), "stdin"))
    return named


def process(
    paths: list[Path], jobs: int, lang: Lang, rules: Path | None, given: pipeline.Times | None = None
) -> tuple[pipeline.Outcome, ...]:
    """Read and extract the reports, check nothing, and tell of what could not be read."""
    from ..pipeline import process as process_all

    own = rules_of_run(rules, lang)
    with progress(lang) as bar:
        outcomes = process_all(sources(paths), jobs=jobs, relate=False, progress=bar, rules=own, given=given)
    complain(problems_of(outcomes), lang)
    return outcomes


def problems_of(outcomes: Iterable[pipeline.Outcome]) -> tuple[Problem, ...]:
    """The problems of all inputs."""
    return tuple(problem for outcome in outcomes for problem in outcome.problems)


def complain(problems: Iterable[Problem], lang: Lang) -> None:
    """One line for each problem, on standard error; many files with one problem share a line."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.code, problem.message_en), []).append(problem)
    for group in alike.values():
        for line in _told(group, lang):
            typer.echo(f"heshu: {line}", err=True)


def _told(alike: list[Problem], lang: Lang) -> Iterator[str]:
    from ..output.terminal import problem_text

    if len(alike) <= _TOLD:
        yield from (problem_text(problem, lang.value).plain for problem in alike)
        return
    last = alike[_TOLD - 1]
    shown = [*(problem.path for problem in alike[: _TOLD - 1]), _MANY[lang].format(last.path, len(alike))]
    joined = ("、" if lang is Lang.zh_tw else ", ").join(shown)
    yield problem_text(replace(last, path=joined), lang.value).plain


def finish(problems: Iterable[Problem], *, failed: bool = False) -> None:
    """End with status 2 where an input could not be done, else with 1 if the command ``failed``."""
    from ..problems import WARNINGS

    if any(problem.code not in WARNINGS for problem in problems):
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


def refuse(message: str) -> NoReturn:
    """End with status 2 and one line on standard error."""
    typer.echo(f"heshu: {message}", err=True)
    raise typer.Exit(2)


def write(content: str, output: Path | None) -> None:
    """To standard output, or to a file, in the very same bytes."""
    data = content.encode("utf-8")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from ..output.whole import write_file

    with writing(output):
        write_file(output, data)


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """A disk that is full or a folder that is closed is said in one line."""
    try:
        yield
    except OSError as error:
        hint = f"{_HELD.zh} / {_HELD.en}" if isinstance(error, PermissionError) else error.strerror
        typer.echo(f"heshu: {error.filename or target}: {hint}", err=True)
        raise typer.Exit(2) from error


_HELD = Both(
    "沒有寫入的權限，或檔案在其他程式（如 Excel）中開啟，請關閉後再試",
    "no permission to write, or the file is open in another program (Excel): close it and try again",
)


class Bar:
    """A bar of the reports that are done, with the name of the one that is being read."""

    def __init__(self, drawn: RichProgress, told: str) -> None:
        self._drawn, self._told = drawn, told
        self._task = drawn.add_task(told, total=None)

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._drawn.update(self._task, completed=done, total=total, description=self._told, refresh=True)

    def reading(self, name: str) -> None:
        """This one is begun."""
        from ..output.passages import printable

        shown = name if len(name) <= _LONGEST else f"…{name[-_LONGEST:]}"
        self._drawn.update(self._task, description=f"{self._told} {printable(shown)}", refresh=True)


@contextmanager
def progress(lang: Lang) -> Iterator[Bar | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # Drawn only when a report is begun or done: a thread that draws must not be running when processes are forked.
    drawn = Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False),
                     console=Console(stderr=True), transient=True, auto_refresh=False)  # fmt: skip
    with drawn:
        yield Bar(drawn, "核對中" if lang is Lang.zh_tw else "Reading")
