"""Findings that a report itself sets aside, by a comment: ``heshu: ignore SUM 已查證``.

A check goes by the line: the comment stands at the end of the line of a figure, or on the line above it. The id of a finding
goes wherever the comment stands in one of its reports. A comment without a reason sets nothing aside, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import typer

from ..lookup import Reports
from ..model import Audit, Finding, Report, Suppressed
from ..notation import Both
from ..output.passages import printable
from ..output.tables import finding_ids
from .options import Lang

_NO_REASON = Both(
    "{}:{}：「heshu: ignore」之後須寫理由，未略去任何發現",
    "{}:{}: heshu: ignore needs a reason behind it; no finding is left out",
)
_IDLE = Both("{}:{}：「heshu: ignore {}」沒有對應的發現", "{}:{}: heshu: ignore {} fits no finding")


@dataclass(frozen=True, slots=True)
class _Comment:
    report: str
    line: int
    named: str
    reason: str

    def fits(self, finding: Finding, identity: str, lines: dict[str, set[int]]) -> bool:
        """It names the finding, or its check at this line or the one below."""
        here = lines.get(self.report, set())
        if self.named == identity:
            return bool(here)
        return self.named.upper() == finding.code and bool(here & {self.line, self.line + 1})


def set_aside(found: Audit, lang: Lang) -> Audit:
    """The audit without the findings that comments in the reports set aside."""
    reports = Reports(found)
    named = [name for name, _ in found.names if found.remarked is None or name in found.remarked]
    comments = [comment for name in named for comment in _comments(reports[name])]
    if not comments:
        return found
    for comment in comments:
        if not comment.reason:
            typer.echo(f"heshu: {_NO_REASON.of(lang.value).format(comment.report, comment.line)}", err=True)
    given = [comment for comment in comments if comment.reason]
    kept: list[Finding] = []
    left = list(found.suppressed)
    used: set[_Comment] = set()
    for finding, identity in zip(found.findings, finding_ids(found.findings), strict=True):
        lines = _lines(finding, reports)
        fitting = [comment for comment in given if comment.fits(finding, identity, lines)]
        used.update(fitting)
        if fitting:
            left.append(Suppressed(finding, "comment", fitting[0].reason))
        else:
            kept.append(finding)
    for comment in given:
        if comment not in used:
            typer.echo(f"heshu: {_IDLE.of(lang.value).format(comment.report, comment.line, comment.named)}", err=True)
    return replace(found, findings=tuple(kept), suppressed=tuple(left))


def _comments(report: Report) -> Iterator[_Comment]:
    from ..corpus.comments import comments_in

    for comment in comments_in(report.text):
        for named in comment.named:
            yield _Comment(report.name, report.line(comment.start), named, printable(comment.reason))


def _lines(finding: Finding, reports: Mapping[str, Report]) -> dict[str, set[int]]:
    """The lines on which the figures of a finding stand, by report."""
    lines: dict[str, set[int]] = {}
    for mention in finding.mentions:
        if mention.report in reports:
            lines.setdefault(mention.report, set()).add(reports[mention.report].line(mention.start))
    return lines
