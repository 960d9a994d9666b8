"""Which records may be asked of a text: those with a cue word in it, and those that wait for none."""

from __future__ import annotations

import pytest
from heshu.rules.gate import Gate


@pytest.mark.parametrize(
    ("text", "places"),
    [("", [2]), ("甲", [2]), ("甲乙", [0, 2]), ("丁", [1, 2]), ("丙甲乙丙丁", [0, 1, 2]), ("丙", [2])],
)
def test_among(text: str, places: list[int]) -> None:
    assert list(Gate([("甲乙",), ("丙丁", "丁"), ()]).among(text)) == places
