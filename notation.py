"""How numbers and calendar values are written for people, in Chinese and in English; on the ground floor, beside ``model``.

In Chinese days are Minguo days (108年10月1日) and sums of money go by 億 and 萬 (42億6,205萬8,114元); in English days
are ISO 8601 (2019-10-01) and numbers go by thousands.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Language = Literal["zh-TW", "en"]


class Both(NamedTuple):
    """One text in Traditional Chinese and in English."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The text in one of the languages."""
        return self.zh if language == "zh-TW" else self.en


_PLAIN = re.compile(r"([+\-−]?)(\d+)(\.\d+)?")
_DAY = re.compile(r"(-?\d{4,}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]*")
_MONEY = "元"
_MYRIAD, _HUNDRED_MILLION = 10**4, 10**8


def thousands(number: str) -> str:
    """A number of any length with thousands marks; anything else as it is."""
    match = _PLAIN.fullmatch(number)
    return f"{match[1]}{int(match[2]):,}{match[3] or ''}" if match else number


def amount(number: str, unit: str = "") -> Both:
    """A number with its unit: 4262058114 and 元 are 42億6,205萬8,114元 and 4,262,058,114元; no number as it is."""
    match = _PLAIN.fullmatch(number)
    if match is None:
        return Both(number, number)
    whole = int(match[2])
    in_english = thousands(number) + unit
    if whole < (_MYRIAD if unit.endswith(_MONEY) else _HUNDRED_MILLION):
        return Both(in_english, in_english)
    return Both(match[1] + _by_myriads(whole, match[3] or "") + unit, in_english)


def _by_myriads(whole: int, decimals: str) -> str:
    """By 億 and 萬, without the parts that are nought: 400000000 is 4億."""
    large, rest = divmod(whole, _HUNDRED_MILLION)
    middle, small = divmod(rest, _MYRIAD)
    parts = [f"{large:,}億"] if large else []
    parts += [f"{middle:,}萬"] if middle else []
    parts += [f"{small:,}{decimals}"] if small or decimals else []
    return "".join(parts)


def apart(number: str, unit: str = "") -> Both:
    """How far two figures lie apart: percentages by percentage points."""
    if unit == "%" and _PLAIN.fullmatch(number):
        return Both(f"{thousands(number)}個百分點", f"{thousands(number)} percentage points")
    return amount(number, unit)


def calendar(edtf: str | None) -> Both:
    """A calendar value (EDTF) as people say it: 2019-07/2019-12 is 108年7月至12月, and 2019-07 to 2019-12."""
    if not edtf:
        return Both("", "")
    ends = edtf.split("/")
    matches = [_DAY.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(match or not end for match, end in zip(matches, ends, strict=True)):
        return Both(edtf, edtf)
    told = [_minguo(match) if match else "" for match in matches]
    first, last = matches[0], matches[-1]
    if len(told) == 2 and first and last and first[1] == last[1] and last[2]:
        told[1] = told[1].split("年", 1)[1]
    return Both("至".join(told), " to ".join(ends))


def _minguo(match: re.Match[str]) -> str:
    year = 0 if match[1] == "XXXX" else int(match[1])
    told = "某年" if match[1] == "XXXX" else f"{year - 1911}年" if year > 1911 else f"民國前{1912 - year}年"
    if match[2] and match[2] != "XX":
        told += f"{int(match[2])}月"
        if match[3] and match[3] != "XX":
            told += f"{int(match[3])}日"
    return told
