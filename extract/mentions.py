"""From a report to its mentions and its ledger: marks, dates, quantities, words, in this order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from ..model import Block, Fate, LedgerEntry, Mention, Report
from .cells import CellUnit, label_unit, read_cell, read_row, read_table, unit_head
from .claims import Claims
from .dates import DateReading, read_dates
from .frame import Frame
from .quantities import Reading, read_quantities

# Every run of digits, and every run of Chinese digits: what the ledger counts.
# Formal digits count in a row only: 參 alone is a syllable of 參加.
NUMERALS = regex.compile(
    r"\d+(?:[,.]\d+)*|[〇○零一二兩三四五六七八九十百千廿卅卌萬億兆]+|[壹貳參肆伍陸柒捌玖拾佰仟][壹貳參肆伍陸柒捌玖拾佰仟萬億兆]+"
)
HAS_NUMERAL = regex.compile(r"[\d〇○零一二兩三四五六七八九十百千廿卅卌壹貳參肆伍陸柒捌玖拾佰仟萬億兆半]")


_ANNOUNCED = regex.compile(
    r"(?P<label>[^,;。、:()]{2,16}?)(?:之|的)?(?:情形|統計|概況)?(?:詳|列|說明|統計)?(?:如下|如次|如後)表?[:。]?$"
)
"""各月載客人次如下: what the table below counts."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What was read in a report, before facts are made of it."""

    mentions: tuple[Mention, ...]
    ledger: tuple[LedgerEntry, ...]


def read_mentions(report: Report, frame: Frame) -> Reader:
    """All mentions of a report in text order, and the ledger of its numerals."""
    dates: dict[int, list[DateReading]] = defaultdict(list)
    claims = [Claims(len(block.text)) for block in report.blocks]
    for block, claim in zip(report.blocks, claims, strict=True):
        if HAS_NUMERAL.search(block.text):
            claim.take(0, len(block.marker), "layout.marker", "recognised")
            claim.take_marks(block.text, strong=True)
    for date in read_dates(report, frame):
        if claims[date.block].take(date.block_start, date.block_end, date.rule, "mention"):
            dates[date.block].append(date)
    mentions: list[Mention] = []
    ledger: list[LedgerEntry] = []
    over: CellUnit | None = None
    head: CellUnit | None = None
    for index, (block, claim) in enumerate(zip(report.blocks, claims, strict=True)):
        over = _unit_over(block, over)
        head = over or head
        if not HAS_NUMERAL.search(block.text):
            continue
        if block.kind == "residue":
            claim.take(0, len(block.text), "layout.residue", "recognised")
        claim.take_marks(block.text, strong=False)
        claim.note_words(block.text)
        mentions += [_date_mention(report, date) for date in dates[index]]
        mentions += [_quantity_mention(report, index, reading) for reading in _quantities(block, over, head, claim)]
        ledger += _ledger(block, claim)
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return Reader(tuple(mentions), tuple(sorted(ledger, key=lambda entry: entry.start)))


def _unit_over(block: Block, over: CellUnit | None) -> CellUnit | None:
    """The unit that stands over the loose cells that follow; running text ends its reach."""
    if "單位" in block.text or block.text.startswith("新臺幣:"):
        return unit_head(block.text) or over
    announced = _ANNOUNCED.search(block.text)
    if announced is not None:
        return label_unit(announced["label"]) or over
    return None if "。" in block.text else over


def _quantities(block: Block, over: CellUnit | None, head: CellUnit | None, claims: Claims) -> list[Reading]:
    """``over`` is the unit over loose cells here, ``head`` the last one that any table head named."""
    if block.kind == "residue":
        return []
    cells: list[Reading] = []
    if block.kind == "table":
        cells = read_table(block, over, claims)
    else:
        if over is not None:
            alone = read_cell(block.text, 0, len(block.text), over, claims)
            cells = [alone] if alone else []
        cells += read_row(block.text, head, claims)
    return cells + read_quantities(block.text, claims)


def _span(report: Report, block: Block, start: int, end: int) -> tuple[int, int]:
    """Offsets in the report. Where page furniture cuts a mention in two, it ends before the cut."""
    offsets = block.offsets[start:end]
    last = offsets[0]
    for offset in offsets[1:]:
        if offset > last + 1 and report.text[last + 1 : offset].strip():
            break
        last = max(last, offset)
    return offsets[0], last + 1


def _date_mention(report: Report, date: DateReading) -> Mention:
    block = report.blocks[date.block]
    start, end = _span(report, block, date.block_start, date.block_end)
    return Mention(
        report=report.name,
        kind="date",
        start=start,
        end=end,
        text=report.text[start:end],
        block=date.block,
        block_start=date.block_start,
        block_end=date.block_end,
        rule=date.rule,
        edtf=date.edtf,
    )


def _quantity_mention(report: Report, index: int, reading: Reading) -> Mention:
    start, end = _span(report, report.blocks[index], reading.start, reading.end)
    return Mention(
        report=report.name,
        kind="quantity",
        start=start,
        end=end,
        text=report.text[start:end],
        block=index,
        block_start=reading.start,
        block_end=reading.end,
        rule=reading.rule,
        value=reading.value,
        value_max=reading.value_max,
        unit=reading.unit,
        step=reading.step,
        bound=reading.bound,
        paren=reading.paren,
        distributed=reading.distributed,
    )


def _ledger(block: Block, claims: Claims) -> Iterable[LedgerEntry]:
    """One entry for each numeral of a block."""
    for match in NUMERALS.finditer(block.text):
        start, end = match.span()
        fate, rule = _fate(start, end, match.group() == "一", claims)
        yield LedgerEntry(block.offsets[start], block.offsets[end - 1] + 1, match.group(), fate, rule)


def _fate(start: int, end: int, lone_one: bool, claims: Claims) -> tuple[Fate, str]:
    taken = claims.holder(start, end) or claims.word(start, end)
    if taken is not None:
        return taken.fate, taken.rule
    # A lone 一 counts only behind a lead (number_spans.is_number); elsewhere it is a syllable.
    return ("recognised", "word.lone-one") if lone_one else ("unread", "")
