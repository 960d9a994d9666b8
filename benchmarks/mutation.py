"""How much of what goes wrong is noticed: change one digit of a figure that agrees with others, and audit again.

usage: python benchmarks/mutation.py [--gold DIR --reports DIR] [--figures N] [--misses N]

Goes through every relation that is known to hold: those of the sample reports (`tests/planted.json`), or of a
folder with annotations (`STEM.mentions.jsonl`, `STEM.relations.jsonl`) and one with the texts (`STEM.txt`). Of each, up
to N figures get one digit changed, one at a time; which digit, and to what, is the same on every run. A change counts as
noticed if a finding, or a relation that does not hold and was not there before, names the figure. Changes that
arithmetic cannot see (47.2% still reaches a quarter with another digit) are counted apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import heshu
from heshu.corpus.read import read_text
from heshu.model import Mention, Relation
from heshu.pipeline import extract
from heshu.rules.consistency import relate
from heshu.rules.consistency.findings import findings_of
from heshu.rules.consistency.interval import stated
from heshu.rules.consistency.law import growth_of, rate_of, total

SAMPLES = Path(heshu.__file__).parent / "corpus" / "samples"
TESTS = Path(heshu.__file__).parent / "tests"
DIGITS = "0123456789"
WIDE = "０１２３４５６７８９"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that holds: the places of its result and its terms."""

    report: str
    name: str
    kind: str
    result: Span
    terms: tuple[Span, ...]
    signs: tuple[str, ...]

    @property
    def places(self) -> tuple[Span, ...]:
        """Every place that the relation ties."""
        return (self.result, *self.terms)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an audit of a text knows."""

    mentions: dict[Span, Mention]
    relations: tuple[Relation, ...]
    named: frozenset[tuple[str, frozenset[Span]]]
    """What does not agree: code or rule, and the places it names."""


def audit(text: str, name: str) -> Reading:
    """Read, relate, and note what does not agree."""
    report = read_text(text, name)
    extraction = extract(report)
    relations = tuple(
        relate(
            report,
            extraction.mentions,
            extraction.facts,
            issued=extraction.issued.edtf if extraction.issued else None,
            unread=extraction.unread,
        )
    )
    named = {(f.code, frozenset(map(place, f.mentions))) for f in findings_of(relations) if f.severity != "note"}
    named |= {(r.rule, frozenset(map(place, (r.result, *r.terms)))) for r in relations if r.holds is False}
    return Reading({place(m): m for m in extraction.mentions}, relations, frozenset(named))


def place(mention: Mention) -> Span:
    return mention.start, mention.end


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def changed(text: str, span: Span, key: str) -> str | None:
    """The text with one digit of a figure changed, the leading one never to zero; ``None`` where there is no digit."""
    places = [at for at in range(*span) if text[at] in DIGITS or text[at] in WIDE]
    if not places:
        return None
    chance = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    at = places[chance % len(places)]
    row = DIGITS if text[at] in DIGITS else WIDE
    others = [digit for digit in row if digit != text[at] and not (digit == row[0] and at == places[0])]
    return text[:at] + others[(chance >> 8) % len(others)] + text[at + 1 :]


def visible(tie: Tie, reading: Reading) -> bool:
    """Whether the figures as they stand now contradict the relation."""
    mentions = [reading.mentions.get(span) for span in tie.places]
    if any(mention is None for mention in mentions):
        return True
    result, *terms = (mention for mention in mentions if mention is not None)
    if any(mention.kind == "date" for mention in (result, *terms)) or not terms:
        return True
    if tie.kind in ("sum", "difference", "change"):
        signs = ["-" if sign == "-" else "+" for sign in tie.signs]
        return total("sum", "", result, terms, signs).holds is False  # type: ignore[arg-type]
    if tie.kind in ("ratio", "mean") and len(terms) == 2:
        relation = rate_of("", result, *terms)
        return relation is None or relation.holds is False
    if tie.kind == "growth" and len(terms) == 2:
        ways = (growth_of("", result, *terms, falls) for falls in (False, True))
        return all(relation is None or relation.holds is False for relation in ways)
    if tie.kind in ("same", "series"):
        return not stated(result).meets(stated(terms[0]))
    if tie.kind == "part_of":
        return (result.value or 0) > (terms[0].value or 0)
    if tie.kind == "threshold":
        factor = 100 if terms[0].unit == "ratio" and result.unit != "ratio" else 1
        return (result.value or 0) < (terms[0].value or 0) * factor
    return True


def sample_ties() -> tuple[dict[str, str], list[Tie]]:
    """The sample reports and what holds inside them."""
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(SAMPLES.glob("*.txt"))}
    listed = json.loads((TESTS / "planted.json").read_text(encoding="utf-8"))["holding"]
    ties = [
        Tie(
            entry["reports"][0],
            entry["id"],
            entry["kind"],
            (entry["result"]["start"], entry["result"]["end"]),
            tuple((term["start"], term["end"]) for term in entry["terms"]),
            tuple(entry["signs"]),
        )
        for entry in listed
        if not entry["across"]
    ]
    return texts, ties


FIELDS = {
    "sum": ("total", "parts"),
    "ratio": ("value", "num", "den"),
    "difference": ("result", "minuend", "subtrahend"),
    "change": ("after", "before", "delta"),
    "growth": ("value", "level", "delta"),
    "same": ("a", "b"),
    "dates": ("a", "b"),
}
"""Where an annotated relation keeps its result and its terms."""


def annotated_ties(gold: Path, reports: Path) -> tuple[dict[str, str], list[Tie]]:
    """The annotated reports and what holds inside them."""
    texts: dict[str, str] = {}
    ties: list[Tie] = []
    for path in sorted(gold.glob("*.relations.jsonl")):
        stem = path.name.removesuffix(".relations.jsonl")
        texts[stem] = (reports / f"{stem}.txt").read_bytes().decode("utf-8")
        places = {each["id"]: (each["start"], each["end"]) for each in jsonl(gold / f"{stem}.mentions.jsonl")}
        ties.extend(
            annotated(entry, stem, places) for entry in jsonl(path) if entry["holds"] and entry["kind"] in FIELDS
        )
    return texts, ties


def annotated(entry: dict[str, Any], stem: str, places: dict[str, Span]) -> Tie:
    result, *fields = FIELDS[entry["kind"]]
    terms: list[str] = []
    for name in fields:
        terms.extend(entry[name] if isinstance(entry[name], list) else [entry[name]])
    default = ["+", "-"] if entry["kind"] == "difference" else ["+"] * len(terms)
    signs = entry.get("signs") or default
    if entry["kind"] == "change" and len(signs) < len(terms):
        signs = ["+", *signs]
    return Tie(stem, entry["id"], entry["kind"], places[entry[result]], tuple(places[t] for t in terms), tuple(signs))


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Trial:
    """One change and what came of it."""

    tie: Tie
    before: str
    after: str
    outcome: str


def trials(texts: dict[str, str], ties: list[Tie], figures: int) -> Iterator[Trial]:
    """Change, audit, compare."""
    bases = {name: audit(text, name) for name, text in texts.items()}
    for tie in ties:
        text, base = texts[tie.report], bases[tie.report]
        quantities = [span for span in tie.places if not in_date(span, base)]
        for span in quantities[:1] + spread(quantities[1:], figures - 1):
            mutant = changed(text, span, f"{tie.report} {tie.name} {span}")
            if mutant is None:
                continue
            reading = audit(mutant, tie.report)
            outcome = judged(tie, span, base, reading)
            yield Trial(tie, text[span[0] : span[1]], mutant[span[0] : span[1]], outcome)


def in_date(span: Span, reading: Reading) -> bool:
    """Dates are left alone: most of their digits change what day it was, which no arithmetic holds against."""
    return any(mention.kind == "date" and overlap(span, each) for each, mention in reading.mentions.items())


def spread(spans: list[Span], most: int) -> list[Span]:
    """At most so many of the places, evenly taken."""
    if len(spans) <= most:
        return spans
    return [spans[index * len(spans) // most] for index in range(most)]


def judged(tie: Tie, span: Span, base: Reading, now: Reading) -> str:
    """Whether the change was noticed, could not be, or why not."""
    if any(any(overlap(span, each) for each in places) for _, places in now.named - base.named):
        return "noticed"
    if span not in now.mentions:
        return "figure not read"
    if not visible(tie, now):
        return "invisible"
    tied = [
        r for r in base.relations if all(any(overlap(p, place(m)) for m in (r.result, *r.terms)) for p in tie.places)
    ]
    if not tied:
        return f"not tied: {tie.kind}"
    still = [r for r in now.relations if any(overlap(span, place(m)) for m in (r.result, *r.terms))]
    return f"not decided: {tie.kind}" if still else f"tie lost: {tie.kind}"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, help="folder of annotations; without it, the sample reports")
    cli.add_argument("--reports", type=Path, help="folder of the annotated texts")
    cli.add_argument("--figures", type=int, default=3, help="figures to change in each relation (default 3)")
    cli.add_argument("--misses", type=int, default=20, help="misses to show")
    args = cli.parse_args()
    if (args.gold is None) != (args.reports is None):
        cli.error("--gold and --reports go together")
    texts, ties = annotated_ties(args.gold, args.reports) if args.gold else sample_ties()
    outcomes: Counter[str] = Counter()
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    missed: list[Trial] = []
    for trial in trials(texts, ties, args.figures):
        outcomes[trial.outcome] += 1
        if trial.outcome == "invisible":
            continue
        kinds[trial.tie.kind][trial.outcome == "noticed"] += 1
        if trial.outcome != "noticed":
            missed.append(trial)
    seen = outcomes["noticed"] + len(missed)
    share = outcomes["noticed"] / seen if seen else 1.0
    print(
        f"{len(ties)} relations, {sum(outcomes.values())} changes, {outcomes['invisible']} that arithmetic cannot see"
    )
    print(f"noticed: {outcomes['noticed']} of {seen} ({share:.1%})")
    for kind, counted in sorted(kinds.items()):
        print(f"  {kind}: {counted[True]} of {counted.total()}")
    for cause, times in sorted(outcomes.items(), key=lambda item: (-item[1], item[0])):
        if cause not in ("noticed", "invisible"):
            print(f"  missed, {cause}: {times}")
    for trial in missed[: args.misses]:
        print(f"    {trial.tie.report} {trial.tie.name}: {trial.before!r} → {trial.after!r} ({trial.outcome})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
