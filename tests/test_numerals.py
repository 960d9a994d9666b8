"""Numbers as they are written, and what they are worth."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import cn2an
import pytest
import regex
from heshu.extract.numbers.numerals import NUMBER, NumeralError, integer, read_numeral
from hypothesis import given
from hypothesis import strategies as st

# written → value, place of the last digit, more than it says
NUMERALS = {
    "0": ("0", "1", False),
    "1,234": ("1234", "1", False),
    "12.50": ("12.50", "0.01", False),
    "42億6,205萬8,114": ("4262058114", "1", False),
    "41億4,612萬0,193": ("4146120193", "1", False),
    "961億7,008萬7千": ("96170087000", "1000", False),
    "155億9萬5千": ("15500095000", "1000", False),
    "1,300億1,700萬": ("130017000000", "10000", False),
    "1萬2,296萬": ("122960000", "10000", False),
    "1億2千3百萬": ("123000000", "1000000", False),
    "1萬5千6百": ("15600", "100", False),
    "伍仟3佰": ("5300", "100", False),
    "4點5億": ("450000000", "10000000", False),
    "零點77": ("0.77", "0.01", False),
    "一億半": ("150000000", "50000000", False),
    "200億零四千230": ("20000004230", "1", False),
    "兩千萬點五五": ("20000000.55", "0.01", False),
    "4.78萬億": ("4780000000000", "10000000000", False),
    ".5": ("0.5", "0.1", False),
    "7.56億": ("756000000", "1000000", False),
    "93.2萬": ("932000", "1000", False),
    "2萬5千": ("25000", "1000", False),
    "9萬7千": ("97000", "1000", False),
    "1兆6,713億餘": ("1671300000000", "100000000", True),
    "507億7,815萬餘": ("50778150000", "10000", True),
    "三千餘萬": ("30000000", "10000000", True),
    "一百二十三": ("123", "1", False),
    "一百零八": ("108", "1", False),
    "一百一十": ("110", "1", False),
    "百一十": ("110", "1", False),
    "十": ("10", "1", False),
    "廿七": ("27", "1", False),
    "卅三": ("33", "1", False),
    "卌": ("40", "1", False),
    "兩千零五": ("2005", "1", False),
    "二○○八": ("2008", "1", False),
    "參百": ("300", "100", False),
    "玖拾伍萬": ("950000", "10000", False),
    "肆萬柒仟伍佰": ("47500", "100", False),
    "一兆二千億": ("1200000000000", "100000000000", False),
    "二○兆三、四一二億": ("20341200000000", "100000000", False),
    "四‧八": ("4.8", "0.1", False),
    "三點五": ("3.5", "0.1", False),
    "一萬零一億": ("1000100000000", "100000000", False),
    "百萬": ("1000000", "1000000", False),
    "數百": ("100", "100", True),
    "十多": ("10", "10", True),
    "300餘": ("300", "100", True),
    "3,200餘": ("3200", "100", True),
    "一萬零二百": ("10200", "100", False),
    "十幾": ("10", "10", True),
    "兩百九十幾萬": ("2900000", "10000", True),
    "三萬五": ("35000", "1000", False),
    "兩億三": ("230000000", "10000000", False),
}


@pytest.mark.parametrize(("written", "value", "step", "more"), [(k, *v) for k, v in NUMERALS.items()], ids=NUMERALS)
def test_reads(written: str, value: str, step: str, more: bool) -> None:
    numeral = read_numeral(written)
    assert (numeral.value, numeral.step, numeral.more) == (Decimal(value), Decimal(step), more)


@pytest.mark.parametrize("written", NUMERALS)
def test_the_pattern_takes_the_whole_number(written: str) -> None:
    bare = written if written[-1] not in "餘多幾" else written[:-1]
    assert regex.search(NUMBER, f"計{bare}元")[0] == bare


@pytest.mark.parametrize(
    "written",
    ["", "人", "甲乙", "一二三百千千", "3萬5", "一千五萬", "7兆4〇", "三十二十", "3萬5萬", "一百零", "000", "1" * 61],
)
def test_what_is_no_numeral_says_so(written: str) -> None:
    with pytest.raises(NumeralError):
        integer(written)


def grouped(number: int) -> str:
    return f"{number:,}"


def filled(number: int) -> str:
    return f"{number // 1000},{number % 1000:03}"


def with_powers(number: int, section, rest) -> str:
    """``number`` with 兆 億 萬, its first stretch below 萬 rendered by ``section``, the others by ``rest``."""
    parts = []
    for power, name in ((10**12, "兆"), (10**8, "億"), (10**4, "萬"), (1, "")):
        count, number = divmod(number, power)
        if count:
            parts.append((rest if parts else section)(count) + name)
    return "".join(parts) or section(0)


FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
POSITIONAL = str.maketrans("0123456789", "○一二三四五六七八九")


def traditional(number: int) -> str:
    return cn2an.an2cn(str(number)).replace("万", "萬").replace("亿", "億")


NOTATIONS = {
    "digits": str,
    "thousands marks": grouped,
    # The rest behind a power is filled up to four digits: 3萬5 could be 35,000.
    "digits with powers": lambda n: with_powers(n, grouped, filled),
    "Chinese": traditional,
    "formal": lambda n: traditional(n).translate(FORMAL),
    "positional": lambda n: str(n).translate(POSITIONAL),
}


@pytest.mark.parametrize("notation", NOTATIONS)
@given(number=st.integers(0, 10**16 - 1) | st.integers(0, 10**6))
def test_a_rendered_number_reads_back_as_itself(notation: str, number: int) -> None:
    written = NOTATIONS[notation](number)
    assert read_numeral(written).value == number


@given(st.decimals(0, 10**6, places=2))
def test_decimals_before_a_power_are_multiplied_out_exactly(number: Decimal) -> None:
    assert read_numeral(f"{number}億").value == number * 10**8


@given(st.text(alphabet="0123456789,.一二三四五六七八九十百千萬億兆○零餘多數、‧ ", max_size=30))
def test_any_text_is_a_numeral_or_says_that_it_is_none(text: str) -> None:
    with contextlib.suppress(NumeralError):
        read_numeral(text)
