"""Every rule carries its own examples; here they run, each under the id of its rule."""

from __future__ import annotations

import pytest
import regex

from heshu.extract.claims import Claims
from heshu.extract.quantities import Reading, read_quantities
from heshu.rules.loader import RuleError, entries
from heshu.rules.marks import mark, marks
from heshu.rules.units import unit_group, unit_table


def quantities(text: str) -> list[Reading]:
    claims = Claims(len(text))
    claims.take_marks(text, strong=True)
    claims.take_marks(text, strong=False)
    claims.note_words(text)
    return read_quantities(text, claims)


def reading(quantity: Reading) -> str:
    top = "" if quantity.value_max is None else f"..{quantity.value_max:f}"
    value = f"{quantity.value:f}" if not hasattr(quantity.value, "numerator") else str(quantity.value)
    return f"{value}{top} {quantity.unit}"


UNIT_EXAMPLES = [
    pytest.param(text, wanted, id=f"{group.id}: {text}")
    for group in unit_table().groups
    for text, wanted in group.examples
]
UNIT_COUNTER_EXAMPLES = [
    pytest.param(group.id, text, id=f"{group.id}: {text}") for group in unit_table().groups for text in group.never
]
MARK_EXAMPLES = [pytest.param(m, text, id=f"{m.id}: {text}") for m in marks() for text in m.examples]
MARK_COUNTER_EXAMPLES = [pytest.param(m, text, id=f"{m.id}: {text}") for m in marks() for text in m.never]


@pytest.mark.parametrize(("text", "wanted"), UNIT_EXAMPLES)
def test_a_unit_reads_its_examples(text: str, wanted: str) -> None:
    assert [reading(quantity) for quantity in quantities(text)] == wanted.split(" | ")


@pytest.mark.parametrize(("group", "text"), UNIT_COUNTER_EXAMPLES)
def test_a_unit_leaves_its_counter_examples_alone(group: str, text: str) -> None:
    assert f"unit.{group}" not in [quantity.rule for quantity in quantities(text)]


@pytest.mark.parametrize(("rule", "text"), MARK_EXAMPLES)
def test_a_mark_claims_its_examples(rule, text: str) -> None:
    plain = text.replace("【", "").replace("】", "")
    wanted = (text.index("【"), text.index("】") - 1)
    found = [match.span() for match in regex.compile(rule.pattern, regex.VERBOSE).finditer(plain)]
    assert wanted in found


@pytest.mark.parametrize(("rule", "text"), MARK_COUNTER_EXAMPLES)
def test_a_mark_leaves_its_counter_examples_alone(rule, text: str) -> None:
    assert regex.compile(rule.pattern, regex.VERBOSE).findall(text) == []


UNIT = '[[unit]]\nid = "x"\nkind = "people"\nwhy = "a test"\n'
FAULTS = [
    ("units.toml", "unit", UNIT, "words", "at least one unit"),
    ("units.toml", "unit", UNIT + 'words = ["人"]\nnumerals = "roman"\n', "numerals", '"any" or "digits"'),
    ("units.toml", "unit", UNIT + 'words = ["人"]\nwirds = ["名"]\n', "wirds", "one of id"),
    ("units.toml", "unit", UNIT + 'words = ["人"]\nnot_before."人" = "("\n', "not_before", "a pattern"),
    ("units.toml", "unit", UNIT + 'words = "人"\n', "words", "a list of texts"),
    (
        "marks.toml",
        "mark",
        '[[mark]]\nid = "m"\nwhy = "w"\npattern = "["\nexamples = ["【1】"]\n',
        "pattern",
        "a pattern",
    ),
    (
        "marks.toml",
        "mark",
        '[[mark]]\nid = "m"\nwhy = "w"\npattern = "x*"\nexamples = ["【1】"]\n',
        "pattern",
        "empty text",
    ),
    ("marks.toml", "mark", '[[mark]]\nid = "m"\nwhy = "w"\npattern = "x"\nexamples = ["x"]\n', "examples", "in 【 】"),
    ("marks.toml", "mark", '[[mark]]\nid = "m"\npattern = "x"\n', "why", "a text"),
]


@pytest.mark.parametrize(
    ("source", "name", "text", "field", "expected"), FAULTS, ids=[f"{f[1]}.{f[3]}" for f in FAULTS]
)
def test_a_mistake_is_answered_with_file_line_field_and_what_was_expected(source, name, text, field, expected) -> None:
    make = unit_group if name == "unit" else mark
    with pytest.raises(RuleError) as caught:
        for entry in entries(name, source, "# a comment\n\n" + text):
            make(entry)
    message = str(caught.value)
    assert f"{source}, line 3" in message
    assert f"'{field}'" in message
    assert expected in message
