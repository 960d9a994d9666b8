"""An audit of any number of reports: in shards that are kept in a folder, by processes here or on a cluster.

First every report is read and checked by itself, a batch of files at a time. Then the reports of one body are held against
each other, a body at a time. What came of a shard lies in a file, so that a run that was ended goes on where it was; the audit that comes of it reads the
files as it is gone through, and holds the findings alone in memory.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from . import pipeline
from . import problems as happened
from .engine import local
from .engine.kept import Kept
from .engine.local import Lost
from .engine.shard import SIZE, Row, Shard, Shelf, shards
from .inputs import Source, Task, Times, tasks_of
from .model import Alignment, Audit, Body, Extraction, Finding, Problem, Relation, Report
from .packing import packed, unpacked
from .pipeline import Outcome

T = TypeVar("T")
R = TypeVar("R")

_AT_HAND = 24
"""Reports that are kept at hand while a body is gone through in the order of time: offices report one after another, and each
is held against what it said before."""
TOGETHER = 100
"""Up to so many reports are all held against each other, whatever bodies they name."""


class Runner(Protocol):
    """Who does shards: ``engine.local.run``, or a cluster."""

    def __call__(
        self, work: Callable[[Shard[T]], R], todo: Sequence[Shard[T]], jobs: int
    ) -> Iterator[tuple[Shard[T], R | Lost]]:
        """What comes of each shard, in no particular order."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is known of an input without opening what was read in it."""

    key: str
    """The shard and the row that keep it."""
    row: int
    order: tuple[str, str, str, str]
    name: str
    report: str | None
    """The report's id; None where nothing was read."""
    path: str | None
    body: str | None
    """The government or body whose report it is, where one is told."""
    relations: int
    problems: tuple[Problem, ...]
    remarked: bool
    """It names this program, as comments for it do."""


def audit(
    sources: Iterable[Source],
    work: Path,
    *,
    jobs: int = 0,
    each: bool = False,
    progress: pipeline.Progress | None = None,
    reading: pipeline.Reading | None = None,
    rules: Any = None,
    given: Times | None = None,
    run: Runner | None = None,
) -> Audit:
    """The same as ``pipeline.audit``, with all that was read kept in the folder ``work``, which the audit reads from.

    A few reports are done in memory: nothing is kept of them. ``run``: who does the shards; None: processes of this machine.
    """
    shelf = Shelf(work.absolute())
    tasks, unread = tasks_of(sources, True, rules, given)
    if len(tasks) <= SIZE and run is None:
        outcomes = pipeline.process_tasks(tasks, unread, jobs=jobs, progress=progress, reading=reading)
        return pipeline.join(outcomes, each=each, rules=rules)
    run = run or local.run
    tasks.sort(key=lambda task: task.name)
    pipeline.warm(rules)
    todo = list(shards(tasks, _identity, _context(rules)))
    done = _done(shelf, todo, partial(_read, shelf), run, jobs, progress)
    briefs = sorted(
        (brief for keys in done for key in keys for brief in _briefs(shelf, key)), key=lambda brief: brief.order
    )
    briefs, twice = _once(briefs)
    read = [brief for brief in briefs if brief.report is not None]
    groups = list(_bodies(read)) if read else []
    bodies = [] if each else [next(shards(group, _place, "across", len(group))) for group in groups]
    across = _done(shelf, bodies, partial(_compare, shelf, rules), run, jobs, None)
    return _put_together(_Shelved(shelf, read, groups, across), briefs, [*unread, *twice])


def _done(
    shelf: Shelf,
    todo: Sequence[Shard[T]],
    work: Callable[[Shard[T]], None],
    run: Runner,
    jobs: int,
    progress: pipeline.Progress | None,
) -> list[list[str]]:
    """Do the shards that are not done yet; the keys of each, in their order: its own, or those of its pieces."""
    pieces = {shard.key: [piece for piece in shard.pieces() if shelf.holds(piece.key)] for shard in todo}
    waiting: list[Shard[T]] = []
    for shard in todo:
        if shelf.holds(shard.key):
            continue
        known = {piece.key for piece in pieces[shard.key]}
        waiting += [piece for piece in shard.pieces() if piece.key not in known] if known else [shard]
    total = sum(len(shard.inputs) for shard in todo)
    finished = total - sum(len(shard.inputs) for shard in waiting)
    for shard, result in run(work, waiting, jobs):
        if isinstance(result, Lost):
            shelf.put(shard.key, _lost(shard, result.reason))
        finished += len(shard.inputs)
        if progress is not None:
            progress(finished, total)
    return [[shard.key] if shelf.holds(shard.key) else [piece.key for piece in shard.pieces()] for shard in todo]


def _lost(shard: Shard[Any], reason: str) -> list[Row]:
    """What is kept of a shard of one input that has ended two processes."""
    one = shard.inputs[0]
    if isinstance(one, Task):
        return [_row(shard.key, 0, pipeline.lost(one, reason))]
    return [_compared(Outcome(problems=(happened.between(RuntimeError(reason)),)), (), ())]


# --- one by one -------------------------------------------------------------------------------------------------------


def _identity(task: Task) -> str:
    """What an input is: a file by its path, size and time of change, anything else by its bytes."""
    source = task.source
    if isinstance(source, Path):
        try:
            told = source.stat()
        except (OSError, ValueError):
            return f"{task.name}\0{source}\0{task.given!r}"
        return f"{task.name}\0{source.absolute()}\0{told.st_size}\0{told.st_mtime_ns}\0{task.given!r}"
    known = source.id if isinstance(source, Report) else hashlib.sha256(source.data).hexdigest()
    return f"{task.name}\0{known}\0{task.given!r}"


def _context(rules: Any) -> str:
    """What an outcome depends on beside its input: the program, as it is installed, and the user's rules."""
    here = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.toml", "*.txt") for path in here.glob(f"[!.]*/**/{kind}"))
    told = [f"{path.relative_to(here)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return "\n".join([*told, repr(rules)])


def _read(shelf: Shelf, shard: Shard[Task]) -> None:
    shelf.put(shard.key, [_row(shard.key, row, pipeline.outcome_of(task)) for row, task in enumerate(shard.inputs)])


def _row(key: str, row: int, outcome: Outcome) -> Row:
    from .rules.consistency.across.panel import government_of

    extraction = outcome.extraction
    report = extraction.report if extraction is not None else None
    brief = Brief(
        key,
        row,
        pipeline.order_of(outcome),
        report.name if report is not None else "",
        report.id if report is not None else None,
        report.path if report is not None else None,
        government_of(extraction) if extraction is not None else None,
        len(outcome.relations),
        outcome.problems,
        report is not None and "heshu" in report.text,
    )
    return {
        "report": brief.name,
        "body": brief.body,
        "brief": packed(brief),
        "reading": packed(extraction),
        "checks": packed((outcome.relations, outcome.findings)),
    }


def _briefs(shelf: Shelf, key: str) -> Iterator[Brief]:
    yield from map(unpacked, shelf.column(key, "brief"))


def _once(briefs: Sequence[Brief]) -> tuple[list[Brief], list[Problem]]:
    """Each report once: a second copy would confirm whatever the first one says."""
    first: dict[str, Brief] = {}
    once: list[Brief] = []
    twice: list[Problem] = []
    for brief in briefs:
        known = first.setdefault(brief.report, brief) if brief.report is not None else brief
        if known is brief:
            once.append(brief)
        else:
            twice.append(happened.duplicate(brief.path or brief.name, known.path or known.name))
    return once, twice


# --- body by body -----------------------------------------------------------------------------------------------------


def _bodies(briefs: Sequence[Brief]) -> Iterator[list[Brief]]:
    """The reports that are held against each other: those of one city, and all that are of none, together."""
    from .rules.consistency.across.points import GOVERNMENT

    known = {brief.body for brief in briefs} - {None}
    if len(briefs) <= TOGETHER or len(known) <= 1:
        yield list(briefs)
        return
    groups: dict[str, list[Brief]] = defaultdict(list)
    for brief in briefs:
        groups[brief.body if brief.body is not None and GOVERNMENT.fullmatch(brief.body) else ""].append(brief)
    yield from groups.values()


def _place(brief: Brief) -> str:
    return f"{brief.key} {brief.row}"


def _compare(shelf: Shelf, rules: Any, shard: Shard[Brief]) -> None:
    outcomes = Kept([1] * len(shard.inputs), lambda number: [_outcome(shelf, shard.inputs[number])], at_hand=_AT_HAND)
    sizes: list[int] = []

    def keep(alignments: Sequence[Alignment]) -> None:
        if alignments:
            shelf.put(_beside(shard.key, len(sizes)), [{"alignments": packed(tuple(alignments))}])
            sizes.append(len(alignments))

    found = pipeline.across_of(outcomes, rules, keep=keep)
    told = {each for finding in found.findings for each in finding.kin}
    along = tuple(
        (brief.key, brief.row, number)
        for brief in shard.inputs
        for number, finding in enumerate(unpacked(shelf.get(brief.key, brief.row, "checks"))[1])
        if finding.relation in told
    )
    kept = tuple(finding for finding in found.findings if finding.relation not in told)
    shelf.put(shard.key, [_compared(replace(found, findings=kept), along, sizes)])


def _beside(key: str, number: int) -> str:
    """Where the alignments of one report of a body are."""
    return f"{key}-beside-{number}"


def _outcome(shelf: Shelf, brief: Brief) -> Outcome:
    extraction: Extraction = unpacked(shelf.get(brief.key, brief.row, "reading"))
    relations, findings = unpacked(shelf.get(brief.key, brief.row, "checks"))
    return Outcome(replace(extraction, ledger=()), relations, findings)  # nothing across asks what was no figure


def _compared(found: Outcome, along: tuple[tuple[str, int, int], ...], beside: Sequence[int]) -> Row:
    """What is kept of a body. ``along``: the findings inside reports that one across tells along with its own root; ``beside``:
    how many alignments each of its reports has that has any."""
    return {
        "size": packed((len(found.relations), tuple(beside))),
        "findings": packed((found.findings, along, found.problems)),
        "relations": packed(found.relations),
    }


# --- the whole --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shelved:
    """Where what was read and compared is found again, in the order of the audit."""

    shelf: Shelf
    read: Sequence[Brief]
    groups: Sequence[Sequence[Brief]]
    across: Sequence[Sequence[str]]
    """The shards of each group."""

    def extraction(self, number: int) -> Sequence[Extraction]:
        """That of one report."""
        return [self._reading(self.read[number])]

    def relations(self, number: int) -> Sequence[Relation]:
        """Those inside of one report; behind the reports, those across of one shard."""
        if number < len(self.read):
            return self._within(self.read[number])
        return self._compared(self._keys[number - len(self.read)])

    def alignments_of(self, keys: Iterable[str]) -> Sequence[Alignment]:
        """Those of some shards."""
        places = [(key, number, size) for key in keys for number, size in enumerate(self.size(key)[1])]
        return Kept([size for *_, size in places], lambda at: self._alignments(*places[at][:2]), at_hand=1)

    def body(self, number: int) -> Sequence[Body]:
        """One group of reports."""
        group, keys = self.groups[number], self.across[number] if self.across else ()
        return [
            Body(
                [self._reading(brief) for brief in group],
                [self._within(brief) for brief in group],
                [relation for key in keys for relation in self._compared(key)],
                self.alignments_of(keys),
            )
        ]

    @property
    def _keys(self) -> list[str]:
        return [key for keys in self.across for key in keys]

    def _reading(self, brief: Brief) -> Extraction:
        found: Extraction = unpacked(self.shelf.get(brief.key, brief.row, "reading"))
        return found

    def _within(self, brief: Brief) -> Sequence[Relation]:
        found: Sequence[Relation] = unpacked(self.shelf.get(brief.key, brief.row, "checks"))[0]
        return found

    def _compared(self, key: str) -> Sequence[Relation]:
        found: Sequence[Relation] = unpacked(self.shelf.get(key, 0, "relations"))
        return found

    def _alignments(self, key: str, number: int) -> Sequence[Alignment]:
        found: Sequence[Alignment] = unpacked(self.shelf.get(_beside(key, number), 0, "alignments"))
        return found

    def size(self, key: str) -> tuple[int, tuple[int, ...]]:
        """How many relations a shard has, and how many alignments each of its reports."""
        found: tuple[int, tuple[int, ...]] = unpacked(self.shelf.get(key, 0, "size"))
        return found


def _put_together(kept: _Shelved, briefs: Sequence[Brief], further: Sequence[Problem]) -> Audit:
    shelf, read = kept.shelf, kept.read
    across = [key for keys in kept.across for key in keys]
    compared = [unpacked(shelf.get(key, 0, "findings")) for key in across]
    along = {place for _, places, _ in compared for place in places}

    def findings() -> Iterator[Finding]:
        for brief in read:
            for number, finding in enumerate(unpacked(shelf.get(brief.key, brief.row, "checks"))[1]):
                if (brief.key, brief.row, number) not in along:
                    yield finding
        for found, _, _ in compared:
            yield from found

    inside = sorted(
        [*((brief.order, brief.problems) for brief in briefs), *((_of_path(each), (each,)) for each in further)],
        key=lambda each: each[0],
    )
    problems = [problem for _, told in inside for problem in told] + [each for _, _, told in compared for each in told]
    return Audit(
        extractions=Kept([1] * len(read), kept.extraction),
        relations=Kept([*(brief.relations for brief in read), *(kept.size(key)[0] for key in across)], kept.relations),
        findings=tuple(findings()),
        problems=tuple(problems),
        alignments=kept.alignments_of(across),
        bodies=Kept([1] * len(kept.groups), kept.body, at_hand=1),
        known=[(brief.name, brief.report) for brief in read if brief.report is not None],
        remarked=frozenset(brief.name for brief in read if brief.remarked),
    )


def _of_path(problem: Problem) -> tuple[str, str, str, str]:
    return pipeline.order_of(Outcome(problems=(problem,)))
