"""Roles: every rule reads its own examples, and leaves its counter-examples to others."""

from __future__ import annotations

import pytest
from heshu.extract.context import figures, views
from heshu.extract.documents import document_of, document_of_part
from heshu.extract.roles import roles_of
from heshu.extract.time.periods import Periods
from heshu.rules.loader import RuleError, entries
from heshu.rules.roles import role_rule, role_rules
from hypothesis import given
from hypothesis import strategies as st

from .marked import Marked, marked, own


def read(made: Marked) -> tuple[str, str]:
    """Role with sign, and rule, of the one figure in question."""
    (wanted,) = made.wanted
    seen = views(made.report, made.mentions)
    view = seen[wanted.block]
    roles = roles_of(
        view, document_of_part(document_of(made.report), view.block.path), Periods(made.report, seen, own()).is_past
    )
    (reading,) = [roles[figure.number] for figure in figures(view) if figure.mention == wanted]
    return reading.role + (reading.sign or ""), reading.rule


EXAMPLES = [(rule.id, text, role) for rule in role_rules() for text, role in rule.examples if "\n" not in text]
NEVER = [(rule.id, text) for rule in role_rules() for text in rule.never if "\n" not in text]


@pytest.mark.parametrize(("rule", "text", "role"), EXAMPLES, ids=[f"{r}: {t}" for r, t, _ in EXAMPLES])
def test_rule_reads_its_example(rule: str, text: str, role: str) -> None:
    assert read(marked(text + "。")) == (role, rule)


@pytest.mark.parametrize(("rule", "text"), NEVER, ids=[f"{r}: {t}" for r, t in NEVER])
def test_rule_leaves_its_counter_example(rule: str, text: str) -> None:
    assert read(marked(text + "。"))[1] != rule


BUDGET = "白沙市111年度總預算案說明"
CONTEXTS = [
    ("budget line", BUDGET, ["道路養護經費【3億元】。"], "target"),
    ("budget share", BUDGET, ["社福支出最多,占【31.2%】。"], "target"),
    ("budget age", BUDGET, ["【65歲】以上老人假牙補助〔900萬元〕。"], "rule"),
    ("budget outturn", BUDGET, ["〈109年〉水患造成損失【2億元】。"], "actual"),
    ("budget outturn, a rate", BUDGET, ["〈109年〉物價年增率為【2.5%】。"], "rate"),
    ("budget of the year before", BUDGET, ["〈109年〉預算編列【2億元】。"], "target"),
    ("budget change", BUDGET, ["較上年度增加【2億元】。"], "delta+"),
    ("plan", "霧川市政府環保局112年度施政計畫", ["協助辦理【8場】宣導。"], "target"),
    ("work to come", "青嵐市政府業務報告", ["#參、未來工作重點", "合作辦理【3場】研習。"], "target"),
    ("share to come", "青嵐市政府業務報告", ["#展望", "覆蓋率提升至【64%】。"], "target"),
    ("reached already", "青嵐市政府業務報告", ["#展望", "目前已設置【3處】。"], "actual"),
    ("rule in a plan", "青嵐市政府業務報告", ["#未來工作方向", "每人最高補助【3,000元】。"], "rule"),
    ("heading that only names the future", "青嵐市政府業務報告", ["#多元培訓,接軌未來", "辦理【3場】。"], "actual"),
    ("accounts", "白沙市111年度總決算審核報告", ["歲入決算審定【90億元】。"], "actual"),
    ("part in brackets", "青嵐市政府業務報告", ["較〈109年〉增加〔30人〕(男性【12人】)。"], "delta+"),
    ("part of a sum", "青嵐市政府業務報告", ["計有〔30人〕(男性【12人】)參加。"], "actual"),
    ("list of standards", "青嵐市政府業務報告", ["補助標準如下:", "-第一類人員,補助【3,000元】。"], "rule"),
]


@pytest.mark.parametrize(
    ("title", "blocks", "role"), [case[1:] for case in CONTEXTS], ids=[case[0] for case in CONTEXTS]
)
def test_context(title: str, blocks: list[str], role: str) -> None:
    assert read(marked(*blocks, title=title))[0] == role


def test_fault_names_file_line_and_field() -> None:
    text = '\n[[role]]\nid = "x"\nwhy = "y"\nrole = "guess"\n'
    (entry,) = entries("role", "own.toml", text)
    with pytest.raises(RuleError, match=r"own\.toml, line 5, \[\[role\]\] x, field 'role'"):
        role_rule(entry)


@given(st.integers(min_value=0, max_value=10**9))
def test_role_does_not_hang_on_the_number(number: int) -> None:
    assert read(marked(f"減列職員員額【{number}人】。"))[0] == "delta-"
