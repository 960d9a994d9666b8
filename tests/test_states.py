"""What a figure claims: final, running, planned, forecast, a standard, a level at a day."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.rules.states import StateRule, state_rules, state_told

HEAD = "青嵐市政府主計處98年上半年施政報告\n(98年1月至98年6月)\n\n"

CLAIMS = [
    ("98年1月至6月辦理研習12場。", "12場", "final"),
    ("本年已完成維護6項。", "6項", "running"),
    ("97年計核准93件。", "93件", "final"),
    ("截至98年6月底止,會員計2,310人。", "2,310人", "level"),
    ("預測98年經濟成長率為1.2%。", "1.2%", "forecast"),
    ("規劃於98年辦理高齡者班18班、家政班240班。", "240班", "plan"),
    ("每人最高補助3,000元。", "3,000元", "standard"),
]


@pytest.mark.parametrize(("sentence", "figure", "state"), CLAIMS)
def test_a_figure_claims(sentence: str, figure: str, state: str) -> None:
    facts = heshu.extract(read_text(HEAD + sentence, "a.txt")).facts
    assert [fact.state for fact in facts if fact.mention.text == figure] == [state]


def test_a_fact_knows_when_its_report_speaks() -> None:
    (fact,) = heshu.extract(read_text(HEAD + "97年計核准93件。", "a.txt")).facts
    assert fact.as_of == "2009-06"


@pytest.mark.parametrize("rule", state_rules(), ids=lambda rule: rule.id)
def test_a_record_reads_its_examples(rule: StateRule) -> None:
    assert rule.examples
    for texts, wanted in ((rule.examples, True), (rule.never, False)):
        for text in texts:
            ahead = text.partition("【")[0]
            heading, before = ahead.rsplit("#", 1) if "#" in ahead else ("", ahead)
            told = state_told(before, heading)
            assert (told is not None and told.id == rule.id) is wanted, text
