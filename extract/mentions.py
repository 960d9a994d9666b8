"""From a report to its mentions and its ledger: marks, dates, quantities, words, in this order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from ..corpus.fold import is_blank
from ..model import Block, Fate, LedgerEntry, Mention, Report
from ..places import Places
from ..rules.units import unit_table
from .cells import CellUnit, label_unit, read_cell, read_row, read_table, unit_head
from .claims import Claims
from .numbers.numerals import DIGIT, FORMAL, LARGE, SMALL
from .numbers.quantities import Reading, read_quantities
from .numbers.spans import NUMERAL_RUNS, NUMERALS, number_runs, parted, writes_by_position
from .time.dates import DateReading, read_dates
from .time.scope import Own

HAS_NUMERAL = regex.compile(rf"[\p{{Nd}}{DIGIT}{SMALL}{LARGE}半]")

_LIST_MARK = regex.compile(r"(?:^|[。;:\n\t])(?P<mark>[0-9]{1,2}\.)$")
_ANNOUNCED = regex.compile(
    r"(?P<label>[^,;。、:()]{2,16}?)(?:之|的)?(?:情形|統計|概況)?(?:詳|列|說明|統計)?(?:如下|如次|如後)表?[:。]?$"
)
"""各月載客人次如下: what the table below counts."""


_TOLD_ON = ("people", "attendances", "money")
"""Kinds of figures in whose unit the paragraph below may go on without naming it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What was read in a report, before facts are made of it."""

    mentions: tuple[Mention, ...]
    ledger: tuple[LedgerEntry, ...]


def read_mentions(report: Report, own: Own) -> Reader:
    """All mentions of a report in text order, and the ledger of its numerals."""
    dates: dict[int, list[DateReading]] = defaultdict(list)
    claims = [Claims(len(block.text)) for block in report.blocks]
    for block, claim in zip(report.blocks, claims, strict=True):
        if HAS_NUMERAL.search(block.text):
            claim.take(0, len(block.marker), "layout.marker", "recognised")
            claim.take_marks(block.text, strong=True)
    for date in read_dates(report, own):
        if mark := _LIST_MARK.search(report.blocks[date.block].text, max(0, date.block_start - 4), date.block_start):
            claims[date.block].take(mark.start("mark"), mark.end(), "layout.marker", "recognised")  # 3.10月20日
        if claims[date.block].take(date.block_start, date.block_end, date.rule, "mention"):
            dates[date.block].append(date)
    mentions: list[Mention] = []
    ledger: list[LedgerEntry] = []
    over: CellUnit | None = None
    head: CellUnit | None = None
    above: str | None = None
    by_position = sum(writes_by_position(block.text) for block in report.blocks) > 1
    for index, (block, claim) in enumerate(zip(report.blocks, claims, strict=True)):
        over = _unit_over(block, over)
        head = over or head
        here = [_date_mention(report, date) for date in dates[index]]
        if not HAS_NUMERAL.search(block.text):
            mentions += here
            continue
        if block.kind == "residue":
            claim.take(0, len(block.text), "layout.residue", "recognised")
        cells = read_table(block, over, claim) if block.kind == "table" else []  # a cell of digits is no code or mark
        claim.take_marks(block.text, strong=False)
        claim.note_words(block.text)
        text, unclear = parted(block.text, _wide_commas(report, block))
        for start, end in unclear:
            claim.take(start, end, "", "unread")
        here += [
            _quantity_mention(report, index, reading)
            for reading in [*cells, *_quantities(block, text, over, head, claim, by_position, above)]
        ]
        above = next((m.unit for m in reversed(here) if unit_table().kind(m.unit) in _TOLD_ON), above)
        torn = _torn(text, claim) + _unsure(report, here)
        mentions += [mention for mention in here if not any(_overlap(mention, run) for run in torn)]
        ledger += _ledger(report, block, claim, torn)
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


def _wide_commas(report: Report, block: Block) -> frozenset[int]:
    """Where the block's text has a full-width comma between half-width digits: it parts two numbers."""
    return frozenset(
        match.start() + 1
        for match in _COMMA.finditer(block.text)
        if report.text[block.offsets[match.start() + 1]] == "，"
        and report.text[block.offsets[match.start()]].isascii()
        and report.text[block.offsets[match.start() + 2]].isascii()
    )


_COMMA = regex.compile(r"[0-9],(?=[0-9])")


def _torn(text: str, claims: Claims) -> list[tuple[int, int]]:
    """The numbers of which a part was read and a part was not, each with the mentions that reach into it.

    A number is read whole or not at all: 5千6百 is never 6百 because 5千 was not understood.
    """
    found = []
    for start, end in number_runs(text):
        if claims.sole_holder(start, end) is not None:
            continue
        holders = [claims.holder(at, at + 1) for at in range(start, end)]
        bare = [taken is None and claims.word(at, at + 1) is None for at, taken in enumerate(holders, start)]
        read = [taken for taken in holders if taken is not None and taken.fate == "mention"]
        if read and any(bare):
            found.append((min(start, read[0].start), max(end, read[-1].end)))
    return found


def _unsure(report: Report, mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Where in the block mentions stand that the recogniser of a picture was not sure of."""
    if report.places is None or not report.places.recognised:
        return []
    score = report.places.confidence
    return [(each.block_start, each.block_end) for each in mentions if score(each.start, each.end) < Places.SURE]


def _overlap(mention: Mention, run: tuple[int, int]) -> bool:
    return mention.block_start < run[1] and run[0] < mention.block_end


def _quantities(
    block: Block,
    text: str,
    over: CellUnit | None,
    head: CellUnit | None,
    claims: Claims,
    by_position: bool,
    above: str | None,
) -> list[Reading]:
    """``over`` is the unit over loose cells here, ``head`` the last one that any table head named."""
    if block.kind == "residue":
        return []
    rows: list[Reading] = []
    if block.kind != "table":
        alone = read_cell(block.text, 0, len(block.text), over, claims) if over is not None else None
        rows = [*([alone] if alone else []), *read_row(block.text, head, claims)]
    return rows + read_quantities(text, claims, by_position, above)


def _span(report: Report, block: Block, start: int, end: int) -> tuple[int, int]:
    """Offsets in the report. Where page furniture cuts a mention in two, it ends before the cut."""
    offsets = block.offsets[start:end]
    last = offsets[0]
    for offset in offsets[1:]:
        if not all(map(is_blank, report.text[last + 1 : offset])):
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
        edtf=date.period.edtf,
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
        unit=reading.unit or None,
        step=reading.step,
        bound=reading.bound,
        paren=reading.paren,
        distributed=reading.distributed,
    )


def _ledger(report: Report, block: Block, claims: Claims, torn: list[tuple[int, int]]) -> Iterable[LedgerEntry]:
    """Entries for the numerals of a block: each of their characters stands in exactly one."""
    for match in NUMERAL_RUNS.finditer(block.text):
        start = match.start()
        sole = claims.sole_holder(*match.span())
        if sole is not None and not torn and block.offsets[match.end() - 1] - block.offsets[start] < len(match[0]):
            yield LedgerEntry(block.offsets[start], block.offsets[match.end() - 1] + 1, match[0], sole.fate, sole.rule)
            continue
        for at in range(match.start() + 1, match.end() + 1):
            fate = _fate(block.text, start, claims, torn)
            whole = at < match.end() and not _is_cut(report, block, at)
            if whole and _fate(block.text, at, claims, torn) == fate:
                continue
            text = block.text[start:at]
            if text.strip(",."):  # a mark between two readings is no numeral
                yield LedgerEntry(block.offsets[start], block.offsets[at - 1] + 1, text, *fate)
            start = at


def _is_cut(report: Report, block: Block, at: int) -> bool:
    """Whether page furniture stands between two characters of a block."""
    left, right = block.offsets[at - 1], block.offsets[at]
    return right > left + 1 and not all(map(is_blank, report.text[left + 1 : right]))


def _fate(text: str, at: int, claims: Claims, torn: list[tuple[int, int]]) -> tuple[Fate, str]:
    if any(start <= at < end for start, end in torn):
        return "unread", ""
    taken = claims.holder(at, at + 1) or claims.word(at, at + 1)
    if taken is not None:
        return taken.fate, taken.rule
    alone = not any(text[near : near + 1] in NUMERALS for near in (at - 1, at + 1) if near >= 0)
    if text[at] == "一" and alone:
        # A lone 一 counts only behind a lead (numbers.spans.is_number); elsewhere it is a syllable.
        return "recognised", "word.lone-one"
    if text[at] in FORMAL + "拾佰仟" and alone:
        return "recognised", "word.lone-formal"
    return "unread", ""
