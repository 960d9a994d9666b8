"""The summary on the terminal: what was read, what was confirmed, what contradicts; plain text when piped."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..lookup import Reports
from ..model import Audit, Finding, Problem, Relation, Report
from ..notation import Language
from .against import against, told
from .counts import Tally
from .counts import tally as tally_of
from .page_figures import gap_of, result_of, weight
from .passages import Passage, passages, printable
from .summary import grouped, percentage, span
from .words import SEVERITIES, STATES
from .wrap import wrapped

_SHOWN = 20
"""Findings of one severity that are written out; the page has all of them."""

_QUOTED = 4
"""Passages of one finding that are quoted."""
_INDENT = 3

_WORDS: dict[Language, dict[str, str]] = {
    "zh-TW": {
        "read": "讀入",
        "reports": "{} 份報告|{} 份報告",
        "quantities": "{} 個數量|{} 個數量",
        "dates": "{} 個日期|{} 個日期",
        "numerals": "數字",
        "share": "{all} 個，已判讀 {share} · 數量與日期 {read} 個 · 非數量 {recognised} 個 · 未能判讀 {unread} 個",
        "checked": "核對",
        "state": "{label} {number} 個",
        "none": "可核對的數字均相符，沒有發現矛盾。",
        "none_left": "除略去者外，沒有發現矛盾。",
        "none_sure": "沒有可確定的矛盾；可疑之處如上，宜請說明。",
        "arithmetic": "所載 {stated} · 核算 {computed}",
        "twice": "此處 {stated} · 他處 {computed}",
        "difference": " · 相差 {}",
        "more": "…另有 {} 項，見查核頁",
        "places": "…另有 {} 處，見查核頁",
        "suppressed": "略去",
        "baseline": "{} 項已列入基準檔",
        "selection": "{} 項未選取",
        "before": "{} 項先前查核已列",
        "elsewhere": "{} 項只見於先前報告",
        "comment": "{} 項報告內註明略去",
        "problems": "問題",
        "told": "{} 項，詳見錯誤訊息",
    },
    "en": {
        "read": "Read",
        "reports": "{} report|{} reports",
        "quantities": "{} quantity|{} quantities",
        "dates": "{} date|{} dates",
        "numerals": "Numerals",
        "share": "{share} of {all} read · {read} in quantities and dates · {recognised} no quantity · {unread} unread",
        "checked": "Checked",
        "state": "{number} {label}",
        "none": "Whatever could be checked agrees: no contradiction found.",
        "none_left": "No contradiction but those left out.",
        "none_sure": "No contradiction that is sure; what is suspicious is worth a question.",
        "arithmetic": "stated {stated} · computed {computed}",
        "twice": "here {stated} · elsewhere {computed}",
        "difference": " · difference {}",
        "more": "… and {} more, see the audit page",
        "places": "… and {} more places, see the audit page",
        "suppressed": "Left out",
        "baseline": "{} accepted in the baseline",
        "selection": "{} not selected",
        "before": "{} told by the audit before",
        "elsewhere": "{} of the earlier reports alone",
        "comment": "{} set aside in the reports",
        "problems": "Problems",
        "told": "{}, told in the error messages",
    },
}


def print_summary(audit: Audit, console: Console, language: Language = "zh-TW", tally: Tally | None = None) -> None:
    """Write the summary of an audit. ``tally``: its counts, where they are known."""
    counted = tally or tally_of(audit)
    if not console.is_terminal:  # what is piped ends its lines without the blanks that fill a screen
        with console.capture() as capture:
            _print(audit, counted, console, language)
        console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))
        return
    _print(audit, counted, console, language)


def _print(audit: Audit, counted: Tally, console: Console, language: Language) -> None:
    words = _WORDS[language]
    console.print(_figures(audit, counted, words, language))
    answer = against(audit)
    if answer is not None:
        console.print()
        for line in told(answer, language):
            console.print(wrapped(Text(printable(line)), console.width))
    contradictions = 0
    numbered = list(enumerate(sorted(audit.findings, key=weight), start=1))  # as the audit page numbers them
    for severity, gravity in SEVERITIES.items():
        found = [(number, finding) for number, finding in numbered if finding.severity == severity]
        contradictions += len(found) if severity == "contradiction" else 0
        if not found:
            continue
        console.print()
        console.print(Text(f"{gravity.heading.of(language)} {grouped(len(found))}", style=gravity.style))
        reports = Reports(audit)
        for at, (number, finding) in enumerate(found[:_SHOWN]):
            if at:
                console.print()
            console.print(_finding(number, finding, reports, words, language, console.width))
        if len(found) > _SHOWN:
            console.print(Padding(Text(words["more"].format(grouped(len(found) - _SHOWN)), style="dim"), (0, 0, 0, 4)))
    if not contradictions and audit.extractions:
        console.print()
        questions = any(finding.severity in ("revision", "suspicious") for finding in audit.findings)
        said = "none_sure" if questions else "none_left" if audit.suppressed else "none"
        console.print(Text(words[said], style="yellow" if questions else "green"))


def problem_text(problem: Problem, language: Language) -> Text:
    """One line that names the file and says what to do."""
    message = problem.message_zh if language == "zh-TW" else problem.message_en
    colon = "：" if language == "zh-TW" else ": "
    return Text.assemble((printable(problem.path), "bold"), colon, printable(message))


def _figures(audit: Audit, counted: Tally, words: dict[str, str], language: Language) -> Table:
    """The head: a few lines of figures."""
    count = counted.total
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column()
    covered = span(counted)
    read, quantities, dates = (
        words[name].split("|")[number != 1].format(grouped(number))
        for name, number in (("reports", count.reports), ("quantities", count.quantities), ("dates", count.dates))
    )
    parts = (read, covered.of(language) if covered else "", quantities, dates)
    grid.add_row(words["read"], " · ".join(part for part in parts if part))
    share = percentage(count.read, count.numerals)
    grid.add_row(
        words["numerals"],
        words["share"].format(
            share=share,
            all=grouped(count.numerals),
            read=grouped(count.read - count.recognised),
            recognised=grouped(count.recognised),
            unread=grouped(count.unread),
        ),
    )
    checked = Text()
    for state in STATES[:-1]:
        number: int = getattr(count, state.name)
        if number or state.name in ("confirmed", "untied"):
            checked.append(" · " if checked else "")
            told = words["state"].format(number=grouped(number), label=state.label.of(language))
            checked.append(told, style=state.style)
    grid.add_row(words["checked"], checked)
    if audit.suppressed:
        by = [each.by for each in audit.suppressed]
        left = [
            words[way].format(grouped(by.count(way)))
            for way in ("before", "elsewhere", "baseline", "comment", "selection")
            if way in by
        ]
        grid.add_row(words["suppressed"], Text(" · ".join(left), style="dim"))
    if audit.problems:
        grid.add_row(words["problems"], Text(words["told"].format(grouped(len(audit.problems))), style="yellow"))
    return grid


def _finding(
    number: int,
    finding: Finding,
    reports: Mapping[str, Report],
    words: dict[str, str],
    language: Language,
    width: int,
) -> Table:
    """A finding: what it is, the arithmetic, and the passages that prove it."""
    message = finding.message_zh if language == "zh-TW" else finding.message_en
    lines = [wrapped(Text(printable(message)), width - _INDENT)]
    relation = finding.relation
    if relation is not None and not _told(message, relation):
        stated, computed = (
            result_of(relation.result, text).of(language) for text in (relation.stated, relation.computed)
        )
        wording = words["twice" if relation.kind in ("same", "dates") else "arithmetic"]
        gap = gap_of(relation)
        off = words["difference"].format(gap.of(language)) if gap else ""
        lines.append(Text(wording.format(stated=stated, computed=computed) + off, style="bold"))
    quoted = passages(finding.mentions, reports)
    for passage in quoted[:_QUOTED]:
        lines += [wrapped(line, width - _INDENT) for line in _quotation(passage).split("\n")]
        lines.append(Text(f"{passage.report}:{passage.line}", style="dim"))
    if len(quoted) > _QUOTED:
        lines.append(Text(words["places"].format(len(quoted) - _QUOTED), style="dim"))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style=SEVERITIES[finding.severity].style, min_width=2)
    grid.add_column(overflow="fold")
    grid.add_row(str(number), Group(*lines))
    return grid


def _told(message: str, relation: Relation) -> bool:
    """Most messages tell the arithmetic themselves, in figures of one writing or another."""
    plain = "".join(message.replace("％", "%").split())
    sides = (result_of(relation.result, text.rpartition(" ")[2]) for text in (relation.stated, relation.computed))
    return all(side.zh in plain or side.en in plain for side in sides)


def _quotation(passage: Passage) -> Text:
    text = Text("「")
    for segment in passage.segments:
        text.append(segment.text, style="reverse" if segment.marked else "")
    return text.append("」")
