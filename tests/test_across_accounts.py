"""Last year's column of a budget against that year's own budget."""

from __future__ import annotations

import heshu
from heshu.corpus.read import read_bytes
from heshu.model import Report

from .made import xls

ACCOUNTS = {
    "稅課收入": 35_127,
    "補助收入": 15_833,
    "規費收入": 4_219,
    "財產收入": 2_378,
    "罰款收入": 1_114,
    "其他收入": 967,
}


def budget(title: str, year: int, this: dict[str, int], last: dict[str, int]) -> Report:
    rows: list[list[object]] = [
        [title, None, None],
        [f"中華民國{year}年度", None, "單位：千元"],
        ["項目", "本年度預算數", "上年度預算數"],
        *([name, this[name], last[name]] for name in this),
    ]
    return read_bytes(xls(rows), f"{title}-{year}.xls", suffix=".xls")


def told(*reports: Report) -> list[tuple[str, str, str]]:
    audit = heshu.audit(list(reports))
    series = [relation for relation in audit.relations if relation.kind == "series" and relation.holds is False]
    assert {finding.severity for finding in audit.findings} <= {"note"}
    return [(relation.rule, relation.terms[0].text, relation.result.text) for relation in series]


NEXT = {name: value + 1_001 for name, value in ACCOUNTS.items()}
TITLE = "青嵐市總預算歲入簡明比較表"


def test_an_account_that_was_restated_is_told() -> None:
    restated = ACCOUNTS | {"規費收入": 4_291}
    first, second = budget(TITLE, 112, ACCOUNTS, ACCOUNTS), budget(TITLE, 113, NEXT, restated)
    assert told(first, second) == [("series.account", "4219", "4291")]


def test_whatever_stands_between_the_years_of_one_budget() -> None:
    """Other reports in the run change nothing."""
    restated = ACCOUNTS | {"規費收入": 4_291}
    others = [budget(f"{name}總預算歲入簡明比較表", 112, {each: value * 3 + 7 for each, value in ACCOUNTS.items()}, ACCOUNTS) for name in ("榕樹鎮", "溪口鄉", "山邊鄉")]  # fmt: skip
    reports = [budget(TITLE, 112, ACCOUNTS, ACCOUNTS), *others, budget(TITLE, 113, NEXT, restated)]
    assert told(*reports) == [("series.account", "4219", "4291")]


def test_budgets_whose_accounts_do_not_agree_are_of_two_bodies() -> None:
    other = {name: value * 2 + 13 for name, value in ACCOUNTS.items()}
    audit = heshu.audit([budget(TITLE, 112, ACCOUNTS, ACCOUNTS), budget(TITLE, 113, NEXT, other)])
    assert "series.account" not in {relation.rule for relation in audit.relations}
