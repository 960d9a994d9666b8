"""A total with its parts in brackets, and totals of what several brackets hold.

409人（男性205人、女性204人）; 55項計畫(42案委託、13案補助); 「甲」(1場次共40人)、「乙」(5場次共201人)等共6場次，計241人次.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ...model import Relation
from .check import Check
from .context import COUNT, DAY, FIGURES, Document, Figure, Line, groups
from .relation import SURE, Sign, total
from .words import comparable, direction, is_for_each, label, of_one_stage, one_classification, whole_classification

_GROUP = re.compile(r"\(([^()]*)\)")
_SEPARATOR = re.compile(r"[、,;]|以及|及|和|與")
_NOUN = re.compile(rf"^[^,;、。:()%{FIGURES}{DAY}]{{0,14}}$")
_ALL_OF_IT = re.compile(rf"^[^,;、。:(){FIGURES}{DAY}]{{0,8}},(?:全數|全部|均)[^,;。:(){FIGURES}]{{0,24}}$")
"""未執行數10億元，全數保留轉入下年度（包含…）: the bracket tells what all of it is."""
_TAKEN_OFF = re.compile(r"減去|扣除|減除|扣減|減掉")
_RECKONED = re.compile(r"加計|加上|連同|減去|扣除|減除|扣減|減掉|另加")
_MOVED = re.compile(r"(?:增加?|減少?)$")
_OUT = re.compile(r"解散|解列|枯死|退|離|註銷|歇業|停|裁|解除|減|扣|汰|移出|除|亡|遷出")
_OPENING = re.compile(r"^(?:例如|如|其中|內含|包括|包含|含|分別為|分為|計)")
_LINKED = re.compile(rf"^[^,;{FIGURES}{DAY}()]{{0,3}}(?:、|及|和|與|以及)[^,;、{FIGURES}()]{{1,60}}$")
_TOTALS = re.compile(
    rf"[等,]?[^,;。()]{{0,20}}?(?:共|計|合計|總計|共計)({COUNT})(?:[,、]?[^,;、。(){FIGURES}]{{0,4}}(?:共|計|合計|總計|共計)({COUNT}))?"
)


def _after_total(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for group in _GROUP.finditer(line.text):
            yield from _bracketed(line, group)


def _bracketed(line: Line, group: re.Match[str]) -> Iterator[Relation]:
    figures = [figure for figure in line.behind(group.start()) if figure.at < group.end()]
    result = _whole(line, group.start())
    if result is None or len(figures) < 2 or group[1].endswith("等"):
        return
    units = {figure.unit for figure in figures}
    if len(units) != 1 or not figures[0].is_count or not comparable(figures[0].unit, result.unit):
        return
    if any(is_for_each(figure.gap) for figure in figures):
        return
    opening = _OPENING.match(group[1])
    labels = _labels(group[1][opening.end() :] if opening else group[1])
    if len(labels) != len(figures) or not of_one_stage(labels) or len(set(labels)) < len(labels):
        return
    sure = _certainty(opening[0] if opening else "", labels)
    if sure is None and _ALL_OF_IT.match(line.text[result.at + 1 : group.start()]):
        sure = Decimal("0.9")
    if sure is None:
        return
    if sure < SURE and not all(re.match(r"^[^,;]*$", each.gap) or _RECKONED.search(each.gap) for each in figures[1:]):
        return
    signs: list[Sign] = [_sign(result, figure) for figure in figures]
    ways = {_OUT.search(figure.gap) is not None for figure in figures}
    if "淨" in result.gap or (len(ways) > 1 and _MOVED.search(result.gap)):  # 淨增15處(新設18處、退場3處)
        falls = "減" in result.gap
        signs = ["-" if (_OUT.search(figure.gap) is not None) != falls else "+" for figure in figures]
    parts = [figure.mention for figure in figures]
    yield total("sum", "sum.brackets", result.mention, parts, signs, confidence=sure)


def _certainty(opening: str, labels: Sequence[str]) -> Decimal | None:
    """How sure it is that a bracket gives the whole; ``None`` where its first word (含, 如) leaves that open."""
    divided = one_classification(labels)
    if opening in ("", "計", "分別為", "分為"):
        return SURE if divided else Decimal("0.9")
    if opening in ("如", "例如"):
        return None
    if whole_classification(labels):
        return SURE
    return Decimal("0.8") if divided and len(labels) > 2 else None


def _whole(line: Line, start: int) -> Figure | None:
    """The figure that a bracket explains: the last one before it, with at most its noun between."""
    figures = line.before(start)
    if not figures:
        return None
    figure, between = figures[-1], ""
    if (position := figure.at + 1) < start:
        between = line.text[position:start]
    if ")" in between or "(" in between:
        # The last figure stands in a bracket of its own, or one with words stands between.
        outside = _outside(line, figures, start)
        if outside is None:
            return None
        figure, between = outside
    if not _NOUN.match(between) and not _ALL_OF_IT.match(between):
        return None
    return figure if figure.is_count else None


def _outside(line: Line, figures: Sequence[Figure], start: int) -> tuple[Figure, str] | None:
    """The last figure before ``start`` that no bracket holds, and what stands between without brackets."""
    first = figures[0].at
    text = line.text[first:start]
    bare, position = "", 0
    for opened, closed in groups(text):
        bare += text[position:opened] + "\0" * (closed - opened)
        position = closed
    bare += text[position:]
    last_figure = max((index for index, character in enumerate(bare) if character in FIGURES), default=None)
    if last_figure is None:
        return None
    return line.figure_at(first + last_figure), bare[last_figure + 1 :].replace("\0", "")


def _labels(content: str) -> list[str]:
    """For each part of a bracket what it counts, said before or behind the figure."""
    labels: list[str] = []
    for piece in _pieces(content):
        if piece.count(COUNT) != 1:
            return []
        before, after = piece.split(COUNT)
        labels.append(label(before, keep_verb=False) or after)
    return labels


def _pieces(content: str) -> list[str]:
    """Parts of a bracket; a separator before the first figure of a part belongs to its name (甲及乙3人)."""
    pieces: list[str] = []
    start = 0
    for separator in _SEPARATOR.finditer(content):
        if COUNT in content[start : separator.start()]:
            pieces.append(content[start : separator.start()])
            start = separator.end()
    pieces.append(content[start:])
    return pieces


def _sign(result: Figure, part: Figure) -> Sign:
    """A part that goes the other way than the total (增加145人，其中減少3人) is taken off."""
    if _TAKEN_OFF.search(part.gap):
        return "-"
    whole = direction(result.gap[-6:])
    share = direction(part.gap)
    return "-" if whole and share and whole != share else "+"


def _several(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        yield from _brackets_in_a_row(line)


def _brackets_in_a_row(line: Line) -> Iterator[Relation]:
    """Brackets that follow the members of a list, and the totals behind the list."""
    run: list[tuple[int, int]] = []
    for group in _GROUP.finditer(line.text):
        if run and not _LINKED.match(line.text[run[-1][1] : group.start()]):
            run = []
        run.append(group.span())
        closing = _TOTALS.match(line.text, group.end())
        if closing is None or len(run) < 2:
            continue
        results = [line.figure_at(closing.start(n)) for n in (1, 2) if closing[n]]
        rows = [[figure for figure in line.behind(start) if figure.at < end] for start, end in run]
        sums = list(_columns(results, rows))
        open_list = closing[0].startswith("等") and not any(relation.holds for relation in sums)
        # 等 may leave the list open; where another measure adds up, it does not.
        yield from (replace(relation, confidence=Decimal("0.7")) if open_list else relation for relation in sums)
        run = []


def _columns(results: Sequence[Figure], rows: Sequence[Sequence[Figure]]) -> Iterator[Relation]:
    """One sum for each measure that every bracket gives and that a total behind them has."""
    for result in results:
        parts: list[Figure] = []
        for row in rows:
            matching = [figure for figure in row if comparable(figure.unit, result.unit)]
            if len(matching) != 1:
                break
            parts.extend(matching)
        if len(parts) == len(rows):
            yield total(
                "sum", "sum.bracketed-members", result.mention, [part.mention for part in parts], ["+"] * len(parts)
            )


CHECKS = (
    Check("sum.brackets", "a total against its parts in the bracket behind it", _after_total),
    Check(
        "sum.bracketed-members",
        "figures in the brackets of a list's members against the totals behind the list",
        _several,
    ),
)
