"""What people did in a store, decisions and corrections, as one file that another store takes up with the same ids.

The file tells each finding by its id and by what it is known by, and each figure by its characters and the words around it; a report by
its bytes, else by its name. What it speaks of need not be there yet: it waits, and holds once the report is read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import pipeline
from .corrections import FIELDS, checked, fitting
from .decisions import DECISIONS
from .incoming import AWAITED, GIVEN
from .keep import Store, set_meta
from .settle import drop_group, new_name
from .upgrade import Upgraded, upgrade

FORM = "heshu-work-1"
"""What a file of this kind begins with, so that none other is taken for one."""
_DECIDED = ("finding_id", "code", "fingerprint", "context", "report", "decision", "message", "reason", "at")


class WorkError(ValueError):
    """A file that is none of this kind, or not whole; tells which entry."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What came of a file."""

    decisions: int
    """How many are new here, or later than those that were here."""
    corrections: int
    times: int
    upgraded: Upgraded
    """What was read again."""


def dump(store: Store) -> str:
    """All that was decided and corrected, as JSON, whether or not its report is there now."""
    decisions = store.rows(
        f"SELECT {', '.join(_DECIDED)} FROM decisions JOIN identities USING (finding_id) ORDER BY finding_id"
    )
    corrections = store.rows("SELECT kind, report, content, at FROM corrections ORDER BY correction_id")
    times = store.rows(
        "SELECT report, given_period, given_issued FROM current_reports "
        "WHERE coalesce(given_period, given_issued) IS NOT NULL"
    )
    reports = store.rows("SELECT report, report_id FROM current_reports")
    told: dict[str, object] = {
        "form": FORM,
        "reports": {row["report"]: row["report_id"] for row in reports},
        "decisions": [dict(row) for row in decisions],
        "corrections": [{**dict(row), "content": json.loads(row["content"])} for row in corrections],
        "times": [dict(row) for row in times],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def is_work(data: bytes) -> bool:
    """Whether bytes are a file of this kind."""
    return FORM.encode() in data[:100]


def take_up(store: Store, told: str, *, progress: Callable[[int, int], None] | None = None) -> TakenUp:
    """Keep what a file tells beside what is here, and read again what it corrects; raises ``WorkError``.

    Of two decisions on one finding the later one holds. What is here already is kept once.
    """
    content = _read(told)
    with store.writing() as connection:
        names = _names(connection, content["reports"])
        decisions = _decisions(connection, content["decisions"], names)
        corrections = [
            one for one in (_named(each, names) for each in content["corrections"]) if _is_new(connection, one)
        ]
        for one in corrections:
            row = (one["kind"], one["report"], _text(one["content"]), one["at"])
            connection.execute("INSERT INTO corrections (kind, report, content, at) VALUES (?, ?, ?, ?)", row)
        times = [
            each for each in (_named(one, names) for one in content["times"]) if _is_timed(store, connection, each)
        ]
        for name in {one["report"] for one in (*corrections, *times)}:
            # Whatever happens now, these are known to be read again.
            query = "UPDATE reports SET rules = '' WHERE report = ? AND superseded_by IS NULL"
            connection.execute(query, (name,))
    return TakenUp(decisions, len(corrections), len(times), upgrade(store, what="work", progress=progress))


def _names(connection: sqlite3.Connection, reports: Mapping[str, str]) -> dict[str, str]:
    """What the reports of the file go by here, where that is another name."""
    found = {}
    for name, report_id in reports.items():
        row = connection.execute(
            "SELECT report FROM reports WHERE report_id = ? AND superseded_by IS NULL", (report_id,)
        ).fetchone()
        if row is not None:
            found[name] = str(row[0])
    return found


def _named(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """An entry with the names that its reports go by here."""
    made = {**one, "report": names.get(one["report"], one["report"])}
    if "content" in one and one["content"].get("across"):
        figures = [{**each, "report": names.get(each["report"], each["report"])} for each in one["content"]["figures"]]
        made["content"] = {**one["content"], "figures": figures}
    return made


def _is_new(connection: sqlite3.Connection, one: Mapping[str, Any]) -> bool:
    row = (one["kind"], one["report"], _text(one["content"]))
    query = "SELECT 1 FROM corrections WHERE kind = ? AND report = ? AND content = ?"
    return connection.execute(query, row).fetchone() is None


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _is_timed(store: Store, connection: sqlite3.Connection, one: Mapping[str, Any]) -> bool:
    """Keep the time of a report; whether it is another than it was."""
    told = tuple(one[name] for name in GIVEN)
    row = connection.execute(
        "SELECT given_period, given_issued FROM reports WHERE report = ? AND superseded_by IS NULL", (one["report"],)
    ).fetchone()
    if row is None:
        waiting = json.loads(store.meta(AWAITED) or "{}") | {one["report"]: dict(zip(GIVEN, told, strict=True))}
        set_meta(connection, AWAITED, _text(waiting))
        return True
    query = "UPDATE reports SET given_period = ?, given_issued = ? WHERE report = ? AND superseded_by IS NULL"
    connection.execute(query, (*told, one["report"]))
    return tuple(row) != told


# --- findings: their ids are those of the file


def _decisions(connection: sqlite3.Connection, told: Iterable[Mapping[str, str]], names: Mapping[str, str]) -> int:
    count = 0
    for one in told:
        name = _identity(connection, _named(one, names))
        known = connection.execute("SELECT at FROM decisions WHERE finding_id = ?", (name,)).fetchone()
        if known is not None and known["at"] >= one["at"]:
            continue
        row = (name, one["decision"], one["message"], one["reason"], one["at"])
        connection.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?)", row)
        count += 1
    return count


def _identity(connection: sqlite3.Connection, one: Mapping[str, Any]) -> str:
    """The id of a finding here: that of the file, unless people have decided on it under another one."""
    key = (one["code"], one["fingerprint"])
    alike = connection.execute(
        "SELECT i.*, d.finding_id IS NOT NULL AS decided FROM identities i LEFT JOIN decisions d USING (finding_id) "
        "WHERE code = ? AND fingerprint = ?",
        key,
    ).fetchall()
    here = next((row for row in alike if row["context"] == one["context"] and row["report"] == one["report"]), None)
    if here is not None and (here["finding_id"] == one["finding_id"] or here["decided"]):
        return str(here["finding_id"])
    # Another finding goes by that id, or this one by another: what they are called is worked out anew.
    for row in (each for each in alike if each is here or each["finding_id"] == one["finding_id"]):
        query = "SELECT group_id FROM findings WHERE finding_id = ?"
        for (group,) in connection.execute(query, (row["finding_id"],)).fetchall():
            drop_group(connection, group)
        if row["decided"]:
            _moved(connection, row)
        else:
            connection.execute("DELETE FROM identities WHERE finding_id = ?", (row["finding_id"],))
    told = (one["finding_id"], *key, one["context"], one["report"])
    connection.execute("INSERT INTO identities VALUES (?, ?, ?, ?, ?)", told)
    return str(one["finding_id"])


def _moved(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Another finding takes the id of one that was decided on."""
    name = new_name(connection, f"{row['code']}-{row['fingerprint']}")
    told = (name, row["code"], row["fingerprint"], row["context"], row["report"])
    connection.execute("INSERT INTO identities VALUES (?, ?, ?, ?, ?)", told)
    connection.execute("UPDATE decisions SET finding_id = ? WHERE finding_id = ?", (name, row["finding_id"]))
    connection.execute("DELETE FROM identities WHERE finding_id = ?", (row["finding_id"],))


# --- the file: it comes from elsewhere, so nothing in it is taken for granted


def _read(told: str) -> dict[str, Any]:
    try:
        content = json.loads(told)
    except ValueError as error:
        raise WorkError(str(error)) from error
    if not isinstance(content, dict) or content.get("form") != FORM:
        raise WorkError(f"form: {FORM}")
    reports = content.setdefault("reports", {})
    if not isinstance(reports, dict) or not all(isinstance(each, str) for each in reports.values()):
        raise WorkError("reports")
    for table, check in (("decisions", _decision), ("corrections", _correction), ("times", _times)):
        listed = content.setdefault(table, [])
        if not isinstance(listed, list):
            raise WorkError(table)
        for number, one in enumerate(listed, start=1):
            try:
                check(one)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise WorkError(f"{table} {number}: {error}") from error
    return content


def _texts(one: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        if not isinstance(one[name], str):
            raise ValueError(name)


def _decision(one: Any) -> None:
    _texts(one, _DECIDED)
    if one["decision"] not in DECISIONS or not one["finding_id"].startswith(f"{one['code']}-"):
        raise ValueError("decision")


def _times(one: Any) -> None:
    _texts(one, ["report"])
    for name in GIVEN:
        if one[name] is not None:
            pipeline.time_told(one[name])


def _correction(one: Any) -> None:
    _texts(one, ["kind", "report", "at"])
    content = one["content"]
    if one["kind"] == "reading":
        _figure(content["missed" if "missed" in content else "figure"], is_read="missed" not in content)
        if any(name not in FIELDS or not isinstance(value, str) for name, value in content["set"].items()):
            raise ValueError("set")
        if "missed" in content and not {"value", "date"} & checked(content["set"]).keys():
            raise ValueError("set")
        if content.get("figure", {}).get("kind") == "date" and content["set"] and "date" not in content["set"]:
            raise ValueError("set")
        checked(content["set"])
        return
    for each in content["figures"]:
        _figure(each, is_read=True)
        if content.get("across"):
            _texts(each, ["report"])
    if one["kind"] != "tie" or len(content["figures"]) < 2:
        raise ValueError("kind")
    if "untie" in content:
        _texts(content, ["untie"])
    elif fitting(content["tie"], range(len(content["figures"])), content["signs"]) != content["signs"]:
        raise ValueError("signs")


def _figure(known: Any, *, is_read: bool) -> None:
    _texts(known, ["text", "context", *(["kind"] if is_read else [])])
    if not isinstance(known["start"], int) or not known["text"]:
        raise ValueError("start")
