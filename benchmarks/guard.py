"""No pattern's time more than triples when its text is doubled: all patterns of the rules and of the modules, pumped.

usage: guard.py [--length N] [--runs N]

Each pattern is tried on repetitions of its own characters and words, of digits, blanks and Chinese characters, with an
end that does not fit; the slowest of these texts is then doubled up to N characters, and the
medians of several runs are compared. Cost in line with the text doubles, cost with its square quadruples. What takes less than a millisecond
tells nothing. Exit status 1 where a pattern grows faster; each is listed with the module that compiles it.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, cast

import heshu
import regex

LEAST = 0.001
"""Seconds below which no growth is told."""
MOST_GROWTH = 3.0
RANKED, SHORT = 100, 600
"""Characters of the texts by which the slowest is told, and from which it is doubled."""
ENOUGH = 0.03
"""Seconds from which a text is not doubled any more."""
SLOWEST = 2

Compiled = Any  # re.Pattern or regex.Pattern: both search alike


def watched(found: dict[tuple[str, int, str], tuple[Compiled, str]]) -> None:
    """From now on, note every pattern that a module of the package compiles."""

    def noting(compile_: Callable[..., Compiled], engine: str) -> Callable[..., Compiled]:
        def compile_noted(pattern: Any, flags: Any = 0, **further: Any) -> Compiled:
            made = compile_(pattern, flags, **further)
            frame: Any = sys._getframe(1)
            ours = frame.f_globals.get("__name__", "").startswith("heshu")
            if ours and isinstance(made.pattern, str):
                found.setdefault((made.pattern, made.flags, engine), (made, frame.f_globals["__name__"]))
            return made

        return compile_noted

    re.compile = noting(re.compile, "re")  # type: ignore[assignment]
    regex.compile = noting(regex.compile, "regex")  # type: ignore[assignment]


def load_everything() -> None:
    """Import the rooms and make every record of the rules."""
    import importlib
    import pkgutil

    for room in ("corpus", "extract", "rules"):
        package = importlib.import_module(f"heshu.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    heshu.audit([Path(heshu.__file__).parent / "corpus" / "samples"])
    from heshu.rules.catalogue import catalogue
    from heshu.rules.consistency.cues import cues
    from heshu.rules.registry import OURS

    list(catalogue(OURS))
    assert all(cue.pattern for cue in cues().values())


def texts(pattern: str, length: int) -> Iterator[str]:
    """What may hold a pattern up, so many characters long."""
    from heshu.rules.bounded import pumped

    yield from pumped(pattern, length)


def asked(pattern: Compiled) -> Callable[[str], object]:
    """How the package asks a pattern of a text: at its beginning alone, if that is all that is ever done with its name."""
    uses: set[str] = set()
    for module in [each for name, each in sys.modules.items() if name.startswith("heshu.")]:
        for name, value in vars(module).items():
            if value is pattern and module.__file__:
                source = Path(module.__file__).read_text(encoding="utf-8")
                uses |= set(
                    re.findall(rf"\b{name}\b(?! =|:)(?:\.(\w+)\()?", re.sub(r"(?m)^from .*import.*$", "", source))
                )
    if uses and uses <= {"match", "fullmatch"}:
        return cast("Callable[[str], object]", pattern.match if "match" in uses else pattern.fullmatch)
    return lambda text: deque(pattern.finditer(text), maxlen=0)


def seconds(ask: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    ask(text)
    return time.process_time() - begin


def growth(pattern: Compiled, length: int, runs: int) -> tuple[float, float]:
    """How much longer the slowest text takes when it is doubled, and how long that takes in seconds."""
    ask = asked(pattern)
    tried = sorted(
        ((seconds(ask, text), number) for number, text in enumerate(texts(pattern.pattern, RANKED))), reverse=True
    )
    worst = (0.0, 0.0)
    for _, number in tried[:SLOWEST]:
        size, before = SHORT, 0.0
        while size <= length:
            text = next(islice(texts(pattern.pattern, size), number, None))
            after = median(seconds(ask, text) for _ in range(runs))
            if before and after > LEAST:
                worst = max(worst, (after / before, after))
            if after > ENOUGH:
                break  # long enough to tell, and what grows with the square takes minutes before the end
            size, before = 2 * size, after
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=4800)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    found: dict[tuple[str, int, str], tuple[Compiled, str]] = {}
    watched(found)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HESHU_CACHE"] = folder  # nothing that was compiled before
        load_everything()
        grown = 0
        for pattern, module in list(found.values()):
            times, spent = growth(pattern, given.length, given.runs)
            if times > MOST_GROWTH:
                grown += 1
                told = " ".join(pattern.pattern.split())[:100]
                print(f"x{times:.1f}  {1000 * spent:8.1f} ms  {module}  {told}", flush=True)
    print(f"{len(found)} patterns, {grown} of which grow faster than their text")
    sys.exit(1 if grown else 0)


if __name__ == "__main__":
    main()
