"""A paragraph longer than any page holds is parted where a reader would pause, and nothing of it is lost."""

from __future__ import annotations

import pytest
from heshu.corpus.lengths import LONGEST
from heshu.corpus.read import read_text

LONG = 3 * LONGEST
PARAGRAPHS = {
    "sentences": ("東溪區辦理訓練12場次，計有34人參加。", "。"),
    "clauses": ("東溪區12人、", "、"),
    "numbers with thousands": ("共1,234,567元，", ","),
    "no pause at all": ("文", "文"),
    "one number": ("1234567890", None),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_without_end_is_parted_at_its_pauses(name: str) -> None:
    unit, last = PARAGRAPHS[name]
    text = unit * (LONG // len(unit))
    blocks = read_text(f"{text}\n").blocks
    assert max(len(block.text) for block in blocks) <= LONGEST, f"{name}: a part is too long"
    assert len("".join(block.text for block in blocks)) == len(text), f"{name}: characters were lost"
    places = [offset for block in blocks for offset in block.offsets]
    assert places == sorted(set(places)), f"{name}: a character belongs to two parts"
    if last is not None:
        assert {block.text[-1] for block in blocks} == {last}, f"{name}: parted elsewhere"
        assert all(not block.text[0].isdigit() for block in blocks), f"{name}: a figure was cut"


def test_a_long_paragraph_of_a_report_stays_whole() -> None:
    text = "東溪區辦理訓練12場次，計有34人參加。" * (LONGEST // 20)
    assert len(text) <= LONGEST
    assert len(read_text(f"{text}\n").blocks) == 1
