"""The gate before many patterns: what a pattern needs, and which of several a text may hold."""

from __future__ import annotations

import re

import pytest
import regex
from heshu.rules.bounded import BoundedPattern
from heshu.rules.gate import Gate, need_of_words, needs_of
from heshu.rules.periods import nature_rules_of
from heshu.rules.registry import OURS


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("甲乙", ["甲", "乙"]),
        ("甲?乙", ["乙"]),
        ("甲+乙*", ["甲"]),
        ("(?:甲|乙丙)丁", ["丁", "乙甲"]),
        ("(?:甲|乙?)丁", ["丁"]),
        ("[甲乙]丁", ["丁", "乙甲"]),
        ("[^甲]丁", ["丁"]),
        (r"\d丁", ["丁"]),
        (".{0,3}丁", ["丁"]),
        ("(?=甲)乙", ["乙", "甲"]),
        ("(?<!甲)乙", ["乙"]),
        ("(?<=甲|丙)乙(?!丁)", ["丙甲", "乙"]),
        (r"(?:甲)\Z", ["甲"]),
        ("(?i:a)甲", []),
        (r"\p{Han}甲", []),
    ],
)
def test_needs(pattern: str, needs: list[str]) -> None:
    assert sorted("".join(sorted(need)) for need in needs_of(regex.compile(pattern))) == sorted(needs)


def test_white_space_of_a_verbose_pattern_is_not_needed() -> None:
    assert needs_of(regex.compile("甲 # 丁", regex.VERBOSE)) == [frozenset("甲")]


def test_a_users_pattern_needs_nothing() -> None:
    assert needs_of(BoundedPattern(regex.compile("甲"), "mark", "own", "own.toml", "pattern")) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("", (2,)), ("甲", (2,)), ("乙甲", (0, 2)), ("丙", (1, 2)), ("丁甲乙", (0, 1, 2))],
)
def test_among(text: str, places: tuple[int, ...]) -> None:
    gate = Gate([needs_of(re.compile("甲乙")), need_of_words(("丙丁", "丁")), []])
    assert gate.among(text) == places


def test_every_example_of_a_rule_passes_its_gate() -> None:
    for rule in nature_rules_of(OURS):
        gate = Gate([needs_of(rule.before, rule.after)])
        for example, _ in rule.examples:
            assert gate.among(re.sub("[【〔〈].*?[】〕〉]", "▣", example)) == (0,), (rule.id, example)
