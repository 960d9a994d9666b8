"""Charts that are honest: where their axes begin, what a line joins, and what a bound looks like."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from heshu.model import Alignment, Audit, Block, Bound, Extraction, Fact, Mention, Period, Report, State
from heshu.notation import Both
from heshu.output.page import render
from heshu.output.page_chart import BOTTOM, axes

DAYS = [date(2017, 12, 31), date(2020, 6, 30)]


@pytest.mark.parametrize(
    ("values", "labels", "broken"),
    [
        pytest.param([3, 9], ["0", "5", "10"], False, id="from-zero"),
        pytest.param([12318, 14233], ["12,000", "13,000", "14,000", "15,000"], True, id="close-together"),
        pytest.param([-4, 8], ["−5", "0", "5", "10"], False, id="over-zero"),
        pytest.param([7, 7], ["5", "10"], True, id="all-the-same"),
        pytest.param([400_000, 4_000_000], ["0", "200萬", "400萬"], False, id="in-myriads"),
        pytest.param([60_000_000, 180_000_000], ["0", "1億", "2億"], False, id="in-hundreds-of-millions"),
        pytest.param(["0.4", "1.3"], ["0", "0.5", "1", "1.5"], False, id="decimals"),
    ],
)
def test_the_axis_of_the_values_says_where_it_begins(values: list[str], labels: list[str], broken: bool) -> None:
    made = axes([Fraction(value) for value in values], DAYS)
    assert [tick.label.zh for tick in made.values] == labels
    assert made.broken is broken


def test_every_value_lies_between_the_ends_of_its_axis() -> None:
    made = axes([Fraction(3), Fraction(9)], DAYS)
    assert float(made.y(Fraction(0))) == BOTTOM
    assert float(made.y(Fraction(9))) < float(made.y(Fraction(3))) < BOTTOM


def test_years_stand_where_they_turn() -> None:
    made = axes([Fraction(3), Fraction(9)], DAYS)
    assert [tick.label for tick in made.days] == [Both("107年", "2018"), Both("108年", "2019"), Both("109年", "2020")]
    assert [tick.at for tick in made.days] == [made.x(date(year, 1, 1)) for year in (2018, 2019, 2020)]


def told(
    period: str, value: int, *, name: str = "社團數", agency: str | None = "青嵐市政府人事處", bound: Bound | None = None,
    state: State = "final",
) -> Extraction:  # fmt: skip
    text = f"社團計有{value}個。"
    file = f"{period.replace('/', '_')}-{value}.txt"
    figure = Mention(file, "quantity", 4, 4 + len(f"{value}個"), f"{value}個", 0, 4, 4 + len(f"{value}個"), "test",
                     value=Decimal(value), unit="個", bound=bound)  # fmt: skip
    time = Period.parse(period)
    fact = Fact(figure, agency, (), name, None, "actual", None, time, (), Decimal(1), state=state)
    report = Report(file.ljust(16, "0"), file, f"{period}工作報告", text, (Block("paragraph", text, tuple(range(len(text)))),))  # fmt: skip
    return Extraction(report, agency, time, None, (figure,), (fact,), ())


def chart(*extractions: Extraction, alignments: tuple[Alignment, ...] = ()) -> str:
    page = render(Audit(extractions, (), (), (), alignments=alignments))
    found = re.findall(r'<article class="series">.*?</article>', page, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_a_line_joins_values_of_times_of_one_length_alone() -> None:
    halves = told("2018-01/2018-06", 10), told("2019-01/2019-06", 12)
    years = told("2018", 21), told("2019", 23)
    drawn = chart(*halves, *years)
    lines = re.findall(r'<polyline points="([^"]+)"', drawn)
    assert [len(line.split()) for line in lines] == [2, 2]
    assert "期間長短不一者不連線" in drawn
    assert "期間長短不一者不連線" not in chart(*years)


@pytest.mark.parametrize(
    ("bound", "mark"), [("at_least", " v-13 "), ("more_than", " v-13 "), ("at_most", " v13 "), ("less_than", " v13 ")]
)
def test_a_bound_is_drawn_as_a_bound(bound: Bound, mark: str) -> None:
    drawn = chart(told("2018", 20), told("2019", 23, bound=bound), told("2020", 25))
    assert len(re.findall(rf'class="bound" d="[^"]*{mark}', drawn)) == 1
    assert drawn.count("<circle") == 2
    (line,) = re.findall(r'<polyline points="([^"]+)"', drawn)
    assert len(line.split()) == 2  # a bound is no point of the line


def test_a_rough_figure_and_a_plan_are_dashed() -> None:
    drawn = chart(told("2018", 20), told("2019", 23, bound="about"), told("2020", 25, state="plan"))
    assert drawn.count('class="about"') == 1
    assert drawn.count(" ahead") == 1


def test_an_indicator_is_whole_where_a_report_leaves_the_agency_out() -> None:
    drawn = chart(told("2018", 20), told("2019", 23, agency=None), told("2020", 25))
    assert "3 份報告" in drawn
    assert "青嵐市政府人事處" in drawn
