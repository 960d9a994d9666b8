"""Living with findings: leave codes out, and accept what was seen before, each with its reason.

A baseline is a TOML file with one ``[[accepted]]`` entry a finding. An entry knows its finding by the check, the values of
its figures and the words around them, whatever the report is called and wherever in it they stand: it survives edits
elsewhere, and small ones close by. When a value changes, the finding is a new one.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from ..model import Audit, Finding, Mention, Report, Suppressed

_WORDS = re.compile(r"[一-鿿A-Za-z]+")
_AROUND = 40
"""Characters on either side of a figure whose words are remembered."""
_KEPT = 24
_ALIKE = 0.5
"""So much of the words must be the same."""
HEAD = """# Findings that were looked at and accepted; each with its reason. Made by `heshu audit --update-baseline`.
# 已看過並接受的發現，各附理由。由 `heshu audit --update-baseline` 產生。
"""


class BaselineError(ValueError):
    """A baseline file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One entry of a baseline."""

    code: str
    fingerprint: str
    context: str
    reason: str = ""
    report: str = ""
    message: str = ""


def fingerprint(finding: Finding) -> str:
    """What the check and the values of its figures come to, whatever the report and the place."""
    rule = finding.relation.rule if finding.relation else ""
    values = sorted(_value(mention) for mention in _own(finding))
    return hashlib.sha256("\0".join([finding.code, rule, *values]).encode()).hexdigest()[:16]


def context(finding: Finding, reports: Mapping[str, Report]) -> str:
    """The words around the most telling figure, without numbers and marks."""
    for mention in _own(finding):
        report = reports.get(mention.report)
        if report is not None:
            before = "".join(_WORDS.findall(report.text[max(0, mention.start - _AROUND) : mention.start]))
            after = "".join(_WORDS.findall(report.text[mention.end : mention.end + _AROUND]))
            return before[-_KEPT:] + "|" + after[:_KEPT]
    return ""


def _own(finding: Finding) -> tuple[Mention, ...]:
    """The figures of the finding itself, without those that share its root."""
    if finding.relation is not None:
        return (finding.relation.result, *finding.relation.terms)
    return finding.mentions


def _value(mention: Mention) -> str:
    if mention.kind == "date":
        return mention.edtf or mention.text
    value = mention.value.normalize() if isinstance(mention.value, Decimal) else mention.value
    return f"{value} {mention.unit or ''} {mention.paren or ''}"


def chosen(audit: Audit, select: Collection[str] = (), ignore: Collection[str] = ()) -> Audit:
    """The audit with the findings of ``select`` alone, if any are named, and without those of ``ignore``."""
    kept: list[Finding] = []
    left = list(audit.suppressed)
    for finding in audit.findings:
        if finding.code in ignore:
            left.append(Suppressed(finding, "selection", f"--ignore {finding.code}"))
        elif select and finding.code not in select:
            left.append(Suppressed(finding, "selection", f"--select {','.join(sorted(select))}"))
        else:
            kept.append(finding)
    return replace(audit, findings=tuple(kept), suppressed=tuple(left))


def accepted(audit: Audit, entries: Iterable[Accepted]) -> tuple[Audit, tuple[Accepted, ...]]:
    """The audit without the findings of the baseline, and the entries that fit nothing any more."""
    waiting: dict[tuple[str, str], list[Accepted]] = defaultdict(list)
    for entry in entries:
        waiting[entry.code, entry.fingerprint].append(entry)
    reports = {report.name: report for report in audit.reports}
    kept: list[Finding] = []
    left = list(audit.suppressed)
    for finding in audit.findings:
        taken = _taken(waiting[finding.code, fingerprint(finding)], context(finding, reports))
        if taken is None:
            kept.append(finding)
        else:
            left.append(Suppressed(finding, "baseline", taken.reason))
    stale = tuple(entry for group in waiting.values() for entry in group)
    return replace(audit, findings=tuple(kept), suppressed=tuple(left)), stale


def _taken(candidates: list[Accepted], words: str) -> Accepted | None:
    """The entry whose words are most alike, taken out of the list; each entry accepts one finding."""
    best = max(candidates, key=lambda entry: _likeness(entry.context, words), default=None)
    if best is None or _likeness(best.context, words) < _ALIKE:
        return None
    candidates.remove(best)
    return best


def _likeness(first: str, second: str) -> float:
    """Share of neighbouring characters that both have; everything is alike where one of them has no words."""
    one = {first[at : at + 2] for at in range(len(first) - 1)}
    other = {second[at : at + 2] for at in range(len(second) - 1)}
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0


def updated(audit: Audit, entries: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Entries for all findings of an audit that no baseline was applied to; known reasons are kept."""
    known: dict[tuple[str, str], list[Accepted]] = defaultdict(list)
    for entry in entries:
        known[entry.code, entry.fingerprint].append(entry)
    reports = {report.name: report for report in audit.reports}
    made = []
    for finding in audit.findings:
        name, words = fingerprint(finding), context(finding, reports)
        before = _taken(known[finding.code, name], words)
        report = finding.mentions[0].report if finding.mentions else ""
        reason = before.reason if before else ""
        made.append(Accepted(finding.code, name, words, reason, report, finding.message_zh))
    return tuple(made)


def load(path: Path) -> tuple[Accepted, ...]:
    """The entries of a baseline file; raises ``BaselineError`` with file and entry where something is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BaselineError(f"{path}: {error}") from error
    listed = content.get("accepted", [])
    if not isinstance(listed, list):
        raise BaselineError(f"{path}: accepted: a list of entries is expected")
    return tuple(_entry(path, number, entry) for number, entry in enumerate(listed, start=1))


def _entry(path: Path, number: int, entry: object) -> Accepted:
    if not isinstance(entry, dict):
        raise BaselineError(f"{path}: [[accepted]] {number}: a table is expected")
    fields = {name: entry.get(name, "") for name in Accepted.__dataclass_fields__}
    for name, value in fields.items():
        if not isinstance(value, str) or (not value and name in ("code", "fingerprint")):
            raise BaselineError(f"{path}: [[accepted]] {number}: {name}: a text is expected")
    return Accepted(**fields)


def dump(entries: Sequence[Accepted]) -> str:
    """The entries as TOML."""
    parts = [HEAD]
    for entry in entries:
        lines = [f"{name} = {_quoted(getattr(entry, name))}" for name in Accepted.__dataclass_fields__]
        parts.append("\n[[accepted]]\n" + "\n".join(lines) + "\n")
    return "".join(parts)


def _quoted(text: str) -> str:
    """A basic string of TOML, which takes the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
