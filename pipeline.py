"""The wiring of the rooms: read, extract, relate, audit; one report or many, in one process or several.

Results come in one order, whatever the order of the inputs and the number of processes: by report name, then id.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import problems as happened
from .engine.memory import collector_at_rest
from .inputs import EVERY as EVERY
from .inputs import Handed as Handed
from .inputs import Source as Source
from .inputs import Task, path_of, tasks_of
from .inputs import Times as Times
from .inputs import files as files
from .inputs import handed as handed
from .model import Alignment, Audit, Extraction, Finding, Mention, Period, Problem, Relation, Report

if TYPE_CHECKING:
    from .engine.shard import Shard
    from .rules.consistency.across.kin import Card, Kin
    from .rules.consistency.by_hand import Said
    from .rules.registry import RuleSet


Progress = Callable[[int, int], None]
"""Called with the number of reports that are done and the number of all."""
Reading = Callable[[str], None]
"""Called with the name of each report when it is begun, where one process does them all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input."""

    extraction: Extraction | None = None
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    alignments: tuple[Alignment, ...] = ()


def read(path: str | os.PathLike[str]) -> Report:
    """Read one report; raises ``UnreadableReport`` where that cannot be done."""
    from .corpus.read import read as read_report

    return read_report(Path(path))


def first_sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet of a workbook (xlsx), row by row; nothing where it has none or cannot be read."""
    from .corpus.parsed import Table, UnreadableFile
    from .corpus.readers import xlsx

    try:
        table = next((each for each in xlsx.read(data).elements if isinstance(each, Table)), None)
    except UnreadableFile:
        return []
    if table is None:
        return []
    grid = {(cell.row, cell.column): cell.text for cell in table.cells}
    height, width = (max(place[axis] for place in grid) + 1 for axis in (0, 1))
    return [[grid.get((row, column), "") for column in range(width)] for row in range(height)]


@collector_at_rest()
def extract(report: Report) -> Extraction:
    """Mentions, facts and ledger of one report."""
    from .extract import extract as extract_report

    return extract_report(report)


def time_told(text: str) -> Period:
    """The time that somebody gives: ``113年下半年``, ``113年12月6日``, or EDTF; raises ``ValueError``."""
    from .extract.time.dates import time_told as read_time

    return read_time(text)


def read_alone(text: str) -> Mention | None:
    """What some characters say by themselves, if all of them are one quantity or one date."""
    from .corpus.read import read_bytes

    text = text.strip()
    found = extract(
        read_bytes(f"計{text}。".encode("utf-8", "replace"), "alone")
    ).mentions  # a line of its own may be a page's number
    return found[0] if len(found) == 1 and found[0].text == text else None


def align(earlier: Extraction, later: Extraction) -> Alignment:
    """Two reports of one body side by side, passage by passage and figure by figure."""
    from .rules.consistency.across.alignment import align as align_sides
    from .rules.consistency.across.sides import Side

    return align_sides(Side(earlier), Side(later))


def align_all(extractions: Iterable[Extraction]) -> tuple[Alignment, ...]:
    """Each report beside the earlier ones that it was edited from."""
    from .rules.consistency.across import align_all as aligned

    return aligned(tuple(extractions))


def load_rules(folder: str | os.PathLike[str] | None) -> RuleSet | None:
    """Our rules with those of a user's folder on top; raises ``RuleError`` where one of its files holds a mistake."""
    if folder is None:
        return None
    from .rules.userules import load_rules as load

    return load(Path(folder))


def rule_set(files: Iterable[tuple[str, str]]) -> RuleSet | None:
    """The rules of files that were loaded before: path and text of each; None where there are none."""
    from .rules.registry import RuleSet

    return RuleSet(kept) if (kept := tuple(files)) else None


def process(
    sources: Iterable[Source],
    *,
    jobs: int = 1,
    relate: bool = True,
    progress: Progress | None = None,
    reading: Reading | None = None,
    rules: RuleSet | None = None,
    given: Times | None = None,
) -> tuple[Outcome, ...]:
    """Read and extract all sources, and check each by itself if ``relate``; by name, then id.

    Folders are searched for reports. Every outcome holds an extraction, problems, or both. ``given`` says of what time
    reports speak, by their names.
    """
    tasks, problems = tasks_of(sources, relate, rules, given)
    return process_tasks(tasks, problems, jobs=jobs, relate=relate, progress=progress, reading=reading)


def process_tasks(
    tasks: Sequence[Task],
    problems: Iterable[Problem],
    *,
    jobs: int = 1,
    relate: bool = True,
    progress: Progress | None = None,
    reading: Reading | None = None,
) -> tuple[Outcome, ...]:
    """What comes of the inputs, and of what is wrong with the sources themselves, in the order of ``process``."""
    outcomes = []
    for done, outcome in enumerate(_run(tasks, jobs, reading), start=1):
        outcomes.append(outcome)
        if progress is not None:
            progress(done, len(tasks))
    once = without_duplicates(outcomes) if relate else outcomes  # facts alone are told of every file
    return tuple(sorted([*once, *(Outcome(problems=(p,)) for p in problems)], key=order_of))


def audit(
    sources: Iterable[Source],
    *,
    jobs: int = 1,
    each: bool = False,
    progress: Progress | None = None,
    reading: Reading | None = None,
    rules: RuleSet | None = None,
    given: Times | None = None,
) -> Audit:
    """Everything: facts, relations and findings of all sources.

    ``each``: every report by itself, nothing across reports. ``given``: of what time reports speak, by their names.
    """
    return join(
        process(sources, jobs=jobs, progress=progress, reading=reading, rules=rules, given=given),
        each=each,
        rules=rules,
    )


def join(
    outcomes: Iterable[Outcome],
    *,
    each: bool = False,
    rules: RuleSet | None = None,
    kin: Kin | None = None,
    said: Said | None = None,
) -> Audit:
    """The audit of what was read and checked before, in the order of ``process``: what is across is worked out here.

    ``kin`` says what is known of them among many others, where these are some that have to do with each other. ``said``: what
    a person said of ties between them.
    """
    outcomes = list(outcomes)
    if not each:
        outcomes.append(across_of(outcomes, rules, kin, said))
    extractions = tuple(outcome.extraction for outcome in outcomes if outcome.extraction is not None)
    relations = tuple(relation for outcome in outcomes for relation in outcome.relations)
    return Audit(
        extractions=extractions,
        relations=relations,
        findings=_by_root([finding for outcome in outcomes for finding in outcome.findings]),
        problems=tuple(problem for outcome in outcomes for problem in outcome.problems),
        alignments=tuple(alignment for outcome in outcomes for alignment in outcome.alignments),
    )


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes in the order in which ``process`` gives them."""
    return sorted(outcomes, key=order_of)


def _by_root(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without those that another one, across reports, tells along with its own root."""
    told = {id(relation) for finding in findings for relation in finding.kin}
    return tuple(finding for finding in findings if id(finding.relation) not in told)


@collector_at_rest()
def across_of(
    outcomes: Sequence[Outcome],
    rules: RuleSet | None,
    kin: Kin | None = None,
    said: Said | None = None,
    keep: Callable[[Sequence[Alignment]], None] | None = None,
) -> Outcome:
    """What the reports say of each other; nothing that happens here takes away what was found inside them.

    The outcomes are gone through several times, and few are at hand at once. ``keep`` takes the alignments as they come, a
    report at a time, where they are not to be held until the end.
    """
    from .rules.consistency.across import compare_each, in_order
    from .rules.consistency.across.kin import card_of, kin_of
    from .rules.consistency.by_hand import with_ties
    from .rules.consistency.findings import as_sure, findings_of, recognised_of
    from .rules.registry import active, using

    alignments: list[Alignment] = []
    held = {outcome.extraction.report.name: at for at, outcome in enumerate(outcomes) if outcome.extraction is not None}
    if len(held) < 2:
        return Outcome()

    def read(name: str) -> tuple[Extraction, Sequence[Relation]]:
        outcome = outcomes[held[name]]
        assert outcome.extraction is not None
        return outcome.extraction, outcome.relations

    try:
        cards: list[Card] = []
        spoken: dict[str, str] = {}
        recognised: dict[str, Callable[[int, int], float]] = {}
        for name in held:
            extraction, _ = read(name)
            cards.append(card_of(extraction))
            spoken[name] = str(extraction.issued or extraction.period or "")
            recognised |= recognised_of(extraction)
        known = kin_of(cards)
        told: list[Relation] = []
        with using(rules or active()):
            for relations, beside in compare_each([*known.bodies], read, kin or known):
                told += relations
                (keep or alignments.extend)(beside)
            every = in_order(told)
            if said is not None:
                every = with_ties(every, said)
        within = (relation for outcome in outcomes for relation in outcome.relations)
        found = as_sure(findings_of(every, within, {name: day for name, day in spoken.items() if day}), recognised)
        return Outcome(None, every, found, (), tuple(alignments))
    except Exception as error:
        return Outcome(problems=(happened.between(error),))


def _run(tasks: Sequence[Task], jobs: int, reading: Reading | None = None) -> Iterator[Outcome]:
    """The outcomes, in no particular order."""
    from .engine.local import Lost, processors, run
    from .engine.shard import SIZE, shards

    workers = min(jobs if jobs > 0 else processors(), len(tasks))
    if workers <= 1:
        for task in tasks:
            if reading is not None:
                reading(task.name)
            yield outcome_of(task)
        return
    warm(tasks[0].rules)
    size = max(1, min(SIZE, len(tasks) // (workers * _TURNS)))
    for shard, outcomes in run(_outcomes, list(shards(tasks, lambda task: task.name, size=size)), workers):
        if isinstance(outcomes, Lost):
            yield lost(shard.inputs[0], outcomes.reason)
        else:
            yield from outcomes


_TURNS = 4
"""So many batches each process gets at least, where there are enough: the last ones end at about the same time."""


def warm(rules: RuleSet | None) -> None:
    """Load what every process needs, once, before there are several."""
    outcome_of(Task(Handed("108年計3人。".encode(), "warm"), "warm", True, rules))


def _outcomes(shard: Shard[Task]) -> tuple[Outcome, ...]:
    return tuple(map(outcome_of, shard.inputs))


def lost(task: Task, reason: str) -> Outcome:
    """The outcome of an input that has ended two processes."""
    return Outcome(problems=(happened.lost(path_of(task.source), reason),))


@collector_at_rest()
def outcome_of(task: Task) -> Outcome:
    """One input from beginning to end; whatever happens becomes part of the outcome."""
    from .corpus.collect import problem
    from .corpus.decode import UnreadableReport

    try:
        report = _report_of(task.source)
        if report.name != task.name:
            report = replace(report, name=task.name)
        if task.given is not None:
            report = replace(report, given=task.given)
        return _read_by_rules(report, task)
    except UnreadableReport as error:
        return Outcome(problems=(problem(error),))
    except Exception as error:  # one report never stops the others, whatever happens on it
        return Outcome(problems=(happened.internal(path_of(task.source), error),))


def _report_of(source: Path | Report | Handed) -> Report:
    if isinstance(source, Report):
        return source
    if isinstance(source, Handed):
        from .corpus.read import read_bytes

        return read_bytes(source.data, source.name, source.path, Path(source.path or source.name).suffix)
    return read(source)


def _read_by_rules(report: Report, task: Task) -> Outcome:
    """Read and check a report; a user's rule that takes too long on it is left out, which is a problem of its own."""
    from .rules.bounded import SlowRuleError
    from .rules.registry import OURS, using

    rules = task.rules or OURS
    slow: list[Problem] = []
    while True:
        try:
            with using(rules):
                outcome = _checked(extract(report), task)
            return replace(outcome, problems=(*slow, *outcome.problems))
        except SlowRuleError as error:
            rules = rules.leaving_out(error.kind, error.rule)
            rule = f"{error.file}, [[{error.kind}]] {error.rule}, {error.field}"
            slow.append(happened.slow_rule(path_of(task.source), rule))


def _checked(extraction: Extraction, task: Task) -> Outcome:
    """The extraction with its relations and findings."""
    problems = extraction.report.gaps
    if not extraction.ledger and not extraction.mentions:
        problems = (*problems, happened.no_number(path_of(task.source)))
    elif not extraction.facts and task.name.lower().endswith(happened.TABLES):
        problems = (*problems, happened.no_fact(path_of(task.source)))
    elif extraction.year_open:
        problems = (*problems, happened.year_open(path_of(task.source)))
    if not task.relate:
        return Outcome(extraction, problems=problems)
    from .rules.consistency.findings import as_sure, findings_of, recognised_of

    relations = _related(extraction)
    findings = as_sure(findings_of(relations), recognised_of(extraction))
    return Outcome(extraction, relations, findings, problems)


def _related(extraction: Extraction) -> tuple[Relation, ...]:
    """The ties within a report."""
    from .rules.consistency import relate

    return tuple(
        relate(
            extraction.report,
            extraction.mentions,
            extraction.facts,
            issued=extraction.issued.edtf if extraction.issued else None,
            unread=extraction.unread,
        )
    )


def rechecked(outcome: Outcome, extraction: Extraction, said: Said, *, rules: RuleSet | None = None) -> Outcome:
    """The outcome of a report that somebody reads otherwise: checked anew as ``extraction`` has it, with the ties that a person
    has ``said``."""
    from .rules.consistency.by_hand import with_ties
    from .rules.consistency.findings import as_sure, findings_of, recognised_of
    from .rules.registry import active, using

    with using(rules or active()):
        found = outcome.relations if extraction is outcome.extraction else _related(extraction)
        relations = with_ties(found, said)
        findings = as_sure(findings_of(relations), recognised_of(extraction))
    return replace(outcome, extraction=extraction, relations=relations, findings=findings)


def without_duplicates(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Each report once: a second copy would confirm whatever the first one says."""
    seen: dict[str, Report] = {}
    for outcome in sorted(outcomes, key=order_of):
        if outcome.extraction is None:
            yield outcome
            continue
        report = outcome.extraction.report
        first = seen.setdefault(report.id, report)
        if first is report:
            yield outcome
        else:
            yield Outcome(problems=(happened.duplicate(report.path or report.name, first.path or first.name),))


def order_of(outcome: Outcome) -> tuple[str, str, str, str]:
    """By name, then id; what was not read, by where it is."""
    if outcome.extraction is not None:
        report = outcome.extraction.report
        return (report.name, report.id, report.path or "", "")
    problem = outcome.problems[0]
    return (Path(problem.path).name, "", problem.path, problem.code)
