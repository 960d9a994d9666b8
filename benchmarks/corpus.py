"""A made-up corpus: half-yearly reports of made-up cities' offices, with known contradictions in a few of them.

usage: corpus.py make N OUT [--seed S]     N reports in OUT/reports, and OUT/manifest.jsonl
       corpus.py check OUT AUDIT           what an audit of OUT/reports (its findings.jsonl) found, and what else it said
       corpus.py trial N OUT [--seed S]    both, with the audit in between

Every report tells some thirty figures: cases by kind and their total, a rate with its numerator and denominator, places that
are counted, a table, a change from the year before, the last half-year told again, a meeting that two reports date, a
standard that is raised once, a running total. All of them follow from the seed, the city, the office and the half-year, so
that the first reports of a large corpus are those of a small one. Into one report of eight a contradiction is planted; what
looks like one and is none (a correction that is announced, a plan beside its outcome, a standard raised with the old value
told, a coarser rounding) stands in many, and the manifest names it, too.

A planted contradiction counts as found if a finding that is more than a note shows the wrong figure, or the figure of the
other report that it contradicts together with the report it stands in.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from made_reports import reports, unmarked

REPORTS = "reports"


def make(count: int, out: Path, seed: int) -> None:
    """Write the reports, a folder a city, and the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    entries: Counter[str] = Counter()
    with (out / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for writer in reports(count, seed):
            name = writer.office.file(writer.half)
            text, figures = unmarked(writer.text())
            folder = out / REPORTS / writer.office.city
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            for kind, start, end in figures:
                entries[kind] += 1
                entry = {"report": name, "kind": kind, "start": start, "end": end, "text": text[start:end]}
                manifest.write(json.dumps(entry, ensure_ascii=False) + "\n")
    print(
        f"{count} reports; planted: {entries.total() - entries['near']}; near misses: {entries['near']}",
        file=sys.stderr,
    )


# --- what an audit says of it -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    planted: Counter[str]
    found: Counter[str]
    missed: list[dict[str, object]]
    others: list[dict[str, object]]
    """Findings that tell of nothing planted, notes left out."""
    notes: int


def check(corpus: Path, audit: Path) -> Verdict:
    """Hold the findings of an audit against the manifest."""
    entries = list(_lines(corpus / "manifest.jsonl"))
    planted = [entry for entry in entries if entry["kind"] != "near"]
    wrong: dict[object, list[dict[str, object]]] = defaultdict(list)
    for entry in planted:
        wrong[entry["report"]].append(entry)
    found: set[int] = set()
    others, notes = [], 0
    for finding in _lines(audit / "findings.jsonl"):
        told = [
            entry for mention in finding["mentions"] for entry in wrong[mention["report"]] if _shows(mention, entry)
        ]
        if finding["severity"] == "note":
            notes += not told
        elif told:
            found |= {id(entry) for entry in told}
        else:
            others.append(finding)
    return Verdict(
        Counter(str(entry["kind"]) for entry in planted),
        Counter(str(entry["kind"]) for entry in planted if id(entry) in found),
        [entry for entry in planted if id(entry) not in found],
        others,
        notes,
    )


def _shows(mention: dict[str, int], entry: dict[str, object]) -> bool:
    return mention["start"] < int(str(entry["end"])) and int(str(entry["start"])) < mention["end"]


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def tell(verdict: Verdict, most: int = 10) -> int:
    """Print a verdict; 0 if all that was planted was found and nothing else was said."""
    for kind, count in sorted(verdict.planted.items()):
        print(f"  {kind:<11}{verdict.found[kind]:>6} of {count}")
    print(
        f"planted {verdict.planted.total()}, found {verdict.found.total()}, others {len(verdict.others)}, notes {verdict.notes}"
    )
    for entry in verdict.missed[:most]:
        print(f"  missed {entry['kind']}: {entry['report']} {entry['text']}")
    for finding in verdict.others[:most]:
        print(f"  other {finding['code']} {finding['severity']}: {finding['report']}: {finding['message_zh']}")
    return 1 if verdict.missed or verdict.others else 0


def trial(count: int, out: Path, seed: int, audit: Callable[[Path, Path], None]) -> int:
    make(count, out, seed)
    audit(out / REPORTS, out / "audit")
    return tell(check(out, out / "audit"))


def _audit(corpus: Path, out: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "heshu",
        "audit",
        str(corpus),
        "-o",
        str(out),
        "--formats",
        "jsonl",
        "--fail-on",
        "never",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("task", choices=("make", "check", "trial"))
    cli.add_argument("first", help="how many reports, or the folder of a corpus")
    cli.add_argument("second", type=Path, help="where they go, or the folder of an audit")
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    if args.task == "check":
        return tell(check(Path(args.first), args.second))
    if args.task == "trial":
        return trial(int(args.first), args.second, args.seed, _audit)
    make(int(args.first), args.second, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
