"""How heshu and its peers read the same annotated reports, side by side.

usage: peers.py [--gold DIR --reports DIR] [--environment DIR]

The peers (JioNLP, Recognizers-Text, cn2an's sentence mode) are installed in an environment of their own. Without
--gold the sample reports with their annotations are read (annotations/*.mentions.jsonl: one mention a line, with
type, start, end, value or edtf); other corpora in that format go by DIR, as STEM.mentions.jsonl and STEM.txt.

A mention is right if its span overlaps the annotated one and its value is the same (quantities: the number; dates: first
and last day), and strictly right if the span is the same as well. No peer knows the Minguo calendar: "+1911" adds
1911 to each year below 1000 that a peer gives. Units are not compared: the peers have others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import heshu
from heshu.corpus.read import read_text
from heshu.model import Period

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / "build" / "peers"
PEERS = {
    "JioNLP": ("jionlp", ["jionlp"]),
    # It imports a name that later versions of emoji have dropped.
    "Recognizers-Text": ("recognizers", ["recognizers-text-suite", "emoji<2"]),
    "cn2an, sentences": ("cn2an", ["cn2an"]),
}
MOST_SECONDS = 900

Reading = dict[str, Any]
Value = Fraction | tuple[str, str] | None


def value_of(reading: Reading, minguo: bool) -> Value:
    """What is compared: an exact number, or the first and the last day."""
    if reading["type"] == "quantity":
        try:
            return Fraction(str(reading["value"]).replace(",", ""))
        except (ValueError, ZeroDivisionError):
            return None
    if "edtf" in reading:
        period = Period.parse(reading["edtf"])
        first, last = period.first, period.last
        return (str(first), str(last)) if first and last else (reading["edtf"], reading["edtf"])
    ends = [iso(reading.get(end), minguo) for end in ("first", "last")]
    if reading.get("open_end") and ends[1]:
        ends[1] = str(date.fromisoformat(ends[1]) - timedelta(days=1))
    return (ends[0], ends[1]) if ends[0] and ends[1] else None


def iso(day: str | None, minguo: bool) -> str:
    """A day as peers write it (108-10-01, 0108-10-01), as an ISO day; empty where it is none."""
    try:
        year, month, number = (int(part) for part in (day or "").split("-"))
        return str(date(year + 1911 if minguo and year < 1000 else year, month, number))
    except ValueError:
        return ""


def f1(found: Sequence[Reading], wanted: Sequence[Reading], exact: bool, minguo: bool) -> tuple[int, int, int]:
    """Right ones, found ones and wanted ones of one report; each annotation is met once."""
    free = list(wanted)
    right = 0
    for reading in found:
        value = value_of(reading, minguo)
        for mention in free:
            met = (
                (mention["start"], mention["end"]) == (reading["start"], reading["end"])
                if exact
                else mention["start"] < reading["end"] and reading["start"] < mention["end"]
            )
            if met and value is not None and value == value_of(mention, minguo):
                free.remove(mention)
                right += 1
                break
    return right, len(found), len(wanted)


def figure(counts: Iterable[tuple[int, int, int]]) -> str:
    right, found, wanted = (sum(column) for column in zip(*counts, strict=True))
    return f"{2 * right / (found + wanted):.3f}" if found + wanted else "—"


def by_heshu(texts: dict[str, str]) -> tuple[float, dict[str, list[Reading]]]:
    heshu.extract(read_text(next(iter(texts.values()))))
    begin = time.perf_counter()
    readings = {}
    for name, text in texts.items():
        readings[name] = [
            {"type": m.kind, "start": m.start, "end": m.end, "value": m.value}
            | ({"edtf": m.edtf} if m.kind == "date" else {})
            for m in heshu.extract(read_text(text)).mentions
        ]
    return time.perf_counter() - begin, readings


def by_peer(environment: Path, worker: str, texts: dict[str, str]) -> tuple[float, dict[str, list[Reading]]]:
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = subprocess.run(
        [python, HERE / "peer_worker.py", worker],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=MOST_SECONDS,
    )
    answer = json.loads(done.stdout)
    return answer["seconds"], answer["readings"]


def install(environment: Path, packages: Sequence[str]) -> str:
    """Install a peer where it is not yet; what went wrong, or nothing."""
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], capture_output=True, encoding="utf-8")
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["pip failed"])[-1]


def row(name: str, seconds: float, found: dict[str, list[Reading]], gold: dict[str, list[Reading]], size: int) -> str:
    def score(kind: str, exact: bool, minguo: bool = False) -> str:
        return figure(
            f1(
                [reading for reading in found[stem] if reading["type"] == kind],
                [mention for mention in wanted if mention["type"] == kind],
                exact,
                minguo,
            )
            for stem, wanted in gold.items()
        )

    cells = [
        score("quantity", False),
        score("quantity", True),
        score("date", False),
        score("date", False, True),
        score("date", True, True),
        f"{size / seconds:,.0f}",
    ]
    return f"{name:<20}" + "".join(f"{cell:>14}" for cell in cells)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, default=HERE / "annotations")
    options.add_argument("--reports", type=Path, default=HERE.parent / "corpus" / "samples")
    options.add_argument("--environment", type=Path, default=ENVIRONMENT)
    asked = options.parse_args()
    gold, texts = {}, {}
    for path in sorted(asked.gold.glob("*.mentions.jsonl")):
        stem = path.name.removesuffix(".mentions.jsonl")
        gold[stem] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        with (asked.reports / f"{stem}.txt").open(encoding="utf-8", newline="") as file:
            texts[stem] = file.read()
    if not gold:
        print(f"no annotations in {asked.gold}", file=sys.stderr)
        return 2
    size = sum(map(len, texts.values()))
    kinds = [mention["type"] for wanted in gold.values() for mention in wanted]
    print(
        f"{len(gold)} reports, {size} characters, {kinds.count('quantity')} quantities, {kinds.count('date')} dates; F1"
    )
    heads = ["quantities", "exact span", "dates", "dates +1911", "exact span", "characters/s"]
    print(" " * 20 + "".join(f"{head:>14}" for head in heads), flush=True)
    print(row("heshu", *by_heshu(texts), gold, size), flush=True)
    for name, (worker, packages) in PEERS.items():
        trouble = install(asked.environment, packages)
        if trouble:
            print(f"{name:<20}  cannot be installed: {trouble}", flush=True)
            continue
        try:
            print(row(name, *by_peer(asked.environment, worker, texts), gold, size), flush=True)
        except (subprocess.SubprocessError, json.JSONDecodeError) as error:
            print(f"{name:<20}  did not run: {str(error).splitlines()[0]}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
