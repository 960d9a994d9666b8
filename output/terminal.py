"""The summary on the terminal: what was read, what was confirmed, what contradicts; plain text when piped."""

from __future__ import annotations

from typing import Literal

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model import Audit, Finding, Problem, Report
from .passages import Passage, passages, printable
from .records import difference
from .summary import amount, grouped, percentage, span, totals
from .wrap import wrapped

Language = Literal["zh-TW", "en"]

_SHOWN = 20
"""Findings of one severity that are written out; the page has all of them."""

_QUOTED = 4
"""Passages of one finding that are quoted."""
_INDENT = 3

_WORDS: dict[Language, dict[str, str]] = {
    "zh-TW": {
        "read": "讀入",
        "report": "{} 份報告",
        "reports": "{} 份報告",
        "mentions": "{quantities} 個數量 · {dates} 個日期",
        "numerals": "數字",
        "share": "{all} 個，{share} 已判讀 · {read} 個在數量與日期中 · {recognised} 個另有所指 · {unread} 個未讀懂",
        "checked": "核對",
        "confirmed": "{} 個經算式證實",
        "contradicted": "{} 個互相矛盾",
        "undecided": "{} 個無法判定",
        "untied": "{} 個無從核對",
        "contradiction": "矛盾",
        "suspicious": "可疑",
        "note": "附註",
        "none": "能核對的數字都相符，沒有發現矛盾。",
        "none_left": "除略去者外，沒有發現矛盾。",
        "none_sure": "沒有可以斷言的矛盾；可疑之處如上，值得一問。",
        "arithmetic": "文中 {stated} · 算得 {computed}",
        "twice": "此處 {stated} · 他處 {computed}",
        "difference": " · 差 {}",
        "more": "…另有 {} 處，見稽核頁",
        "suppressed": "略去",
        "baseline": "{} 則為基準檔所接受",
        "selection": "{} 則未選取",
        "problems": "問題",
        "told": "{} 則，見標準錯誤輸出",
        "to": " 至 ",
    },
    "en": {
        "read": "Read",
        "report": "{} report",
        "reports": "{} reports",
        "mentions": "{quantities} quantities · {dates} dates",
        "numerals": "Numerals",
        "share": "{share} of {all} read · {read} in mentions · {recognised} something else · {unread} not understood",
        "checked": "Checked",
        "confirmed": "{} confirmed by arithmetic",
        "contradicted": "{} contradicted",
        "undecided": "{} not decidable",
        "untied": "{} with nothing to check against",
        "contradiction": "Contradictions",
        "suspicious": "Suspicious",
        "note": "Notes",
        "none": "Whatever could be checked agrees: no contradiction found.",
        "none_left": "No contradiction but those left out.",
        "none_sure": "No contradiction that is sure; what is suspicious is worth a question.",
        "arithmetic": "stated {stated} · computed {computed}",
        "twice": "here {stated} · elsewhere {computed}",
        "difference": " · difference {}",
        "more": "… and {} more, see the audit page",
        "suppressed": "Left out",
        "baseline": "{} accepted in the baseline",
        "selection": "{} not selected",
        "problems": "Problems",
        "told": "{}, told on standard error",
        "to": " to ",
    },
}
_STYLES = {"contradiction": "bold red", "suspicious": "bold yellow", "note": "bold cyan"}


def print_summary(audit: Audit, console: Console, language: Language = "zh-TW") -> None:
    """Write the summary of an audit."""
    if not console.is_terminal:  # what is piped ends its lines without the blanks that fill a screen
        with console.capture() as capture:
            _print(audit, console, language)
        console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))
        return
    _print(audit, console, language)


def _print(audit: Audit, console: Console, language: Language) -> None:
    words = _WORDS[language]
    console.print(_figures(audit, words))
    contradictions = 0
    for severity in ("contradiction", "suspicious", "note"):
        found = [finding for finding in audit.findings if finding.severity == severity]
        contradictions += len(found) if severity == "contradiction" else 0
        if not found:
            continue
        console.print()
        console.print(Text(f"{words[severity]} {grouped(len(found))}", style=_STYLES[severity]))
        reports = {report.name: report for report in audit.reports}
        for number, finding in enumerate(found[:_SHOWN], start=1):
            if number > 1:
                console.print()
            console.print(_finding(number, finding, reports, words, language, console.width))
        if len(found) > _SHOWN:
            console.print(Padding(Text(words["more"].format(grouped(len(found) - _SHOWN)), style="dim"), (0, 0, 0, 4)))
    if not contradictions and audit.extractions:
        console.print()
        questions = any(finding.severity == "suspicious" for finding in audit.findings)
        said = "none_sure" if questions else "none_left" if audit.suppressed else "none"
        console.print(Text(words[said], style="yellow" if questions else "green"))


def problem_text(problem: Problem, language: Language) -> Text:
    """One line that names the file and says what to do."""
    message = problem.message_zh if language == "zh-TW" else problem.message_en
    colon = "：" if language == "zh-TW" else ": "
    return Text.assemble((printable(problem.path), "bold"), colon, printable(message))


def _figures(audit: Audit, words: dict[str, str]) -> Table:
    """The head: a few lines of figures."""
    count, coverage = totals(audit), audit.coverage
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column()
    covered = span(audit, words["to"])
    read = words["report" if count.reports == 1 else "reports"].format(grouped(count.reports))
    mentions = words["mentions"].format(quantities=grouped(count.quantities), dates=grouped(count.dates))
    grid.add_row(words["read"], " · ".join(part for part in (read, covered, mentions) if part))
    share = percentage(coverage.numerals - coverage.unread, coverage.numerals)
    grid.add_row(
        words["numerals"],
        words["share"].format(
            share=share,
            all=grouped(coverage.numerals),
            read=grouped(coverage.numerals - coverage.recognised - coverage.unread),
            recognised=grouped(coverage.recognised),
            unread=grouped(coverage.unread),
        ),
    )
    checked = Text()
    for state, style in (("confirmed", "green"), ("contradicted", "red"), ("undecided", "yellow"), ("untied", "dim")):
        number: int = getattr(coverage, state)
        if number or state in ("confirmed", "untied"):
            checked.append(" · " if checked else "")
            checked.append(words[state].format(grouped(number)), style=style)
    grid.add_row(words["checked"], checked)
    if audit.suppressed:
        by = [each.by for each in audit.suppressed]
        left = [words[way].format(grouped(by.count(way))) for way in ("baseline", "selection") if way in by]
        grid.add_row(words["suppressed"], Text(" · ".join(left), style="dim"))
    if audit.problems:
        grid.add_row(words["problems"], Text(words["told"].format(grouped(len(audit.problems))), style="yellow"))
    return grid


def _finding(
    number: int,
    finding: Finding,
    reports: dict[str, Report],
    words: dict[str, str],
    language: Language,
    width: int,
) -> Table:
    """A finding: what it is, the arithmetic, and the passages that prove it."""
    message = finding.message_zh if language == "zh-TW" else finding.message_en
    lines = [wrapped(Text(printable(message)), width - _INDENT)]
    relation = finding.relation
    # Most messages tell the arithmetic themselves.
    if relation is not None and not (relation.stated in message and relation.computed in message):
        wording = words["twice" if relation.kind in ("same", "dates") else "arithmetic"]
        arithmetic = wording.format(stated=amount(relation.stated), computed=amount(relation.computed))
        gap = difference(relation)
        lines.append(Text(arithmetic + (words["difference"].format(amount(gap)) if gap else ""), style="bold"))
    quoted = passages(finding.mentions, reports)
    for passage in quoted[:_QUOTED]:
        lines.append(wrapped(_quotation(passage), width - _INDENT))
        lines.append(Text(f"{passage.report}:{passage.line}", style="dim"))
    if len(quoted) > _QUOTED:
        lines.append(Text(words["more"].format(len(quoted) - _QUOTED), style="dim"))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style=_STYLES[finding.severity], min_width=2)
    grid.add_column(overflow="fold")
    grid.add_row(str(number), Group(*lines))
    return grid


def _quotation(passage: Passage) -> Text:
    text = Text("「")
    for segment in passage.segments:
        text.append(segment.text, style="reverse" if segment.marked else "")
    return text.append("」")
