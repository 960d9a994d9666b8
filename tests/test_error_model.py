"""The errors that people make when they write numbers, and how rarely one of them would mend figures by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from heshu.model import Mention
from heshu.rules.consistency.error_model import (
    changed,
    differ_in_one_digit,
    is_one_digit,
    masks,
    mendable,
    powers,
    written,
)
from heshu.rules.consistency.evidence import rarity
from hypothesis import given
from hypothesis import strategies as st


def figure(value: str, step: str = "1", bound: str | None = None) -> Mention:
    return Mention("t", "quantity", 0, 1, value, 0, 0, 1, "test", Decimal(value), step=Decimal(step), bound=bound)  # type: ignore[arg-type]


RARITIES = [
    ("3712", "1", None, 3712),
    ("16.5", "0.1", None, 165),
    ("100000", "1", None, 100),
    ("30000", "10000", None, 3),
    ("40", "10", "about", Fraction(4, 3)),
    ("1", "1", "about", 1),
]


@pytest.mark.parametrize(("value", "step", "bound", "expected"), RARITIES)
def test_how_many_values_a_figure_might_have_had(value: str, step: str, bound: str | None, expected: int) -> None:
    assert rarity(figure(value, step, bound)) == expected


def test_what_is_written_of_a_figure() -> None:
    assert written(figure("21983000000", "1000000")) == "21983"
    assert written(figure("27.94", "0.01")) == "2794"


LENGTHS = st.integers(10, 10**9)


@given(LENGTHS)
def test_an_error_taken_back_changes_the_figure(value: int) -> None:
    digits = str(value)
    for other in changed(figure(digits)):
        now = written(other)
        assert now != digits
        assert abs(len(now) - len(digits)) <= 1


@given(LENGTHS)
def test_a_digit_changed_shares_a_mask(value: int) -> None:
    digits = str(value)
    for other in changed(figure(digits)):
        now = written(other)
        if differ_in_one_digit(digits, now):
            assert set(masks(digits)) & set(masks(now))


def test_lost_and_doubled_power_words() -> None:
    lost = figure("12000000005413")
    meant = Decimal(12_541_300_000_000)
    assert meant in [each.value for each in powers(replace(lost, text="12兆5,413元"))]
    assert Decimal(30_000_000_000) in [each.value for each in powers(figure("3000000000000"))]


def test_figures_that_differ_in_one_digit() -> None:
    assert differ_in_one_digit("107年5月24日", "107年5月14日")
    assert not differ_in_one_digit("107年5月24日", "107年5月24日")
    assert not differ_in_one_digit("107年5月24日", "107年6月14日")
    assert not differ_in_one_digit("24日", "4日")


def test_a_slip_is_mended_by_one_digit() -> None:
    def adds_up(figures: Sequence[Mention]) -> bool:
        whole, *parts = (Fraction(each.value or 0) for each in figures)
        return whole == sum(parts)

    assert mendable([figure("328"), figure("97"), figure("221")], adds_up)
    assert mendable([figure("381"), figure("97"), figure("221")], adds_up)  # two digits swapped
    assert not mendable([figure("340"), figure("97"), figure("221")], adds_up)


@pytest.mark.parametrize(
    ("gap", "is_digit"), [(300, True), (-270, True), (27, True), (22, False), (0, False), (81, True)]
)
def test_a_distance_that_a_digit_makes(gap: int, is_digit: bool) -> None:
    assert is_one_digit(gap, 1) is is_digit
