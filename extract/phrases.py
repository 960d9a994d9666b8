"""Noun phrases around a figure: what is counted, and what was done to it, from the words of the clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..rules.indicators import categories
from ..rules.phrases import task_of
from .context import Figure
from .segmentation import DOING, MEASURE, MENTION, NOMINAL, NOUN, SIGN, VERB, Token, tokens

_LOOK_BACK = 240
"""Characters before a figure among which its words are looked for, however long the sentence."""
_LONGEST = 24
"""Characters of a name's subject: what is longer is a list or a clause, and its end says what is counted."""
_BREAK = re.compile(r"[,、;。::()▣\n\t「」『』《》]")
_MARKER = re.compile(r"^\s*\(?(?:\d{1,3}|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})[.、)]\s*")
_REMARK = re.compile(r"\([^()▣▢]{1,40}\)")
_UNIT_TOLD = re.compile(r"\((?:單位:?)?[^()]{0,3}[%‰元人件噸度次戶]\)")
_TITLE = re.compile(r"「([^「」]{2,40})」")
_NUMBERED = re.compile(
    r"\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十\d]+[期次屆梯]|\d+年度?|▢|\(遠距班?\)|遠距|(?<=[班營坊會])[\d一二三四五六七八九十]+[期班場梯]次?"
)
_JOINTS = frozenset("的之及與和暨或、-")
_HEADS = ("generic", "measure")
_SAYS_MEASURE = tuple("率額費量比重值價數度例")
MEASURES = {
    "people": "人數",
    "attendances": "人次",
    "money": "金額",
    "percent": "比率",
    "points": "百分點",
    "area": "面積",
    "age": "年齡",
    "interest": "利率",
    "discount": "折扣",
    "weight": "重量",
    "length": "長度",
    "volume": "容量",
    "ratio": "倍數",
    "degrees": "度數",
    "score": "分數",
}
_TIMES = {"小時": "時數", "天": "天數", "日": "天數", "週": "週數", "年": "年數", "個月": "月數", "學分": "學分數"}
_FLAT = frozenset({"money", "percent", "points", "time"})
"""Kinds of figures behind which no noun says what is counted."""
_SESSIONS = {"場": "場次", "場次": "場次", "班": "班數", "班次": "班數", "班期": "班數", "期": "期數", "次": "次數"}
_TITLED_KINDS = frozenset({"sessions", "attendances", "time", "percent", "age"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a stretch of words names: who or of what, the thing, and what was done to it."""

    subject: str = ""
    thing: str = ""
    verb: str = ""
    behind: bool = False
    """The verb stands behind the thing: 毒品查獲, not 查獲毒品."""

    @property
    def says_something(self) -> bool:
        """Whether it tells of what it speaks, and does not only say how it is counted."""
        return bool(self.subject) or (bool(self.thing) and not _is_generic(self.thing))

    @property
    def name(self) -> str:
        """The phrase as a noun: 毒品查獲 for 查獲毒品."""
        if self.subject and self.thing.endswith(_SAYS_MEASURE) and self.verb:
            return self.subject + self.verb + self.thing
        return self.subject + self.thing + self.verb


def _is_generic(thing: str) -> bool:
    return task_of(thing) in ("generic", "measure") or all(
        task_of(word.text) is not None or word.kind in (VERB, DOING) for word in _cut(thing)
    )


@lru_cache(maxsize=16384)
def _cut(text: str) -> tuple[Token, ...]:
    return tokens(text)


@lru_cache(maxsize=16384)
def phrase_of(text: str) -> Phrase:
    """The phrase with which a stretch of words ends, without what only counts."""
    found = list(_cut(_MARKER.sub("", text)))
    _drop_filling(found)
    thing, inner = _noun_phrase(found)
    _drop_filling(found, light=False)
    verb = "" if inner else _verb(found)
    if not thing and verb:
        _drop_filling(found, light=False)
        thing, _ = _noun_phrase(found)
        return Phrase("", thing, verb, behind=True)
    while found and (task_of(found[-1].text) in ("counting", "aside") or found[-1].kind == "d" or (verb and _is_filling(found[-1], False))):
        found.pop()
    subject = _noun_phrase(found)[0]
    if subject and verb and thing and found and task_of(found[-1].text) == "light":
        return Phrase("", subject + verb + thing)  # 辦理河川巡守研習: what was held has a verb inside
    if len(subject) < 2 or _is_generic(subject) or len(subject) + len(thing) > _LONGEST:
        subject = ""
    return Phrase(subject, thing, verb)


def _drop_filling(found: list[Token], *, light: bool = True) -> None:
    """Take off the end what only counts, tells time or turns."""
    while found and _is_filling(found[-1], light):
        found.pop()


def _is_filling(token: Token, light: bool) -> bool:
    task = task_of(token.text)
    if task is not None:
        return task in ("counting", "aside") or (light and task == "light")
    return token.kind in ("d", "p", "c", "t", "f", "r", "x", SIGN, MENTION)


def _noun_phrase(found: list[Token]) -> tuple[str, bool]:
    """Take the noun phrase off the end; whether a verb lies inside it (發放人數)."""
    taken: list[Token] = []
    inner = False
    while found:
        token = found[-1]
        task = task_of(token.text)
        if not _is_nominal(token):
            if not taken:
                break
            joint = token.text in _JOINTS and len(found) > 1 and _is_nominal(found[-2])
            modifier = task is None and (token.kind == DOING or (token.kind in (MEASURE, "x") and len(token.text) > 1))
            doing = token.kind in (VERB, DOING) and task is None and all(task_of(t.text) in _HEADS for t in taken)
            if not (joint or modifier or doing):
                break
            inner = inner or doing
        taken.append(found.pop())
    if inner and taken[-1].kind in (VERB, DOING) and task_of(taken[-2].text) == "generic":
        found.append(taken.pop())  # 核定計畫: nothing before the verb that it could belong to
        inner = False
    while taken and (taken[-1].text in _JOINTS or taken[-1].kind == "x" or sum(len(t.text) for t in taken) > _LONGEST):
        taken.pop()
    return "".join(token.text for token in reversed(taken)), inner


def _is_nominal(token: Token) -> bool:
    """Whether a word may stand in a name wherever it is in the phrase."""
    task = task_of(token.text)
    return task in ("generic", "measure") or (task is None and token.kind in (NOUN, NOMINAL, "a"))


def _verb(found: list[Token]) -> str:
    """Take the verb off the end, with one that goes before it: 申請進駐."""
    taken: list[str] = []
    while found and len(taken) < 2 and found[-1].kind in (VERB, DOING) and len(found[-1].text) > 1:
        if task_of(found[-1].text) is not None and task_of(found[-1].text) != "taking-part":
            break
        taken.append(found.pop().text)
    return "".join(reversed(taken))


def segment_of(figure: Figure) -> str:
    """The words between the last break and the figure, as they stand."""
    return _pieces(figure.view.text[max(figure.sentence.start, figure.mark.at - 60) : figure.mark.at])[-1]


def _pieces(text: str) -> list[str]:
    """A text between its breaks, without what is put in brackets and without dates."""
    return [piece.rsplit("▢", 1)[-1] for piece in _BREAK.split(_REMARK.sub("", text))]


def label_of(segment: str, figure: Figure) -> str | None:
    """The breakdown label that the words before the figure are, under its canonical name."""
    known = categories()
    if figure.unit in ("個", "所"):
        for token in _cut(figure.after[:12])[:2]:
            behind = known.get(token.text)
            if behind is not None and behind.behind:
                return behind.name
    thing = phrase_of(segment)
    for words in (thing.thing, thing.subject):
        for ending in ("", "者", "社團", "職", "照護者"):
            label = known.get(words.removesuffix(ending)) if words else None
            if label is not None and not label.behind:
                return label.name
    cut = _cut(thing.thing)
    for first in range(1, len(cut)):
        label = known.get(thing.thing[cut[first].start :])
        if label is not None and not label.behind:
            return label.name
    return None


def label_before(figure: Figure, parts: tuple[str, ...]) -> str | None:
    """The last label of a breakdown that the sentence names before the figure."""
    found = [(figure.before.rfind(part), part) for part in parts if part in figure.before]
    return max(found)[1] if found else None


def behind(figure: Figure) -> Phrase:
    """The noun right behind a figure, and the verb behind that: 9個【縣市】【獲獎】, 30人【參加】."""
    piece = _BREAK.split(figure.after[:_LONGEST])[0]
    noun: list[str] = []
    verb = ""
    for token in _cut(piece):
        task = task_of(token.text)
        if not noun and token.text in ("的", "之"):
            continue
        if token.kind in (NOUN, NOMINAL) and task not in ("counting", "light", "aside", "own"):
            noun.append(token.text)
        elif token.kind in (VERB, DOING) and (task is None or task == "taking-part") and len(token.text) > 1:
            verb = token.text if piece[token.end :] in ("", "者") or task == "taking-part" else ""
            break
        else:
            break
    return Phrase("", "".join(noun), verb)


_SAYS = {
    "percent": tuple("率比度例重數"),
    "money": tuple("額費款金價值入出算債"),
    "people": ("人數", "員額", "名額", "人口", "人口數"),
    "attendances": ("人次", "人數"),
    "weight": ("量",),
    "volume": ("量",),
    "energy": ("量",),
    "area": ("面積",),
    "length": ("長度", "總長", "里程"),
}
"""What a name ends in that says already how its figure is counted."""


def named(figure: Figure, stem: str, change: bool) -> str:
    """The name with how it is counted, where its own last word does not say that; ``change`` for a growth rate."""
    kind = figure.kind
    if kind == "time":
        measure = _TIMES.get(figure.unit, "期間")
    elif kind == "sessions":
        measure = _SESSIONS.get(figure.unit, f"{figure.unit}數")
    elif kind == "percent" and change:
        measure = "增減率"
    elif kind in MEASURES:
        measure = MEASURES[kind]
    else:
        measure = "數" if figure.unit in ("個", "大") else f"{figure.unit}數"
    told = not change and stem.endswith(_SAYS.get(kind, (measure, "數"))) and len(stem) > 1
    return stem if told or stem.endswith(measure) else stem + measure


def told_of(figure: Figure) -> Phrase:
    """What the clause of a figure says of it, before it and behind it."""
    before = phrase_of(segment_of(figure))
    if figure.kind not in _FLAT and before.thing and not before.verb and _belongs_to_the_one_before(figure):
        after = behind(figure)
        if after.thing:
            return after
    if figure.kind in ("people", "attendances") and task_of(before.verb) == "taking-part":
        thing = "" if task_of(before.thing) == "measure" else before.thing
        return Phrase(before.subject, thing, "參加")
    after = behind(figure)
    if task_of(after.verb) == "taking-part":
        return Phrase("", before.thing if before.says_something else "", "參加")
    if figure.kind not in _FLAT and not before.verb:
        if after.thing and _is_single_doing(before):
            return Phrase("", after.thing, before.thing)
        if not before.thing:
            return Phrase("", after.thing, after.verb)
        return Phrase("", before.thing, after.verb) if after.verb else before
    if before.verb and not before.thing and after.thing and figure.kind not in _FLAT:
        return Phrase("", after.thing, before.verb)
    return before


def _belongs_to_the_one_before(figure: Figure) -> bool:
    """Whether the words before a figure stand right behind another: 516個【社團】586個計畫."""
    text = figure.view.text
    at = max((text.rfind(sign, 0, figure.mark.at) for sign in "▣,、;。:("), default=-1)
    return at >= 0 and text[at] == "▣"


def _is_single_doing(told: Phrase) -> bool:
    cut = _cut(told.thing)
    return len(cut) == 1 and cut[0].kind == NOMINAL


def subject_of(figure: Figure, told: Phrase, headings: str) -> str:
    """Of what a figure is told whose own clause does not say: the title, the words before, or the heading above."""
    titles = _TITLE.findall(figure.before[-160:])
    if titles and (not told.says_something or figure.kind in _TITLED_KINDS):
        return _NUMBERED.sub("", titles[-1]).strip()
    if told.says_something:
        return ""
    for piece in reversed(_pieces(figure.before[-_LOOK_BACK:])[:-1]):
        found = phrase_of(piece)
        if found.says_something:
            return found.name if found.subject or found.behind else found.thing
    earlier = _TITLE.findall(figure.view.text[max(0, figure.sentence.start - 160) : figure.sentence.start])
    if earlier:
        return _NUMBERED.sub("", earlier[-1]).strip()
    return heading_name(headings.rpartition("|")[2])


@lru_cache(maxsize=4096)
def heading_name(heading: str) -> str:
    """A heading as a noun: 社區閱讀推展 for 推展社區閱讀."""
    heading = _NUMBERED.sub("", heading)
    if title := _TITLE.search(heading):
        return title.group(1)
    pieces = [piece for piece in re.split(r"[,:;()「」]", heading) if piece.strip()]
    for piece in pieces:
        found = phrase_of(piece)
        if found.says_something:
            return found.name[:_LONGEST]
    return pieces[0][:_LONGEST] if pieces else ""


@lru_cache(maxsize=4096)
def head_name(head: str) -> str:
    """The head of a column as a name: without what it says of units, and without words that only lead to it."""
    cut = list(_cut(_UNIT_TOLD.sub("", head)))
    while cut and cut[0].kind in ("p", "c", "d", "t", "f", SIGN):
        del cut[0]
    return "".join(token.text for token in cut)
