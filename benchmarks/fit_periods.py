"""Fit the weights by which a figure's period is chosen, on annotated reports and on the examples of rules/dated.toml: make fit.

usage: fit_periods.py [--gold DIR … --reports DIR …] [--write]

Every figure asks for a time, and its candidates answer; the weights are those under which the annotated time is likeliest
(softmax over the candidates; several that give the same time share it), near to their priors (a Gaussian of SPREAD around
each). A feature that nothing speaks of keeps its prior; one that stays below LEAST is left out. Prints scores in sample,
with each report left out, and with each fifth of the examples left out; writes ``rules/dating.toml`` with --write.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import heshu
import numpy as np
from heshu.corpus.read import read_text
from heshu.extract import facts
from heshu.extract.context import Figure
from heshu.extract.time.candidates import Candidate
from heshu.extract.time.periods import Periods
from heshu.extract.trials import example_report
from heshu.model import Report
from heshu.rules import dating
from heshu.rules.dating import Asked, Feature, Told, dated, features, weights

SPREAD = 0.45
"""How far a weight may well lie from its prior."""
EXAMPLE = 3.0
"""An example is made to show one thing; it counts as so many figures of a report."""
LEAST = 0.55
WEIGHTS = Path(heshu.__file__).parent / "rules" / dating.FILE
Place = tuple[int, int]
Wanted = Mapping[Place, str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A figure: what it asks, its candidates, and which of them give the time that is annotated."""

    asked: Asked
    told: tuple[Told, ...]
    right: tuple[bool, ...]


class Watched(Periods):
    """Periods that keep what they chose from; where a time is annotated, the figures that lean on it are given that."""

    wanted: ClassVar[Wanted] = {}
    seen: ClassVar[dict[Place, Case]] = {}

    def _choose(self, figure: Figure, asked: Asked, *given: Any) -> Candidate:
        chosen = super()._choose(figure, asked, *given)
        place = (figure.mention.start, figure.mention.end)
        if place not in self.wanted:
            return chosen
        roles, earlier, *new = given
        above = earlier.get(figure.whole) if figure.whole is not None else None
        near = self._candidates.near(figure, asked, roles[figure.number], above, new[0] if new else None)
        found = [*near, *self._candidates.around(figure.view, figure.mark.sentence)]
        right = tuple(_edtf(one) == self.wanted[place] for one in found)
        self.seen[place] = Case(asked, tuple(one.told for one in found), right)
        return next((one for one, fits in zip(found, right, strict=True) if fits), chosen)


def _edtf(candidate: Candidate) -> str | None:
    period = candidate.period
    return None if period is None or period.is_open else period.edtf


def cases(report: Report, wanted: Wanted) -> list[Case]:
    """The annotated figures of a report; those of a budget's columns have their time from the heads alone."""
    Watched.wanted, Watched.seen = wanted, {}
    facts.Periods = Watched  # type: ignore[misc]
    found = heshu.extract(report).facts
    facts.Periods = Periods  # type: ignore[misc]
    of_accounts = {(one.mention.start, one.mention.end) for one in found if "account" in {t.record for t in one.trace}}
    return [case for place, case in Watched.seen.items() if place not in of_accounts]


def reports(golds: Iterable[Path], folders: Iterable[Path]) -> Iterator[tuple[str, list[Case]]]:
    """The annotated reports, by name."""
    for gold, folder in zip(golds, folders, strict=True):
        for path in sorted(gold.glob("*.mentions.jsonl")):
            stem = path.name.removesuffix(".mentions.jsonl")
            entries = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
            wanted = {
                (entry["start"], entry["end"]): entry.get("period") or None
                for entry in entries
                if entry["type"] == "quantity"
            }
            yield stem, cases(heshu.read(folder / f"{stem}.txt"), wanted)


def examples() -> Iterator[tuple[str, list[Case]]]:
    """The examples of ``rules/dated.toml``."""
    for record in dated():
        for text, period in record.examples:
            whole, place = example_report(text)
            yield text, cases(read_text(whole), {place: None if period == "–" else period})


class Matrix:
    """Cases as rows of features, for the arithmetic."""

    def __init__(self, weighed: Sequence[tuple[float, Case]], known: dict[Feature, int], grows: bool) -> None:
        templates = list(weights())
        rows: list[int] = []
        columns: list[int] = []
        labels: list[bool] = []
        groups: list[int] = []
        self.weight = []
        for importance, case in weighed:
            if not any(case.right) or all(case.right):
                continue
            for told, right in zip(case.told, case.right, strict=True):
                for feature in features(case.asked, told, templates):
                    if grows:
                        known.setdefault(feature, len(known))
                    if feature in known:
                        rows.append(len(labels))
                        columns.append(known[feature])
                labels.append(right)
                groups.append(len(self.weight))
            self.weight.append(importance)
        self.rows, self.columns = np.array(rows), np.array(columns)
        self.right, self.group = np.array(labels), np.array(groups)
        self.importance = np.array(self.weight)

    def loss(self, value: np.ndarray, prior: np.ndarray) -> tuple[float, np.ndarray]:
        """How unlikely the annotation is under these weights, and its slope."""
        many = len(self.importance)
        score = np.bincount(self.rows, value[self.columns], len(self.right))
        top = np.full(many, -np.inf)
        np.maximum.at(top, self.group, score)
        chance = np.exp(score - top[self.group])
        total, right = np.bincount(self.group, chance, many), np.bincount(self.group, chance * self.right, many)
        told = self.importance @ (np.log(right + 1e-300) - np.log(total))
        lean = chance * self.right / (right[self.group] + 1e-300) - chance / total[self.group]
        slope = np.bincount(self.columns, (lean * self.importance[self.group])[self.rows], len(value))
        away = value - prior
        return float(away @ away / (2 * SPREAD**2) - told), away / SPREAD**2 - slope


def minimised(matrix: Matrix, prior: np.ndarray) -> np.ndarray:
    """The weights of least loss (limited-memory BFGS)."""
    value, steps = prior.copy(), list[tuple[np.ndarray, np.ndarray]]()
    loss, slope = matrix.loss(value, prior)
    for _ in range(300):
        way = slope.copy()
        turns = []
        for step, bend in reversed(steps):
            turns.append((step @ way) / (bend @ step))
            way -= turns[-1] * bend
        if steps:
            way *= (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1])
        for (step, bend), turn in zip(steps, reversed(turns), strict=True):
            way += step * (turn - (bend @ way) / (bend @ step))
        length = 1.0 if steps else 1 / (np.abs(slope).sum() + 1e-9)
        while True:
            new = value - length * way
            new_loss, new_slope = matrix.loss(new, prior)
            if new_loss <= loss - 1e-4 * length * (slope @ way) or length < 1e-9:
                break
            length /= 2
        step, bend, gained = new - value, new_slope - slope, loss - new_loss
        if step @ bend > 1e-10:
            steps = [*steps[-9:], (step, bend)]
        value, loss, slope = new, new_loss, new_slope
        if gained < 1e-6 * max(1.0, abs(loss)):
            break
    return value


def fitted(
    weighed: Sequence[tuple[float, Case]], known: Mapping[Feature, float], *, grows: bool
) -> dict[Feature, float]:
    """The weights that the cases make likeliest, around their priors; new features where it ``grows``."""
    places = {feature: place for place, feature in enumerate(known)}
    matrix = Matrix(weighed, places, grows)
    prior = np.array([known.get(feature, 0.0) for feature in places])
    found = minimised(matrix, prior)
    return {feature: round(float(found[place]), 2) for feature, place in places.items()}


def score(told: Iterable[Case], values: Mapping[Feature, float]) -> int:
    """How many figures get their time."""
    templates = list(weights())
    right = 0
    for case in told:
        sums = [sum(values.get(each, 0.0) for each in features(case.asked, one, templates)) for one in case.told]
        right += case.right[sums.index(max(sums))]
    return right


def write(values: Mapping[Feature, float], priors: Mapping[Feature, float]) -> None:
    """The fitted values into the file, beside their priors."""
    lines = []
    current = ""
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        if found := re.match(r'id = "(.*)"', line):
            current = found[1]
        if re.match(r'".*" = \[', line):
            continue
        lines.append(line)
        if line == "[feature.weights]":
            mine = sorted((name, value) for (template, name), value in values.items() if template == current)
            lines += [f'"{name}" = [{priors.get((current, name), 0.0)}, {value}]' for name, value in mine]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of annotations; without, examples alone")
    cli.add_argument("--reports", type=Path, nargs="*", default=[], help="for each of them, the folder of its texts")
    cli.add_argument("--write", action="store_true", help="write rules/dating.toml")
    args = cli.parse_args()
    told, made = dict(reports(args.gold, args.reports)), dict(examples())
    priors = {(template, name): one.prior for template, names in weights().items() for name, one in names.items()}
    stands = {(template, name): one.value for template, names in weights().items() for name, one in names.items()}
    shown = [(1.0, case) for each in made.values() for case in each]
    every = [(1.0, case) for each in told.values() for case in each] + [(EXAMPLE, case) for _, case in shown]
    print(f"{sum(map(len, told.values()))} figures of {len(told)} reports, {len(shown)} of examples")
    values = fitted(every, priors, grows=True)
    kept = {
        each: priors.get(each, 0.0) for each in values if max(abs(values[each]), abs(priors.get(each, 0.0))) >= LEAST
    }
    values = fitted(every, kept, grows=False)

    def told_of(name: str, by: Mapping[Feature, float]) -> None:
        inside = [case for each in told.values() for case in each]
        print(f"{name:14} reports {score(inside, by)}, examples {score((case for _, case in shown), by)}")

    told_of("priors", priors)
    told_of("as they stand", stands)
    told_of(f"fitted ({len(values)})", values)
    right = 0
    for name in told:
        others = [(1.0, case) for each, found in told.items() if each != name for case in found]
        left = score(told[name], fitted([*others, *((EXAMPLE, case) for _, case in shown)], kept, grows=False))
        right += left
        print(f"  without {name[:20]:20} {left} of {len(told[name])}")
    names, rest = list(made), 0
    for fifth in range(5):
        out = set(names[fifth::5])
        others = [(1.0, case) for each in told.values() for case in each]
        others += [(EXAMPLE, case) for each, found in made.items() if each not in out for case in found]
        values_without = fitted(others, kept, grows=False)
        rest += sum(score(made[each], values_without) for each in out)
    print(f"left out       reports {right}, examples {rest}")
    for text, found in made.items():
        if not score(found, values):
            print(f"  not read as told: {text!r}")
    if args.write:
        write(values, kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
