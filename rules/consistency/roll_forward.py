"""Roll-forward: a level before, what was changed, and the level after.

增置2人，總員額由586(4)人修正為588(4)人; 原編制262人，經由移撥8人，修編後為270人; 列管64處，新增5處、解除9處，至6月底仍列管60處;
減列甲10人、乙5人，改增置丙15人，總數維持194人 (the changes cancel out); 109年度增加2億元，110年度再增加3億元，累計增加5億元.
Numbers in brackets (posts held concurrently) are reckoned likewise. A move (移撥) counts only where the words say which way it went.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, takewhile

from ...model import Mention
from .candidate import Candidate
from .cues import cue, direction, says
from .figure import WINDOW, Document, Figure, Line
from .law import Sign, total
from .parts import signed

_LOOSE = frozenset({"增加", "減少", "提高", "再提高", "縮減", "新增"})
"""Verbs that may well speak of something else than the posts whose number follows."""
_TOTALLED = re.compile(r"(?:合計|共計|總計|共|計)(?P<net>淨)?$")
_MOST_FLOWS = 4


@dataclass(frozen=True, slots=True)
class Delta:
    """One change of a level."""

    figure: Figure
    sign: Sign
    concurrent: bool


def find(document: Document) -> Iterator[Candidate]:
    """Levels before and after with what changed them, increments and their sum, stocks and flows."""
    for paragraph in document.paragraphs:
        yield from _posts(paragraph.outer)
        yield from _increments(paragraph.outer)
        for line in paragraph.lines:
            yield from _stocks(line)


# --- posts ------------------------------------------------------------------------------------------------------------


def _posts(line: Line) -> Iterator[Candidate]:
    """由A修正為B, 修編前A，修編後B, with the changes told before or between; and a total that they leave where it was."""
    before: Figure | None = None
    for figure in line.figures:
        if before is not None and ("。" in line.between(before, figure) or _is_lost(before, figure)):
            before = None
        if figure.has("level.kept"):
            deltas = _preceding(line.ahead(figure.at), figure)
            if deltas and {delta.sign for delta in deltas} == {"+", "-"}:
                yield from _change("change.kept", figure, figure, deltas)
        if before is not None and before.unit == figure.unit and _is_reached(figure):
            between = line.figures[before.index + 1 : figure.index]
            deltas = _preceding(between, before) or _preceding(line.ahead(before.at), before)
            way = direction(figure.gap)
            # 較112年減少7人，惟詐欺由135人增為141人: the change of something else
            if not (deltas and way and all((delta.sign == "+") != (way > 0) for delta in deltas)):
                yield from _change("change.before-after", before, figure, deltas)
            before = None
        elif says("level.before", figure.clause) or (figure.has("level.from") and not figure.has("change.verb")):
            before = figure


def _is_reached(figure: Figure) -> bool:
    return says("level.after", figure.clause) or figure.has("level.reached")


def _is_lost(before: Figure, figure: Figure) -> bool:
    """由A … B: of a level that only 由 opens, the next figure is the new one."""
    return not says("level.before", before.clause) and before.index + 1 < figure.index


def _preceding(figures: Sequence[Figure], level: Figure) -> list[Delta] | None:
    """The changes told before the levels; ``None`` where one of them goes nobody knows which way."""
    deltas: list[Delta] = []
    run = 0
    sign: Sign | None = None
    inside = nested = False
    for figure in figures:
        verb = _last_verb(figure.gap)
        if "其中" in figure.gap:
            inside, nested = True, says("change.nested", figure.gap)
        elif inside and verb is not None and re.search(r"[,;]", figure.gap[: verb.start()]):
            # 其中增置…，另減列…: both verbs belong to 其中; 其中甲3人，另減列…: the second is a change of its own.
            inside = nested and "另" in figure.gap
        if figure.has("level.reached"):
            # Another level's own change has been told.
            deltas.clear()
            sign = None
            continue
        if inside or figure.unit != (level.unit if level.is_count else "百分點"):
            continue
        if verb is not None and verb[0] in _LOOSE and not _right_before(figure, level):
            sign = None
            continue
        if verb is not None:
            sign = _way(verb[0])
            if sign is None:
                return None
            totalled = _TOTALLED.search(figure.gap[: verb.start()])
            if totalled and deltas:
                # 減列甲3人，刪減乙4人，總計減列7人: the total stands for what it adds up.
                if totalled["net"] is None and any(delta.sign != sign for delta in deltas):
                    return None
                deltas.clear()
            run = len(deltas)
        elif sign is not None and figure.has("total.of-changes") and len(deltas) > run:
            # 減列甲3人、乙3人，共計6人: the total stands for its parts.
            del deltas[run:]
        elif sign is None or not says("part.linked", figure.gap):
            # Another amount has been told: what changed before it changed that one.
            deltas.clear()
            sign = None
            continue
        concurrent = "兼任" in figure.before and figure.mention.paren is None
        deltas.append(Delta(figure, sign, concurrent))
    return deltas


def _last_verb(gap: str) -> re.Match[str] | None:
    found = None
    for found in cue("change.verb").pattern.finditer(gap):  # noqa: B007
        pass
    return found


def _right_before(figure: Figure, level: Figure) -> bool:
    """Only one comma parts a change and the level that it changed, which is no goal."""
    if "目標" in level.gap or "標準" in level.gap or "上限" in level.gap:
        return False
    return figure.index + 1 == level.index and re.match(r"^[^,;]{0,10},[^,;]*$", level.gap) is not None


def _way(verb: str) -> Sign | None:
    if "移撥" in verb:
        if verb.startswith(("經由", "自", "由")):
            return "+"
        return "-" if len(verb) > 2 else None
    return "+" if direction(verb) > 0 else "-"


def _change(rule: str, before: Figure, after: Figure, deltas: Sequence[Delta] | None) -> Iterator[Candidate]:
    if not deltas:
        return
    beside: frozenset[Mention] = frozenset()
    if before.mention.paren is not None or after.mention.paren is not None:
        beside = frozenset(delta.figure.mention for delta in deltas if delta.concurrent)
    elif any(delta.concurrent for delta in deltas):
        return
    terms = [before.mention, *(delta.figure.mention for delta in deltas)]
    signs: list[Sign] = ["+", *(delta.sign for delta in deltas)]
    relation = total("change", rule, after.mention, terms, signs, concurrent=beside)
    yield Candidate(relation, frozenset({"change:posts"} if after.unit in ("人", "名") else set()))


def _increments(line: Line) -> Iterator[Candidate]:
    """109年度增加甲，110年度再增加乙，累計增加丙: increments that follow each other, and their sum."""
    run: list[Figure] = []
    for figure in line.figures:
        follows = bool(run) and figure.unit == run[-1].unit
        if len(run) >= 2 and follows and figure.has("total.increments"):
            yield signed("sum.increments", figure, run, ["+"] * len(run), set())
            run = []
        elif follows and figure.has("change.more") and direction(figure.gap) == direction(run[-1].gap):
            run.append(figure)
        else:
            run = [figure] if figure.has("change.first") else []


# --- stocks and flows ---------------------------------------------------------------------------------------------------


def _stocks(line: Line) -> Iterator[Candidate]:
    """A stock after its flows: the earlier stock and the flows between, the fewest first; or told before both."""
    units: dict[str, list[Figure]] = defaultdict(list)
    for each in line.figures:
        if each.mention.value is not None and each.mention.value_max is None:
            units[each.unit].append(each)
    for stream in units.values():
        for at, after in enumerate(stream):
            if not after.is_count or not after.mention.value or after.is_standard:
                continue
            if after.has("flow.after"):
                yield from _flows_before(line, stream[max(0, at - WINDOW) : at], after)
            yield from _flows_behind(line, after, stream[at + 1 : at + 2 + _MOST_FLOWS])


def _flows_before(line: Line, stream: Sequence[Figure], after: Figure) -> Iterator[Candidate]:
    tried = 0
    for count in range(1, min(_MOST_FLOWS, len(stream) - 1) + 1):
        before, flows = stream[-count - 1], stream[-count:]
        if not before.has("flow.before") or before.has("change.word"):
            continue
        if before.has("change.left") and not before.has("flow.opening"):
            continue
        apart = "。" in line.between(before, after)[:-1]
        if apart and not (before.has("flow.opening") and after.has("flow.closing")):
            continue
        ways = [_ways(flow) for flow in flows]
        for signs in product(*ways):
            tried += 1
            plain = all(len(way) == 1 for way in ways) and all(_says_way(flow) for flow in flows)
            summed = before.units + sum(f.units if s == "+" else -f.units for f, s in zip(flows, signs, strict=True))
            if abs(summed - after.units) > after.slack + sum(each.slack for each in (before, *flows)) and not plain:
                continue
            features = {"flow:ways-told"} if plain else set()
            if plain and count > 1 and before.has("flow.opening") and after.has("flow.closing"):
                features.add("flow:opened-and-closed")
            if not all(_says_way(flow) for flow in flows):
                features.add("flow:way-open")
            yield _flow(after, before, flows, signs, features, tried)


def _flows_behind(line: Line, after: Figure, stream: Sequence[Figure]) -> Iterator[Candidate]:
    """館藏412萬冊，上年度398萬冊，新增18萬冊、報廢4萬冊: the stock, the one before, and what changed it, each way told."""
    if len(stream) < 3 or stream[0].has("change.word"):
        return
    if not (stream[0].has("level.former") or stream[0].is_earlier(after)):
        return
    before, flows = stream[0], list(takewhile(_goes_one_way, stream[1:]))
    if (
        len(flows) < 2
        or "。" in line.between(after, flows[-1])
        or after.has("change.word")
        or after.has("level.former")
    ):
        return
    features = {"flow:ways-told", "flow:opened-and-closed"}
    yield _flow(after, before, flows, [_ways(flow)[0] for flow in flows], features, 1)


def _goes_one_way(flow: Figure) -> bool:
    return _says_way(flow) and len(_ways(flow)) == 1


def _flow(
    after: Figure, before: Figure, flows: Sequence[Figure], signs: Sequence[Sign], features: set[str], tried: int
) -> Candidate:
    terms = [before.mention, *(flow.mention for flow in flows)]
    return Candidate(total("change", "change.flows", after.mention, terms, ["+", *signs]), frozenset(features), tried)


def _says_way(flow: Figure) -> bool:
    return flow.has("flow.in") or flow.has("flow.out") or bool(direction(flow.behind[:4]))


def _ways(flow: Figure) -> Sequence[Sign]:
    """Which way a flow goes, by the words right before it or right behind."""
    into, out = cue("flow.in").pattern, cue("flow.out").pattern
    words = flow.before or flow.clause
    last_in = max((match.end() for match in into.finditer(words)), default=-1)
    last_out = max((match.end() for match in out.finditer(words)), default=-1)
    if last_in == last_out == -1:
        last_in, last_out = (1 if into.match(flow.behind) else -1), (1 if out.match(flow.behind) else -1)
    if last_in == last_out:
        return ("+", "-") if last_in == -1 else ("+",)
    return ("+",) if last_in > last_out else ("-",)
