"""Fit the weights of the evidence on annotated reports and on the examples of the constructions: make fit.

usage: fit.py --gold DIR --reports DIR [--judged FILE … --texts DIR] [--write]

A candidate is labelled by whether the annotation, or the example that it comes from, has its tie. What the arithmetic says
is taken as it is; the weights of words and layout are fitted around their priors (a Gaussian of SPREAD around each), so
that features which the texts do not speak of keep what their author held likely. Prints scores in sample and with each
report left out, and writes ``rules/weights.toml`` with --write. With --judged, prints a table of calibration: of the broken
ties that are told with so much probability, how many a reader held right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import heshu
import numpy as np
from heshu.corpus.read import read_text
from heshu.model import Relation
from heshu.pipeline import extract
from heshu.rules.consistency import Candidate, candidates, evidence
from heshu.rules.consistency.constructions import constructions, untied
from heshu.rules.consistency.masking import read
from heshu.rules.consistency.resolution import settled

SPREAD = 0.6
"""How far a weight may well lie from its prior."""
WEIGHTS = Path(heshu.__file__).parent / "rules" / evidence.FILE
SCORED = frozenset({"sum", "ratio", "difference", "change", "growth"})
RATES = frozenset({"ratio", "growth"})
FIELDS = {
    "sum": ("total", "parts"),
    "ratio": ("value", "num", "den"),
    "difference": ("result", "minuend", "subtrahend"),
    "change": ("after", "before", "delta"),
    "growth": ("value", "level", "delta"),
}
Key = tuple[str, tuple[int, int], frozenset[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its candidates, and the ties that it means."""

    name: str
    found: tuple[Candidate, ...]
    wanted: frozenset[Key]
    annotated: bool
    """A report, not an example."""


def key(relation: Relation) -> Key:
    """What a tie says, a rate as one of growth or not."""
    kind = "rate" if relation.kind in RATES else relation.kind
    terms = frozenset((term.start, term.end) for term in relation.terms)
    return kind, (relation.result.start, relation.result.end), terms


def reports(gold: Path, texts: Path) -> Iterator[Case]:
    """The annotated reports."""
    for path in sorted(gold.glob("*.relations.jsonl")):
        stem = path.name.removesuffix(".relations.jsonl")
        places = {each["id"]: (each["start"], each["end"]) for each in jsonl(gold / f"{stem}.mentions.jsonl")}
        wanted = set()
        for entry in jsonl(path):
            if entry["kind"] in FIELDS:
                result, *names = FIELDS[entry["kind"]]
                held = [entry[name] if isinstance(entry[name], list) else [entry[name]] for name in names]
                terms = frozenset(places[each] for ids in held for each in ids)
                wanted.add(("rate" if entry["kind"] in RATES else entry["kind"], places[entry[result]], terms))
        text = (texts / f"{stem}.txt").read_bytes().decode("utf-8")
        yield Case(stem, tuple(found_in(text)), frozenset(wanted), True)


def examples() -> Iterator[Case]:
    """The examples of the constructions, and the texts that tie nothing."""
    told: dict[str, set[str]] = {}
    for each in constructions().values():
        for text, ties in each.examples:
            told.setdefault(text, set()).update(ties.split(" · "))
    for number, (text, known) in enumerate(told.items()):
        found = tuple(found_in(plain(text)))
        yield Case(f"example {number}", found, frozenset(key(c.relation) for c in found if tie(c) in known), False)
    for name, text in untied():
        yield Case(name, tuple(found_in(plain(text))), frozenset(), False)


def plain(text: str) -> str:
    """The text of an example without the marks around its mentions."""
    return re.sub(r"[\[\]{}]", "", text)


def tie(candidate: Candidate) -> str:
    """A tie as the examples write it."""
    relation = candidate.relation
    terms = " ".join(f"{sign} {term.text}" for sign, term in zip(relation.signs, relation.terms, strict=True))
    ending = {True: "", False: " ✗", None: " ?"}[relation.holds]
    return f"{relation.kind} {relation.result.text} = {terms.removeprefix('+ ')}{ending}"


def found_in(text: str) -> Iterator[Candidate]:
    """The candidates of a text."""
    extraction = extract(read_text(text, "t"))
    return candidates(
        read(
            extraction.report,
            extraction.mentions,
            extraction.issued.edtf if extraction.issued else None,
            extraction.facts,
        )
    )


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fitted(cases: Sequence[Case], priors: Mapping[str, float]) -> dict[str, float]:
    """The weights that the cases make likeliest, around their priors (Newton's method)."""
    names = sorted(priors)
    at = {name: place for place, name in enumerate(names)}
    rows, offsets, labels = [], [], []
    for case in cases:
        results = {(kind, result) for kind, result, _ in case.wanted}
        together = {terms | {result} for _, result, terms in case.wanted}
        for candidate in case.found:
            relation = candidate.relation
            if relation.kind not in SCORED:
                continue
            meant = key(relation) in case.wanted
            kind, result, terms = key(relation)
            if not meant and relation.holds and ((kind, result) in results or terms | {result} in together):
                continue  # another reading of figures that are tied: which one is a matter of taste
            rows.append([at[name] for name in {relation.rule, *candidate.features}])
            offsets.append(evidence.arithmetic(candidate))
            labels.append(1.0 if meant else 0.0)
    features = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        features[number, row] = 1.0
    centre = np.array([priors[name] for name in names])
    value, offset, label = centre.copy(), np.array(offsets), np.array(labels)

    def fit_of(weights: np.ndarray) -> float:
        odds = features @ weights + offset
        return float(np.sum(label * odds - np.logaddexp(0, odds)) - np.sum((weights - centre) ** 2) / (2 * SPREAD**2))

    best = fit_of(value)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(features @ value + offset, -30, 30)))
        slope = features.T @ (label - chance) - (value - centre) / SPREAD**2
        curve = (features.T * (chance * (1 - chance))) @ features + np.eye(len(names)) / SPREAD**2
        step = np.linalg.solve(curve, slope)
        while fit_of(value + step) < best and np.abs(step).max() > 1e-4:
            step /= 2
        value += step
        best = fit_of(value)
        if np.abs(step).max() < 1e-3:
            break
    return {name: round(float(value[place]), 2) for name, place in at.items()}


def use(values: Mapping[str, float]) -> None:
    """Let the evidence go by these weights."""
    known = {name: evidence.Weight(name, "", 0.0, value) for name, value in values.items()}
    evidence.weights = lambda: known  # type: ignore[assignment]


def score(cases: Iterable[Case]) -> Counter[str]:
    """How many ties are found, right and wanted; and broken ones that are none."""
    counted: Counter[str] = Counter()
    for case in cases:
        told = [each for each in settled(case.found) if each.kind in SCORED]
        right = {key(each) for each in told} & case.wanted
        loose = {key(each)[:2] for each in told} & {each[:2] for each in case.wanted}
        counted.update(found=len(told), wanted=len(case.wanted), right=len(right), loosely=len(loose))
        counted["false alarms"] += sum(each.holds is False and key(each) not in case.wanted for each in told)
    return counted


def shown(counted: Counter[str]) -> str:
    precision = counted["loosely"] / counted["found"] if counted["found"] else 1.0
    recall = counted["loosely"] / counted["wanted"] if counted["wanted"] else 1.0
    return f"P {min(precision, 1):.3f} R {recall:.3f} ({counted['loosely']} of {counted['wanted']}, {counted['found']} found, {counted['false alarms']} false alarms)"


def calibration(judged: Sequence[Path], texts: Path) -> None:
    """Said probability against share right, over the judged findings inside one report and all that is told now."""
    verdicts: dict[tuple[str, int], str] = {}
    for entry in (entry for path in judged for entry in jsonl(path)):
        if len(set(entry["reports"])) == 1:
            for line in entry["lines"]:
                verdicts.setdefault((entry["reports"][0], line), entry.get("verdict") or entry["class"])
    bins: dict[str, Counter[str]] = {}
    for path in sorted(texts.glob("*.txt")):
        extraction = extract(heshu.read(path))
        report = extraction.report
        document = read(
            report, extraction.mentions, extraction.issued.edtf if extraction.issued else None, extraction.facts
        )
        for relation in settled(candidates(document)):
            if relation.holds is False:
                verdict = verdicts.get((path.name, report.line(relation.result.start)), "not judged")
                said = float(relation.confidence)
                row = "0.98 and more" if said >= 0.98 else "0.90 to 0.98" if said >= 0.9 else "0.70 to 0.90"
                bins.setdefault(row, Counter())[verdict] += 1
    for row, counted in sorted(bins.items()):
        print(f"  said {row}: {dict(counted)}")


def write(values: Mapping[str, float]) -> None:
    """The fitted values into the file, below their priors."""
    lines, current = [], ""
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("value"):
            continue
        if found := re.match(r'id = "(.*)"', line):
            current = found[1]
        lines.append(line)
        if (prior := re.match(r"prior = (\S+)", line)) and abs(values[current] - float(prior[1])) >= 0.05:
            lines.append(f"value = {values[current]}")
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, help="folder of annotations; without it, the examples alone")
    cli.add_argument("--reports", type=Path, help="folder of the annotated texts")
    cli.add_argument(
        "--judged", type=Path, nargs="+", help="judged findings and what they missed, one JSON object a line"
    )
    cli.add_argument("--texts", type=Path, help="folder of the texts that were judged")
    cli.add_argument("--write", action="store_true", help="write rules/weights.toml")
    args = cli.parse_args()
    priors = {name: weight.prior for name, weight in evidence.weights().items()}
    told = list(reports(args.gold, args.reports)) if args.gold and args.reports else []
    cases = [*told, *examples()]
    use(priors)
    print(f"priors:          {shown(score(told or cases))}")
    values = fitted(cases, priors)
    use(values)
    print(f"fitted:          {shown(score(told or cases))}")
    together: Counter[str] = Counter()
    for case in told:
        use(fitted([each for each in cases if each is not case], priors))
        left_out = score([case])
        together.update(left_out)
        print(f"  without {case.name[:12]:12} {shown(left_out)}")
    if told:
        print(f"leave one out:   {shown(together)}")
    use(values)
    if args.judged and args.texts:
        calibration(args.judged, args.texts)
    if args.write:
        write(values)
    return 0


if __name__ == "__main__":
    sys.exit(main())
