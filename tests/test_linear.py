"""Within a report the work grows in line with its length, whatever its paragraphs look like: lines that run are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from heshu import pipeline
from heshu.corpus.read import read_text

LENGTH = 1500
MOST = 2.25
"""Twice the text may take so many times the work: what is done once a report makes it less than two, sorting a bit more."""

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
    "a figure a sentence": lambda n: "市府辦理訓練計12場次。" * (n // 12),
    "a date a sentence": lambda n: "108年3月辦理訓練12場次。" * (n // 15),
    "brackets and figures": lambda n: "訓練(含講座)12場次;" * (n // 12),
    "short lines": lambda n: "辦理訓練12場次。\n" * (n // 10),
    "a table of tabs": lambda n: "甲\t1\t2\t3\n" * (n // 8),
    "a table of figures": lambda n: (
        "項目\t108年\t109年\t增減\n" + "".join(f"第{row}工程\t1{row}\t2{row}\t{row}\n" for row in range(n // 16))
    ),
    "a table of bars": lambda n: "|甲|1|2|\n" * (n // 8),
}


def work(text: str) -> int:
    """How many lines run for the whole audit of a text, each as often as it does."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> object:
        nonlocal counted
        counted += 1
        return count

    report = f"{text}\n"
    sys.settrace(count)
    try:
        found = pipeline.audit([read_text(report, "long.txt")], each=True)
    finally:
        sys.settrace(None)
    assert found.extractions
    return counted


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    paragraph = PARAGRAPHS[name]
    work(paragraph(LENGTH // 2))  # rules are loaded and words are cut for the first time
    once, twice = work(paragraph(LENGTH)), work(paragraph(2 * LENGTH))
    assert twice <= MOST * once, f"{once} lines for {LENGTH} characters, {twice} for twice as many"
