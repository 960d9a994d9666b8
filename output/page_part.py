"""What of an audit the page carries: of very many reports those that were asked for, and those of the gravest findings.

A browser holds only so much; what is left out is counted, and told on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..lookup import ByName
from ..model import Audit, Extraction, Mention
from ..notation import Both
from .digest import finding_ids
from .page_figures import weight

MOST = 50_000
"""Figures on one page, some 7 KB of memory each while it is made; a hundred characters of text count as one more."""
_TOLD = Both(
    "報告太多，本頁只容得下其中 {reports:,} 份的全文與數列（發現所涉者優先）及 {findings:,} 項發現；"
    "其餘 {reports_left:,} 份報告、{findings_left:,} 項發現，見同一次查核的資料檔。",
    "There are too many reports for one page: it carries the texts and series of {reports:,} of them, those of the gravest "
    "findings first, and {findings:,} findings. The other {reports_left:,} reports and {findings_left:,} findings are in "
    "the data files of the same audit.",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """The part of an audit that the page carries, in memory."""

    audit: Audit
    ids: tuple[str, ...]
    """Those of its findings."""
    left_out: Both | None
    """What is not on the page, in words; None where all is."""


def carried(audit: Audit, most: int = MOST) -> Carried:
    """The audit, or as much of it as has ``most`` figures."""
    kept = _kept(audit, most)
    named = list(zip(audit.findings, finding_ids(audit.findings), strict=True))
    missing = len(audit.extractions) - len(kept)
    if missing:
        named = [(finding, identity) for finding, identity in named if _within(kept, finding.mentions)]
    part = replace(
        audit,
        extractions=tuple(kept.values()),
        relations=tuple(each for each in audit.relations if not missing or _within(kept, (each.result, *each.terms))),
        alignments=tuple(each for each in audit.alignments if not missing or {each.earlier, each.later} <= kept.keys()),
        findings=tuple(finding for finding, _ in named),
        bodies=(),
        known=(),
    )
    counts = {
        "reports": len(kept),
        "findings": len(named),
        "reports_left": missing,
        "findings_left": len(audit.findings) - len(named),
    }
    told = Both(_TOLD.zh.format(**counts), _TOLD.en.format(**counts)) if missing else None
    return Carried(part, tuple(identity for _, identity in named), told)


def _kept(audit: Audit, most: int) -> dict[str, Extraction]:
    """The reports that have room, in the order of the audit."""
    known = ByName(audit)
    kept: dict[str, Extraction] = {}
    size = 0
    for name in _by_weight(audit):
        if name in kept or name not in known:
            continue
        extraction = known[name]
        size += len(extraction.mentions) + len(extraction.report.text) // 100
        if kept and size > most:
            break
        kept[name] = extraction
    return {name: kept[name] for name, _ in audit.names if name in kept}


def _by_weight(audit: Audit) -> Iterator[str]:
    yield from audit.asked
    for finding in sorted(audit.findings, key=weight):
        yield from (mention.report for mention in finding.mentions)
    yield from (name for name, _ in audit.names)


def _within(kept: dict[str, Extraction], mentions: Iterable[Mention]) -> bool:
    return all(mention.report in kept for mention in mentions)
