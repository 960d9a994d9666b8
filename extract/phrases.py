"""Noun phrases around a figure: what is counted, and what was done to it, from the words of the clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..rules.phrases import task_of
from .segmentation import DOING, MEASURE, MENTION, NOMINAL, NOUN, SIGN, VERB, Token, tokens

LONGEST = 24
"""Characters of a name's subject: what is longer is a list or a clause, and its end says what is counted."""
BREAK = re.compile(r"[,、;。::()▣\n\t「」『』《》]")
_MARKER = re.compile(r"^\s*\(?(?:\d{1,3}|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})[.、)]\s*")
_REMARK = re.compile(r"\([^()]{0,60}\)")
_LIST = re.compile(r"(?<=[^,;。::()▣\n\t「」『』《》、])(?:、[^,;。::()▣\n\t、]{1,24})+等")
"""The items of a list behind its first, which a word behind its number sums up: 韓、澳及紐等."""
_UNIT_TOLD = re.compile(r"\((?:單位:?)?[^()]{0,3}[%‰元人件噸度次戶]\)")
TITLE = re.compile(r"「([^「」]{2,40})」")
NUMBERED = re.compile(
    r"\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十\d]+[期次屆梯]|(?<!\d)\d+年度?|▢|\(遠距班?\)|遠距|(?<=[班營坊會])[\d一二三四五六七八九十]+[期班場梯]次?"
)
_JOINTS = frozenset("的之及與和暨或、-")
_HEADS = ("generic", "measure")
SAYS_MEASURE = tuple("率額費量比重值價數度例")


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
        return bool(self.subject) or (bool(self.thing) and not is_generic(self.thing))

    @property
    def name(self) -> str:
        """The phrase as a noun: 毒品查獲 for 查獲毒品."""
        if self.subject and self.thing.endswith(SAYS_MEASURE) and self.verb:
            return self.subject + self.verb + self.thing
        return self.subject + self.thing + self.verb


def is_generic(thing: str) -> bool:
    """Whether a phrase only says how something is counted, or names a class of things alone."""
    return task_of(thing) in ("generic", "measure") or all(
        task_of(word.text) is not None or word.kind in (VERB, DOING) for word in cut(thing)
    )


@lru_cache(maxsize=16384)
def cut(text: str) -> tuple[Token, ...]:
    """The words of a short text; cut once."""
    return tokens(text)


@lru_cache(maxsize=16384)
def phrase_of(text: str) -> Phrase:
    """The phrase with which a stretch of words ends, without what only counts."""
    found = list(cut(_MARKER.sub("", text)))
    _drop_filling(found)
    thing, inner = _noun_phrase(found)
    _drop_filling(found, light=False)
    verb = "" if inner else _verb(found)
    if not thing and verb:
        _drop_filling(found, light=False)
        thing, _ = _noun_phrase(found)
        return Phrase("", thing, verb, behind=True)
    while found and (
        task_of(found[-1].text) in ("counting", "aside")
        or found[-1].kind == "d"
        or (verb and _is_filling(found[-1], False))
    ):
        found.pop()
    subject = _noun_phrase(found)[0]
    if subject and verb and thing and found and task_of(found[-1].text) == "light":
        return Phrase("", subject + verb + thing)  # 辦理河川巡守研習: what was held has a verb inside
    if len(subject) < 2 or is_generic(subject) or len(subject) + len(thing) > LONGEST:
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
    opens = inner and taken[-1].kind in (VERB, DOING)
    if opens and task_of(taken[-2].text) == "generic" and taken[-2].text != "者":
        found.append(taken.pop())  # 核定計畫: nothing before the verb that it could belong to
        inner = False
    while taken and (taken[-1].text in _JOINTS or taken[-1].kind == "x" or sum(len(t.text) for t in taken) > LONGEST):
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


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """A text between its breaks, without what is put in brackets, without dates, and without the items of lists."""
    if ")" in text:
        text = _REMARK.sub("", text)
    if "等" in text:
        text = _LIST.sub("", text)
    return tuple([piece.rpartition("▢")[2] for piece in BREAK.split(text)])


@lru_cache(maxsize=4096)
def heading_name(heading: str) -> str:
    """A heading as a noun: 社區閱讀推展 for 推展社區閱讀."""
    heading = _REMARK.sub("", NUMBERED.sub("", heading))
    if title := TITLE.search(heading):
        return title.group(1)
    pieces = [piece for piece in re.split(r"[,:;()「」]", heading) if piece.strip()]
    for piece in pieces:
        found = phrase_of(piece)
        if found.says_something:
            return found.name[:LONGEST]
    return pieces[0][:LONGEST] if pieces else ""


_TELLS = re.compile(r"尚?[不未無非]\Z|\d")
"""What a head may begin with and mean: 不識字者 are others than 識字者, 尚未申報 than 申報, 65歲以上 than 15歲以上."""


@lru_cache(maxsize=4096)
def head_name(head: str) -> str:
    """The head of a column as a name: without what it says of units, and without words that only lead to it."""
    words = list(cut(_UNIT_TOLD.sub("", head)))
    while words and words[0].kind in ("p", "c", "d", "t", "f", SIGN) and not _TELLS.match(words[0].text):
        del words[0]
    return "".join(token.text for token in words)
