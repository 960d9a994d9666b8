"""The command line: thin, over the pipeline and the output. Data on standard output, messages on standard error.

Exit status: 0 nothing contradicts, 1 a contradiction (or what ``--fail-on`` names), 2 usage or an unreadable input.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from . import __version__
from .commands import checks, rules, store
from .commands.align import align
from .commands.audit import audit
from .commands.explain import explain
from .commands.export import export
from .commands.ingest import ingest
from .commands.open import open_
from .commands.records import extract, mentions, relations
from .commands.series import series
from .commands.speech import Command, Group
from .commands.welcome import welcome

app = typer.Typer(
    name="heshu",
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads reports of city departments and checks their numbers.",
)
for command in (audit, extract, mentions, relations, series, align, explain, export, ingest):
    app.command(cls=Command)(command)
app.command("open", cls=Command)(open_)
for group in (store.app, rules.app, checks.app):
    app.add_typer(group)


@app.callback(invoke_without_command=True)
def _heshu(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say the version and end.")] = False,
) -> None:
    if version:
        typer.echo(f"heshu {__version__}")
        raise typer.Exit
    group = context.command
    if context.invoked_subcommand is None and isinstance(group, Group):
        typer.echo(welcome(group.speaks, group.commands, Path.cwd()))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character gets a question mark
            stream.reconfigure(errors="replace")
    app()


if __name__ == "__main__":
    main()
