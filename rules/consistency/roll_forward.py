"""Roll-forward: a level before, what was changed, and the level after.

增置2人，總員額由586(4)人修正為588(4)人; 原編制262人，經由移撥8人，修編後為270人; 列管64處，新增5處、解除9處，至6月底仍列管60處;
減列甲10人、乙5人，改增置丙15人，總數維持194人 (the changes cancel out); 109年度增加2億元，110年度再增加3億元，累計增加5億元.
Numbers in brackets (posts held concurrently) are reckoned likewise. A move (移撥) counts only where the words say which way it went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from ...model import Mention
from .candidate import Candidate
from .cues import cue, direction
from .figure import DAY, WINDOW, Document, Figure, Line
from .law import Sign, total
from .parts import signed

_FROM = re.compile(r"(?:由|從|自)(?:原本|原有|原來|原)?[^,;。由從自]{0,24}$")
_TO = re.compile(
    rf"^[^,;。]{{0,10}},?[^,;。]{{0,8}}(?:修正為|調整為|修編為|變更為|增加為|增為|減為|縮為|降為|提高為|成長為|成長至|增加至|增至|減至|減少至|降至|下滑至|上升至|升至|提高至|擴大至|擴增為|縮減為|縮減至|減少為|調降為|調升為|調高為|變為|降低至|提升至|提升為|達到)(?:{DAY}的?)?(?:約)?$"
)
_BEFORE = re.compile(
    r"(?:修編前|修正前|調整前|改制前)[^,;。]{0,24}$|(?<![修還])原(?:有|列|定|訂|計畫|編|編制|編制員額|本)[^,;。]{0,12}$"
)
_AFTER = re.compile(r"(?:修編後|修正後|調整後|改制後|變更後|增置後|移撥後)[^,;。]{0,24}$")
_KEPT = re.compile(r"(?:維持|仍為|不變,?(?:維持)?)(?:為)?$")
_VERB = re.compile(
    r"(?:改增置|增置|增設|移入|撥入|移出|撥出|追加|增列|新增|擴編|增加|再提高|提高|改置|減列|減少|裁減|刪減|精簡|縮減|裁撤)(?!為|至|到|之|的)|(?:經由|自|由)[^,;。]{1,16}移撥|移撥(?:至|予|給)?"
)
_LOOSE = frozenset({"增加", "減少", "提高", "再提高", "縮減", "新增"})
"""Verbs that may well speak of something else than the posts whose number follows."""
_NESTED = re.compile(rf"其中(?:{_VERB.pattern})")
_TOTAL = re.compile(r"(?:合計|共計|總計|共|計|等)$")
_TOTALLED = re.compile(r"(?:合計|共計|總計|共|計)(?P<net>淨)?$")
_LINK = re.compile(r"^[^,;、]{0,10}(?:、|及|和|與|以及)[^,;]{0,40}$")
_MORE = re.compile(r"再(?:增加|提高|增|追加|減少|加碼)(?:了)?$")
_FIRST = re.compile(r"(?:增加|提高|減少)(?:了)?$")
_TOGETHER = re.compile(r"(?:累計|合計|共計?|總計|等同|總共|已)[^;。]*(?:增加|提高|減少|增|減)(?:了|達)?$")
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
        yield from _from_to(paragraph.outer)
        yield from _before_after(paragraph.outer)
        yield from _cancelling(paragraph.outer)
        yield from _increments(paragraph.outer)
        for line in paragraph.lines:
            for figure in line.figures:
                if figure.is_count and figure.mention.value and not figure.is_standard and figure.has("flow.after"):
                    yield from _stock(line, figure)


# --- posts ------------------------------------------------------------------------------------------------------------


def _from_to(line: Line) -> Iterator[Candidate]:
    for before, after in pairwise(line.figures):
        if before.unit != after.unit or not _FROM.search(before.clause) or not _TO.match(after.gap):
            continue
        deltas = _preceding(line.ahead(before.at), before)
        way = direction(after.gap)
        if deltas and way and all((delta.sign == "+") != (way > 0) for delta in deltas):
            continue  # 較112年減少7人，惟詐欺由135人增為141人: the change of something else
        yield from _change("change.from-to", before, after, deltas)


def _before_after(line: Line) -> Iterator[Candidate]:
    """原…人，…移撥…人，修編後…人, and 減列…，修編前…，修編後…."""
    before: Figure | None = None
    for figure in line.figures:
        if "。" in line.text[(before.at if before else 0) : figure.at]:
            before = None
        if _BEFORE.search(figure.clause):
            before = figure
        elif (
            before is not None
            and (_AFTER.search(figure.clause) or _TO.match(figure.gap))
            and before.unit == figure.unit
        ):
            between = line.figures[before.index + 1 : figure.index]
            deltas = _preceding(between, before) or _preceding(line.ahead(before.at), before)
            yield from _change("change.before-after", before, figure, deltas)
            before = None


def _cancelling(line: Line) -> Iterator[Candidate]:
    """The changes leave the total where it was."""
    for figure in line.figures:
        if _KEPT.search(figure.gap):
            deltas = _preceding(line.ahead(figure.at), figure)
            if deltas and {delta.sign for delta in deltas} == {"+", "-"}:
                yield from _change("change.kept", figure, figure, deltas)


def _preceding(figures: Sequence[Figure], level: Figure) -> list[Delta] | None:
    """The changes told before the levels; ``None`` where one of them goes nobody knows which way."""
    deltas: list[Delta] = []
    run = 0
    sign: Sign | None = None
    inside = nested = False
    for figure in figures:
        verb = _last_verb(figure.gap)
        if "其中" in figure.gap:
            inside, nested = True, _NESTED.search(figure.gap) is not None
        elif inside and verb is not None and re.search(r"[,;]", figure.gap[: verb.start()]):
            # 其中增置…，另減列…: both verbs belong to 其中; 其中甲3人，另減列…: the second is a change of its own.
            inside = nested and "另" in figure.gap
        if _TO.match(figure.gap):
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
        elif sign is not None and _TOTAL.search(figure.gap) and len(deltas) > run:
            # 減列甲3人、乙3人，共計6人: the total stands for its parts.
            del deltas[run:]
        elif sign is None or not _LINK.match(figure.gap):
            # Another amount has been told: what changed before it changed that one.
            deltas.clear()
            sign = None
            continue
        concurrent = "兼任" in figure.before and figure.mention.paren is None
        deltas.append(Delta(figure, sign, concurrent))
    return deltas


def _last_verb(gap: str) -> re.Match[str] | None:
    found = None
    for found in _VERB.finditer(gap):  # noqa: B007
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
        if len(run) >= 2 and follows and _TOGETHER.search(figure.gap):
            yield signed("sum.increments", figure, run, ["+"] * len(run), set())
            run = []
        elif follows and _MORE.search(figure.gap) and direction(figure.gap) == direction(run[-1].gap):
            run.append(figure)
        else:
            run = [figure] if _FIRST.search(figure.gap) else []


# --- stocks and flows ---------------------------------------------------------------------------------------------------


def _stock(line: Line, after: Figure) -> Iterator[Candidate]:
    """The earlier level and the flows between, the fewest first."""
    stream = [
        each
        for each in line.figures[max(0, after.index - WINDOW) : after.index]
        if each.unit == after.unit and each.mention.value is not None and each.mention.value_max is None
    ]
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
            summed = before.units + sum(f.units if s == "+" else -f.units for f, s in zip(flows, signs, strict=True))
            plain = all(len(way) == 1 for way in ways) and all(_says_way(flow) for flow in flows)
            if abs(summed - after.units) > after.slack + sum(each.slack for each in (before, *flows)) and not plain:
                continue
            terms = [before.mention, *(flow.mention for flow in flows)]
            relation = total("change", "change.flows", after.mention, terms, ["+", *signs])
            features = {"flow:ways-told"} if plain else set()
            if plain and count > 1 and before.has("flow.opening") and after.has("flow.closing"):
                features.add("flow:opened-and-closed")
            if apart:
                features.add("flow:sentences")
            if not all(_says_way(flow) for flow in flows):
                features.add("flow:way-open")
            yield Candidate(relation, frozenset(features), tried)


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
