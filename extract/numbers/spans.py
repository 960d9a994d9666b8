"""Where a text holds numbers, and which Chinese numerals are numbers there and not syllables of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from ...model import Bound, Number
from ...rules.phrases import task_of
from ..claims import Claims
from ..segmentation import DOING, NOMINAL, NOUN, SIGN, VERB, Token, tokens
from .numerals import (
    DIGIT,
    FORMAL,
    LARGE,
    MORE,
    NUMBER,
    POINTS,
    SMALL,
    Numeral,
    NumeralError,
    read_neighbours,
    read_numeral,
)

# A look at the first character saves trying the whole pattern at each place of a text.
NUMERALS = frozenset(f"0123456789{DIGIT}{SMALL}{LARGE}")
"""The characters that numbers are made of."""
# Sets of many characters and words are looked up by ``re`` in one step; ``regex`` tries them one by one.
NUMBERS = re.compile(rf"(?=[0-9.{DIGIT}{SMALL}{LARGE}{FORMAL}拾佰仟數幾、點又半{POINTS}])(?:{NUMBER})")
MORE_BEHIND = regex.compile(MORE)
# What may stand before a lone 一, or before a digit that is part of a word (四處, 三節), and make it a number.
LEAD = regex.compile(
    r"(?:[計共等各達逾約近滿僅增減置設有或為給](?:有|為|到|達)?|至少|最多|最少|不足|超過|補助"
    r"|每(?:半|[二兩三四五六七八九十\d]+個?)?[年月週周日季天節]|[年月週季])$"
)
NOT_LEAD = regex.compile(r"(?:另有|只有|具有|還有|都有|之為|作為|成為|認為|稱為|列為|視為|最近|每[一]?)$")
# 一 that opens an entitlement (一年最多補助) or multiplies (一倍).
ONE_OPENS = regex.compile(r"倍|(?:年|月|次|人|戶|季)(?:最多|至多|最高|以[上下內]|內)")
# 一年半 counts, whatever stands before it.
HALF_YEARS = regex.compile(r"(?:年|天|日|小時|個?月|週)半(?!數)|個半")
# Formal digits are numbers only in a row: 參 alone is a syllable of 參加.
LONE_FORMAL = tuple("壹貳參叁肆伍陸柒捌玖拾佰仟")
# A minus belongs to a number where it can be neither a dash between two words nor the middle of a range; before a rate
# it is one behind any Chinese character (成長率為-2.42%). 自負, 擔負 and 正負 are words.
_SIGN = regex.compile(
    r"(?:[△▲]|(?<![\w%~)\]-])[-−]|(?<=[為是達至到由從計之絀率幅]|增加|增減|減少|成長|[淨社][增減]|[餘差]額|氣溫|溫度)[-−]|(?<![自擔肩背勝抱正應須需欠所該各共均一])負)\s?$"
)
_RATE_SIGN = regex.compile(r"(?<=[一-鿿])[-−]$")
_RATE = regex.compile(r"\s?(?:%|‰|個?[百千]分點)")
# 一四億, 二○, 三五一人: numbers written digit by digit; years are written so everywhere.
_BY_POSITION = regex.compile(rf"(?<![{DIGIT}{SMALL}])[{DIGIT}]{{2,}}(?![{DIGIT}{SMALL}]|年|學)")


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number in a text, not yet with its unit."""

    start: int
    """Where its sign begins, if it has one, else its first character."""
    end: int
    """Behind the number and a 餘 or 多 that follows it."""
    numeral: Numeral
    digits: bool
    """Written in digits, at least in part."""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """What makes a number a quantity: a rate or a unit behind it, or what the text says elsewhere."""

    unit: str
    end: int
    rule: str
    factor: int = 1
    """成 counts tenths, so that it multiplies by 10 percent."""
    extra: Decimal = Decimal(0)
    """What it adds to the number: 5 percent in 九成五, a half in 一個半小時."""
    step: Decimal | None = None
    """The place of what it adds."""
    rate: bool = False
    more: bool = False
    """多 stands inside it: 二個多小時."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity found in a block, with offsets into the block's text."""

    start: int
    end: int
    value: Number
    unit: str | None
    """None for a bare number of a table, whose heads name no unit."""
    step: Decimal | None
    rule: str
    value_max: Number | None = None
    bound: Bound | None = None
    paren: Decimal | None = None
    distributed: int | None = None


def number_spans(text: str, claims: Claims, by_position: bool) -> list[NumberSpan]:
    """The numbers of ``text`` that nothing has claimed, in order; a run that is none as a whole is left out whole.

    ``by_position`` says that the report writes Chinese numbers digit by digit.
    """
    found = []
    for start, end in number_runs(text):
        mark = claims.holder(start, end)
        if mark is not None and mark.start <= start and mark.end < end:
            if _is_one_number(text, mark.end):
                continue  # 第二千元: what a mark takes of a number leaves none
            start = mark.end  # a list mark before the number: 1.40歲
        if not claims.free(start, end) or _may_go_on(text, start, end):
            continue
        more = MORE_BEHIND.match(text, end)
        written = text[start:end]
        try:
            numeral = None if by_position else read_neighbours(written)
            numeral = numeral or read_numeral(text[start : more.end()] if more else written)
        except NumeralError:
            continue
        span = NumberSpan(start, more.end() if more else end, numeral, any(c.isascii() for c in written))
        found.append(_with_sign(text, span))
    return found


def _is_one_number(text: str, at: int) -> bool:
    """Whether two characters side by side can only belong to one number: 二千, 12, but not 2009兩大."""
    left, right = text[at - 1], text[at]
    return left in NUMERALS and (right in f"{SMALL}{LARGE}" or left.isascii() == right.isascii())


_GROUP = regex.compile(r"[0-9]{3}(?:\.[0-9]+)?")
_GROUPS_BEFORE = regex.compile(r"(?<![0-9,.])[0-9]{1,3}(?: [0-9]{3})* $")


def _may_go_on(text: str, start: int, end: int) -> bool:
    """Whether three digits may be the end of a number that blanks part: 1 234 567元."""
    return _GROUP.fullmatch(text, start, end) is not None and bool(
        _GROUPS_BEFORE.search(text, max(0, start - 20), start)
    )


# 2.0.6: a list mark and a number, or the number of a section.
_CHAIN = regex.compile(r"[0-9]++(?:\.[0-9]++){2,}")
# 初一167萬人: a Chinese digit and digits right behind it are two numbers; behind 零 or a power they go on.
_BORDER = re.compile(r"(?<=[一二兩三四五六七八九])(?=[0-9])")


@lru_cache(maxsize=4)  # a block is asked for its runs more than once
def number_runs(text: str) -> tuple[tuple[int, int], ...]:
    """Where the runs of characters begin and end that make up one number each, if they are well-formed."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    behind = 0
    for match in NUMBERS.finditer(text):
        start = match.start()
        if start < behind:
            continue
        chain = _CHAIN.match(text, start) if text.startswith(".", match.end()) else None
        if chain is not None:  # one run that is no number: 2.0.6, unless a list mark opens it
            behind = chain.end()
            yield start, behind
            continue
        for border in _BORDER.finditer(text, match.start() + 1, match.end()):
            yield start, border.start()
            start = border.start()
        yield start, match.end()


def writes_by_position(text: str) -> bool:
    """Whether a text writes Chinese numbers digit by digit: 八九億 is 89 億 there, and 8 to 9 億 elsewhere."""
    return any(read_neighbours(match.group()) is None for match in _BY_POSITION.finditer(text))


def _with_sign(text: str, span: NumberSpan) -> NumberSpan:
    """The number with the minus, △ or 負 before it, if it has one."""
    sign = _SIGN.search(text, max(0, span.start - 3), span.start)
    if sign is None and _RATE.match(text, span.end):
        sign = _RATE_SIGN.search(text, max(0, span.start - 2), span.start)
    if sign is None or span.numeral.value_max is not None or (sign[0][0] in "△▲−-" and not span.digits):
        return span
    return replace(span, start=sign.start(), numeral=replace(span.numeral, value=-span.numeral.value), signed=True)


def is_number(text: str, span: NumberSpan, claims: Claims) -> bool:
    """Whether a numeral counts something where it stands: 每二年一次 does, 統一 and 三讀通過 do not."""
    if span.digits or span.signed:
        return True
    if text[span.start : span.end] in LONE_FORMAL:
        return False
    in_word = claims.in_word(span.start, span.end)
    last = _word_before(text, span.start)
    if text.startswith("期", span.end) and last is not None and last.kind in _NAMING and task_of(last.text) is None:
        return False  # 平實二期: a phase that has a name
    if span.end - span.start > 1:
        return not in_word
    before = text[max(0, span.start - 8) : span.start]
    led = LEAD.search(before) is not None and NOT_LEAD.search(before) is None
    if text[span.start] not in "一百千萬億":
        return led or not in_word
    if span.end < len(text) and HALF_YEARS.match(text, span.end):
        return True
    if text[span.start] == "一" and text[span.end : span.end + 1] in _PLACED and last is not None:
        return last.kind in (VERB, NOMINAL) and not in_word  # 設置一處
    if text[span.start] == "一" and text[span.end : span.end + 1] in _SAID and _THERE_IS.search(before):
        return False  # 有一個更好的環境
    people = text[span.end : span.end + 1] in ("人", "名") and before[-1:] not in tuple("每任某同另這那下上第單唯")
    lone_power = led and (text[span.start] != "一" or not in_word)
    return lone_power or people or ONE_OPENS.match(text, span.end) is not None


def _word_before(text: str, at: int) -> Token | None:
    """The word that ends at a place; None at the beginning and behind a sign."""
    found = tokens(text[max(0, at - _WORDS_BEFORE) : at])
    return found[-1] if found and found[-1].kind != SIGN else None


_SAID = tuple("個種套點條塊些")
_THERE_IS = regex.compile(r"(?<![設計共僅置])有$")
_NAMING = (NOUN, NOMINAL, DOING, "a")
_WORDS_BEFORE = 8
_PLACED = tuple("處所棟輛艘")
"""What 一 counts behind a verb: things of which there is one in so many words."""


# 參 or 伍 alone is a syllable of a word, and counted as one; digits of other scripts are counted, never read.
NUMERAL_RUNS = regex.compile(rf"(?:\p{{Nd}}+(?:[,.]\p{{Nd}}+)*|[{DIGIT}{SMALL}萬億兆半])+")
