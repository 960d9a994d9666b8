"""From a report to its mentions and its ledger: marks, dates, quantities, words, in this order."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from ..corpus.fold import is_blank
from ..model import Block, Fate, LedgerEntry, Mention, Report
from ..places import Places
from ..rules.units import unit_table
from .cells import CellUnit, label_unit, read_cell, read_row, read_table, unit_head
from .claims import Claims
from .numbers.numerals import DIGIT, FORMAL, LARGE, SMALL
from .numbers.quantities import read_quantities
from .numbers.spans import NUMERAL_RUNS, NUMERALS, Reading, number_runs, writes_by_position
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


def read_mentions(report: Report, own: Own) -> tuple[tuple[Mention, ...], tuple[LedgerEntry, ...]]:
    """All mentions of a report in text order, and the ledger of its numerals."""
    claims = [Claims(len(block.text)) for block in report.blocks]
    for block, claim in zip(report.blocks, claims, strict=True):
        if HAS_NUMERAL.search(block.text):
            claim.take(0, len(block.marker), "layout.marker", "recognised")
            claim.take_marks(block.text, strong=True)
    mentions: list[Mention] = []
    for date in read_dates(report, own):
        if mark := _LIST_MARK.search(report.blocks[date.block].text, max(0, date.start - 4), date.start):
            claims[date.block].take(mark.start("mark"), mark.end(), "layout.marker", "recognised")  # 3.10月20日
        if claims[date.block].take(date.start, date.end, date.rule, "mention"):
            mentions.append(Mention(report.name, "date", *_place(report, date.block, date), edtf=date.period.edtf))
    ledger: list[LedgerEntry] = []
    over: CellUnit | None = None  # the unit over loose cells here
    head: CellUnit | None = None  # the last one that any table head named
    above: str | None = None  # that of the last figure of the paragraph above
    by_position = sum(writes_by_position(block.text) for block in report.blocks) > 1
    for index, (block, claim) in enumerate(zip(report.blocks, claims, strict=True)):
        over = _unit_over(block, over)
        head = over or head
        if not HAS_NUMERAL.search(block.text):
            continue
        if block.kind == "residue":
            claim.take(0, len(block.text), "layout.residue", "recognised")
        read = read_table(block, over, claim) if block.kind == "table" else []  # a cell of digits is no code or mark
        claim.take_marks(block.text, strong=False)
        claim.note_words(block.text)
        text, unclear = _parted(report, block)
        for start, end in unclear:
            claim.take(start, end, "", "unread")
        if block.kind not in ("residue", "table"):
            alone = read_cell(block.text, 0, len(block.text), over, claim) if over is not None else None
            read += [*([alone] if alone else []), *read_row(block.text, head, claim)]
        if block.kind != "residue":
            read += read_quantities(text, claim, by_position, above)
        here = [_quantity(report, index, reading) for reading in read]
        above = next((m.unit for m in reversed(here) if unit_table().kind(m.unit) in _TOLD_ON), above)
        torn = _torn(text, claim) + _unsure(report, here)
        mentions = [each for each in mentions if each.block != index or not _overlaps(each, torn)] if torn else mentions
        mentions += [mention for mention in here if not _overlaps(mention, torn)]
        ledger += _ledger(report, block, claim, torn)
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return tuple(mentions), tuple(sorted(ledger, key=lambda entry: entry.start))


def _unit_over(block: Block, over: CellUnit | None) -> CellUnit | None:
    """The unit that stands over the loose cells that follow; running text ends its reach."""
    if "單位" in block.text or block.text.startswith("新臺幣:"):
        return unit_head(block.text) or over
    announced = _ANNOUNCED.search(block.text)
    if announced is not None:
        return label_unit(announced["label"]) or over
    return None if "。" in block.text else over


def _parted(report: Report, block: Block) -> tuple[str, list[tuple[int, int]]]:
    """The block's text with the full-width commas that part the numbers of a list, and what could be list or number.

    120，300，450 with full-width commas between half-width digits is a list of three; 233,333，333 with one of them among
    others is a slip of the hand.
    """
    text, unclear = block.text, []
    for match in _COMMA.finditer(text):
        at = match.start() + 1
        left, comma, right = (report.text[block.offsets[place]] for place in (at - 1, at, at + 1))
        if comma == "，" and left.isascii() and right.isascii():
            text = f"{text[:at]}，{text[at + 1 :]}"
    for match in _WIDE_COMMAS.finditer(text) if "，" in text else ():
        if "," in match.group() and "，" in match.group():
            text = text[: match.start()] + match.group().replace("，", ",") + text[match.end() :]
        elif match.group().find("，") in (1, 2):
            unclear.append(match.span())
    return text, unclear


_COMMA = regex.compile(r"[0-9],(?=[0-9])")
_WIDE_COMMAS = regex.compile(r"(?<![0-9,，.])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?")


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


def _overlaps(mention: Mention, runs: Iterable[tuple[int, int]]) -> bool:
    return any(mention.block_start < end and start < mention.block_end for start, end in runs)


def _quantity(report: Report, index: int, reading: Reading) -> Mention:
    place, unit = _place(report, index, reading), reading.unit or None
    told = (reading.value, reading.value_max, unit, reading.step, reading.bound, reading.paren, reading.distributed)
    return Mention(report.name, "quantity", *place, *told)


def _place(report: Report, index: int, read: Reading | DateReading) -> tuple[int, int, str, int, int, int, str]:
    """Where a reading stands in the report and in its block. One that page furniture cuts in two ends before the cut."""
    block = report.blocks[index]
    cut = next((at for at in range(read.start + 1, read.end) if _is_cut(report, block, at)), read.end)
    start, end = block.offsets[read.start], max(block.offsets[read.start : cut]) + 1
    return start, end, report.text[start:end], index, read.start, read.end, read.rule


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
