"""Two reports side by side: what belongs together, which figures changed, what is new and what is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..model import AlignedFigure, AlignedPassage, Alignment, Mention, Report
from ..notation import Both, Language
from .beside import differs
from .passages import legible
from .records import Record

_BEFORE = 14
"""Characters before a figure that are shown with it."""
_OPENING = 60
_WORDS = {
    "count": Both(
        "{earlier} → {later}\n對應 {pairs} 段，新增 {new} 段，刪去 {gone} 段；對應數字 {figures} 項，其中 {changed} 項改列。",
        "{earlier} → {later}\n{pairs} passages belong together, {new} are new, {gone} are gone; "
        "{figures} figures stand in each other's place, {changed} of them changed.",
    ),
    "line": Both("第 {earlier} 行 → 第 {later} 行　{opening}", "line {earlier} → line {later}  {opening}"),
    "new": Both("＋ 第 {line} 行　{opening}", "+ line {line}  {opening}"),
    "gone": Both("－ 第 {line} 行　{opening}", "- line {line}  {opening}"),
}


def records(alignment: Alignment, earlier: Report, later: Report) -> Iterator[Record]:
    """One record a passage, with its figures, in the order of the later report; what is gone and new behind."""
    figures = _by_passage(alignment)
    for passage in alignment.passages:
        yield {
            "earlier": _place(earlier, passage.earlier),
            "later": _place(later, passage.later),
            "likeness": round(passage.likeness, 3),
            "figures": [
                {"earlier": _span(pair.earlier), "later": _span(pair.later), "changed": differs(pair)}
                for pair in figures[passage.earlier, passage.later]
            ],
        }


def drawn(alignment: Alignment, earlier: Report, later: Report, language: Language) -> str:
    """What changed, for people: each passage with the figures that differ, then what is new and what is gone."""
    figures = _by_passage(alignment)
    pairs = [each for each in alignment.passages if each.earlier is not None and each.later is not None]
    changed = [pair for pair in alignment.figures if differs(pair)]
    lines = [
        _WORDS["count"]
        .of(language)
        .format(
            earlier=alignment.earlier,
            later=alignment.later,
            pairs=len(pairs),
            new=sum(each.earlier is None for each in alignment.passages),
            gone=sum(each.later is None for each in alignment.passages),
            figures=len(alignment.figures),
            changed=len(changed),
        )
    ]
    for passage in alignment.passages:
        lines += _told(passage, figures[passage.earlier, passage.later], earlier, later, language)
    return "\n".join(lines) + "\n"


def _told(
    passage: AlignedPassage, figures: list[AlignedFigure], earlier: Report, later: Report, language: Language
) -> Iterator[str]:
    if passage.earlier is None or passage.later is None:
        name, report, block = ("new", later, passage.later) if passage.earlier is None else ("gone", earlier, passage.earlier)  # fmt: skip
        assert block is not None
        yield _WORDS[name].of(language).format(line=_line(report, block), opening=_opening(report, block))
        return
    differing = [pair for pair in figures if differs(pair)]
    if differing:
        yield ""
        places = {"earlier": _line(earlier, passage.earlier), "later": _line(later, passage.later)}
        yield _WORDS["line"].of(language).format(**places, opening=_opening(later, passage.later))
    for pair in differing:
        text = later.blocks[pair.later.block].text
        before = legible(text[max(0, pair.later.block_start - _BEFORE) : pair.later.block_start])
        yield f"    {before}【{legible(pair.earlier.text)} → {legible(pair.later.text)}】"


def _by_passage(alignment: Alignment) -> dict[tuple[int | None, int | None], list[AlignedFigure]]:
    found: dict[tuple[int | None, int | None], list[AlignedFigure]] = defaultdict(list)
    for pair in alignment.figures:
        found[pair.earlier.block, pair.later.block].append(pair)
    return found


def _place(report: Report, block: int | None) -> Record | None:
    if block is None:
        return None
    return {"report": report.name, "line": _line(report, block), "text": report.blocks[block].text}


def _span(mention: Mention) -> Record:
    return {"start": mention.start, "end": mention.end, "text": mention.text}


def _line(report: Report, block: int) -> int:
    return report.line(report.blocks[block].start)


def _opening(report: Report, block: int) -> str:
    text = legible(report.blocks[block].text)
    return text if len(text) <= _OPENING else text[:_OPENING] + "……"
