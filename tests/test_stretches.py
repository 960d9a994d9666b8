"""By which words a text is found."""

from __future__ import annotations

import pytest
from heshu.output.stretches import LONGEST, stretches


@pytest.mark.parametrize(
    ("text", "found", "never"),
    [
        pytest.param("辦理退休，計有", ("退休", "理退休", "休", "計有"), ("休計",), id="runs-between-marks"),
        pytest.param("計3,407人參加", ("3,407", "3407", "3,407人", "3407人參", "人參加"), ("407",), id="numbers-whole"),
        pytest.param("33.58%，", ("33.58", "33.58%"), ("33",), id="decimals"),
        pytest.param(
            "e-learning 課程、AI應用班",
            ("e-learning", "課程", "AI", "AI應用班", "應用班"),
            ("learning",),
            id="latin-words-whole",
        ),
        pytest.param("行政院原住民族委員會", ("行政院原住民族委員會",), (), id="ten-characters"),
    ],
)
def test_the_stretches_of_a_text(text: str, found: tuple[str, ...], never: tuple[str, ...]) -> None:
    words = set(stretches(text).split())
    assert set(found) <= words
    assert not words & set(never)


def test_no_stretch_is_longer_than_what_is_searched() -> None:
    assert max(map(len, stretches("字" * 40).split())) == LONGEST


def test_nothing_has_no_stretches() -> None:
    assert stretches(None, "") == ""
