"""Figures that no report counts with, and digits of other scripts: read or listed, never a crash, never compared."""

from __future__ import annotations

import heshu
import pytest
from heshu.model import Audit

SUM = "計有409人(男性205人、女性203人)參加。\n"
NINES = "9" * 10_000


def audited(*texts: str) -> Audit:
    audit = heshu.audit([heshu.read_text(text, name=f"{number}.txt") for number, text in enumerate(texts)])
    assert [problem.message_en for problem in audit.problems if problem.code != "year-open"] == []
    return audit


@pytest.mark.parametrize(
    "text",
    [
        "近1期借舉7兆4〇元占近3年舉借之7%。",
        "9元占999999999999999999996%。",
        "本年๓月8日召開會議。",
        "本年٣月8日至४月9日召開會議。",
        f"計有{NINES}人參加，占{NINES}%。",
        f"計有{'九' * 10_000}人參加，經費{'9,' * 5000}9元。",
        f"自{NINES}年1月1日起，第{NINES}期。",
        f"總經費{'9' * 5000}元，補助{'9' * 4999}元，占{'9' * 6000}.{'9' * 5000}%。",
        f"計有{NINES}人（男性{NINES}人、女性1人）參加。",
        f"比率0.{'3' * 10_000}%，{NINES}分之{NINES}。",
        f"{'百萬億兆' * 2500}元，{'〇' * 10_000}人。",
        "計有0人(男性0人、女性0人)，占0人之0%，由0元增加至0元，成長0%，0分之3。",
    ],
)
def test_no_figure_takes_the_report_along(text: str) -> None:
    audit = audited(f"{SUM}\n{text}\n", f"{SUM}\n{text}\n另有1人。\n")
    assert "SUM" in {finding.code for finding in audit.findings}
    assert len(audit.facts_frame()) == len(audit.facts)


@pytest.mark.parametrize("figure", ["9" * 19, "0." + "1" * 30])
def test_nothing_in_a_passage_with_an_immense_figure_is_compared(figure: str) -> None:
    audit = audited(f"{figure}人、計有409人(男性205人、女性203人)參加。")
    assert audit.relations == ()


def test_the_largest_figures_of_a_state_are_compared() -> None:
    (finding,) = audited("總經費1,234,567,890,123,456元(中央1,234,000,000,000,000元、自籌567,890,123,455元)。").findings
    assert finding.code == "SUM"


@pytest.mark.parametrize(("text", "edtf"), [("於110年๓月8日召開", "2021-03-08"), ("於110年3月٨日召開", "2021-03-08")])
def test_days_are_read_in_digits_of_any_script(text: str, edtf: str) -> None:
    extraction = heshu.extract(heshu.read_text(text))
    assert [mention.edtf for mention in extraction.mentions] == [edtf]
