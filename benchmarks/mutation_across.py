"""How much of what goes wrong between reports is noticed: change one digit in one of them, and compare them again.

usage: python benchmarks/mutation_across.py [--reports DIR | --pairs [DIR]] [--misses N]

Without a folder, goes through the ties between the sample reports that are known to hold
(`tests/planted.json`); with one, through those that the audit itself finds to hold there. Every figure of a
tie gets one digit changed, one at a time; which digit, and to what, is the same on every run. A change counts as noticed
if a finding names the figure that was not there before, be it inside its report or across. Changes that arithmetic
cannot see (a running total that still rises) are counted apart.

With --pairs, goes through the pairs that were made by hand (`annotations/series-pairs.jsonl`, of reports in DIR, `../shared`)
whose figures must be equal: how many of them are tied as they stand, and of how many a digit that is changed in the later
report is noticed, with what severity. Each is held against its one earlier report.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import heshu
from heshu.corpus.read import read_text
from heshu.model import Extraction, Finding, Mention, Relation
from heshu.pipeline import extract
from heshu.rules.consistency import relate
from heshu.rules.consistency.across import compare, relate_across
from heshu.rules.consistency.findings import findings_of

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
TESTS = Path(heshu.__file__).parent / "tests"
SHARED = Path(heshu.__file__).parents[1] / "shared"
PAIRS = Path(__file__).parent / "annotations" / "series-pairs.jsonl"
DIGITS = "0123456789"
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """Figures of several reports that agree."""

    name: str
    kind: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One report, read, with what is known inside it."""

    extraction: Extraction
    inside: tuple[Relation, ...]


def read(text: str, name: str) -> Read:
    extraction = extract(read_text(text, name))
    relations = relate(
        extraction.report,
        extraction.mentions,
        extraction.facts,
        issued=extraction.issued.edtf if extraction.issued else None,
    )
    return Read(extraction, tuple(relations))


def place(mention: Mention) -> Place:
    return mention.report, mention.start, mention.end


def named(findings: Iterable[Finding]) -> set[tuple[str, frozenset[Place]]]:
    return {(finding.code, frozenset(map(place, finding.mentions))) for finding in findings}


def across(reads: dict[str, Read]) -> tuple[Relation, ...]:
    return relate_across([each.extraction for each in reads.values()])


def changed(text: str, start: int, end: int, key: str) -> str | None:
    """The text with one digit changed, the leading one never to zero."""
    places = [at for at in range(start, end) if text[at] in DIGITS]
    if not places:
        return None
    chance = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    at = places[chance % len(places)]
    others = [digit for digit in DIGITS if digit != text[at] and not (digit == "0" and at == places[0])]
    return text[:at] + others[(chance >> 8) % len(others)] + text[at + 1 :]


def overlap(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def trials(texts: dict[str, str], ties: list[Tie]) -> Iterator[tuple[Tie, str, str, str]]:
    """Change, compare: the tie, the figure before and after, and what came of it."""
    base = {name: read(text, name) for name, text in texts.items()}
    known = named(findings_of(across(base)))
    inside = {name: named(findings_of(each.inside)) for name, each in base.items()}
    for tie in ties:
        for spot in tie.places:
            name, start, end = spot
            mutant = changed(texts[name], start, end, f"{tie.name} {spot}")
            if mutant is None:
                continue
            now = base | {name: read(mutant, name)}
            relations = across(now)
            new = (named(findings_of(relations)) - known) | (named(findings_of(now[name].inside)) - inside[name])
            noticed = any(overlap(spot, each) for _, places in new for each in places)
            outcome = "noticed" if noticed else missed(tie, spot, relations)
            yield tie, texts[name][start:end], mutant[start:end], outcome


def missed(tie: Tie, spot: Place, relations: Iterable[Relation]) -> str:
    """Why a change was not noticed."""
    tied = [each for each in relations if any(overlap(spot, place(m)) for m in (each.result, *each.terms))]
    if any(each.rule == "series.cumulative" for each in tied):
        return "invisible"
    return f"not decided: {tie.kind}" if tied else f"not tied: {tie.kind}"


def sample_ties() -> tuple[dict[str, str], list[Tie]]:
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(SAMPLES.glob("*.txt"))}
    listed = json.loads((TESTS / "planted.json").read_text(encoding="utf-8"))["holding"]
    ties = [
        Tie(
            entry["id"],
            str(entry["check"]),
            tuple((each["report"], each["start"], each["end"]) for each in (entry["result"], *entry["terms"])),
        )
        for entry in listed
        if entry["across"]
    ]
    return texts, ties


def found_ties(folder: Path) -> tuple[dict[str, str], list[Tie]]:
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}
    relations = across({name: read(text, name) for name, text in texts.items()})
    ties = [
        Tie(f"r{number}", each.rule, tuple(map(place, (each.result, *each.terms))))
        for number, each in enumerate(relations)
        if each.holds
    ]
    return texts, ties


def by_hand(shared: Path, misses: int) -> int:
    """The pairs that were made by hand: tied as they stand, and noticed where they break."""
    texts: dict[str, str] = {}
    reads: dict[str, Read] = {}
    tied, outcomes = Counter[bool](), Counter[str]()
    shown: list[str] = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        section = json.loads(line)
        paths = [shared / section[side] for side in ("earlier", "later")]
        if not all(path.exists() for path in paths):
            continue
        for path in paths:
            texts[path.name] = path.read_bytes().decode("utf-8")
            if path.name not in reads:
                reads[path.name] = read(texts[path.name], path.name)
        earlier, later = (path.name for path in paths)
        base = {name: reads[name] for name in (earlier, later)}
        relations = compared(base)
        known = named(findings_of(relations)) | named(findings_of(base[later].inside))
        for pair in section["pairs"]:
            if not pair.get("equal"):
                continue
            mention = next(each for each in base[later].extraction.mentions if each.start == pair["later"])
            spot = place(mention)
            there = [(earlier, pair["earlier"]), (later, pair["later"])]
            is_tied = any(each.holds and all(spot in starts(each) for spot in there) for each in relations)
            tied[is_tied] += 1
            mutant = changed(texts[later], *spot[1:], f"{earlier} {spot}")
            if mutant is None:
                continue
            now = base | {later: read(mutant, later)}
            findings = [*findings_of(compared(now)), *findings_of(now[later].inside)]
            new = [each for each in findings if (each.code, frozenset(map(place, each.mentions))) not in known]
            said = [each for each in new if any(overlap(spot, place(m)) for m in each.mentions)]
            outcome = f"{said[0].severity} {said[0].code}" if said else "missed"
            outcomes[outcome] += 1
            if not said:
                how = "tied" if is_tied else "not tied"
                shown.append(
                    f"{section['half']} {later} {spot[1]}: {mention.text!r} → {mutant[slice(*spot[1:])]!r} ({how})"
                )
    seen = sum(outcomes.values())
    noticed = seen - outcomes["missed"]
    print(f"tied as they stand: {tied[True]} of {sum(tied.values())} ({tied[True] / max(sum(tied.values()), 1):.1%})")
    print(f"noticed: {noticed} of {seen} ({noticed / max(seen, 1):.1%})")
    for outcome, times in sorted(outcomes.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {outcome}: {times}")
    print("".join(f"    {each}\n" for each in shown[:misses]), end="")
    return 0


def compared(reads: dict[str, Read]) -> tuple[Relation, ...]:
    """All that is known across the reports, with what ties each of them inside."""
    inside = {name: each.inside for name, each in reads.items()}
    return compare([each.extraction for each in reads.values()], inside)[0]


def starts(relation: Relation) -> set[tuple[str, int]]:
    """Where the figures of a relation begin."""
    return {(each.report, each.start) for each in (relation.result, *relation.terms)}


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=Path, help="folder of texts; without it, the sample reports")
    cli.add_argument("--misses", type=int, default=20, help="misses to show")
    cli.add_argument(
        "--pairs", type=Path, nargs="?", const=SHARED, help="pairs made by hand, of reports in this folder"
    )
    args = cli.parse_args()
    if args.pairs:
        return by_hand(args.pairs, args.misses)
    texts, ties = found_ties(args.reports) if args.reports else sample_ties()
    results = list(trials(texts, ties))
    outcomes = Counter(outcome for *_, outcome in results)
    seen = len(results) - outcomes["invisible"]
    print(f"{len(ties)} ties, {len(results)} changes, {outcomes['invisible']} that arithmetic cannot see")
    print(f"noticed: {outcomes['noticed']} of {seen} ({outcomes['noticed'] / seen if seen else 1:.1%})")
    for outcome, times in sorted(outcomes.items(), key=lambda item: (-item[1], item[0])):
        if outcome not in ("noticed", "invisible"):
            print(f"  missed, {outcome}: {times}")
    shown = [each for each in results if each[3] not in ("noticed", "invisible")]
    for tie, before, after, outcome in shown[: args.misses]:
        print(f"    {tie.name} {tie.places[0][0]}: {before!r} → {after!r} ({outcome})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
