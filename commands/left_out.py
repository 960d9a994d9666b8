"""What ``heshu audit`` leaves out: codes that were not asked for, and findings that a baseline accepts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import typer

from ..baseline import Accepted, BaselineError, accepted, chosen, dump, load, updated
from ..model import Audit, Severity, Suppressed
from ..notation import Both
from ..output.tables import finding_ids
from ..output.whole import write_file
from .options import BASELINE, Lang, refuse

_WORDS: dict[Lang, dict[str, str]] = {
    Lang.zh_tw: {
        "unknown": "沒有檢核代碼 {}；代碼有 {}",
        "settings": '{}：[tool.heshu.ignore] 每項須為 發現代碼 = "理由"',
        "missing": "找不到基準檔 {}；請先以 --update-baseline 建立",
        "written": "{}：記入 {} 項發現，其中 {} 項尚無理由",
        "stale": "{}：{} 項已不再出現，請以 --update-baseline 更新",
    },
    Lang.en: {
        "unknown": "{}: the codes are {}",
        "settings": '{}: [tool.heshu.ignore] holds the id of a finding and a reason, ID = "reason"',
        "missing": "no baseline {}; make one with --update-baseline",
        "written": "{}: {} findings noted, {} of them without a reason yet",
        "stale": "{}: {} entries fit nothing any more; bring it up to date with --update-baseline",
    },
}


_ID = re.compile(r"[A-Z-]+-[0-9a-f]{16}(?:-\d+)?")
_PROJECT = Path("pyproject.toml")


def ids(listed: str | None, lang: Lang) -> dict[str, str]:
    """The findings that are left out by their ids, with the reason of each: ``--ignore`` and ``[tool.heshu.ignore]``."""
    named = {
        name.strip(): f"--ignore {name.strip()}" for name in (listed or "").split(",") if _ID.fullmatch(name.strip())
    }
    text = _PROJECT.read_text("utf-8", errors="replace") if _PROJECT.is_file() else ""
    if "tool.heshu" not in text:
        return named
    try:
        told = tomllib.loads(text).get("tool", {}).get("heshu", {}).get("ignore", {})
    except tomllib.TOMLDecodeError as error:
        refuse(f"{_PROJECT}: {error}")
    if not isinstance(told, dict) or not all(
        _ID.fullmatch(name) and isinstance(why, str) and why for name, why in told.items()
    ):
        refuse(_WORDS[lang]["settings"].format(_PROJECT))
    return told | named


def without_ids(found: Audit, named: Mapping[str, str]) -> Audit:
    """The audit without the findings of these ids."""
    if not named:
        return found
    pairs = list(zip(found.findings, finding_ids(found.findings), strict=True))
    left = tuple(Suppressed(finding, "selection", named[name]) for finding, name in pairs if name in named)
    kept = tuple(finding for finding, name in pairs if name not in named)
    return replace(found, findings=kept, suppressed=(*found.suppressed, *left))


def documented() -> dict[str, tuple[Severity, Both]]:
    """What is told of each check: the gravest severity of its findings, and what it looks at."""
    from ..rules.consistency.codes import codes

    return {code.code: (code.severity, Both(code.zh, code.en)) for code in codes()}


def codes(listed: str | None, option: str, lang: Lang) -> frozenset[str]:
    """The codes that a list names, without the ids of findings; one that does not exist is a usage error."""
    from ..rules.consistency.codes import codes

    known = {code.code for code in codes()}
    named = {
        name.strip().upper() for name in (listed or "").split(",") if name.strip() and not _ID.fullmatch(name.strip())
    }
    unknown = ", ".join(sorted(named - known))
    if unknown:
        raise typer.BadParameter(_WORDS[lang]["unknown"].format(unknown, ", ".join(sorted(known))), param_hint=option)
    return frozenset(named)


def known_findings(baseline: Path | None, update: bool, lang: Lang) -> tuple[Path | None, tuple[Accepted, ...]]:
    """The baseline file of a run and its entries; a file that is missing or broken ends the command with status 2."""
    path = baseline or (BASELINE if update else None)
    if path is None or (update and not path.exists()):
        return path, ()
    if not path.exists():
        refuse(_WORDS[lang]["missing"].format(path))
    try:
        return path, load(path)
    except BaselineError as error:
        refuse(str(error))


def elsewhere(found: Audit, paths: Iterable[Path]) -> Audit:
    """The audit without the findings that tell of no report under ``paths``."""
    roots = [str(path) for path in paths]
    asked = {
        report.name
        for report in (each.report for each in found.extractions)
        if report.path is not None
        and any(report.path == root or Path(root) in Path(report.path).parents for root in roots)
    }
    ours = [any(each.report in asked for each in finding.mentions) for finding in found.findings]
    others = [finding for finding, here in zip(found.findings, ours, strict=True) if not here]
    return replace(
        found,
        asked=tuple(sorted(asked)),
        findings=tuple(finding for finding, here in zip(found.findings, ours, strict=True) if here),
        suppressed=(*found.suppressed, *(Suppressed(finding, "elsewhere", "--against") for finding in others)),
    )


def without(
    found: Audit,
    select: frozenset[str],
    ignore: frozenset[str],
    baseline: tuple[Path | None, tuple[Accepted, ...]],
    update: bool,
    lang: Lang,
) -> Audit:
    """The audit without what is left out; ``update`` writes the baseline anew first."""
    found = chosen(found, select, ignore)
    path, entries = baseline
    if path is None:
        return found
    # What this run was not asked about stays as it is.
    outside = tuple(entry for entry in entries if entry.code in ignore or (select and entry.code not in select))
    inside = tuple(entry for entry in entries if entry not in outside)
    if update:
        inside = updated(found, inside)
        try:
            write_file(path, dump((*inside, *outside)).encode("utf-8"))
        except OSError as error:
            refuse(f"{path}: {error.strerror}")
        bare = sum(not entry.reason for entry in inside)
        typer.echo(f"heshu: {_WORDS[lang]['written'].format(path, len(inside), bare)}", err=True)
    found, stale = accepted(found, inside)
    if stale:
        typer.echo(f"heshu: {_WORDS[lang]['stale'].format(path, len(stale))}", err=True)
    return found
