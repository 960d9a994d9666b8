"""``heshu series``: the indicators that run through several reports, drawn on the terminal or written out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Jobs, Lang, LangOption, Paths, Rules, finish, problems_of, process, write
from .times import times_of_run

if TYPE_CHECKING:
    from ..notation import Language
    from ..output.series import Series

_PIPED = 80
"""Columns where the output goes to no terminal."""


class Form(StrEnum):
    """How series are told."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"


def series(
    paths: Paths,
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="TEXT", help="Only indicators with this text in their name.")
    ] = "",
    format: Annotated[Form, typer.Option("--format", help="Drawn, or written as records.")] = Form.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    jobs: Jobs = 0,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """Indicators that run through several reports, with their values by period.

    \b
    Example:
      heshu series reports/
      heshu series reports/ --indicator 退休 --format csv -o series.csv
    """
    from .. import pipeline
    from ..output.series import running

    outcomes = process(paths, jobs, lang, rules, times_of_run(None, None, lang))
    read = [outcome.extraction for outcome in outcomes if outcome.extraction]
    found = running(read, indicator, pipeline.align_all(read))
    write(_told(found, format, lang.value, output is None), output)
    finish(problems_of(outcomes))


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
