"""What the pages show of the store: findings as cards, reports with their figures, two reports side by side."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import quote

from .. import pipeline
from ..model import Audit, Extraction, Mention, Report
from ..notation import Both
from ..output.beside import Beside
from ..output.beside import beside as laid
from ..output.page_figures import Figures, figures, tidy, when
from ..output.page_findings import Card, cards
from ..output.page_texts import ReportShown, shown
from ..output.passages import legible
from ..store import Store
from ..store.audits import Named, of_findings, of_report, reports_of
from ..store.corrections import Correction
from ..store.kinship import kin_in
from ..store.series import moved
from .words import FIELDS


class Linked(Figures):
    """Figures whose links lead to the page of their report, an address that stays."""

    __slots__ = ()

    def link(self, mention: Mention) -> str | None:
        """To a figure in the text of its report."""
        if mention.report not in self.order:
            return None
        report = self.audit.extractions[self.order[mention.report]].report
        return address(report.id, mention.start)


def address(report_id: str, start: int | None = None) -> str:
    """Where a report stands, or a figure of it."""
    return f"/reports/{quote(report_id)}" + ("" if start is None else f"#r0-{start}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what was decided of it."""

    finding_id: str
    card: Card
    decision: str | None
    reason: str
    is_new: bool
    """It came with the last run."""


_FILTERS = {
    "severity": "f.severity = ?",
    "code": "f.code = ?",
    "report": "f.finding_id IN (SELECT finding_id FROM finding_reports WHERE report_id = ?)",
}
_STATES = {
    "open": "(d.decision IS NULL)",
    "accepted": "d.decision = 'accepted'",
    "dismissed": "d.decision = 'dismissed'",
    "asked": "d.decision = 'asked'",
    "all": "1",
}
PAGE = 25


def findings(
    store: Store, wanted: Mapping[str, str], since: int = 0, most: int = PAGE
) -> tuple[tuple[Shown, ...], dict[str, int]]:
    """The findings that are wanted, the weightiest first, and how many there are of each state."""
    tests = [(_FILTERS[name], value) for name, value in wanted.items() if name in _FILTERS and value]
    words = wanted.get("q", "").strip()
    clauses = [test for test, _ in tests]
    values: list[object] = [value for _, value in tests]
    for word in words.split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        clauses.append("(f.message_zh || f.message_en || f.passages || f.report LIKE ? ESCAPE '\\')")
        values.append(like)
    tied = "FROM findings f LEFT JOIN decisions d USING (finding_id) WHERE " + " AND ".join(["1", *clauses])
    counts = {
        name: store.rows(f"SELECT count(*) {tied} AND {test}", tuple(values))[0][0] for name, test in _STATES.items()
    }
    state = _STATES.get(wanted.get("state", "open"), _STATES["open"])
    rows = store.rows(
        f"SELECT f.finding_id, f.run_id, d.decision, d.reason {tied} AND {state} "
        "ORDER BY f.weight, f.confidence DESC, f.report, f.line, f.position LIMIT ? OFFSET ?",
        (*values, most, since),
    )
    return shown_findings(store, rows, since), counts


def one_finding(store: Store, finding_id: str) -> Shown | None:
    """A finding by its id."""
    rows = store.rows(
        "SELECT f.finding_id, f.run_id, d.decision, d.reason FROM findings f LEFT JOIN decisions d USING (finding_id) "
        "WHERE f.finding_id = ?",
        (finding_id,),
    )
    return next(iter(shown_findings(store, rows)), None)


def shown_findings(store: Store, rows: Sequence[sqlite3.Row], since: int = 0) -> tuple[Shown, ...]:
    """Findings as cards, in the order of the rows."""
    if not rows:
        return ()
    audit, named = of_findings(store, [row["finding_id"] for row in rows])
    known = {name: (decision, reason, run) for name, run, decision, reason in rows}
    last = store.rows("SELECT ifnull(max(run_id), 0) FROM runs")[0][0]
    first = store.rows("SELECT ifnull(min(run_id), 0) FROM runs")[0][0]
    made = _cards(store, audit, named)
    told = []
    for number, each in enumerate(named, start=since + 1):
        decision, reason, run = known[each.finding_id]
        told.append(
            Shown(
                each.finding_id,
                replace(made[each.finding_id], number=number),
                decision,
                reason or "",
                run == last > first,
            )
        )
    return tuple(told)


def _cards(store: Store, audit: Audit, named: Iterable[Named]) -> dict[str, Card]:
    """The card of each finding by its id. A title names a report where no other of the store has it."""
    titles = Counter(tidy(row["title"] or "") for row in store.rows("SELECT title FROM current_reports"))
    found = linked(replace(figures(audit), titles=titles))
    ids = {id(each.finding): each.finding_id for each in named}
    return {ids[id(finding)]: card for finding, card in zip(found.findings, cards(found), strict=True)}


def linked(found: Figures) -> Linked:
    """The same with links to the pages of the app."""
    return Linked(**{field.name: getattr(found, field.name) for field in fields(Figures)})


def report_text(store: Store, report_id: str) -> tuple[ReportShown, list[str], tuple[Named, ...], Audit]:
    """A report with its figures; the ids of the reports that they are tied to, its own first; and its findings."""
    audit, named = of_report(store, report_id)
    own = audit.extractions[0]
    others = sorted(
        {mention.report for each in audit.relations for mention in (each.result, *each.terms)} - {own.report.name}
    )
    ids = {row["report"]: row["report_id"] for row in store.rows("SELECT report, report_id FROM current_reports")}
    # Of the others nothing is shown but a link, so nothing of them is read.
    stubs = [
        Extraction(Report(ids[name], name, "", "", ()), None, None, None, (), (), ()) for name in others if name in ids
    ]
    found = figures(replace(audit, extractions=(own, *stubs)))
    return shown(found, 0), [own.report.id, *(each.report.id for each in stubs)], named, audit


@dataclass(frozen=True, slots=True)
class Before:
    """The last report before one, of the same body and series, and which indicators moved since."""

    row: sqlite3.Row
    when: Both
    moved: tuple[tuple[str, Both, str, Both, str, str], ...]
    """What; the time, what was told of it and the same now; where it stands now."""
    count: int


_MOVED = 12
"""So many of the indicators that moved are told."""


def last_before(store: Store, row: sqlite3.Row) -> Before | None:
    """What there is to say of the report before; None where there is none."""
    names = kin_in(store).before.get(row["report"], ()) if row["superseded_by"] is None else ()
    rows = [store.one("SELECT * FROM current_reports WHERE report = ?", (name,)) for name in names]
    known = [
        (each, moved(store, each["report_id"], row["report_id"])) for each in rows if each and _may_be_one(each, row)
    ]
    same = [pair for pair in known if row["agency"] and pair[0]["agency"] == row["agency"]]
    # Where offices do not tell, the one that follows most of the same indicators.
    earlier, found = same[0] if same else max(known, key=lambda pair: len(pair[1]), default=(None, []))
    if earlier is None or not (same or found):
        return None
    told = tuple(
        (
            tidy("／".join(part for part in (one.now["indicator"], one.now["category"]) if part)),
            when(one.was["period"]), legible(one.was["text"]), when(one.now["period"]), legible(one.now["text"]),
            address(row["report_id"], one.now["start"]),
        )
        for one in found[:_MOVED]
    )  # fmt: skip
    return Before(earlier, when(earlier["period"]), told, len(found))


def _may_be_one(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """The offices of two reports may be one; a city may be told for its department."""
    first, second = one["agency"] or "", other["agency"] or ""
    return bool(first) == bool(second) and (first.startswith(second) or second.startswith(first))


def beside(store: Store, earlier_id: str, later_id: str) -> Beside:
    """Two reports of the store side by side."""
    earlier, later = reports_of(store, (earlier_id, later_id))
    return laid(earlier.report, later.report, pipeline.align(earlier, later))


def corrections(known: Iterable[Correction]) -> list[tuple[int, Both]]:
    """What was corrected in a report, in a line each."""
    return [(each.correction_id, _in_words(each)) for each in known]


def _in_words(correction: Correction) -> Both:
    content = correction.content
    if correction.kind == "reading":
        figure, told = content.get("figure") or content["missed"], content["set"]
        assert isinstance(figure, dict)
        assert isinstance(told, dict)
        if not told and figure.get("kind") == "date":
            return Both(f"「{figure['text']}」不是日期", f"“{figure['text']}” is no date")
        if not told:
            return Both(f"「{figure['text']}」不是數量", f"“{figure['text']}” is no quantity")
        zh = "、".join(f"{FIELDS[name].zh}為 {value}" for name, value in told.items())
        en = ", ".join(f"{FIELDS[name].en.lower()} {value}" for name, value in told.items())
        if "missed" in content:
            return Both(f"漏讀的「{figure['text']}」：{zh}", f"“{figure['text']}”, which was not read: {en}")
        return Both(f"「{figure['text']}」{zh}", f"“{figure['text']}”: {en}")
    figures = [
        f"{each['text']}（{each['report']}）" if "report" in each else str(each["text"])
        for each in content["figures"]  # type: ignore[attr-defined]
    ]
    if "untie" in content:
        return Both(f"{'、'.join(figures)} 無關", f"{', '.join(figures)} have nothing to do with each other")
    signs = [*content["signs"]]  # type: ignore[misc]
    terms = "".join(f" {'−' if sign == '-' else '+'} {text}" for sign, text in zip(signs, figures[1:], strict=True))
    if content["tie"] == "sum":
        told_ = f"{figures[0]} = {terms.removeprefix(' + ').strip()}"
    else:
        told_ = f"{figures[0]} = {' ÷ '.join(figures[1:])}"
    return Both(told_, told_)


def numbered(total: int, page: int, size: int) -> Both:
    """Which of how many are shown."""
    first, last = min((page - 1) * size + 1, total), min(page * size, total)
    return Both(f"第 {first:,}–{last:,} 項，共 {total:,} 項", f"{first:,}–{last:,} of {total:,}")


def marked(text: str, wanted: str) -> tuple[tuple[str, bool], ...]:
    """A passage around the first of the words that are searched for, with all of them marked."""
    words = sorted({re.escape(word) for word in unicodedata.normalize("NFKC", wanted).split()}, key=len, reverse=True)
    words = [re.sub(r"(?<=\d)(?=\d)", ",?", word.replace(",", "")) for word in words]
    if not words:
        return ((text[:_AROUND], False),)
    pattern = re.compile("|".join(words), re.IGNORECASE)
    first = pattern.search(text)
    start = max(first.start() - _BEFORE, 0) if first else 0
    shown_ = text[start : start + _AROUND]
    pieces = [("…", False)] if start else []
    at = 0
    for match in pattern.finditer(shown_):
        pieces += [(shown_[at : match.start()], False), (match[0], True)]
        at = match.end()
    pieces.append((shown_[at:] + ("…" if start + _AROUND < len(text) else ""), False))
    return tuple(pieces)


_BEFORE, _AROUND = 60, 240
