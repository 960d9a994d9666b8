"""``heshu audit``: check reports, tell what does not add up, and write the datasets and the audit page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import __version__
from ..notation import Both, Language
from ..output.formats import FORMATS, ON_REQUEST
from ..output.words import SEVERITIES
from .options import (
    BASELINE,
    Each,
    Jobs,
    Lang,
    LangOption,
    Paths,
    Rules,
    complain,
    finish,
    progress,
    refuse,
    rules_of_run,
    sources,
    writing,
)
from .times import IssuedOption, PeriodOption, times_of_run

if TYPE_CHECKING:
    from .. import sharded
    from ..model import Audit
    from ..output.tables import Tables

WORK = ".heshu-shards"
"""Where, in the output folder, what was done is kept until all is done."""


class FailOn(StrEnum):
    """The mildest severity that ends the command with status 1."""

    contradiction = "contradiction"
    revision = "revision"
    suspicious = "suspicious"
    note = "note"
    never = "never"


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    dask = "dask"


class Terminal(StrEnum):
    """What ``audit`` writes to standard output."""

    text = "text"
    github = "github"


def _failing(mildest: FailOn) -> frozenset[str]:
    """The severities that end the command with status 1."""
    gravest_first: list[str] = [*SEVERITIES]
    return frozenset(gravest_first[: gravest_first.index(mildest) + 1] if mildest in gravest_first else ())


_BROWSER = Both("（以瀏覽器開啟）", " (open it in a browser)")
_KEPT = {
    Lang.zh_tw: "{}：不是本程式所寫，已改名為 {} 保留",
    Lang.en: "{}: heshu did not write this as it is, so it is kept as {}",
}


def audit(
    context: typer.Context,
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the datasets and the audit page.")
    ] = Path("heshu-audit"),
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The mildest finding that ends the command with status 1.")
    ] = FailOn.contradiction,
    formats: Annotated[
        str,
        typer.Option(
            "--formats",
            metavar="LIST",
            help=f"Files to write: all, or some of {','.join(FORMATS)}; pdf: marked copies of the PDFs.",
        ),
    ] = "all",
    csv_bom: Annotated[bool, typer.Option("--csv-bom", help="Begin CSV files with the mark that Excel needs.")] = False,
    format: Annotated[
        Terminal, typer.Option("--format", help="A summary for people, or annotations for GitHub's workflows.")
    ] = Terminal.text,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help="Show findings of these checks alone.")
    ] = None,
    ignore: Annotated[
        str | None,
        typer.Option("--ignore", metavar="LIST", help="Leave these checks out, or single findings by their ids."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out the findings accepted in this file.")
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option("--update-baseline", help=f"Accept all findings: write them to the baseline ({BASELINE})."),
    ] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            metavar="PATH",
            help="Earlier reports, or folders of them: show what the reports say against these.",
        ),
    ] = None,
    diff: Annotated[
        Path | None,
        typer.Option(
            "--diff",
            metavar="BASE",
            help="Show what is new alone, against the folder or the findings.jsonl of an earlier audit.",
        ),
    ] = None,
    each: Each = False,
    jobs: Jobs = 0,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Processes on this machine, or workers of a Dask cluster.")
    ] = Engine.local,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Dask scheduler, as tcp://host:8786; left out: a cluster on this machine.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
) -> None:
    """Check reports: what in them does not add up?

    A summary goes to the terminal; the datasets and the audit page go into a folder.

    \b
    Example:
      heshu audit reports/ -o heshu-audit
      heshu audit draft.txt --fail-on suspicious --lang en
      heshu audit draft.txt --against reports/
      heshu audit reports/ --formats html,xlsx,csv --csv-bom
      heshu audit reports/ --ignore ROUNDING,UNIT --baseline accepted.toml
      heshu audit reports/ -o new --diff heshu-audit
      pdftotext -layout report.pdf - | heshu audit -
    """
    from . import left_out
    from .comments import set_aside
    from .written import known_before, only_new

    wanted, unwanted = left_out.codes(select, "--select", lang), left_out.codes(ignore, "--ignore", lang)
    single = left_out.ids(ignore, lang)
    before = known_before(diff, lang) if diff is not None else None
    known = left_out.known_findings(baseline, update_baseline, lang)
    chosen = _formats(formats, lang)
    if output.exists() and not output.is_dir():
        said = Both("{} 是檔案，請指定資料夾", "{} is a file; name a folder").of(lang.value)
        raise typer.BadParameter(said.format(output), param_hint="--output")
    own, given = rules_of_run(rules, lang), times_of_run(period, issued, lang)
    work = output / WORK
    from .. import sharded
    from ..output.folder import write_folder
    from ..output.tables import tables

    with _going_on(work, lang), progress(lang) as bar:
        found = sharded.audit(
            sources([*paths, *(against or ())]),
            work,
            jobs=jobs,
            each=each,
            progress=bar,
            reading=bar.reading if bar is not None else None,
            rules=own,
            given=given,
            run=_runner(engine, scheduler, lang),
        )
    complain(found.problems, lang)
    if against:
        found = left_out.elsewhere(found, paths)
    found = set_aside(left_out.without_ids(found, single), lang)
    found = left_out.without(found, wanted, unwanted, known, update_baseline, lang)
    if diff is not None and before is not None:
        found = only_new(found, before, diff)
    if found.extractions:
        with writing(output):
            rows = tables(found, work if work.exists() else None, jobs)
            files = write_folder(
                found,
                output,
                formats=chosen,
                csv_bom=csv_bom,
                version=__version__,
                language=_asked(context, lang),
                speaks=lang.value,
                checks=left_out.documented(),
                kept=_told_kept(lang),
                rows=rows,
            )
        _report(found, rows, lang, format, next((file for file in files if file.name == "audit.html"), output))
    _clear(work)
    failing = _failing(fail_on)
    finish(found.problems, failed=any(finding.severity in failing for finding in found.findings))


_NO_DASK = {
    Lang.zh_tw: "--engine dask 需要 Dask：pip install 'heshu[dask]'",
    Lang.en: "--engine dask needs Dask: pip install 'heshu[dask]'",
}


def _runner(engine: Engine, scheduler: str | None, lang: Lang) -> sharded.Runner | None:
    """Who does the shards; None: processes on this machine."""
    if engine is Engine.local and scheduler is None:
        return None
    if find_spec("distributed") is None:
        refuse(_NO_DASK[lang])
    from ..engine import cluster

    return partial(cluster.run, scheduler=scheduler)


_STOPPED = {
    Lang.zh_tw: "已中斷；做完的部分保留在 {}，再執行同一道指令即可接續",
    Lang.en: "stopped; what was done is kept in {}, and the same command goes on from there",
}
_STOPPED_EMPTY = {Lang.zh_tw: "已中斷，沒有寫出任何檔案", Lang.en: "stopped; nothing was written"}


@contextmanager
def _going_on(work: Path, lang: Lang) -> Iterator[None]:
    """Ctrl-C ends the command with status 130, and says how to go on."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        said = _STOPPED[lang].format(work) if any(work.glob("*.parquet")) else _STOPPED_EMPTY[lang]
        typer.echo(f"heshu: {said}", err=True)
        raise typer.Exit(130) from stopped


def _clear(work: Path) -> None:
    """Take away what was kept to go on from, and the folder that was made for it alone."""
    shutil.rmtree(work, ignore_errors=True)
    with suppress(OSError):
        work.parent.rmdir()


def _told_kept(lang: Lang) -> Callable[[Path, Path], None]:
    """Says where a file of the user's went that had the name of one of ours."""

    def tell(source: Path, target: Path) -> None:
        typer.echo(f"heshu: {_KEPT[lang].format(source, target.name)}", err=True)

    return tell


def _formats(listed: str, lang: Lang) -> tuple[str, ...]:
    """The formats that a list names, in the order in which they are written."""
    named = {name.strip() for name in listed.split(",") if name.strip()}
    if "all" in named and named <= {"all", *ON_REQUEST}:
        return (*FORMATS, *(name for name in ON_REQUEST if name in named))
    known = (*FORMATS, *ON_REQUEST)
    unknown = ", ".join(sorted(named - set(known)))
    if unknown or not named:
        said = Both("沒有「{}」這種格式；可用的有 {}", "{} is none of {}").of(lang.value)
        raise typer.BadParameter(said.format(unknown, ", ".join(known)), param_hint="--formats")
    return tuple(name for name in known if name in named)


def _asked(context: typer.Context, lang: Lang) -> Language | None:
    """The language of ``--lang``; None where it was left out, and the browser of whoever opens the page decides."""
    source = context.get_parameter_source("lang")
    return lang.value if source is not None and source.name == "COMMANDLINE" else None


def _report(found: Audit, rows: Tables, lang: Lang, format: Terminal, written: Path) -> None:
    """What was found, on standard output."""
    if format is Terminal.github:
        from ..output.sarif import github_annotations

        for line in github_annotations(found, lang.value):
            typer.echo(line)
        return
    _summarise(found, rows, lang, written)


def _summarise(found: Audit, rows: Tables, lang: Lang, page: Path) -> None:
    from rich.console import Console
    from rich.text import Text

    from ..output.terminal import print_summary
    from .closing import closing

    console = Console(highlight=False)
    print_summary(found, console, lang.value, rows.tally)
    console.print()
    told = list(closing(found.problems, lang.value))
    for line, is_head in told:
        console.print(Text(line, "bold" if is_head else ""), soft_wrap=True)
    if told:
        console.print()
    console.print(
        Text.assemble(
            ("查核頁  " if lang is Lang.zh_tw else "Audit page  ", "bold"), str(page), (_BROWSER.of(lang.value), "dim")
        ),
        soft_wrap=True,
    )
