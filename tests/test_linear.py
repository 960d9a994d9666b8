"""Within a report the work grows in line with its length, whatever its paragraphs look like: calls are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from heshu import pipeline
from heshu.corpus.read import read_text

LENGTH = 1500
MOST = 2.4
"""Twice the text may take so many times the calls: what is done once a report makes it less than two, sorting a bit more."""

PARAGRAPHS: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "(" * n,
    "empty brackets": lambda n: "()" * (n // 2),
    "brackets in brackets": lambda n: "(" * (n // 2) + "1人" + ")" * (n // 2),
    "figures in brackets": lambda n: "本市共12人(男5人、女7人)，" * (n // 16),
    "open quotes": lambda n: "「" * n,
    "no figure and no stop": lambda n: "市府持續推動各項業務並加強服務品質" * (n // 17),
    "one number": lambda n: "1" * n,
    "thousands without end": lambda n: "1,234," * (n // 6),
    "Chinese digits": lambda n: "一" * n,
    "marks in brackets": lambda n: "(1)" * (n // 3),
    "marks of a list": lambda n: "一、" * (n // 2),
    "a list of figures": lambda n: "甲1人、" * (n // 4),
    "a list of years": lambda n: "108年、" * (n // 5),
    "a list of names": lambda n: "甲、" * (n // 2) + "等5人",
    "clauses without a stop": lambda n: "辦理訓練12場次1,234人次，" * (n // 15),
    "shares": lambda n: "占12.5%，" * (n // 7),
    "short lines": lambda n: "辦理訓練12場次。\n" * (n // 10),
    "a table of tabs": lambda n: "甲\t1\t2\t3\n" * (n // 8),
    "a table of bars": lambda n: "|甲|1|2|\n" * (n // 8),
}


def calls(text: str) -> int:
    """How many functions are called for the whole audit of a text."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    report = f"{text}\n"
    sys.setprofile(count)
    try:
        found = pipeline.audit([read_text(report, "long.txt")], each=True)
    finally:
        sys.setprofile(None)
    assert found.extractions
    return counted


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    paragraph = PARAGRAPHS[name]
    calls(paragraph(LENGTH // 2))  # rules are loaded and words are cut for the first time
    once, twice = calls(paragraph(LENGTH)), calls(paragraph(2 * LENGTH))
    assert twice <= MOST * once, f"{once} calls for {LENGTH} characters, {twice} for twice as many"
