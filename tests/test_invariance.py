"""What must change no reading: the width of characters, where lines are wrapped, blanks, reading in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import heshu
import pytest
from heshu.corpus.fold import is_blank, width
from heshu.corpus.read import read, read_text
from heshu.extract.mentions import NUMERALS
from heshu.model import Extraction, Mention, Report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(heshu.__file__).parent
SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))
REPORTS = ROOT.parent / "shared" / "reports"
REAL = sorted(REPORTS.glob("*.txt")) if REPORTS.is_dir() else []

each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
each_report = pytest.mark.parametrize(
    "path",
    [*SAMPLES, *REAL]
    + ([] if REAL else [pytest.param(Path(), marks=pytest.mark.skip(reason="no real reports beside the checkout"))]),
    ids=lambda path: path.stem or "real",
)

Reading = tuple[object, ...]


@cache
def report_of(path: Path) -> Report:
    return read(path)


@cache
def extraction_of(path: Path) -> Extraction:
    return heshu.extract(report_of(path))


def reading(mention: Mention) -> Reading:
    return (mention.kind, mention.value, mention.value_max, mention.unit, mention.edtf)


def readings(text: str) -> list[Reading]:
    return [reading(mention) for mention in heshu.extract(read_text(text)).mentions]


def known(path: Path) -> list[Reading]:
    return [reading(mention) for mention in extraction_of(path).mentions]


# --- mentions and their characters ------------------------------------------------------------------------------


@each_report
def test_the_characters_of_a_mention_are_its_text(path: Path) -> None:
    report, extraction = report_of(path), extraction_of(path)
    for mention in extraction.mentions:
        assert report.text[mention.start : mention.end] == mention.text
        block = report.blocks[mention.block]
        inked = [at for at in block.offsets[mention.block_start : mention.block_end] if not is_blank(report.text[at])]
        # Page furniture may cut a mention in two; the span is then the part before the cut.
        assert inked[0] == mention.start
        assert inked[-1] >= mention.end - 1


@each_report
def test_mentions_stand_in_order_and_none_overlaps_another(path: Path) -> None:
    for one, other in pairwise(extraction_of(path).mentions):
        assert one.start < one.end <= other.start < other.end


@each_report
def test_every_numeral_has_exactly_one_entry(path: Path) -> None:
    report, extraction = report_of(path), extraction_of(path)
    entries = [(entry.start, entry.end) for entry in extraction.ledger]
    assert entries == sorted(set(entries))
    wanted = sorted(
        (block.offsets[found.start()], block.offsets[found.end() - 1] + 1)
        for block in report.blocks
        for found in NUMERALS.finditer(block.text)
    )
    assert entries == wanted
    inked = {at for block in report.blocks for at in block.offsets}
    assert all(at in inked for at, char in enumerate(report.text) if char.isdecimal())


@each_report
def test_no_mention_is_missing_in_the_ledger(path: Path) -> None:
    extraction = extraction_of(path)
    read_entries = [entry for entry in extraction.ledger if entry.fate == "mention"]
    assert all(entry.rule for entry in extraction.ledger if entry.fate != "unread")
    for mention in extraction.mentions:
        if not NUMERALS.search(unicodedata.normalize("NFKC", re.sub(r"\s", "", mention.text))):
            continue  # 今年, 上半年: no numeral to account for
        assert any(entry.start < mention.end and entry.end > mention.start for entry in read_entries), mention


# --- width ------------------------------------------------------------------------------------------------------

FULL_WIDTH_DIGITS = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%():,"}


@each_report
def test_folding_the_width_of_a_report_changes_no_reading(path: Path) -> None:
    assert readings(unicodedata.normalize("NFKC", report_of(path).text)) == known(path)


@each_report
def test_full_width_digits_change_no_reading(path: Path) -> None:
    assert readings(report_of(path).text.translate(FULL_WIDTH_DIGITS)) == known(path)


# --- wrapping ---------------------------------------------------------------------------------------------------

NEVER_FIRST = "，。、；：！？）」』》〉％%,.;:!?)"


def pieces(line: str, columns: int, keeps_marks: bool) -> Iterator[str]:
    """A line wrapped at a column; with ``keeps_marks`` no line begins with a closing mark."""
    piece, at = "", 0
    for char in line:
        if at + width(char) > columns and piece:
            taken = piece[-1] if keeps_marks and char in NEVER_FIRST and len(piece) > 1 else ""
            yield piece[: len(piece) - len(taken)]
            piece, at = taken, width(taken)
        piece += char
        at += width(char)
    yield piece


def paragraphs(report: Report) -> list[tuple[bool, str]]:
    """The lines of a report as if it had never been wrapped, and whether they are a table, whose lines stay."""
    parts = []
    for block in report.blocks:
        if block.kind == "table":
            parts.append((True, report.text[report.text.rfind("\n", 0, block.start) + 1 : block.end]))
        elif block.kind != "residue":
            parts.append((False, block.text))
    return parts


def wrapped(parts: list[tuple[bool, str]], columns: int, *, blank: bool, keeps_marks: bool) -> str:
    between = "\n\n" if blank else "\n"
    text = ""
    for is_table, part in parts:
        text += f"\n{part}\n\n" if is_table else between.join(pieces(part, columns, keeps_marks)) + between
    return text


@cache
def unwrapped_readings(path: Path) -> list[Reading]:
    return readings(wrapped(paragraphs(report_of(path)), 10**9, blank=False, keeps_marks=False))


@each_sample
def test_a_report_without_its_line_breaks_reads_the_same(path: Path) -> None:
    assert unwrapped_readings(path) == known(path)


@each_sample
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(columns=st.integers(30, 120), blank=st.booleans(), keeps_marks=st.booleans())
def test_a_report_wrapped_at_any_column_reads_the_same(
    path: Path, columns: int, blank: bool, keeps_marks: bool
) -> None:
    text = wrapped(paragraphs(report_of(path)), columns, blank=blank, keeps_marks=keeps_marks)
    assert readings(text) == unwrapped_readings(path)
