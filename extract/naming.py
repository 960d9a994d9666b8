"""What a figure counts, in words of its clause: the thing, what was done to it, and how it is counted."""

from __future__ import annotations

from ..rules.indicators import categories
from ..rules.phrases import task_of
from .context import Figure
from .phrases import BREAK, LONGEST, NUMBERED, TITLE, Phrase, cut, heading_name, phrase_of, pieces
from .segmentation import DOING, NOMINAL, NOUN, VERB

_LOOK_BACK = 240
"""Characters before a figure among which its words are looked for, however long the sentence."""
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


def segment_of(figure: Figure) -> str:
    """The words between the last break and the figure, as they stand; of a list that 等 closes, none."""
    before = figure.view.text[max(figure.sentence.start, figure.mark.at - 60) : figure.mark.at]
    return "" if before.endswith("等") and "、" in before else pieces(before)[-1]


def label_of(segment: str, figure: Figure) -> str | None:
    """The breakdown label that the words before the figure are, under its canonical name."""
    known = categories()
    if figure.unit in ("個", "所"):
        for token in cut(figure.after[:12])[:2]:
            behind = known.get(token.text)
            if behind is not None and behind.behind:
                return behind.name
    thing = phrase_of(segment)
    for words in (thing.thing, thing.subject):
        for ending in ("", "者", "社團", "職", "照護者"):
            label = known.get(words.removesuffix(ending)) if words else None
            if label is not None and not label.behind:
                return label.name
    for token in cut(thing.thing)[1:]:
        label = known.get(thing.thing[token.start :])
        if label is not None and not label.behind:
            return label.name
    return None


def label_before(figure: Figure, parts: tuple[str, ...]) -> str | None:
    """The last label of a breakdown that the sentence names before the figure."""
    found = [(figure.before.rfind(part), part) for part in parts if part in figure.before]
    return max(found)[1] if found else None


def behind(figure: Figure) -> Phrase:
    """The noun right behind a figure, and the verb behind that: 9個【縣市】【獲獎】, 30人【參加】."""
    piece = BREAK.split(figure.after[:LONGEST])[0]
    noun: list[str] = []
    verb = ""
    for token in cut(piece):
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
    "money": (*"額費款金價值算債", "收入", "支出", "歲入", "歲出"),
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
    if figure.kind in _FLAT:
        return before
    if figure.kind in ("people", "attendances") and task_of(before.verb) == "taking-part":
        thing = "" if task_of(before.thing) == "measure" else before.thing
        return Phrase(before.subject, thing, "參加")
    if before.thing and before.verb and not figure.after.startswith("參"):
        return before
    after = behind(figure)
    if after.thing and before.thing and not before.verb and _belongs_to_the_one_before(figure):
        return after
    if task_of(after.verb) == "taking-part":
        return Phrase("", before.thing if before.says_something else "", "參加")
    if before.verb:
        return Phrase("", after.thing, before.verb) if after.thing and not before.thing else before
    if after.thing and _is_single_doing(before):
        return Phrase("", after.thing, before.thing)
    if not before.thing:
        return Phrase("", after.thing, after.verb)
    return Phrase("", before.thing, after.verb) if after.verb else before


def _belongs_to_the_one_before(figure: Figure) -> bool:
    """Whether the words before a figure stand right behind another: 516個【社團】586個計畫."""
    text = figure.view.text
    at = max((text.rfind(sign, 0, figure.mark.at) for sign in "▣,、;。:("), default=-1)
    return at >= 0 and text[at] == "▣"


def _is_single_doing(told: Phrase) -> bool:
    words = cut(told.thing)
    return len(words) == 1 and words[0].kind == NOMINAL


def subject_of(figure: Figure, told: Phrase, headings: str) -> str:
    """Of what a figure is told whose own clause does not say: the title, the words before, or the heading above."""
    titles = TITLE.findall(figure.before[-160:])
    if titles and (not told.says_something or figure.kind in _TITLED_KINDS):
        return _plain(titles[-1])
    if told.says_something:
        return ""
    for piece in reversed(pieces(figure.before[-_LOOK_BACK:])[:-1]):
        found = phrase_of(piece)
        if found.says_something:
            return found.name if found.subject or found.behind else found.thing
    earlier = TITLE.findall(figure.view.text[max(0, figure.sentence.start - 160) : figure.sentence.start])
    if earlier:
        return _plain(earlier[-1])
    return heading_name(headings.rpartition("|")[2])


def _plain(title: str) -> str:
    """A title without its number in a series."""
    return NUMBERED.sub("", title).replace("()", "").strip()
