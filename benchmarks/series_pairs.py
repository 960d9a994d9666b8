"""How well series and alignment know one indicator in two reports, against figures that were paired by hand.

usage: series_pairs.py [--shared DIR] [--half tuning|left-out] [--wrong N] [--missed N]

``annotations/series-pairs.jsonl`` holds one section of a later report a line, by offsets: of each of its figures that the earlier
report tells of, too, where that one stands; every other figure of the section has no partner there. A pair of kind ``goal`` is a
plan and what came of it; an ``open`` one may be one indicator, or not: neither counts, found or missed. The reports are not
part of the project: sections whose reports are not in DIR (``../shared``) are left out.
  series     a pair is found where ``heshu series`` puts both figures in one series
  alignment  where the one stands in the other's place
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import heshu
from heshu import pipeline
from heshu.model import Alignment, Extraction
from heshu.output.chains import chains

PAIRS = Path(__file__).parent / "annotations" / "series-pairs.jsonl"
SHARED = Path(heshu.__file__).parents[1] / "shared"
Spot = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a later report, with the partners of its figures."""

    earlier: str
    later: str
    half: str
    start: int
    end: int
    pairs: tuple[dict[str, object], ...]


@dataclass(slots=True)
class Score:
    """Pairs that are right, wrong, and missed."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    asked: int = 0

    def __str__(self) -> str:
        told = self.right + self.wrong
        return (
            f"P {self.right / told if told else 1:.3f} ({self.right} of {told})  "
            f"R {self.found / self.asked if self.asked else 1:.3f} ({self.found} of {self.asked})"
        )


def sections(shared: Path, half: str | None) -> list[Section]:
    """The sections whose reports are there."""
    lines = (json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines())
    found = [Section(**{**line, "pairs": tuple(line["pairs"])}) for line in lines]
    there = [each for each in found if (shared / each.earlier).exists() and (shared / each.later).exists()]
    return [each for each in there if half in (None, each.half)]


def beside(path: Path) -> list[Path]:
    """A report and all of its series: the same department in other half-years, or the folder's numbered reports."""
    stem = path.name.split("-", 2)
    alike = f"*-{stem[2]}" if len(stem) == 3 else "00*.txt"
    return sorted(path.parent.glob(alike))


def found_pairs(
    extractions: list[Extraction], alignments: Iterable[Alignment]
) -> tuple[Mapping[Spot, set[Spot]], Mapping[Spot, set[Spot]]]:
    """Of each figure those of one series with it, and those in its place."""
    series: dict[Spot, set[Spot]] = defaultdict(set)
    for facts in chains(extractions, alignments):
        spots = {(fact.mention.report, fact.mention.start) for fact in facts}
        for spot in spots:
            series[spot] = spots
    aligned: dict[Spot, set[Spot]] = defaultdict(set)
    for alignment in alignments:
        for pair in alignment.figures:
            aligned[alignment.later, pair.later.start].add((alignment.earlier, pair.earlier.start))
    return series, aligned


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=SHARED)
    cli.add_argument("--half", choices=["tuning", "left-out"])
    cli.add_argument("--wrong", type=int, default=0, help="wrong pairs to show")
    cli.add_argument("--missed", type=int, default=0, help="missed pairs to show")
    args = cli.parse_args()
    asked = sections(args.shared, args.half)
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    shown: dict[str, list[str]] = defaultdict(list)
    known: dict[tuple[Path, ...], tuple[list[Extraction], Mapping[Spot, set[Spot]], Mapping[Spot, set[Spot]]]] = {}
    for section in asked:
        paths = tuple(beside(args.shared / section.later))
        if paths not in known:
            extractions = [heshu.extract(heshu.read(path)) for path in paths]
            known[paths] = (extractions, *found_pairs(extractions, pipeline.align_all(extractions)))
        extractions, *ways = known[paths]
        earlier, later = Path(section.earlier).name, Path(section.later).name
        report = next(each for each in extractions if each.report.name == later)
        told = {each.start: each.text for one in extractions if one.report.name == earlier for each in one.mentions}
        partners: dict[int, dict[int, str]] = defaultdict(dict)
        for pair in section.pairs:
            partners[int(str(pair["later"]))][int(str(pair["earlier"]))] = str(pair.get("kind", "firm"))
        for mention in report.mentions:
            if mention.kind != "quantity" or not section.start <= mention.start < section.end:
                continue
            known_partners = partners.get(mention.start, {})
            firm = {start for start, kind in known_partners.items() if kind == "firm"}
            for way, pairs in zip(("series", "alignment"), ways, strict=True):
                score = scores[section.half, way]
                found = {start for name, start in pairs.get((later, mention.start), ()) if name == earlier}
                score.right += len(found & firm)
                wrong = found - known_partners.keys()
                score.wrong += len(wrong)
                score.asked += bool(firm)
                score.found += bool(found & firm)
                if wrong:
                    shown[f"wrong {way}"] += [
                        f"{later} {mention.start} {mention.text!r} with {[(each, told[each]) for each in sorted(wrong)]}"
                    ]
                if firm and not found & firm:
                    shown[f"missed {way}"] += [
                        f"{later} {mention.start} {mention.text!r}, {[(each, told.get(each)) for each in sorted(firm)]}"
                    ]
    for (half, way), score in sorted(scores.items()):
        print(f"{half:9} {way:10} {score}")
    for sort, most in (("wrong", args.wrong), ("missed", args.missed)):
        for way in ("series", "alignment"):
            for line in shown[f"{sort} {way}"][:most]:
                print(f"  {sort} {way}: {line}")


if __name__ == "__main__":
    main()
