"""What the words around a figure say of its bounds (至少, 以上, 逾, 約, 未滿), and over how many items 各 spreads it."""

from __future__ import annotations

from typing import cast

import regex

from ...model import Bound

WORDS_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("less_than", r"未滿|不滿|不到|不足|未達|(?<!不)(?<!不得)(?<!不能)(?:低於|少於|小於)|未及"),
    (
        "at_most",
        r"不超過|不得超過|未超過|不得?(?:高於|多於|大於)|未逾|不逾|最高|最多|至多|最長|最久|上限(?:為)?"
        # 比率最高者為甲縣25% names the first of many, and no ceiling.
        r"|(?:最[高多長](?!者|[的是]|為(?!新[臺台]幣|$))|至多)[^,。;:、(\d]{1,8}",
    ),
    ("at_least", r"至少(?:達|應達|須達|需達|為)?|最少|不得?(?:低於|少於|小於)|最低|下限(?:為)?|起碼"),
    ("more_than", r"[逾破]|超過|超逾|突破|(?<!不)(?<!不得)(?:多於|大於|高於)|已過|超出"),
    ("about", r"(?<![簽合契續條公特預節制大])約|(?<![附最鄰])近|將近|約達|約計|約需|約為|大約|近乎|約有|概估"),
)
WORDS_BEHIND: tuple[tuple[Bound, str], ...] = (
    ("at_least", r"(?:\(含\))?(?:及其)?以上"),
    ("at_most", r"(?:\(含\))?(?:以下|以內|之內|為限|為上限|內(?![部政容外涵含湖埔]))"),
    ("about", r"左右|上下(?!午)"),
    ("more_than", r"餘"),
)


def _any_of(words: tuple[tuple[Bound, str], ...]) -> str:
    return "|".join(f"(?P<{bound}>{pattern})" for bound, pattern in words)


# Right before the figure; the name of the money may stand between.
_BEFORE = regex.compile(rf"(?:{_any_of(WORDS_BEFORE)})(?:新[臺台]幣)?$")
_BEHIND = regex.compile(_any_of(WORDS_BEHIND))
ITEM_BREAK = regex.compile(r"[、及與和暨]")
CLAUSE_BREAK = regex.compile(r"[,。;:()「」]|(?<!會)計(?=[^算畫])|\d[^、及與和暨\d]{0,3}、")


_NEARLY = regex.compile(r"(?:已|歷時|歷經|長達|為期|耗時|費時|需時|花費?了?|有|達|高達)近$")
_SPAN = regex.compile(r"[年月週周日天季期]$")
"""歷時近5年 are nearly five years, 近5年 alone the last five."""


_RECORD = regex.compile(r"(?:單[日月場週季]|歷[年史]|史上|尖峰|瞬間|當[日月])最[高多長][達為]?$")
"""單日最高2.3萬人 is a record, and no ceiling."""


def bound_of(text: str, start: int, end: int) -> Bound | None:
    """The bound that the words around ``text[start:end]`` state, if they state one."""
    before = text[max(0, start - 14) : start]
    recent = before.endswith("近") and _SPAN.search(text, end - 1, end) and not _NEARLY.search(before)
    told = None if recent or _RECORD.search(before) else _BEFORE.search(before)
    told = told or _BEHIND.match(text, end)
    return cast("Bound", told.lastgroup) if told else None


def distribution(text: str, start: int) -> int | None:
    """For a figure behind 各: over how many items it spreads, where the clause lists them (專員及助理員各1人: 2)."""
    if not text.endswith("各", 0, start):
        return None
    clause = CLAUSE_BREAK.split(text[max(0, start - 60) : start - 1])[-1]
    items = [item for item in ITEM_BREAK.split(clause) if item]
    return len(items) if len(items) > 1 else None
