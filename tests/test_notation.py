"""How numbers and days are written for people."""

from __future__ import annotations

import re

import pytest
from heshu.notation import Both, amount, apart, calendar
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        ("4262058114", "元", "42億6,205萬8,114元", "4,262,058,114元"),
        ("400000000", "元", "4億元", "400,000,000元"),
        ("400008114", "元", "4億8,114元", "400,008,114元"),
        ("28000", "元", "2萬8,000元", "28,000元"),
        ("9999", "元", "9,999元", "9,999元"),
        ("-28000", "元", "-2萬8,000元", "-28,000元"),
        ("12345.5", "元", "1萬2,345.5元", "12,345.5元"),
        ("10000.5", "元", "1萬0.5元", "10,000.5元"),
        ("25638", "人", "25,638人", "25,638人"),
        ("1234567890", "人次", "12億3,456萬7,890人次", "1,234,567,890人次"),
        ("1234567890000", "元", "12,345億6,789萬元", "1,234,567,890,000元"),
        ("33.58", "%", "33.58%", "33.58%"),
        ("1/3", "元", "1/3", "1/3"),
        ("69(2)", "人", "69(2)", "69(2)"),
    ],
)
def test_an_amount_is_written_by_myriads_in_chinese(number: str, unit: str, zh: str, en: str) -> None:
    assert amount(number, unit) == Both(zh, en)


@given(st.integers(min_value=0, max_value=10**16))
def test_no_digit_is_lost_by_myriads(number: int) -> None:
    told = amount(str(number), "元").zh.removesuffix("元")
    powers = {"億": 10**8, "萬": 10**4, "": 1}
    parts = re.findall(r"([\d,]+)(億|萬|)", told)
    assert sum(int(digits.replace(",", "")) * powers[power] for digits, power in parts) == number


def test_percentages_lie_apart_by_points() -> None:
    assert apart("0.27", "%") == Both("0.27個百分點", "0.27 percentage points")
    assert apart("27000", "元") == Both("2萬7,000元", "27,000元")


@pytest.mark.parametrize(
    ("edtf", "zh", "en"),
    [
        ("2019-10-01", "108年10月1日", "2019-10-01"),
        ("2019-07/2019-12", "108年7月至12月", "2019-07 to 2019-12"),
        ("2022-09/2023-02", "111年9月至112年2月", "2022-09 to 2023-02"),
        ("1908", "民國前4年", "1908"),
        ("2019-XX-05", "108年", "2019-XX-05"),
        ("spring", "spring", "spring"),
        (None, "", ""),
    ],
)
def test_a_day_is_a_minguo_day_in_chinese(edtf: str | None, zh: str, en: str) -> None:
    assert calendar(edtf) == Both(zh, en)
