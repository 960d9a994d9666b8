"""The calendar: Minguo and Gregorian years, numbers as dates write them, EDTF values and their days."""

from __future__ import annotations

from datetime import date

import pytest
from heshu.extract.time import calendar
from heshu.model import Period
from hypothesis import given
from hypothesis import strategies as st

DIGITS = "〇一二三四五六七八九"


def positional(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def powers(number: int) -> str:
    """一百零八: hundreds, tens and ones as one says them."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    return text + (DIGITS[ones] if ones else "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("108", 108),
        ("元", 1),
        ("十", 10),
        ("十二", 12),
        ("廿", 20),
        ("廿七", 27),
        ("卅一", 31),
        ("三十", 30),
        ("二○○八", 2008),
        ("一〇八", 108),
        ("九八", 98),
        ("九十八", 98),
        ("一百", 100),
        ("一百零八", 108),
        ("一百十", 110),
        ("一百一十二", 112),
        ("二千零八", 2008),
    ],
    ids=lambda value: str(value),
)
def test_calendar_number(text: str, number: int) -> None:
    assert calendar.calendar_number(text) == number


@pytest.mark.parametrize("text", ["", "年", "一年", "12a"])
def test_no_calendar_number(text: str) -> None:
    with pytest.raises(ValueError, match=""):
        calendar.calendar_number(text)


@given(st.integers(1, 999))
def test_numbers_read_back(number: int) -> None:
    assert calendar.calendar_number(powers(number)) == number
    assert calendar.calendar_number(positional(number)) == number


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-10-01", date(2019, 10, 1), date(2019, 10, 1)),
        ("2022-09/2023-02", date(2022, 9, 1), date(2023, 2, 28)),
        ("2021-02-01/2021-06", date(2021, 2, 1), date(2021, 6, 30)),
        ("2021-XX-05", date(2021, 1, 1), date(2021, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2017/2019", date(2017, 1, 1), date(2019, 12, 31)),
        ("XXXX-06", None, None),
        ("2024-00", None, None),
        ("2024-05-00", None, None),
        ("2024-13", None, None),
        ("-0220", None, None),
        ("2019-02-30", None, None),
        ("2019-02-29/2019-03-01", None, date(2019, 3, 1)),
    ],
)
def test_days_of_a_value(edtf: str, first: date | None, last: date | None) -> None:
    period = Period.parse(edtf)
    assert (period.first, period.last, period.edtf) == (first, last, edtf)
    assert period.is_open or calendar.is_possible(period) is (first is not None and last is not None)


@pytest.mark.parametrize("text", ["", "abc", "2019-1", "2019/", "19", "2019-10-01-05"])
def test_no_value(text: str) -> None:
    with pytest.raises(ValueError, match="no calendar value"):
        Period.parse(text)


@given(st.dates(date(1, 1, 1)))
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    period = Period.at(day.year, day.month, day.day)
    assert period == Period.parse(day.isoformat())
    assert period.first == period.last == day


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_day_behind_a_month_is_in_the_next(year: int, month: int) -> None:
    last = Period.at(year, month).last
    assert last is not None
    assert (date.fromordinal(last.toordinal() + 1)).day == 1


@pytest.mark.parametrize(
    ("value", "years", "moved"),
    [("2010-01/2010-06", -1, "2009-01/2009-06"), ("2019", 1, "2020"), ("2021-05-03", -2, "2019-05-03")],
)
def test_shifted(value: str, years: int, moved: str) -> None:
    assert calendar.shifted(Period.parse(value), years).edtf == moved


@pytest.mark.parametrize(
    ("span", "month", "year"),
    [
        ("2022-09/2023-02", 10, 2022),
        ("2022-09/2023-02", 1, 2023),
        ("2022-09/2023-02", 5, None),
        ("2021", 5, 2021),
        ("2019/2021", 5, None),
        ("2021-03-05", 3, 2021),
    ],
)
def test_year_of_a_month_in_a_span(span: str, month: int, year: int | None) -> None:
    assert calendar.year_inside(Period.parse(span), [month]) == year


def test_stretches_of_a_year() -> None:
    assert calendar.half_year(2024, 2).edtf == "2024-07/2024-12"
    assert calendar.quarters(2021, 1).edtf == "2021-01/2021-03"
    assert calendar.quarters(2021, 1, 3).edtf == "2021-01/2021-09"
    assert calendar.school_year(2022).edtf == "2022-08/2023-07"
    assert calendar.school_year(2022, 1).edtf == "2022-08/2023-01"
    assert calendar.school_year(2022, 2).edtf == "2023-02/2023-07"
