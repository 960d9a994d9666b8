"""``heshu series``: the indicators that run through several reports, drawn on the terminal or written out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .rules import rules_of_run

if TYPE_CHECKING:
    from ..output.series import Language, Series

_PIPED = 80
"""Columns where the output goes to no terminal."""


class Form(StrEnum):
    """How series are told."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"


class Lang(StrEnum):
    """Language of the messages."""

    zh_tw = "zh-TW"
    en = "en"


def series(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Reports, or folders of reports.", show_default=False)
    ],
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="TEXT", help="Only indicators with this text in their name.")
    ] = "",
    format: Annotated[Form, typer.Option("--format", help="Drawn, or written as records.")] = Form.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes; 0: one for each processor.")] = 1,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the messages.")] = Lang.zh_tw,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="DIR", help="Folder with rules of your own.", show_default=False)
    ] = None,
) -> None:
    """各指標歷期數值。 Indicators that run through several reports, with their values by period.

    \b
    Example:
      heshu series reports/
      heshu series reports/ --indicator 退休 --format csv -o series.csv
    """
    from .. import pipeline
    from ..output.series import running
    from ..output.terminal import problem_text

    language: Language = lang.value
    outcomes = pipeline.process(paths, jobs=jobs, relate=False, rules=rules_of_run(rules, lang.value))
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    for problem in problems:
        typer.echo(f"heshu: {problem_text(problem, language).plain}", err=True)
    found = running((outcome.extraction for outcome in outcomes if outcome.extraction), indicator)
    _write(_told(found, format, language, output is None), output)
    if any(problem.code not in pipeline.WARNINGS for problem in problems):
        raise typer.Exit(2)


def _told(found: tuple[Series, ...], format: Form, language: Language, to_screen: bool) -> str:
    from ..output.columns import SERIES
    from ..output.datasets import jsonl, table

    if format is Form.text:
        return _drawn(found, language, to_screen)
    rows = [row for one in found for row in one.rows]
    return table(rows, SERIES.names) if format is Form.csv else jsonl(rows)


def _drawn(found: tuple[Series, ...], language: Language, to_screen: bool) -> str:
    from io import StringIO

    from rich.console import Console

    from ..output.series import draw

    screen = Console(highlight=False)
    colours = to_screen and screen.is_terminal
    sheet = StringIO()
    width = screen.width if colours else _PIPED
    draw(found, Console(file=sheet, width=width, highlight=False, force_terminal=colours), language)
    return sheet.getvalue()


def _write(content: str, output: Path | None) -> None:
    """To standard output, or to a file; a disk that is full or a folder that is closed is said in one line."""
    if output is None:
        sys.stdout.buffer.write(content.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        typer.echo(f"heshu: {output}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
