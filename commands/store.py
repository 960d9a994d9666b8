"""``heshu store``: what is kept in a store, whether it is whole, and how it goes out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import __version__
from ..notation import Both
from .ingest import DEFAULT, StoreOption, opened
from .options import Lang, LangOption, progress, refuse, write, writing
from .speech import Command, Group

if TYPE_CHECKING:
    from ..store import Store
    from ..store.upgrade import Upgraded

app = typer.Typer(name="store", cls=Group, no_args_is_help=True, help="The store: reports, findings and decisions.")
Name = Annotated[str, typer.Argument(metavar="REPORT", help="A report of the store, by its name or its id.")]

_LINE = Both("{name}　{agency}　{period}　發現 {findings} 項", "{name}  {agency}  {period}  findings: {findings}")
_OLD = Both("　已由 {name} 取代", "  superseded by {name}")
_KINDS = {
    "figure": Both("數字改列：{before} → {after}", "figure changed: {before} → {after}"),
    "wording": Both("文字改寫：{after}", "worded otherwise: {after}"),
    "new": Both("新增：{after}", "new: {after}"),
    "gone": Both("刪去：{before}", "gone: {before}"),
}
_REMOVED = Both("已移除 {name}", "removed: {name}")
_BACK = Both("恢復前一版本 {name}", "the version before it is in force again: {name}")
_WHOLE = Both("資料庫完整，共 {reports} 份報告", "the store is whole: {reports} reports")
_UPGRADED = Both(
    "重新判讀 {reports} 份報告，{differing} 份有所不同", "{reports} reports read again, {differing} of them differently"
)
_DIFFERING = Both("{name}：{facts} 個事實不同", "{name}: {facts} facts differ")
_FAILED = Both("{name}：無法再次判讀，維持原狀", "{name}: could not be read again and stays as it was")
_TAKEN = Both(
    "匯入 {0.decisions} 項處理情形、{0.corrections} 項更正、{0.times} 份報告的期間",
    "taken up: decisions {0.decisions}, corrections {0.corrections}, times of reports {0.times}",
)
_FILLED = Both(
    "自活頁簿匯入 {} 項處理情形；未匯入 {} 項（資料庫中沒有該發現，或不予追究而無理由）",
    "taken up from the workbook: decisions {}; left: {} (findings that the store does not know, dismissals without a reason)",
)
_NO_WORK = Both(
    "不是 heshu store export --work 所寫的檔案，或已毀損",
    "not what heshu store export --work writes, or not whole",
)
_MOST = 20
"""So many of the findings that came or went are told on the terminal."""
_MORE = Both("…另有 {} 項，見 heshu open 的「變動」頁", "… and {} more: see the page of changes of heshu open")
_FINDING = {
    "new": Both("新的發現：{message}", "new finding: {message}"),
    "gone": Both("不再列出的發現：{message}", "finding gone: {message}"),
}


@app.command("list", cls=Command)
def list_(
    store: StoreOption = DEFAULT,
    every: Annotated[bool, typer.Option("--all", help="Name the earlier versions, too.")] = False,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """List the reports.

    \b
    Example:
      heshu store list --all
    """
    with opened(store, lang) as kept:
        for row in kept.rows(
            "SELECT r.*, l.report AS later, (SELECT count(*) FROM finding_reports f WHERE f.report_id = r.report_id) AS found "
            "FROM reports r LEFT JOIN reports l ON l.report_id = r.superseded_by ORDER BY r.report, r.superseded_by IS NOT NULL"
        ):
            if row["later"] and not every:
                continue
            line = _LINE.of(lang.value).format(
                name=row["report"], agency=row["agency"] or "–", period=row["period"] or "–", findings=row["found"]
            )
            typer.echo(line + (_OLD.of(lang.value).format(name=row["later"]) if row["later"] else ""))


@app.command(cls=Command)
def show(report: Name, store: StoreOption = DEFAULT, lang: LangOption = Lang.zh_tw) -> None:
    """Show a report: what was found in it, what was decided, and how it differs from the version before it.

    \b
    Example:
      heshu store show 113-second-half.txt
    """
    with opened(store, lang) as kept:
        row = kept.one(
            "SELECT * FROM reports WHERE report = ? OR report_id = ? ORDER BY superseded_by IS NOT NULL",
            (report, report),
        )
        if row is None:
            refuse(f"{report}: {Both('資料庫中沒有這份報告', 'the store has no such report').of(lang.value)}")
        for name in ("report", "report_id", "title", "agency", "period", "issued", "path", "characters", "quantities",
                     "dates", "facts", "unread"):  # fmt: skip
            typer.echo(f"{name}: {row[name] if row[name] is not None else ''}")
        message = "message_en" if lang is Lang.en else "message_zh"
        for each in kept.rows(
            f"SELECT f.finding_id, f.severity, f.{message} AS message, d.decision, d.reason FROM findings f "
            "JOIN finding_reports r USING (finding_id) LEFT JOIN decisions d USING (finding_id) "
            "WHERE r.report_id = ? ORDER BY f.weight, f.position",
            (row["report_id"],),
        ):
            decided = (
                f" [{each['decision']}{': ' + each['reason'] if each['reason'] else ''}]" if each["decision"] else ""
            )
            typer.echo(f"{each['finding_id']} {each['severity']}{decided} {each['message']}")
        for each in kept.rows("SELECT * FROM differences WHERE report_id = ? ORDER BY position", (row["report_id"],)):
            words = _KINDS[each["kind"]].of(lang.value)
            typer.echo("  " + words.format(before=each["earlier_text"], after=each["later_text"]))


@app.command(cls=Command)
def remove(report: Name, store: StoreOption = DEFAULT, lang: LangOption = Lang.zh_tw) -> None:
    """Take a report out; the version before it is in force again.

    \b
    Example:
      heshu store remove draft.txt
    """
    from ..store import incoming

    with opened(store, lang) as kept:
        back = incoming.remove(kept, report)
        typer.echo(_REMOVED.of(lang.value).format(name=report))
        for name in back:
            typer.echo(_BACK.of(lang.value).format(name=name))


@app.command(cls=Command)
def verify(store: StoreOption = DEFAULT, lang: LangOption = Lang.zh_tw) -> None:
    """Say whether the store is whole: the file, and every report in it; status 1 where it is not.

    \b
    Example:
      heshu store verify
    """
    from ..store import verify as verifying

    with opened(store, lang) as kept:
        found = [fault.of(lang.value) for fault in verifying.faults(kept)]
        for line in found:
            typer.echo(line)
        if found:
            raise typer.Exit(1)
        typer.echo(_WHOLE.of(lang.value).format(reports=kept.rows("SELECT count(*) FROM reports")[0][0]))
        for remark in verifying.remarks(kept):
            typer.echo(remark.of(lang.value))


@app.command(cls=Command)
def export(
    store: StoreOption = DEFAULT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder for the datasets and the audit page.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Write what was accepted or dismissed as a baseline file."),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            "--work", metavar="FILE", help="Write all decisions and corrections, for another store to import."
        ),
    ] = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Write what the store holds: the files that audit writes, and what people decided and corrected.

    \b
    Example:
      heshu store export -o heshu-audit
      heshu store export --baseline accepted.toml
      heshu store export --work heshu-work.json
    """
    from ..baseline import dump
    from ..output.folder import write_folder
    from ..output.formats import FORMATS
    from ..store import audits, decisions
    from ..store.work import dump as dump_work

    with opened(store, lang) as kept:
        if output is not None:
            with writing(output):
                write_folder(audits.whole(kept), output, formats=FORMATS, version=__version__)
        if work is not None:
            write(dump_work(kept), work)
        if baseline is not None or (output is None and work is None):
            write(dump(decisions.baseline_of(kept)), baseline)


@app.command("import", cls=Command)
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What export --work has written, or the workbook of an audit, filled in."),
    ],
    store: StoreOption = DEFAULT,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Take up what people decided and corrected in another store, or filled in in the workbook of an audit.

    What speaks of a report that is not there yet waits for it.

    \b
    Example:
      heshu store import heshu-work.json --store new.heshu
      heshu store import heshu-audit/audit.xlsx
    """
    from ..store.filled import is_filled, take_up_filled
    from ..store.work import WorkError, take_up

    try:
        data = file.read_bytes()
        if is_filled(data):
            with opened(store, lang) as kept:
                typer.echo(_FILLED.of(lang.value).format(*take_up_filled(kept, data)))
            return
        told = data.decode("utf-8-sig")
        with opened(store, lang, create=True) as kept, progress(lang) as bar:
            taken = take_up(kept, told, progress=bar)
            typer.echo(_TAKEN.of(lang.value).format(taken))
            _tell_read_again(kept, taken.upgraded, lang)
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{file}: {getattr(error, 'strerror', None) or error}")
    except WorkError as error:
        refuse(f"{file}: {_NO_WORK.of(lang.value)} ({error})")
    if taken.upgraded.failed:
        raise typer.Exit(2)


@app.command(cls=Command)
def upgrade(store: StoreOption = DEFAULT, lang: LangOption = Lang.zh_tw) -> None:
    """Read again what other rules or another version read, and say what is read differently.

    \b
    Example:
      heshu store upgrade
    """
    from ..store import upgrade as upgrading

    with opened(store, lang) as kept:
        with progress(lang) as bar:
            done = upgrading.upgrade(kept, progress=bar)
        _tell_read_again(kept, done, lang)
    if done.failed:
        raise typer.Exit(2)


def _tell_read_again(kept: Store, done: Upgraded, lang: Lang) -> None:
    """What was read again, and what followed of it."""
    typer.echo(_UPGRADED.of(lang.value).format(reports=done.reports, differing=len(done.differing)))
    for name, facts in done.differing:
        typer.echo(_DIFFERING.of(lang.value).format(name=name, facts=facts))
    for name in done.failed:
        typer.echo(_FAILED.of(lang.value).format(name=name))
    query = "SELECT change, before, after FROM changes WHERE run_id = ? AND what = 'finding' ORDER BY position"
    rows = kept.rows(query, (done.run_id,))
    for row in rows[:_MOST]:
        typer.echo(_FINDING[row["change"]].of(lang.value).format(message=row["after"] or row["before"]))
    if len(rows) > _MOST:
        typer.echo(_MORE.of(lang.value).format(len(rows) - _MOST))
