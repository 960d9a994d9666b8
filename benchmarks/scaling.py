"""How time and memory go with the number of reports and of processes: ratios, so that they hold on any machine.

usage: scaling.py [--small N] [--large N] [--runs N] [--jobs N] [--fail]

A made-up corpus (``corpus.py``) is audited with ``--formats jsonl``, several times each; of these the medians count.
  flat    processor time a report of the large corpus against that of the small one; what a run needs to start (the audit of
          one report) is taken off both
  memory  the most memory of a process, the large corpus against the small one, in MB
  jobs    time of the clock with one process against that with N, over the large corpus; meaningless on a busy machine, and
          therefore left out unless --jobs is given
--fail: end with status 1 where a ratio is worse than what the project promises (1.15; 1.7 with two processes).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import corpus

FLAT, MEMORY, SPEEDUP = 1.15, 1024, 1.7


@dataclass(frozen=True, slots=True)
class Run:
    processor: float
    clock: float
    memory: int
    """MB."""


def audited(reports: Path, out: Path, jobs: int) -> Run:
    """One run of the command line, and what it took."""
    begin = time.perf_counter()
    command = ["audit", str(reports), "-o", str(out), "--formats", "jsonl", "--fail-on", "never", "--jobs", str(jobs)]
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "heshu", *command],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"heshu audit ended with status {status}")
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss // 1024)


def median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in Run.__slots__))


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--small", type=int, default=50)
    cli.add_argument("--large", type=int, default=200)
    cli.add_argument("--runs", type=int, default=3)
    cli.add_argument("--jobs", type=int, default=0)
    cli.add_argument("--fail", action="store_true")
    args = cli.parse_args()
    worse: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (1, args.small, args.large)
        for size in sizes:
            corpus.make(size, folder / str(size), seed=1)
        took = {
            size: median([audited(folder / str(size) / corpus.REPORTS, folder / "out", 1) for _ in range(args.runs)])
            for size in sizes
        }
        each = {size: (took[size].processor - took[1].processor) / (size - 1) for size in sizes[1:]}
        flat = each[args.large] / each[args.small]
        print(
            f"flat    {flat:.2f}  ({each[args.small]:.4f} s a report of {args.small}, {each[args.large]:.4f} s of {args.large})"
        )
        print(f"memory  {took[args.small].memory} MB, {took[args.large].memory} MB")
        worse += ["flat"] if flat > FLAT else []
        worse += ["memory"] if took[args.large].memory > MEMORY else []
        if args.jobs:
            several = median(
                [
                    audited(folder / str(args.large) / corpus.REPORTS, folder / "out", args.jobs)
                    for _ in range(args.runs)
                ]
            )
            speedup = took[args.large].clock / several.clock
            print(
                f"jobs    {speedup:.2f}  ({took[args.large].clock:.1f} s with one process, {several.clock:.1f} s with {args.jobs})"
            )
            worse += ["jobs"] if speedup < SPEEDUP * args.jobs / 2 else []
    if worse:
        print(f"worse than promised: {', '.join(worse)}", file=sys.stderr)
    return 1 if worse and args.fail else 0


if __name__ == "__main__":
    sys.exit(main())
