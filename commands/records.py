"""``heshu extract``, ``heshu mentions``, ``heshu relations``: what was read, as records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import (
    Each,
    Format,
    FormatOption,
    Jobs,
    Lang,
    LangOption,
    Output,
    Paths,
    Rules,
    complain,
    finish,
    problems_of,
    process,
    progress,
    rules_of_run,
    sources,
    write,
)
from .times import IssuedOption, PeriodOption, times_of_run

if TYPE_CHECKING:
    from ..output.records import Record


def extract(
    paths: Paths,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 0,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
) -> None:
    """List the facts: who, what, how many, of which period.

    \b
    Example:
      heshu extract reports/ --format csv -o facts.csv
    """
    from ..output.records import FACT_COLUMNS, fact_record

    outcomes = process(paths, jobs, lang, rules, times_of_run(period, issued, lang))
    extractions = (outcome.extraction for outcome in outcomes if outcome.extraction)
    records = (fact_record(extraction, fact) for extraction in extractions for fact in extraction.facts)
    _write(records, FACT_COLUMNS, format, output, "facts")
    finish(problems_of(outcomes))


def mentions(
    paths: Paths,
    unread: Annotated[bool, typer.Option("--unread", help="Only the numerals that nothing understood.")] = False,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 0,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
) -> None:
    """List every quantity and date with its reading.

    \b
    Example:
      heshu mentions report.txt
      heshu mentions report.txt --unread
    """
    from ..output.records import MENTION_COLUMNS, UNREAD_COLUMNS, mention_record, unread_record

    outcomes = process(paths, jobs, lang, rules, times_of_run(period, issued, lang))
    extractions = [outcome.extraction for outcome in outcomes if outcome.extraction]
    if unread:
        left = (unread_record(each.report, entry) for each in extractions for entry in each.unread)
        _write(left, UNREAD_COLUMNS, format, output, "unread")
    else:
        records = (mention_record(mention) for each in extractions for mention in each.mentions)
        _write(records, MENTION_COLUMNS, format, output, "mentions")
    finish(problems_of(outcomes))


def relations(
    paths: Paths,
    each: Each = False,
    format: FormatOption = Format.jsonl,
    output: Output = None,
    jobs: Jobs = 0,
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
) -> None:
    """List the arithmetic between the figures, also where it holds.

    \b
    Example:
      heshu relations reports/ --each
    """
    from ..output.records import RELATION_COLUMNS, relation_record
    from ..pipeline import audit

    own, given = rules_of_run(rules, lang), times_of_run(period, issued, lang)
    with progress(lang) as bar:
        found = audit(sources(paths), jobs=jobs, each=each, progress=bar, rules=own, given=given)
    complain(found.problems, lang)
    _write(map(relation_record, found.relations), RELATION_COLUMNS, format, output, "relations")
    finish(found.problems)


def _write(records: Iterable[Record], columns: tuple[str, ...], format: Format, output: Path | None, name: str) -> None:
    """Records to standard output, to a file, or into a folder under their own name."""
    from ..output.datasets import jsonl, table

    content = table(records, columns) if format is Format.csv else jsonl(records)
    into_folder = output is not None and output.is_dir()
    write(content, output / f"{name}.{format.value}" if output and into_folder else output)
