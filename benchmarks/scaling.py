"""How time and memory go with the number of reports and of processes, as a table for docs/scale.md.

usage: scaling.py [--sizes N,N,...] [--runs N] [--jobs N] [--formats LIST] [--fail]

A made-up corpus of each size (``corpus.py``) is audited several times; of the runs the medians count.
  processor time  of all processes, start and writing included; a report: less what a run needs to start (the audit of one report)
  most memory     of any process, in MB
  planted, others what the audit found of the contradictions in the corpus, and what else it said
With --jobs the largest corpus is audited with one process and with N, in turns:
  by the clock    the time of one against that of N; tells nothing on a machine that does other things, too
  by processor    the same from processor time alone: that of the process that waits, and the N-th part of that of the others
--fail: end with status 1 where something is worse than what the project promises: a report takes no more than 1.15 times as
long in the largest corpus as in the second smallest, 1 GB, all that was planted and nothing else, 1.7 times as fast with two.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import corpus

FLAT, MEMORY, SPEEDUP = 1.15, 1024, 1.7
_RUN = """
import json, resource, sys, time
begin = time.perf_counter()
from heshu.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, time.perf_counter() - begin,
                  max(own.ru_maxrss, others.ru_maxrss) // 1024]), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    own: float
    """Processor time of the process that waits and puts together."""
    others: float
    clock: float
    memory: float
    """MB."""

    @property
    def processor(self) -> float:
        return self.own + self.others

    def spread(self, jobs: int) -> float:
        """What it would take with a processor for each process, and nothing else on them."""
        return self.own + self.others / jobs


def audited(reports: Path, out: Path, jobs: int, formats: str) -> Run:
    """One run of the command line, and what it took."""
    order = ["audit", str(reports), "-o", str(out), "--formats", formats, "--fail-on", "never", "--jobs", str(jobs)]
    command = [sys.executable, "-c", _RUN, *order]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return Run(*json.loads(done.stderr.splitlines()[-1]))


def median(runs: Sequence[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, field.name) for run in runs) for field in fields(Run)))


def table(folder: Path, sizes: Sequence[int], runs: int, formats: str) -> list[str]:
    """Print a row for each size; what is worse than promised."""
    worse: set[str] = set()
    each: dict[int, float] = {}
    start = 0.0
    print("| reports | processor time a report | most memory | planted, found | others |\n|---|---|---|---|---|")
    for size in sizes:
        reports = folder / str(size) / corpus.REPORTS
        took = median([audited(reports, folder / f"{size}-audit", 1, formats) for _ in range(runs)])
        if size == 1:
            start = took.processor
            continue
        each[size] = (took.processor - start) / (size - 1)
        told = corpus.check(folder / str(size), folder / f"{size}-audit")
        planted, found = told.planted.total(), told.found.total()
        row = [f"{size:,}", f"{each[size] * 1000:.1f} ms", f"{took.memory:,.0f} MB", f"{found:,} of {planted:,}"]
        print(f"| {' | '.join(row)} | {len(told.others)} |", flush=True)
        worse |= {"memory"} if took.memory > MEMORY else set()
        worse |= {"findings"} if found < planted or told.others else set()
    *_, last = each
    base = [*each][min(1, len(each) - 1)]
    print(f"start {start:.2f} s; a report of {last:,} against one of {base:,}: {each[last] / each[base]:.2f}")
    return sorted(worse | ({"flat"} if each[last] / each[base] > FLAT else set()))


def jobs(folder: Path, size: int, number: int, runs: int, formats: str) -> list[str]:
    """Print how much faster several processes are; what is worse than promised."""
    reports, out = folder / str(size) / corpus.REPORTS, folder / "jobs-audit"
    pairs = [[audited(reports, out, jobs, formats) for jobs in (1, number)] for _ in range(runs)]
    one, several = (median([pair[at] for pair in pairs]) for at in (0, 1))
    speedup = one.processor / several.spread(number)
    print(f"{number} processes, {size:,} reports: {one.clock / several.clock:.2f} times as fast by the clock, ", end="")
    print(
        f"{speedup:.2f} by processor time ({several.own:.1f} s in the process that waits, {several.others:.1f} s elsewhere)"
    )
    return ["jobs"] if speedup < SPEEDUP * number / 2 else []


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--sizes", default="10,100,200")
    cli.add_argument("--runs", type=int, default=3)
    cli.add_argument("--jobs", type=int, default=0)
    cli.add_argument("--formats", default="jsonl")
    cli.add_argument("--fail", action="store_true")
    args = cli.parse_args()
    sizes = [1, *map(int, args.sizes.split(","))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            corpus.make(size, folder / str(size), seed=1)
        worse = table(folder, sizes, args.runs, args.formats)
        worse += jobs(folder, sizes[-1], args.jobs, args.runs, args.formats) if args.jobs else []
    if worse:
        print(f"worse than promised: {', '.join(worse)}", file=sys.stderr)
    return 1 if worse and args.fail else 0


if __name__ == "__main__":
    sys.exit(main())
