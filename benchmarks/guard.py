"""No pattern's time more than triples when its text is doubled: all patterns of the rules and of the modules, pumped.

usage: guard.py [--length N] [--runs N]

Each pattern is tried on repetitions of its own characters and words, of digits, blanks and Chinese characters, with an
end that does not fit. The slowest of these texts are then made four times as long, twice, up to N characters; where one
takes much more than four times as long, half of it and the whole are timed in turn, and the shortest times compared.
Cost in line with the text doubles, cost with its square quadruples. What takes less than a millisecond tells nothing.
Exit status 1 where a pattern grows faster; each is listed with the module that compiles it and the piece that was repeated.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, NamedTuple, cast

import heshu
import regex

LEAST = 0.001
"""Seconds below which no growth is told."""
MOST_GROWTH = 3.0
RANKED = 200
"""Characters of the texts by which the slowest are told."""
SLOWEST = 4
ENOUGH = 0.03
"""Seconds from which a text is made no longer."""
LONGEST = 10.0
"""Seconds by the clock after which a pattern is said to run away; a timer of processor time would make its measure coarse."""

Compiled = Any  # re.Pattern or regex.Pattern: both search alike


class Growth(NamedTuple):
    """How much longer a pattern takes when a text is doubled, in seconds then, and what the text repeats."""

    times: float
    seconds: float
    piece: str


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


@cache
def named() -> dict[int, list[tuple[str, str]]]:
    """The modules that have a name for a pattern, and that name, by the pattern's identity."""
    found: dict[int, list[tuple[str, str]]] = {}
    for module in [each for name, each in sys.modules.items() if name.startswith("heshu.")]:
        for name, value in vars(module).items():
            if module.__file__ and isinstance(value, re.Pattern | regex.Pattern):
                found.setdefault(id(value), []).append((module.__file__, name))
    return found


@cache
def source(file: str) -> str:
    """A module without what it imports."""
    return re.sub(r"(?m)^from .*import.*$", "", Path(file).read_text(encoding="utf-8"))


def asked(pattern: Compiled) -> Callable[[str], object]:
    """How the package asks a pattern of a text: at its beginning alone, if that is all that is ever done with its name."""
    uses: set[str] = set()
    for module, name in named().get(id(pattern), ()):
        uses.update(re.findall(rf"\b{name}\b(?! =|:)(?:\.(\w+))?", source(module)))
    if uses and uses <= {"match", "fullmatch"}:
        return cast("Callable[[str], object]", pattern.match if "match" in uses else pattern.fullmatch)
    return lambda text: deque(pattern.finditer(text), maxlen=0)


def seconds(ask: Callable[[str], object], text: str) -> float:
    """What it takes to ask; infinite where it takes too long. Both engines listen to signals while they search."""
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        ask(text)
    except TimeoutError:
        return inf
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.process_time() - begin


def growth(pattern: Compiled, length: int, runs: int) -> Growth | None:
    """How a pattern grows on the slowest of its texts; None where that is in line with them."""
    from heshu.rules.bounded import pumps

    ask = asked(pattern)
    tried = []
    for at, pump in enumerate(pumps(pattern.pattern)):
        tried.append((seconds(ask, pump.text(RANKED)), -at, pump))
        if tried[-1][0] == inf:
            return Growth(inf, inf, pump.piece)
    for _, _, pump in sorted(tried, reverse=True)[:SLOWEST]:
        before = inf
        for size in (length // 16, length // 4, length):
            after = seconds(ask, pump.text(size))
            if after > max(LEAST, 2 * MOST_GROWTH * before):
                halves, wholes = pump.text(size // 2), pump.text(size)
                taken = [(seconds(ask, halves), seconds(ask, wholes)) for _ in range(runs)]
                half, whole = map(min, zip(*taken, strict=True))
                if whole > max(LEAST, MOST_GROWTH * half):
                    return Growth(whole / (half or LEAST), whole, pump.piece)
            if before < after > ENOUGH:
                break
            before = after
    return None


def stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=6400)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    found: dict[tuple[str, int, str], tuple[Compiled, str]] = {}
    watched(found)
    signal.signal(signal.SIGALRM, stop)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HESHU_CACHE"] = folder  # nothing that was compiled before
        load_everything()
        grown = 0
        for pattern, module in list(found.values()):
            if (much := growth(pattern, given.length, given.runs)) is not None:
                grown += 1
                told = " ".join(pattern.pattern.split())[:100]
                print(f"x{much.times:.1f} {1000 * much.seconds:8.1f} ms  {module}  {much.piece!r}  {told}", flush=True)
    print(f"{len(found)} patterns, {grown} of which grow faster than their text")
    sys.exit(1 if grown else 0)


if __name__ == "__main__":
    main()
