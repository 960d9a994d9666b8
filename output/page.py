"""The audit page: one file that opens offline and can be mailed, with no script and no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..model import Audit, Coverage, Extraction, Finding, Severity
from .passages import Passage, legible, passages, printable
from .records import difference, report_record
from .summary import amount, grouped, percentage, span, totals

if TYPE_CHECKING:
    import jinja2

_HERE = Path(__file__).parent

_SEVERITIES: tuple[tuple[Severity, str, str], ...] = (
    ("contradiction", "矛盾", "報告自己的數字彼此不符。"),
    ("suspicious", "可疑", "不一定有錯，但值得一問。"),
    ("note", "附註", "進位方式不同、單位混用等。"),
)
_STATES = (
    ("confirmed", "經算式證實", "與報告中其他數字相符"),
    ("contradicted", "互相矛盾", "牽涉至少一項矛盾"),
    ("undecided", "無法判定", "有關聯，但寫法不夠精確"),
    ("untied", "無從核對", "沒有可以對照的數字"),
)


@dataclass(frozen=True, slots=True)
class _State:
    """One stretch of the coverage bar, which is 1000 wide."""

    name: str
    label: str
    hint: str
    count: int
    share: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class _Card:
    number: int
    code: str
    message: str
    twice: bool
    """One thing told twice: nothing is computed, one figure stands against the other."""
    stated: str | None
    computed: str | None
    difference: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    label: str
    hint: str
    cards: tuple[_Card, ...]


def render(audit: Audit) -> str:
    """The page as HTML. Everything that a report or a file name says is escaped."""
    from markupsafe import Markup

    style = (_HERE / "audit.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    count = totals(audit)
    contradictions = sum(finding.severity == "contradiction" for finding in audit.findings)
    return _template().render(
        audit=audit,
        coverage=audit.coverage,
        # Our own file, and the only thing that goes in as it is: its hash must be the one in the policy.
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        headline=f"{grouped(contradictions)} 項矛盾" if contradictions else "沒有發現矛盾",
        span=span(audit),
        quantities=count.quantities,
        dates=count.dates,
        read_share=percentage(audit.coverage.numerals - audit.coverage.unread, audit.coverage.numerals),
        states=_states(audit.coverage),
        groups=tuple(_groups(audit)),
        reports=[report_record(extraction) for extraction in audit.extractions],
        unread=[(each.report.name, _unread(each)) for each in audit.extractions if each.unread],
    )


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"grouped": grouped, "amount": amount, "printable": printable}
    return environment.get_template("audit.html.j2")


def _states(coverage: Coverage) -> tuple[_State, ...]:
    total = coverage.confirmed + coverage.contradicted + coverage.undecided + coverage.untied
    states: list[_State] = []
    passed = 0
    for name, label, hint in _STATES:
        count: int = getattr(coverage, name)
        x = passed * 1000 // total if total else 0
        passed += count
        width = (passed * 1000 // total if total else 0) - x
        states.append(_State(name, label, hint, count, percentage(count, total), x, width))
    return tuple(states)


def _groups(audit: Audit) -> Iterable[_Group]:
    reports = {report.name: report for report in audit.reports}

    def card(number: int, finding: Finding) -> _Card:
        relation = finding.relation
        return _Card(
            number,
            finding.code,
            printable(finding.message_zh),
            relation is not None and relation.kind in ("same", "dates"),
            relation.stated if relation else None,
            relation.computed if relation else None,
            difference(relation) if relation else None,
            passages(finding.mentions, reports),
        )

    number = 0
    for name, label, hint in _SEVERITIES:
        cards = []
        for finding in audit.findings:
            if finding.severity == name:
                number += 1
                cards.append(card(number, finding))
        if cards:
            yield _Group(name, label, hint, tuple(cards))


def _unread(extraction: Extraction) -> list[tuple[int, str, str, str]]:
    """The numerals that nothing understood, with their line and a few characters of context."""
    report = extraction.report
    return [
        (
            report.line(entry.start),
            legible(report.text[max(0, entry.start - 16) : entry.start]).lstrip(),
            legible(entry.text),
            legible(report.text[entry.end : entry.end + 12]).rstrip(),
        )
        for entry in extraction.unread
    ]
