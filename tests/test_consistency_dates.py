"""Days that cannot be, weekdays that do not fit, and durations against their ranges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from heshu.corpus.read import read_text
from heshu.model import Mention, Relation
from heshu.rules.consistency import relate
from heshu.rules.consistency.findings import findings_of
from heshu.rules.consistency.times import days_of
from hypothesis import given
from hypothesis import strategies as st

from .test_consistency import ties


def told(relations: tuple[Relation, ...], kind: str) -> list[str]:
    return [_one(relation) for relation in relations if relation.kind == kind]


def _one(relation: Relation) -> str:
    sign = {True: "", False: " ✗", None: " ?"}[relation.holds]
    doubt = " ~" if relation.holds is False and findings_of([relation])[0].severity != "contradiction" else ""
    return f"{relation.result.text}: {relation.computed}{sign}{doubt}"


DURATIONS = [
    ("days as they come", "於{2024-08-05/2024-08-07}辦理，計[3天]。", ["3天: 3"]),
    ("more days than the range has", "{2017-09-18/2017-09-22}開辦，計[7天]。", ["7天: 5 ✗"]),
    ("fewer days than a week has", "{2017-09-18/2017-09-22}開辦，計[2天]。", ["2天: 5 ✗ ~"]),
    ("working days", "自{2017-07-03/2017-07-28}辦理，共計[20天]。", ["20天: 20"]),
    ("a single event between", "{2017-07-24/2017-07-28}開辦[1班]，計[5天]。", ["5天: 5"]),
    ("weekly sessions", "{2019-07-19/2019-08-16}，計[5天]，合辦課程。", ["5天: 5"]),
    ("some days of two weeks", "於{2023-02-06/2023-02-15}辦理，計[5天]。", ["5天: 8 ?"]),
    ("weeks", "自{2019-06-24/2019-07-19}，共計[4週]。", ["4週: 4"]),
    ("too many weeks", "自{2019-06-24/2019-07-19}，共計[9週]。", ["9週: 4 ✗"]),
    ("years beside", "{2017/2019}[3年]內完成。", ["3年: 3"]),
    ("years in brackets", "近[5年度]({2007/2011})共舉債。", ["5年度: 5"]),
    ("wrong years", "近[4年度]({2007/2011})共舉債。", ["4年度: 5 ✗"]),
    ("months", "為期[6個月]({2022-09/2023-02})。", ["6個月: 6"]),
]

NO_DURATIONS = [
    ("days each", "於{2024-08-05/2024-08-07}辦理，每班計[2天]。"),
    ("hours", "於{2024-08-05/2024-08-07}辦理，計[18小時]。"),
    ("several classes", "於{2024-08-05/2024-10-07}辦理[3期]，計[5天]。"),
    ("within days", "於{2024-08-05/2024-08-07}受理，[30日]內完成。"),
    ("another sentence", "於{2024-08-05/2024-08-07}辦理。全年計[9天]。"),
    ("a term", "{2017/2019}貸款，年限[20年]。"),
    ("one day", "於{2024-09-19}辦理，計[1天]。"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, want, id=name) for name, text, want in DURATIONS])
def test_durations(text: str, expected: list[str]) -> None:
    assert told(ties(text), "duration") == expected


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NO_DURATIONS])
def test_no_duration(text: str) -> None:
    assert told(ties(text), "duration") == []


DATES = [
    ("impossible", "於{2022-11-31}辦理。", ["2022-11-31:  ✗"]),
    ("impossible end", "於{2022-02-27/2022-02-30}辦理。", ["2022-02-27/2022-02-30:  ✗"]),
    ("leap day", "於{2024-02-29}辦理。", []),
    ("no leap day", "於{2023-02-29}辦理。", ["2023-02-29:  ✗"]),
    ("backwards", "於{2022-10-28/2022-10-03}合辦。", ["2022-10-28/2022-10-03: 2022-10-03 ✗"]),
    ("backwards over the months", "於{2022-10/2022-03}合辦。", ["2022-10/2022-03: 2022-03 ✗ ~"]),
    ("backwards over the years", "自{2022/2020}。", ["2022/2020: 2020 ✗"]),
    ("a year and its month", "自{2022/2022-06}。", []),
    ("forwards", "於{2022-10-03/2022-10-28}合辦。", []),
    ("weekday", "訂於{2011-09-16}(星期五)開會。", ["2011-09-16: 五"]),
    ("wrong weekday", "訂於{2011-09-16}(星期四)開會。", ["2011-09-16: 五 ✗"]),
    ("an ordinal is no weekday", "於{2011-09-16}(一)開會。", []),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, want, id=name) for name, text, want in DATES])
def test_dates(text: str, expected: list[str]) -> None:
    assert told(ties(text), "dates") == expected


def issued(text: str, day: str) -> tuple[Relation, ...]:
    """The relations of a report of that day whose text is ``…〔2022-03-05〕…``."""
    before, _, rest = text.partition("〔")
    inner, _, after = rest.partition("〕")
    report = read_text(before + inner + after, "t")
    place = len(before)
    start = report.blocks[0].text.index(inner)
    mention = Mention("t", "date", place, place + len(inner), inner, 0, start, start + len(inner), "test", edtf=inner)
    return relate(report, [mention], issued=day)


def test_done_after_the_day_of_issue() -> None:
    (relation,) = issued("業於〔2022-03-05〕辦理完竣。", "2022-02")
    assert relation.rule == "dates.after-issue"
    assert findings_of([relation])[0].severity == "suspicious"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("業於〔2022-03-05〕辦理完竣。", "2022-03"),
        ("將於〔2022-03-05〕辦理。", "2022-02"),
        ("業於〔2022-03-05〕辦理。", ""),
    ],
    ids=["same month", "planned", "unknown"],
)
def test_nothing_after_the_day_of_issue(text: str, day: str) -> None:
    assert issued(text, day) == ()


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 400))
def test_spans(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = days_of(f"{first}/{last}")
    assert span is not None
    assert span.days == length + 1
    assert days_of(f"{last}/{first}") is None or length == 0
