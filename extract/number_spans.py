"""Where a text holds numbers, and which Chinese numerals are numbers there and not syllables of a word."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from .claims import Claims
from .numerals import MORE, NUMBER, Numeral, NumeralError, read_numeral

NUMBERS = regex.compile(NUMBER)
MORE_BEHIND = regex.compile(MORE)
# What may stand before a lone 一, or before a digit that is part of a word (四處, 三節), and make it a number.
LEAD = regex.compile(
    r"(?:[計共等各達逾約近滿僅增減置設有或為給](?:有|為|到|達)?|至少|最多|最少|不足|超過|補助"
    r"|每(?:半|[二兩三四五六七八九十\d]+個?)?[年月週周日季天節]|[年月週季])$"
)
NOT_LEAD = regex.compile(r"(?:另有|只有|具有|還有|都有|之為|作為|成為|認為|稱為|列為|視為|每[一]?)$")
# 一 that opens an entitlement (一年最多補助) or multiplies (一倍).
ONE_OPENS = regex.compile(r"倍|(?:年|月|次|人|戶|季)(?:最多|至多|最高|以[上下內]|內)")
# Formal digits are numbers only in a row: 參 alone is a syllable of 參加.
LONE_FORMAL = tuple("壹貳參叁肆伍陸柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number in a text, not yet with its unit."""

    start: int
    end: int
    """Behind the number and a 餘 or 多 that follows it."""
    numeral: Numeral
    digits: bool
    """Written in digits, at least in part."""


def number_spans(text: str, claims: Claims) -> list[NumberSpan]:
    """The numbers of ``text`` that nothing has claimed, in order."""
    found = []
    for match in NUMBERS.finditer(text):
        start, end = match.span()
        mark = claims.holder(start, end)
        if mark is not None and mark.start == start and mark.end < end:
            start = mark.end  # a list mark before the number: 1.40歲
        if not claims.free(start, end):
            continue
        more = MORE_BEHIND.match(text, end)
        end = more.end() if more else end
        try:
            numeral = read_numeral(text[start:end])
        except NumeralError:
            continue
        found.append(NumberSpan(start, end, numeral, any(c.isascii() for c in match.group())))
    return found


def is_number(text: str, span: NumberSpan, claims: Claims) -> bool:
    """Whether a numeral counts something where it stands: 每二年一次 does, 統一 and 三讀通過 do not."""
    if span.digits:
        return True
    if text[span.start : span.end] in LONE_FORMAL:
        return False
    in_word = claims.in_word(span.start, span.end)
    if span.end - span.start > 1:
        return not in_word
    before = text[max(0, span.start - 8) : span.start]
    led = LEAD.search(before) is not None and NOT_LEAD.search(before) is None
    if text[span.start] not in "一百千萬億":
        return led or not in_word
    people = text[span.end : span.end + 1] in ("人", "名") and before[-1:] not in tuple("每任某同另這那下上第單唯")
    lone_power = led and (text[span.start] != "一" or not in_word)
    return lone_power or people or ONE_OPENS.match(text, span.end) is not None
