"""A figure is an interval, given by how it was written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from heshu.model import Mention
from heshu.rules.consistency.interval import Interval, exact, stated
from hypothesis import given
from hypothesis import strategies as st


def quantity(value: str, step: str | None = None, bound: str | None = None, value_max: str | None = None) -> Mention:
    return Mention(
        "r", "quantity", 0, 1, value, 0, 0, 1, "test", Decimal(value), Decimal(value_max) if value_max else None,
        "人", Decimal(step) if step else None, bound,  # type: ignore[arg-type]
    )  # fmt: skip


WRITTEN = [
    pytest.param(quantity("12", "1"), "12", True, id="a count is a point"),
    pytest.param(quantity("12", "1"), "12.4", False, id="a count is nothing but its point"),
    pytest.param(quantity("30000", "10000"), "25000", True, id="3萬 may be 25,000, rounded"),
    pytest.param(quantity("30000", "10000"), "24999", False, id="3萬 is not 24,999"),
    pytest.param(quantity("27.87", "0.01"), "27.874", True, id="two decimals, rounded"),
    pytest.param(quantity("27.87", "0.01"), "27.88", False, id="two decimals, another figure"),
    pytest.param(quantity("6500000000", "100000000", "more_than"), "6599999999", True, id="65億餘 reaches up to 66億"),
    pytest.param(quantity("6500000000", "100000000", "more_than"), "6600000000", False, id="65億餘 stays below 66億"),
    pytest.param(quantity("6500000000", "100000000", "more_than"), "6499999999", False, id="65億餘 is no less"),
    pytest.param(quantity("300", "1", "about"), "299", True, id="約 gives a place on either side"),
    pytest.param(quantity("300", "1", "at_least"), "100000", True, id="至少 has no upper end"),
    pytest.param(quantity("300", "1", "at_most"), "301", False, id="至多 has an upper end"),
    pytest.param(quantity("50", "1", "less_than"), "50", False, id="未滿50 is not 50"),
    pytest.param(quantity("10", "1", None, "20"), "15", True, id="a range holds what lies between"),
]


@pytest.mark.parametrize(("mention", "value", "within"), WRITTEN)
def test_what_a_figure_states(mention: Mention, value: str, within: bool) -> None:
    assert (Decimal(value) in stated(mention)) is within


def test_a_norm_is_exact() -> None:
    assert Decimal("18.2") not in exact(quantity("18", "1"))


numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    openness = draw(st.booleans()) if low < high else False
    return Interval(low, high, openness, draw(st.booleans()) if low < high else False)


def inside(interval: Interval, share: Fraction) -> Fraction:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low + (interval.high - interval.low) * share


shares = st.fractions(min_value=Fraction(1, 100), max_value=Fraction(99, 100))


@given(intervals(), intervals(), shares, shares)
def test_sums_and_differences_hold_those_of_their_members(a: Interval, b: Interval, p: Fraction, q: Fraction) -> None:
    assert inside(a, p) + inside(b, q) in a + b
    assert inside(a, p) - inside(b, q) in a - b


@given(intervals(), intervals())
def test_meeting_is_mutual(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)


@given(intervals(), intervals(), shares, shares)
def test_quotients_hold_those_of_their_members(a: Interval, b: Interval, p: Fraction, q: Fraction) -> None:
    quotient = a.divided_by(b)
    if quotient is not None:
        assert inside(a, p) / inside(b, q) in quotient


def test_half_open_ends_do_not_touch() -> None:
    below = Interval(Fraction(0), Fraction(1), high_open=True)
    above = Interval(Fraction(1), Fraction(2))
    assert not below.meets(above)
    assert Interval(Fraction(0), Fraction(1)).meets(above)


SAID = [
    pytest.param(quantity("3000", "1", "more_than"), "3999", True, id="逾3,000 reaches up to 4,000"),
    pytest.param(quantity("3000", "1", "more_than"), "4000", False, id="逾3,000 would else be 逾4,000"),
    pytest.param(
        quantity("4845000000", "10000", "more_than"), "4845999999", True, id="48億4,500餘萬 hides less than 100萬"
    ),
    pytest.param(quantity("100", "1", "less_than"), "95", True, id="不到100 may be 95"),
    pytest.param(quantity("3000", "1", "about"), "2600", True, id="約3,000 is a round number"),
    pytest.param(quantity("1250", "1", "about"), "1290", False, id="約1,250 is less round"),
]


@pytest.mark.parametrize(("mention", "value", "within"), SAID)
def test_words_reach_as_far_as_the_last_digit_that_is_no_zero(mention: Mention, value: str, within: bool) -> None:
    assert (Decimal(value) in stated(mention)) is within


def test_a_long_number_was_rounded_or_cut_off() -> None:
    short = quantity("30000", "10000")
    assert Decimal(39999) not in stated(short)
    assert Decimal(39999) in stated(short, "truncate")
    assert Decimal(29999) not in stated(short, "truncate")


numbers_above = st.fractions(min_value=0, max_value=1000, max_denominator=50)


@given(numbers_above, numbers_above, numbers_above, numbers_above)
def test_products_hold_those_of_their_members(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> None:
    first, second = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert (a + b) / 2 * ((c + d) / 2) in first.times(second)
