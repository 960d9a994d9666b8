"""Totals of what stands in groups: in a bracket, in the brackets of a list's members, some of a list taken together.

409人(男性205人、女性204人); 「甲」(1場次共40人)、「乙」(5場次共201人)等共6場次，計241人次; 前兩項合計6,440件.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from .candidate import Candidate
from .cues import numbered, of_one_stage, one_classification, says, whole_classification
from .figure import DAY, FIGURES, Bracket, Document, Figure, Line, Paragraph, alike, comparable
from .law import Sign
from .parts import labels_of, sign_of, signed

_SORTS = frozenset({"類", "項", "種", "區", "處", "班", "款", "級", "者"})
_HOW_MANY = re.compile(r"([兩二三四五])(?:者|項|類|種|區|處|班|款|級|大)")
_NUMBERS = {"兩": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_MOST_JOINED = 6
_AHEAD = 12
_SCALE = 10
"""Parts that make less than a tenth of a total are none of it: 225萬元(全票200元、優待票100元)."""
_CLAUSE = 40


def find(document: Document) -> Iterator[Candidate]:
    """Every total of a group."""
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            for figure in line.figures:
                if figure.mention.value is not None and takes_together(paragraph, figure):
                    yield from _some(paragraph, line, figure)
        for bracket in paragraph.brackets:
            yield from _bracket(bracket)
        yield from _members(paragraph)


# --- brackets ---------------------------------------------------------------------------------------------------------


def _bracket(bracket: Bracket) -> Iterator[Candidate]:
    """A total with its parts in the bracket behind it: 409人(男性205人、女性204人)."""
    line, whole = bracket.line, bracket.owner
    if whole is None or len(line.figures) < 2 or not re.fullmatch(r"[^;。:%]{0,30}", bracket.noun):
        return
    text = line.text
    opening = re.match(r"(?:例如|如|其中|內含|包括|包含|不含|另含|含)", text)
    parts = [each for each in line.figures if comparable(each.unit, whole.unit) and each.is_count == whole.is_count]
    if len(parts) < 2 or any(part.has("each") for part in parts) or whole.mention.value is None:
        return
    if not whole.is_count or any(part.mention.value is None for part in parts):
        return
    signs = _bracket_signs(whole, parts)
    labels = labels_of(parts)
    features = {"sum:one-list"}
    if numbered(labels):
        features.add("sum:numbered")
    if whole_classification(labels):
        features.add("sum:whole-classification")
    elif one_classification(labels):
        features.add("sum:one-classification")
    elif not of_one_stage(labels):
        features.add("sum:stages")
    elif any(labels) and len(set(labels)) < len(labels):
        features.add("sum:labels-repeat")
    if opening:
        features.add("sum:example" if opening[0] in ("如", "例如") else "sum:some")
    if text.endswith("等"):
        features.add("sum:open")
    if re.search(r"[,;。]|.{15}", bracket.noun) and not re.search(r"全數|全部|均", bracket.noun):
        features.add("sum:far")
    if whole.unit != parts[0].unit and (whole.unit == "人次") != (parts[0].unit == "人次"):
        features.add("sum:unit-differs")
    if len({part.unit for part in parts}) > 1:
        features.add("sum:unit-differs")
    if len(parts) > 2:
        features.add("sum:three")
    if sum(part.units for part in parts) * _SCALE < whole.units:
        features.add("sum:scale-differs")
    if "-" in signs and not any(sign != sign_of(whole, part) for sign, part in zip(signs, parts, strict=True)):
        features.add("sum:signs-told")
    yield signed("sum.bracket", whole, parts, signs, features)


def _bracket_signs(whole: Figure, parts: Sequence[Figure]) -> list[Sign]:
    out = [part.has("flow.out") for part in parts]
    moved = re.search(r"(?:增加?|減少?)$", whole.before) is not None
    if "淨" in whole.before or (len(set(out)) > 1 and moved):  # 淨增15處(新設18處、退場3處)
        falls = "減" in whole.before
        return ["-" if each != falls else "+" for each in out]
    return [sign_of(whole, part) for part in parts]


def _members(paragraph: Paragraph) -> Iterator[Candidate]:
    """「甲」(1場次共40人)、「乙」(5場次共201人)等共6場次，計241人次: the brackets of a list's members and the totals behind."""
    outer, run = paragraph.outer, list[Bracket]()
    text = paragraph.whole.text
    end = -1
    for bracket in paragraph.brackets:
        start = bracket.start
        gap = text[end + 1 : start] if end >= 0 else ""
        if run and not re.match(rf"^[^,;{FIGURES}{DAY}()]{{0,3}}(?:、|及|和|與|以及)[^,;、{FIGURES}()]{{1,60}}$", gap):
            run = []
        run.append(bracket)
        end = start + len(bracket.line.text) + 1
        closing = re.match(
            rf"[等,]?[^,;。(){FIGURES}{DAY}]{{0,20}}?(?:共計|合計|總計|共|計)[{FIGURES}]", text[end + 1 : end + 40]
        )
        if len(run) > 1 and closing:
            first = bisect_left(outer.figures, end, key=_position)
            behind = outer.figures[first : first + 2]
            yield from _columns(run, behind)
            run = []


def _position(figure: Figure) -> int:
    return figure.position


def _columns(run: Sequence[Bracket], results: Sequence[Figure]) -> Iterator[Candidate]:
    """One sum for each measure that every bracket gives and that a total behind them has."""
    for place, result in enumerate(results):
        if place and not (result.has("total.perhaps") or result.has("total.word")):
            break
        rows = [[each for each in bracket.line.figures if comparable(each.unit, result.unit)] for bracket in run]
        if all(len(row) == 1 for row in rows):
            yield signed("sum.members", result, [row[0] for row in rows], ["+"] * len(rows), set())


# --- some of a list ---------------------------------------------------------------------------------------------------


def _some(paragraph: Paragraph, line: Line, whole: Figure) -> Iterator[Candidate]:
    """前兩項合計, 三者合占: figures before the total that it takes together, one run of them or two that stand apart."""
    many = _how_many(paragraph, whole)
    start = max(0, whole.index - _AHEAD)
    stream = [each for each in line.figures[start : whole.index] if alike(each, whole) and each.mention.value]
    tried = 0
    for first in range(len(stream) - 1):
        summed = stream[first].units
        for last in range(first + 1, len(stream)):
            summed += stream[last].units
            count = last - first + 1
            if many not in (None, count):
                continue
            tried += 1
            parts = stream[first : last + 1]
            if abs(summed - whole.units) <= whole.slack + sum(each.slack for each in parts):
                yield from _holding(signed("sum.together", whole, parts, ["+"] * count, set(), tried))
    if many in (None, 2):
        for at, one in enumerate(stream):
            for other in stream[at + 2 :]:
                tried += 1
                if abs(one.units + other.units - whole.units) <= whole.slack + one.slack + other.slack:
                    yield from _holding(signed("sum.together", whole, [one, other], ["+", "+"], set(), tried))


def _holding(candidate: Candidate) -> Iterator[Candidate]:
    """Which of several are taken together, only the arithmetic says."""
    if candidate.holds:
        yield candidate


def takes_together(paragraph: Paragraph, figure: Figure) -> bool:
    """三者併計563億元，占74.76%: the words may stand one clause before."""
    if figure.is_count and figure.has("total.some"):
        return True
    return (figure.is_rate and says("total.some", _lead(paragraph, figure))) or _how_many(paragraph, figure) is not None


def _lead(paragraph: Paragraph, figure: Figure) -> str:
    line = paragraph.line_of(figure)
    return re.split("[。;]", line.text[max(0, figure.at - _CLAUSE) : figure.at])[-1]


def _how_many(paragraph: Paragraph, figure: Figure) -> int | None:
    """How many the text takes together, where it says so: 三者, or a figure of its own (兩類合併計算)."""
    if (told := _HOW_MANY.search(_lead(paragraph, figure))) is not None:
        return _NUMBERS[told[1]]
    line = paragraph.line_of(figure)
    before = line.last(figure)
    if before is None or before.unit not in _SORTS or "。" in line.between(before, figure):
        return None
    joined = re.match(r"合|併|加|共|總", before.behind) is not None and 2 <= before.size <= _MOST_JOINED
    return int(before.size) if joined else None
