"""What each run brought and took away: the runs, the last one first, and all of one of them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..notation import Both
from ..output.page_figures import tidy
from ..output.passages import printable
from ..store import Store, StoreError
from . import words
from .site import LISTED, Site, number_of, paging

_RUNS, _FEW = 20, 20
"""Runs on a page, and changes and reports of each that are shown there."""


def runs(made: Site, request: Request, store: Store) -> Response:
    """The runs, each with the first of its changes."""
    count = store.rows("SELECT count(*) FROM runs")[0][0]
    since = (number_of(request) - 1) * _RUNS
    rows = store.rows("SELECT * FROM runs ORDER BY run_id DESC LIMIT ? OFFSET ?", (_RUNS, since))
    return made.page(
        store, "changes.html.j2", Both("變動", "Changes"), "changes", runs=[_run(store, row, _FEW, 0) for row in rows],
        kinds=words.RUNS, changes=words.CHANGES, few=_FEW, **paging(request, count, _RUNS),
    )  # fmt: skip


def one(made: Site, request: Request, store: Store) -> Response:
    """All changes of a run."""
    wanted = request.path_params["run"]
    row = store.one(
        "SELECT * FROM runs WHERE run_id = ?", (int(wanted) if wanted.isascii() and wanted.isdigit() else 0,)
    )
    if row is None:
        raise StoreError("unknown-run", store.path, wanted)
    run = _run(store, row, LISTED, (number_of(request) - 1) * LISTED)
    return made.page(
        store, "one_run.html.j2", Both("變動", "Changes"), "changes", run=run, kinds=words.RUNS, changes=words.CHANGES,
        **paging(request, max(run["total"], run["read"]), LISTED),
    )  # fmt: skip


def _fact(change: Any) -> tuple[str, tuple[tuple[Both, str, str], ...]]:
    """What a fact is, and what of it is another now: the field, what it was and what it is."""
    try:
        was, now = json.loads(change["before"] or "{}"), json.loads(change["after"] or "{}")
    except ValueError:  # a finding: its message
        return "", ()
    whole = now or was
    name = "／".join(str(whole[each]) for each in ("indicator", "category") if whole.get(each))
    fields = [each for each in words.FACT if was.get(each) != now.get(each)] if was and now else ["value_text"]
    return tidy(name), tuple((words.FACT[each], _field(was, each), _field(now, each)) for each in fields)


def _field(side: dict[str, Any], name: str) -> str:
    value, unit = side.get(name) or "", side.get("unit") or ""
    return printable(f"{value}{unit}" if value and name == "value_text" and unit != "ratio" else str(value))


def _run(store: Store, row: Any, most: int, since: int) -> dict[str, Any]:
    """A run with some of its changes and of the reports that it read, and how many there are of both."""
    run = row["run_id"]
    return dict(row) | {
        "local": datetime.fromisoformat(row["at"]).astimezone().strftime("%Y-%m-%d %H:%M"),
        "reports": store.rows(
            "SELECT report_id, report FROM reports WHERE run_id = ? ORDER BY report LIMIT ? OFFSET ?",
            (run, most, since),
        ),
        "read": store.rows("SELECT count(*) FROM reports WHERE run_id = ?", (run,))[0][0],
        "changes": [
            dict(each) | {"told": _fact(each)}
            for each in store.rows(
                "SELECT c.*, f.finding_id IS NOT NULL AS there FROM changes c LEFT JOIN findings f ON f.finding_id = c.key "
                "WHERE c.run_id = ? ORDER BY c.position LIMIT ? OFFSET ?",
                (run, most, since),
            )
        ],
        "total": store.rows("SELECT count(*) FROM changes WHERE run_id = ?", (run,))[0][0],
    }
