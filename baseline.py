"""Living with findings: leave codes out, and accept what was seen before, each with its reason.

A baseline is a TOML file with one ``[[accepted]]`` entry a finding. An entry knows its finding by the check, the values of
its figures and the words around them, whatever the report is called and wherever in it they stand: it survives edits
elsewhere, and small ones close by. When a value changes, the finding is a new one.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .fingerprints import context, fingerprint, taken
from .lookup import Reports
from .model import Audit, Finding, Suppressed

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
    reports = Reports(audit)
    kept: list[Finding] = []
    left = list(audit.suppressed)
    for finding in audit.findings:
        match = taken(waiting[finding.code, fingerprint(finding)], context(finding, reports), _words)
        if match is None:
            kept.append(finding)
        else:
            left.append(Suppressed(finding, "baseline", match.reason))
    stale = tuple(entry for group in waiting.values() for entry in group)
    return replace(audit, findings=tuple(kept), suppressed=tuple(left)), stale


def _words(entry: Accepted) -> str:
    return entry.context


def updated(audit: Audit, entries: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Entries for all findings of an audit that no baseline was applied to; known reasons are kept."""
    known: dict[tuple[str, str], list[Accepted]] = defaultdict(list)
    for entry in entries:
        known[entry.code, entry.fingerprint].append(entry)
    reports = Reports(audit)
    made = []
    for finding in audit.findings:
        name, words = fingerprint(finding), context(finding, reports)
        before = taken(known[finding.code, name], words, _words)
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
