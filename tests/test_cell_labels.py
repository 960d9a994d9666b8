"""Heads of columns: the unit that a head implies by what it counts."""

from __future__ import annotations

import pytest
from heshu.extract.cells import label_unit

LABELS = [
    ("班期數", "班期"),
    ("辦理期數", "期"),
    ("開班數", "班"),
    ("參訓人次", "人次"),
    ("參訓人數", "人"),
    ("參與校數", "校"),
    ("站數", "站"),
    ("梯次", "梯次"),
    ("採購筆數", "筆"),
    ("執行率", "%"),
]
NO_UNIT = ["學期數", "社區數", "學校數", "類別", "備考", "經費", "預算數", "金額", "期別"]


@pytest.mark.parametrize(("label", "unit"), LABELS, ids=[label for label, _ in LABELS])
def test_a_head_names_its_unit(label: str, unit: str) -> None:
    found = label_unit(label)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize("label", NO_UNIT)
def test_a_head_that_names_no_unit(label: str) -> None:
    assert label_unit(label) is None
