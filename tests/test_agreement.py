"""What must agree with what across reports: each record on its examples, a pair of reports half a year apart."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.rules.consistency.agreement import Agreement, agreements

HEADS = (
    "青嵐市政府主計處98年上半年施政報告\n(98年1月至98年6月)\n\n",
    "青嵐市政府主計處98年下半年施政報告\n(98年7月至98年12月)\n\n",
)
CASES = [
    pytest.param(record, *example, id=f"{record.id}-{number}")
    for record in agreements()
    for number, example in enumerate(record.examples)
]


@pytest.mark.parametrize(("record", "first", "second", "severity"), CASES)
def test_a_record_holds_for_its_examples(record: Agreement, first: str, second: str, severity: str) -> None:
    texts = zip(HEADS, (first, second), "ab", strict=True)
    audit = heshu.audit([read_text(head + text, f"{name}.txt") for head, text, name in texts])
    assert [finding.severity for finding in audit.findings] == ([severity] if severity else [])
    if severity:
        assert [each.rule for each in audit.relations if each.holds is False] == [record.rule]


@pytest.mark.parametrize("record", agreements(), ids=lambda record: record.id)
def test_a_record_that_compares_shows_it(record: Agreement) -> None:
    assert record.law == "found" or record.examples
