"""What must not change the time of which a report speaks: it stays, or it goes to open, never to another year.

Cut off the head, keep the middle half, shift every year, exchange 本年 and 今年, wrap anew, fold the width.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import heshu
import pytest
from heshu.corpus.read import read, read_text
from heshu.extract.time.own import own_time
from heshu.extract.time.scope import Own

ROOT = Path(heshu.__file__).parent
SHARED = ROOT.parent / "shared"
SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))
REAL = [path for folder in ("reports", "cabinet", "more-reports") for path in sorted((SHARED / folder).glob("*.txt"))]
_HEAD = 12
"""So many lines tell, at the most, what a report is."""

GAPS = {
    ("07_audit-100-auditor-general.txt", "head"): "its accounts call the year before 本年度, and only its head says so",
    (
        "07_audit-100-auditor-general.txt",
        "middle",
    ): "its accounts call the year before 本年度, and only its head says so",
    ("112-council-report.txt", "middle"): "most of its time lies in the year before it speaks",
    ("001_68c04fd80828f4cc.txt", "middle"): "most of its time lies in the year before it speaks",
}
"""Known gaps: what is cut off alone tells the year."""


@cache
def text_of(path: Path) -> str:
    return read(path).text


@cache
def own(text: str) -> Own:
    """The time of a text, whatever its file is called."""
    return own_time(read_text(text, "a.txt"))


def headless(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[_HEAD:])


def middle(text: str) -> str:
    return text[len(text) // 4 : len(text) * 3 // 4]


CUTS = {"head": headless, "middle": middle}
real = pytest.mark.parametrize("path", [*SAMPLES, *REAL], ids=lambda path: path.stem)


@real
@pytest.mark.parametrize("cut", CUTS)
def test_what_is_cut_off_leaves_the_year_or_leaves_it_open(
    path: Path, cut: str, request: pytest.FixtureRequest
) -> None:
    if reason := GAPS.get((path.name, cut)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    whole, part = own(text_of(path)), own(CUTS[cut](text_of(path)))
    assert part.year in (whole.year, None) or whole.year is None


_YEAR = re.compile(r"(?<![\d.,/第])(\d{2,3})(?=[)）]?學?年)")
_CHINESE = re.compile(r"[〇○一二三四五六七八九十]{2,4}(?=[)）]?年)|(?:19|20)\d\d")
_WEEKDAY = re.compile(r"[(（](?:星期|週|周)?[一二三四五六日][)）]")


def shifted(text: str, years: int) -> str:
    """Every Minguo year so much later; without weekdays, which would tell the true one."""
    text = _WEEKDAY.sub("", text)
    return _YEAR.sub(lambda match: str(int(match[1]) + years) if 80 <= int(match[1]) <= 125 else match[1], text)


@real
@pytest.mark.parametrize("years", [-3, 4])
def test_a_report_of_another_year_is_of_that_year(path: Path, years: int) -> None:
    text = text_of(path)
    if len(_CHINESE.findall(text)) > 2 or re.search(r"\d \d ?年", text) or re.search(r"\d{2,3}[./]\d{1,2}[./]\d", text):
        pytest.skip("writes years in other notations, too")
    before, after = own(_WEEKDAY.sub("", text)), own(shifted(text, years))
    assert after.year in (None, (before.year or 0) + years)


@real
def test_this_year_by_another_word_is_the_same(path: Path) -> None:
    text = text_of(path)
    assert own(re.sub(r"(?<![基日資成版樣])本年(?![度齡資(（])", "今年", text)).year in (own(text).year, None)


@real
def test_the_width_of_characters_tells_nothing(path: Path) -> None:
    text = text_of(path)
    one, other = own(unicodedata.normalize("NFKC", text)), own(text)
    assert (one.period, one.issued, one.year) == (other.period, other.issued, other.year)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("columns", [40, 76])
def test_where_lines_end_tells_nothing(path: Path, columns: int) -> None:
    text = text_of(path)
    wrapped = "\n".join(
        "\n".join(line[at : at + columns] for at in range(0, max(len(line), 1), columns)) for line in text.splitlines()
    )
    assert own(wrapped).year in (own(text).year, None)


@real
def test_no_figure_of_an_open_report_has_a_period_in_its_open_year(path: Path) -> None:
    extraction = heshu.extract(read_text(middle(text_of(path)), "a.txt"))
    assert all(fact.period is None or not fact.period.is_open for fact in extraction.facts)
