"""What must change no reading: the width of characters, where lines are wrapped, blanks, reading in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import cn2an
import heshu
import pytest
from heshu.corpus.fold import is_blank, width
from heshu.corpus.read import read, read_text
from heshu.extract.numbers.spans import NUMERAL_RUNS as NUMERALS
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
    told = Counter(at for start, end in entries for at in range(start, end))
    numerals = {
        block.offsets[found.start() + at]
        for block in report.blocks
        for found in NUMERALS.finditer(block.text)
        for at, char in enumerate(found.group())
        if char not in ",."
    }
    assert {at: told[at] for at in numerals} == dict.fromkeys(numerals, 1)
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


def wrapped(
    parts: list[tuple[bool, str]], columns: int, *, blank: bool, keeps_marks: bool = False, spaced: bool = False
) -> str:
    between = "\n\n" if blank else "\n"
    text = ""
    for is_table, part in parts:
        lines = [part] if is_table else pieces(part, columns, keeps_marks)
        set_apart = "\n" if is_table else ""
        text += set_apart + between.join(" ".join(line) if spaced else line for line in lines) + set_apart + between
    return text


ENDLESS = 10**9


@cache
def unwrapped_readings(path: Path) -> list[Reading]:
    return readings(wrapped(paragraphs(report_of(path)), ENDLESS, blank=False))


@each_sample
def test_a_report_without_its_line_breaks_reads_the_same(path: Path) -> None:
    assert unwrapped_readings(path) == known(path)


# Below 36 columns a line holds less than half a sentence, and what a full line is can hardly be told.
NARROWEST, WIDEST = 36, 140
slow = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@each_sample
@slow
@given(columns=st.integers(NARROWEST, WIDEST), blank=st.booleans(), keeps_marks=st.booleans())
def test_a_report_wrapped_at_any_column_reads_the_same(
    path: Path, columns: int, blank: bool, keeps_marks: bool
) -> None:
    text = wrapped(paragraphs(report_of(path)), columns, blank=blank, keeps_marks=keeps_marks)
    assert readings(text) == unwrapped_readings(path)


def prose(path: Path) -> list[tuple[bool, str]]:
    """A report without its tables: with a blank between all characters, nothing tells their columns any more."""
    return [(is_table, part) for is_table, part in paragraphs(report_of(path)) if not is_table]


@each_sample
@pytest.mark.parametrize("blank", [False, True], ids=["", "blank-lines"])
def test_a_blank_between_all_characters_changes_no_reading(path: Path, blank: bool) -> None:
    assert readings(wrapped(prose(path), ENDLESS, blank=blank, spaced=True)) == readings(
        wrapped(prose(path), ENDLESS, blank=blank)
    )


@each_sample
@slow
@given(columns=st.integers(64, 96), blank=st.booleans())
def test_a_report_set_with_blanks_reads_the_same_at_any_column(path: Path, columns: int, blank: bool) -> None:
    assert readings(wrapped(prose(path), columns, blank=blank, spaced=True)) == readings(
        wrapped(prose(path), ENDLESS, blank=blank)
    )


@pytest.mark.xfail(reason="a last line of a few characters may as well be a line of its own in lines so short")
@pytest.mark.parametrize("columns", [16, 18])
def test_the_narrowest_columns_read_the_same(columns: int) -> None:
    for path in SAMPLES:
        assert readings(wrapped(paragraphs(report_of(path)), columns, blank=False)) == unwrapped_readings(path)


# --- in pieces --------------------------------------------------------------------------------------------------


@each_report
def test_a_paragraph_by_itself_has_the_same_quantities(path: Path) -> None:
    """Dates need the report around them; quantities outside tables do not, save those that take their unit from above."""
    report, extraction = report_of(path), extraction_of(path)
    for number, block in enumerate(report.blocks):
        if block.kind in ("table", "residue"):
            continue
        whole = [reading(m) for m in extraction.mentions if _by_itself(m, number)]
        alone = [one for one in readings(block.text) if one[0] == "quantity"]
        assert alone == whole, block.text


def _by_itself(mention: Mention, block: int) -> bool:
    return mention.block == block and mention.kind == "quantity" and mention.rule != "quantity.above"


# --- the calendar -----------------------------------------------------------------------------------------------


def spoken(number: int) -> str:
    """A number as it is spoken: 一百零八, 十二."""
    return str(cn2an.an2cn(number))


def by_digit(number: int) -> str:
    return str(cn2an.an2cn(number, "direct")).replace("零", "○")


NOTATIONS = {
    "digits": lambda y, m, d: f"訂於中華民國{y}年{m}月{d}日辦理。",
    "spoken": lambda y, m, d: f"訂於中華民國{spoken(y)}年{spoken(m)}月{spoken(d)}日辦理。",
    "by digit": lambda y, m, d: f"訂於民國{by_digit(y)}年{spoken(m)}月{spoken(d)}日辦理。",
    "two places": lambda y, m, d: f"自民國{y}年{m:02}月{d:02}日起生效。",
    "full width": lambda y, m, d: f"自民國{y}年{m}月{d}日起生效。".translate(FULL_WIDTH_DIGITS),
}
WITHOUT_ERA = {
    "no era": lambda y, m, d: f"訂於{y}年{m}月{d}日辦理。",
    "points": lambda y, m, d: f"核定日期：{y}.{m:02}.{d:02}",
    "strokes": lambda y, m, d: f"核定日期：{y}/{m:02}/{d:02}",
    "seven digits": lambda y, m, d: f"核定日期：{y:03}{m:02}{d:02}",
}
LIKELY = (60, 150)
"""Without 民國, only these are read as Minguo years: what is less counts years more often than it names one."""


def days(first: int, last: int) -> st.SearchStrategy[date]:
    """The days of the Minguo years ``first`` to ``last``."""
    return st.dates(date(first + 1911, 1, 1), date(last + 1911, 12, 31))


def reads_as(text: str, day: date) -> bool:
    return [mention.edtf for mention in heshu.extract(read_text(text)).mentions] == [day.isoformat()]


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(max_examples=100, deadline=None)
@given(day=days(1, 200))
def test_every_day_of_the_republic_reads_as_itself(notation: str, day: date) -> None:
    assert reads_as(NOTATIONS[notation](day.year - 1911, day.month, day.day), day)


@pytest.mark.parametrize("notation", WITHOUT_ERA)
@settings(max_examples=100, deadline=None)
@given(day=days(*LIKELY))
def test_every_day_of_likely_years_reads_as_itself_without_the_era(notation: str, day: date) -> None:
    assert reads_as(WITHOUT_ERA[notation](day.year - 1911, day.month, day.day), day)


@pytest.mark.xfail(reason="without 民國, a year far from today is not told from a number of years")
@pytest.mark.parametrize("notation", WITHOUT_ERA)
@pytest.mark.parametrize("year", [5, 180])
def test_unlikely_years_need_the_era(notation: str, year: int) -> None:
    day = date(year + 1911, 10, 27) + timedelta(days=1)
    assert reads_as(WITHOUT_ERA[notation](year, day.month, day.day), day)
