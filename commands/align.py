"""``heshu align``: two reports side by side."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .options import Lang, LangOption, Rules, finish, problems_of, process, write
from .times import times_of_run


class Sheet(StrEnum):
    """How two reports are told."""

    text = "text"
    jsonl = "jsonl"
    html = "html"


def align(
    earlier: Annotated[Path, typer.Argument(metavar="EARLIER", help="The earlier report.")],
    later: Annotated[Path, typer.Argument(metavar="LATER", help="The later report.")],
    format: Annotated[
        Sheet, typer.Option("--format", help="For people, as a page in full, or as records.")
    ] = Sheet.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """Two reports side by side: what is new, what is gone, which figures changed.

    \b
    Example:
      heshu align 108-achievements.txt 109-plan.txt
      heshu align 108.txt 109.txt --format html -o changes.html
    """
    from .. import pipeline
    from ..output.beside import beside
    from ..output.datasets import jsonl
    from ..output.page import render_beside
    from ..output.side_by_side import drawn, records

    own = times_of_run(None, None, lang)
    outcomes = [*process([earlier], 1, lang, rules, own), *process([later], 1, lang, rules, own)]
    read = [outcome.extraction for outcome in outcomes if outcome.extraction is not None]
    if len(read) == 2:
        first, second = read
        found = pipeline.align(first, second)
        if format is Sheet.html:
            told = render_beside(beside(first.report, second.report, found), lang.value)
        elif format is Sheet.jsonl:
            told = jsonl(records(found, first.report, second.report))
        else:
            told = drawn(found, first.report, second.report, lang.value)
        write(told, output)
    finish(problems_of(outcomes))
