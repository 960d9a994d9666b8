"""An announced number against the things listed: 甲局、乙局及丙局等3機關; 「甲」及「乙」2場; 分3階段 with the items below.

等 closes a list or leaves it open. A list whose last member is joined by 及 and that lacks one or two of the number is
taken as closed; one that lacks more names examples. A 及 may stand inside a name (待遇及退撫科): where only that would
explain the number, nothing is decided. Sessions and days are counted by their dates: 於10月17日及24日辦理2班期; 4月9日、11日及
16日共3天; 8月17日辦理甲、9月21日辦理乙，共2場. A day may hold two sessions, and a session may take two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...model import Block, Mention, Relation
from .candidate import Candidate
from .cues import says
from .figure import DAY, FIGURES, INNER, Document, Figure, Line, Paragraph
from .law import Sign
from .times import days_of

_EVENTS = frozenset("場班梯期")
_TITLE = re.compile(r"[「『《【][^「」『』《》【】]*[」』》】]")
_JOINED = re.compile(r"以及|[及和與暨](?!其他)")
_NO_MEMBER = re.compile(rf"[{FIGURES}{DAY}\n]|較|占|增加|減少|辦理|，")
_NAME = "\ue010"
_LONGEST_MEMBER = 30


@dataclass(frozen=True, slots=True)
class List:
    """The members of a list, and how else they might be counted."""

    members: tuple[str, ...]
    fewest: int
    """How many there are if the last 及 belongs to a name."""
    most: int
    """How many there are if every 及 parts two members."""
    joined: bool
    """The last member is joined by 及."""
    clean: bool
    """All members look alike, so that the list has no more of them than are counted."""


def find(document: Document) -> Iterator[Candidate]:
    """Announced numbers of things, of numbered items, of sessions and days."""
    for paragraph in document.paragraphs:
        yield from _listed(paragraph)
        yield from _after_run(paragraph.outer)
        yield from _each_told(paragraph.outer)
    yield from _numbered(document)


def _listed(paragraph: Paragraph) -> Iterator[Candidate]:
    line = paragraph.outer
    for figure in line.figures:
        if _countable(figure) and not re.match(r"[^,;。]{0,8}(?:之|、)$", line.after(figure)):
            gap = figure.gap
            if says("count.listed", gap):
                found = _list(gap[:-1])
                if found is not None:
                    yield from _judge("count.listed", figure, _loosened(paragraph, figure, found))
            elif gap.endswith(("」", "』", "》", "】")):
                titles = _titles(gap)
                if len(titles) > 1:
                    yield _counted("count.titles", figure.mention, titles, len(titles))


def _loosened(paragraph: Paragraph, figure: Figure, found: List) -> List:
    """Names in one pair of quotation marks, or one name with (A、B), may be more than one member each."""
    earlier = paragraph.outer.figures[figure.index - 1].position if figure.index else -1
    inside = (each.line.text for each in paragraph.brackets if earlier < each.start < figure.position)
    more = sum(len(re.findall("[,、]", text)) for text in inside) + sum(name.count(INNER) for name in found.members)
    return replace(found, most=found.most + more, fewest=min(found.fewest, len(found.members))) if more else found


def _countable(figure: Figure) -> bool:
    mention = figure.mention
    return (
        figure.is_count
        and mention.bound is None
        and mention.value is not None
        and mention.value == int(mention.value)
        and mention.value_max is None
        and says("count.unit", figure.unit)
    )


def _list(text: str) -> List | None:
    """The list that ends a text; quoted titles are one name each, whatever they hold."""
    titles = _titles(text)
    if len(titles) > 1 and text.endswith(("」", "』", "》", "】")):
        return List(titles, len(titles), len(titles), _joined_titles(text), True)
    names = iter(_TITLE.findall(text))
    bare = _TITLE.sub(_NAME, text)
    segment = re.split(r"[,;:]", bare)[-1]
    pieces = segment.split("、")
    last = _JOINED.split(pieces[-1])
    if len(pieces) + len(last) - 1 < 2 or any(_too_long(piece) for piece in (*pieces[1:-1], *last)):
        return None
    if len(last) > 2 or (len(pieces) == 1 and len(last) != 2):
        return None
    members = [*pieces[:-1], *last]
    inner = [piece for piece in pieces[:-1] if _JOINED.search(piece)]
    alike = all(says("label.body", member) or member.endswith(_NAME) for member in members)
    decided = alike and not inner
    told = tuple(_named(member, names) for member in members)
    if any(says("count.act", member) for member in members[1:]) or any(
        says("count.group", member) for member in members
    ):
        return None
    fewest = len(members) if decided else len(pieces)
    return List(told, fewest, len(members) + len(inner), len(last) == 2, decided)


def _too_long(piece: str) -> bool:
    return not piece or len(piece) > _LONGEST_MEMBER or _NO_MEMBER.search(piece) is not None


def _named(member: str, names: Iterator[str]) -> str:
    return re.sub(_NAME, lambda _: next(names, ""), member)


def _titles(text: str) -> tuple[str, ...]:
    """The quoted titles at the end of a text that follow one another directly."""
    found: list[str] = []
    end = len(text)
    for title in reversed(list(_TITLE.finditer(text))):
        between = text[title.end() : end]
        if found and not re.fullmatch(r"(?:[、,]|以及|[及和與暨]|、及)?", between):
            break
        if not found and between:
            break
        found.insert(0, title[0][1:-1])
        end = title.start()
    return tuple(found)


def _joined_titles(text: str) -> bool:
    return re.search(r"(?:以及|[及和與暨])[「『《【][^「」『』《》【】]*[」』》】]$", text) is not None


def _judge(rule: str, figure: Figure, found: List) -> Iterator[Candidate]:
    number, listed = int(figure.mention.value or 0), len(found.members)
    event = figure.unit[:1] in _EVENTS
    clean = {"count:alike"} if found.clean and not event else set()
    if clean and says("count.body-unit", figure.unit):
        clean.add("count:unit-named")
    if number == listed:
        yield _counted(rule, figure.mention, found.members, listed, clean)
    elif found.fewest <= number <= found.most:
        yield _counted(rule, figure.mention, found.members, listed, clean, undecided=True)
    elif number < listed:
        # More members than announced: the first may belong to another list.
        yield _counted(rule, figure.mention, found.members, listed, clean | {"count:more-listed"})
    elif found.joined and listed > 2 and number <= listed + 2:
        # Three of four may be examples; who names four and says five has left one out or miscounted.
        one_short = {"count:one-short"} if listed > 3 and number == listed + 1 else set()
        yield _counted(rule, figure.mention, found.members, listed, clean | one_short)


def _counted(
    rule: str,
    number: Mention,
    members: Sequence[str],
    listed: int,
    features: set[str] | None = None,
    *,
    undecided: bool = False,
) -> Candidate:
    holds = None if undecided else number.value == listed
    relation = Relation(
        "count", number, (), (), str(number.value), str(listed), holds, rule, items=_clean(members)
    )  # fmt: skip
    return Candidate(relation, frozenset(features or ()))


def _clean(members: Sequence[str]) -> tuple[str, ...]:
    """The members as they may be shown, without the signs that stand for dates."""
    return tuple(re.sub(r"[\ue000-\uf8ff]", "", member) for member in members)


_PARTED = re.compile(r"(?:分為|分成|分|共分為?)$")
_PHASES = frozenset({"階段", "類", "部分", "面向", "方面", "期", "主軸", "步驟", "大類"})
_FOLLOWS = re.compile(r"^[^。,;]{0,20}(?:如下|如次|臚列|分述|說明)[^。]{0,6}[:。]?$|^[^。,;]{0,12}:$")
_LEFT_OUT = re.compile(r"(?:…|\.{3}|⋯)[.。]?$")
_FIRST = re.compile(r"^[(（]?(?:[1１一壹①])[)）.、．]?")


def _numbered(document: Document) -> Iterator[Candidate]:
    """分3階段 at the head of a list, and what is numbered below."""
    blocks = document.report.blocks
    for paragraph in document.paragraphs:
        for figure in paragraph.outer.figures:
            phases = figure.unit in _PHASES and _PARTED.search(figure.gap) is not None
            closing = paragraph.outer.text[figure.at + 1 :]
            if (not _countable(figure) and not phases) or re.search(f"第[一1]{figure.unit}", closing):
                continue  # 分兩階段，第一階段…: the prose itself tells them
            if phases or _FOLLOWS.match(closing):
                members = _below(blocks, paragraph.block)
                if len(members) > 1 and figure.mention.value is not None:
                    yield _counted("count.numbered", figure.mention, members, len(members))


def _below(blocks: Sequence[Block], index: int) -> list[str]:
    """The items right below a block, one level deeper, the first of them marked as the first."""
    members: list[str] = []
    head = blocks[index]
    level = 0
    for block in blocks[index + 1 : index + 60]:
        if block.kind == "residue":
            continue
        if _LEFT_OUT.search(block.text[-4:]):
            return []  # an excerpt: the list goes on in what is not quoted
        if not members:
            if block.kind not in ("item", "heading") or not _FIRST.match(block.marker) or block.level <= head.level:
                return []
            level = block.level
        elif block.level and block.level < level:
            break
        if block.level == level and block.marker:
            if members and _FIRST.match(block.marker) and re.sub(r"\D", "", block.marker) in ("1", ""):
                break
            members.append(re.split(r"[:：,，;；。]", block.text[len(block.marker) :])[0][:20].strip())
    return members


# --- sessions and days ---

_SESSIONS = frozenset({"場", "場次", "班", "班期", "班次", "梯次", "梯", "期", "次"})
_DAYS = frozenset({"天", "日"})
_PARTED_DAYS = re.compile(rf"[^,;。{FIGURES}{DAY}]{{2,60}}(?:[、,]|以及|[及和與])")
_RUN = re.compile(rf"(?:{DAY}(?:[、,]?(?:[及和與]|以及)?(?={DAY})))+{DAY}")


def _after_run(line: Line) -> Iterator[Candidate]:
    """DAY、DAY及DAY辦理N場次."""
    text, dates = line.text, dict(line.dates)
    for run in _RUN.finditer(text):
        days = [dates[position] for position in range(run.start(), run.end()) if text[position] == DAY]
        figure = next(iter(line.following(run.end(), 1)), None)
        gap = text[run.end() : figure.at] if figure is not None else DAY
        if figure is not None and DAY not in gap and says("count.held", gap) and not says("count.not-all", gap):
            yield from _judge_days("count.dates", figure, days)
        before = next(iter(line.ahead(run.start(), 1)), None)
        if before is not None and says("count.on", text[before.at + 1 : run.start()]):
            yield from _judge_days("count.dates", before, days)


def _each_told(line: Line) -> Iterator[Candidate]:
    """DAY辦理甲、DAY辦理乙及DAY辦理丙，共N場."""
    dates = dict(line.dates)
    for figure in line.figures:
        if (
            figure.unit not in _SESSIONS
            or not says("count.all-held", figure.gap)
            or says("count.not-all", figure.gap[-8:])
        ):
            continue
        told = [place for place in range(figure.at - len(figure.gap), figure.at) if line.text[place] == DAY]
        if len(told) > 1 and all(_PARTED_DAYS.fullmatch(line.text[a + 1 : b]) for a, b in pairwise(told)):
            yield from _judge_days("count.dates-each", figure, [dates[place] for place in told])


def _judge_days(rule: str, figure: Figure, days: Sequence[Mention]) -> Iterator[Candidate]:
    """The number against the dates: sessions against how many there are, days against how long they are."""
    mention = figure.mention
    spans = [days_of(day.edtf) for day in days]
    if mention.value is None or mention.bound is not None or any(span is None for span in spans):
        return
    if figure.unit in _DAYS:
        computed = sum(span.days for span in spans if span is not None)
    elif figure.unit in _SESSIONS:
        computed = len(days)
    else:
        return
    signs: list[Sign] = ["+"] * len(days)
    holds = mention.value == computed
    relation = Relation(
        "count", mention, tuple(days), tuple(signs), str(mention.value), str(computed), holds, rule
    )  # fmt: skip
    yield Candidate(relation, frozenset({"count:days"} if figure.unit in _DAYS else set()))
