"""Rows on disk: in their order, whatever the order in which they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from heshu.output.spool import Spool

KEYS = 8


@pytest.fixture(params=["its own file", "a file of ours"])
def spool(request: pytest.FixtureRequest, tmp_path: Path) -> Spool:
    return Spool(None if request.param == "its own file" else tmp_path / "work" / "rows.sqlite")


def test_rows_stand_by_their_places(spool: Spool) -> None:
    for place, lines in ((7, ['{"n": 3}']), (2, ['{"n": 1}', '{"n": 2}']), (5, [])):
        spool.put("facts", place, lines)
    spool.put("relations", 1, ['{"m": 1}'])
    rows = spool.rows("facts")
    assert len(rows) == 3
    assert [row["n"] for row in rows] == [row["n"] for row in rows] == [1, 2, 3]
    assert [*rows.lines()] == ['{"n": 1}', '{"n": 2}', '{"n": 3}']
    assert (rows[0], rows[-1], rows[1:]) == ({"n": 1}, {"n": 3}, [{"n": 2}, {"n": 3}])
    assert not spool.rows("findings")


def test_sorted_rows_go_by_all_their_keys_as_python_sorts_them(spool: Spool) -> None:
    keys = [(*first, *("" for _ in range(KEYS - 1 - len(first))), last) for first in (("乙", "b"), ("", "B"), ("Z", "a"), ("乙", "a"), ("𠮷", ""), ("Z", "")) for last in "21"]  # fmt: skip
    spool.sort((key, repr(key)) for key in keys)
    assert [*spool.sorted().lines()] == [repr(key) for key in sorted(keys)]
    assert len(spool.sorted()) == len(keys)


def test_what_an_earlier_run_has_left_goes(tmp_path: Path) -> None:
    Spool(tmp_path / "rows.sqlite").put("facts", 1, ["{}"])
    assert len(Spool(tmp_path / "rows.sqlite").rows("facts")) == 0
