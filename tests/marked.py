"""Sentences with their mentions marked: 【the figure in question】, 〔other quantities〕, 〈dates〉 in Minguo years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from heshu.extract.time.scope import Own
from heshu.model import Block, Mention, Period, Report

_MARKED = re.compile(r"【([^】]*)】|〔([^〕]*)〕|〈([^〉]*)〉")
_NUMBER = re.compile(r"[\d,.]+|[一二三四五六七八九十兩]+(?=[^分])")
_MYRIADS = {"萬": 10**4, "億": 10**8}
_DATE = re.compile(
    r"(?:(\d+)(?:年度?|學年))?(?:至(\d+)年)?(?:(\d+)月)?底?(?:(\d+)日)?(?:至(?:(\d+)年)?(?:(\d+)月)?底?(?:(\d+)日)?)?$"
)


def own(period: str | None = "2021", issued: str | None = None, year: int | None = 2021, *, press: bool = False) -> Own:
    """What a made-up report says of its own time."""
    return Own(Period.parse(period) if period else None, Period.parse(issued) if issued else None, year, press)


@dataclass(frozen=True, slots=True)
class Marked:
    """A made-up report, its mentions, and the figures in question."""

    report: Report
    mentions: tuple[Mention, ...]
    wanted: tuple[Mention, ...]


def marked(*blocks: str, title: str = "青嵐市政府人事處110年度工作報告") -> Marked:
    """A report of these blocks; a block that begins with ``#`` is a heading, with ``-`` a list item."""
    text = ""
    laid: list[Block] = []
    mentions: list[Mention] = []
    wanted: list[Mention] = []
    path: tuple[str, ...] = ()
    year = 110
    for index, source in enumerate(blocks):
        kind = {"#": "heading", "-": "item", "|": "table"}.get(source[0], "paragraph")
        source = source.lstrip("#-|")
        clean, found = "", []
        position = 0
        for match in _MARKED.finditer(source):
            clean += source[position : match.start()]
            inner = next(group for group in match.groups() if group is not None)
            found.append((len(clean), inner, match.group()[0]))
            clean += inner
            position = match.end()
        clean += source[position:]
        start = len(text)
        text += clean + "\n"
        for at, inner, sign in found:
            if sign == "〈":
                year, date = _date(inner, year)
                mention = _mention(start + at, inner, index, at, date=date)
            else:
                mention = _mention(start + at, inner, index, at)
                if sign == "【":
                    wanted.append(mention)
            mentions.append(mention)
        offsets = tuple(range(start, start + len(clean)))
        marker = "1." if kind == "item" else "一、" if kind == "heading" else ""
        level = {"heading": 1, "item": 2}.get(kind, 0)
        laid.append(Block(kind, clean, offsets, marker, level, () if kind == "heading" else path))  # type: ignore[arg-type]
        if kind == "heading":
            path = (clean,)
    report = Report("0" * 16, "made-up.txt", title, text, tuple(laid))
    return Marked(report, tuple(mentions), tuple(wanted))


def _mention(start: int, text: str, block: int, at: int, date: str | None = None) -> Mention:
    end = start + len(text)
    if date is not None:
        return Mention("made-up.txt", "date", start, end, text, block, at, at + len(text), "test", edtf=date)
    low, _, high = text.partition("至")
    value, unit = _quantity(high or low)
    top = value if high else None
    value = _quantity(low)[0] if high else value
    return Mention(
        "made-up.txt",
        "quantity",
        start,
        end,
        text,
        block,
        at,
        at + len(text),
        "test",
        value=value,
        value_max=top,
        unit=unit,
    )


def _quantity(text: str) -> tuple[Decimal, str]:
    if "分之" in text:
        return Decimal(1) / 4, "ratio"
    number = _NUMBER.match(text)
    assert number, text
    digits = number.group().replace(",", "")
    value = Decimal(digits) if digits[0].isdigit() else Decimal("一二三四五六七八九十".find(digits) + 1)
    rest = text[number.end() :]
    for sign, size in _MYRIADS.items():
        if rest.startswith(sign):
            value, rest = value * size, re.sub(r"^[\d,萬億千]+", "", rest)
    rest = re.sub(r"^千(?=元)", "", rest)
    return value, "%" if rest == "成" else rest


def _date(text: str, year: int) -> tuple[int, str]:
    match = _DATE.match(text)
    assert match, text
    first, until, month, day, last_year, last_month, last_day = match.groups()
    year = int(first) if first else year
    start = _edtf(year, month, day)
    if until:
        return int(until), f"{start}/{int(until) + 1911}"
    if last_month or last_day or last_year:
        last = int(last_year) if last_year else year
        return year, f"{start}/{_edtf(last, last_month or month, last_day)}"
    return year, start


def _edtf(year: int, month: str | None, day: str | None) -> str:
    parts = [f"{year + 1911:04d}", *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts)
