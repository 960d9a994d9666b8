"""The command line: thin, over the pipeline and the output. Data on standard output, messages on standard error.

Exit status: 0 nothing contradicts, 1 a contradiction (or what ``--fail-on`` names), 2 usage or an unreadable input.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from . import __version__, pipeline
from .commands import left_out
from .commands.checks import app as checks_app
from .commands.explain import explain
from .commands.rules import app as rules_app
from .commands.rules import rules_of_run
from .commands.series import series
from .model import Audit, Problem
from .output.datasets import jsonl, table
from .output.folder import FORMATS, write_folder
from .output.records import (
    FACT_COLUMNS,
    MENTION_COLUMNS,
    RELATION_COLUMNS,
    UNREAD_COLUMNS,
    Record,
    fact_record,
    mention_record,
    relation_record,
    unread_record,
)
from .output.terminal import Language, print_summary, problem_text

app = typer.Typer(
    name="heshu",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="核數：讀市政報告，核對其中的數字。 Reads reports of city departments and checks their numbers.",
)
app.add_typer(rules_app)
app.add_typer(checks_app)
app.command()(series)
app.command()(explain)


class Format(StrEnum):
    """How records are written."""

    jsonl = "jsonl"
    csv = "csv"


class FailOn(StrEnum):
    """The mildest severity that ends the command with status 1."""

    contradiction = "contradiction"
    suspicious = "suspicious"
    note = "note"
    never = "never"


class Terminal(StrEnum):
    """What ``audit`` writes to standard output."""

    text = "text"
    github = "github"


class Lang(StrEnum):
    """Language of the messages."""

    zh_tw = "zh-TW"
    en = "en"


_FAILING: dict[FailOn, frozenset[str]] = {
    FailOn.contradiction: frozenset({"contradiction"}),
    FailOn.suspicious: frozenset({"contradiction", "suspicious"}),
    FailOn.note: frozenset({"contradiction", "suspicious", "note"}),
    FailOn.never: frozenset(),
}
_NAMES = {"extract": "facts", "mentions": "mentions", "relations": "relations"}

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH", help="Reports, or folders of reports.", show_default=False)
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR|FILE", help="Write to a file, or into a folder.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the records are written.")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes; 0: one for each processor.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the messages.")]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder with rules of your own.", show_default=False)
]
Each = Annotated[bool, typer.Option("--each", help="Check every report by itself, nothing across reports.")]


@app.callback(invoke_without_command=True)
def _heshu(version: Annotated[bool, typer.Option("--version", help="Say the version and end.")] = False) -> None:
    if version:
        typer.echo(f"heshu {__version__}")
        raise typer.Exit


@app.command()
def audit(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the datasets and the audit page.")
    ] = Path("heshu-audit"),
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The mildest finding that ends the command with status 1.")
    ] = FailOn.contradiction,
    formats: Annotated[
        str, typer.Option("--formats", metavar="LIST", help=f"Files to write: all, or some of {','.join(FORMATS)}.")
    ] = "all",
    csv_bom: Annotated[bool, typer.Option("--csv-bom", help="Begin CSV files with the mark that Excel needs.")] = False,
    format: Annotated[
        Terminal, typer.Option("--format", help="A summary for people, or annotations for GitHub's workflows.")
    ] = Terminal.text,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help="Show findings of these checks alone.")
    ] = None,
    ignore: Annotated[str | None, typer.Option("--ignore", metavar="CODES", help="Leave these checks out.")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out the findings accepted in this file.")
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help=f"Accept all findings: write them to the baseline ({left_out.DEFAULT})."
        ),
    ] = False,
    each: Each = False,
    jobs: Jobs = 1,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """核對報告：找出對不起來的數字。 Check reports: what in them does not add up?

    A summary goes to the terminal; the datasets and the audit page go into a folder.

    \b
    Example:
      heshu audit reports/ -o heshu-audit
      heshu audit draft.txt --fail-on suspicious --lang en
      heshu audit reports/ --formats html,xlsx,csv --csv-bom
      heshu audit reports/ --ignore ROUNDING,UNIT --baseline accepted.toml
    """
    wanted, unwanted = left_out.codes(select, "--select"), left_out.codes(ignore, "--ignore")
    known = left_out.known_findings(baseline, update_baseline, lang)
    chosen = _formats(formats)
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; name a folder", param_hint="--output")
    own = rules_of_run(rules, lang)
    with _progress(lang) as progress:
        found = pipeline.audit(paths, jobs=jobs, each=each, progress=progress, rules=own)
    _complain(found.problems, lang)
    found = left_out.without(found, wanted, unwanted, known, update_baseline, lang)
    if found.extractions:
        with _writing(output):
            files = write_folder(found, output, formats=chosen, csv_bom=csv_bom, version=__version__)
        _report(found, lang, format, next((file for file in files if file.name == "audit.html"), output))
    failing = _FAILING[fail_on]
    _finish(found.problems, failed=any(finding.severity in failing for finding in found.findings))


@app.command()
def extract(
    paths: Paths,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 1,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """列出事實：誰、什麼、多少、何時。 List the facts: who, what, how many, of which period.

    \b
    Example:
      heshu extract reports/ --format csv -o facts.csv
    """
    outcomes = _process(paths, jobs, lang, rules, relate=False)
    extractions = (outcome.extraction for outcome in outcomes if outcome.extraction)
    records = (fact_record(extraction, fact) for extraction in extractions for fact in extraction.facts)
    _write(records, FACT_COLUMNS, format, output, "facts")
    _finish(_problems(outcomes))


@app.command()
def mentions(
    paths: Paths,
    unread: Annotated[bool, typer.Option("--unread", help="Only the numerals that nothing understood.")] = False,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 1,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """列出每一個數量與日期。 List every quantity and date with its reading.

    \b
    Example:
      heshu mentions report.txt
      heshu mentions report.txt --unread
    """
    outcomes = _process(paths, jobs, lang, rules, relate=False)
    extractions = [outcome.extraction for outcome in outcomes if outcome.extraction]
    if unread:
        left = (unread_record(each.report, entry) for each in extractions for entry in each.unread)
        _write(left, UNREAD_COLUMNS, format, output, "unread")
    else:
        records = (mention_record(mention) for each in extractions for mention in each.mentions)
        _write(records, MENTION_COLUMNS, format, output, "mentions")
    _finish(_problems(outcomes))


@app.command()
def relations(
    paths: Paths,
    each: Each = False,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 1,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
) -> None:
    """列出數字之間的關係，相符的也列。 List the arithmetic between the figures, also where it holds.

    \b
    Example:
      heshu relations reports/ --each
    """
    own = rules_of_run(rules, lang)
    with _progress(lang) as progress:
        found = pipeline.audit(paths, jobs=jobs, each=each, progress=progress, rules=own)
    _complain(found.problems, lang)
    _write(map(relation_record, found.relations), RELATION_COLUMNS, format, output, "relations")
    _finish(found.problems)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character gets a question mark
            stream.reconfigure(errors="replace")
    app()


def _formats(listed: str) -> tuple[str, ...]:
    """The formats that a list names, in the order in which they are written."""
    named = {name.strip() for name in listed.split(",") if name.strip()}
    if named == {"all"}:
        return FORMATS
    unknown = ", ".join(sorted(named - set(FORMATS)))
    if unknown or not named:
        raise typer.BadParameter(f"{unknown or 'nothing'} is none of {', '.join(FORMATS)}", param_hint="--formats")
    return tuple(name for name in FORMATS if name in named)


def _process(
    paths: list[Path], jobs: int, lang: Lang, rules: Path | None, *, relate: bool
) -> tuple[pipeline.Outcome, ...]:
    own = rules_of_run(rules, lang)
    with _progress(lang) as progress:
        outcomes = pipeline.process(paths, jobs=jobs, relate=relate, progress=progress, rules=own)
    _complain(_problems(outcomes), lang)
    return outcomes


def _problems(outcomes: Iterable[pipeline.Outcome]) -> tuple[Problem, ...]:
    return tuple(problem for outcome in outcomes for problem in outcome.problems)


def _write(records: Iterable[Record], columns: tuple[str, ...], format: Format, output: Path | None, name: str) -> None:
    """Records to standard output, to a file, or into a folder under their own name."""
    content = (table(records, columns) if format is Format.csv else jsonl(records)).encode("utf-8")
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = output / f"{name}.{format.value}" if output.is_dir() else output
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """A disk that is full or a folder that is closed is said in one line."""
    try:
        yield
    except OSError as error:
        typer.echo(f"heshu: {target}: {error.strerror}", err=True)
        raise typer.Exit(2) from error


def _complain(problems: Iterable[Problem], lang: Lang) -> None:
    """One line for each problem, on standard error."""
    for problem in problems:
        typer.echo(f"heshu: {problem_text(problem, _language(lang)).plain}", err=True)


def _finish(problems: Iterable[Problem], *, failed: bool = False) -> None:
    if any(problem.code not in pipeline.WARNINGS for problem in problems):
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


def _language(lang: Lang) -> Language:
    return "en" if lang is Lang.en else "zh-TW"


def _report(found: Audit, lang: Lang, format: Terminal, written: Path) -> None:
    """What was found, on standard output."""
    if format is Terminal.github:
        from .output.sarif import github_annotations

        for line in github_annotations(found, _language(lang)):
            typer.echo(line)
        return
    _summarise(found, lang, written)


def _summarise(found: Audit, lang: Lang, page: Path) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    print_summary(found, console, _language(lang))
    console.print()
    console.print(
        Text.assemble(("稽核頁  " if lang is Lang.zh_tw else "Audit page  ", "bold"), str(page)), soft_wrap=True
    )


@contextmanager
def _progress(lang: Lang) -> Iterator[pipeline.Progress | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Drawn only when a report is done: a thread that draws must not be running when processes are forked.
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   console=Console(stderr=True), transient=True, auto_refresh=False)  # fmt: skip
    with bar:
        task = bar.add_task("核對中" if lang is Lang.zh_tw else "Reading", total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, refresh=True)

        yield advance


if __name__ == "__main__":
    main()
