"""Indicators that several reports follow over time: which facts tell them, and where the same time is told otherwise later."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ..model import Audit, Fact
from ..output.page_series import followed
from ..output.records import edtf, fact_id
from .keep import Store

_MONTH, _ABOUT = 31, 1.1
"""Days of what is told for a moment; two times of about one length."""
ORDERS = {
    "reports": "reports DESC, periods DESC, indicator, category, series_id",
    "restated": "restated DESC, reports DESC, indicator, category, series_id",
    "name": "indicator, category, agency, series_id",
}
"""How a list of them may be sorted."""


def keep_series(connection: sqlite3.Connection, key: str, audit: Audit) -> None:
    """Keep the series of a group of reports. A series goes by the id of its earliest fact, and is found by that of any."""
    ids = {report.name: report.id for report in audit.reports}
    for facts in followed(audit.extractions, audit.alignments):
        names = [fact_id(ids[fact.mention.report], fact) for fact in facts]
        last, told = facts[-1], _values(facts)
        agency = next((fact.agency for fact in reversed(facts) if fact.agency), None)
        row = (
            names[0], key, last.indicator, last.category, agency, last.role, last.mention.unit,
            len({fact.mention.report for fact in facts}), len(told), sum(len(values) > 1 for values in told.values()),
            edtf(facts[0].period), edtf(last.period),
        )  # fmt: skip
        connection.execute(f"INSERT INTO series VALUES ({', '.join('?' * len(row))})", row)
        members = [(name, names[0], at) for at, name in enumerate(names)]
        connection.executemany("INSERT INTO series_facts VALUES (?, ?, ?)", members)


def _values(facts: tuple[Fact, ...]) -> dict[str | None, set[object]]:
    """The values that are told of each time."""
    found: dict[str | None, set[object]] = defaultdict(set)
    for fact in facts:
        found[edtf(fact.period)].add((fact.mention.value, fact.mention.bound))
    return found


def series_with(
    store: Store, wanted: str, *, by: str = "reports", most: int = 50, since: int = 0
) -> tuple[list[sqlite3.Row], int]:
    """The series whose indicator, category or agency has all the words, and how many there are."""
    tests, values = ["1"], []
    for word in wanted.split():
        tests.append("indicator || ' ' || ifnull(category, '') || ' ' || ifnull(agency, '') LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    tied = f"FROM series WHERE {' AND '.join(tests)}"
    count = store.rows(f"SELECT count(*) {tied}", tuple(values))[0][0]
    order = ORDERS.get(by, ORDERS["reports"])
    return store.rows(f"SELECT * {tied} ORDER BY {order} LIMIT ? OFFSET ?", (*values, most, since)), count


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator in two reports: the latest value that each of them tells."""

    was: sqlite3.Row
    now: sqlite3.Row

    @property
    def step(self) -> float:
        """By how much of what it was it is another now."""
        was, now = float(self.was["value"] or 0), float(self.now["value"] or 0)
        return abs(now - was) / (abs(was) or 1.0)

    @property
    def is_comparable(self) -> bool:
        """The two times are equally long: a half-year is not held against a year."""
        was, now = (
            (date.fromisoformat(each["period_end"]) - date.fromisoformat(each["period_start"])).days
            for each in (self.was, self.now)
        )
        return max(was, now) <= _MONTH or max(was, now) <= _ABOUT * min(was, now)


def moved(store: Store, earlier_id: str, later_id: str) -> list[Moved]:
    """The indicators that both reports follow and of which they tell different times, those that moved most first."""
    latest: dict[str, dict[str, sqlite3.Row]] = defaultdict(dict)
    for row in store.rows(
        "SELECT s.series_id, f.* FROM series_facts s JOIN facts f USING (fact_id) WHERE f.report_id IN (?, ?) "
        "ORDER BY s.position",
        (earlier_id, later_id),
    ):
        latest[row["series_id"]][row["report_id"]] = row
    both = [Moved(each[earlier_id], each[later_id]) for each in latest.values() if len(each) == 2]
    other = [each for each in both if each.was["period"] != each.now["period"] and each.is_comparable]
    return sorted(other, key=lambda each: (-each.step, each.now["start"]))
