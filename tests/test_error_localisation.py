"""Error localisation: the fewest changed figures that make all ties agree, and one finding for each of them."""

from __future__ import annotations

import pytest
from heshu.corpus.read import read_text
from heshu.pipeline import extract
from heshu.rules.consistency import relate
from heshu.rules.consistency.error_localisation import Root, roots


def localised(text: str) -> list[Root]:
    """The roots of the broken relations of a text."""
    extraction = extract(read_text(text, "t"))
    relations = relate(extraction.report, extraction.mentions, extraction.facts)
    broken = [relation for relation in relations if relation.holds is False]
    return list(roots(broken, (), [relation for relation in relations if relation.holds]))


ONE_ROOT = [
    # 1,926人 stands for 1,962人 in two ties at once
    (
        "青嵐市志工1,926人（男性902人、女性1,060人），較上年同期1,700人增加262人。",
        "1,926人",
        "1962",
        1,
    ),
    # a part whose total is borne out by another one
    ("共計4,210人，其中男性2,105人、女性2,150人；本市3,000人、外縣市1,210人，合計4,210人。", "2,150人", "2105", 0),
    # a power word that was lost
    ("青嵐國97年生產總值為12兆2,484億元，較96年12兆5,413元，減少2.34%。", "12兆5,413元", "12541300000000", 0),
]


@pytest.mark.parametrize(("text", "figure", "value", "kin"), ONE_ROOT)
def test_one_change_is_one_root(text: str, figure: str, value: str, kin: int) -> None:
    found = localised(text)
    assert len(found) == 1
    (root,) = found
    assert (root.mends[0].figure.text, root.mends[0].value) == (figure, value)
    assert len(root.kin) >= kin


def test_two_errors_are_two_roots() -> None:
    found = localised("甲校學生1,431人（男性1,002人、女性409人）。\n\n乙校學生2,118人（男性1,640人、女性487人）。")
    assert len(found) == 2
    assert all(not root.kin for root in found)
