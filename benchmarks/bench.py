"""Each step of the work against bare `jieba.lcut` on the same texts in the same run, on one core.

usage: bench.py [PATH …] [--runs N] [--peers DIR]     the sample reports without PATH

Times are processor time; every step is run N times, turn by turn with jieba, and the median counts. The first run of a
process has empty caches and is told apart. A start is a process of its own: that of jieba cuts one word with its kept
dictionary. Peers are timed in the environment that `make peers` sets up, where there is one. The last lines show how
time grows with the text: twice as long takes twice as long where cost is linear.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

import heshu
import jieba
from heshu import pipeline
from heshu.corpus.read import read_text
from peers import ENVIRONMENT, PEERS, by_peer

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
WARM_UP = "108年10月1日計一百二十三人（男性5人、女性7人），占12.5%"


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def process(*command: str, **environment: str) -> float:
    """Seconds of processor time of a process and its children, started for this alone."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def steps(names: list[str], texts: list[str]) -> dict[str, Callable[[], object]]:
    """What is timed, by name; the order is that of the work."""
    reports = [read_text(text, name) for name, text in zip(names, texts, strict=True)]
    return {
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
        "read": lambda: [read_text(text, name) for name, text in zip(names, texts, strict=True)],
        "extract": lambda: [heshu.extract(report) for report in reports],
        "audit, report by report": lambda: [pipeline.audit([report], each=True) for report in reports],
        "audit with all across": lambda: pipeline.audit(reports),
    }


def starts(text: str, runs: int) -> dict[str, float]:
    """What a process costs from its start to its end, in seconds: the median of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.txt")
        one.write_text(text, encoding="utf-8")
        audit = (sys.executable, "-m", "heshu", "audit", str(one), "-o", folder + "/out", "--formats", "jsonl")
        commands = {
            "jieba, one word": (sys.executable, "-c", "import jieba; jieba.lcut('計12人')"),
            "heshu audit one.txt --formats jsonl": audit,
            "heshu --help": (sys.executable, "-m", "heshu", "--help"),
        }
        for command in commands.values():
            process(*command)  # what is kept from run to run is made in the first
        times = {name: [process(*command) for _ in range(runs)] for name, command in commands.items()}
    return {name: median(found) for name, found in times.items()}


def whole_command(texts: list[str]) -> float:
    """The command line with every format, over all texts in one process."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        for number, text in enumerate(texts):
            (source / f"{number:04}.txt").write_text(text, encoding="utf-8")
        return process(sys.executable, "-m", "heshu", "audit", str(source), "-o", folder + "/out", "--jobs", "1")


def peers(environment: Path, texts: list[str]) -> dict[str, float]:
    """Seconds of each peer that is installed."""
    if not environment.exists():
        return {}
    named = {str(number): text for number, text in enumerate(texts)}
    found = {}
    for name, (worker, _) in PEERS.items():
        with suppress(subprocess.CalledProcessError):
            found[name] = by_peer(environment, worker, named)[0]
    return found


def row(name: str, seconds: float, jieba_seconds: float, note: str = "") -> None:
    print(f"| {name:<36} | {seconds:>9.3f} | {jieba_seconds / seconds:>6.2f} | {note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=ENVIRONMENT)
    asked = parser.parse_args()
    files = sorted(file for path in asked.paths for file in (path.glob("*.txt") if path.is_dir() else [path]))
    texts = [heshu.read(file).text for file in files]
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("計12人")
    pipeline.audit([read_text(WARM_UP, "warm.txt")], each=True)

    work = steps([file.name for file in files], texts)
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(asked.runs):
        for name, step in work.items():
            times[name].append(spent(step))
    plain = median(times["jieba.lcut"])
    size = sum(map(len, texts))
    versions = ", ".join(f"{name} {version(name)}" for name in ("heshu", "jieba", "regex"))
    print(f"{time.strftime('%Y-%m-%d')}, {platform.python_implementation()} {platform.python_version()}, {versions}")
    print(
        f"{len(files)} reports, {size} characters; ratio 1 is the speed of jieba.lcut, {size / plain:,.0f} characters/s"
    )
    print("| step                                 | seconds   | ratio  |")
    for name, found in times.items():
        row(name, median(found), plain, f"first run {times['jieba.lcut'][0] / found[0]:.2f}")
    row("command line, all formats", whole_command(texts), plain, "its start included")
    for name, seconds in peers(asked.peers, texts).items():
        row(name, seconds, plain, "dates and quantities alone")
    begun = starts(texts[0], asked.runs)
    for name, seconds in begun.items():
        row(f"start: {name}", seconds, begun["jieba, one word"], "against the start of jieba")
    longer = "\n".join(texts)
    grown = [
        min(spent(lambda times=times: heshu.extract(read_text(longer * times, "l.txt"))) for _ in range(asked.runs))  # type: ignore[misc]
        for times in (1, 2, 4)
    ]
    print(
        "growth of one report:",
        ", ".join(f"x{after / before:.2f}" for before, after in pairwise(grown)),
    )


if __name__ == "__main__":
    main()
