"""The whole audit against bare `jieba.lcut` on the same text, on one core, and how time grows with the text.

usage: bench.py [PATH …]     the sample reports without PATH

Each figure is the best of several runs, in characters of text a second of processor time. The start is left out on
both sides: rules and dictionary are loaded before.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import heshu
from heshu.corpus.read import read_text
from heshu.model import Report

ROOT = Path(heshu.__file__).parent
RUNS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest run."""
    seconds = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def once(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def audit(texts: list[str]) -> None:
    reports: list[Report] = [read_text(text, f"{number}.txt") for number, text in enumerate(texts)]
    heshu.audit(reports)


def segment(texts: list[str]) -> None:
    import jieba

    for text in texts:
        jieba.lcut(text)


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]] or [ROOT / "corpus" / "samples"]
    files = sorted(file for path in paths for file in (path.glob("*.txt") if path.is_dir() else [path]))
    texts = [heshu.read(file).text for file in files]
    size = sum(map(len, texts))
    audit_start = once(lambda: audit(["108年10月1日計12人（男性5人、女性7人）"]))

    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba_start = once(lambda: segment(["計12人"]))
    audited, segmented = size / best(lambda: audit(texts)), size / best(lambda: segment(texts))
    print(f"{len(files)} reports, {size} characters")
    print(f"whole audit   {audited:>10,.0f} characters/s   start {audit_start:.2f} s")
    print(f"jieba.lcut    {segmented:>10,.0f} characters/s   start {jieba_start:.2f} s (cached dictionary)")
    print(f"ratio         {audited / segmented:>10.2f}")
    longer = "\n".join(texts)
    spent = [best(lambda times=times: audit([longer * times])) for times in (1, 2, 4)]  # type: ignore[misc]
    print("growth        " + ", ".join(f"{after / before:.2f}" for before, after in pairwise(spent)))
    print("              (time of twice the text, and of twice that again; 2 is linear)")


if __name__ == "__main__":
    main()
